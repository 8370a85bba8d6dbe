// A run's curve as a small drawing: geometry and words, no elements. The live chart, with smoothing and axes, is drawn from the same points.

import type { MetricView } from "../analysis/study.ts";
import { formatDuration } from "../base/time.ts";
import { formatNumber, formatQuantity } from "../record/format.ts";
import { unitScale } from "../record/quantity.ts";
import { curveIsPercent } from "../record/share.ts";
import { type Point, type Series, thin } from "./curve-series.ts";

export const curveWidth = 388;
export const curveHeight = 120;
const top = 8;
const bottom = 98;
const right = 382;
const mostVertices = 80;
/** Of each of several lines behind it. */
const mostFine = 40;

export interface Curve {
  readonly title: string;
  /** `higher is better`, where that is known. */
  readonly arrow?: "↑" | "↓";
  /** `last 0.231`, `best 0.228 at epoch 14`. */
  readonly facts: readonly string[];
  /** What was left out or happened: `diverged after epoch 12`. */
  readonly notes: readonly string[];
  /** The sentence that stands for the picture. */
  readonly name: string;
  readonly line: string;
  /** Every repetition, where `line` is their mean. */
  readonly repeats?: string;
  readonly end: { readonly x: number; readonly y: number; readonly lost: boolean };
  /** Where the base ended. */
  readonly base?: number;
  readonly left: number;
  readonly rows: readonly { readonly y: number; readonly text: string }[];
  readonly from: string;
  readonly to: string;
}

export interface CurveContext {
  /** The metric of a series, by any of its names. */
  readonly metric: (name: string) => MetricView | undefined;
  /** What was recorded of it. */
  readonly value?: (name: string) => number | undefined;
  /** The base and its curve of the same name. */
  readonly base?: {
    readonly id: string;
    readonly points: (name: string) => readonly Point[] | undefined;
    readonly value?: (name: string) => number | undefined;
  };
}

/** How the numbers of one series are written. */
interface Scale {
  /** Into the unit that is shown. */
  readonly shown: (value: number) => number;
  readonly text: (value: number) => string;
  readonly unit?: string;
}

/** `repeats` are what `written` is the mean of. */
export function drawCurve(written: Series, context: CurveContext, repeats: readonly Series[] = []): Curve {
  const metric = context.metric(written.name);
  const series = { ...written, points: asFractions(written.points, metric, context.value?.(written.name)) };
  const others = repeats.map(({ points }) => asFractions(points, metric, context.value?.(written.name)));
  const theirs = asFractions(context.base?.points(series.name) ?? [], metric, context.base?.value?.(series.name));
  const base = theirs.findLast(([, y]) => y !== null)?.[1] ?? undefined;
  const scale = scaleOf(series, metric);
  const place = placer(series);
  const finite = series.points.filter((point): point is readonly [number, number] => point[1] !== null);
  const last = finite.at(-1) ?? [0, 0];
  const best = bestOf(finite, metric);
  const ends = others.flatMap((points) => points.findLast(([, y]) => y !== null)?.[1] ?? []);
  const [low, high] = domain(finite, [last[1], ...ends, ...(best === undefined ? [] : [best[1]]), ...(base === undefined ? [] : [base])]);
  const rows = ticks(scale.shown(low), scale.shown(high));
  const texts = rows.map((value) => tickText(value, rows, scale));
  const left = Math.max(...texts.map((text) => Math.round(text.length * 6.7) + 6), 22);
  const [start, stop] = [series.points[0]?.[0] ?? 0, series.points.at(-1)?.[0] ?? 1];
  const x = (value: number): number => round(left + (stop === start ? 0.5 : (value - start) / (stop - start)) * (right - left));
  const y = (value: number): number => round(at(value, low, high));
  const lost = series.points.at(-1)?.[1] === null;
  const facts = [
    ...(repeats.length > 0 ? [`mean of ${repeats.length} repeats`] : []),
    `last ${scale.text(last[1])}`,
    ...(best === undefined ? [] : [`best ${scale.text(best[1])} at ${place(best[0])}`]),
  ];
  const notes = [
    ...(lost ? [`diverged after ${place(last[0])}`] : []),
    ...(base === undefined ? [] : [`┄ ${context.base?.id} ended at ${scale.text(base)}`]),
    ...clipped(series.points, low, high),
  ];
  return {
    title: metric?.label ?? series.name,
    ...(metric?.direction === undefined ? {} : { arrow: metric.direction === "max" ? ("↑" as const) : ("↓" as const) }),
    facts,
    notes,
    name: `${metric?.label ?? series.name} from ${place(start)} to ${place(stop)}: ${[...facts, ...notes].join(", ").replace("┄ ", "")}`,
    line: path(cutOff(thin(series.points, mostVertices), low, high), x, y),
    ...(others.length > 0 ? { repeats: others.map((points) => path(cutOff(thin(points, mostFine), low, high), x, y)).join("") } : {}),
    end: { x: x(last[0]), y: y(last[1]), lost },
    ...(base === undefined ? {} : { base: y(base) }),
    left,
    rows: rows.map((value, index) => ({
      y: round(bottom - ((value - scale.shown(low)) / (scale.shown(high) - scale.shown(low))) * (bottom - top)),
      text: texts[index] ?? "",
    })),
    from: placeText(series, start),
    to: place(stop),
  };
}

/** Where the value lies between the lowest and the highest grid line. */
const at = (value: number, low: number, high: number): number => bottom - ((value - low) / (high - low)) * (bottom - top);
const round = (value: number): number => Math.round(value * 10) / 10;

export interface CurveLine {
  readonly title: string;
  readonly last: string;
  readonly best?: string;
}

/** A series that is not drawn. */
export function curveLine(written: Series, { metric: find, value }: CurveContext): CurveLine {
  const metric = find(written.name);
  const series = { ...written, points: asFractions(written.points, metric, value?.(written.name)) };
  const scale = scaleOf(series, metric);
  const finite = series.points.filter((point): point is readonly [number, number] => point[1] !== null);
  const best = bestOf(finite, metric);
  const last = finite.at(-1);
  return {
    title: metric?.label ?? series.name,
    last: last === undefined || series.points.at(-1)?.[1] === null ? "diverged" : scale.text(last[1]),
    ...(best === undefined ? {} : { best: `${scale.text(best[1])} at ${placer(series)(best[0])}` }),
  };
}

/** Percentages are written as fractions or as themselves: as whichever its recorded value was read. */
function asFractions(points: readonly Point[], metric: MetricView | undefined, recorded: number | undefined): readonly Point[] {
  if (metric?.unit !== "%") return points;
  if (
    !curveIsPercent(
      points.map(([, y]) => y ?? 0),
      recorded,
    )
  )
    return points;
  return points.map(([x, y]) => [x, y === null ? null : y / 100]);
}

function scaleOf({ points }: Series, metric: MetricView | undefined): Scale {
  if (metric === undefined) {
    const text = (value: number): string => typographic(formatNumber(Number(value.toPrecision(4))));
    return { shown: (value) => value, text };
  }
  const { unit, decimals } = metric;
  const factor = unit === undefined ? undefined : unitScale(unit);
  const finite = points.some(([, y]) => y !== null && y !== 0 && Math.abs(y) < 10 ** -decimals);
  return {
    shown: (value) => (factor === undefined ? value : (value * factor.over) / factor.times),
    text: (value) => formatQuantity(value, unit, { decimals: finite && unit === undefined ? undefined : decimals, screen: true }),
    ...(unit === undefined ? {} : { unit }),
  };
}

const typographic = (text: string): string => text.replaceAll("-", "−");

function bestOf(points: readonly (readonly [number, number])[], metric: MetricView | undefined): readonly [number, number] | undefined {
  const direction = metric?.direction;
  if (direction === undefined) return undefined;
  return points.reduce<readonly [number, number] | undefined>(
    (best, point) => (best === undefined || (direction === "max" ? point[1] > best[1] : point[1] < best[1]) ? point : best),
    undefined,
  );
}

/** 2nd to 98th percentile after the first 5% of the way, so that a wild start does not flatten the rest; with every value in `always`. */
function domain(points: readonly (readonly [number, number])[], always: readonly number[]): readonly [number, number] {
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  const later = points.filter(([x]) => x >= first + (last - first) * 0.05).map(([, y]) => y);
  const sorted = (later.length > 0 ? later : points.map(([, y]) => y)).sort((left, right) => left - right);
  const share = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  const low = Math.min(share(0.02), ...always);
  const high = Math.max(share(0.98), ...always);
  let [least, most] = [low, high];
  for (const [, y] of points) {
    least = Math.min(least, y);
    most = Math.max(most, y);
  }
  // Little would be gained: then nothing is cut.
  const [from, to] = most - least <= 2.5 * (high - low) ? [least, most] : [low, high];
  const pad = to > from ? (to - from) * 0.04 : Math.abs(to) * 0.01 || 1;
  // Not below zero where nothing is.
  return [from < 0 ? from - pad : Math.max(0, from - pad), to + pad];
}

/** Two to five round values. */
function ticks(low: number, high: number): readonly number[] {
  const span = high - low;
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => span / size <= 3.5) ?? 10 * power;
  const found: number[] = [];
  for (let value = Math.ceil(low / step); value * step <= high && found.length < 6; value += 1)
    found.push(Number((value * step).toPrecision(12)));
  return found;
}

function tickText(value: number, all: readonly number[], { unit }: Scale): string {
  const step = Math.abs((all[1] ?? 1) - (all[0] ?? 0));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const largest = Math.max(...all.map(Math.abs));
  const text = decimals > 4 || largest >= 10_000 ? formatNumber(Number(value.toPrecision(4))) : value.toFixed(decimals);
  return typographic(unit === "%" ? `${text}%` : text);
}

/** `M48 20 52 19`: further pairs after the first are lines. A gap begins anew. */
function path(points: readonly Point[], x: (value: number) => number, y: (value: number) => number): string {
  let out = "";
  let open = false;
  for (const [place, value] of points) {
    if (value !== null) out += `${open ? " " : "M"}${x(place)} ${y(value)}`;
    open = value !== null;
  }
  return out;
}

/** What lies outside of the scale is not drawn; a line leaves and enters at its edge. */
function cutOff(points: readonly Point[], low: number, high: number): readonly Point[] {
  const inside = (y: number): boolean => y >= low && y <= high;
  if (points.every(([, y]) => y === null || inside(y))) return points;
  const out: Point[] = [];
  for (const [index, point] of points.entries()) {
    const [x, y] = point;
    const [beforeX, beforeY] = points[index - 1] ?? [x, null];
    if (y !== null && beforeY !== null && inside(y) !== inside(beforeY)) {
      const edge = (inside(y) ? beforeY : y) > high ? high : low;
      out.push([beforeX + ((edge - beforeY) / (y - beforeY)) * (x - beforeX), edge]);
    }
    out.push(y === null || inside(y) ? point : [x, null]);
  }
  return out;
}

function clipped(points: readonly Point[], low: number, high: number): readonly string[] {
  const outside = points.filter(([, y]) => y !== null && (y < low || y > high));
  if (outside.length === 0) return [];
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  if (outside.every(([x]) => x <= first + (last - first) * 0.1)) return ["the start is outside the scale"];
  return [`${outside.length} ${outside.length === 1 ? "point" : "points"} outside the scale`];
}

const seconds: Readonly<Record<string, number>> = {
  time: 1,
  seconds: 1,
  elapsed: 1,
  elapsed_time: 1,
  relative_time: 1,
  wall_time: 1,
  walltime: 1,
  _runtime: 1,
  timestamp: 1,
  _timestamp: 1,
  minutes: 60,
  hours: 3600,
};
/** Later than this a time is a date. */
const dates = 1e8;

/** `4,000`, `2 h 46 min`. */
function placeText({ x, points }: Series, value: number): string {
  const unit = seconds[x.toLowerCase().replace(/[\s-]+/g, "_")];
  if (unit === undefined) return formatNumber(Number(value.toPrecision(7)));
  const start = points[0]?.[0] ?? 0;
  return formatDuration((value - (start > dates ? start : 0)) * unit);
}

/** `epoch 14`, `2 h 46 min`. */
function placer(series: Series): (value: number) => string {
  const word = series.x.toLowerCase().replace(/[\s-]+/g, "_");
  return (value) => (Object.hasOwn(seconds, word) ? placeText(series, value) : `${series.x} ${placeText(series, value)}`);
}
