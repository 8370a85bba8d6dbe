// Single values of a data shard and back: readings, parameters, differences from the base. Written as briefly as JSON allows, because there
// are a hundred thousand of them.

import type { Delta, Evidence, ParameterChange } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import { formatQuantity } from "../record/format.ts";
import { readingOf } from "../record/reading.ts";
import type { Json } from "../record/tree.ts";

/** How most values of a metric are written. */
export interface Usual {
  readonly unit?: string;
  readonly decimals: number;
}

/**
 * A number with as many decimals as most have, in brackets where its text is the shortest one, or the list of its repeats; an object where
 * that is not all there is to it.
 */
export function packReading(reading: Reading, usual: Usual | undefined): Json {
  const { values, n, diverged, count, mean, sd, unit, text } = reading;
  const finite = values.reduce((known: number, value) => (value === null ? known : known + 1), 0);
  const [first = null] = values;
  if (finite === n && n > 0 && diverged === 0 && count === undefined && unit === usual?.unit) {
    if (values.length > 1) return values;
    if (text === textOf(first, usual)) return first;
    if (text === textOf(first, { unit })) return [first];
  }
  return {
    ...(values.length === 0 ? {} : { v: values }),
    ...(mean === undefined ? {} : { m: mean }),
    ...(sd === undefined ? {} : { s: sd }),
    ...(n === 0 ? {} : { n }),
    ...(diverged === 0 ? {} : { d: diverged }),
    ...(count === undefined ? {} : { c: [count.successes, count.trials] }),
    ...(unit === undefined ? {} : { u: unit }),
    t: text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text,
  };
}

const longestText = 200;

const textOf = (
  value: number | null,
  { unit, decimals }: { readonly unit?: string | undefined; readonly decimals?: number } = {},
): string => (value === null ? "" : formatQuantity(value, unit, { decimals }));

interface LongReading {
  readonly v?: readonly (number | null)[];
  readonly m?: number;
  readonly s?: number;
  readonly n?: number;
  readonly d?: number;
  readonly c?: readonly [number, number];
  readonly u?: string;
  readonly t?: string;
}

/** Texts of lists are made again from their numbers, so that `[92.0%, 91%]` reads `92%, 91%`. */
export function unpackReading(packed: Json, usual: Usual | undefined): Reading {
  const unit = usual?.unit;
  if (typeof packed === "number") return single(packed, unit, usual?.decimals);
  if (Array.isArray(packed)) {
    const values = packed as readonly (number | null)[];
    const [first] = values;
    return values.length === 1 && typeof first === "number" ? single(first, unit, undefined) : readingOf(values, unit);
  }
  const { v = [], m, s, n = 0, d = 0, c, u, t = "" } = packed as LongReading;
  return {
    values: v,
    n,
    diverged: d,
    text: t,
    ...(m === undefined ? {} : { mean: m }),
    ...(s === undefined ? {} : { sd: s }),
    ...(c === undefined ? {} : { count: { successes: c[0], trials: c[1] } }),
    ...(u === undefined ? {} : { unit: u }),
  };
}

function single(value: number, unit: string | undefined, decimals: number | undefined): Reading {
  return {
    values: [value],
    mean: value,
    n: 1,
    diverged: 0,
    ...(unit === undefined ? {} : { unit }),
    text: textOf(value, { unit, ...(decimals === undefined ? {} : { decimals }) }),
  };
}

/** Scalars as they are; what was written another way than it is, lists and null in a list of value and text. */
export function packParameter(value: Json, text: string | undefined): Json {
  if (text !== undefined && text !== value) return [value, text];
  return value === null || typeof value === "object" ? [value] : value;
}

export function unpackParameter(packed: Json): { readonly value: Json; readonly text?: string } {
  if (!Array.isArray(packed)) return { value: packed };
  const [value = null, text] = packed as readonly Json[];
  return typeof text === "string" ? { value, text } : { value };
}

/** Name, from, to. */
export type PackedChange = readonly [string, string, string];

export const packChange = ({ name, fromText, toText }: ParameterChange, show: (text: string) => string): PackedChange => [
  name,
  show(fromText),
  show(toText),
];

export const unpackChange = ([name, fromText, toText]: PackedChange): ParameterChange => ({ name, fromText, toText });

const words: readonly Evidence["word"][] = ["unjudged", "better", "worse", "same", "unclear"];

/** Mean and n before, mean and n after (null where they are those of the run's configuration), then what the evidence says. */
export type PackedDelta = readonly (number | string | null)[];

export function packDelta({ before, after, evidence, copied }: Delta, own: Reading | undefined): PackedDelta {
  const same = own?.mean === after.mean && own?.n === after.n;
  const { word, low, high, p, method, more } = briefEvidence(evidence);
  const out: (number | string | null)[] = [
    before.mean ?? null,
    before.n,
    same ? null : (after.mean ?? null),
    same ? null : after.n,
    words.indexOf(word),
    low ?? null,
    high ?? null,
    p ?? null,
    method ?? null,
    more ?? null,
    copied === true ? 1 : null,
  ];
  while (out.at(-1) === null) out.pop();
  return out;
}

/** Nothing where a mean is missing. */
export function unpackDelta(packed: PackedDelta, own: Reading | undefined, better: "min" | "max" | undefined): Delta | undefined {
  const [from, fromN, to, toN, word, low, high, p, method, more, copied] = packed;
  const before = summary(from, fromN);
  const after = typeof to === "number" ? summary(to, toN) : own;
  if (before?.mean === undefined || after?.mean === undefined) return undefined;
  const absolute = after.mean - before.mean;
  return {
    before,
    after,
    absolute,
    evidence: {
      word: words[Number(word)] ?? "unjudged",
      ...(typeof low === "number" ? { low } : {}),
      ...(typeof high === "number" ? { high } : {}),
      ...(typeof p === "number" ? { p } : {}),
      ...(typeof method === "string" ? { method } : {}),
      ...(typeof more === "number" ? { more } : {}),
    },
    ...(before.mean === 0 ? {} : { relative: absolute / Math.abs(before.mean) }),
    ...(better === undefined || absolute === 0 ? {} : { better: absolute > 0 === (better === "max") }),
    ...(copied === 1 ? { copied: true } : {}),
  };
}

type Slot = PackedDelta[number] | undefined;

const summary = (mean: Slot, n: Slot): Reading | undefined =>
  typeof mean === "number" ? { values: [], mean, n: Number(n ?? 1), diverged: 0, text: "" } : undefined;

/** As exact as the data files have it, so that a row reads the same from them. */
export function briefEvidence(evidence: Evidence): Evidence {
  const made = briefly.get(evidence) ?? makeBrief(evidence);
  briefly.set(evidence, made);
  return made;
}

/** The log and its data show the same. */
const briefly = new WeakMap<Evidence, Evidence>();

function makeBrief({ low, high, p, ...rest }: Evidence): Evidence {
  return {
    ...rest,
    ...(low === undefined ? {} : { low: brief(low, 6) }),
    ...(high === undefined ? {} : { high: brief(high, 6) }),
    ...(p === undefined ? {} : { p: brief(p, 4) }),
  };
}

const brief = (value: number, digits: number): number => Number(value.toPrecision(digits));
