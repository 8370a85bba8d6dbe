// Numbers and names as the site shows them: typographic, with n, never more than the data say.

import type { AnalysedRun, Delta, MetricView } from "../analysis/study.ts";
import { pageName } from "../base/address.ts";
import type { Draft } from "../base/draft.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { formatBeside, formatDelta, formatReading } from "../record/format.ts";
import { unitScale } from "../record/quantity.ts";
import type { Bar, Chip, DeltaView, RunRef } from "./page.ts";
import { changeText, differences, glyphOf } from "./words.ts";

export function runRef({ run, path }: RunFile): RunRef {
  const title = run.title === "" ? path.slice(path.lastIndexOf("/") + 1) : run.title;
  const ref = { id: run.id, title, glyph: glyphOf(run) };
  return run.hidden ? ref : { ...ref, address: runAddress(run.id) };
}

export function runAddress(id: string): string {
  return `runs/${pageName(id)}.html`;
}

/** `87.2% ± 0.3, n = 3` */
export function valueText(reading: Reading | undefined, metric: MetricView): string | undefined {
  if (reading === undefined) return undefined;
  return formatReading(reading, { decimals: metric.decimals, screen: true }, metric.unit);
}

const longestChip = 40;

/** At most `most`, the rest counted. */
export function chips(run: AnalysedRun | undefined, most = 3): readonly Chip[] {
  if (run === undefined) return [];
  const all = [...differences(run).map(changeText), ...codeChip(run)];
  const shown = all
    .slice(0, most)
    .map((text) => (text.length > longestChip ? { text: `${text.slice(0, longestChip - 1)}…`, title: text } : { text }));
  const rest = all.slice(most);
  return rest.length === 0 ? shown : [...shown, { text: `+${rest.length}`, title: rest.join(", ") }];
}

function codeChip({ code, file }: AnalysedRun): readonly string[] {
  if (code === "program") return ["program"];
  if (code !== "changed") return [];
  const { files, added, removed } = file.run.code ?? {};
  if (files === undefined) return ["code"];
  const lines = added === undefined || removed === undefined ? "" : ` +${added} −${removed}`;
  return [`code ${files} ${files === 1 ? "file" : "files"}${lines}`];
}

const words: Readonly<Record<DeltaView["word"], string>> = {
  better: "better",
  worse: "worse",
  same: "same",
  unclear: "unclear",
  unjudged: "not judged",
};

export function deltaView(delta: Delta | undefined, metric: MetricView): DeltaView | undefined {
  if (delta?.before.mean === undefined || delta.after.mean === undefined) return undefined;
  const { evidence, before, after, relative: share } = delta;
  const { word, low, high, method, more } = evidence;
  const { absolute, relative } = formatDelta(delta.before.mean, delta.after.mean, metric.unit, { decimals: metric.decimals, screen: true });
  const sides = `${before.n} v ${after.n}`;
  const sign = metric.direction === "min" ? -1 : 1;
  const needs = word === "unjudged" ? ` (${sides})` : more === undefined ? "" : ` (needs ${more} more)`;
  const view: Draft<DeltaView> = { text: absolute, n: `n = ${sides}`, word, evidence: words[word] + needs, gain: delta.absolute * sign };
  if (relative !== undefined) view.relative = relative;
  if (low !== undefined && high !== undefined) {
    view.interval = intervalText(low, high, metric);
    view.gainLow = Math.min(low * sign, high * sign);
    view.gainHigh = Math.max(low * sign, high * sign);
  }
  if (share !== undefined) view.share = share * sign;
  if (method !== undefined) view.method = `${method}${evidence.p === undefined ? "" : `, ${chanceText(evidence.p)}`}, n = ${sides}`;
  return view;
}

const chanceText = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`);

/** `[86.9, 87.5]`, in the unit shown. */
export function intervalText(low: number, high: number, metric: MetricView): string {
  const bounds = [inUnit(low, metric), inUnit(high, metric)];
  const texts = bounds.map((bound) => formatBeside(bound, bounds, metric.decimals));
  return `[${texts.join(", ").replaceAll("-", "−")}]`;
}

/** Without the dust of binary fractions. */
function inUnit(value: number, { unit }: MetricView): number {
  const scale = unit === undefined ? undefined : unitScale(unit);
  return Number((scale === undefined ? value : (value * scale.over) / scale.times).toPrecision(12));
}

/** Where the bar of a relative gain ends, given the half-width of its table. */
export function barOf(delta: DeltaView | undefined, half: number): Bar | undefined {
  if (delta?.share === undefined || half <= 0) return undefined;
  const per = delta.gain === 0 ? 0 : delta.share / delta.gain;
  return {
    word: delta.word,
    at: delta.share / half,
    ...(delta.gainLow === undefined || delta.gainHigh === undefined
      ? {}
      : { low: (delta.gainLow * per) / half, high: (delta.gainHigh * per) / half }),
  };
}

const halves = [0.05, 0.2, 0.5, 1];

/**
 * The half-width of a table's bars: the smallest of 5, 20, 50 and 100% that covers its judged rows; where none is judged, three
 * quarters of all, for one that went wrong must not flatten the others.
 */
export function halfWidth(deltas: readonly (DeltaView | undefined)[]): number {
  const known = deltas.filter((delta) => delta?.share !== undefined);
  const judged = known.filter((delta) => delta?.word !== "unjudged");
  const shares = (judged.length > 0 ? judged : known).map((delta) => Math.abs(delta?.share ?? 0)).sort((left, right) => left - right);
  const largest = shares[Math.ceil(shares.length * (judged.length > 0 ? 1 : 0.75)) - 1] ?? 0;
  return halves.find((half) => largest <= half) ?? 1;
}
