// A few runs side by side: what they measured, each against the first, and the parameters that differ.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import type { MetricView } from "../analysis/study.ts";
import { recordedValue } from "../analysis/table.ts";
import { lookUp } from "../query/vocabulary.ts";
import { shorten } from "./chart-parts.ts";
import type { Row, World } from "./live-rows.ts";
import { absent, type Cell, cell, left, right, type Table } from "./table.ts";
import { deltaView, valueText } from "./view.ts";
import { deltaText, glyphOf, readingText } from "./words.ts";

/** A wider table belongs on the compare page. */
export const mostCompared = 8;

export interface CompareOptions {
  readonly name: string;
  readonly title: string;
  /** Metrics and parameters; all metrics and the differing parameters where none is given. */
  readonly columns?: readonly string[];
  readonly screen: boolean;
}

/** `rows` at least one; the first is what the others are measured against. */
export function compareTable(rows: readonly Row[], world: World, options: CompareOptions): Table {
  const shown = rows.slice(0, mostCompared);
  const [base, ...others] = shown;
  const wanted = options.columns === undefined || options.columns.length === 0 ? undefined : options.columns;
  const lines = wanted === undefined ? usualLines(shown) : wanted.flatMap((name) => lineOf(name, shown, world));
  return {
    name: options.name,
    title: options.title,
    columns: [left("what", "Field"), ...shown.map(({ group }) => right(group.first.run.id, group.first.run.id))],
    rows: [
      [
        { text: "Title" },
        ...shown.map(({ group }): Cell => ({ text: shorten(group.first.run.title || group.first.run.id, 32), run: group.first.run.id })),
      ],
      [{ text: "Decision" }, ...shown.map(({ group }) => cell(Object.values(glyphOf(group)).join(" ")))],
      ...lines.map((line) =>
        line.metric === undefined ? parameterLine(line.name, shown) : metricLine(line.metric, base, others, options),
      ),
    ],
    notes: rows.length > shown.length ? [`The first ${shown.length} of ${rows.length} runs.`] : [],
    empty: "No run to compare.",
  };
}

interface Line {
  readonly name: string;
  readonly metric?: MetricView;
}

function usualLines(rows: readonly Row[]): readonly Line[] {
  const studies = [...new Set(rows.map(({ study }) => study))];
  const measured = new Map<string, MetricView>();
  for (const study of studies)
    for (const metric of study.metrics)
      if (!measured.has(metric.name) && rows.some(({ group }) => group.readings.has(metric.name))) measured.set(metric.name, metric);
  const names = [...new Set(rows.flatMap(({ file }) => Object.keys(file.run.config)))];
  const ignored = new Set(studies.flatMap(({ settings }) => settings.ignore));
  const differing = names.filter((name) => !ignored.has(name) && new Set(rows.map((row) => parameterText(row, name) ?? "")).size > 1);
  return [...[...measured].map(([name, metric]) => ({ name, metric })), ...differing.map((name) => ({ name }))];
}

/** Names nobody knows are told by the caller. */
function lineOf(name: string, rows: readonly Row[], { words }: World): readonly Line[] {
  const subject = lookUp(name, words);
  if (subject === undefined || subject === "ambiguous" || subject.kind === "field") return [];
  if (subject.kind === "config") return [{ name: subject.name }];
  const metric = rows.flatMap(({ study }) => study.metrics.find((one) => one.name === subject.metric.name) ?? [])[0];
  return metric === undefined ? [] : [{ name: metric.name, metric }];
}

function metricLine(metric: MetricView, base: Row | undefined, others: readonly Row[], { screen }: CompareOptions): readonly Cell[] {
  const arrow = metric.direction === undefined ? "" : metric.direction === "max" ? " ↑" : " ↓";
  const show = screen ? valueText : readingText;
  const value = ({ group }: Row): Cell => {
    const reading = group.readings.get(metric.name);
    return cell(show(reading, metric), reading?.mean);
  };
  const against = (row: Row): Cell => {
    const delta = base === undefined ? undefined : deltaBetweenGroups(base.group, row.group, metric, row.study);
    const text = screen ? deltaView(delta, metric)?.text : deltaText(delta, metric);
    const own = value(row);
    return text === undefined || own === absent ? own : { ...own, text: `${own.text} (${text})` };
  };
  return [{ text: `${metric.label}${arrow}` }, ...(base === undefined ? [] : [value(base)]), ...others.map(against)];
}

function parameterLine(name: string, rows: readonly Row[]): readonly Cell[] {
  return [{ text: name }, ...rows.map((row) => cell(parameterText(row, name)))];
}

const parameterText = ({ group }: Row, name: string): string | undefined => recordedValue(group.first, name)?.text;
