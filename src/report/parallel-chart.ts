// All runs over all parameters at once. A line per run, the kept ones on top; what was not recorded runs through the gutter "none".

import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue } from "../analysis/table.ts";
import type { Chart, Spec } from "./chart.ts";
import { chartSpec, groupTip, legendOf, narrowWidth, shorten, textTicks, wideWidth } from "./chart-parts.ts";
import { lineValue, type Parallel, type ParallelAxis } from "./parallel-rows.ts";
import { left, right, type Table } from "./table.ts";
import { glyphOf } from "./words.ts";

const none = -0.16;
const perAxis = 120;
const wideSize = { width: wideWidth, side: 72, height: 300, label: 28 } as const;

export function parallelChart(parallel: Parallel, study: StudyAnalysis, slug: string): Chart {
  const { primary } = study;
  const { axes, lines, measured } = parallel;
  const kept = lines.filter(({ group }) => group.decision === "keep").length;
  const metric = primary?.label ?? "the result";
  return {
    slug,
    name: `${measured.length} runs over ${axes.length - 1} ${axes.length === 2 ? "parameter" : "parameters"} and ${metric}; ${kept} of the ${lines.length} lines are kept runs.`,
    wide: specOf(parallel, study, wideSize),
    narrow: specOf(parallel, study, { width: Math.max(narrowWidth, axes.length * perAxis), side: 60, height: 240, label: 16 }),
    caption: captionOf(parallel),
    legend: legendOf(lines.map(({ group }) => glyphOf(group).word)),
    data: dataOf(parallel, primary),
  };
}

function captionOf({ axes, lines, measured, failed, unmeasured, left: out }: Parallel): readonly string[] {
  const gutter = axes.some((_, at) => lines.some(({ places }) => places[at] === undefined));
  return [
    ...(lines.length < measured.length ? [`${lines.length} of ${measured.length} runs: the newest kept and the newest others`] : []),
    ...(gutter
      ? [`"none" where a run did not record the parameter${axes.some(({ log }) => log) ? ", or it is not positive on a log scale" : ""}`]
      : []),
    ...(failed > 0 ? [`${failed} failed ${failed === 1 ? "run" : "runs"} left out`] : []),
    ...(unmeasured > 0 ? [`${unmeasured} without a value that counts now`] : []),
    ...(out > 0 ? [`${out} more ${out === 1 ? "parameter" : "parameters"} without an axis`] : []),
  ];
}

/** Where the axes stand in the wide picture, for those who press on it. */
export function axesOf({ axes, lines }: Pick<Parallel, "axes" | "lines">): AxisFrame {
  const gutter = lines.some(({ places }) => places.includes(undefined));
  const { width, side, height } = wideSize;
  return { width, left: side, step: (width - 2 * side) / (axes.length - 1), top, height, low: lowest(gutter) };
}

export interface AxisFrame {
  /** Of the picture; all px. */
  readonly width: number;
  /** The first axis. */
  readonly left: number;
  readonly step: number;
  readonly top: number;
  /** Of the axes. */
  readonly height: number;
  /** The place at the foot of an axis; the top is 1. */
  readonly low: number;
}

const top = 32;
const lowest = (gutter: boolean): number => (gutter ? none - 0.06 : 0);

interface Size {
  readonly width: number;
  /** Room left and right of the outer axes. */
  readonly side: number;
  readonly height: number;
  /** Characters of an axis name. */
  readonly label: number;
}

const positions = { type: "quantitative", title: null } as const;

function specOf(parallel: Parallel, study: StudyAnalysis, { width, side, height, label }: Size): Spec {
  const { axes, lines } = parallel;
  const frame = { width, height, left: side, right: side, top, bottom: 8 };
  const gutters = axes.map((_, at) => lines.some(({ places }) => places[at] === undefined));
  const gutter = gutters.includes(true);
  const step = (width - 2 * side) / (axes.length - 1);
  const names = textTicks(
    axes.map((axis, at) => ({ at, text: shorten(axis.label, Math.min(Math.floor((step - 8) / perCharacter), label)) })),
  );
  const x = {
    ...positions,
    field: "x",
    scale: { domain: [0, axes.length - 1], nice: false, zero: false },
    axis: {
      ...names,
      orient: "top",
      domain: false,
      ticks: false,
      grid: true,
      gridColor: "var(--line-2)",
      labelAngle: 0,
      labelColor: "var(--text)",
      labelOverlap: false,
      labelFlush: false,
      labelLimit: 0,
      labelPadding: 10,
    },
  };
  const y = { ...positions, field: "y", scale: { domain: [lowest(gutter), 1], nice: false, zero: false }, axis: null };
  return chartSpec(frame, {
    data: { values: pointsOf(parallel, study) },
    layer: [...lineLayers(x, y), ...textLayers({ x, y, axes, gutters })],
  });
}

/** Width of one in an axis name, px. */
const perCharacter = 6.8;

function pointsOf({ axes, lines }: Parallel, study: StudyAnalysis): readonly Spec[] {
  const { primary } = study;
  return lines.flatMap(({ group, places }) => {
    const tip = primary === undefined ? group.first.run.id : groupTip(group, primary, study);
    const { word } = glyphOf(group);
    return axes.map((_, at) => ({ x: at, y: Math.round((places[at] ?? none) * 1000) / 1000, run: group.key, word, tip }));
  });
}

/** From the back to the front. */
const strokes: readonly (readonly [word: string, mark: Spec])[] = [
  ["discarded", { stroke: "var(--discard)", strokeWidth: 1, strokeOpacity: 0.4 }],
  ["undecided", { stroke: "var(--undecided)", strokeWidth: 1, strokeOpacity: 0.55 }],
  ["kept", { stroke: "var(--keep)", strokeWidth: 1.75 }],
];

function lineLayers(x: Spec, y: Spec): readonly Spec[] {
  return strokes.map(([word, mark]) => ({
    transform: [{ filter: { field: "word", equal: word } }],
    mark: { type: "line", interpolate: "monotone", ...mark },
    encoding: { x, y, detail: { field: "run" }, description: { field: "tip" } },
  }));
}

interface Texts {
  readonly x: Spec;
  readonly y: Spec;
  readonly axes: readonly ParallelAxis[];
  /** Axes with lines through "none". */
  readonly gutters: readonly boolean[];
}

/** Ticks as text beside the axes, on a halo so that the lines do not cross them out. */
function textLayers({ x, y, axes, gutters }: Texts): readonly Spec[] {
  const values = axes.flatMap(({ ticks }, at) => [
    ...ticks.map(({ at: place, text }) => ({ x: at, y: place, text })),
    ...(gutters[at] ? [{ x: at, y: none, text: "none" }] : []),
  ]);
  const text = { type: "text", align: "left", baseline: "middle", dx: 6, fontSize: 12, aria: false };
  const encoding = { x, y, text: { field: "text" } };
  return [
    { data: { values }, mark: { ...text, stroke: "var(--bg)", strokeWidth: 5, color: "var(--bg)" }, encoding },
    { data: { values }, mark: { ...text, color: "var(--muted)" }, encoding },
  ];
}

const mostRows = 50;

function dataOf({ axes, lines, measured }: Parallel, primary: MetricView | undefined): Table {
  const parameters = axes.filter(({ kind }) => kind !== "metric");
  const newest = lines.toReversed().slice(0, mostRows);
  return {
    name: "parallel",
    title: "Runs over parameters",
    columns: [
      left("run", "Run"),
      ...parameters.map(({ name, label, kind }) => (kind === "number" ? right(name, label) : left(name, label))),
      right("value", primary?.label ?? "Value"),
      left("decision", "Decision"),
    ],
    rows: newest.map(({ group }) => [
      { text: group.first.run.id, run: group.first.run.id },
      ...parameters.map(({ name }) => ({ text: recordedValue(group.first, name)?.text ?? "–" })),
      { text: primary === undefined ? "–" : lineValue(group, primary) },
      { text: glyphOf(group).word },
    ]),
    notes: measured.length > newest.length ? [`The newest ${newest.length} of ${measured.length} runs.`] : [],
    empty: "",
  };
}
