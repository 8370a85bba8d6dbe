// Everything that is known of one parameter's impact: a row for each way of asking, the soundest first.

import type { Answer } from "../analysis/answers.ts";
import type { ContrastChange } from "../analysis/contrasts.ts";
import { changeOf } from "../analysis/contrasts.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { surveyOf } from "../analysis/survey.ts";
import { effectView, pText } from "./effect-view.ts";
import {
  amongText,
  cannotText,
  changeText,
  importanceText,
  noAssociationText,
  noImportanceText,
  oppositeText,
  recommendedText,
  shortValue,
  sizeText,
  wordOf,
} from "./impact-words.ts";
import { type Cell, cell, left, right, type Table } from "./table.ts";

const mostRows = 12;

export function parameterTable(study: StudyAnalysis, answer: Answer): Table {
  const { parameter } = answer.impact;
  const time = study.metrics.find(({ duration }) => duration);
  const metric = study.primary;
  const rows: readonly (readonly Cell[])[] = metric === undefined ? [] : knownRows(answer, { study, metric, time });
  return {
    name: "impact",
    title: parameter,
    columns: [
      left("how", "How it was found"),
      left("change", "Change"),
      right("primary", `Impact on ${metric?.label ?? "the result"}`),
      right("time", `Impact on ${time?.label ?? "time"}`),
      right("n", "n"),
      left("evidence", "Evidence"),
    ],
    rows: [
      row(parameter, { change: testedText(answer), evidence: metric === undefined ? cannotText(answer) : answer.impact.category }),
      ...rows,
    ],
    notes: [],
    empty: "",
  };
}

interface Parts {
  readonly change?: string;
  readonly primary?: string | undefined;
  readonly time?: string | undefined;
  readonly n?: number;
  readonly evidence?: string;
}

const row = (how: string, { change, primary, time, n, evidence }: Parts): readonly Cell[] => [
  cell(how),
  cell(change),
  cell(primary),
  cell(time),
  cell(n === undefined ? undefined : String(n)),
  cell(evidence),
];

interface Context {
  readonly study: StudyAnalysis;
  readonly metric: MetricView;
  readonly time: MetricView | undefined;
}

function knownRows(answer: Answer, context: Context): readonly (readonly Cell[])[] {
  return [...pairRows(answer, context), ...matchedRows(answer, context), ...overallRows(answer, context), ...cautionRows(answer)];
}

function testedText({ impact: { tested, untold } }: Answer): string {
  const values = tested.map(({ text, n }) => (n > 1 ? `${shortValue(text)} (${n})` : shortValue(text)));
  return [...values, ...(untold > 0 ? [`+${untold} more`] : [])].join(", ");
}

function pairRows(answer: Answer, { study, metric, time }: Context): readonly (readonly Cell[])[] {
  const { contrasts, impact } = answer;
  if (contrasts.length === 0) return [row("changed alone", { n: 0, evidence: cannotText({ ...answer, association: { ...zero } }) })];
  const shown = contrasts.slice(0, mostRows).map((contrast) =>
    row("changed alone", {
      change: `${shortValue(contrast.from)} → ${shortValue(contrast.to)}`,
      primary: changeText(contrast.change, metric),
      time: time === undefined || time === metric ? undefined : changeText(changeOf(contrast, time, study), time),
      n: contrast.change.n,
      evidence: evidenceText(contrast.change, metric),
    }),
  );
  const rest = contrasts.length - shown.length;
  const more = rest > 0 ? [row("changed alone", { change: `${rest} more changes` })] : [];
  return impact.confounded === 0
    ? [...shown, ...more]
    : [...shown, ...more, row("confounded", { n: impact.confounded, evidence: "changed along with something else: not counted" })];
}

/** Nothing is to be said of the association there. */
const zero = { kind: "rho", size: 0, n: 0, values: 0, strata: 0, p: 1, adjusted: 1, looked: 0, method: "" } as const;

function evidenceText(change: ContrastChange, metric: MetricView): string {
  const view = effectView(change, metric);
  return [view?.evidence, change.evidence.method, pText(change.evidence.p)].filter(Boolean).join(", ");
}

function matchedRows({ matched }: Answer, { metric, time }: Context): readonly (readonly Cell[])[] {
  if (matched === undefined) return [row("equal in all else", { n: 0, evidence: "cannot tell: no two configurations differ in it alone" })];
  const { contrasts, test, blocks, n } = matched;
  const whole =
    "cannot" in test
      ? `${blocks} blocks; ${noAssociationText(test)}`
      : `${blocks} blocks, ${sizeText(test)}, ${wordOf(test, metric)}, ${test.method}, ${amongText(test.p, test.adjusted, test.looked)}`;
  return [
    row("equal in all else", { change: "all values", n, evidence: whole }),
    ...contrasts.slice(0, mostRows).map(({ from, to, change, time: onTime }) =>
      row("equal in all else", {
        change: `${shortValue(from)} → ${shortValue(to)}`,
        primary: changeText(change, metric),
        time: time === undefined ? undefined : changeText(onTime, time),
        n: change.n,
        evidence: evidenceText(change, metric).replace("pairs", "blocks"),
      }),
    ),
  ];
}

function overallRows({ association, importance }: Answer, { study, metric }: Context): readonly (readonly Cell[])[] {
  const found = surveyOf(study).importance;
  return [
    "cannot" in association
      ? row("association", { n: association.n, evidence: `cannot tell: ${noAssociationText(association)}` })
      : row("association", {
          primary: sizeText(association),
          n: association.n,
          evidence: [
            wordOf(association, metric),
            association.method,
            amongText(association.p, association.adjusted, association.looked),
            "other parameters vary too",
          ].join(", "),
        }),
    importance === undefined
      ? row("importance", { n: found.n, evidence: "cannot" in found ? noImportanceText(found) : "recorded by less than half of the runs" })
      : row("importance", {
          primary: importanceText(importance),
          n: importance.n,
          evidence: `PED-ANOVA, best tenth against all, rank ${importance.ranks.join(" to ")} in 90% of ${"cannot" in found ? 0 : found.draws} draws`,
        }),
  ];
}

function cautionRows({ failures, opposites, recommended, mixed }: Answer): readonly (readonly Cell[])[] {
  const use = recommendedText(recommended);
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  return [
    ...opposites.slice(0, mostRows).map((opposite) =>
      row("opposite outcomes", {
        change: `${shortValue(opposite.from)} → ${shortValue(opposite.to)}`,
        n: opposite.better.length + opposite.worse.length,
        evidence: oppositeText(opposite),
      }),
    ),
    ...failures.slice(0, mostRows).map(({ text, failed, n, low, high, more }) =>
      row("failed runs", {
        change: shortValue(text),
        n,
        evidence: `${failed} of ${n} failed [${percent(low)}, ${percent(high)}]${more ? ", more than with other values" : ""}`,
      }),
    ),
    ...(mixed ? [row("values", { evidence: "numbers and words mixed: treated as words" })] : []),
    ...(use === undefined ? [] : [row("recommended", { change: use, ...(recommended === undefined ? {} : { n: recommended.n }) })]),
  ];
}

/** For a page that shows values and pairs itself: what else is known, a line each; nothing for what cannot be told. */
export function parameterFacts(study: StudyAnalysis, answer: Answer): readonly string[] {
  const metric = study.primary;
  if (metric === undefined) return [];
  const { matched, association, importance, failures, opposites, mixed } = answer;
  const [block] = matched?.contrasts ?? [];
  const change = block === undefined ? undefined : changeText(block.change, metric);
  return [
    ...(block === undefined || change === undefined
      ? []
      : [
          `Equal in all else: ${shortValue(block.from)} → ${shortValue(block.to)} gave ${change}, ${evidenceText(block.change, metric).replace("pairs", "blocks")}, n = ${block.change.n}`,
        ]),
    ...("cannot" in association
      ? []
      : [
          `Association: ${sizeText(association)}, ${wordOf(association, metric)}, n = ${association.n}, ${association.method}, ${amongText(association.p, association.adjusted, association.looked)}; other parameters vary too`,
        ]),
    ...(importance === undefined ? [] : [`Importance: ${importanceText(importance)}, n = ${importance.n} (PED-ANOVA)`]),
    ...opposites.slice(0, 3).map(oppositeText),
    ...failures
      .filter(({ more }) => more)
      .map(({ text, failed, n }) => `${shortValue(text)} failed in ${failed} of ${n} runs, more than other values`),
    ...(mixed ? ["Numbers and words are mixed: they are treated as words"] : []),
  ];
}
