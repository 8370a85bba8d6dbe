// What a run came to, in a few lines: how it ended, what was changed, the numbers before and after, and what they allow to say.

import { analyse } from "../analysis/analyse.ts";
import type { AnalysedRun, StudyAnalysis } from "../analysis/study.ts";
import { shellWord } from "../base/shell.ts";
import { renderTable, safeLine } from "../base/terminal.ts";
import { formatDuration } from "../base/time.ts";
import type { Picked } from "../formats/results.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { formatDelta } from "../record/format.ts";
import { deltaView, valueText } from "../report/view.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";

const mostLines = 8;

export interface Summary {
  readonly lines: readonly string[];
  readonly data: unknown;
}

export function summarizeRun(journal: Journal, file: RunFile, io: Io): Summary {
  const files = journal.files().filter(({ study }) => study === file.study);
  const study = analyse(files, journal.settings, journal.studies).studies.find(({ settings }) => settings.name === file.study);
  const analysed = study?.runs.get(file.run.id);
  const rows = study === undefined ? [] : metricRows(file, study, analysed);
  const { run } = file;
  return {
    lines: [
      headline(file, io),
      ...changeLines(analysed, io),
      ...silentBase(file, analysed),
      ...table(rows, io),
      ...(run.status === "finished" ? [`next: journal keep ${run.id} -m "why", or journal discard ${run.id} -m "why"`] : []),
    ],
    data: {
      changes: Object.fromEntries((analysed?.changes ?? []).map(({ name, from, to }) => [name, { from: from ?? null, to: to ?? null }])),
      metrics: Object.fromEntries(
        rows.map(({ name, before, after, evidence }) => [
          name,
          { ...(before === "" ? {} : { before }), after, ...(evidence === "" ? {} : { evidence }) },
        ]),
      ),
    },
  };
}

/** What an exit code says by convention. */
const ends: Readonly<Record<number, string>> = { 124: "timed out", 130: "interrupted", 137: "killed", 139: "crashed", 143: "terminated" };

function headline({ run, path }: RunFile, io: Io): string {
  const seconds = run.run?.seconds;
  const style = run.status === "finished" ? "green" : "red";
  const took = seconds === undefined ? "" : ` after ${formatDuration(seconds)}`;
  const exit = run.run?.exit;
  const code = exit === undefined || exit === 0 ? "" : ` (exit ${exit}${Object.hasOwn(ends, exit) ? `: ${ends[exit]}` : ""})`;
  return `${io.paint.err("bold", run.id)} ${io.paint.err(style, run.status)}${took}${code}  ${io.paint.err("dim", safeLine(path))}`;
}

function changeLines(analysed: AnalysedRun | undefined, io: Io): readonly string[] {
  const changes = (analysed?.changes ?? []).map(
    ({ name, fromText, toText }) => `${safeLine(name)}: ${safeLine(fromText)} → ${safeLine(toText)}`,
  );
  const shown = [...(analysed?.code === "changed" ? ["the code"] : analysed?.code === "program" ? ["the program"] : []), ...changes];
  if (analysed?.base === undefined) return [];
  const more = shown.length > mostLines ? [`and ${shown.length - mostLines} more`] : [];
  const what = shown.length === 0 ? ["nothing that was recorded"] : [...shown.slice(0, mostLines), ...more];
  return [`${io.paint.err("dim", `changed against ${analysed.base.run.id}:`)} ${what.join(", ")}`];
}

/** Where nothing counts as changed because the base never said what it ran with: what to type for it. */
function silentBase({ run }: RunFile, analysed: AnalysedRun | undefined): readonly string[] {
  const base = analysed?.base?.run;
  if (base === undefined || analysed?.changes.length !== 0) return [];
  const names = Object.keys(run.config).filter((name) => !Object.hasOwn(base.config, name));
  if (names.length === 0) return [];
  const values = names.slice(0, mostLines).map((name) => shellWord(`${name}=OLD`));
  return [`${base.id} did not record ${listOf(names)}; say what it had, and it counts: journal set ${base.id} ${values.join(" ")}`];
}

const listOf = (names: readonly string[]): string =>
  [...names.slice(0, mostLines).map(safeLine), ...(names.length > mostLines ? [`${names.length - mostLines} more`] : [])].join(", ");

interface Row {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly evidence: string;
  readonly pick: string;
}

function metricRows({ run }: RunFile, { metrics }: StudyAnalysis, analysed: AnalysedRun | undefined): readonly Row[] {
  return run.metrics.flatMap(({ name, before, after, pick, step }): readonly Row[] => {
    if (after === undefined) return [];
    const view = metrics.find((metric) => metric.name === name);
    const delta = analysed?.deltas.get(name);
    const shown = (reading: Reading | undefined): string =>
      reading === undefined ? "" : view === undefined ? reading.text : (valueText(reading, view) ?? reading.text);
    const change = delta === undefined || view === undefined ? undefined : deltaView(delta, view);
    const plain =
      delta === undefined ? undefined : formatDelta(delta.before.mean ?? Number.NaN, delta.after.mean ?? Number.NaN, after.unit);
    return [
      {
        name,
        // A run that failed is held against nothing, and yet its file says what was before.
        before: shown(delta?.before ?? before),
        after: shown(after),
        change: change?.text ?? plain?.absolute ?? "",
        evidence: delta?.evidence.word ?? "",
        pick: pick === undefined ? "" : step === undefined ? pick : `${pick}, step ${step}`,
      },
    ];
  });
}

function table(rows: readonly Row[], io: Io): readonly string[] {
  if (rows.length === 0) return [];
  const { text } = renderTable(
    [
      { label: "metric" },
      { label: "before", align: "right" },
      { label: "after", align: "right" },
      { label: "change", align: "right" },
      { label: "verdict" },
      { label: "picked" },
    ],
    rows.map(({ name, before, after, change, evidence, pick }) => [name, before === "" ? "–" : before, after, change, evidence, pick]),
    io.errColumns,
    io.paint.err,
  );
  return text.trimEnd().split("\n");
}

/** Of a run that leaves no record. */
export function summarizeDebug(picked: readonly Picked[], status: string): readonly string[] {
  return [
    `${status}; nothing was recorded (--debug)`,
    ...picked.map(
      ({ name, values, pick }) =>
        `  ${safeLine(name)}: ${values.map((value) => value ?? "~").join(", ")}${pick === undefined ? "" : ` (${pick})`}`,
    ),
  ];
}
