// What rows of runs are made from, without making them: the keys of log pages and data shards.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { type RunFile, saidOf } from "../record/experiment.ts";
import type { Settings } from "../record/settings.ts";
import type { LogEntry } from "../report/log-data.ts";

/** Everything about a study that any of its rows may show. */
export function studyInputs(study: StudyAnalysis, { site, data, capture }: Settings): readonly unknown[] {
  const { settings, era, metrics, noise } = study;
  return [settings, era, metrics, [...noise.keys()].map((name) => noiseInputs(study, name)), site.private, data, capture.packages];
}

/** As far as a comparison depends on it: of how many configurations it was taken is told nowhere, and changes with every edit of a repeat. */
export function noiseInputs({ noise }: StudyAnalysis, metric: string): readonly unknown[] {
  const { sd, df, logs } = noise.get(metric) ?? {};
  return [metric, sd, df, logs];
}

/** Content of the runs of each configuration and of the ones they are compared with. */
export function entryInputs(study: StudyAnalysis, entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({ group }) => groupInputs(study, group));
}

export function groupInputs(study: StudyAnalysis, { first, files }: Group): string {
  return hashes([...files, ...baseFiles(study, first)]);
}

/** Content of each run, of the other runs of its configuration and of the one it is compared with. */
export function fileInputs(study: StudyAnalysis, files: readonly RunFile[]): readonly string[] {
  return files.map((file) => {
    const group = study.runs.get(file.run.id)?.group;
    return `${file.path} ${hashes([file, ...(group === undefined ? [] : [group.first, ...group.files]), ...baseFiles(study, file)])}`;
  });
}

function baseFiles({ runs }: StudyAnalysis, { run }: RunFile): readonly RunFile[] {
  const base = runs.get(run.id)?.base;
  return base === undefined ? [] : (runs.get(base.run.id)?.group.files ?? [base]);
}

const hashes = (files: readonly RunFile[]): string => files.map(saidOf).join(" ");
