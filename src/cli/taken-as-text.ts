// Of what somebody typed for a parameter: what is kept as text although a number or a list looks like it.

import { foldNumberText, scanNumber } from "../base/number.ts";
import type { Problem } from "../base/problem.ts";
import { readAsText } from "../record/messages-values.ts";
import { foreignValue } from "../record/normalize-config.ts";
import { numberAsText } from "./messages.ts";

/** Elsewhere a file reads `0,1` as a number; a parameter may hold anything, and only who typed it knows: `0,1` can be two devices. */
export function takenAsText(key: string, value: string): Problem | undefined {
  const typed = value.trim();
  const foreign = foreignValue(typed);
  if (foreign !== undefined) return readAsText(key, typed, foreign);
  if (Number.isFinite(Number(typed)) || !/^[-+.]?\d/.test(typed)) return undefined;
  const meant = [...numbersOf(typed), ...listOf(typed)];
  return meant.length === 0 ? undefined : numberAsText(key, typed, meant);
}

function numbersOf(text: string): readonly string[] {
  const { value, trouble, rest } = scanNumber(foldNumberText(text)) ?? { rest: text };
  if (rest !== "") return [];
  if (trouble?.kind === "ambiguous") return trouble.options;
  return value === undefined ? [] : [String(value)];
}

function listOf(text: string): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  return items.length > 1 && items.every((item) => /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(item))
    ? [`[${items.join(", ")}]`]
    : [];
}
