import type { StudyAnalysis } from "../analysis/study.ts";
import { formatDuration } from "../base/time.ts";
import type { RunFile } from "../record/experiment.ts";
import { showValue } from "../record/value.ts";
import type { Glyph, PageFrame } from "./page.ts";
import { cell, left, right, type Table } from "./table.ts";
import { deltaText, glyphOf, readingText } from "./words.ts";

export interface RunPage {
  readonly frame: PageFrame;
  readonly id: string;
  readonly title: string;
  readonly glyph: Glyph;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly run?: string }[];
  readonly reason?: string;
  readonly hypothesis?: string;
  readonly tables: readonly Table[];
  /** The body as safe HTML. */
  readonly body: string;
  /** What is wrong with the file, already worded. */
  readonly problems: readonly string[];
  /** The text as it stands, when the file could not be read. */
  readonly raw?: string;
}

/** Facts and tables of one run; the caller adds the body and what is wrong with the file. */
export function runPage(file: RunFile, study: StudyAnalysis): Omit<RunPage, "frame" | "body" | "problems" | "raw"> {
  const { run } = file;
  const analysed = study.runs.get(run.id);
  const facts: RunPage["facts"][number][] = [];
  const fact = (name: string, value: string | undefined, id?: string): void => {
    if (value !== undefined && value !== "") facts.push({ name, value, ...(id === undefined ? {} : { run: id }) });
  };
  fact("Date", run.date);
  fact("By", run.experimenter);
  fact("Base", analysed?.base?.run.id, analysed?.base?.run.id);
  fact("Tags", run.tags.join(", "));
  fact("Hardware", [run.hardware?.gpu, run.hardware?.cpu, run.hardware?.ram].filter(Boolean).join(", "));
  fact("Time", run.run?.seconds === undefined ? undefined : formatDuration(run.run.seconds));
  return {
    id: run.id,
    title: run.title,
    glyph: glyphOf(run),
    facts,
    ...(run.reason === undefined ? {} : { reason: run.reason }),
    ...(run.hypothesis === undefined ? {} : { hypothesis: run.hypothesis }),
    tables: [changesTable(file, study), metricsTable(file, study), configTable(file)].filter((table) => table.rows.length > 0),
  };
}

function changesTable(file: RunFile, study: StudyAnalysis): Table {
  const changes = study.runs.get(file.run.id)?.changes ?? [];
  return {
    name: "changes",
    title: "Parameters changed",
    columns: [left("parameter", "Parameter"), left("old", "Old"), left("new", "New")],
    rows: changes.map((change) => [cell(change.name), cell(change.fromText), cell(change.toText)]),
    notes: [],
    empty: "Nothing changed.",
  };
}

function metricsTable(file: RunFile, study: StudyAnalysis): Table {
  const deltas = study.runs.get(file.run.id)?.deltas;
  const metrics = study.metrics.filter((metric) => file.run.metrics.some(({ name, after }) => name === metric.name && after !== undefined));
  return {
    name: "metrics",
    title: "Metrics",
    columns: [left("metric", "Metric"), right("before", "Before"), right("after", "After"), right("change", "Change")],
    rows: metrics.map((metric) => {
      const after = file.run.metrics.find(({ name }) => name === metric.name)?.after;
      const delta = deltas?.get(metric.name);
      return [
        cell(metric.label),
        cell(readingText(delta?.before, metric)),
        cell(readingText(after, metric)),
        cell(deltaText(delta, metric)),
      ];
    }),
    notes: [],
    empty: "No metric yet.",
  };
}

function configTable({ run }: RunFile): Table {
  return {
    name: "config",
    title: "Configuration",
    columns: [left("parameter", "Parameter"), left("value", "Value")],
    rows: Object.entries(run.config).map(([name, value]) => [cell(name), cell(run.configText[name] ?? showValue(value))]),
    notes: [],
    empty: "No configuration recorded.",
  };
}
