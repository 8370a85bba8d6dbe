// What the progress chart shows, before it is a drawing: every try in order, the best so far, baselines, target, noise.

import { tQuantile } from "../analysis/distribution.ts";
import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { targetOf } from "../analysis/target.ts";
import { parseDate } from "../base/time.ts";
import { extent, inUnit, quantile, type Range, valueRange } from "./chart-parts.ts";
import { glyphOf, newestFirst } from "./words.ts";

/** A configuration with a value. */
export interface ProgressPoint {
  /** Its place in the order, from 1. */
  readonly x: number;
  /** In the unit shown. */
  readonly y: number;
  readonly mark: "kept" | "discarded" | "undecided";
  readonly group: Group;
  /** 95% interval of the mean of a kept configuration that was repeated. */
  readonly low?: number;
  readonly high?: number;
}

/** One that has none: it failed, was lost, or its values diverged. */
export interface ProgressFailure {
  readonly x: number;
  readonly group: Group;
  readonly word: "failed" | "lost" | "diverged";
}

/** A stretch of the order under one protocol. */
export interface ProgressEra {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly baseline?: number;
}

/** From here on this is the best. */
export interface BestStep {
  readonly x: number;
  readonly y: number;
  /** Index of the era. */
  readonly era: number;
}

export interface Progress {
  readonly metric: MetricView;
  /** Places in the order. */
  readonly count: number;
  /** By place, the first at 0. */
  readonly days: readonly (string | undefined)[];
  readonly times: readonly (number | undefined)[];
  readonly points: readonly ProgressPoint[];
  readonly failures: readonly ProgressFailure[];
  /** Finished, yet without a valid value of this metric. */
  readonly without: number;
  readonly eras: readonly ProgressEra[];
  readonly best: readonly BestStep[];
  /** The best of the newest era. */
  readonly top?: ProgressPoint;
  /** Nothing is kept: `best` is the best of what is not discarded. */
  readonly provisional: boolean;
  readonly target?: { readonly y: number; readonly text: string };
  /** Standard deviation of one value, in the unit shown. */
  readonly noise?: number;
  readonly range: Range;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Nothing without a primary metric. Found once for each analysis: its picture and its live form are made apart. */
export function findProgress(study: StudyAnalysis): Progress | undefined {
  if (!known.has(study)) known.set(study, find(study));
  return known.get(study);
}

const known = new WeakMap<StudyAnalysis, Progress | undefined>();

function find(study: StudyAnalysis): Progress | undefined {
  const metric = study.primary;
  if (metric === undefined) return undefined;
  const { points, failures, without, tries } = placeTries(study, metric);
  const eras = findEras(tries, study, metric);
  const provisional = !points.some(({ mark }) => mark === "kept");
  const best = findBestSteps(points, eras, metric, provisional);
  const sd = study.noise.get(metric.name)?.sd;
  const last = best.at(-1);
  const out: Mutable<Omit<Progress, "range">> = {
    metric,
    count: tries.length,
    ...findDays(tries),
    points,
    failures,
    without,
    eras,
    best,
    provisional,
  };
  const top = last?.era === eras.length - 1 ? points.find(({ x }) => x === last.x) : undefined;
  if (top !== undefined) out.top = top;
  const target = targetOf(study.settings, metric);
  if (target !== undefined) out.target = { y: inUnit(target.value, metric.unit), text: target.text };
  if (sd !== undefined && sd > 0) out.noise = inUnit(sd, metric.unit);
  return { ...out, range: rangeOf(out) };
}

function findDays(tries: readonly Group[]): Pick<Progress, "days" | "times"> {
  const dates = tries.map(({ first: { run } }) => {
    const text = run.run?.started ?? run.date;
    return text === undefined ? undefined : parseDate(text);
  });
  return {
    days: dates.map((date) => date?.day),
    times: dates.map((date) => (date === undefined ? undefined : (date.instant ?? Date.parse(`${date.day}T00:00:00Z`)))),
  };
}

interface Tries {
  readonly points: readonly ProgressPoint[];
  readonly failures: readonly ProgressFailure[];
  readonly without: number;
  readonly tries: readonly Group[];
}

function placeTries(study: StudyAnalysis, metric: MetricView): Tries {
  const points: ProgressPoint[] = [];
  const failures: ProgressFailure[] = [];
  const tries: Group[] = [];
  let without = 0;
  for (const group of newestFirst(study).toReversed()) {
    const { word } = glyphOf(group);
    const reading = group.readings.get(metric.name);
    const diverged = reading?.mean === undefined && (reading?.diverged ?? 0) > 0;
    const x = tries.length + 1;
    if (word === "planned" || word === "running") continue;
    if (word === "failed" || word === "lost" || diverged)
      failures.push({ x, group, word: diverged ? "diverged" : (word as "failed" | "lost") });
    else if (reading?.mean === undefined) {
      without += 1;
      continue;
    } else points.push({ x, y: inUnit(reading.mean, metric.unit), mark: word, group, ...intervalOf(group, metric, word) });
    tries.push(group);
  }
  return { points, failures, without, tries };
}

function intervalOf(group: Group, metric: MetricView, mark: string): { readonly low?: number; readonly high?: number } {
  const { mean = 0, sd, n } = group.readings.get(metric.name) ?? { n: 0 };
  if (mark !== "kept" || sd === undefined || n < 2 || sd === 0 || group.identical) return {};
  const half = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);
  return { low: inUnit(mean - half, metric.unit), high: inUnit(mean + half, metric.unit) };
}

/** An era begins where its protocol is first seen; a straggler of an older one begins none. */
function findEras(tries: readonly Group[], study: StudyAnalysis, metric: MetricView): readonly ProgressEra[] {
  const starts = new Map<string, number>();
  for (const [index, { era }] of tries.entries()) if (!starts.has(era)) starts.set(era, index + 1);
  const list = [...starts];
  return list.map(([name, from], index) => {
    const baseline = baselineIn(name, tries, study, metric);
    return { name, from, to: (list[index + 1]?.[1] ?? tries.length + 1) - 1, ...(baseline === undefined ? {} : { baseline }) };
  });
}

/** What the study is measured against, as measured in this era; for an era that has gone by, its first try without a base. */
function baselineIn(era: string, tries: readonly Group[], study: StudyAnalysis, { name, unit }: MetricView): number | undefined {
  const own = study.baseline?.era === era ? study.baseline : undefined;
  const again = study.baseline?.files.flatMap(({ run }) => (Object.hasOwn(run.remeasured, era) ? (run.remeasured[era] ?? []) : []));
  const first = tries.find((group) => group.era === era && group.first.run.base.length === 0);
  const value =
    own?.readings.get(name)?.mean ?? again?.find((metric) => metric.name === name)?.after?.mean ?? first?.readings.get(name)?.mean;
  return value === undefined ? undefined : inUnit(value, unit);
}

function findBestSteps(
  points: readonly ProgressPoint[],
  eras: readonly ProgressEra[],
  { direction }: MetricView,
  provisional: boolean,
): readonly BestStep[] {
  if (direction === undefined) return [];
  const steps: BestStep[] = [];
  for (const { x, y, mark, group } of points) {
    if (provisional ? mark === "discarded" : mark !== "kept") continue;
    const era = eras.findIndex(({ from, to }) => x >= from && x <= to);
    if (eras[era]?.name !== group.era) continue;
    const before = steps.at(-1);
    if (before?.era === era && (direction === "max" ? y <= before.y : y >= before.y)) continue;
    steps.push({ x, y, era });
  }
  return steps;
}

/** One value far from all others would make these a line: it stands at the edge, unless it was the best of its time. */
function withoutFar(sorted: readonly number[]): readonly number[] {
  const quarter = quantile(sorted, 0.25);
  const three = quantile(sorted, 0.75);
  const reach = 3 * (three - quarter);
  return reach === 0 ? sorted : sorted.filter((y) => y >= quarter - reach && y <= three + reach);
}

/** Kept, baselines and target must be seen; where most tries would lie outside, their middle half too. */
export function rangeOf({ points, eras, best, provisional, target, noise, metric }: Omit<Progress, "range">): Range {
  const sorted = points.map(({ y }) => y).sort((a, b) => a - b);
  const quarter = quantile(sorted, 0.25);
  const three = quantile(sorted, 0.75);
  const core = [
    ...withoutFar(provisional ? sorted : points.flatMap(({ y, mark }) => (mark === "kept" ? [y] : [])).sort((a, b) => a - b)),
    ...best.map(({ y }) => y),
    ...eras.flatMap(({ baseline }) => baseline ?? []),
    ...(target === undefined ? [] : [target.y]),
  ];
  const options = { sd: noise, ...(metric.unit === "%" && (sorted.at(-1) ?? 0) <= 100 ? { most: 100 } : {}) };
  const range = valueRange(core, options);
  const inside = sorted.filter((y) => y >= range.low && y <= range.high).length;
  if (inside * 2 >= sorted.length) return range;
  const { low, high } = extent(core);
  return valueRange([quarter, three, low, high].filter(Number.isFinite), options);
}
