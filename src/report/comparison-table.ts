// Performance comparison: the baseline beside the best configuration, metric by metric, of one and the same run.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { cell, left, right, type Table } from "./table.ts";
import { deltaText, readingText } from "./words.ts";

export function comparisonTable(study: StudyAnalysis): Table {
  const best = study.best[0]?.group;
  const baseline = study.baseline;
  const metrics =
    best && baseline && best !== baseline
      ? study.metrics.filter((metric) => baseline.readings.has(metric.name) || best.readings.has(metric.name))
      : [];
  return {
    name: "comparison",
    title: "Baseline and best",
    columns: [
      left("metric", "Metric"),
      right("baseline", baseline ? `Baseline ${baseline.first.run.id}` : "Baseline"),
      right("best", best ? `Best ${best.first.run.id}` : "Best"),
      right("improvement", "Improvement"),
    ],
    rows: metrics.map((metric) => {
      const before = baseline?.readings.get(metric.name);
      const after = best?.readings.get(metric.name);
      const delta = baseline && best ? deltaBetweenGroups(baseline, best, metric, study) : undefined;
      return [
        cell(`${metric.label}${arrow(metric)}`),
        cell(readingText(before, metric), before?.mean),
        cell(readingText(after, metric), after?.mean),
        cell(deltaText(delta, metric), delta?.absolute),
      ];
    }),
    // One run against one run is a difference; whether it is an improvement a later verdict says.
    notes: [],
    empty:
      baseline === undefined ? "No baseline yet: the first finished run without a base becomes it." : "Nothing beats the baseline yet.",
  };
}

const arrow = (metric: MetricView): string => (metric.direction === undefined ? "" : metric.direction === "max" ? " ↑" : " ↓");
