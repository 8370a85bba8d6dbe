// Which knob mattered, which way, and is it to be believed?

import { type Answer, answersOf } from "../analysis/answers.ts";
import type { Impact, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { findFixed, findInseparable } from "../analysis/varied.ts";
import { parameterAddress } from "../base/address.ts";
import { effectBar, effectView, pairs, reachOf } from "./effect-view.ts";
import { emptyStudy, guessNotices } from "./empty-study.ts";
import { driftText, togetherText } from "./impact-remarks.ts";
import { cautions, edgeText, methodParts, recommendedText, shortValue, sizeText, timeRange } from "./impact-words.ts";
import type { Bar, DeltaView, Figure, Notice, PageFrame } from "./page.ts";
import type { AxisFrame } from "./parallel-chart.ts";
import type { ParallelRows } from "./parallel-rows.ts";

export interface ValueChip {
  readonly text: string;
  /** All of it, where `text` was shortened. */
  readonly title?: string;
  /** Configurations. */
  readonly n: number;
}

export interface ImpactRow {
  readonly category: string;
  readonly name: string;
  readonly label: string;
  readonly address: string;
  readonly tested: readonly ValueChip[];
  /** Values besides those. */
  readonly untold: number;
  /** `32 → 64`, the surest contrast. */
  readonly contrast?: string;
  readonly effect?: DeltaView;
  readonly bar?: Bar;
  /** Instead of an effect, of a parameter that no two runs differ in alone. */
  readonly association?: string;
  readonly time?: { readonly text: string; readonly title: string };
  readonly range?: string;
  /** The best value lies at the end of what was tried. */
  readonly edge?: string;
  /** Lines of parts that stay whole: `better`, `p = 0.01`, `3 of 6 pairs`; of those without a pair the sentence that says why. */
  readonly evidence: readonly (readonly string[])[];
}

export interface ParametersPage {
  readonly frame: PageFrame;
  readonly notices: readonly Notice[];
  /** How the effects were found, in one sentence. */
  readonly method?: string;
  readonly metric?: string;
  readonly time?: string;
  readonly rows: readonly ImpactRow[];
  /** Confounded or too few. */
  readonly weak: readonly ImpactRow[];
  /** Rows that are only named. */
  readonly more: readonly { readonly name: string; readonly address: string }[];
  readonly fixed: readonly { readonly name: string; readonly text: string; readonly part?: string }[];
  readonly inseparable: readonly { readonly names: readonly string[]; readonly rest: number; readonly runs: string }[];
  /** Parameters that went together, time going by, why no importance is given. */
  readonly remarks: readonly string[];
  readonly parallel?: {
    readonly figure: Figure;
    readonly rows: ParallelRows;
    /** Where the axes stand in the picture. */
    readonly frame: AxisFrame;
    /** Lines in the picture. */
    readonly lines: number;
  };
  /** Instead of the chart of all runs. */
  readonly parallelMissing?: string;
}

const mostRows = 100;
const mostWeak = 20;

/** Without its picture. */
export function parametersPage(study: StudyAnalysis, frame: PageFrame): ParametersPage {
  const empty = emptyStudy(study);
  const folder = frame.study?.folder ?? "";
  const time = study.metrics.find((metric) => metric.duration);
  const answers = answersOf(study);
  const known = answers.filter(({ told }) => told.by !== "nothing");
  const unknown = answers.filter(({ told }) => told.by === "nothing");
  const rows = known.slice(0, mostRows).map((one) => rowOf(one, { study, folder, time }));
  const reach = reachOf(rows.map(({ effect }) => effect));
  const weak = unknown.slice(0, mostWeak).map((one) => rowOf(one, { study, folder, time }));
  return {
    frame,
    notices: empty === undefined ? [...(study.impact.length > 0 ? guessNotices(study) : []), ...nothingVaried(study)] : [empty],
    ...(rows.length + weak.length === 0 ? {} : { method: method(answers) }),
    ...(study.primary === undefined ? {} : { metric: study.primary.label }),
    ...(time === undefined ? {} : { time: time.label }),
    rows: rows.map((row) => withBar(row, reach)),
    weak,
    more: [...known.slice(mostRows), ...unknown.slice(mostWeak)].map(({ impact: { parameter } }) => ({
      name: parameter,
      address: parameterAddress(folder, parameter),
    })),
    fixed: fixed(study),
    inseparable: findInseparable(study).map(({ parameters, n }) => ({
      names: parameters.slice(0, 8),
      rest: Math.max(parameters.length - 8, 0),
      runs: `${n} ${n === 1 ? "run" : "runs"}`,
    })),
    remarks: [...togetherText(study), ...driftText(study)],
  };
}

const withBar = (row: ImpactRow, reach: number): ImpactRow => {
  const bar = effectBar(row.effect, reach);
  return bar === undefined ? row : { ...row, bar };
};

function nothingVaried({ impact, groups }: StudyAnalysis): readonly Notice[] {
  if (impact.length > 0) return [];
  const recorded = groups.some(({ first }) => Object.keys(first.run.config).length > 0);
  if (groups.length === 1 && groups[0]?.files.length === 1 && recorded)
    return [
      {
        kind: "info",
        text: "One run so far: nothing was varied yet. Make the next one:",
        command: `journal new --base ${groups[0]?.first.run.id ?? "1"}`,
      },
    ];
  return [
    recorded
      ? { kind: "info", text: "No parameter was varied yet: all runs record the same values." }
      : { kind: "info", text: "No run records a parameter yet.", command: "journal set 1 batch_size=32" },
  ];
}

/** Which ways of asking had something to say. */
function method(answers: readonly Answer[]): string {
  const counts = { pairs: 0, matched: 0, association: 0, nothing: 0 };
  for (const { told } of answers) counts[told.by] += 1;
  const all = answers.reduce((sum, { impact }) => sum + impact.effects.length, 0);
  const ways = [
    `runs and bases that differ in it alone, with the same code and packages and comparable values (${pairs(all)})`,
    ...(counts.matched > 0 ? ["runs that are equal in all else"] : []),
    ...(counts.association > 0 ? ["an association, where other parameters vary too"] : []),
  ];
  if (all === 0 && ways.length === 1) return `An effect counts only in ${ways[0]?.replace(" (0 pairs)", "")}: there is no such pair yet.`;
  return `Shown is the surest change of each parameter with its 95% interval, from ${ways.join(", else ")}.`;
}

interface RowContext {
  readonly study: StudyAnalysis;
  readonly folder: string;
  readonly time: MetricView | undefined;
}

function rowOf(answer: Answer, { study, folder, time }: RowContext): ImpactRow {
  const { told, impact, recommended } = answer;
  const { parameter, category, untold } = impact;
  const { primary } = study;
  const effect = "change" in told && primary !== undefined ? effectView(told.change, primary) : undefined;
  const settings = Object.hasOwn(study.settings.parameters, parameter) ? study.settings.parameters[parameter] : undefined;
  const { shown, rest } = testedOf(impact);
  const onTime = time === undefined ? undefined : timeOf(answer, time);
  return {
    category,
    name: parameter,
    label: settings?.label ?? parameter,
    address: parameterAddress(folder, parameter),
    tested: shown,
    untold: untold + rest,
    ...("change" in told ? { contrast: `${shortValue(told.from)} → ${shortValue(told.to)}` } : {}),
    ...(effect === undefined ? {} : { effect }),
    ...(told.by === "association" ? { association: sizeText(told.association) } : {}),
    ...(onTime === undefined ? {} : { time: onTime }),
    ...(recommended === undefined ? {} : { range: recommendedText({ ...recommended, edge: undefined }) ?? "" }),
    ...(recommended?.edge === undefined ? {} : { edge: edgeText(recommended.edge) }),
    evidence: weight(answer, primary),
  };
}

const mostChips = 8;
const longestValue = 24;

const short = (text: string, most = longestValue): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export function valueChip(text: string, n: number): ValueChip {
  const shown = text.trim() === "" ? `"${text}"` : short(text);
  return { text: shown, n, ...(shown === text ? {} : { title: text }) };
}

function testedOf({ tested }: Impact): { readonly shown: readonly ValueChip[]; readonly rest: number } {
  return { shown: tested.slice(0, mostChips).map(({ text, n }) => valueChip(text, n)), rest: Math.max(tested.length - mostChips, 0) };
}

/** `better, 3 of 6 pairs, t over 3 pairs, p = 0.01` · `2 confounded` */
function weight(answer: Answer, metric: MetricView | undefined): ImpactRow["evidence"] {
  const first = metric === undefined ? [] : methodParts(answer, metric);
  const second = cautions(answer);
  const lines = [first.length === 0 ? [notEnough(answer.impact)] : first, ...(second.length === 0 ? [] : [second])];
  return first.length === 0 ? lines.slice(0, 1) : lines;
}

export function notEnough({ parameter, confounded }: Pick<Impact, "parameter" | "confounded">): string {
  const name = short(parameter, 60);
  if (confounded === 0) return `Not enough to say: no run and its base differ in ${name} with values to compare.`;
  if (confounded === 1) return `Not enough to say: 1 run varies ${name}, with other changes.`;
  return `Not enough to say: ${confounded} runs vary ${name}, ${confounded === 2 ? "both" : "all"} with other changes.`;
}

/** Of the contrast that is shown, else the range of all pairs. */
function timeOf(answer: Answer, time: MetricView): ImpactRow["time"] {
  const change = "time" in answer.told ? answer.told.time : undefined;
  const view = change === undefined ? undefined : effectView(change, time);
  if (view !== undefined)
    return { text: view.text, title: [view.relative, view.interval, view.evidence, view.n].filter(Boolean).join(" · ") };
  const range = timeRange(answer, time);
  return range === undefined ? undefined : { text: range, title: pairs(answer.impact.onTime?.n ?? 0) };
}

function fixed(study: StudyAnalysis): ParametersPage["fixed"] {
  const { parameters, of } = findFixed(study);
  return parameters.map(({ name, text, n }) => ({
    name: name.trim() === "" ? `"${name}"` : short(name, 80),
    text: short(text, 40),
    ...(n === of ? {} : { part: `recorded by ${n} of ${of}` }),
  }));
}
