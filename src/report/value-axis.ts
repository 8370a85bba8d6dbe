// An axis of a parameter's values: numbers on a linear or logarithmic scale, words and lists at equal distances.

import { compareNumbers, type Value, valueKey } from "../analysis/table.ts";
import { formatNumber } from "../record/format.ts";
import { parseValue } from "../record/value.ts";
import { extent, isLog, shorten } from "./chart-parts.ts";

export interface AxisTick {
  /** 0 is the low end, 1 the high one. */
  readonly at: number;
  readonly text: string;
}

export interface ValueAxis {
  readonly kind: "number" | "words";
  readonly log: boolean;
  /** Ends of the numbers; of words 0 and the last index. */
  readonly low: number;
  readonly high: number;
  /** Of an axis of words, from the low end. */
  readonly words: readonly string[];
  readonly ticks: readonly AxisTick[];
  /** Few values, each used again and again. */
  readonly discrete: boolean;
  /** Nothing for a value that has no place: not positive on a logarithmic axis. */
  readonly place: (value: Value) => number | undefined;
}

const mostWords = 24;
const mostDiscrete = 12;
const mostTicks = 6;
const longestTick = 14;

/** Nothing for one value alone, or for more words than have room. Few numbers that would stand on each other (`0, 1e-4, 1`) are words. */
export function valueAxis(values: readonly Value[], scale?: "log" | "linear"): ValueAxis | undefined {
  const key = keys();
  const distinct = new Map<string, Value>();
  for (const value of values) {
    const own = key(value);
    if (!distinct.has(own)) distinct.set(own, value);
  }
  if (distinct.size < 2) return undefined;
  const numbers = [...distinct.values()].flatMap((value) => numberIn(value) ?? []);
  const axis = numbers.length === distinct.size ? numberAxis(distinct, scale) : undefined;
  return axis ?? (distinct.size > mostWords ? undefined : wordAxis(distinct, key));
}

/** `"64"` is one, as it is for everybody who compares it. */
function numberIn({ value }: Value): number | undefined {
  const read = typeof value === "string" ? parseValue(value) : value;
  return typeof read === "number" ? read : undefined;
}

type Key = (value: Value) => string;

/** Equal for values that a person reads as equal; what was looked at once is remembered. */
export function keys(): Key {
  const scalars = new Map<unknown, string>();
  const lists = new Map<string, string>();
  return ({ value, text }) => {
    const isList = typeof value === "object" && value !== null;
    const known = isList ? lists.get(text) : scalars.get(value);
    if (known !== undefined) return known;
    const made = valueKey(value);
    if (isList) lists.set(text, made);
    else scalars.set(value, made);
    return made;
  };
}

/** Numbers first, by size, then lists of numbers; words by first use. */
function wordAxis(distinct: ReadonlyMap<string, Value>, keyOf: Key): ValueAxis {
  const ordered = [...distinct].sort(([, left], [, right]) => compareNumbers(left.value, right.value));
  const step = 1 / (ordered.length - 1);
  const places = new Map(ordered.map(([key], at) => [key, at * step]));
  const words = ordered.map(([, { text }]) => text);
  return {
    kind: "words",
    log: false,
    low: 0,
    high: words.length - 1,
    words,
    ticks: words.map((text, at) => ({ at: at * step, text: shorten(text, longestTick) })),
    discrete: true,
    place: (value) => places.get(keyOf(value)),
  };
}

function numberAxis(distinct: ReadonlyMap<string, Value>, scale: "log" | "linear" | undefined): ValueAxis | undefined {
  const values = [...distinct.values()]
    .flatMap((value) => {
      const number = numberIn(value);
      return number === undefined ? [] : [{ number, text: value.text }];
    })
    .sort((left, right) => left.number - right.number);
  const numbers = values.map(({ number }) => number);
  const positive = numbers.filter((value) => value > 0);
  const log = positive.length > 1 && (scale === "log" || (scale === undefined && isLog(numbers, 20)));
  const { low, high } = extent(log ? positive : numbers);
  const place = placeIn({ low, high, log });
  const written = values.length <= mostTicks;
  const places = numbers.flatMap((value) => place(value) ?? []);
  if (written && places.some((at, index) => index > 0 && at - (places[index - 1] ?? 0) < 0.07)) return undefined;
  const ticks = written
    ? values.map(({ number, text }) => ({ at: place(number), text: shorten(text, longestTick) }))
    : ticksOf(low, high, log).map((value) => ({ at: place(value), text: tickText(value) }));
  return {
    kind: "number",
    log,
    low,
    high,
    words: [],
    ticks: ticks.flatMap(({ at, text }) => (at === undefined ? [] : [{ at, text }])),
    discrete: values.length <= mostDiscrete,
    place: (value) => {
      const number = numberIn(value);
      return number === undefined ? undefined : place(number);
    },
  };
}

export const tickText = (value: number): string => formatNumber(value).replaceAll("-", "−");

interface Ends {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

/** 0 to 1; what lies further out stands at the end. */
export function placeIn({ low, high, log }: Ends): (value: number) => number | undefined {
  return (value) => {
    if (log && value <= 0) return undefined;
    const share = log ? Math.log(value / low) / Math.log(high / low) : value / (high - low) - low / (high - low);
    return Number.isFinite(share) ? Math.min(Math.max(share, 0), 1) : 0.5;
  };
}

/** Round numbers within the ends: four to eight, or powers of ten. */
export function ticksOf(low: number, high: number, log: boolean): readonly number[] {
  if (log) {
    const first = Math.ceil(Math.log10(low) - 1e-9);
    const last = Math.floor(Math.log10(high) + 1e-9);
    const every = Math.max(1, Math.ceil((last - first + 1) / mostTicks));
    const count = Math.max(Math.floor((last - first) / every) + 1, 0);
    return count > 1 ? Array.from({ length: count }, (_, index) => Number(`1e${first + index * every}`)) : [low, high];
  }
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
