// The experiment log: one row per configuration, newest first.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { absent, type Cell, cell, left, right, type Table } from "./table.ts";
import { deltaText, differences, newestFirst, readingText, resultText } from "./words.ts";

export function logTable(study: StudyAnalysis, most = 200): Table {
  const metric = study.primary;
  const label = metric?.label ?? "Result";
  const groups = newestFirst(study);
  const shown = groups.slice(0, most);
  return {
    name: "log",
    title: "Experiment log",
    columns: [
      left("run", "Run"),
      left("date", "Date"),
      left("title", "Title"),
      right("before", `${label}, base`),
      right("after", `${label}, new`),
      left("parameter", "Parameter changed"),
      left("old", "Old"),
      left("new", "New"),
      right("impact", "Impact"),
    ],
    rows: shown.map((group) => row(group, study)),
    notes: notes(study, groups.length - shown.length),
    empty: "No runs yet.",
  };
}

function row(group: Group, study: StudyAnalysis): readonly Cell[] {
  const file = group.first;
  const run = study.runs.get(file.run.id);
  const metric = study.primary;
  const delta = metric && run?.deltas.get(metric.name);
  const changes = run === undefined ? [] : differences(run);
  return [
    { text: file.run.id, run: file.run.id },
    cell(file.run.date?.slice(0, 10), file.run.date),
    cell(file.run.title),
    metric && delta ? cell(readingText(delta.before, metric), delta.before.mean) : absent,
    metric ? cell(resultText(group, metric, study.settings), group.readings.get(metric.name)?.mean) : absent,
    cell(changes.map((change) => change.name).join("; ")),
    cell(changes.map((change) => change.fromText).join("; ")),
    cell(changes.map((change) => change.toText).join("; ")),
    metric ? cell(deltaText(delta, metric), delta?.absolute) : absent,
  ];
}

function notes(study: StudyAnalysis, hidden: number): readonly string[] {
  const more = hidden > 0 ? [`${hidden} older ${hidden === 1 ? "row is" : "rows are"} left out: journal list shows them all.`] : [];
  return [...more, ...guesses(study)];
}

/** What nobody declared is said aloud, with where to declare it. */
function guesses({ primary, primaryGuessed }: StudyAnalysis): readonly string[] {
  if (primary === undefined || (!primaryGuessed && !primary.guessed)) return [];
  const what = [
    ...(primaryGuessed ? [`${primary.label} is the primary metric`] : []),
    ...(primary.guessed ? [`${primary.direction === "min" ? "lower" : "higher"} is better`] : []),
  ];
  return [`Guessed: ${what.join(", ")}. Say so in journal.yaml to be sure.`];
}
