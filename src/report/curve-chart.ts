// Curves of several runs as small panels, one per series: which lines there are, what range they need, where everything stands. Plain
// data: site/browser/chart/curves.ts draws it.

import { fixed, groupThousands } from "../base/number.ts";
import { formatNumber } from "../record/format.ts";
import { extent, fewPoints, isLog, quantile, type Range, textWidth } from "./chart-parts.ts";
import { bySeries, isRepeat, type MeanCurve, meanOf } from "./curve-repeats.ts";
import type { Point, Series } from "./curve-series.ts";

export interface CurveRun {
  readonly id: string;
  /** Stands at the end of its lines. */
  readonly label: string;
  /** A token: `var(--s1)`. */
  readonly color: string;
  readonly isDashed?: boolean;
  /** One of many: drawn fine, without a label. */
  readonly isFaint?: boolean;
  readonly series: readonly Series[];
}

export interface CurveOptions {
  /** 0 to 0.99; 0 is the curve as it is. */
  readonly smooth: number;
  readonly log: boolean;
  /** Of repeats: every one, or their mean with a band. */
  readonly each: boolean;
  /** What x counts, where series count different things. */
  readonly x?: string;
  /** The stretch of x that is looked at; all where absent. */
  readonly from?: number;
  readonly to?: number;
}

export interface CurveLine {
  readonly run: CurveRun;
  readonly points: readonly Point[];
  /** In place of `points`, which then stand behind it. */
  readonly smoothed?: readonly Point[];
  readonly band?: MeanCurve["band"];
  /** Where it was last seen before it diverged. */
  readonly lost?: Point;
  readonly last?: Point;
  /** Repeats in it. */
  readonly n: number;
}

export interface CurvePanel {
  readonly name: string;
  /** What x counts. */
  readonly x: string;
  readonly lines: readonly CurveLine[];
  readonly from: number;
  readonly to: number;
  /** All of x. */
  readonly whole: { readonly from: number; readonly to: number };
  readonly range: Range;
  /** What was left out. */
  readonly notes: readonly string[];
}

/** What x can count, the most common first. */
export function counters(runs: readonly CurveRun[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { x } of runs.flatMap(({ series }) => series)) counts.set(x, (counts.get(x) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left).map(([x]) => x);
}

export function hasRepeats(runs: readonly CurveRun[]): boolean {
  return runs.some(({ series }) => series.some(isRepeat));
}

/** A panel per series, in the order in which the runs name them. */
export function curvePanels(runs: readonly CurveRun[], options: CurveOptions): readonly CurvePanel[] {
  const x = options.x ?? counters(runs)[0];
  const found = new Map<string, CurveLine[]>();
  for (const run of runs) {
    for (const [name, series] of bySeries(run.series.filter((one) => one.x === x))) {
      const lines = options.each || series.length === 1 ? series.map(({ points }) => lineOf(run, points, 1)) : meanLines(run, series);
      const known = found.get(name);
      if (known === undefined) found.set(name, [...lines]);
      else known.push(...lines);
    }
  }
  return [...found].map(([name, lines]) => panelOf(name, x ?? "step", lines, options));
}

function lineOf(run: CurveRun, points: readonly Point[], n: number): CurveLine {
  const at = points.findLastIndex(([, y]) => y !== null);
  const last = points[at];
  const isLost = points.slice(at + 1).length > 0;
  return { run, points, n, ...(last === undefined ? {} : { last }), ...(last !== undefined && isLost ? { lost: last } : {}) };
}

/** Where repeats were recorded at the same places their mean and spread, else each by itself. */
function meanLines(run: CurveRun, series: readonly Series[]): readonly CurveLine[] {
  const mean = meanOf(series);
  if (mean === undefined) return series.map(({ points }) => lineOf(run, points, 1));
  return [{ ...lineOf(run, mean.points, series.length), band: mean.band }];
}

function panelOf(name: string, x: string, all: readonly CurveLine[], options: CurveOptions): CurvePanel {
  const ends = extent(all.flatMap(({ points }) => points.map(([at]) => at)));
  const whole = { from: ends.low, to: ends.high };
  // A series that ends before the stretch is shown whole.
  const { from, to } = stretchIn(whole, options);
  const lines = all.map((line) =>
    options.smooth > 0 ? { ...line, smoothed: smoothed(line.points, options.smooth, ends.high - ends.low) } : line,
  );
  const { range, early, late, nonPositive } = rangeOf(lines, { from, to, log: options.log });
  const notes = [
    ...(early + late === 0 ? [] : [late === 0 ? "the start is outside the scale" : `${early + late} values outside the scale`]),
    ...(nonPositive > 0 ? [`${nonPositive} not positive, left out of the log scale`] : []),
    ...lines.flatMap(({ lost, run }) => (lost === undefined ? [] : [`${run.label} diverged after ${x} ${formatNumber(lost[0])}`])),
    ...lines.flatMap(({ n, run }) => (n > 1 ? [`${run.label}: mean of ${n} repeats${n > 2 ? " ± sd" : ", lowest to highest"}`] : [])),
  ];
  return { name, x, lines, from, to, whole, range, notes };
}

function stretchIn(whole: CurvePanel["whole"], { from = whole.from, to = whole.to }: CurveOptions): CurvePanel["whole"] {
  const inside = { from: Math.max(from, whole.from), to: Math.min(to, whole.to) };
  return inside.to > inside.from ? inside : whole;
}

/**
 * A moving average whose weights fade with the distance on x, not with the count of points, and that starts without a bias. `weight` 0 to 1;
 * the same weight smooths alike however densely a curve was recorded.
 */
export function smoothed(points: readonly Point[], weight: number, span: number): readonly Point[] {
  const keep = Math.min(Math.sqrt(weight), 0.999);
  let sum = 0;
  let total = 0;
  let before: number | undefined;
  return points.map(([x, y]): Point => {
    if (y === null) return [x, null];
    const fade = before === undefined || span <= 0 ? 0 : keep ** (((x - before) / span) * 1000);
    before = x;
    sum = sum * fade + y;
    total = total * fade + 1;
    return [x, sum / total];
  });
}

interface Wanted {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

interface Found {
  readonly range: Range;
  /** Values outside of it at the start, and after that. */
  readonly early: number;
  readonly late: number;
  readonly nonPositive: number;
}

/** The middle 96% of what comes after the start, and every last value: the start of a loss would make the rest a line. Of a few points all. */
function rangeOf(lines: readonly CurveLine[], { from, to, log }: Wanted): Found {
  const start = from + (to - from) / 20;
  const isShown = (point: Point): point is readonly [number, number] => point[1] !== null && point[0] >= from && point[0] <= to;
  const inside = lines.flatMap(({ points }) => points.filter(isShown));
  const shown = log ? inside.filter(([, y]) => y > 0) : inside;
  const settled = shown.filter(([x]) => x >= start).map(([, y]) => y);
  const sorted = (settled.length > 0 ? settled : shown.map(([, y]) => y)).sort((a, b) => a - b);
  const ends = lines.flatMap(({ last }) => (last === undefined || !isShown(last) || (log && last[1] <= 0) ? [] : [last[1]]));
  const all = extent(shown.map(([, y]) => y));
  const whole = lines.every(({ points }) => points.length < fewPoints) && Number.isFinite(all.high * 2 - all.low * 2);
  const always = whole ? [all.low, all.high] : ends;
  const { low, high } = sorted.length === 0 ? { low: 1, high: 0 } : extent([quantile(sorted, 0.02), quantile(sorted, 0.98), ...always]);
  const range = padded(low, high, log);
  const outside = shown.filter(([, y]) => y < range.low || y > range.high);
  const early = outside.filter(([x]) => x < start).length;
  return { range, early, late: outside.length - early, nonPositive: inside.length - shown.length };
}

function padded(low: number, high: number, log: boolean): Range {
  if (!(low <= high)) return { low: log ? 0.1 : 0, high: 1, log };
  if (log && low > 0) {
    const factor = Math.max((high / low) ** 0.05, 1.05);
    return { low: low / factor, high: high * factor, log };
  }
  const pad = (high - low) / 20 || Math.abs(high) / 100 || 1;
  return { low: low - pad, high: high + pad, log: false };
}

/** Worth a logarithmic axis from the start. */
export function suggestsLog(runs: readonly CurveRun[]): boolean {
  const values = runs.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([, y]) => y))).filter((y) => y !== null);
  return isLog(values, 1000);
}

export interface CurveTick {
  readonly at: number;
  readonly text: string;
}

/** About `count` round numbers. */
export function curveTicks({ low, high, log }: Range, count: number): readonly CurveTick[] {
  const powers = log ? logTicks(low, high, count) : [];
  if (powers.length > 1) return powers;
  const step = niceStep((high - low) / count);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const decimals = largest < 1e-3 || largest >= 1e6 ? undefined : Math.min(Math.max(-Math.floor(Math.log10(step) + 1e-9), 0), 12);
  const ticks: CurveTick[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high * (1 + 1e-12) && ticks.length < 50; index += 1) {
    const at = Number((index * step).toPrecision(12));
    ticks.push({ at, text: decimals === undefined ? shownNumber(at) : groupThousands(fixed(at, decimals)).replace("-", "−") });
  }
  return ticks;
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough > 0 && Number.isFinite(rough) ? rough : 1));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** Powers of ten; where they are few, twos and fives too. */
function logTicks(low: number, high: number, count: number): readonly CurveTick[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first) / (count * 2)));
  const ticks: CurveTick[] = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) {
      const at = Number(`${factor}e${power}`);
      if (at >= low && at <= high) ticks.push({ at, text: shownNumber(at) });
    }
  }
  return ticks;
}

export function shownNumber(value: number, decimals?: number): string {
  return formatNumber(value, decimals).replaceAll("-", "−");
}

/** Room for the labels of the y axis, px. */
export function tickRoom(ticks: readonly CurveTick[]): number {
  return Math.ceil(ticks.reduce((most, { text }) => Math.max(most, textWidth(text)), 0)) + 10;
}
