// Parameter impact summary: what each parameter did, from runs that changed nothing else.

import type { Effect, Impact, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { formatDelta } from "../record/format.ts";
import { cell, left, right, type Table } from "./table.ts";

export function impactTable(study: StudyAnalysis): Table {
  const time = study.metrics.find((metric) => metric.duration);
  return {
    name: "impact",
    title: "Parameter impact summary",
    columns: [
      left("category", "Category"),
      left("parameter", "Parameter"),
      left("tested", "Tested values"),
      right("primary", `Impact on ${study.primary?.label ?? "the result"}`),
      right("time", `Impact on ${time?.label ?? "time"}`),
      left("recommended", "Recommended range"),
    ],
    rows: study.impact.map((impact) => [
      cell(impact.category),
      cell(impact.parameter),
      cell(tested(impact)),
      cell(effect(impact.onPrimary, study.primary) ?? unclear(impact)),
      cell(effect(impact.onTime, time)),
      cell(recommended(impact)),
    ]),
    notes:
      study.impact.length > 0
        ? ["Only pairs of runs that differ in this one parameter count; n is the number of pairs. One pair is a difference, not a proof."]
        : [],
    empty: "No parameter was varied yet.",
  };
}

function tested({ tested, untold }: Impact): string {
  return [...tested.map(({ text, n }) => (n > 1 ? `${text} (${n})` : text)), ...(untold > 0 ? [`+${untold} more`] : [])].join(", ");
}

/** A best value at the end of what was tried asks for one more step beyond it. */
function recommended({ recommended, edge }: Impact): string | undefined {
  return recommended === undefined || edge === undefined
    ? recommended
    : `${recommended}, the ${edge === "low" ? "lowest" : "highest"} tried: go on`;
}

function effect(effect: Effect | undefined, metric: MetricView | undefined): string | undefined {
  if (effect === undefined || metric === undefined) return undefined;
  const text = (value: number): string => formatDelta(0, value, metric.unit, { decimals: metric.decimals }).absolute;
  if (effect.n === 1) return `${text(effect.mean)} (n=1)`;
  return `${text(effect.low)} to ${text(effect.high)} (n=${effect.n})`;
}

function unclear({ confounded }: Impact): string {
  return confounded > 0
    ? `cannot tell: ${confounded} ${confounded === 1 ? "run" : "runs"}, all with other changes`
    : "cannot tell: no pair to compare";
}
