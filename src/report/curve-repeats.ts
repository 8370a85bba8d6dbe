// Curves of repetitions: told by their names, and held together as one.

import { extent } from "./chart-parts.ts";
import type { Point, Series } from "./curve-series.ts";

const repeatName = /^(.*) \((?:seed|repeat|fold|run) [^()]*\)$/;

/** `loss (seed 1)` is a repeat of `loss`. */
export function seriesName(name: string): string {
  return repeatName.exec(name)?.[1] ?? name;
}

export function isRepeat({ name }: Series): boolean {
  return repeatName.test(name);
}

/** By the name they share, in the order in which they stand. */
export function bySeries<S extends Series>(all: readonly S[]): ReadonlyMap<string, readonly S[]> {
  const groups = new Map<string, S[]>();
  for (const one of all) {
    const name = seriesName(one.name);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [one]);
    else known.push(one);
  }
  return groups;
}

export interface MeanCurve {
  readonly points: readonly Point[];
  /** x, low, high: standard deviation of repeats, for two their values. */
  readonly band: readonly (readonly [number, number, number])[];
}

/** Nothing where they were recorded at other places: then there is no mean to speak of. */
export function meanOf(series: readonly Series[]): MeanCurve | undefined {
  const values = new Map<number, number[]>();
  for (const [x, y] of series.flatMap(({ points }) => points)) {
    if (y === null) continue;
    const known = values.get(x);
    if (known === undefined) values.set(x, [y]);
    else known.push(y);
  }
  const shared = [...values].filter(([, list]) => list.length > 1);
  if (shared.length * 2 < values.size) return undefined;
  const sorted = shared.sort(([left], [right]) => left - right);
  return {
    points: sorted.map(([x, list]): Point => [x, mean(list)]),
    band: sorted.map(([x, list]): readonly [number, number, number] => [x, ...spreadOf(list)]),
  };
}

type Together<S extends Series> = S & { readonly repeats?: readonly Series[] };

/** Repeats as their mean, where they have one, with what it is the mean of. */
export function together<S extends Series>(all: readonly S[]): readonly Together<S>[] {
  return [...bySeries(all)].flatMap(([name, series]): readonly Together<S>[] => {
    const [first] = series;
    const mean = series.length > 1 ? meanOf(series) : undefined;
    return first === undefined || mean === undefined ? series : [{ ...first, name, points: mean.points, repeats: series }];
  });
}

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value / list.length, 0);

function spreadOf(list: readonly number[]): readonly [number, number] {
  const { low, high } = extent(list);
  if (list.length < 3) return [low, high];
  const center = mean(list);
  const sd = Math.sqrt(list.reduce((sum, value) => sum + (value - center) ** 2, 0) / (list.length - 1));
  return [center - sd, center + sd];
}
