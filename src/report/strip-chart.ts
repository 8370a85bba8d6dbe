// One parameter: every configuration over its value, and the pairs that changed nothing else joined, so that the matched evidence is what
// the eye sees.

import type { Group, Impact, MetricView, PairEffect, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue } from "../analysis/table.ts";
import type { Chart, Frame, Spec } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  groupTip,
  inUnit,
  labelRoom,
  narrowWidth,
  numberLabel,
  quantile,
  type Range,
  rangeScale,
  runTip,
  shorten,
  textTicks,
  wideWidth,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import { pairs as countPairs } from "./effect-view.ts";
import type { ParameterUse } from "./parameter-values.ts";
import { left, right, type Table } from "./table.ts";
import { type ValueAxis, valueAxis } from "./value-axis.ts";
import { deltaView, valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

const fewest = 3;
/** Without a pair that differs in nothing else. */
const fewestApart = 8;
const mostTicks = 400;
const mostPairs = 300;
const mostFailed = 60;
const columns = 40;
const gutter = 18;

interface Point {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
}

interface Pair {
  readonly effect: PairEffect;
  readonly group: Group;
  readonly from: Omit<Point, "group">;
  readonly to: Omit<Point, "group">;
  readonly look: "better" | "worse" | "open";
  readonly judged: boolean;
}

interface Strip {
  readonly label: string;
  readonly metric: MetricView;
  readonly axis: ValueAxis;
  readonly range: Range;
  readonly points: readonly Point[];
  readonly pairs: readonly Pair[];
  readonly failed: readonly Omit<Point, "y">[];
  /** Values without a place on the axis. */
  readonly homeless: number;
  readonly unmeasured: number;
}

export interface StripFacts {
  readonly impact: Impact;
  readonly uses: readonly ParameterUse[];
  /** Of the results. */
  readonly range: Range;
}

/** Nothing where the primary metric or a second value is missing, or so few results that the tables say it better. */
export function stripChart({ impact, uses, range }: StripFacts, study: StudyAnalysis, slug: string): Chart | undefined {
  const strip = stripOf(impact, uses, range, study);
  if (strip === undefined) return undefined;
  const { label, metric, points, pairs } = strip;
  const better = pairs.filter(({ look }) => look === "better").length;
  const worse = pairs.filter(({ look }) => look === "worse").length;
  return {
    slug,
    name: `${metric.label} over ${label}: ${points.length} configurations, ${countPairs(pairs.length)} that differ in nothing else, ${better} better and ${worse} worse.`,
    wide: specOf(strip, study, wideWidth),
    narrow: specOf(strip, study, narrowWidth),
    caption: captionOf(strip),
    legend: [],
    data: dataOf(strip),
  };
}

/** Why there is no picture. */
export function noStrip({ tested, untold }: Impact, { primary }: StudyAnalysis): string {
  if (primary === undefined) return "No run has a metric to draw it against.";
  const count = tested.length + untold;
  return count < 2 ? "One value tried: nothing to draw." : "Too few results to draw: the tables say it.";
}

function stripOf({ parameter, effects }: Impact, uses: readonly ParameterUse[], range: Range, study: StudyAnalysis): Strip | undefined {
  const { primary, settings, runs } = study;
  const own = Object.hasOwn(settings.parameters, parameter) ? settings.parameters[parameter] : undefined;
  const axis = valueAxis(
    uses.map(({ value }) => value),
    own?.scale,
  );
  const measured = uses.filter(({ result }) => result !== undefined);
  if (primary === undefined || axis === undefined || measured.length < (effects.length > 0 ? fewest : fewestApart)) return undefined;
  const y = (value: number): number => inUnit(value, primary.unit);
  const points = measured.flatMap(({ group, value, result = 0 }): readonly Point[] => {
    const x = axis.place(value);
    return x === undefined ? [] : [{ group, x, y: y(result) }];
  });
  const pairs = effects.flatMap((effect): readonly Pair[] => {
    const run = runs.get(effect.run);
    const values = [run?.base, run?.file].map((file) => (file === undefined ? undefined : recordedValue(file, parameter)));
    const [from, to] = values.map((value) => (value === undefined ? undefined : axis.place(value)));
    const { before, after, evidence } = effect.delta;
    if (run === undefined || from === undefined || to === undefined || before.mean === undefined || after.mean === undefined) return [];
    const { word } = evidence;
    return [
      {
        effect,
        group: run.group,
        from: { x: from, y: y(before.mean) },
        to: { x: to, y: y(after.mean) },
        look: word === "better" || word === "worse" ? word : "open",
        judged: word !== "unjudged" && word !== "unclear",
      },
    ];
  });
  const failed = uses.flatMap(({ group, value }) => {
    const x = group.status === "failed" || group.status === "lost" ? axis.place(value) : undefined;
    return x === undefined ? [] : [{ group, x }];
  });
  return {
    label: own?.label ?? parameter,
    metric: primary,
    axis,
    range,
    points,
    pairs,
    failed,
    homeless: measured.length - points.length,
    unmeasured: uses.length - measured.length - failed.length,
  };
}

const outside = ({ range: { low, high } }: Strip, value: number): boolean => value < low || value > high;

function captionOf(strip: Strip): readonly string[] {
  const { points, pairs, failed, homeless, unmeasured } = strip;
  const out = points.filter(({ y }) => outside(strip, y)).length;
  return [
    pairs.length > 0
      ? "Lines join a run (square) to its base where they differ in nothing else: solid better, dashed worse, hollow square cannot tell. Ticks are all other configurations"
      : "Ticks are configurations; none differs from its base in this parameter alone",
    ...(points.length > mostTicks ? [`median and middle half of ${points.length} configurations`] : []),
    ...(pairs.length > mostPairs ? [`${mostPairs} of ${pairs.length} pairs, the newest`] : []),
    ...(out > 0 ? [`${out} outside the scale, drawn at its edge`] : []),
    ...(failed.length > mostFailed ? [`${failed.length} failed`] : []),
    ...(homeless > 0 ? [`${homeless} not positive, left out`] : []),
    ...(unmeasured > 0 ? [`${unmeasured} without a value that counts now`] : []),
  ];
}

function specOf(strip: Strip, study: StudyAnalysis, width: number): Spec {
  const { metric, range, axis, label } = strip;
  const showsFailed = strip.failed.length > 0 && strip.failed.length <= mostFailed;
  const title = `${axisTitle(metric, range.log, width)}`;
  const frame: Frame = {
    width,
    height: width < 600 ? 200 : 280,
    left: labelRoom(range, metric.unit),
    right: 16,
    top: 32,
    bottom: 44 + (showsFailed ? gutter : 0),
  };
  const x = (field: string): Spec => ({
    field,
    type: "quantitative",
    title: `${shorten(label, Math.floor(width / 8) - 12)}${axis.log ? ", log scale" : ""}`,
    scale: { domain: [-0.06, 1.06], nice: false, zero: false },
    axis: {
      ...xAxis(""),
      ...textTicks(thinned(axis, width)),
      labelOverlap: true,
      offset: showsFailed ? gutter : 0,
      titleAnchor: "start",
    },
  });
  const y = (place: Spec): Spec => ({
    ...place,
    type: "quantitative",
    title,
    scale: rangeScale(range),
    axis: yAxis(frame, numberLabel(metric.unit, range.log)),
  });
  return chartSpec(frame, {
    layer: [
      ...(strip.points.length > mostTicks ? boxLayers(strip, x, y) : tickLayers(strip, study, x, y)),
      ...pairLayers(strip, x, y),
      ...(showsFailed ? [failedLayer(strip, frame, x, y)] : []),
    ],
  });
}

/** As many as have room. */
function thinned({ ticks }: ValueAxis, width: number): readonly { readonly at: number; readonly text: string }[] {
  const room = Math.max(Math.floor(width / 70), 2);
  const every = Math.ceil(ticks.length / room);
  return ticks.filter((_, at) => at % every === 0);
}

type Encoder = (field: string) => Spec;
type Placer = (place: Spec) => Spec;

/** The configurations that are no square, behind. */
function tickLayers({ points, metric }: Strip, study: StudyAnalysis, x: Encoder, y: Placer): readonly Spec[] {
  const values = points.map((point) => ({ x: point.x, y: point.y, tip: groupTip(point.group, metric, study) }));
  return [
    {
      data: { values },
      mark: { type: "tick", orient: "horizontal", size: 14, thickness: 1.5, color: "var(--discard)", opacity: 0.7 },
      encoding: { x: x("x"), y: y({ field: "y" }), description: { field: "tip" } },
    },
  ];
}

/** Median and quartiles per value, or per fortieth of the axis. */
function boxLayers({ points, axis }: Strip, x: Encoder, y: Placer): readonly Spec[] {
  const bins = new Map<number, number[]>();
  for (const point of points) {
    const bin = axis.discrete ? point.x : (Math.floor(point.x * (columns - 1)) + 0.5) / columns;
    const known = bins.get(bin);
    if (known === undefined) bins.set(bin, [point.y]);
    else known.push(point.y);
  }
  const values = [...bins].map(([at, all]) => {
    const sorted = all.sort((one, other) => one - other);
    return {
      x: at,
      low: quantile(sorted, 0.25),
      y: quantile(sorted, 0.5),
      high: quantile(sorted, 0.75),
      tip: `${all.length} configurations`,
    };
  });
  const tip = { description: { field: "tip" } };
  return [
    {
      data: { values },
      mark: { type: "rule", strokeWidth: 8, color: "var(--discard)", opacity: 0.35 },
      encoding: { x: x("x"), y: y({ field: "low" }), y2: { field: "high" }, ...tip },
    },
    {
      data: { values },
      mark: { type: "tick", orient: "horizontal", size: 14, thickness: 2, color: "var(--discard)" },
      encoding: { x: x("x"), y: y({ field: "y" }), ...tip },
    },
  ];
}

const looks: Readonly<Record<Pair["look"], Spec>> = {
  better: { stroke: "var(--keep)", strokeWidth: 2 },
  worse: { stroke: "var(--bad)", strokeWidth: 1.5, strokeDash: [4, 3] },
  open: { stroke: "var(--strong)", strokeWidth: 1.25 },
};
const colors: Readonly<Record<Pair["look"], string>> = { better: "var(--keep)", worse: "var(--bad)", open: "var(--muted)" };

function pairLayers({ pairs, metric }: Strip, x: Encoder, y: Placer): readonly Spec[] {
  const shown = pairs.slice(-mostPairs);
  const rowsOf = (own: readonly Pair[]): readonly Spec[] =>
    own.map(({ from, to, effect, group }) => ({ x: from.x, y: from.y, x2: to.x, y2: to.y, tip: tipOf(effect, group, metric) }));
  return (["open", "worse", "better"] as const).flatMap((look) => {
    const own = shown.filter((pair) => pair.look === look);
    if (own.length === 0) return [];
    const squares = [true, false].flatMap((judged): readonly Spec[] => {
      const some = own.filter((pair) => pair.judged === judged);
      if (some.length === 0) return [];
      return [
        {
          data: { values: rowsOf(some) },
          mark: {
            type: "point",
            shape: "square",
            size: 64,
            filled: true,
            fill: judged ? colors[look] : "var(--bg)",
            stroke: colors[look],
            strokeWidth: 1.25,
          },
          encoding: { x: x("x2"), y: y({ field: "y2" }), description: { field: "tip" } },
        },
      ];
    });
    return [
      {
        data: { values: rowsOf(own) },
        mark: { type: "rule", aria: false, ...looks[look] },
        encoding: { x: x("x"), y: y({ field: "y" }), x2: { field: "x2" }, y2: { field: "y2" } },
      },
      ...squares,
    ];
  });
}

function tipOf({ from, to, delta }: PairEffect, group: Group, metric: MetricView): string {
  const view = deltaView(delta, metric);
  const { id, title } = group.first.run;
  return [`${id} ${shorten(title, 48)}`, `${shorten(from, 24)} → ${shorten(to, 24)}`, view?.text, view?.evidence]
    .filter(Boolean)
    .join(" · ");
}

/** Failed runs under the plot. */
function failedLayer({ failed }: Strip, { height }: Frame, x: Encoder, y: Placer): Spec {
  const values = failed.map(({ group, x: at }) => ({
    x: at,
    tip: runTip(group.first.run.id, group.first.run.title, glyphOf(group).word),
  }));
  return {
    data: { values },
    mark: { type: "point", shape: "M-1,-1L1,1M-1,1L1,-1", size: 36, filled: false, stroke: "var(--bad)", strokeWidth: 1.5 },
    encoding: { x: x("x"), y: y({ value: height + gutter / 2 }), description: { field: "tip" } },
  };
}

const mostRows = 50;

function dataOf({ points, pairs, label, metric }: Strip): Table {
  const matched = new Map(pairs.map((pair) => [pair.group, pair]));
  const newest = points.toReversed().slice(0, mostRows);
  return {
    name: "strip",
    title: `${metric.label} over ${label}`,
    columns: [left("run", "Run"), left("change", "Change"), right("value", metric.label), left("evidence", "Against its base")],
    rows: newest.map(({ group }) => {
      const pair = matched.get(group);
      const view = deltaView(pair?.effect.delta, metric);
      return [
        { text: group.first.run.id, run: group.first.run.id },
        { text: pair === undefined ? "–" : `${pair.effect.from} → ${pair.effect.to}` },
        { text: valueText(group.readings.get(metric.name), metric) ?? "–" },
        { text: view === undefined ? "–" : `${view.text}, ${view.evidence}` },
      ];
    }),
    notes: points.length > mostRows ? [`The newest ${mostRows} of ${points.length} configurations.`] : [],
    empty: "",
  };
}
