// Both sides of a verdict in figures, and what other tests say beside the one that judged.

import { minEffectOf, pairsOf, sampleOfGroup } from "./deltas.ts";
import { effectSize, middleMean } from "./effect-size.ts";
import { equivalence } from "./evidence.ts";
import { exchange, signFlip } from "./permutation.ts";
import { wilson } from "./proportions.ts";
import { mannWhitney, medianPositions, smallestRankP } from "./ranks.ts";
import { median } from "./statistics.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";
import type { Verdict } from "./verdict.ts";

export interface Side {
  readonly id: string;
  readonly n: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly values: readonly number[];
  readonly median?: number;
  /** 95%, by order statistics; from six values on. */
  readonly medianInterval?: readonly [number, number];
  /** Of the middle half. */
  readonly middleMean?: number;
  /** Of counts: Wilson's interval. */
  readonly share?: readonly [number, number];
  /** Repetitions that were copies of others. */
  readonly copies: number;
}

/** Each with the number of values it rests on. */
export interface OtherTests {
  readonly rank?: { readonly p: number; readonly exact: boolean; readonly smallest: number; readonly larger: number };
  readonly signFlip?: { readonly p: number; readonly pairs: number };
  readonly exchange?: { readonly p: number };
  /** In standard deviations. */
  readonly effect?: { readonly d: number; readonly g: number };
  readonly equivalence?: { readonly p: number; readonly within: number };
}

export function sidesOf({ group, base, metric }: Verdict): { readonly before?: Side; readonly after?: Side } {
  if (metric === undefined) return {};
  const after = sideOf(group, metric);
  const before = base === undefined ? undefined : sideOf(base.group, metric);
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function sideOf(group: Group, metric: MetricView): Side | undefined {
  const reading = group.readings.get(metric.name);
  if (reading === undefined) return undefined;
  const values = reading.values.filter((value) => value !== null);
  const sorted = [...values].sort((a, b) => a - b);
  const places = medianPositions(values.length);
  const interval = places === undefined ? undefined : ([sorted[places[0] - 1] ?? 0, sorted[places[1] - 1] ?? 0] as const);
  const middle = median(values);
  const inner = values.length >= 4 ? middleMean(values) : undefined;
  return {
    id: group.first.run.id,
    n: reading.n,
    values,
    copies: group.copies,
    ...(reading.mean === undefined ? {} : { mean: reading.mean }),
    ...(reading.sd === undefined ? {} : { sd: reading.sd }),
    ...(middle === undefined ? {} : { median: middle }),
    ...(interval === undefined ? {} : { medianInterval: interval }),
    ...(inner === undefined ? {} : { middleMean: inner }),
    ...(reading.count === undefined ? {} : { share: wilson(reading.count) }),
  };
}

/** Nothing where one side has a single value. */
export function otherTests({ group, base, metric, delta }: Verdict, study: StudyAnalysis): OtherTests {
  if (metric === undefined || base === undefined || delta === undefined) return {};
  const [old, now] = [delta.before, delta.after].map(({ values }) => values.filter((value) => value !== null));
  if (old === undefined || now === undefined || old.length < 2 || now.length < 2) return {};
  const rank = mannWhitney(old, now);
  const pairs = delta.evidence.method?.startsWith("paired") ? pairsOf(base.group, group, metric) : [];
  const signs = pairs.length === 0 ? undefined : signFlip(pairs);
  const exchanged = exchange(old, now);
  const effect = effectSize(old, now);
  const within = minEffectOf(metric, delta.before, study.settings);
  const same =
    within === undefined
      ? undefined
      : equivalence(sampleOfGroup(base.group, metric), sampleOfGroup(group, metric), { metric, minEffect: within });
  return {
    ...(rank === undefined ? {} : { rank: { ...rank, smallest: smallestRankP(old.length, now.length) } }),
    ...(signs === undefined ? {} : { signFlip: { p: signs, pairs: pairs.length } }),
    ...(exchanged === undefined ? {} : { exchange: { p: exchanged } }),
    ...(effect === undefined ? {} : { effect }),
    ...(same === undefined || within === undefined ? {} : { equivalence: { p: same, within } }),
  };
}
