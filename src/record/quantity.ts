// One value with its unit, as people write it, in the canonical unit: percent as a fraction, times in seconds, sizes in bytes.

import { foldNumberText, type NumberTrouble, scanNumber } from "../base/number.ts";
import type { Quantity } from "./experiment.ts";

/** What the name of a metric says about its bare numbers and short units: `m` is minutes under a time. */
export interface QuantityHint {
  readonly time?: boolean;
  readonly size?: boolean;
}

export type Dimension = "ratio" | "time" | "size" | "number";

/** `value * times / over` is canonical. Two whole numbers, so that `87.2%` is 0.872 and not 0.8720000000000001. */
export interface UnitScale {
  readonly dimension: Dimension;
  readonly times: number;
  readonly over: number;
}

/** Dimension, times, over, the words for it. */
const names: readonly (readonly [Dimension, number, number, string])[] = [
  ["ratio", 1, 100, "% percent pct pp"],
  ["time", 1, 1e9, "ns nanosecond nanoseconds"],
  ["time", 1, 1e6, "us µs μs microsecond microseconds"],
  ["time", 1, 1e3, "ms msec millisecond milliseconds"],
  ["time", 1, 1, "s sec secs second seconds"],
  ["time", 60, 1, "min mins minute minutes"],
  ["time", 3600, 1, "h hr hrs hour hours"],
  ["time", 86400, 1, "d day days"],
  ["time", 604800, 1, "week weeks"],
  ["size", 1, 1, "B byte bytes"],
  ["size", 1e3, 1, "kB KB kb"],
  ["size", 1e6, 1, "MB mb"],
  ["size", 1e9, 1, "GB gb"],
  ["size", 1e12, 1, "TB tb"],
  ["size", 1e15, 1, "PB pb"],
  ["size", 2 ** 10, 1, "KiB kib"],
  ["size", 2 ** 20, 1, "MiB mib"],
  ["size", 2 ** 30, 1, "GiB gib"],
  ["size", 2 ** 40, 1, "TiB tib"],
  ["size", 2 ** 50, 1, "PiB pib"],
  ["number", 1e3, 1, "k K"],
  ["number", 1e6, 1, "M"],
  ["number", 1e9, 1, "G"],
  ["number", 1e12, 1, "T"],
];

const scales: ReadonlyMap<string, UnitScale> = new Map(
  names.flatMap(([dimension, times, over, words]) =>
    words.split(" ").map((word): [string, UnitScale] => [word, { dimension, times, over }]),
  ),
);

/** How a unit relates to the canonical one; nothing for units that are only carried along (`points`, `tok/s`). */
export function unitScale(unit: string): UnitScale | undefined {
  return scales.get(unit);
}

/** Units that mean something only where the metric's name says so. */
const hinted: { readonly [dimension in "time" | "size"]: ReadonlyMap<string, string> } = {
  time: new Map(Object.entries({ m: "min", M: "min", S: "s", H: "h" })),
  size: new Map(Object.entries({ Kb: "KB", Mb: "MB", Gb: "GB", Tb: "TB" })),
};

export type QuantityTrouble =
  | NumberTrouble
  | { readonly kind: "clock"; readonly hours: number }
  | { readonly kind: "billions"; readonly number: string };

export interface QuantityReading {
  readonly quantity?: Quantity;
  /** Why there is none, or (`inexact`) what is lost. */
  readonly trouble?: QuantityTrouble;
}

/** The quantity, or nothing where the text is none, has two meanings, or is absent. */
export function parseQuantity(source: string, hint: QuantityHint = {}): Quantity | undefined {
  return readQuantity(source, hint).quantity;
}

const longest = 400;

/** A number alone, in percent, or with a unit of one word: what nearly everybody writes. */
const plain = /^\s*([+-]?\d{1,15}(?:\.\d{1,30})?)(?:(%)| ([A-Za-z]{1,12}))?\s*$/;

/** As `parseQuantity`, and says what stood in the way. */
export function readQuantity(source: string, hint: QuantityHint = {}): QuantityReading {
  if (source.length > longest) return {};
  const usual = plain.exec(source);
  if (usual) {
    const value = Number(usual[1]) + 0; // no signed zero
    if (usual[3] !== undefined) return quantityOf(value, meant(usual[3], hint), source);
    return { quantity: usual[2] ? { value: value / 100, unit: "%", text: source.trim() } : { value, text: source.trim() } };
  }
  const text = foldNumberText(source);
  const found = clock(text, source, hint) ?? compound(text, source) ?? single(text, source, hint);
  return found ?? {};
}

const clockPattern = /^(?:(\d{1,4})(?:-|\s*days?,?\s+))?(\d{1,4}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?$/;

/** `12:30:00`, `45:10`, `1-02:03:04` (Slurm), `1 day, 2:03:04` (Python); seconds only under a time metric. */
function clock(text: string, source: string, hint: QuantityHint): QuantityReading | undefined {
  const match = clockPattern.exec(text);
  if (!match) return undefined;
  const [, days, first = "0", second = "0", third] = match;
  if (Number(second) > 59 || Number(third ?? 0) >= 60) return undefined;
  const long = third !== undefined || days !== undefined;
  const time = long ? Number(first) * 3600 + Number(second) * 60 + Number(third ?? 0) : Number(first) * 60 + Number(second);
  const value = Number(days ?? 0) * 86400 + time;
  if (hint.time !== true) return { trouble: { kind: "clock", hours: value / 3600 } };
  return { quantity: { value, unit: long ? "h" : "min", text: source.trim() } };
}

const part = /(\d+(?:\.\d+)?)[\s\u00a0]*([A-Za-zµμ]+)[\s\u00a0,]*/y;

/** `2h46m`, `1h 30min`, `1 d 3 h`: two parts or more, each smaller than the one before. */
function compound(text: string, source: string): QuantityReading | undefined {
  const negative = text.startsWith("-");
  let at = negative ? 1 : 0;
  let value = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let first: string | undefined;
  let count = 0;
  for (; at < text.length; count++) {
    part.lastIndex = at;
    const match = part.exec(text);
    if (!match) return undefined;
    const word = match[2] ?? "";
    const unit = word === "m" ? "min" : word;
    const scale = scales.get(unit);
    if (scale?.dimension !== "time" || scale.times / scale.over >= smallest) return undefined;
    smallest = scale.times / scale.over;
    value += (Number(match[1]) * scale.times) / scale.over;
    first ??= unit;
    at = part.lastIndex;
  }
  if (count < 2 || first === undefined) return undefined;
  return { quantity: { value: negative ? -value : value, unit: first, text: source.trim() } };
}

const currency = /^([+-]?)([$€£¥])\s*(?=[\d.])/;

function single(text: string, source: string, hint: QuantityHint): QuantityReading | undefined {
  const money = currency.exec(text);
  const scanned = scanNumber(money ? `${money[1] ?? ""}${text.slice(money[0].length)}` : text);
  if (scanned === undefined) return undefined;
  const written = money ? (scanned.rest === "" ? money[2] : undefined) : unitText(scanned.rest);
  if (written === undefined) return undefined;
  if (written === "B" && scanned.rest === "B" && hint.size !== true) return { trouble: { kind: "billions", number: text.slice(0, -1) } };
  const { value, trouble } = scanned;
  if (value === undefined) return trouble ? { trouble } : undefined;
  const found = quantityOf(value, meant(written, hint), source);
  return trouble && found.quantity ? { ...found, trouble } : found;
}

function quantityOf(value: number, unit: string, source: string): QuantityReading {
  const scale = unit === "" ? undefined : scales.get(unit);
  // `+ 0` takes the sign off a zero, as when a tiny negative value underflows.
  const canonical = (scale ? (value * scale.times) / scale.over : value) + 0;
  if (!Number.isFinite(canonical)) return { trouble: { kind: "range" } };
  return { quantity: { value: canonical, ...(unit === "" ? {} : { unit }), text: source.trim() } };
}

/** The unit under the metric's name: `m` of a time is `min`. */
function meant(unit: string, hint: QuantityHint): string {
  if (unit === "percent" || unit === "pct") return "%";
  const dimension = hint.time ? "time" : hint.size ? "size" : undefined;
  return (dimension && hinted[dimension].get(unit)) ?? unit;
}

const unitWord = /^[\p{L}%°×][\p{L}\p{N}%°²³]*(?:[/·^*-]+[\p{L}\p{N}²³]+)*$/u;
const attachedHash = /^\p{L}+\d/u;
const longestUnit = 40;

/** "" for none, the unit as text, undefined where what follows the number is no unit. */
function unitText(rest: string): string | undefined {
  const text = rest.trim();
  if (text === "") return "";
  if (text.length > longestUnit) return undefined;
  const attached = rest.length === rest.trimStart().length;
  if (attached && (attachedHash.test(text) || /^e$/i.test(text))) return undefined;
  const joined = text.replace(/\s*\/\s*/g, "/");
  if (unitWord.test(joined)) return joined;
  const words = text.split(/\s+/);
  return words.length === 3 && words[1] === "per" && words.every((word) => unitWord.test(word)) ? words.join(" ") : undefined;
}

const nothing: ReadonlySet<string> = new Set([
  "",
  "~",
  "null",
  "n/a",
  "na",
  "#n/a",
  "none",
  "unknown",
  "-",
  "--",
  "---",
  "–",
  "—",
  "not recorded",
]);
const unfilled: ReadonlySet<string> = new Set(["tbd", "tba", "todo", "fixme", "?", "??", "???", "...", "…", "xx", "xxx", "_", "__", "___"]);
const letterNumber = /^[XYZN]{1,4}(?:\.[XYZN]{1,4})?\s?(?:%|pp|s|h|min|ms|GB)?$/;
const bracketed = /^(?:\[[^[\]\d]+\]|<[^<>\d]+>|\{[^{}\d]+\}|\[[XYZN][\d.]*\s?%?\])$/;
const longestPlaceholder = 120;
/** What they begin with, also the left side of an arrow. */
const placeholderStarts: ReadonlySet<string | undefined> = new Set([
  ..."[<{XYZN",
  ...[...unfilled].flatMap((word) => [word.charAt(0), word.charAt(0).toUpperCase()]),
]);

/** Left over from a template: `[X%]`, `[your text]`, `<value>`, `TBD`, `?`. */
export function isPlaceholder(source: string): boolean {
  const text = source.trim();
  if (text.length > longestPlaceholder || !placeholderStarts.has(text[0])) return false;
  if (unfilled.has(text.toLowerCase()) || letterNumber.test(text) || bracketed.test(text)) return true;
  const sides = splitArrow(text);
  return sides !== undefined && isPlaceholder(sides.from) && isPlaceholder(sides.to);
}

/** Says that there is no value: `~`, `null`, `N/A`, a dash, nothing, or a placeholder. */
export function isAbsent(source: string): boolean {
  const text = source.trim();
  return (text.length <= 12 && nothing.has(text.toLowerCase())) || isPlaceholder(text);
}

const divergedWords: ReadonlySet<string> = new Set(["nan", "inf", "infinity", "infty", "∞", "diverged"]);

/** `.nan`, `NaN`, `inf`, `-.inf`, `Infinity`: the run had a value and it was no number. */
export function isDiverged(source: string): boolean {
  const text = source.trim();
  return (
    text.length <= 12 &&
    divergedWords.has(
      foldNumberText(text)
        .toLowerCase()
        .replace(/^[+-]?\.?/, ""),
    )
  );
}

const anyArrow = /[>→⟶➔➜⇒]/;
const arrows = ["→", "⟶", "➔", "➜", "⇒", "-->", "->", "=>"];
/** A difference written behind the arrow is for readers; ours are computed: `85.5% → 87.2% (+1.7%)`. */
const writtenDelta = /\s*\((?:[+−]|-(?!\s*[+/]))(?![/-])[^()]{1,60}\)$/;

/** The two sides of `85.5% -> 87.2%`; nothing without an arrow or with more than one. */
export function splitArrow(source: string): { from: string; to: string } | undefined {
  if (!anyArrow.test(source)) return undefined;
  const arrow = arrows.find((sign) => source.includes(sign));
  if (arrow === undefined) return undefined;
  const at = source.indexOf(arrow);
  const from = source.slice(0, at).trim();
  const to = source.slice(at + arrow.length).trim();
  if (arrows.some((sign) => to.includes(sign) || from.includes(sign))) return undefined;
  return { from, to: to.length <= longest ? to.replace(writtenDelta, "") : to };
}
