// Any number of runs side by side: what differs, and whether it holds. Made at build for a few runs and in the browser for those that a
// reader chose, from the same data.

import { countsOnce } from "../analysis/copies.ts";
import { deltaBetween, minEffectOf } from "../analysis/deltas.ts";
import { judge, type Sample } from "../analysis/evidence.ts";
import type { Break, Delta, MetricView } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import { type CompareMetric, type CompareRun, type CompareStudy, type Fact, judgedBy } from "./compare-data.ts";
import { ownNotices, withOwnValues } from "./compare-own.ts";
import { dayText } from "./day.ts";
import type { Bar, DeltaView, Notice, PageFrame, RunRef } from "./page.ts";
import { barOf, deltaView, halfWidth, valueText } from "./view.ts";

export interface CompareChoice {
  /** In the order in which they are shown. */
  readonly runs: readonly CompareRun[];
  /** Ids that no run has. */
  readonly unknown: readonly string[];
  readonly studies: readonly CompareStudy[];
  /** Id of the run that the others are held against; the first otherwise. */
  readonly base?: string;
  /** Of the forest; the primary one otherwise. */
  readonly metric?: string;
  /** Equal parameters too. */
  readonly all?: boolean;
}

export interface Head {
  readonly run: RunRef;
  readonly date?: string;
  /** Where the runs are of several studies. */
  readonly study?: string;
  readonly base: boolean;
  /** 1 to 10 for its colour and dash; 0 is the base, drawn in the colour of text; beyond ten there is none. */
  readonly series?: number;
  readonly curves?: string;
}

export interface CompareCell {
  readonly text?: string;
  /** Why there is no value: `failed`, `invalid`, `diverged`. */
  readonly word?: string;
  readonly differs?: boolean;
  readonly n?: number;
  /** In full, canonical unit. */
  readonly reading?: Pick<CompareMetric, "mean" | "sd" | "n">;
  readonly delta?: DeltaView;
  readonly bar?: Bar;
  /** Why it is not compared: `not comparable (v1 ≠ v2)`. */
  readonly apart?: string;
}

export interface Line {
  readonly name: string;
  /** The metric's own name, where the line is one. */
  readonly key?: string;
  readonly cells: readonly CompareCell[];
}

export interface ForestRow {
  readonly run: RunRef;
  readonly delta: DeltaView;
  /** −1 to 1 of the axis; better is to the right. */
  readonly at: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Forest {
  readonly metric: string;
  readonly title: string;
  readonly rows: readonly ForestRow[];
  /** The smallest effect worth having, as a share of the axis. */
  readonly zone: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly notes: readonly string[];
}

export interface Note {
  readonly heading: string;
  readonly cells: readonly (readonly string[])[];
}

export interface CompareComparison {
  readonly heads: readonly Head[];
  readonly unknown: readonly string[];
  readonly notices: readonly Notice[];
  readonly forest?: Forest;
  /** Metrics that a forest can show. */
  readonly choices: readonly { readonly name: string; readonly label: string }[];
  readonly metrics: readonly Line[];
  readonly parameters: readonly Line[];
  /** How many parameters are equal in all runs. */
  readonly equal: number;
  readonly environment: readonly Line[];
  readonly code: readonly Line[];
  readonly notes: readonly Note[];
  /** From here on runs are rows and their notes are left to their pages. */
  readonly many: boolean;
}

export interface ComparePage extends CompareComparison {
  readonly frame: PageFrame;
}

const mostWithNotes = 60;

export function comparePage(choice: CompareChoice, frame: PageFrame): ComparePage {
  return { frame, ...compareRuns(choice) };
}

export function compareRuns(choice: CompareChoice): CompareComparison {
  const { studies, unknown } = choice;
  const runs = withOwnValues(choice.runs, studies);
  const base = runs.find(({ run }) => run.id === choice.base) ?? runs[0];
  const several = new Set(runs.map(({ study }) => study)).size > 1;
  const metrics = metricsOf(runs, studies);
  const parameters = factLines(runs, base, (run) => without(run.config, studies));
  const shown = choice.all === true ? parameters : parameters.filter(({ cells }) => cells.some(({ differs }) => differs));
  const many = runs.length > mostWithNotes;
  const differing = (lines: readonly Line[]): readonly Line[] => lines.filter(({ cells }) => cells.some(({ differs }) => differs));
  const forest = base === undefined ? undefined : forestOf({ ...choice, runs }, base, metrics);
  return {
    heads: headsOf(runs, base, several ? studies : []),
    unknown,
    notices: base === undefined ? [] : [...noticesOf(runs, base, several), ...ownNotices(choice.runs, mainOf(metrics), pooledText)],
    ...(forest === undefined ? {} : { forest }),
    choices: metrics.filter(({ direction }) => direction !== undefined).map(({ name, label }) => ({ name, label })),
    metrics: base === undefined ? [] : metrics.map((metric) => metricLine(metric, runs, base, studies)),
    parameters: shown,
    equal: parameters.length - differing(parameters).length,
    environment: differing(factLines(runs, base, ({ environment }) => environment)),
    code: many ? [] : factLines(runs, base, ({ code }) => code),
    notes: many ? [] : notesOf(runs),
    many,
  };
}

function headsOf(runs: readonly CompareRun[], base: CompareRun | undefined, studies: readonly CompareStudy[]): readonly Head[] {
  let series = 0;
  return runs.map((one) => {
    const study = studies.find(({ name }) => name === one.study)?.title;
    const number = one === base ? 0 : ++series;
    return {
      run: one.run,
      base: one === base,
      ...(number > 10 ? {} : { series: number }),
      ...(one.date === undefined ? {} : { date: dayText(one.date) ?? one.date }),
      ...(study === undefined ? {} : { study }),
      ...(one.curves === undefined ? {} : { curves: one.curves }),
    };
  });
}

/** In the rank of the first study that knows them. */
function metricsOf(runs: readonly CompareRun[], studies: readonly CompareStudy[]): readonly MetricView[] {
  const names = new Set(runs.flatMap(({ metrics, invalid }) => [...Object.keys(metrics), ...invalid]));
  const found = new Map<string, MetricView>();
  for (const { study } of runs)
    for (const metric of studies.find(({ name }) => name === study)?.metrics ?? [])
      if (names.has(metric.name) && !found.has(metric.name)) found.set(metric.name, metric);
  return [...found.values()];
}

/** Why two runs do not compare in a metric. */
function breakOf(metric: MetricView, one: CompareRun, base: CompareRun): Break | undefined {
  if (one.study === base.study && one.era !== base.era) return "protocol";
  if (metric.duration) return one.machineKey === base.machineKey ? undefined : "hardware";
  const other = new Map(base.data);
  return one.data.every(([name, content]) => (other.get(name) ?? content) === content) ? undefined : "data";
}

const apartWords = {
  protocol: (one: CompareRun, base: CompareRun) => `${base.era || "first protocol"} ≠ ${one.era || "first protocol"}`,
  hardware: () => "other machine",
  data: () => "other evaluation data",
  invalid: () => "invalid",
  scale: () => "scale",
} satisfies Record<Break, (one: CompareRun, base: CompareRun) => string>;

const hasFailed = ({ run: { glyph } }: CompareRun): boolean => glyph.word === "failed" || glyph.word === "lost";

/** What a run measured before it failed is no result. */
function apartOf(metric: MetricView, one: CompareRun, base: CompareRun): string | undefined {
  const broken = [one, base].find(hasFailed);
  if (broken !== undefined) return broken === one ? broken.run.glyph.word : `not comparable (${broken.run.id} ${broken.run.glyph.word})`;
  const apart = breakOf(metric, one, base);
  return apart === undefined ? undefined : `not comparable (${apartWords[apart](one, base)})`;
}

const mainOf = (metrics: readonly MetricView[]): MetricView | undefined => metrics.find(({ direction }) => direction !== undefined);

const pooledText = (pooled: CompareMetric, metric: MetricView): string | undefined => valueText(readingOf(pooled), metric);

function readingOf({ mean, sd, n, values, diverged = 0 }: CompareMetric): Reading {
  return { values, n, diverged, text: "", ...(mean === undefined ? {} : { mean }), ...(sd === undefined ? {} : { sd }) };
}

function sampleOf(run: CompareRun, metric: CompareMetric, view: MetricView): Sample {
  const seeds = metric.seeds ?? [];
  const pairs = seeds.flatMap((seed, at): [string, number][] => {
    const value = metric.values[at];
    return seed === null || typeof value !== "number" || seeds.indexOf(seed) !== seeds.lastIndexOf(seed) ? [] : [[seed, value]];
  });
  const reading = readingOf(metric);
  return { reading, identical: countsOnce(run, view, reading), bySeed: () => new Map(pairs) };
}

function deltaOf(metric: MetricView, one: CompareRun, base: CompareRun, studies: readonly CompareStudy[]): Delta | undefined {
  const [before, after] = [base.metrics[metric.name], one.metrics[metric.name]];
  if (one === base || before === undefined || after === undefined || apartOf(metric, one, base) !== undefined) return undefined;
  const study = studies.find(({ name }) => name === base.study);
  const noise = study?.noise[metric.name];
  const minEffect = study === undefined ? undefined : minEffectOf(metric, readingOf(before), judgedBy(study));
  return deltaBetween(readingOf(before), readingOf(after), metric, () =>
    judge(sampleOf(base, before, metric), sampleOf(one, after, metric), {
      metric,
      ...(noise === undefined ? {} : { noise }),
      ...(minEffect === undefined ? {} : { minEffect }),
    }),
  );
}

function metricLine(metric: MetricView, runs: readonly CompareRun[], base: CompareRun, studies: readonly CompareStudy[]): Line {
  const deltas = runs.map((one) => deltaView(deltaOf(metric, one, base, studies), metric));
  const half = halfWidth(deltas);
  const arrow = metric.direction === undefined ? "" : metric.direction === "max" ? " ↑" : " ↓";
  return {
    key: metric.name,
    name: `${metric.label}${arrow}`,
    cells: runs.map((one, at): CompareCell => {
      const value = one.metrics[metric.name];
      const delta = deltas[at];
      const bar = barOf(delta, half);
      const apart = one === base || value === undefined || base.metrics[metric.name] === undefined ? undefined : apartOf(metric, one, base);
      const text = value?.mean === undefined ? undefined : valueText(readingOf(value), metric);
      return {
        ...(text === undefined ? missing(one, metric.name, value) : { text }),
        ...(value === undefined || value.mean === undefined ? {} : { n: value.n, reading: shortly(value) }),
        ...(delta === undefined ? {} : { delta }),
        ...(bar === undefined ? {} : { bar }),
        ...(apart === undefined || text === undefined ? {} : { apart }),
      };
    }),
  };
}

function shortly({ mean, sd, n }: CompareMetric): NonNullable<CompareCell["reading"]> {
  return { ...(mean === undefined ? {} : { mean }), ...(sd === undefined ? {} : { sd }), n };
}

function missing(one: CompareRun, name: string, value: CompareMetric | undefined): CompareCell {
  if ((value?.diverged ?? 0) > 0) return { word: "diverged" };
  if (one.invalid.includes(name)) return { word: "invalid" };
  return hasFailed(one) ? { word: one.run.glyph.word } : {};
}

/** One line per name, in the order of first mention; a cell differs where its text is not the base's. */
function factLines(runs: readonly CompareRun[], base: CompareRun | undefined, read: (run: CompareRun) => readonly Fact[]): readonly Line[] {
  const sides = runs.map((run) => new Map(read(run)));
  const own = sides[base === undefined ? 0 : runs.indexOf(base)];
  const names = [...new Set(sides.flatMap((side) => [...side.keys()]))];
  return names.map((name) => {
    const texts = sides.map((side) => side.get(name));
    // What the base did not record cannot differ from it; the others may among each other.
    const [first] = texts.filter((text) => text !== undefined);
    const usual = own?.get(name) ?? first;
    return { name, cells: texts.map((text) => (text === undefined ? { text: "?" } : { text, differs: text !== usual })) };
  });
}

/** Named in `ignore` of a study: a seed or a folder is no difference. */
function without(config: readonly Fact[], studies: readonly CompareStudy[]): readonly Fact[] {
  const ignored = studies.flatMap(({ ignore }) => ignore);
  return config.filter(([name]) => !ignored.some((word) => name === word || name.startsWith(`${word}.`)));
}

function notesOf(runs: readonly CompareRun[]): readonly Note[] {
  const headings = [...new Set(runs.flatMap(({ notes }) => notes.map(([heading]) => heading)))];
  return headings
    .map((heading) => ({ heading, cells: runs.map(({ notes }) => notes.find(([own]) => own === heading)?.[1] ?? []) }))
    .filter(({ cells }) => cells.some((texts) => texts.length > 0));
}

function noticesOf(runs: readonly CompareRun[], base: CompareRun, several: boolean): readonly Notice[] {
  const others = runs.filter((run) => run !== base);
  const names = (list: readonly CompareRun[]): string => list.map(({ run }) => run.id).join(", ");
  const notice = (list: readonly CompareRun[], what: string): readonly Notice[] =>
    list.length === 0
      ? []
      : [{ kind: "undecided", text: `${names(list.slice(0, 5))}${list.length > 5 ? ` and ${list.length - 5} more` : ""}: ${what}` }];
  const own = new Map(base.data);
  return [
    ...(several ? [{ kind: "undecided", text: "These runs are of several studies: the same name may not mean the same." } as const] : []),
    ...notice(
      others.filter((run) => run.study === base.study && run.era !== base.era),
      `another protocol than ${base.run.id}, so no metric is compared.`,
    ),
    ...notice(
      others.filter((run) => run.data.some(([name, content]) => (own.get(name) ?? content) !== content)),
      "other evaluation data, so no quality is compared.",
    ),
    ...notice(
      others.filter((run) => run.machineKey !== base.machineKey),
      "another machine, so no time is compared.",
    ),
  ];
}

const mostForest = 40;

function forestOf({ runs, studies, metric: wanted }: CompareChoice, base: CompareRun, metrics: readonly MetricView[]): Forest | undefined {
  const metric = metrics.find(({ name }) => name === wanted) ?? mainOf(metrics);
  if (metric === undefined) return undefined;
  const found = runs.flatMap((one) => {
    const delta = deltaView(deltaOf(metric, one, base, studies), metric);
    return delta === undefined ? [] : [{ run: one.run, delta }];
  });
  if (found.length === 0) return undefined;
  const sorted = found.toSorted((a, b) => b.delta.gain - a.delta.gain);
  const reach = ({ delta }: (typeof found)[number]): number =>
    Math.max(Math.abs(delta.gain), Math.abs(delta.gainLow ?? 0), Math.abs(delta.gainHigh ?? 0));
  const extents = sorted.map(reach).sort((a, b) => a - b);
  const study = studies.find(({ name }) => name === base.study);
  const before = base.metrics[metric.name];
  const zone = study === undefined || before === undefined ? 0 : (minEffectOf(metric, readingOf(before), judgedBy(study)) ?? 0);
  const axis = niceAbove(Math.max(extents[Math.ceil(extents.length * 0.98) - 1] ?? 0, zone * 1.5));
  const shown = sorted.slice(0, mostForest);
  return {
    metric: metric.name,
    title: `Δ ${metric.label} on ${base.run.id}, better →`,
    rows: shown.map(({ run, delta }) => ({
      run,
      delta,
      at: delta.gain / axis,
      ...(delta.gainLow === undefined || delta.gainHigh === undefined ? {} : { low: delta.gainLow / axis, high: delta.gainHigh / axis }),
    })),
    zone: zone / axis,
    ticks: [-1, -0.5, 0, 0.5, 1].map((at) => ({ at, text: tickText(at * axis, metric) })),
    notes: [
      ...(sorted.length > shown.length ? [`The ${shown.length} largest of ${sorted.length} changes.`] : []),
      ...runs.filter((one) => one !== base && hasFailed(one)).map(({ run }) => `${run.id} ${run.glyph.word}.`),
    ],
  };
}

/** One, two or five times a power of ten. */
function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10);
}

/** The gain in words: positive is better, whatever the sign of the change. */
function tickText(gain: number, metric: MetricView): string {
  if (gain === 0) return "0";
  const change = metric.direction === "min" ? -gain : gain;
  const view = deltaView(
    {
      before: { values: [], mean: 0, n: 1, diverged: 0, text: "" },
      after: { values: [], mean: change, n: 1, diverged: 0, text: "" },
      absolute: change,
      evidence: { word: "unjudged" },
    },
    { ...metric, decimals: Math.max(metric.decimals, 0) },
  );
  // A tick needs no more digits than it has, and there is room for five.
  return (view?.text ?? "").replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "");
}
