// One row of the log: what stands in each column for one configuration. The page and the script that replaces it draw the same rows.

import type { Group, MetricView } from "../analysis/study.ts";
import { invalidity, measured } from "../query/validity.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { decimalsOf, formatQuantity } from "../record/format.ts";
import type { StudySettings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import type { LogEntry } from "./log-data.ts";
import type { Bar, Chip, DeltaView, RunRef } from "./page.ts";
import { briefEvidence } from "./runs-data-cell.ts";
import { barOf, chips, deltaView, runRef, valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

export interface LogColumn {
  /** As in the address of a view: `changes`, `val_loss`, `vs_base`, `note`. */
  readonly name: string;
  readonly label: string;
  /** All there is to say about the column. */
  readonly title?: string;
  readonly align: "left" | "right";
  readonly width: ColumnWidth;
  readonly content: LogContent;
}

export type ColumnWidth = "changes" | "primary" | "delta" | "metric" | "parameter" | "wide" | "time" | "note" | "text";

export type LogContent =
  | { readonly kind: "changes" }
  | { readonly kind: "metric"; readonly metric: MetricView; readonly primary: boolean }
  /** Seconds of the whole run, in the unit of the column. */
  | { readonly kind: "seconds"; readonly unit: string; readonly decimals: number }
  | { readonly kind: "delta"; readonly metric: MetricView; readonly half: number }
  | { readonly kind: "parameter"; readonly parameter: string }
  | { readonly kind: "note" }
  /** Any other word of the filter grammar. */
  | { readonly kind: "field"; readonly read: (file: RunFile) => string };

type MetricContent = LogContent & { readonly kind: "metric" };

export type LogCell =
  | { readonly kind: "chips"; readonly chips: readonly Chip[] }
  | { readonly kind: "delta"; readonly delta: DeltaView | undefined; readonly bar: Bar | undefined }
  | {
      readonly kind: "value";
      readonly text: string;
      readonly n?: number;
      readonly title?: string;
      readonly state?: "invalid" | "failed" | "open";
    }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" };

export interface LogRow {
  readonly run: RunRef;
  readonly cells: readonly LogCell[];
  /** How many runs or values stand behind the pooled ones, where there are several. */
  readonly parts: number;
}

export interface LogPart {
  readonly run?: RunRef;
  /** `seed 1`, `repeat 2`; the date of a run. */
  readonly label: string;
  readonly cells: readonly LogCell[];
}

/** How texts of the journal reach a page. */
export interface Show {
  readonly prose: (text: string) => string;
  readonly value: (text: string) => string;
}

export const asWritten: Show = { prose: (text) => text, value: (text) => text };

export interface RowSetting {
  readonly columns: readonly LogColumn[];
  readonly settings: StudySettings;
  readonly show: Show;
}

const absent: LogCell = { kind: "absent" };

export function logRow(entry: LogEntry, setting: RowSetting): LogRow {
  const { group } = entry;
  const { columns, show } = setting;
  const run = runRef(group.first);
  return {
    run: { ...run, title: show.prose(run.title), glyph: glyphOf(group) },
    cells: columns.map(({ content }) => cellOf(entry, content, setting)),
    parts: partCount(group, columns),
  };
}

/** One for each file of a configuration; of a single one with several values one for each of those. */
export function logParts({ group }: LogEntry, setting: RowSetting): readonly LogPart[] {
  const { files, first } = group;
  const { columns } = setting;
  if (files.length > 1) return files.map((file) => filePart(file, group, setting));
  return Array.from({ length: partCount(group, columns) }, (_, slot) => ({
    label: slotLabel(first, slot),
    cells: columns.map(({ content }) =>
      content.kind === "metric" ? slotCell(group.readings.get(content.metric.name), slot, content.metric) : absent,
    ),
  }));
}

function partCount({ files, readings }: Group, columns: readonly LogColumn[]): number {
  if (files.length > 1) return files.length;
  const slots = columns.map(({ content }) => (content.kind === "metric" ? (readings.get(content.metric.name)?.values.length ?? 0) : 0));
  const most = Math.max(0, ...slots);
  return most > 1 ? most : 0;
}

function cellOf(entry: LogEntry, content: LogContent, { settings, show }: RowSetting): LogCell {
  const { group, run } = entry;
  if (content.kind === "changes") return { kind: "chips", chips: chips(run).map((chip) => shownChip(chip, show)) };
  if (content.kind === "metric") return metricCell(group, content, { settings, show });
  if (content.kind === "delta") {
    const found = run?.deltas.get(content.metric.name);
    const delta = deltaView(found === undefined ? undefined : { ...found, evidence: briefEvidence(found.evidence) }, content.metric);
    return delta === undefined ? absent : { kind: "delta", delta, bar: barOf(delta, content.half) };
  }
  if (content.kind === "note") return textCell(noteOf(group, show));
  return factCell(group.first, content, show);
}

const shownChip = ({ text, title }: Chip, show: Show): Chip => ({
  text: show.value(text),
  ...(title === undefined ? {} : { title: show.value(title) }),
});

function factCell(file: RunFile, content: LogContent, show: Show): LogCell {
  if (content.kind === "parameter") return textCell(show.value(parameterText(file, content.parameter) ?? ""));
  if (content.kind === "field") return textCell(content.read(file));
  if (content.kind !== "seconds") return absent;
  const seconds = file.run.run?.seconds;
  return seconds === undefined
    ? absent
    : { kind: "value", text: formatQuantity(seconds, content.unit, { decimals: content.decimals, screen: true }) };
}

const textCell = (text: string | undefined): LogCell => (text === undefined || text === "" ? absent : { kind: "text", text });

/** As its author wrote it. */
export function parameterText({ run }: RunFile, name: string): string | undefined {
  if (!Object.hasOwn(run.config, name)) return undefined;
  const written = Object.hasOwn(run.configText, name) ? run.configText[name] : undefined;
  return written ?? showValue(run.config[name]);
}

function metricCell(group: Group, { metric, primary }: MetricContent, { settings, show }: Pick<RowSetting, "settings" | "show">): LogCell {
  const reading = group.readings.get(metric.name);
  if (group.status === "failed" || group.status === "lost") {
    const title = reading === undefined ? undefined : valueText(reading, metric);
    return primary ? { kind: "value", text: group.status, state: "failed", ...(title === undefined ? {} : { title }) } : absent;
  }
  if (reading !== undefined) return readingCell(reading, metric);
  const found = invalidReading(group, metric, settings);
  if (found !== undefined)
    return {
      kind: "value",
      text: alignedText(found.reading, metric),
      state: "invalid",
      title: `invalid${found.why === "" ? "" : `: ${show.prose(found.why)}`}`,
    };
  const slipped = group.files.length === 1 ? measured(group.first.run.metrics, [metric.name]) : undefined;
  if (slipped?.mean !== undefined)
    return { kind: "value", text: alignedText(slipped, metric), state: "invalid", title: "a sign or a unit is missing" };
  return primary && group.status === "running" ? { kind: "value", text: "running", state: "open" } : absent;
}

function readingCell(reading: Reading, metric: MetricView): LogCell {
  if (reading.mean === undefined) return { kind: "value", text: valueText(reading, metric) ?? "", state: "failed" };
  const title = valueText(reading, metric);
  return {
    kind: "value",
    text: alignedText(reading, metric),
    ...(reading.n > 1 ? { n: reading.n } : {}),
    ...(title === undefined || reading.n < 2 ? {} : { title }),
  };
}

const figureSpace = "\u2007";
const pointSpace = "\u2008";

/** No more digits than the author wrote, and blanks of their width, so that the points of a column stand below each other. */
export function alignedText(reading: Reading, metric: MetricView): string {
  const { mean, n } = reading;
  if (mean === undefined) return "";
  return padded(mean, metric, n < 2 && reading.unit === metric.unit ? decimalsOf(reading.text) : metric.decimals);
}

function padded(value: number, metric: MetricView, written: number): string {
  const own = Math.min(written, metric.decimals);
  const text = formatQuantity(value, metric.unit, { decimals: own, screen: true });
  const missing = metric.decimals - own;
  if (missing <= 0 || /[^\d.,−]/.test(text.replace(metric.unit ?? "", "").trim())) return text;
  return text + (own === 0 ? pointSpace : "") + figureSpace.repeat(missing);
}

function invalidReading(
  group: Group,
  metric: MetricView,
  settings: StudySettings,
): { readonly reading: Reading; readonly why: string } | undefined {
  const aliases = Object.hasOwn(settings.metrics, metric.name) ? (settings.metrics[metric.name]?.from ?? []) : [];
  const names = [metric.name, ...aliases];
  for (const { run } of group.files) {
    const reading = measured(run.metrics, names);
    const why = reading === undefined ? undefined : invalidity(run, names, settings);
    if (reading !== undefined && why !== undefined) return { reading, why };
  }
  return undefined;
}

const longestNote = 160;

/** Why it was decided, else what was seen first; its beginning. */
export function noteOf({ files }: Pick<Group, "files">, show: Show): string | undefined {
  const written = files.findLast(({ run }) => run.reason !== undefined)?.run.reason ?? seenFirst(files);
  const note = written === undefined ? undefined : show.prose(written);
  return note === undefined || note.length <= longestNote ? note : `${note.slice(0, longestNote - 1).trimEnd()}…`;
}

function seenFirst(files: readonly RunFile[]): string | undefined {
  for (const { body } of files) {
    const text = body.worked[0] ?? body.failed[0] ?? body.unexpected[0];
    if (text !== undefined) return text;
  }
  return undefined;
}

function slotLabel({ run }: RunFile, slot: number): string {
  const seed = run.repeats[slot]?.seed;
  return seed === undefined ? `repeat ${slot + 1}` : `seed ${seed}`;
}

function filePart(file: RunFile, { era }: Group, { columns, settings, show }: RowSetting): LogPart {
  const { run } = file;
  const own: Group = {
    ...alone,
    key: run.id,
    files: [file],
    first: file,
    era,
    status: run.status,
    readings: ownReadings(file, columns, settings),
  };
  const cells = columns.map(({ content }): LogCell => {
    if (content.kind === "metric") return metricCell(own, content, { settings, show });
    if (content.kind === "note") return textCell(noteOf(own, show));
    return content.kind === "seconds" || content.kind === "field" ? factCell(file, content, show) : absent;
  });
  return { run: runRef(file), label: (run.date ?? "").slice(0, 10), cells };
}

const alone: Pick<Group, "identical" | "copies" | "members"> = { identical: false, copies: 0, members: [] };

function ownReadings({ run }: RunFile, columns: readonly LogColumn[], settings: StudySettings): ReadonlyMap<string, Reading> {
  const out = new Map<string, Reading>();
  for (const { content } of columns) {
    if (content.kind !== "metric") continue;
    const { name } = content.metric;
    const names = [name, ...(Object.hasOwn(settings.metrics, name) ? (settings.metrics[name]?.from ?? []) : [])];
    const reading = measured(run.metrics, names);
    if (reading !== undefined && invalidity(run, names, settings) === undefined) out.set(name, reading);
  }
  return out;
}

function slotCell(reading: Reading | undefined, slot: number, metric: MetricView): LogCell {
  const value = reading?.values[slot];
  if (value === undefined || value === null) return absent;
  return { kind: "value", text: padded(value, metric, decimalsOf(formatQuantity(value, metric.unit))) };
}
