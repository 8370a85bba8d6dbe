// A part of an axis as a comparison of the filter grammar.

import { lookUp, type Vocabulary } from "../../../src/query/vocabulary.ts";
import { unitScale } from "../../../src/record/quantity.ts";
import { type ParallelAxis, shareAt } from "../../../src/report/parallel-rows.ts";
import { boundsTerm, numberText } from "../log/range.ts";
import { nameText, valueText } from "../log/terms.ts";

/** The name that means this axis and nothing else. */
export function axisName({ name, kind }: Pick<ParallelAxis, "name" | "kind">, known: Vocabulary): string {
  const wanted = kind === "metric" ? "metric" : "config";
  const subject = lookUp(name, known);
  return subject !== undefined && subject !== "ambiguous" && subject.kind === wanted ? name : `${wanted}.${name}`;
}

/** What lies between two places of the axis; nothing for all of it. */
export function placesTerm(axis: ParallelAxis, from: number, to: number, known: Vocabulary): string | undefined {
  const [first, last] = axis.turned
    ? [1 - shareAt(Math.max(from, to)), 1 - shareAt(Math.min(from, to))]
    : [shareAt(Math.min(from, to)), shareAt(Math.max(from, to))];
  if (first <= 0 && last >= 1) return undefined;
  if (axis.kind === "words") {
    const step = 1 / Math.max(axis.words.length - 1, 1);
    return wordsTerm(
      axis,
      axis.words.filter((_, at) => at * step >= first - step / 4 && at * step <= last + step / 4),
      known,
    );
  }
  const low = first <= 0 ? undefined : axisNumber(axis, first, "down");
  const high = last >= 1 ? undefined : axisNumber(axis, last, "up");
  return boundsTerm(axisName(axis, known), low, high);
}

function axisNumber({ low, high, log, unit }: ParallelAxis, share: number, way: "down" | "up"): string {
  const value = log ? low * (high / low) ** share : low + (high - low) * share;
  return numberText(value, undefined, way) + suffix(unit);
}

/** A bare number is in the canonical unit. */
const suffix = (unit: string | undefined): string => (unit !== undefined && unitScale(unit) !== undefined ? unit : "");

/** As typed into the fields of an axis; an empty one is no bound. */
export function fieldsTerm(axis: ParallelAxis, low: string, high: string, known: Vocabulary): string | undefined {
  const bound = (text: string): string | undefined => {
    const own = text.trim();
    return own === "" ? undefined : /^[-+\d.eE]+$/.test(own) ? own + suffix(axis.unit) : valueText(own);
  };
  return boundsTerm(axisName(axis, known), bound(low), bound(high));
}

/** One of these values; nothing for all, or none, of them. */
export function wordsTerm(axis: ParallelAxis, words: readonly string[], known: Vocabulary): string | undefined {
  if (words.length === 0 || words.length === axis.words.length) return undefined;
  const name = nameText(axisName(axis, known));
  const parts = words.map((word) => `${name} = ${valueText(word)}`);
  return parts.length === 1 ? parts[0] : `(${parts.join(" or ")})`;
}
