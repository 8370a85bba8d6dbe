// What a branch adds, for whoever reviews it: new runs with what they changed and what came out, and decisions that were taken.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { Run, RunFile } from "../record/experiment.ts";
import { absent, type Cell, cell, left, right, type Table } from "./table.ts";
import { deltaView } from "./view.ts";
import { changesText, glyphOf, resultText } from "./words.ts";

export interface BranchRun {
  readonly file: RunFile;
  readonly study: StudyAnalysis;
  /** Where the branch began; absent for a run that it made. */
  readonly before?: Run;
}

const most = 50;
const runColumns = [
  left("run", "Run"),
  left("title", "What"),
  left("changes", "Changed"),
  right("result", "Result"),
  right("base", "Against the base"),
];

export function newRunsTable(runs: readonly BranchRun[]): Table {
  const made = runs.filter(({ before }) => before === undefined);
  return {
    name: "new-runs",
    title: "New runs",
    columns: [...runColumns, left("decision", "Decision"), left("reason", "Reason")],
    rows: made.slice(0, most).map((run) => [...cellsOf(run), cell(glyphText(run.file.run)), cell(run.file.run.reason)]),
    notes: moreThan(made),
    empty: "No new run.",
  };
}

export function changedRunsTable(runs: readonly BranchRun[]): Table {
  const changed = runs.filter(({ before }) => before !== undefined);
  return {
    name: "changed-runs",
    title: "Changed runs",
    columns: [...runColumns, left("decision", "Decision"), left("reason", "Reason")],
    rows: changed.slice(0, most).map((run) => [...cellsOf(run), cell(decisionText(run)), cell(run.file.run.reason)]),
    notes: moreThan(changed),
    empty: "No run changed.",
  };
}

const moreThan = (runs: readonly BranchRun[]): readonly string[] => (runs.length > most ? [`The first ${most} of ${runs.length}.`] : []);

function cellsOf({ file, study }: BranchRun): readonly Cell[] {
  const { run } = file;
  const analysed = study.runs.get(run.id);
  const metric = study.primary;
  const result = metric === undefined || analysed === undefined ? undefined : resultText(analysed.group, metric, study.settings);
  const delta = metric === undefined ? undefined : deltaView(analysed?.deltas.get(metric.name), metric);
  return [
    { text: run.id, run: run.id },
    cell(run.title),
    cell(analysed && changesText(analysed)),
    metric === undefined || result === undefined ? absent : cell(`${metric.label} ${result}`),
    cell(delta && [delta.text, delta.interval, delta.evidence].filter(Boolean).join(" ")),
  ];
}

/** `undecided → kept`, where the branch decided. */
function decisionText({ file: { run }, before }: BranchRun): string {
  const [old, now] = [before === undefined ? "" : glyphText(before), glyphText(run)];
  return old === now || old === "" ? now : `${old} → ${now}`;
}

const glyphText = (run: Run): string => {
  const { mark, word } = glyphOf(run);
  return `${mark} ${word}`;
};
