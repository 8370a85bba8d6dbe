// Repeats of two sides on one axis, better to the right: a row of ticks before, a row after, their means longer.

import type { Delta, Evidence, MetricView } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";

export const stripWidth = 96;
const reach = stripWidth - 4;
const mostTicks = 60;

export interface TickStrip {
  readonly word: Evidence["word"];
  readonly before: StripRow;
  readonly after: StripRow;
  /** Every value, for those who cannot see them. */
  readonly name: string;
}

export interface StripRow {
  /** px from the left. */
  readonly ticks: readonly number[];
  readonly mean: number;
  /** Where only a summary was written: one standard deviation to both sides. */
  readonly spread?: readonly [number, number];
}

/** Nothing where neither side was repeated. */
export function tickStrip(delta: Delta, metric: MetricView): TickStrip | undefined {
  const { before, after } = delta;
  if (before.n < 2 && after.n < 2) return undefined;
  const [from, to] = [valuesOf(before), valuesOf(after)];
  const ends = [...from.values, ...(from.spread ?? []), ...to.values, ...(to.spread ?? [])];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
  const better = metric.direction === "min" ? -1 : 1;
  const place = (value: number): number => {
    const share = high === low ? 0.5 : (value - low) / (high - low);
    return Math.round((2 + (better === 1 ? share : 1 - share) * reach) * 10) / 10;
  };
  const row = ({ values, mean, spread }: Values): StripRow =>
    spread === undefined
      ? { ticks: values.map(place), mean: place(mean) }
      : { ticks: [], mean: place(mean), spread: [place(spread[0]), place(spread[1])] };
  const name = `before ${clipped(before.text)}; after ${clipped(after.text)}`;
  return { word: delta.evidence.word, before: row(from), after: row(to), name };
}

interface Values {
  readonly values: readonly number[];
  readonly mean: number;
  readonly spread?: readonly [number, number];
}

function valuesOf({ values, mean = 0, sd, n }: Reading): Values {
  const finite = values.filter((value) => value !== null);
  if (finite.length > 0) return { values: finite.slice(0, mostTicks), mean };
  return n > 1 && sd !== undefined ? { values: [mean], mean, spread: [mean - sd, mean + sd] } : { values: [mean], mean };
}

const clipped = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
