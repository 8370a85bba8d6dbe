// What rows of runs are made from, without making them: the keys of log pages and data shards.

import type { Group, Kin, StudyAnalysis } from "../analysis/study.ts";
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

export function groupInputs(study: StudyAnalysis, group: Group): string {
  const kin = study.kin(group.first.run.id);
  // Of two files with one id the other one may be shown.
  const other = kin === undefined || kin.file === group.first ? "" : ` ${kin.file.path} ${saidIn(kin.group)}`;
  return saidIn(group) + other + baseInputs(kin);
}

/** Content of each run, of the other runs of its configuration and of the one it is compared with. */
export function fileInputs(study: StudyAnalysis, files: readonly RunFile[]): readonly string[] {
  return files.map((file) => {
    const kin = study.kin(file.run.id);
    const group = kin === undefined ? "" : `${saidOf(kin.group.first)} ${saidIn(kin.group)}`;
    return `${file.path} ${saidOf(file)} ${group} ${baseInputs(kin)}`;
  });
}

/** One in another study is read as the settings there say. */
function baseInputs(kin: Kin | undefined): string {
  if (kin?.against === undefined) return "";
  const { group, study } = kin.against;
  return ` on ${saidIn(group)}${study.name === kin.file.study ? "" : JSON.stringify(study)}`;
}

const said = new WeakMap<Group, string>();

/** What all runs of a configuration say. */
export function saidIn(group: Group): string {
  const { files } = group;
  const [only] = files;
  if (only !== undefined && files.length === 1) return saidOf(only);
  const known = said.get(group) ?? files.map(saidOf).join(" ");
  said.set(group, known);
  return known;
}
