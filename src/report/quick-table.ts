// Quick results: what changed, what came out, what was decided. One line a configuration.

import type { StudyAnalysis } from "../analysis/study.ts";
import { absent, cell, left, right, type Table } from "./table.ts";
import { changesText, deltaText, glyphOf, newestFirst, resultText } from "./words.ts";

export function quickTable(study: StudyAnalysis, most = 20): Table {
  const metric = study.primary;
  const groups = newestFirst(study);
  return {
    name: "quick",
    title: "Quick results",
    columns: [
      left("run", "Run"),
      left("changes", "Key changes"),
      right("result", metric?.label ?? "Result"),
      right("change", "Against the base"),
      left("decision", "Decision"),
      left("reason", "Reason"),
    ],
    rows: groups.slice(0, most).map((group) => {
      const { run } = group.first;
      const analysed = study.runs.get(run.id);
      const changes = analysed && changesText(analysed);
      const glyph = glyphOf(group);
      return [
        { text: run.id, run: run.id },
        cell(changes || run.title),
        metric ? cell(resultText(group, metric, study.settings), group.readings.get(metric.name)?.mean) : absent,
        cell(metric && deltaText(analysed?.deltas.get(metric.name), metric)),
        cell(`${glyph.mark} ${glyph.word}`),
        cell(run.reason),
      ];
    }),
    notes: groups.length > most ? [`The newest ${most} of ${groups.length}.`] : [],
    empty: "No runs yet.",
  };
}
