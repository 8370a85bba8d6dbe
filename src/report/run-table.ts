// A table of chosen runs with columns by name: views of journal.yaml, live blocks.

import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { cellOf, columnProblems } from "../query/columns.ts";
import { lookUp, type Subject } from "../query/vocabulary.ts";
import type { Reading } from "../record/experiment.ts";
import { formatReading } from "../record/format.ts";
import type { Row, World } from "./live-rows.ts";
import { absent, type Cell, type Column, cell, left, right, type Table } from "./table.ts";
import { deltaView, valueText } from "./view.ts";
import { changesText, deltaText, glyphOf, readingText, resultText } from "./words.ts";

export interface TableOptions {
  readonly name: string;
  readonly title: string;
  /** Names of the filter language; what tells runs apart where none is given. */
  readonly columns?: readonly string[];
  /** At most so many rows. */
  readonly limit: number;
  /** For a page, with typographic signs; else for markdown. */
  readonly screen: boolean;
}

export interface RunTable {
  readonly table: Table;
  /** Columns that no run could fill; they are left out. */
  readonly problems: readonly Problem[];
}

/** What fills a column. */
interface Filler {
  readonly column: Column;
  readonly cell: (row: Row) => Cell;
}

export function runTable(rows: readonly Row[], world: World, options: TableOptions): RunTable {
  const { columns, limit } = options;
  const shown = rows.slice(0, limit);
  const studies = [...new Set(rows.map(({ study }) => study))];
  const fillers = columns === undefined || columns.length === 0 ? usual(studies, options) : named(columns, shown, world, options);
  return {
    table: {
      name: options.name,
      title: options.title,
      columns: fillers.map(({ column }) => column),
      rows: shown.map((row) => fillers.map((filler) => filler.cell(row))),
      notes: [],
      empty: "No run matches.",
    },
    problems: columnProblems(
      (columns ?? []).map((name) => ({ name })),
      world.words,
    ),
  };
}

const runColumn: Filler = { column: left("id", "Run"), cell: ({ group }) => ({ text: group.first.run.id, run: group.first.run.id }) };

function usual(studies: readonly StudyAnalysis[], { screen }: TableOptions): readonly Filler[] {
  const [only] = studies;
  const one = studies.length === 1 ? only?.primary : undefined;
  return [
    runColumn,
    ...(studies.length > 1 ? [studyColumn] : []),
    titleColumn,
    changesColumn,
    ...(one === undefined ? [] : [metricColumn(one.name, studies, screen)]),
    ...(one === undefined ? [] : [versusColumn(one, screen)]),
    decisionColumn,
  ];
}

/** The run always comes first, or nobody would know which row is which. */
function named(names: readonly string[], rows: readonly Row[], world: World, options: TableOptions): readonly Filler[] {
  const found = names.flatMap((name): readonly Filler[] => {
    const subject = lookUp(name, world.words);
    return subject === undefined || subject === "ambiguous" ? [] : [fillerOf(name, subject, rows, world, options)];
  });
  const rest = found.filter(({ column }) => column.key !== "id");
  return rest.length < found.length ? found : [runColumn, ...found];
}

function fillerOf(name: string, subject: Subject, rows: readonly Row[], world: World, { screen }: TableOptions): Filler {
  if (subject.kind === "metric") return metricColumn(subject.metric.name, [...new Set(rows.map(({ study }) => study))], screen);
  if (subject.kind === "field") {
    const known = fields[subject.field.name];
    if (known !== undefined) return known;
  }
  const label = subject.kind === "config" ? subject.name : labelOf(name);
  const read = (row: Row): Cell => {
    const { text, number } = cellOf(row.group.first, subject, world.words);
    return cell(text, number);
  };
  const values = rows.map(read).filter(({ text }) => text !== absent.text);
  const numeric = values.length > 0 && values.every(({ value }) => typeof value === "number") && subject.kind === "config";
  return { column: (numeric ? right : left)(name, label), cell: read };
}

const titleColumn: Filler = { column: left("title", "Title"), cell: ({ file }) => cell(file.run.title) };
const studyColumn: Filler = {
  column: left("study", "Study"),
  cell: ({ study }) => cell(study.settings.title ?? (study.settings.name === "" ? "main" : study.settings.name)),
};
const changesColumn: Filler = { column: left("changes", "Changed"), cell: ({ run }) => cell(run && changesText(run)) };
const decisionColumn: Filler = {
  column: left("decision", "Decision"),
  cell: ({ group }) => {
    const { mark, word } = glyphOf(group);
    return { text: `${mark} ${word}`, value: word };
  },
};
const dateColumn: Filler = { column: left("date", "Date"), cell: ({ file }) => cell(file.run.date?.slice(0, 10), file.run.date) };

const fields: Readonly<Record<string, Filler>> = {
  id: runColumn,
  title: titleColumn,
  study: studyColumn,
  changes: changesColumn,
  decision: decisionColumn,
  date: dateColumn,
};

/** Each run in the unit and with the digits of its own study. */
function metricColumn(name: string, studies: readonly StudyAnalysis[], screen: boolean): Filler {
  const views = new Map(studies.map((study) => [study, study.metrics.find((metric) => metric.name === name)]));
  const view = [...views.values()].find((one) => one !== undefined);
  const show = (reading: Reading, metric: MetricView | undefined): string | undefined =>
    metric === undefined ? formatReading(reading) : screen ? valueText(reading, metric) : readingText(reading, metric);
  const arrow = view?.direction === undefined ? "" : view.direction === "max" ? " ↑" : " ↓";
  return {
    column: right(name, `${view?.label ?? name}${arrow}`),
    cell: ({ group, study }) => {
      const metric = views.get(study);
      const reading = group.readings.get(name);
      if (reading !== undefined) return cell(show(reading, metric), reading.mean);
      return cell(metric === undefined ? undefined : resultText(group, metric, study.settings));
    },
  };
}

function versusColumn(metric: MetricView, screen: boolean): Filler {
  return {
    column: right("versus", "Against the base"),
    cell: ({ run }) => {
      const delta = run?.deltas.get(metric.name);
      return cell(screen ? deltaView(delta, metric)?.text : deltaText(delta, metric), delta?.absolute);
    },
  };
}

const labelOf = (name: string): string => {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
