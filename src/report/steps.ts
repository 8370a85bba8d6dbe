// What is to be done in a study, as its runs say it: running, planned, open steps, open questions, what is done.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { RunFile } from "../record/experiment.ts";
import { isUnread } from "./counts.ts";
import { dayText, writtenDay } from "./day.ts";
import type { RunRef } from "./page.ts";
import { groupRef } from "./run-line.ts";
import { proseOf, type Sentence } from "./sentence.ts";
import { newestFirst } from "./words.ts";

export interface Step {
  readonly words: Sentence;
  readonly run: RunRef;
  readonly day?: string;
}

/** A step before it is shown: a large journal has tens of thousands. */
export interface StepSource {
  readonly text: string;
  readonly file: RunFile;
  readonly group: Group;
}

export interface Work {
  readonly running: readonly Group[];
  readonly planned: readonly Group[];
  /** Of kept runs first, then the newest first. */
  readonly open: readonly StepSource[];
  readonly questions: readonly StepSource[];
  readonly done: readonly StepSource[];
}

export function workOf(study: StudyAnalysis): Work {
  const groups = newestFirst(study);
  const open: StepSource[] = [];
  const questions: StepSource[] = [];
  const done: StepSource[] = [];
  for (const kept of [true, false]) {
    eachFile(groups, kept, (file, group) => {
      for (const task of file.body.tasks) if (!task.done) open.push({ text: task.text, file, group });
      for (const text of file.body.questions) questions.push({ text, file, group });
    });
  }
  eachFile(groups, undefined, (file, group) => {
    for (const task of file.body.tasks) if (task.done) done.push({ text: task.text, file, group });
  });
  return { ...underWay(groups), open, questions, done };
}

/** How many rows all of it is, without making any. */
export function countWork(study: StudyAnalysis): number {
  const groups = newestFirst(study);
  const { running, planned } = underWay(groups);
  let rows = running.length + planned.length;
  eachFile(groups, undefined, ({ body }) => {
    rows += body.tasks.length + body.questions.length;
  });
  return rows;
}

export function underWay(groups: readonly Group[]): Pick<Work, "running" | "planned"> {
  const of = (status: "running" | "planned"): readonly Group[] =>
    groups.filter((group) => group.status === status && group.decision === undefined && !isUnread(group));
  return { running: of("running"), planned: of("planned") };
}

/** The first open steps and how many there are. */
export function openSteps(study: StudyAnalysis, most: number): { readonly steps: readonly Step[]; readonly all: number } {
  const groups = newestFirst(study);
  const steps: Step[] = [];
  let all = 0;
  for (const kept of [true, false]) {
    eachFile(groups, kept, (file, group) => {
      for (const { text, done } of file.body.tasks) {
        if (done) continue;
        all += 1;
        if (steps.length < most) steps.push(stepOf({ text, file, group }));
      }
    });
  }
  return { steps, all };
}

/** Files that are shown, of kept configurations or of the others, or of all. */
function eachFile(groups: readonly Group[], kept: boolean | undefined, look: (file: RunFile, group: Group) => void): void {
  for (const group of groups) {
    if (kept !== undefined && (group.decision === "keep") !== kept) continue;
    for (const file of group.files) if (!file.run.hidden) look(file, group);
  }
}

/** A repeat of a configuration tells its own steps, under the decision of the whole. */
export function stepOf({ text, file, group }: StepSource): Step {
  const day = dayText(writtenDay(file.run));
  return { words: proseOf(text), run: groupRef({ ...group, first: file }), ...(day === undefined ? {} : { day }) };
}
