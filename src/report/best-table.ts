// Best configurations: what to use for each goal, with how many tries stand behind the choice.

import type { Best, StudyAnalysis } from "../analysis/study.ts";
import type { Goal } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { showValue } from "../record/value.ts";
import { absent, cell, left, right, type Table } from "./table.ts";
import { readingText } from "./words.ts";

export function bestTable(study: StudyAnalysis): Table {
  return {
    name: "best",
    title: "Best configurations",
    columns: [
      left("goal", "Goal"),
      left("run", "Run"),
      right("value", "Value"),
      left("configuration", "Configuration"),
      right("tries", "Chosen from"),
      left("decision", "Decision"),
    ],
    rows: study.best
      .filter((best) => best.tries > 0 || best.problem !== undefined)
      .map((best) => [
        cell(goalText(best.goal)),
        best.group ? { text: best.group.first.run.id, run: best.group.first.run.id } : absent,
        best.problem === undefined ? cell(value(best, study), best.reading?.mean) : cell(best.problem.message),
        cell(best.group && configuration(best.group.first.run.config, best.group.first.run.configText)),
        cell(`${best.tries} ${best.tries === 1 ? "run" : "runs"}`, best.tries),
        cell(best.group?.decision ?? (best.group ? "undecided" : undefined)),
      ]),
    notes:
      study.goalsGuessed && study.best.some((best) => best.tries > 0)
        ? ["Guessed: no goals are set in journal.yaml, these follow from the metrics."]
        : [],
    empty: "No finished run has a metric yet.",
  };
}

function goalText({ name, direction, metric, where }: Goal): string {
  const aim = `${direction} ${metric}${where === undefined ? "" : ` where ${where}`}`;
  return name === metric ? aim : `${name}: ${aim}`;
}

function value(best: Best, study: StudyAnalysis): string | undefined {
  const metric = study.metrics.find(({ name }) => name === best.goal.metric);
  return metric && readingText(best.reading, metric);
}

const most = 8;

function configuration(config: Readonly<Record<string, Json>>, texts: Readonly<Record<string, string>>): string {
  const names = Object.keys(config);
  const shown = names.slice(0, most).map((name) => `${name}=${texts[name] ?? showValue(config[name])}`);
  return [...shown, ...(names.length > most ? [`+${names.length - most} more`] : [])].join(", ");
}
