// The measured values of a metric: one, a list with one slot per repeat, or a written summary. What is odd is kept as text and named.

import { foldNumberText } from "../base/number.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Metric, Reading } from "./experiment.ts";
import { formatQuantity } from "./format.ts";
import * as messages from "./messages-values.ts";
import { isAbsent, isDiverged, isPlaceholder, readQuantity, splitArrow } from "./quantity.ts";
import { emptySlot, readNamed, readSlot, type Slot, shareUnit, unreadable } from "./slot.ts";
import { asText, summary, summaryText } from "./summary.ts";
import type { Dict, List, Scalar, Tree } from "./tree.ts";

export interface ParsedReading {
  /** Absent where nothing was recorded; without values where the text is no number. */
  readonly reading?: Reading;
  readonly problems: readonly Problem[];
}

export interface ParsedMetric {
  readonly metric: Metric;
  readonly problems: readonly Problem[];
}

const summaryKeys = ["mean", "sd", "n", "values", "unit", "min", "max"];
const metricKeys = ["before", "after", "step", "pick", "unit"];
/** Where a metric's map holds its value itself, what belongs to the metric and not to the value. */
const beside = ["step", "pick"];
const keyAliases: Readonly<Record<string, string>> = {
  from: "before",
  old: "before",
  to: "after",
  new: "after",
  value: "mean",
  avg: "mean",
  average: "mean",
  std: "sd",
  stdev: "sd",
  count: "n",
};

/** Reads the value of metric `name` as somebody wrote it. */
export function parseReading(tree: Tree, name: string): ParsedReading {
  const problems: Problem[] = [];
  const reading = readTree(tree, name, problems);
  return { ...(reading ? { reading } : {}), problems };
}

function readTree(tree: Tree, name: string, problems: Problem[]): Reading | undefined {
  if (tree.kind === "scalar") return readScalar(tree, name, problems);
  return tree.kind === "list" ? readList(tree, name, problems) : readSummary(tree, name, problems);
}

/** Reads a whole metric: a value alone is `after`, an arrow is `before` and `after`, else a map with those keys. */
export function parseMetric(name: string, tree: Tree): ParsedMetric {
  if (tree.kind === "scalar") {
    const sides = splitArrow(tree.source);
    if (!sides) return metricOf(name, undefined, tree, []);
    return metricOf(name, { ...tree, source: sides.from }, { ...tree, source: sides.to }, []);
  }
  return tree.kind === "list" ? metricOf(name, undefined, tree, []) : metricOfMap(name, tree);
}

function metricOfMap(name: string, tree: Dict): ParsedMetric {
  const entries = byKey(tree);
  const isValue = !entries.has("before") && !entries.has("after") && summaryKeys.some((key) => key !== "unit" && entries.has(key));
  const problems: Problem[] = isValue ? [] : unknownKeys(tree, name, metricKeys);
  const step = stepOf(entries.get("step"), name, problems);
  const pick = textOf(entries.get("pick"));
  const unit = textOf(entries.get("unit"));
  const side = (key: string) => withUnit(entries.get(key), unit, name, problems);
  const value = (): Dict => ({ ...tree, entries: tree.entries.filter(({ key }) => !beside.includes(key)) });
  const { metric } = isValue ? metricOf(name, undefined, value(), problems) : metricOf(name, side("before"), side("after"), problems);
  if (step !== undefined) metric.step = step;
  if (pick !== undefined) metric.pick = pick;
  return { metric, problems };
}

/** Bare numbers with the unit their map names; a percent beside a fraction leaves doubt and is named. */
function withUnit<T extends Tree | undefined>(tree: T, unit: string | undefined, name: string, problems: Problem[]): T | Tree {
  if (tree === undefined || unit === undefined || tree.kind === "dict") return tree;
  if (tree.kind === "list") return { ...tree, items: tree.items.map((item) => withUnit(item, unit, name, problems)) };
  const bare = readQuantity(tree.source).quantity;
  if (bare === undefined || bare.unit !== undefined) return tree;
  const percent = unit === "%" && bare.value !== 0 && Math.abs(bare.value) <= 1;
  if (percent) problems.push(messages.fractionOrPercent(name, tree.source.trim(), formatQuantity(bare.value, "%"), tree.start));
  return percent ? tree : { ...tree, source: `${tree.source.trim()}${unit === "%" ? "" : " "}${unit}` };
}

function metricOf(name: string, beforeTree: Tree | undefined, afterTree: Tree | undefined, problems: Problem[]) {
  const metric: { -readonly [Key in keyof Metric]: Metric[Key] } = { name };
  const before = beforeTree && readTree(beforeTree, name, problems);
  const after = afterTree && readTree(afterTree, name, problems);
  if (before) metric.before = before;
  if (after) metric.after = after;
  if (beforeTree && before?.mean !== undefined && after?.mean !== undefined) {
    const units = [before.unit ?? "", after.unit ?? ""] as const;
    if (
      !shareUnit([
        { value: before.mean, unit: units[0] },
        { value: after.mean, unit: units[1] },
      ])
    )
      problems.push(messages.mixedUnits(name, units, beforeTree.start));
  }
  return { metric, problems };
}

/** Entries under their own names, so that `from` and `std` are read too; the first of two wins. */
function byKey(tree: Dict): ReadonlyMap<string, Tree> {
  const map = new Map<string, Tree>();
  for (const { key, value } of tree.entries) {
    const known = Object.hasOwn(keyAliases, key) ? (keyAliases[key] ?? key) : key;
    if (!map.has(known)) map.set(known, value);
  }
  return map;
}

function unknownKeys(tree: Dict, name: string, known: readonly string[]): Problem[] {
  return tree.entries
    .filter(({ key }) => !known.includes(key) && !(Object.hasOwn(keyAliases, key) && known.includes(keyAliases[key] ?? "")))
    .map(({ key, keyStart }) => messages.unknownMetricKey(name, key, suggest(key, known), keyStart));
}

function stepOf(tree: Tree | undefined, name: string, problems: Problem[]): number | undefined {
  if (tree === undefined) return undefined;
  if (tree.kind === "scalar" && isAbsent(tree.source)) return undefined;
  const found = tree.kind === "scalar" ? readQuantity(tree.source) : {};
  if (found.quantity === undefined) problems.push(unreadable(`${name}.step`, tree.kind === "scalar" ? tree.source : "", found, tree.start));
  return found.quantity?.value;
}

function readScalar(tree: Scalar, name: string, problems: Problem[]): Reading | undefined {
  const source = tree.source.trim();
  // Most values are one quantity, and nothing below reads as one.
  const found = readNamed(source, name);
  if (found.quantity && !found.trouble) return single(found.quantity.value, found.quantity.unit, source);
  if (isAbsent(source)) return undefined;
  const special = countOf(source) ?? summaryText(source, { name, offset: tree.start, problems });
  if (special) return special;
  const list = listText(source, tree);
  if (list) return readList(list, name, problems);
  const slot = readSlot(source, name, tree.start, problems);
  if (slot.value === null && !slot.diverged) return asText(source);
  return reading([slot], source);
}

const longestList = 20_000;

/** `0.38, 0.39`: a comma and a blank never belong to one number. Only when every part reads as a value. */
function listText(source: string, { start, end }: Scalar): List | undefined {
  const parts = source.length > longestList ? [] : source.split(/,\s/).map((part) => part.trim());
  const isSlot = (part: string) => readQuantity(part).quantity !== undefined || (part !== "" && (isAbsent(part) || isDiverged(part)));
  if (parts.length < 2 || !parts.every(isSlot)) return undefined;
  return { kind: "list", start, end, items: parts.map((part) => scalar(part, { start, end })) };
}

function scalar(source: string, { start, end }: { readonly start: number; readonly end: number }): Scalar {
  return { kind: "scalar", value: source, source, style: "plain", start, end };
}

const countPattern = /^(\d{1,15})[\s\u00a0]*\/[\s\u00a0]*(\d{1,15})$/;

/** `872/1000` */
function countOf(source: string): Reading | undefined {
  const match = source.length <= 60 && /[/\uff0f]/.test(source) ? countPattern.exec(foldNumberText(source)) : null;
  const successes = Number(match?.[1]);
  const trials = Number(match?.[2]);
  if (!match || trials === 0 || successes > trials) return undefined;
  const mean = successes / trials;
  return { values: [mean], mean, n: 1, diverged: 0, count: { successes, trials }, text: source };
}

/** `{ mean: 0.38, sd: 0.01, n: 3 }` or `{ values: [0.38, 0.39] }`. */
function readSummary(tree: Dict, name: string, problems: Problem[]): Reading | undefined {
  problems.push(...unknownKeys(tree, name, summaryKeys));
  const entries = byKey(tree);
  const unit = textOf(entries.get("unit"));
  const values = withUnit(entries.get("values"), unit, name, problems);
  if (values?.kind === "list") return readList(values, name, problems);
  const mean = textOf(withUnit(entries.get("mean"), unit, name, problems));
  const [sd, written] = ["sd", "n"].map((key) => textOf(entries.get(key)));
  const place = { name, offset: tree.start, problems };
  if (mean === undefined) {
    if (tree.entries.length > 0 && !entries.has("mean")) problems.push(messages.noMean(name, tree.start));
    return undefined;
  }
  if (isDiverged(mean)) return reading([{ value: null, diverged: true }], mean);
  const n = written === undefined ? undefined : readQuantity(written).quantity?.value;
  const counts = n !== undefined && Number.isInteger(n) && n > 0;
  if (written !== undefined && !counts)
    problems.push(messages.unreadableValue(`${name}.n`, written, "write of how many values: `n: 3`", tree.start));
  if (sd === undefined && written === undefined) return readScalar(scalar(mean, tree), name, problems);
  const text = `${mean}${sd === undefined ? "" : ` ± ${sd}`}${written === undefined ? "" : ` (n=${written})`}`;
  return summary({ mean, sd, n: counts ? n : undefined, text }, place);
}

function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && !isAbsent(tree.source) ? tree.source.trim() : undefined;
}

function readList(tree: List, name: string, problems: Problem[]): Reading | undefined {
  const texts: string[] = [];
  const slots: Slot[] = [];
  for (const item of tree.items) {
    if (item.kind !== "scalar") {
      problems.push(messages.nestedList(name, item.start));
      slots.push(emptySlot);
      texts.push("~");
      continue;
    }
    const count = countOf(item.source);
    slots.push(count?.mean === undefined ? readSlot(item.source, name, item.start, problems) : { value: count.mean, diverged: false });
    texts.push(item.source.trim() === "" ? "~" : item.source.trim());
  }
  if (slots.every(({ value }) => value === null) && tree.items.every((item) => item.kind === "scalar" && isAbsent(item.source)))
    return undefined;
  const used = slots.flatMap(({ value, unit = "" }) => (value === null ? [] : [{ value, unit }]));
  if (!shareUnit(used)) problems.push(messages.mixedUnits(name, [...new Set(used.map(({ unit }) => unit))], tree.start));
  return reading(slots, texts.join(", "));
}

function single(value: number, unit: string | undefined, text: string): Reading {
  const values = [value];
  return unit === undefined ? { values, mean: value, n: 1, diverged: 0, text } : { values, mean: value, n: 1, diverged: 0, unit, text };
}

function reading(slots: readonly Slot[], text: string): Reading {
  const only = slots.length === 1 ? slots[0] : undefined;
  if (only && only.value !== null) return single(only.value, only.unit, text);
  const values = slots.map(({ value }) => value);
  const unit = slots.find((slot) => slot.unit !== undefined)?.unit;
  return {
    values,
    ...moments(values),
    diverged: slots.filter((slot) => slot.diverged).length,
    ...(unit === undefined ? {} : { unit }),
    text,
  };
}

/** Mean and sample standard deviation of the finite values. */
function moments(values: readonly (number | null)[]): { mean?: number; sd?: number; n: number } {
  const finite = values.filter((value) => value !== null);
  const n = finite.length;
  if (n === 0) return { n };
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest > 1e150 || (largest > 0 && largest < 1e-150) ? largest : 1;
  const first = (finite[0] ?? 0) / scale;
  // Shifted by the first value, so that equal values have exactly their own mean and no spread.
  const shift = finite.reduce((sum, value) => sum + (value / scale - first), 0) / n;
  const mean = (first + shift) * scale;
  if (n === 1) return { mean, n };
  const squares = finite.reduce((sum, value) => sum + (value / scale - first - shift) ** 2, 0);
  const sd = Math.sqrt(squares / (n - 1)) * scale;
  return Number.isFinite(sd) ? { mean, sd, n } : { mean, n };
}

/** The reading of computed values (canonical unit); NaN and infinities count as diverged, null as absent. */
export function readingOf(values: readonly (number | null)[], unit?: string): Reading {
  const slots = values.map(
    (value): Slot =>
      value === null || Number.isFinite(value) ? { value: value === 0 ? 0 : value, diverged: false } : { value: null, diverged: true },
  );
  const texts = values.map((value) => (value === null ? "~" : Number.isFinite(value) ? formatQuantity(value, unit) : String(value)));
  return { ...reading(slots, texts.join(", ")), ...(unit === undefined ? {} : { unit }) };
}

/** Whether a metric still holds a placeholder of the template. */
export function holdsPlaceholder(tree: Tree): boolean {
  if (tree.kind === "scalar") {
    const sides = splitArrow(tree.source);
    return sides ? isPlaceholder(sides.from) || isPlaceholder(sides.to) : isPlaceholder(tree.source);
  }
  if (tree.kind === "list") return tree.items.some(holdsPlaceholder);
  return tree.entries.some(({ value }) => holdsPlaceholder(value));
}
