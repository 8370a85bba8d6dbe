// Runs × columns, ready to be printed in any format.

import { type Metrics, viewMetrics } from "../analysis/metrics.ts";
import { JournalError } from "../base/problem.ts";
import { renderTable, type Style, type TextTable } from "../base/terminal.ts";
import { type CellText, cellOf, columnProblems, parseColumns } from "../query/columns.ts";
import { changeText } from "../query/fields.ts";
import { lookUp, type Subject, type Vocabulary } from "../query/vocabulary.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { formatReading } from "../record/format.ts";
import { readingText } from "../report/words.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";

export interface GridColumn {
  readonly name: string;
  readonly label: string;
  /** Every value is a number or absent. */
  readonly number: boolean;
  /** Never cut. */
  readonly whole: boolean;
  /** The highest goes first where there is no room; `-Infinity` never does. */
  readonly leaves?: number;
}

export interface GridCell {
  /** For readers. */
  readonly text: string;
  /** For machines: in full, in the canonical unit where it is a number; absent where the run says nothing that counts. */
  readonly value?: number | string;
}

export interface Grid {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly (readonly GridCell[])[];
}

interface Wanted {
  /** The journal's runs, among which these are found. */
  readonly all: readonly RunFile[];
  readonly files: readonly RunFile[];
  readonly words: Vocabulary;
  /** Names between commas; what tells the runs apart where nothing is said. */
  readonly columns: string | undefined;
}

/** The metric that each run's own study is about. */
const result = "result";
type Content = Subject | typeof result | undefined;
type MetricsOf = (study: string) => Metrics;

export function makeGrid(journal: Journal, { all, files, words, columns: wanted }: Wanted): Grid {
  const metrics = studyMetrics(journal, all);
  const names = wanted === undefined ? usualColumns(files, metrics) : parseColumns(wanted).map(({ name }) => name);
  const unknown =
    wanted === undefined
      ? []
      : columnProblems(
          names.map((name) => ({ name })),
          words,
        );
  if (unknown.length > 0) throw new JournalError(unknown);
  const contents = names.map((name): Content => {
    if (wanted === undefined && name === result) return result;
    const found = lookUp(name, words);
    return found === "ambiguous" ? undefined : found;
  });
  const rows = files.map((file) => contents.map((content) => cellFor(file, content, words, metrics)));
  const primaries = new Set([...metrics.seen(files)].flatMap((study) => metrics.of(study).primary?.name ?? []));
  return {
    columns: names.map((name, index) => {
      const cells = rows.flatMap((row) => row[index] ?? []);
      const content = contents[index];
      const stays = name === "id" || content === result || (isMetric(content) && primaries.has(content.metric.name));
      const leaves = stays ? Number.NEGATIVE_INFINITY : wanted === undefined ? turnOf(name, cells) : undefined;
      const number = isMetric(content) || areNumbers(cells);
      return {
        name,
        label: name.replace(/^(?:metric|config)\./, ""),
        number,
        whole: number || stays || wholeColumns.has(name),
        ...(leaves === undefined ? {} : { leaves }),
      };
    }),
    rows,
  };
}

const isMetric = (content: Content): content is Subject & { readonly kind: "metric" } =>
  typeof content === "object" && content.kind === "metric";

function areNumbers(cells: readonly GridCell[]): boolean {
  const values = cells.flatMap(({ value }) => value ?? []);
  return values.length > 0 && values.every((value) => typeof value === "number");
}

const wholeColumns: ReadonlySet<string> = new Set(["date", "status", "decision"]);
const turns: readonly string[] = ["title", "study", "decision", "status", "changes"];

/** The day can be spared first, then a status that all runs share. */
function turnOf(name: string, cells: readonly GridCell[]): number {
  if (name === "date") return turns.length + 1;
  return name === "status" && cells.every(({ text }) => text === "finished") ? turns.length : turns.indexOf(name);
}

interface StudyMetrics {
  readonly of: MetricsOf;
  /** Names of the studies of some runs. */
  readonly seen: (files: readonly RunFile[]) => ReadonlySet<string>;
}

function studyMetrics({ studies, settings }: Journal, all: readonly RunFile[]): StudyMetrics {
  const known = new Map<string, Metrics>();
  const of = (name: string): Metrics => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const study = studies.get(name) ?? { ...settings.study, name, goals: [] };
    const made = viewMetrics(
      all.filter((file) => file.study === name && file.broken !== true),
      study,
    );
    known.set(name, made);
    return made;
  };
  return { of, seen: (files) => new Set(files.length === 0 ? [""] : files.map(({ study }) => study)) };
}

/** What tells runs apart; of several studies that are about different metrics each run shows its own. */
function usualColumns(files: readonly RunFile[], metrics: StudyMetrics): readonly string[] {
  const studies = metrics.seen(files);
  const primaries = new Set([...studies].flatMap((study) => metrics.of(study).primary?.name ?? []));
  const [primary] = primaries;
  return [
    "id",
    ...(studies.size > 1 ? ["study"] : []),
    ...["title", "date", "status", "decision", "changes"],
    ...(primary === undefined ? [] : [primaries.size > 1 ? result : `metric.${primary}`]),
  ];
}

function cellFor(file: RunFile, content: Content, words: Vocabulary, metrics: StudyMetrics): GridCell {
  if (content === undefined) return { text: "" };
  if (content === result) return resultCell(file, words, metrics);
  if (content.kind === "field") return fieldCell(file, content, words);
  const known = content.kind === "metric" ? content.metric.names.map((name) => metrics.of(file.study).byName.get(name)) : [];
  const view = known.find((one) => one !== undefined);
  const show = (reading: Reading): string => (view === undefined ? formatReading(reading) : (readingText(reading, view) ?? ""));
  return valued(cellOf(file, content, words, show));
}

function valued({ text, number, absent }: CellText): GridCell {
  // A value that does not count is there to be read, not to be computed with.
  return text === "" || (absent === true && number !== undefined) ? { text } : { text, value: number ?? text };
}

/** With its name: the runs around it may show another metric. */
function resultCell(file: RunFile, words: Vocabulary, metrics: StudyMetrics): GridCell {
  const primary = metrics.of(file.study).primary?.name;
  const subject = primary === undefined ? undefined : lookUp(`metric.${primary}`, words);
  if (subject === undefined || subject === "ambiguous") return { text: "" };
  const { text } = cellFor(file, subject, words, metrics);
  return text === "" ? { text } : { text: `${primary} ${text}`, value: `${primary} ${text}` };
}

const mostChanges = 3;

function fieldCell(file: RunFile, subject: Subject & { readonly kind: "field" }, words: Vocabulary): GridCell {
  const { name, kind } = subject.field;
  if (name === "changes" && words.differences !== undefined) {
    const { changes, unrecorded } = words.differences(file);
    const all = [...changes, ...unrecorded].map(changeText);
    const more = all.length > mostChanges ? [`+${all.length - mostChanges} more`] : [];
    return all.length === 0 ? { text: "" } : { text: [...all.slice(0, mostChanges), ...more].join(", "), value: all.join(", ") };
  }
  const { text, number } = cellOf(file, subject, words);
  if (text === "") return name === "study" ? { text: "." } : { text };
  if (kind === "date") return { text: dayOf(text), value: text };
  if (name === "status" && Object.hasOwn(file.run.invalid, "*")) return { text: `${text} (invalid)`, value: text };
  // A number behind a text is there to sort by only.
  return { text, value: kind === "number" || kind === "duration" ? (number ?? text) : text };
}

/** The time of day only takes room. */
const dayOf = (date: string): string => date.replace(/^(\d{4}-\d{2}-\d{2})[T ].*$/s, "$1");

const cellStyles: Readonly<Record<string, Style>> = { keep: "green", discard: "dim", failed: "red", lost: "red", running: "cyan" };
const leastWidths: Readonly<Record<string, number>> = { title: 12, changes: 16 };

export function printGrid({ columns, rows }: Grid, io: Io): TextTable {
  return renderTable(
    columns.map(({ name, label, number, whole, leaves }) => ({
      label,
      align: number ? "right" : "left",
      ...(whole ? { least: Number.POSITIVE_INFINITY } : leastWidths[name] === undefined ? {} : { least: leastWidths[name] }),
      ...(leaves === undefined ? {} : { leaves }),
      ...(name === "decision" || name === "status"
        ? { paint: (text: string) => (cellStyles[text] === undefined ? text : io.paint.out(cellStyles[text], text)) }
        : {}),
    })),
    rows.map((row) => row.map(({ text }) => text)),
    io.columns,
    io.paint.out,
  );
}
