// The facts of one run as lines of label and value, in the order in which a reader asks for them.

import type { AnalysedRun } from "../analysis/study.ts";
import type { Run } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";

export type Fact = readonly [string, string];

export function facts(run: Run, analysed: AnalysedRun | undefined): readonly Fact[] {
  const { hardware } = run;
  const list: readonly (readonly [string, string | undefined])[] = [
    ["date", run.date],
    ["experimenter", run.experimenter],
    ["status", run.status],
    ["decision", [run.decision ?? run.decisionWord ?? "undecided", run.reason].filter(Boolean).join(": ")],
    ["tags", run.tags.join(", ")],
    ["hypothesis", run.hypothesis],
    [
      "base",
      run.base
        .map((reference, index) =>
          index === 0 && analysed?.base !== undefined ? `${analysed.base.run.id} ${analysed.base.run.title}` : reference,
        )
        .join(", "),
    ],
    ["protocol", run.protocol],
    ["repeat of", run.repeatOf],
    ["changes", changes(run, analysed)],
    ["hardware", [hardware?.gpu, hardware?.cpu, hardware?.ram].filter(Boolean).join(", ")],
    ["command", run.run?.command?.join(" ")],
    ["commit", run.run?.commit],
    ...Object.entries(run.invalid).map(([metric, why]) => [metric === "*" ? "invalid" : `invalid ${metric}`, why] as const),
  ];
  return list.flatMap(([label, value]) => (value === undefined || value === "" ? [] : [[label, value] as const]));
}

/** Computed from both configurations where the base is there; the written copy otherwise. */
function changes(run: Run, analysed: AnalysedRun | undefined): string {
  const list = analysed?.base === undefined ? run.changes : analysed.changes;
  return list
    .map(({ name, from, to }) => `${name}: ${from === undefined ? "?" : textOf(from)} → ${to === undefined ? "?" : textOf(to)}`)
    .join(", ");
}

export const textOf = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));
