// The columns of a list or a view, and what one run shows in them: the text as its author wrote it, and the number behind it.

import { JournalError, type Problem } from "../base/problem.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { formatReading } from "../record/format.ts";
import type { Json } from "../record/tree.ts";
import { decisionText, type Field, instantOf } from "./fields.ts";
import { emptyColumn } from "./messages.ts";
import { quantityUnder } from "./operand.ts";
import { invalidity, measured } from "./validity.ts";
import { lookUp, nameProblem, type Subject, type Vocabulary } from "./vocabulary.ts";

export interface Column {
  readonly name: string;
  /** Place in the text it was read from. */
  readonly start?: number;
  readonly end?: number;
}

export interface CellText {
  /** "" when not recorded. */
  readonly text: string;
  /** In the canonical unit; milliseconds for dates. */
  readonly number?: number;
  /** Declared invalid or diverged: shown, but sorted as if it were not there. */
  readonly absent?: boolean;
}

interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Names between commas; quotes protect a comma in a name. */
export function parseNames(text: string): readonly Named[] {
  if (text.trim() === "") return [];
  const parts: Named[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    if (text.charAt(at) === '"') quoted = !quoted;
    if (at < text.length && (quoted || text.charAt(at) !== ",")) continue;
    const part = text.slice(start, at);
    const name = part.trim().replaceAll('"', "");
    if (name === "" || name === "-") throw new JournalError(emptyColumn({ text, start, end: at }));
    const first = start + part.length - part.trimStart().length;
    parts.push({ name, start: first, end: first + part.trim().length });
    start = at + 1;
  }
  return parts;
}

/** `title, changes, val_accuracy` or a list of names. */
export function parseColumns(spec: string | readonly string[]): readonly Column[] {
  return typeof spec === "string" ? parseNames(spec) : spec.map((name) => ({ name }));
}

/** One problem for each column that no run could fill; the other columns stay good. */
export function columnProblems(columns: readonly Column[], known: Vocabulary): readonly Problem[] {
  return columns.flatMap(({ name }) => {
    const found = lookUp(name, known);
    return found === undefined || found === "ambiguous"
      ? [nameProblem(found, name, { text: name, start: 0, end: name.length }, known)]
      : [];
  });
}

/** Empty for a name nobody knows. */
export function cell(file: RunFile, column: Column, known: Vocabulary): CellText {
  const subject = lookUp(column.name, known);
  return subject === undefined || subject === "ambiguous" ? { text: "" } : cellOf(file, subject, known);
}

/** `show` prints a metric; without it a single value is shown as its author wrote it. */
export function cellOf(file: RunFile, subject: Subject, known: Vocabulary, show: (reading: Reading) => string = asWritten): CellText {
  if (subject.kind === "field") return fieldCell(file, subject.field, known);
  if (subject.kind === "config") return configCell(file, subject.name);
  const reading = measured(file.run.metrics, subject.metric.names);
  const invalid = invalidity(file.run, subject.metric.names, known.studies.get(file.study)) !== undefined;
  if (reading === undefined) return { text: "" };
  const cell = readingCell(reading, show(reading));
  return invalid ? { ...cell, text: invalidText(cell.text), absent: true } : cell;
}

/** Shown, and not to be mistaken for a value that counts. */
export const invalidText = (text: string): string => `${text} (invalid)`;

const asWritten = (reading: Reading): string => (reading.n > 1 || reading.values.length > 1 ? formatReading(reading) : reading.text);

function readingCell(reading: Reading, text: string): CellText {
  return reading.mean === undefined ? { text, absent: true } : { text, number: reading.mean };
}

function configCell({ run }: RunFile, name: string): CellText {
  if (!Object.hasOwn(run.config, name)) return { text: "" };
  const value: Json = run.config[name] ?? null;
  const text = Object.hasOwn(run.configText, name) ? (run.configText[name] ?? "") : typeof value === "string" ? value : listed(value);
  const number = typeof value === "number" ? value : typeof value === "string" ? quantityUnder(value, name) : undefined;
  return number === undefined || !Number.isFinite(number) ? { text } : { text, number };
}

const listed = (value: Json): string =>
  Array.isArray(value) ? `[${value.map(listed).join(", ")}]` : typeof value === "string" ? value : JSON.stringify(value);

function fieldCell(file: RunFile, field: Field, known: Vocabulary): CellText {
  const values = field.read(file, known.differences);
  const text = field.kind === "decision" ? (decisionText(file.run) ?? "") : values.join(field.kind === "prose" ? "; " : ", ");
  const [only] = values;
  if (only === undefined) return { text };
  const number = field.kind === "date" ? instantOf(only) : field.kind === "number" || field.kind === "duration" ? Number(only) : undefined;
  return number === undefined || !Number.isFinite(number) ? { text } : { text, number };
}
