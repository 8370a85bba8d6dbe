// A reading of which only mean, spread and count were written: `0.38 ± 0.01 (n=3)`.

import type { Reading } from "./experiment.ts";
import * as messages from "./messages-values.ts";
import { readQuantity } from "./quantity.ts";
import { kindOf, type Place, readNamed, unreadable } from "./slot.ts";

/** Kept for showing: no value, no n. */
export function asText(text: string): Reading {
  return { values: [], n: 0, diverged: 0, text };
}

const longestSummary = 200;
const counted = /(?:[\s,;(]+n\s*=\s*(\d{1,9})\s*\)?|\s*\((?:over\s+)?(\d{1,9})\s+(?:seeds|runs|repeats|repetitions|trials|folds)\s*\))$/i;
const spreads = ["±", "+/-", "+-"];

/** `0.38 ± 0.01 (n=3)`, `0.38 +- 0.01`, `0.82 (+- 0.019)`, `87.2% ± 0.3, n = 3`, `0.38 (n=3)`. */
export function summaryText(source: string, place: Place): Reading | undefined {
  if (source.length > longestSummary) return undefined;
  const match = counted.exec(source);
  const n = match ? Number(match[1] ?? match[2]) : undefined;
  const rest = unwrap(match ? source.slice(0, match.index) : source);
  const spread = spreads.find((sign) => rest.includes(sign));
  if (spread === undefined) return match ? summary({ mean: rest, n, text: source }, place) : undefined;
  const at = rest.indexOf(spread);
  const left = rest.slice(0, at).replace(/\s*\(\s*$/, "");
  const opened = left.length < rest.slice(0, at).trimEnd().length;
  const right = rest.slice(at + spread.length).trim();
  return summary({ mean: left, sd: opened ? right.replace(/\)$/, "") : right, n, text: source }, place);
}

function unwrap(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith("(") && trimmed.endsWith(")") ? trimmed.slice(1, -1) : trimmed;
}

export interface Summary {
  readonly mean: string;
  readonly sd?: string | undefined;
  readonly n: number | undefined;
  /** All of it as written. */
  readonly text: string;
}

/** Without n the spread is left out: it could be of anything. */
export function summary({ mean, sd, n, text }: Summary, { name, offset, problems }: Place): Reading {
  const texts = sd === undefined ? { mean } : shareUnitText(mean, sd);
  const center = texts ? readNamed(texts.mean, name) : {};
  const spread = texts?.sd === undefined ? undefined : readNamed(texts.sd, name);
  const spreadFails = spread !== undefined && !((spread.quantity?.value ?? -1) >= 0);
  if (center.quantity === undefined || spreadFails || n === 0) {
    problems.push(unreadable(name, text, center.quantity === undefined ? center : (spread ?? {}), offset));
    return asText(text);
  }
  if (n === undefined && spread) problems.push(messages.spreadWithoutCount(name, text, offset));
  const { value, unit } = center.quantity;
  const deviation = n === undefined || !spread?.quantity ? {} : { sd: spread.quantity.value };
  return { values: [], mean: value, ...deviation, n: n ?? 1, diverged: 0, ...(unit === undefined ? {} : { unit }), text };
}

/** A unit on one of the two is the unit of both: `87.2% ± 0.3`, `2.0 ± 0.1 h`; nothing where that leaves doubt. */
function shareUnitText(mean: string, sd: string): { mean: string; sd?: string } | undefined {
  const left = readQuantity(mean).quantity;
  const right = readQuantity(sd).quantity;
  if (!left || !right || left.unit === right.unit) return { mean, sd };
  if (right.unit === undefined) return { mean, sd: `${sd} ${left.unit}` };
  // `0.872 ± 0.3%` is a fraction with a spread in points, or 0.872%.
  if (left.unit === undefined) return right.unit === "%" && Math.abs(left.value) <= 1 ? undefined : { mean: `${mean} ${right.unit}`, sd };
  const kind = kindOf(left.unit);
  return kind === kindOf(right.unit) ? { mean, sd } : undefined;
}
