// Parameter impact summary: what each parameter did, and how that was found.

import { type Answer, answersOf } from "../analysis/answers.ts";
import type { Impact, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { cannotText, cautions, changeText, methodParts, recommendedText, shortValue, timeRange, toldText } from "./impact-words.ts";
import { cell, left, right, type Table } from "./table.ts";

export function impactTable(study: StudyAnalysis, answers: readonly Answer[] = answersOf(study)): Table {
  const time = study.metrics.find((metric) => metric.duration);
  return {
    name: "impact",
    title: "Parameter impact summary",
    columns: [
      left("category", "Category"),
      left("parameter", "Parameter"),
      left("tested", "Tested values"),
      left("primary", `Impact on ${study.primary?.label ?? "the result"}`),
      right("time", `Impact on ${time?.label ?? "time"}`),
      left("recommended", "Recommended range"),
      left("evidence", "Evidence"),
    ],
    rows: answers.map((answer) => [
      cell(answer.impact.category),
      cell(answer.impact.parameter),
      cell(tested(answer.impact)),
      cell(toldText(answer.told, study.primary) ?? "cannot tell"),
      cell(time === undefined || time === study.primary ? undefined : timeText(answer, time)),
      cell(recommendedText(answer.recommended)),
      cell(evidenceText(answer, study.primary)),
    ]),
    notes:
      study.impact.length > 0
        ? [
            "The surest change of each parameter: of runs and bases that differ in nothing else, else of runs that are equal in all else, else an association. One pair is a difference, not a proof.",
          ]
        : [],
    empty: "No parameter was varied yet.",
  };
}

const mostTested = 8;

function tested({ tested: values, untold }: Impact): string {
  const rest = Math.max(values.length - mostTested, 0) + untold;
  const shown = values.slice(0, mostTested).map(({ text, n }) => (n > 1 ? `${shortValue(text)} (${n})` : shortValue(text)));
  return [...shown, ...(rest > 0 ? [`+${rest} more`] : [])].join(", ");
}

function timeText(answer: Answer, time: MetricView): string | undefined {
  const { told } = answer;
  return ("time" in told ? changeText(told.time, time) : undefined) ?? timeRange(answer, time);
}

function evidenceText(answer: Answer, metric: MetricView | undefined): string {
  const cannot = answer.told.by === "nothing" || metric === undefined ? [cannotText(answer).replace("cannot tell: ", "")] : [];
  return [...cannot, ...(metric === undefined ? [] : methodParts(answer, metric)), ...cautions(answer)].join(", ");
}
