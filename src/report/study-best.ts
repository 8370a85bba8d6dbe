// What the front pages say about the best of a study: of the primary metric, and how it stands.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import type { Best, Delta, Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";

export interface Standing {
  readonly metric: MetricView;
  readonly group: Group;
  readonly reading: Reading;
  readonly best: Best;
  /** On the baseline; absent where the two are one or cannot be compared. */
  readonly delta?: Delta;
  /** Configurations that were started after it. */
  readonly since: number;
  /** The best that its author kept, where that is another one. */
  readonly kept?: Group;
}

/** The best for the primary metric's goal; where no goal names that metric, for the first goal. */
export function standingOf(study: StudyAnalysis): Standing | undefined {
  const best = study.best.find(({ goal }) => goal.metric === study.primary?.name) ?? study.best[0];
  const metric = study.metrics.find(({ name }) => name === best?.goal.metric);
  const { group, reading } = best ?? {};
  if (best === undefined || metric === undefined || group === undefined || reading === undefined) return undefined;
  const { baseline } = study;
  const delta = baseline === undefined || baseline === group ? undefined : deltaBetweenGroups(baseline, group, metric, study);
  const kept = group.decision === "keep" ? undefined : topKept(study, metric);
  return {
    metric,
    group,
    reading,
    best,
    since: startedAfter(group, study),
    ...(delta === undefined ? {} : { delta }),
    ...(kept === undefined ? {} : { kept }),
  };
}

function startedAfter(group: Group, { groups }: StudyAnalysis): number {
  const rest = groups.slice(groups.indexOf(group) + 1);
  return rest.filter(({ first, status }) => !first.run.hidden && status !== "planned").length;
}

function topKept({ groups, era }: StudyAnalysis, { name, direction }: MetricView): Group | undefined {
  const sign = direction === "min" ? -1 : 1;
  let top: { readonly group: Group; readonly value: number } | undefined;
  for (const group of groups) {
    const value = group.readings.get(name)?.mean;
    if (value === undefined || group.decision !== "keep" || group.era !== era || group.first.run.hidden) continue;
    if (top === undefined || value * sign > top.value * sign) top = { group, value };
  }
  return top?.group;
}
