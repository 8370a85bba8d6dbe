// Where a run stands among the configurations of its study, by the primary metric.

import type { OrderData } from "../../../src/report/order-data.ts";

export interface Rank {
  /** From 1; configurations that are as good share one. */
  readonly rank: number;
  readonly of: number;
  readonly value: number;
  /** Place of the first run of its configuration. */
  readonly own: number;
  readonly best?: number;
  readonly bestValue?: number;
}

/** Nothing for a run that does not count. */
export function rankIn({ values, first, metric, best }: OrderData, place: number): Rank | undefined {
  const own = first[place] ?? place;
  const value = values[own];
  if (metric === undefined || value === null || value === undefined) return undefined;
  const counted = values.filter((other) => other !== null);
  const better = counted.filter((other) => (metric.direction === "max" ? other > value : other < value)).length;
  const bestOwn = best === undefined ? undefined : (first[best] ?? best);
  const bestValue = bestOwn === undefined ? undefined : values[bestOwn];
  return {
    rank: better + 1,
    of: counted.length,
    value,
    own,
    ...(bestOwn === undefined || bestValue === null || bestValue === undefined ? {} : { best: bestOwn, bestValue }),
  };
}
