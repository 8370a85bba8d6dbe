// What all charts share: sizes, config, axes that write numbers as the site does, the range of values that is shown, marks and tips.
// docs: colours are tokens, ranked marks are the decision, `aria-label`s become tips (`data-tip`) when drawn.

import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { fixed } from "../base/number.ts";
import { formatQuantity } from "../record/format.ts";
import { unitScale } from "../record/quantity.ts";
import type { Frame, Spec } from "./chart.ts";
import type { Glyph } from "./page.ts";
import { chips, deltaView, valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

/** Whole pictures, px. */
export const wideWidth = 1216;
export const narrowWidth = 368;

export const plotWidth = ({ width, left, right }: Frame): number => width - left - right;

/** A whole specification from its frame, its layers and what they need. */
export function chartSpec(frame: Frame, parts: Spec): Spec {
  const { left, right, top, bottom, height } = frame;
  return {
    width: plotWidth(frame),
    height,
    padding: { left, right, top, bottom },
    autosize: { type: "none" },
    background: null,
    config,
    ...parts,
  };
}

export const config: Spec = {
  view: { stroke: null },
  point: { opacity: 1 },
  text: { fontSize: 12, color: "var(--muted)" },
  axis: {
    labelColor: "var(--muted)",
    labelFontSize: 12,
    labelPadding: 8,
    titleColor: "var(--muted)",
    titleFontSize: 12,
    titleFontWeight: 400,
    titlePadding: 8,
  },
};

/** The y axis: no line, 5 grid lines, the title horizontal above it. `left` is the room of the frame. */
export function yAxis({ left }: Frame, labelExpr: string): Spec {
  return {
    orient: "left",
    grid: true,
    gridColor: "var(--line)",
    domain: false,
    ticks: false,
    tickCount: 5,
    labelExpr,
    titleAngle: 0,
    titleAlign: "left",
    titleAnchor: "end",
    titleBaseline: "bottom",
    titleX: -left,
    titleY: -16,
    // Vega cuts by a guess of the width: `axisTitle` is short enough.
    titleLimit: 0,
  };
}

/** The x axis: a line, no grid. */
export function xAxis(labelExpr: string): Spec {
  return { grid: false, domainColor: "var(--strong)", tickColor: "var(--strong)", tickSize: 4, labelExpr };
}

/** Ticks with texts of their own, for an axis that counts. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** The axis keys that show these ticks and no others. */
export function textTicks(ticks: readonly Tick[]): { readonly values: readonly number[]; readonly labelExpr: string } {
  const texts = Object.fromEntries(ticks.map(({ at, text }) => [String(at), text]));
  return { values: ticks.map(({ at }) => at), labelExpr: `${literal(texts)}[datum.value]` };
}

const attached = new Set(["%", "x", "×", "k", "K", "M", "G", "T", "°"]);
const currencies = new Set(["$", "€", "£", "¥"]);

/** A canonical value as the number that stands on the axis: 0.872 and `%` is 87.2. */
export function inUnit(value: number, unit?: string): number {
  const scale = unit === undefined ? undefined : unitScale(unit);
  const number = scale === undefined ? value : Number(((value * scale.over) / scale.times).toPrecision(15));
  return Math.min(Math.max(number, -largest), largest);
}

/** Further out nothing is drawn: sums and spans of such numbers are no numbers. */
const largest = 1e300;

/** The `labelExpr` of an axis whose values are in this unit: `85%`, `$5`, `0.5`, `12,000`, `3e−4`; other units stand in the title. */
export function numberLabel(unit = "", log = false): string {
  const plain = log ? "format(datum.value, ',~r')" : "datum.label";
  const small = "datum.value != 0 && abs(datum.value) < 1e-3";
  const scientific = "replace(replace(format(datum.value, '.3~e'), 'e+', 'e'), '-', '−')";
  const number = `(${small} || abs(datum.value) >= 1e6 ? ${scientific} : abs(datum.value) < 1e4 ? replace(${plain}, ',', '') : ${plain})`;
  const short = log ? number : `datum.value == 0 && length(datum.label) > 5 ? '0' : ${number}`;
  const whole = attached.has(unit) ? `(${short}) + ${literal(unit)}` : currencies.has(unit) ? `${literal(unit)} + (${short})` : short;
  // A logarithmic axis leaves the labels in between empty.
  return log ? `datum.label == '' ? '' : ${whole}` : whole;
}

/** The same of a number that stands in a text of the chart. */
export function withShortUnit(number: string, unit = ""): string {
  return attached.has(unit) ? number + unit : currencies.has(unit) ? unit + number : number;
}

/** A value as an expression. */
export function literal(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029\u007f-\u009f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** `val accuracy in %, higher is better`, `loss, lower is better (guessed), log scale`; the label is cut to what has room in `width` px. */
export function axisTitle(
  metric: Pick<MetricView, "label" | "unit" | "direction" | "guessed">,
  log: boolean = false,
  width: number = wideWidth,
): string {
  const { label, unit, direction, guessed } = metric;
  const better = direction === undefined ? "" : `, ${direction === "max" ? "higher" : "lower"} is better${guessed ? " (guessed)" : ""}`;
  const rest = `${unit ? ` in ${shorten(unit, 20)}` : ""}${better}${log ? ", log scale" : ""}`;
  return shorten(label, Math.max(Math.floor(width / textWidth("0")) - rest.length, 12)) + rest;
}

/** At most about so wide in the 12 px of charts, also in a wide font. */
export function textWidth(text: string, isBold = false): number {
  return text.length * (isBold ? 7.8 : 7);
}

/** Room for the labels of a y axis, px. */
export function labelRoom({ low, high, log }: Range, unit = ""): number {
  const step = 10 ** Math.floor(Math.log10((high - low) / 5));
  const decimals = log || !(step < 1) ? 0 : Math.min(-Math.floor(Math.log10(step)), 6);
  const longest = [low, high].reduce((most, value) => Math.max(most, scientific(value) ? 7 : fixed(value, decimals).length), 0);
  return Math.ceil(textWidth("0".repeat(longest + (attached.has(unit) || currencies.has(unit) ? unit.length : 0)))) + 17;
}

const scientific = (value: number): boolean => value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6);

export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A logarithmic axis: all positive, and the largest at least `least` times the smallest (20 for times and parameters). */
export function isLog(values: readonly number[], least = 100): boolean {
  const { low, high } = extent(values);
  return low > 0 && high / low >= least;
}

/** A curve of fewer points is shown whole: each of them can be seen, however far it lies from the others. */
export const fewPoints = 20;

export function extent(values: readonly number[]): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** What an axis of values shows. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

export interface RangeOptions {
  /** Noise of one value, in the unit of the values. */
  readonly sd?: number | undefined;
  readonly log?: boolean | undefined;
  /** 100 for percentages, which are not shown beyond it when none lies there. */
  readonly most?: number | undefined;
}

/**
 * The values that must be seen, widened by a quarter of their span or four standard deviations of noise; what lies further out is shown at
 * the edge. Never an empty span; not below zero where nothing is.
 */
export function valueRange(core: readonly number[], { sd = 0, log = isLog(core), most }: RangeOptions = {}): Range {
  const { low, high } = extent(core);
  if (!(low <= high)) return { low: 0, high: 1, log: false };
  if (log && low > 0) {
    const factor = high > low ? (high / low) ** 0.25 : 2;
    return { low: low / factor, high: high * factor, log: true };
  }
  const span = high - low;
  const pad = Math.max(span / 4, 4 * sd, span === 0 ? Math.max(Math.abs(high) / 100, high === 0 ? 1 : 0) : 0);
  return {
    low: low >= 0 ? Math.max(low - pad, 0) : low - pad,
    high: most !== undefined && high <= most ? Math.min(high + pad, most + (high === most ? pad / 4 : 0)) : high + pad,
    log: false,
  };
}

/** Where a value stands, px from the top of a plot of this height; beyond the range at its edge, or where it would be (no number on a log scale). */
export function placeOf(value: number, { low, high, log }: Range, height: number, isHeld: boolean = true): number {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return height * (1 - (isHeld ? Math.min(Math.max(share, 0), 1) : share));
}

/** The `scale` of an encoding that shows this range. */
export function rangeScale({ low, high, log }: Range): Spec {
  return { type: log ? "log" : "linear", domain: [low, high], nice: false, zero: false, clamp: true };
}

/** Texts at these places, pushed apart so that none stands on another, and kept within 0 and `height`. */
export function apart(places: readonly number[], height: number, gap = 14): readonly number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place || a.index - b.index);
  const out: number[] = [...places];
  let above = Number.NEGATIVE_INFINITY;
  for (const { place, index } of order) {
    above = Math.max(place, above + gap);
    out[index] = above;
  }
  let below = height + gap;
  for (const { index } of order.toReversed()) {
    below = Math.min(out[index] ?? 0, below - gap);
    out[index] = below;
  }
  return out;
}

/** Of sorted values, between neighbours in proportion. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}

/** The marks of the decisions. One set everywhere. */
export const marks: Readonly<Record<"kept" | "discarded" | "undecided" | "failed", Spec>> = {
  discarded: { type: "point", shape: "circle", size: 42, filled: true, fill: "var(--bg)", stroke: "var(--discard)", strokeWidth: 1.25 },
  undecided: { type: "point", shape: "diamond", size: 64, filled: true, fill: "var(--bg)", stroke: "var(--undecided)", strokeWidth: 1.5 },
  kept: { type: "point", shape: "circle", size: 72, filled: true, fill: "var(--keep)", stroke: "var(--bg)", strokeWidth: 1 },
  failed: { type: "point", shape: "M-1,-1L1,1M-1,1L1,-1", size: 36, filled: false, stroke: "var(--bad)", strokeWidth: 1.5 },
};

/** Between the id of a run and the rest of its tip: when drawn, the id becomes `data-run`. */
export const runMark = "\u001f";

/** `EXP042 Double the batch · 87.2% · kept`: one line per part. */
export function runTip(id: string, title: string, ...parts: readonly (string | undefined)[]): string {
  return [
    `${visible(id)}${runMark}${visible(shorten(title, 48))}`,
    ...parts.filter((part) => part !== undefined && part !== "").map(visible),
  ].join(" · ");
}

/** Without signs that no drawing may hold or that turn the direction of a text. */
function visible(text: string = ""): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
}

/** `full` is all of it; `short` has no changes, base and interval; `plain` only the value. Many tips are most of a drawing's bytes. */
export type TipLength = "full" | "short" | "plain";

/** `EXP042 Double the batch · batch_size 32 → 64 · 87.2% ± 0.3, n = 3, +1.7 pp on EXP041 [0.9, 2.5] · kept` */
export function groupTip(group: Group, metric: MetricView, study: StudyAnalysis, length: TipLength = "full"): string {
  const { first, readings } = group;
  const { word } = glyphOf(group);
  const reading = readings.get(metric.name);
  const value =
    reading?.mean === undefined ? undefined : formatQuantity(reading.mean, metric.unit, { decimals: metric.decimals, screen: true });
  const result = value ?? ((reading?.diverged ?? 0) > 0 ? "diverged" : undefined);
  const run = length === "plain" ? undefined : study.runs.get(first.run.id);
  const delta = deltaView(run?.deltas.get(metric.name), metric);
  if (length !== "full") return runTip(first.run.id, first.run.title, [result, delta?.text].filter(Boolean).join(", "), word);
  const gain = delta === undefined ? undefined : `${delta.text} on ${run?.base?.run.id ?? "its base"} ${delta.interval ?? ""}`.trim();
  const whole = [valueText(reading, metric) ?? result, gain].filter(Boolean).join(", ");
  return runTip(
    first.run.id,
    first.run.title,
    chips(run, 2)
      .map(({ text }) => text)
      .join(", "),
    whole,
    word,
  );
}

/** The glyphs that a chart shows, in their fixed order. */
export function legendOf(words: Iterable<Glyph["word"]>): readonly Glyph[] {
  const shown = new Set(words);
  return legend.filter(({ word }) => shown.has(word));
}

const legend: readonly Glyph[] = [
  { mark: "●", word: "kept" },
  { mark: "○", word: "discarded" },
  { mark: "◇", word: "undecided" },
  { mark: "×", word: "failed" },
];
