// Studies in which every word of the evidence occurs, as analysed from plain runs.

import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { Settings, StudySettings } from "../../src/record/settings.ts";
import { analyseStudy } from "./analysis.ts";
import { run, settings } from "./run.ts";

export const baseline = "EXP001-aaaa";
/** Ids of the runs whose change on the baseline is judged so. */
export const judged = { better: "EXP002-bbbb", worse: "EXP003-cccc", same: "EXP004-dddd", unclear: "EXP005-eeee" } as const;

const metrics: Settings["metrics"] = {
  acc: { name: "acc", from: [], goal: "max", unit: "%", minEffect: "0.5pp", label: "Accuracy" },
};
const around = (middle: number): readonly number[] => [-0.1, 0.1, -0.05, 0.05].map((off) => (middle + off) / 100);

const made = (id: string, day: number, values: readonly number[]): RunFile =>
  run({
    id,
    title: `Learning rate ${day}`,
    date: `2026-11-0${day}`,
    ...(id === baseline ? {} : { base: baseline }),
    config: { lr: day },
    metrics: { acc: values },
    decision: "keep",
  });

/** All are kept, so that the evidence may disagree. */
export const judgedRuns: readonly RunFile[] = [
  made(baseline, 1, around(85)),
  made(judged.better, 2, around(88)),
  made(judged.worse, 3, around(82)),
  made(judged.same, 4, around(85.05)),
  made(judged.unclear, 5, [0.869, 0.846]),
];

/** One value each: nobody can judge them. */
export const singleRuns: readonly RunFile[] = [made(baseline, 1, [0.85]), made(judged.better, 2, [0.88]), made(judged.worse, 3, [0.82])];

export function evidenceStudy(files: readonly RunFile[] = judgedRuns, words: Partial<StudySettings> = {}): StudyAnalysis {
  return analyseStudy(files, { metrics, primary: "acc", ...words }, settings({ metrics }));
}
