// The measured values of a metric: one, a list with one slot per repeat, or a written summary. What is odd is kept as text and named.

import { foldNumberText } from "../base/number.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Metric, Quantity, Reading } from "./experiment.ts";
import { formatQuantity } from "./format.ts";
import { isDuration, isSize, unitOfName } from "./guess.ts";
import * as messages from "./messages-values.ts";
import { isAbsent, isDiverged, isPlaceholder, type QuantityReading, readQuantity, splitArrow, unitScale } from "./quantity.ts";
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

/** One slot: a number, diverged (`null`), or nothing. */
interface Slot {
  readonly value: number | null;
  readonly diverged: boolean;
  readonly unit?: string;
}

/** Where a value stands, for its problems. */
interface Place {
  readonly name: string;
  readonly offset: number;
  readonly problems: Problem[];
}

const emptySlot: Slot = { value: null, diverged: false };
const summaryKeys = ["mean", "sd", "n", "values"];
const metricKeys = ["before", "after", "step", "pick"];
const keyAliases: Readonly<Record<string, string>> = {
  from: "before",
  old: "before",
  to: "after",
  new: "after",
  avg: "mean",
  average: "mean",
  std: "sd",
  stdev: "sd",
  count: "n",
};

/** Reads the value of metric `name` as somebody wrote it. */
export function parseReading(tree: Tree, name: string): ParsedReading {
  const problems: Problem[] = [];
  const reading =
    tree.kind === "scalar"
      ? readScalar(tree, name, problems)
      : tree.kind === "list"
        ? readList(tree, name, problems)
        : readSummary(tree, name, problems);
  return { ...(reading ? { reading } : {}), problems };
}

/** Reads a whole metric: a value alone is `after`, an arrow is `before` and `after`, else a map with those keys. */
export function parseMetric(name: string, tree: Tree): ParsedMetric {
  if (tree.kind === "scalar") {
    const sides = splitArrow(tree.source);
    if (!sides) return metricOf(name, undefined, tree, []);
    return metricOf(name, { ...tree, source: sides.from }, { ...tree, source: sides.to }, []);
  }
  if (tree.kind === "list" || isSummary(tree)) return metricOf(name, undefined, tree, []);
  const problems: Problem[] = unknownKeys(tree, name, metricKeys);
  const entries = byKey(tree);
  const step = stepOf(entries.get("step"), name, problems);
  const pick = entries.get("pick");
  const { metric, problems: more } = metricOf(name, entries.get("before"), entries.get("after"), problems);
  const picked = pick?.kind === "scalar" && !isAbsent(pick.source) ? { pick: pick.source } : {};
  return { metric: { ...metric, ...(step === undefined ? {} : { step }), ...picked }, problems: more };
}

function metricOf(name: string, beforeTree: Tree | undefined, afterTree: Tree | undefined, earlier: readonly Problem[]): ParsedMetric {
  const before = beforeTree ? parseReading(beforeTree, name) : undefined;
  const after = afterTree ? parseReading(afterTree, name) : undefined;
  const problems = [...earlier, ...(before?.problems ?? []), ...(after?.problems ?? [])];
  const sides = [before?.reading, after?.reading].filter((reading) => reading?.mean !== undefined);
  if (beforeTree && sides.length === 2) {
    const units = sides.map((reading) => ({ value: reading?.mean ?? 0, unit: reading?.unit ?? "" }));
    if (!shareUnit(units))
      problems.push(
        messages.mixedUnits(
          name,
          units.map(({ unit }) => unit),
          beforeTree.start,
        ),
      );
  }
  const metric = { name, ...(before?.reading ? { before: before.reading } : {}), ...(after?.reading ? { after: after.reading } : {}) };
  return { metric, problems };
}

function isSummary(tree: Dict): boolean {
  const keys = [...byKey(tree).keys()];
  return keys.some((key) => summaryKeys.includes(key)) && !keys.includes("before") && !keys.includes("after");
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

/** A metric of a name that ends in a unit keeps that unit for its numbers: `latency_ms: 35 ms` is 35. */
function read(source: string, name: string): QuantityReading {
  const found = readQuantity(source, { time: isDuration(name), size: isSize(name) });
  const unit = found.quantity?.unit;
  const named = unit === undefined ? undefined : unitOfName(name);
  if (found.quantity === undefined || named === undefined || unit === undefined) return found;
  const own = unitScale(named);
  if (own === undefined || unitScale(unit)?.dimension !== own.dimension) return found;
  return { ...found, quantity: { value: (found.quantity.value * own.over) / own.times, text: found.quantity.text } };
}

/** The slot of one written value; a problem where it has none. */
function readSlot(source: string, name: string, offset: number, problems: Problem[]): Slot {
  if (isDiverged(source)) return { value: null, diverged: true };
  if (isAbsent(source)) return emptySlot;
  const found = read(source, name);
  if (found.quantity === undefined || found.trouble) problems.push(unreadable(name, source, found, offset));
  return found.quantity ? slotOf(found.quantity) : emptySlot;
}

function slotOf(quantity: Quantity): Slot {
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

function unreadable(name: string, text: string, { trouble }: QuantityReading, offset: number): Problem {
  if (/,\s*$/.test(text.slice(-20))) return messages.trailingComma(name, text, offset);
  if (trouble?.kind === "ambiguous") return messages.ambiguousNumber(name, text, trouble.options, offset);
  if (trouble?.kind === "range") return messages.outOfRange(name, text, offset);
  if (trouble?.kind === "inexact") return messages.inexactInteger(name, text, offset);
  if (trouble?.kind === "billions") return messages.ambiguousNumber(name, text, [`${trouble.number}e9`, `${trouble.number} bytes`], offset);
  const clock = trouble?.kind === "clock" ? `for a duration write \`${Number(trouble.hours.toPrecision(4))} h\`` : undefined;
  return messages.unreadableValue(name, text, clock ?? hints.find(([pattern]) => pattern.test(text.slice(0, 60).trim()))?.[1], offset);
}

function readScalar(tree: Scalar, name: string, problems: Problem[]): Reading | undefined {
  const source = tree.source.trim();
  if (isAbsent(source)) return undefined;
  const special = countOf(source) ?? summaryText(source, { name, offset: tree.start, problems });
  if (special) return special;
  const list = listText(source, tree);
  if (list) return readList(list, name, problems);
  const slot = readSlot(source, name, tree.start, problems);
  if (slot.value === null && !slot.diverged) return asText(source);
  return reading([slot], source);
}

/** Kept for showing: no value, no n. */
function asText(text: string): Reading {
  return { values: [], n: 0, diverged: 0, text };
}

const listLike = /^[^,[\](){}]+(?:,\s[^,[\](){}]+)+$/;
const longestList = 20_000;

/** `0.38, 0.39`: a comma and a blank never belong to one number. Only when every part starts like a value. */
function listText(source: string, { start, end }: Scalar): List | undefined {
  if (source.length > longestList || !listLike.test(source)) return undefined;
  const parts = source.split(",").map((part) => part.trim());
  if (!parts.every((part) => isAbsent(part) || isDiverged(part) || readQuantity(part).quantity !== undefined)) return undefined;
  return {
    kind: "list",
    start,
    end,
    items: parts.map((part) => ({ kind: "scalar", value: part, source: part, style: "plain", start, end })),
  };
}

const countPattern = /^(\d{1,15})[\s\u00a0]*\/[\s\u00a0]*(\d{1,15})$/;

/** `872/1000` */
function countOf(source: string): Reading | undefined {
  const match = source.length <= 60 ? countPattern.exec(foldNumberText(source)) : null;
  const successes = Number(match?.[1]);
  const trials = Number(match?.[2]);
  if (!match || trials === 0 || successes > trials) return undefined;
  const mean = successes / trials;
  return { values: [mean], mean, n: 1, diverged: 0, count: { successes, trials }, text: source };
}

const longestSummary = 200;
const counted = /(?:[\s,;(]+n\s*=\s*(\d{1,9})\s*\)?|\s*\((?:over\s+)?(\d{1,9})\s+(?:seeds|runs|repeats|repetitions|trials|folds)\s*\))$/i;
const spreads = ["±", "+/-", "+-"];

/** `0.38 ± 0.01 (n=3)`, `0.38 +- 0.01`, `0.82 (+- 0.019)`, `87.2% ± 0.3, n = 3`, `0.38 (n=3)`. */
function summaryText(source: string, place: Place): Reading | undefined {
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

/** `{ mean: 0.38, sd: 0.01, n: 3 }` or `{ values: [0.38, 0.39] }`. */
function readSummary(tree: Dict, name: string, problems: Problem[]): Reading | undefined {
  problems.push(...unknownKeys(tree, name, summaryKeys));
  const entries = byKey(tree);
  const values = entries.get("values");
  if (values?.kind === "list") return readList(values, name, problems);
  const [mean, sd, written] = ["mean", "sd", "n"].map((key) => textOf(entries.get(key)));
  const place = { name, offset: tree.start, problems };
  if (mean === undefined) {
    if (tree.entries.length > 0 && !entries.has("mean"))
      problems.push(
        messages.unreadableValue(name, "a map without `mean`", "write `{ mean: 0.38, sd: 0.01, n: 3 }` or `[0.38, 0.39]`", tree.start),
      );
    return undefined;
  }
  if (isDiverged(mean)) return reading([{ value: null, diverged: true }], mean);
  const n = written === undefined ? undefined : readQuantity(written).quantity?.value;
  const counts = n !== undefined && Number.isInteger(n) && n > 0;
  if (written !== undefined && !counts)
    problems.push(messages.unreadableValue(`${name}.n`, written, "write how many values the mean is of: `n: 3`", tree.start));
  const text = `${mean}${sd === undefined ? "" : ` ± ${sd}`}${written === undefined ? "" : ` (n=${written})`}`;
  return summary({ mean, sd, n: counts ? n : undefined, text }, place);
}

function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && !isAbsent(tree.source) ? tree.source.trim() : undefined;
}

interface Summary {
  readonly mean: string;
  readonly sd?: string | undefined;
  readonly n: number | undefined;
  /** All of it as written. */
  readonly text: string;
}

/** Without n the spread is left out: it could be of anything. */
function summary({ mean, sd, n, text }: Summary, { name, offset, problems }: Place): Reading {
  const texts = sd === undefined ? { mean } : shareUnitText(mean, sd);
  const center = texts ? read(texts.mean, name) : {};
  const spread = texts?.sd === undefined ? undefined : read(texts.sd, name);
  const wrong =
    center.quantity === undefined ? center : spread && !((spread.quantity?.value ?? -1) >= 0) ? spread : n === 0 ? {} : undefined;
  if (wrong || center.quantity === undefined) {
    problems.push(unreadable(name, text, wrong ?? {}, offset));
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

function readList(tree: List, name: string, problems: Problem[]): Reading | undefined {
  const texts: string[] = [];
  const slots: Slot[] = [];
  for (const item of tree.items) {
    if (item.kind !== "scalar") {
      problems.push(
        messages.unreadableValue(name, "a list or map inside the list", "write one value per repeat: `[0.38, 0.39]`", item.start),
      );
      slots.push(emptySlot);
      texts.push("~");
      continue;
    }
    const count = countOf(item.source);
    slots.push(count?.mean === undefined ? readSlot(item.source, name, item.start, problems) : { value: count.mean, diverged: false });
    texts.push(item.source.trim() === "" ? "~" : item.source.trim());
  }
  if (tree.items.every((item) => item.kind === "scalar" && isAbsent(item.source))) return undefined;
  const used = slots.flatMap(({ value, unit = "" }) => (value === null ? [] : [{ value, unit }]));
  if (!shareUnit(used)) problems.push(messages.mixedUnits(name, [...new Set(used.map(({ unit }) => unit))], tree.start));
  return reading(slots, texts.join(", "));
}

/** Units of one kind convert into each other; a bare fraction goes with percent, a plain number with `524K`. */
function shareUnit(values: readonly { readonly value: number; readonly unit: string }[]): boolean {
  const kinds = values.map(({ value, unit }) => kindOf(unit) ?? (Math.abs(value) <= 1 ? "fraction" : "number"));
  const fraction = kinds.includes("ratio") ? "ratio" : "number";
  return new Set(kinds.map((kind) => (kind === "fraction" ? fraction : kind))).size <= 1;
}

function kindOf(unit: string): string | undefined {
  return unit === "" ? undefined : (unitScale(unit)?.dimension ?? unit);
}

function reading(slots: readonly Slot[], text: string): Reading {
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
  return { mean, sd: Math.sqrt(squares / (n - 1)) * scale, n };
}

/** The reading of computed values (canonical unit); NaN and infinities count as diverged, null as absent. */
export function readingOf(values: readonly (number | null)[], unit?: string): Reading {
  const slots = values.map(
    (value): Slot => (value === null || Number.isFinite(value) ? { value, diverged: false } : { value: null, diverged: true }),
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
