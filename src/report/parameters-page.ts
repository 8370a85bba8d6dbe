// Which knob mattered, which way, and is it to be believed?

import { type Contrast, certainty, changeOf, contrastsOf } from "../analysis/contrasts.ts";
import type { Effect, Impact, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { findFixed, findInseparable } from "../analysis/varied.ts";
import { parameterAddress } from "../base/address.ts";
import { formatDelta } from "../record/format.ts";
import { effectBar, effectView, pairs, pText, reachOf } from "./effect-view.ts";
import { emptyStudy, guessNotices } from "./empty-study.ts";
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
  const found = study.impact.map((impact) => ({ impact, contrasts: contrastsOf(impact, study) }));
  const known = inOrder(found.filter(({ contrasts }) => contrasts.length > 0));
  const unknown = found.filter(({ contrasts }) => contrasts.length === 0);
  const rows = known.slice(0, mostRows).map((one) => rowOf(one, { study, folder, time }));
  const reach = reachOf(rows.map(({ effect }) => effect));
  const weak = unknown.slice(0, mostWeak).map((one) => rowOf(one, { study, folder, time }));
  return {
    frame,
    notices: empty === undefined ? [...(study.impact.length > 0 ? guessNotices(study) : []), ...nothingVaried(study)] : [empty],
    ...(rows.length + weak.length === 0 ? {} : { method: method(known.map(({ contrasts }) => contrasts)) }),
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
  };
}

interface Found {
  readonly impact: Impact;
  readonly contrasts: readonly Contrast[];
}

function inOrder(found: readonly Found[]): readonly Found[] {
  const rank = ({ contrasts: [first] }: Found): readonly [number, number] => (first === undefined ? [-1, 0] : certainty(first.change));
  return found
    .map((one) => ({ one, key: rank(one) }))
    .sort(({ key: left }, { key: right }) => right[0] - left[0] || right[1] - left[1])
    .map(({ one }) => one);
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

function method(contrasts: readonly (readonly Contrast[])[]): string {
  const count = contrasts.reduce((sum, own) => sum + own.reduce((all, { pairs: list }) => all + list.length, 0), 0);
  const rule =
    "An effect counts only where a run and its base differ in that parameter alone, with the same code and packages and comparable values";
  if (count === 0) return `${rule}: there is no such pair yet.`;
  return `${rule}: ${pairs(count)}. Shown is the surest contrast of each parameter, with its 95% interval.`;
}

interface RowContext {
  readonly study: StudyAnalysis;
  readonly folder: string;
  readonly time: MetricView | undefined;
}

function rowOf({ impact, contrasts }: Found, { study, folder, time }: RowContext): ImpactRow {
  const { parameter, category, recommended, edge, untold } = impact;
  const [first] = contrasts;
  const { primary } = study;
  const effect = first === undefined || primary === undefined ? undefined : effectView(first.change, primary);
  const settings = Object.hasOwn(study.settings.parameters, parameter) ? study.settings.parameters[parameter] : undefined;
  const { shown, rest } = testedOf(impact);
  const onTime = time === undefined ? undefined : timeOf(impact, first, time, study);
  return {
    category,
    name: parameter,
    label: settings?.label ?? parameter,
    address: parameterAddress(folder, parameter),
    tested: shown,
    untold: untold + rest,
    ...(first === undefined ? {} : { contrast: `${short(first.from)} → ${short(first.to)}` }),
    ...(effect === undefined ? {} : { effect }),
    ...(onTime === undefined ? {} : { time: onTime }),
    ...(recommended === undefined ? {} : { range: short(recommended, 60) }),
    ...(recommended === undefined || edge === undefined ? {} : { edge: edge === "low" ? "lowest tried: extend" : "highest tried: extend" }),
    evidence: effect === undefined || first === undefined ? [[notEnough(impact)]] : weight(effect, first, impact),
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

/** `better, p = 0.01, 3 of 6 pairs` · `t over 3 pairs, 2 more confounded` */
function weight({ evidence, method: how }: DeltaView, { change }: Contrast, { effects, confounded }: Impact): ImpactRow["evidence"] {
  const counted = change.n === effects.length ? pairs(change.n) : `${change.n} of ${pairs(effects.length)}`;
  const first = [evidence, pText(change.evidence.p), counted].filter((part) => part !== undefined);
  const second = [how, confounded === 0 ? undefined : `${confounded} more confounded`].filter((part) => part !== undefined);
  return second.length === 0 ? [first] : [first, second];
}

export function notEnough({ parameter, confounded }: Pick<Impact, "parameter" | "confounded">): string {
  const name = short(parameter, 60);
  if (confounded === 0) return `Not enough to say: no run and its base differ in ${name} with values to compare.`;
  if (confounded === 1) return `Not enough to say: 1 run varies ${name}, with other changes.`;
  return `Not enough to say: ${confounded} runs vary ${name}, ${confounded === 2 ? "both" : "all"} with other changes.`;
}

/** Of the contrast that is shown, else the range of all pairs. */
function timeOf(impact: Impact, contrast: Contrast | undefined, time: MetricView, study: StudyAnalysis): ImpactRow["time"] {
  const change = contrast === undefined || study.primary === time ? undefined : changeOf(contrast, time, study);
  const view = change === undefined ? undefined : effectView(change, time);
  if (change !== undefined && view !== undefined)
    return { text: view.text, title: [view.relative, view.interval, view.evidence, view.n].filter(Boolean).join(" · ") };
  return impact.onTime === undefined ? undefined : rangeText(impact.onTime, time);
}

function rangeText({ low, high, n }: Effect, time: MetricView): ImpactRow["time"] {
  const text = (value: number): string => formatDelta(0, value, time.unit, { decimals: time.decimals, screen: true }).absolute;
  return { text: low === high ? text(low) : `${text(low)} to ${text(high)}`, title: pairs(n) };
}

function fixed(study: StudyAnalysis): ParametersPage["fixed"] {
  const { parameters, of } = findFixed(study);
  return parameters.map(({ name, text, n }) => ({
    name: name.trim() === "" ? `"${name}"` : short(name, 80),
    text: short(text, 40),
    ...(n === of ? {} : { part: `recorded by ${n} of ${of}` }),
  }));
}
