// One written value of a metric, and the problem it is where it cannot be read.

import type { Problem } from "../base/problem.ts";
import type { Quantity } from "./experiment.ts";
import { isDuration, isSize, unitOfName } from "./guess.ts";
import * as messages from "./messages-values.ts";
import { isAbsent, isDiverged, type QuantityReading, readQuantity, unitScale } from "./quantity.ts";

/** One slot: a number, diverged (`null`), or nothing. */
export interface Slot {
  readonly value: number | null;
  readonly diverged: boolean;
  readonly unit?: string;
}

/** Where a value stands, for its problems. */
export interface Place {
  readonly name: string;
  readonly offset: number;
  readonly problems: Problem[];
}

export const emptySlot: Slot = { value: null, diverged: false };

/** A metric of a name that ends in a unit keeps that unit for its numbers: `latency_ms: 35 ms` is 35. */
export function readNamed(source: string, name: string): QuantityReading {
  const found = readQuantity(source, { time: isDuration(name), size: isSize(name) });
  const unit = found.quantity?.unit;
  const named = unit === undefined ? undefined : unitOfName(name);
  if (found.quantity === undefined || named === undefined || unit === undefined) return found;
  const own = unitScale(named);
  if (own === undefined || unitScale(unit)?.dimension !== own.dimension) return found;
  return { ...found, quantity: { value: (found.quantity.value * own.over) / own.times, text: found.quantity.text } };
}

/** The slot of one written value; a problem where it has none. */
export function readSlot(source: string, name: string, offset: number, problems: Problem[]): Slot {
  const found = readNamed(source, name);
  if (found.quantity && !found.trouble) return slotOf(found.quantity);
  if (isDiverged(source)) return { value: null, diverged: true };
  if (isAbsent(source)) return emptySlot;
  problems.push(unreadable(name, source, found, offset));
  return found.quantity ? slotOf(found.quantity) : emptySlot;
}

export function slotOf(quantity: Quantity): Slot {
  return { value: quantity.value, diverged: false, ...(quantity.unit === undefined ? {} : { unit: quantity.unit }) };
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^(?:fail(?:ed)?|crash(?:ed)?|oom|error)$/i, "leave the metric out and write `status: failed`"],
  [/^(?:true|yes|pass(?:ed)?|ok)$/i, "write `1` for yes"],
  [/^(?:false|no)$/i, "write `0` for no"],
  [/^[~≈<>≤≥]/, "write the number alone; say in `## Observations` that it is approximate"],
  [/^\d{4}-\d{2}-\d{2}/, "a date belongs under `date`; write a number here, or `~`"],
  [/(?:→|->|=>)/, "write one value on each side of one arrow: `85.5% -> 87.2%`"],
];

/** Why a value could not be read, or what it lost, as the problem to show. */
export function unreadable(name: string, text: string, { trouble }: QuantityReading, offset: number): Problem {
  if (/,\s*$/.test(text.slice(-20))) return messages.trailingComma(name, text, offset);
  if (trouble?.kind === "ambiguous") return messages.ambiguousNumber(name, text, trouble.options, offset);
  if (trouble?.kind === "range") return messages.outOfRange(name, text, offset);
  if (trouble?.kind === "inexact") return messages.inexactInteger(name, text, offset);
  if (trouble?.kind === "billions") return messages.ambiguousNumber(name, text, [`${trouble.number}e9`, `${trouble.number} bytes`], offset);
  const clock = trouble?.kind === "clock" ? `for a duration write \`${Number(trouble.hours.toPrecision(4))} h\`` : undefined;
  return messages.unreadableValue(name, text, clock ?? hints.find(([pattern]) => pattern.test(text.slice(0, 60).trim()))?.[1], offset);
}

/** Units of one kind convert into each other; a bare fraction goes with percent, a plain number with `524K`. */
export function shareUnit(values: readonly { readonly value: number; readonly unit: string }[]): boolean {
  if (values.length < 2) return true;
  const kinds = values.map(({ value, unit }) => kindOf(unit) ?? (Math.abs(value) <= 1 ? "fraction" : "number"));
  const fraction = kinds.includes("ratio") ? "ratio" : "number";
  return new Set(kinds.map((kind) => (kind === "fraction" ? fraction : kind))).size <= 1;
}

/** What a unit measures: its dimension, or the unit itself where that is all we know; nothing without one. */
export function kindOf(unit: string): string | undefined {
  return unit === "" ? undefined : (unitScale(unit)?.dimension ?? unit);
}
