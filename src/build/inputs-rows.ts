// What rows of runs are made from, without making them: the keys of log pages and data shards.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { Settings } from "../record/settings.ts";
import type { LogEntry } from "../report/log-data.ts";

/** Everything about a study that any of its rows may show. */
export function studyInputs({ settings, era, metrics, noise }: StudyAnalysis, { site, data, capture }: Settings): readonly unknown[] {
  return [settings, era, metrics, [...noise], site.private, data, capture.packages];
}

/** Content of the runs of each configuration and of the ones they are compared with. */
export function entryInputs(study: StudyAnalysis, entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({ group }) => groupInputs(study, group));
}

export function groupInputs({ runs }: StudyAnalysis, { first, files }: Group): string {
  const run = runs.get(first.run.id);
  const base = run?.base === undefined ? undefined : (runs.get(run.base.run.id)?.group.files ?? [run.base]);
  return [...files, ...(base ?? [])].map(({ hash }) => hash).join(" ");
}
