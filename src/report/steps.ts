// What is to be done in a study, as its runs say it: running, planned, open steps, open questions, what is done.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { RunFile } from "../record/experiment.ts";
import { dayText, writtenDay } from "./day.ts";
import type { RunRef } from "./page.ts";
import { groupRef } from "./run-line.ts";
import { proseOf, type Sentence } from "./sentence.ts";
import { glyphOf, newestFirst } from "./words.ts";

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
  for (const group of keptFirst(groups)) {
    for (const file of shownFiles(group)) {
      for (const { text, done: isDone } of file.body.tasks) if (!isDone) open.push({ text, file, group });
      for (const text of file.body.questions) questions.push({ text, file, group });
    }
  }
  for (const group of groups)
    for (const file of shownFiles(group)) for (const task of file.body.tasks) if (task.done) done.push({ text: task.text, file, group });
  return { ...underWay(groups), open, questions, done };
}

export function underWay(groups: readonly Group[]): Pick<Work, "running" | "planned"> {
  const of = (word: "running" | "planned"): readonly Group[] => groups.filter((group) => glyphOf(group).word === word);
  return { running: of("running"), planned: of("planned") };
}

/** The first open steps and how many there are. */
export function openSteps(study: StudyAnalysis, most: number): { readonly steps: readonly Step[]; readonly all: number } {
  const { open } = workOf(study);
  return { steps: open.slice(0, most).map(stepOf), all: open.length };
}

/** A repeat of a configuration tells its own steps, under the decision of the whole. */
export function stepOf({ text, file, group }: StepSource): Step {
  const day = dayText(writtenDay(file.run));
  return { words: proseOf(text), run: groupRef({ ...group, first: file }), ...(day === undefined ? {} : { day }) };
}

function keptFirst(groups: readonly Group[]): readonly Group[] {
  return [...groups.filter(({ decision }) => decision === "keep"), ...groups.filter(({ decision }) => decision !== "keep")];
}

const shownFiles = (group: Group): readonly RunFile[] => group.files.filter(({ run }) => !run.hidden);
