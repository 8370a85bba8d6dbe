// Values as readers see them: canonical in, text out. ASCII by default; `screen` asks for the typographic minus.

import { decimalsIn, fixed, groupThousands, shortest } from "../base/number.ts";
import type { Reading } from "./experiment.ts";
import { unitScale } from "./quantity.ts";

export interface FormatOptions {
  /** In the unit shown; without it at most 6 significant digits and no trailing zeros. */
  readonly decimals?: number | undefined;
  /** U+2212 for minus. */
  readonly screen?: boolean | undefined;
}

const mostDigits = 6;

/** `0.872`, `12,345`, `3e-4`, `1.2e6`; a value that is not zero never reads as zero: `≈ 0`. */
export function formatNumber(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return "diverged";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return scientific(value, digits);
  if (digits !== undefined && vanishes(value, digits)) return "≈ 0";
  const text = digits === undefined ? shortest(value) : fixed(size === 0 ? 0 : value, digits);
  return size < 9_000 ? text : groupThousands(text);
}

/** Not zero, and yet it would read as zero. */
const vanishes = (value: number, digits: number): boolean =>
  value !== 0 && Math.abs(value) < 10 ** -Math.min(digits, 20) && Number(fixed(value, digits)) === 0;

/** With `digits` decimals as many as the plain form would have shown. */
function scientific(value: number, digits?: number): string {
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (digits === undefined) return trimExponent(Number(value.toPrecision(mostDigits)).toExponential());
  if (vanishes(value, digits)) return "≈ 0";
  const mantissa = Math.max(digits + exponent, 0);
  return mantissa < mostDigits ? trimExponent(value.toExponential(mantissa)) : scientific(value);
}

function trimExponent(text: string): string {
  return text.replace("e+", "e");
}

const attached = new Set(["%", "x", "×", "k", "K", "M", "G", "T", "°"]);
const currencies = new Set(["$", "€", "£", "¥"]);

/** A canonical value in the unit as written: 0.872 and `%` → `87.2%`, 5760 and `h` → `1.6 h`. */
export function formatQuantity(value: number, unit?: string, options: FormatOptions = {}): string {
  if (!Number.isFinite(value)) return "diverged";
  const number = formatNumber(inUnit(value, unit), options.decimals);
  return onScreen(withUnit(number, unit), options);
}

/** Scaled to the unit, without the dust of binary fractions. */
function inUnit(value: number, unit?: string): number {
  const scale = unit === undefined ? undefined : unitScale(unit);
  return scale ? Number(((value * scale.over) / scale.times).toPrecision(15)) : value;
}

/** `2.1x`, `3.2 s`, `$5` */
export function withUnit(number: string, unit?: string): string {
  if (unit === undefined || unit === "") return number;
  if (currencies.has(unit)) return number.replace(/^[+-]?/, (sign) => sign + unit);
  return attached.has(unit) ? `${number}${unit}` : `${number} ${unit}`;
}

function onScreen(text: string, { screen }: FormatOptions): string {
  return screen && text.includes("-") ? text.replaceAll("-", "−") : text;
}

export interface DeltaText {
  /** `+1.7 pp`, `-0.4 h`, `≈ 0` */
  readonly absolute: string;
  /** `+2.0% rel`; absent where the value before is zero. */
  readonly relative?: string;
}

/** The difference, always signed. Without `decimals` it shows as many as the two values need. */
export function formatDelta(before: number, after: number, unit?: string, options: FormatOptions = {}): DeltaText {
  const absolute = formatDifference(before, after, unit, options);
  if (!Number.isFinite(before) || !Number.isFinite(after) || before === 0) return { absolute };
  const relative = ((after - before) / Math.abs(before)) * 100;
  const text = `${signed(relative, Math.abs(relative) < 99.95 ? 1 : 0)}% rel`;
  return { absolute, relative: onScreen(text, options) };
}

/** The absolute one alone. */
export function formatDifference(before: number, after: number, unit?: string, options: FormatOptions = {}): string {
  if (!Number.isFinite(before) || !Number.isFinite(after)) return "diverged";
  const [from, to] = [inUnit(before, unit), inUnit(after, unit)];
  const decimals = options.decimals ?? Math.max(decimalsOf(shortest(from)), decimalsOf(shortest(to)));
  const number = signed(Number((to - from).toPrecision(12)), decimals, [from, to]);
  return onScreen(number === "≈ 0" ? number : withUnit(number, unit === "%" ? "pp" : unit), options);
}

/** As `formatNumber`, but beside a number that needs no exponent this one has none either: `0.0002` beside `0.2079`. */
export function formatBeside(value: number, others: readonly number[], decimals: number): string {
  const plain = Math.abs(value) < 1e-3 && others.some((other) => Math.abs(other) >= 1e-3);
  const text = plain ? fixed(value, decimals) : "";
  return plain && Number(text) !== 0 ? text : formatNumber(value, decimals);
}

/** Zero has no sign; what only rounds to zero says so. */
function signed(value: number, decimals: number, others: readonly number[] = []): string {
  if (value === 0) return fixed(0, decimals);
  if (vanishes(value, decimals)) return "≈ 0";
  const text = formatBeside(value, others, decimals);
  return value > 0 ? `+${text}` : text;
}

const clockOrParts = /\d:\d|\d[ \u00a0]?[dhm][a-z]{0,6}[ \u00a0]?\d/i;
const countText = /^\s*\d{1,15}\s*\/\s*(\d{1,15})\s*$/;
const longestText = 2000;

/** Decimals the author wrote, the most of all numbers in the text: `87.2%` 1, `1.0e-3` 4, `[0.38, 0.391]` 3; `2h46m` and `12:30:00` count as 2. */
export function decimalsOf(text: string): number {
  const part = text.slice(0, longestText);
  const count = countText.exec(part);
  if (count) return Math.max((count[1] ?? "").length - 1, 1);
  if (clockOrParts.test(part)) return 2;
  return decimalsIn(part).reduce((most, decimals) => Math.max(most, decimals), 0);
}

/** `87.2% ± 0.3, n = 3`; a spread never without n, in `unit` where one is given, `diverged` where no value is finite, the text as written where it is no number. */
export function formatReading(reading: Reading, options: FormatOptions = {}, unit: string | undefined = reading.unit): string {
  const { mean, sd, n, diverged } = reading;
  if (mean === undefined) return diverged > 0 ? "diverged" : reading.text;
  const decimals = options.decimals ?? readingDecimals(reading);
  const shown = formatQuantity(mean, unit, { ...options, decimals });
  const lost = diverged > 0 ? `, ${diverged} diverged` : "";
  if (n < 2) return shown + lost;
  if (sd === undefined) return `${shown}, n = ${n}${lost}`;
  return `${shown} ± ${spreadText(inUnit(sd, unit), decimals)}, n = ${n}${lost}`;
}

function spreadText(sd: number, decimals: number): string {
  const rounded = sd === 0 || Number(fixed(sd, decimals)) !== 0;
  return rounded ? formatNumber(sd, decimals) : formatNumber(Number(sd.toPrecision(1)));
}

/** Two digits of the spread, but no more than the author wrote; a mean of repeats may show three significant digits. */
export function readingDecimals(reading: Reading): number {
  const written = decimalsOf(reading.text);
  const { mean, sd, n, unit } = reading;
  if (mean === undefined || n < 2 || reading.values.length === 0) return written;
  const most = Math.max(written, significantDecimals(inUnit(mean, unit), 3));
  return sd ? Math.min(significantDecimals(inUnit(sd, unit), 2), most) : most;
}

function significantDecimals(value: number, digits: number): number {
  if (value === 0) return 0;
  return Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 0), 12);
}

/** Unit and the median from which it serves. */
type Steps = readonly (readonly [string, number])[];
const timeUnits: Steps = Object.entries({ d: 2 * 86400, h: 5400, min: 90, s: 1, ms: 1e-3, us: 0 });
const sizeUnits: Steps = Object.entries({ TB: 1e12, GB: 1e9, MB: 1e6, kB: 1e3, B: 0 });

/** The one unit for a column of seconds, by their median. */
export function durationUnit(seconds: readonly number[]): string {
  return unitBy(seconds, timeUnits, "s");
}

/** The one unit for a column of bytes, by their median. */
export function sizeUnit(bytes: readonly number[]): string {
  return unitBy(bytes, sizeUnits, "B");
}

function unitBy(values: readonly number[], units: Steps, fallback: string): string {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const median = sizes.sort((left, right) => left - right)[sizes.length >> 1];
  return median === undefined ? fallback : (units.find(([, least]) => median >= least)?.[0] ?? fallback);
}
