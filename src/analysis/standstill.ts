// Whether a study stands still: its newest configurations gain nothing worth having, or are discarded one after the other.

import { minEffectOf } from "./deltas.ts";
import type { Group, StudyAnalysis } from "./study.ts";

export interface Standstill {
  /** Of the newest configurations, each surely below the smallest effect worth having. */
  readonly plateau?: {
    readonly runs: number;
    /** The largest gain that any of them could have, canonical unit. */
    readonly most: number;
    readonly minEffect: number;
  };
  /** Decisions in a row; with the newest kept configuration before them. */
  readonly discards?: { readonly count: number; readonly since?: Group };
}

const enough = 5;

type Study = Pick<StudyAnalysis, "groups" | "runs" | "primary" | "settings" | "era">;

/** Repeats are part of their configuration and count once. */
export function findStandstill(study: Study): Standstill {
  const groups = study.groups.filter(({ first, era }) => era === study.era && !first.run.hidden);
  const plateau = plateauOf(groups, study);
  const decided = groups.filter(({ decision }) => decision !== undefined);
  const last = decided.findLastIndex(({ decision }) => decision === "keep");
  const count = decided.length - 1 - last;
  const since = decided[last];
  return {
    ...(plateau === undefined ? {} : { plateau }),
    ...(count < enough ? {} : { discards: { count, ...(since === undefined ? {} : { since }) } }),
  };
}

/** Without noise nobody knows what a run could have gained. */
function plateauOf(groups: readonly Group[], { runs, primary, settings }: Study): Standstill["plateau"] {
  if (primary?.direction === undefined) return undefined;
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let count = 0;
  for (let at = groups.length - 1; at >= 0; at--) {
    const { first, status } = groups[at] as Group;
    const delta = status === "finished" ? runs.get(first.run.id)?.deltas.get(primary.name) : undefined;
    if (delta === undefined) continue;
    const { low, high } = delta.evidence;
    const gain = primary.direction === "max" ? high : low === undefined ? undefined : -low;
    const minEffect = minEffectOf(primary, delta.before, settings) ?? 0;
    if (gain === undefined || gain >= minEffect) break;
    most = Math.max(most, gain);
    least = Math.min(least, minEffect);
    count += 1;
  }
  return count < enough ? undefined : { runs: count, most, minEffect: least };
}
