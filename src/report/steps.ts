// What is to be done in a study, as its runs say it: running, planned, open steps, open questions, what is done.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { RunFile } from "../record/experiment.ts";
import { dayText, writtenDay } from "./day.ts";
import type { RunRef } from "./page.ts";
import { groupRef, type RunLine, runLines } from "./run-line.ts";
import { proseOf, type Sentence } from "./sentence.ts";
import { glyphOf, newestFirst } from "./words.ts";

export interface Step {
  readonly words: Sentence;
  readonly run: RunRef;
  readonly day?: string;
}

export interface Work {
  readonly running: readonly RunLine[];
  readonly planned: readonly RunLine[];
  /** Of kept runs first, then the newest first. */
  readonly open: readonly Step[];
  readonly questions: readonly Step[];
  readonly done: readonly Step[];
}

export function workOf(study: StudyAnalysis): Work {
  const groups = newestFirst(study);
  const files = groups.flatMap((group) => group.files.filter(({ run }) => !run.hidden).map((file) => ({ file, group })));
  const newest = [...files.filter(isKept), ...files.filter((one) => !isKept(one))];
  return {
    ...underWay(study),
    open: newest.flatMap((one) => tasksOf(one, false)),
    questions: newest.flatMap((one) => one.file.body.questions.map((text) => step(text, one))),
    done: files.flatMap((one) => tasksOf(one, true)),
  };
}

export function underWay(study: StudyAnalysis): Pick<Work, "running" | "planned"> {
  const groups = newestFirst(study);
  const of = (word: "running" | "planned"): readonly RunLine[] =>
    runLines(
      groups.filter((group) => glyphOf(group).word === word),
      study,
    );
  return { running: of("running"), planned: of("planned") };
}

/** The first open steps and how many there are, without making the rest. */
export function openSteps(study: StudyAnalysis, most: number): { readonly steps: readonly Step[]; readonly all: number } {
  const groups = newestFirst(study);
  const steps: Step[] = [];
  let all = 0;
  for (const kept of [true, false]) {
    for (const group of groups) {
      if (isKept({ group }) !== kept) continue;
      for (const file of group.files) {
        if (file.run.hidden) continue;
        all += file.body.tasks.reduce((sum, { done }) => sum + Number(!done), 0);
        if (steps.length < most) steps.push(...tasksOf({ file, group }, false));
      }
    }
  }
  return { steps: steps.slice(0, most), all };
}

const isKept = ({ group }: { readonly group: Group }): boolean => group.decision === "keep";

interface Source {
  readonly file: RunFile;
  readonly group: Group;
}

function tasksOf(source: Source, done: boolean): readonly Step[] {
  return source.file.body.tasks.filter((task) => task.done === done).map(({ text }) => step(text, source));
}

function step(text: string, { file, group }: Source): Step {
  const day = dayText(writtenDay(file.run));
  return { words: proseOf(text), run: groupRef({ ...group, first: file }), ...(day === undefined ? {} : { day }) };
}
