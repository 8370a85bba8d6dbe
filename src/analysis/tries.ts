// What was tried on one base, together: of many tries without any effect the luckiest looks like one. All of one family, their p-values count as
// one question.

import { benjaminiHochberg, holm } from "./multiplicity.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";

/** One judged try of a family. */
export interface Try {
  readonly group: Group;
  /** Corrected for several looks. */
  readonly p: number;
  /** Corrected for the others of its family: for decisions, and for tables. */
  readonly holm: number;
  readonly q: number;
}

type Study = Pick<StudyAnalysis, "runs" | "era">;

/** What p has to be multiplied with because the group was looked at several times. */
export type LookFactor = (group: Group) => number;

/** The finished configurations made from this one that the metric judges, in order. */
export function familyOf(base: Group, metric: MetricView, study: Study, factor: LookFactor = () => 1): readonly Try[] {
  const groups = new Set<Group>();
  for (const { run } of base.files) {
    for (const child of study.runs.get(run.id)?.children ?? []) {
      const group = study.runs.get(child.run.id)?.group;
      if (group !== undefined && group !== base && group.first === child && group.status === "finished") groups.add(group);
    }
  }
  const judged = [...groups].flatMap((group) => {
    const p = study.runs.get(group.first.run.id)?.deltas.get(metric.name)?.evidence.p;
    return p === undefined ? [] : [{ group, p: Math.min(1, p * factor(group)) }];
  });
  const ps = judged.map(({ p }) => p);
  const [strict, loose] = [holm(ps), benjaminiHochberg(ps)];
  return judged.map(({ group, p }, at) => ({ group, p, holm: strict[at] ?? 1, q: loose[at] ?? 1 }));
}
