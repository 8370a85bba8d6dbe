// What a plain scalar means in the YAML 1.2 core schema. The one difference: a number that a double cannot hold (an integer
// beyond 2^53, `1e400`, `12e4567`) stays text, because it is a hash, an id or a mistake, and must not lose digits.

import type { Scalar } from "../record/tree.ts";

const number = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integer = /^[-+]?[0-9]+$/;
const radix = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const words: ReadonlyMap<string, Scalar["value"]> = new Map<string, Scalar["value"]>([
  ["", null],
  ["~", null],
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
  [".nan", Number.NaN],
  [".NaN", Number.NaN],
  [".NAN", Number.NaN],
  ...[".inf", ".Inf", ".INF"].flatMap((word): [string, number][] => [
    [word, Number.POSITIVE_INFINITY],
    [`+${word}`, Number.POSITIVE_INFINITY],
    [`-${word}`, Number.NEGATIVE_INFINITY],
  ]),
]);

export function coreValue(source: string): Scalar["value"] {
  const first = source.charCodeAt(0);
  const digit = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (digit && number.test(source)) {
    const value = Number(source);
    if (integer.test(source)) return Number.isSafeInteger(value) ? value : source;
    return Number.isFinite(value) ? value : source;
  }
  if (first === 48 && radix.test(source)) {
    const value = Number(source);
    return Number.isSafeInteger(value) ? value : source;
  }
  if (source.length > 5) return source;
  const word = words.get(source);
  return word === undefined ? source : word;
}
