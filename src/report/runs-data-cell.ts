// Single values of a data shard and back: readings, parameters, differences from the base. Written as briefly as JSON allows, because there
// are a hundred thousand of them.

import type { Delta, Evidence, ParameterChange } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import { readingOf } from "../record/reading.ts";
import type { Json } from "../record/tree.ts";

/** A number or the list of its repeats; an object where that is not all there is to it. `unit` is what most of the column is written in. */
export function packReading(reading: Reading, unit: string | undefined): Json {
  const { values, n, diverged, count, mean, sd } = reading;
  const finite = values.reduce((known: number, value) => (value === null ? known : known + 1), 0);
  const plain = finite === n && n > 0 && diverged === 0 && count === undefined && reading.unit === unit;
  if (plain) return values.length === 1 ? (values[0] ?? null) : values;
  return {
    ...(values.length === 0 ? {} : { v: values }),
    ...(mean === undefined ? {} : { m: mean }),
    ...(sd === undefined ? {} : { s: sd }),
    ...(n === 0 ? {} : { n }),
    ...(diverged === 0 ? {} : { d: diverged }),
    ...(count === undefined ? {} : { c: [count.successes, count.trials] }),
    ...(reading.unit === undefined ? {} : { u: reading.unit }),
    t: reading.text,
  };
}

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

/** The text of a plain one is made again from its numbers, so that `92.0%` reads `92%`. */
export function unpackReading(packed: Json, unit: string | undefined): Reading {
  if (typeof packed === "number") return readingOf([packed], unit);
  if (Array.isArray(packed)) return readingOf(packed as readonly (number | null)[], unit);
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

export const packChange = ({ name, fromText, toText }: ParameterChange): PackedChange => [name, fromText, toText];

export const unpackChange = ([name, fromText, toText]: PackedChange): ParameterChange => ({ name, fromText, toText });

const words: readonly Evidence["word"][] = ["unjudged", "better", "worse", "same", "unclear"];

/** Mean and n before, mean and n after (null where they are those of the run's configuration), then what the evidence says. */
export type PackedDelta = readonly (number | string | null)[];

export function packDelta({ before, after, evidence, copied }: Delta, own: Reading | undefined): PackedDelta {
  const same = own?.mean === after.mean && own?.n === after.n;
  const { word, low, high, p, method, more } = evidence;
  const out: (number | string | null)[] = [
    brief(before.mean),
    before.n,
    same ? null : brief(after.mean),
    same ? null : after.n,
    words.indexOf(word),
    brief(low, 6),
    brief(high, 6),
    brief(p, 6),
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

/** Digits beyond those that any table shows only cost room. */
const brief = (value: number | undefined, digits = 12): number | null => (value === undefined ? null : Number(value.toPrecision(digits)));
