// Names → columns, and what stands in a column for every row: once as numbers or words for sorting, bins and groups.

import { type CellText, cellOf, parseColumns } from "../../../src/query/columns.ts";
import { compareCells } from "../../../src/query/sort.ts";
import { lookUp, type Subject } from "../../../src/query/vocabulary.ts";
import type { RunFile } from "../../../src/record/experiment.ts";
import { dayText } from "../../../src/report/day.ts";
import {
  changesColumn,
  deltaColumn,
  metricColumn,
  noteColumn,
  parameterColumn,
  timeColumn,
  usualColumns,
} from "../../../src/report/log-columns.ts";
import type { LogEntry } from "../../../src/report/log-data.ts";
import { asWritten, type LogColumn, noteOf } from "../../../src/report/log-row.ts";
import { isExtra } from "../../pages/parts/log-row.tsx";
import type { Keys, LogTable } from "./table.ts";

export interface Columns {
  readonly columns: readonly LogColumn[];
  /** Names that no run can fill. */
  readonly unknown: readonly string[];
}

/** The run itself always stands in front. */
const inFront: ReadonlySet<string> = new Set(["id", "title", "run"]);

/** Names between commas; the usual columns where there is none, of metrics and parameters as many as there is room for. */
export function readColumns(table: LogTable, text: string, slots: number): Columns {
  const names = namesIn(text).filter((name) => !inFront.has(name));
  if (names.length === 0) return { columns: fitting(usualColumns(table.setting), slots), unknown: [] };
  const columns: LogColumn[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const column = columnNamed(table, name);
    if (column === undefined) unknown.push(name);
    else columns.push(column);
  }
  return { columns, unknown };
}

function fitting(columns: readonly LogColumn[], slots: number): readonly LogColumn[] {
  let left = slots;
  return columns.filter((column) => !isExtra(column) || left-- > 0);
}

function namesIn(text: string): readonly string[] {
  try {
    return parseColumns(text).map(({ name }) => name);
  } catch {
    return text.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  }
}

/** Names as the state of the log has them. */
export function nameList(names: readonly string[]): string {
  return names.map((name) => (/[",]/.test(name) ? `"${name}"` : name)).join(",");
}

export function columnNamed({ known, setting, head }: LogTable, name: string): LogColumn | undefined {
  const primary = head.metrics.find((metric) => metric.name === head.primary);
  if (name === "changes" || name === "note") return name === "note" ? noteColumn : changesColumn;
  if (name === "vs_base") return primary === undefined ? undefined : deltaColumn(primary, setting);
  const subject = lookUp(name, known);
  if (subject === undefined || subject === "ambiguous") return undefined;
  if (subject.kind === "config") return { ...parameterColumn(subject.name, setting), name };
  if (subject.kind === "field") return name === "run.seconds" ? timeColumn(name, setting) : fieldColumn(subject, name);
  const view = head.metrics.find((metric) => metric.name === subject.metric.name);
  if (view === undefined) return undefined;
  return { ...(view.name === head.time ? timeColumn(view.name, setting) : metricColumn(view, setting)), name };
}

function fieldColumn({ field }: Subject & { readonly kind: "field" }, name: string): LogColumn {
  const number = field.kind === "number" || field.kind === "duration";
  const read = (file: RunFile): string => {
    const text = field.read(file).join(field.kind === "prose" ? "; " : ", ");
    return field.kind === "date" ? (dayText(text) ?? "") : text;
  };
  const wide = field.kind === "prose" || ["hypothesis", "reason", "run.command"].includes(name);
  return {
    name,
    label: name,
    align: number ? "right" : "left",
    width: wide ? "note" : "text",
    content: { kind: "field", read },
  };
}

/** What a column holds, by row. */
export interface Values {
  /** NaN where there is none that counts. */
  readonly numbers: Float64Array;
  /** As shown; undefined where there is none. */
  readonly texts: readonly (string | undefined)[];
  /** Every value is a number. */
  readonly numeric: boolean;
}

const kept = new WeakMap<LogTable, Map<string, Values>>();

export function valuesOf(table: LogTable, column: LogColumn): Values {
  const own = kept.get(table) ?? new Map<string, Values>();
  kept.set(table, own);
  const known = own.get(column.name);
  if (known !== undefined) return known;
  const cells = table.entries.map((entry) => cellIn(entry, column, table));
  const made: Values = {
    numbers: Float64Array.from(cells, ({ number, absent }) => (number === undefined || absent === true ? Number.NaN : number)),
    texts: cells.map(({ text }) => (text === "" ? undefined : text)),
    numeric: cells.some(({ number }) => number !== undefined) && cells.every(({ text, number }) => text === "" || number !== undefined),
  };
  own.set(column.name, made);
  return made;
}

const nothing: CellText = { text: "" };

function cellIn(entry: LogEntry, { content, name }: LogColumn, { known }: LogTable): CellText {
  const { group } = entry;
  if (content.kind === "metric") {
    const mean = group.readings.get(content.metric.name)?.mean;
    return mean === undefined ? nothing : { text: String(mean), number: mean };
  }
  if (content.kind === "delta") {
    const absolute = entry.run?.deltas.get(content.metric.name)?.absolute;
    const gain = absolute === undefined ? undefined : absolute * (content.metric.direction === "min" ? -1 : 1);
    return gain === undefined ? nothing : { text: String(gain), number: gain };
  }
  if (content.kind === "note") return { text: noteOf(group, asWritten) ?? "" };
  if (name === "decision" || name === "status") return { text: name === "status" ? group.status : (group.decision ?? "") };
  const subject = content.kind === "parameter" ? ({ kind: "config", name: content.parameter } as const) : lookUp(name, known);
  return subject === undefined || subject === "ambiguous" ? nothing : cellOf(group.first, subject, known);
}

const orders = new WeakMap<LogTable, Map<string, Int32Array>>();

/** All rows in the order of the keys; among equals, and without keys, the newest first. */
export function orderOf(table: LogTable, { keys }: Keys): { readonly order: Int32Array; readonly unknown: readonly string[] } {
  const columns = keys.map(({ column, descending }) => ({ name: column.name, column: sortColumn(table, column.name), descending }));
  const unknown = columns.flatMap(({ name, column }) => (column === undefined ? [name] : []));
  const usable = columns.flatMap(({ column, descending }) => (column === undefined ? [] : [{ column, descending }]));
  const key = usable.map(({ column, descending }) => `${descending ? "-" : "+"}${column.name}`).join("\n");
  const own = orders.get(table) ?? new Map<string, Int32Array>();
  orders.set(table, own);
  const order = own.get(key) ?? sorted(table, usable);
  own.set(key, order);
  return { order, unknown };
}

/** The run's own words can be sorted by too. */
function sortColumn(table: LogTable, name: string): LogColumn | undefined {
  return columnNamed(table, name === "run" ? "id" : name);
}

function sorted(table: LogTable, keys: readonly { readonly column: LogColumn; readonly descending: boolean }[]): Int32Array {
  const newest = Int32Array.from(table.entries, (_, at) => table.entries.length - 1 - at);
  if (keys.length === 0) return newest;
  const columns = keys.map(({ column, descending }) => ({ values: valuesOf(table, column), descending }));
  return newest.sort((left, right) => {
    for (const { values, descending } of columns) {
      const sign = compareCells(cellAt(values, left), cellAt(values, right), descending);
      if (sign !== 0) return sign;
    }
    return right - left;
  });
}

function cellAt({ numbers, texts }: Values, row: number): CellText {
  const number = numbers[row] ?? Number.NaN;
  const text = texts[row] ?? "";
  return Number.isNaN(number) ? { text } : { text, number };
}
