// What a study is measured against: the run its settings name, else its oldest finished one without a base in the current era.

import type { StudySettings } from "../record/settings.ts";
import { fileOf, type Lineage } from "./lineage.ts";
import type { Group, StudyAnalysis } from "./study.ts";

export type Baseline = Pick<StudyAnalysis, "baseline" | "baselineWhy">;

/** Groups in order. It needs no decision. */
export function findBaseline(groups: readonly Group[], study: StudySettings, era: string, lineage: Lineage): Baseline {
  const named = study.baseline === undefined ? undefined : fileOf(study.baseline, lineage.index, lineage.byId);
  const group = named === undefined ? undefined : groups.find(({ files }) => files.includes(named));
  if (group !== undefined) return { baseline: group, baselineWhy: "named" };
  const candidates = groups.filter(({ status, era: own }) => status === "finished" && own === era);
  const root = candidates.find(({ first }) => first.run.base.length === 0);
  if (root !== undefined) return { baseline: root, baselineWhy: "without base" };
  const [oldest] = candidates;
  return oldest === undefined ? {} : { baseline: oldest, baselineWhy: "oldest" };
}
