// One measured value into whatever shape the author gave the metric: alone, `85.5% -> 87.2%`, a list, a map.

import { JournalError, type Problem } from "../base/problem.ts";
import type { Edit } from "../markdown/edit.ts";
import { isAbsent, splitArrow } from "../record/quantity.ts";
import { parseReading } from "../record/reading.ts";
import { type Dict, find, type Scalar, type Tree } from "../record/tree.ts";
import { ambiguousNumber, noReading, notInline } from "./messages.ts";

export type Side = "before" | "after";

/** What is wrong with a value as typed; repeats are separated by commas. */
export function checkReading(metric: string, value: string): Problem | undefined {
  const arrow = splitArrow(value);
  const sides = arrow === undefined ? [value] : [arrow.from, arrow.to];
  if (sides.some(isAmbiguous)) return ambiguousNumber(metric, value, oneNumber(value), value.replace(/,\s*/g, ", "));
  const parts = sides.flatMap(slots);
  return parts.every((part) => part === "~" || isReadable(metric, part)) ? undefined : noReading(metric, value);
}

/** Whether anything was measured: `acc=` and `acc=~` only say that nothing was. */
export function isMeasured(value: string): boolean {
  return slots(splitArrow(value)?.to ?? value).some((slot) => slot !== "~");
}

const groups = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const wholes = /^[-+]?\d+(?:,[-+]?\d+)*$/;
/** A whole number, a comma and digits without a blank between them; parts of times, counts, powers and `1e-3` are none. */
const decimalComma = /(?<![\w.:/^']|[eE][-+])(\d+),(\d+)(?![\d.:/^'_])/;

/** `0,46` may be 0.46 or two repeats, `1,014` a thousand; brackets or a blank say that it is a list, and so does an odd count of whole numbers. */
function isAmbiguous(side: string): boolean {
  const text = side.trim();
  if (text.startsWith("[")) return false;
  return groups.test(text) || (decimalComma.test(text) && !(wholes.test(text) && text.split(",").length % 2 === 1));
}

/** As it would be written if its commas were parts of numbers. */
function oneNumber(value: string): string {
  return groups.test(value.trim()) ? value.replaceAll(",", "") : value.replace(new RegExp(decimalComma, "g"), "$1.$2");
}

function isReadable(metric: string, text: string): boolean {
  const { reading, problems } = parseReading(scalar(text), metric);
  return reading !== undefined && problems.length === 0 && (reading.mean !== undefined || reading.diverged > 0);
}

const scalar = (text: string): Scalar => ({ kind: "scalar", value: text, source: text, style: "plain", start: 0, end: text.length });

export function metricEdits(metric: string, value: string, side: Side, front: Dict | undefined, text: string): readonly Edit[] {
  const arrow = splitArrow(value);
  if (arrow !== undefined) return [set(["metrics", metric], `{ before: ${inline(arrow.from)}, after: ${inline(arrow.to)} }`)];
  const written = find(find(front, "metrics"), metric);
  const source = inline(value);
  if (written === undefined || isEmpty(written))
    return [set(side === "after" ? ["metrics", metric] : ["metrics", metric, "before"], source)];
  if (hasSides(written)) return [set(["metrics", metric, side], source)];
  const sides = written.kind === "scalar" ? splitArrow(written.source) : undefined;
  if (sides !== undefined) return [set(["metrics", metric], side === "after" ? `${sides.from} -> ${source}` : `${source} -> ${sides.to}`)];
  if (side === "after") return [set(["metrics", metric], source)];
  // The value that stood alone was `after`; it gets its name, as it is written.
  const alone = text.slice(written.start, written.end);
  if (alone.includes("\n")) throw new JournalError(notInline(metric));
  return [set(["metrics", metric], `{ before: ${source}, after: ${alone} }`)];
}

const set = (path: readonly string[], source: string): Edit => ({ kind: "set", path, value: { source } });

const isEmpty = (tree: Tree): boolean =>
  tree.kind === "scalar" ? isAbsent(tree.source) : tree.kind === "list" ? tree.items.length === 0 : tree.entries.length === 0;

/** `{ before, after }`, also half filled; `{ mean, sd, n }` is one side's value. */
const hasSides = (tree: Tree): boolean => tree.kind === "dict" && (find(tree, "before") !== undefined || find(tree, "after") !== undefined);

/** `0.91,0.92` → `[0.91, 0.92]`; one value stays as it was typed. */
function inline(value: string): string {
  const parts = slots(value);
  return parts.length > 1 || value.trimStart().startsWith("[") ? `[${parts.join(", ")}]` : (parts[0] ?? "~");
}

/** One per repeat; a slot without a value is `~`. */
function slots(value: string): readonly string[] {
  const trimmed = value.trim();
  const inner = trimmed.startsWith("[") && trimmed.endsWith("]") ? trimmed.slice(1, -1) : trimmed;
  return inner.split(",").map((part) => (part.trim() === "" || isAbsent(part.trim()) ? "~" : part.trim()));
}
