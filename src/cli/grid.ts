// Runs × columns, ready to be printed in any format.

import { JournalError } from "../base/problem.ts";
import { renderTable, type Style, type TextTable } from "../base/terminal.ts";
import { cellOf, columnProblems, parseColumns } from "../query/columns.ts";
import { lookUp, type Vocabulary } from "../query/vocabulary.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import { findStudy } from "./study.ts";

export interface GridColumn {
  readonly name: string;
  readonly label: string;
  /** Every value is a number or absent. */
  readonly number: boolean;
}

export interface GridCell {
  readonly text: string;
  /** In the canonical unit where it is a number; absent where the run says nothing. */
  readonly value?: number | string;
}

export interface Grid {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly (readonly GridCell[])[];
}

export function makeGrid(
  journal: Journal,
  files: readonly RunFile[],
  wanted: string | undefined,
  study: string | undefined,
  words: Vocabulary,
): Grid {
  const columns = parseColumns(wanted ?? usualColumns(journal, files, study));
  const unknown = wanted === undefined ? [] : columnProblems(columns, words);
  if (unknown.length > 0) throw new JournalError(unknown);
  const subjects = columns.map(({ name }) => lookUp(name, words));
  const rows = files.map((file) => subjects.map((subject) => cellFor(file, subject, words)));
  return {
    columns: columns.map(({ name }, index) => {
      const values = rows.map((row) => row[index]?.value).filter((value) => value !== undefined);
      return {
        name,
        label: name.replace(/^(?:metric|config)\./, ""),
        number: values.length > 0 && values.every((value) => typeof value === "number"),
      };
    }),
    rows,
  };
}

function cellFor(file: RunFile, subject: ReturnType<typeof lookUp>, words: Vocabulary): GridCell {
  if (subject === undefined || subject === "ambiguous") return { text: "" };
  const { text, number } = cellOf(file, subject, words);
  // A day has a number to sort by, which is no value that anybody wants to see.
  const measured = subject.kind !== "field" || subject.field.kind === "number" || subject.field.kind === "duration";
  return text === "" ? { text } : { text, value: measured ? (number ?? text) : text };
}

/** What tells runs apart; the metric is the study's own, else the one that most of these runs measured. */
function usualColumns(journal: Journal, files: readonly RunFile[], study: string | undefined): string {
  const primary = (study === undefined ? journal.settings.study : findStudy(journal, study)).primary ?? commonMetric(files);
  return ["id", "title", "date", "status", "decision", "changes", ...(primary === undefined ? [] : [`metric.${primary}`])].join(",");
}

function commonMetric(files: readonly RunFile[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { run } of files)
    for (const { name, after } of run.metrics) if (after?.mean !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce<[string, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  )?.[0];
}

const wholeColumns: ReadonlySet<string> = new Set(["id", "date", "status", "decision"]);
const cellStyles: Readonly<Record<string, Style>> = { keep: "green", discard: "dim", failed: "red", lost: "red", running: "cyan" };

export function printGrid({ columns, rows }: Grid, io: Io): TextTable {
  return renderTable(
    columns.map(({ name, label, number }) => ({
      label,
      align: number ? "right" : "left",
      ...(number || wholeColumns.has(name) ? { least: Number.POSITIVE_INFINITY } : {}),
      ...(name === "decision" || name === "status"
        ? { paint: (text: string) => (cellStyles[text] === undefined ? text : io.paint.out(cellStyles[text], text)) }
        : {}),
    })),
    rows.map((row) => row.map(({ text }, index) => (columns[index]?.name === "date" ? dayOf(text) : text))),
    io.columns,
    io.paint.out,
  );
}

/** The time of day only takes room; the other formats have it. */
const dayOf = (date: string): string => date.replace(/^(\d{4}-\d{2}-\d{2})T.*$/s, "$1");
