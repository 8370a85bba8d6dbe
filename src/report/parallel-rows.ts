// All runs over all parameters that varied: an axis per parameter, the primary metric last, a line per configuration.

import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue, type Value } from "../analysis/table.ts";
import { formatNumber, formatQuantity } from "../record/format.ts";
import type { Json } from "../record/tree.ts";
import { extent, inUnit, isLog, quantile, shorten } from "./chart-parts.ts";
import { filterName } from "./filter-text.ts";
import { groupRef } from "./group-ref.ts";
import type { RunRef } from "./page.ts";
import { valueText } from "./view.ts";

export interface ParallelAxis {
  readonly name: string;
  readonly label: string;
  /** How a filter names it. */
  readonly field: string;
  readonly kind: "number" | "words" | "metric";
  readonly log: boolean;
  /** Ends of a number axis, in the unit shown; of words 0 and the last index. */
  readonly low: number;
  readonly high: number;
  /** Texts of an axis of words, bottom up. */
  readonly words: readonly string[];
  /** 0 is the bottom, 1 the top. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** The best end is the top: lower values stand higher. */
  readonly turned: boolean;
}

export interface ParallelLine {
  readonly group: Group;
  /** Per axis; absent where not recorded or, on a logarithmic axis, not positive. */
  readonly places: readonly (number | undefined)[];
}

export interface Parallel {
  readonly axes: readonly ParallelAxis[];
  /** What is drawn, in the order of the runs. */
  readonly lines: readonly ParallelLine[];
  /** Finished configurations with a value; the lines are some of them. */
  readonly measured: readonly Group[];
  readonly failed: number;
  /** Finished, but without a value that counts now. */
  readonly unmeasured: number;
  /** Parameters that varied and have no axis. */
  readonly left: number;
}

/** The configurations with the best values, as a table. */
export interface ParallelRows {
  readonly columns: readonly { readonly label: string; readonly number: boolean }[];
  readonly rows: readonly { readonly run: RunRef; readonly cells: readonly (string | undefined)[]; readonly value: string }[];
  readonly of: number;
  readonly metric: string;
  readonly axes: readonly ParallelAxis[];
}

const fewest = 8;
const mostAxes = 10;
const mostWords = 24;
const mostLines = 150;
const mostKept = 100;
const mostBest = 20;
/** Room for the fan below and above. */
const bottom = 0.05;

/** Nothing below eight runs: a table says it better. */
export function parallelOf(study: StudyAnalysis): Parallel | undefined {
  const { primary, groups, era } = study;
  if (primary === undefined) return undefined;
  const shown = groups.filter(({ first }) => !first.run.hidden);
  const finished = shown.filter(({ status }) => status === "finished");
  const measured = finished.filter((group) => group.era === era && group.readings.get(primary.name)?.mean !== undefined);
  if (measured.length < fewest) return undefined;
  const made = study.impact.flatMap(({ parameter }) => columnOf(parameter, measured, study) ?? []);
  const columns = [...made.slice(0, mostAxes - 1), metricColumn(primary, measured)];
  if (columns.length < 2) return undefined;
  const drawn = new Set(drawnOf(measured));
  const lines = measured.map((group, at): ParallelLine => ({ group, places: columns.map(({ places }) => places[at]) }));
  return {
    axes: columns.map(({ axis }) => axis),
    lines: lines.filter(({ group }) => drawn.has(group)),
    measured,
    failed: shown.filter(({ status }) => status === "failed" || status === "lost").length,
    unmeasured: finished.length - measured.length,
    left: study.impact.length - columns.length + 1,
  };
}

/** All up to 150, else the newest kept and the newest others. */
function drawnOf(measured: readonly Group[]): readonly Group[] {
  if (measured.length <= mostLines) return measured;
  const kept = measured.filter(({ decision }) => decision === "keep").slice(-mostKept);
  const others = measured.filter(({ decision }) => decision !== "keep").slice(kept.length - mostLines);
  return [...kept, ...others];
}

interface Column {
  readonly axis: ParallelAxis;
  /** One per measured configuration. */
  readonly places: readonly (number | undefined)[];
}

/** Nothing for a parameter that is the same in all of them, or whose words are too many for an axis. */
function columnOf(name: string, groups: readonly Group[], study: StudyAnalysis): Column | undefined {
  const values = groups.map(({ first }) => recordedValue(first, name));
  const known = values.filter((value) => value !== undefined);
  const settings = Object.hasOwn(study.settings.parameters, name) ? study.settings.parameters[name] : undefined;
  const base = { name, label: settings?.label ?? name, field: filterName(name, "config"), turned: false } as const;
  if (known.every(({ value }) => typeof value === "number")) {
    const numbers = values.map((value) => (value === undefined ? undefined : Number(value.value)));
    const texts = new Map(known.map(({ value, text }) => [Number(value), text]));
    const made = texts.size < 2 ? undefined : numberColumn(base, numbers, texts, settings?.scale, groups, study.primary);
    if (made !== "crowded") return made;
  }
  const words = [...new Set(known.map(({ text }) => text))].sort(inReadingOrder(known));
  return words.length < 2 || words.length > mostWords ? undefined : wordColumn(base, values, words, groups, study.primary);
}

/** Each text has a place of its own, at equal distances. */
function wordColumn(
  base: Base,
  values: readonly (Value | undefined)[],
  words: readonly string[],
  groups: readonly Group[],
  primary: MetricView | undefined,
): Column {
  const step = 1 / (words.length - 1);
  const flat = values.map((value) => (value === undefined ? undefined : words.indexOf(value.text) * step));
  return {
    axis: {
      ...base,
      kind: "words",
      log: false,
      low: 0,
      high: words.length - 1,
      words,
      ticks: words.map((text, at) => ({ at: within(at * step), text: shorten(text, 14) })),
    },
    places: fanned(flat, groups, primary),
  };
}

/** Numbers first, by size; words by first use. */
function inReadingOrder(known: readonly { readonly value: Json; readonly text: string }[]): (left: string, right: string) => number {
  const firsts = new Map<string, readonly [number, number]>();
  for (const [at, { value, text }] of known.entries())
    if (!firsts.has(text)) firsts.set(text, typeof value === "number" ? [0, value] : [1, at]);
  return (left, right) => {
    const [one, other] = [firsts.get(left) ?? [1, 0], firsts.get(right) ?? [1, 0]];
    return one[0] - other[0] || one[1] - other[1];
  };
}

type Base = Pick<ParallelAxis, "name" | "label" | "field" | "turned">;

const mostDiscrete = 12;
const mostTicks = 6;

/** `crowded`: a few numbers so far apart that some would stand on each other, `0, 1e-4, 1`. */
function numberColumn(
  base: Base,
  numbers: readonly (number | undefined)[],
  texts: ReadonlyMap<number, string>,
  scale: "log" | "linear" | undefined,
  groups: readonly Group[],
  primary: MetricView | undefined,
): Column | "crowded" {
  const distinct = [...texts.keys()].sort((left, right) => left - right);
  const positive = distinct.filter((value) => value > 0);
  const log = positive.length > 1 && (scale === "log" || (scale === undefined && isLog(distinct, 20)));
  const { low, high } = extent(log ? positive : distinct);
  const place = placeIn({ low, high, log });
  const discrete = distinct.length <= mostDiscrete;
  const few = distinct.length <= mostTicks;
  const written = few && apartEnough(distinct.flatMap((value) => place(value) ?? []));
  if (few && !written) return "crowded";
  const ticks = written
    ? distinct.flatMap((value) => tickAt(place(value), texts.get(value) ?? ""))
    : ticksOf(low, high, log).flatMap((value) => tickAt(place(value), formatNumber(value).replaceAll("-", "−")));
  const flat = numbers.map((number) => (number === undefined ? undefined : place(number)));
  return {
    axis: { ...base, kind: "number", log, low, high, words: [], ticks },
    places: discrete ? fanned(flat, groups, primary) : flat.map((at) => (at === undefined ? undefined : within(at))),
  };
}

const tickAt = (at: number | undefined, text: string): readonly { readonly at: number; readonly text: string }[] =>
  at === undefined ? [] : [{ at: within(at), text: shorten(text, 14) }];

const apartEnough = (places: readonly number[]): boolean =>
  places.every((at, index) => index === 0 || at - (places[index - 1] ?? 0) >= 0.07);

function placeIn({
  low,
  high,
  log,
}: {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}): (value: number) => number | undefined {
  return (value) => {
    if (log && value <= 0) return undefined;
    const share = log ? Math.log(value / low) / Math.log(high / low) : value / (high - low) - low / (high - low);
    return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0.5;
  };
}

const within = (at: number): number => bottom + at * (1 - 2 * bottom);

/** Lines that meet in one value stand beside each other by their rank, so that their number shows. */
function fanned(
  places: readonly (number | undefined)[],
  groups: readonly Group[],
  primary: MetricView | undefined,
): readonly (number | undefined)[] {
  const byPlace = new Map<number, number[]>();
  for (const [at, place] of places.entries()) {
    if (place === undefined) continue;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, [at]);
    else known.push(at);
  }
  const value = (at: number): number => (primary === undefined ? 0 : (groups[at]?.readings.get(primary.name)?.mean ?? 0));
  const sign = primary?.direction === "min" ? -1 : 1;
  const out: (number | undefined)[] = places.map(() => undefined);
  for (const [place, members] of byPlace) {
    const width = Math.min(2 * bottom, 0.8 / byPlace.size, (members.length - 1) * 0.02);
    const ranked = members.toSorted((left, right) => (value(left) - value(right)) * sign || left - right);
    for (const [rank, at] of ranked.entries())
      out[at] = within(place) + (members.length === 1 ? 0 : (rank / (members.length - 1) - 0.5) * width);
  }
  return out;
}

/** The best end on top; what lies further out than three times the span of the middle half stands at the end. */
function metricColumn(metric: MetricView, groups: readonly Group[]): Column {
  const values = groups.map(({ readings }) => inUnit(readings.get(metric.name)?.mean ?? 0, metric.unit));
  const sorted = values.toSorted((left, right) => left - right);
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 3 * (upper - lower) || Number.POSITIVE_INFINITY;
  const { low, high } = extent(values.filter((value) => value >= lower - reach && value <= upper + reach));
  const log = isLog(values);
  const turned = metric.direction === "min";
  const place = placeIn({ low, high, log });
  const turn = (at: number): number => (turned ? 1 - at : at);
  const places = values.map((value) => within(turn(place(value) ?? 0)));
  const texts = [...new Set(values)].length === 1 ? [low] : ticksOf(low, high, log);
  return {
    axis: {
      name: metric.name,
      label: `${metric.label}${metric.direction === undefined ? "" : metric.direction === "max" ? " ↑" : " ↓"}`,
      field: filterName(metric.name, "metric"),
      kind: "metric",
      log,
      low,
      high,
      words: [],
      ticks: texts.flatMap((value) => tickAt(turn(place(value) ?? 0), numberText(value, metric))),
      turned,
    },
    places,
  };
}

const numberText = (value: number, { unit }: MetricView): string =>
  unit === "%" ? `${formatNumber(value).replaceAll("-", "−")}%` : formatNumber(value).replaceAll("-", "−");

/** Round numbers within the range: four to eight, or powers of ten. */
function ticksOf(low: number, high: number, log: boolean): readonly number[] {
  if (log) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    const every = Math.max(1, Math.ceil((last - first + 1) / mostTicks));
    const powers = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => 10 ** (first + index)).filter(
      (_, index) => index % every === 0,
    );
    return powers.length > 1 ? powers : [low, high];
  }
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Best first; without a direction the newest first. */
export function bestRows({ axes, measured }: Parallel, primary: MetricView): ParallelRows {
  const value = (group: Group): number => group.readings.get(primary.name)?.mean ?? 0;
  const sign = primary.direction === "min" ? 1 : -1;
  const newest = measured.toReversed();
  const ordered = primary.direction === undefined ? newest : newest.sort((left, right) => (value(left) - value(right)) * sign);
  const parameters = axes.filter(({ kind }) => kind !== "metric");
  return {
    columns: parameters.map(({ label, kind }) => ({ label, number: kind === "number" })),
    rows: ordered.slice(0, mostBest).map((group) => ({
      run: groupRef(group),
      cells: parameters.map(({ name }) => recordedValue(group.first, name)?.text),
      value: valueText(group.readings.get(primary.name), primary) ?? "",
    })),
    of: measured.length,
    metric: axes.at(-1)?.label ?? primary.label,
    axes,
  };
}

/** For tips: `87.2%`. */
export const lineValue = (group: Group, metric: MetricView): string =>
  formatQuantity(group.readings.get(metric.name)?.mean ?? 0, metric.unit, { decimals: metric.decimals, screen: true });
