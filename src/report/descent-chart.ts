// Where the search stalled and what grew from what: the runs in order, each joined to its base, the way to the best on top.

import type { Descendant, Descent } from "../analysis/descent.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { parseDate } from "../base/time.ts";
import type { Chart, Frame, Spec } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  groupTip,
  inUnit,
  labelRoom,
  legendOf,
  marks,
  narrowWidth,
  numberLabel,
  type Range,
  rangeScale,
  runTip,
  textTicks,
  valueRange,
  wideWidth,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import { dayStarts, orderTicks } from "./chart-ticks.ts";
import { writtenDay } from "./day.ts";
import { coreOf } from "./result-range.ts";
import { left, right, type Table } from "./table.ts";
import { valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

const fewest = 3;
const most = 400;
const mostNarrow = 120;
/** Of a longer history. */
const mostOfMany = 160;
const mostOfManyNarrow = 48;
const gutter = 18;
const mostFailed = 60;

interface Point {
  readonly node: Descendant;
  /** Place in the order, from 1. */
  readonly x: number;
  readonly y: number;
  readonly word: "kept" | "discarded" | "undecided";
}

interface Scene {
  readonly metric: MetricView;
  readonly study: StudyAnalysis;
  readonly range: Range;
  readonly points: readonly Point[];
  readonly onPath: ReadonlySet<Descendant>;
  readonly end: Descendant | undefined;
  readonly failed: readonly { readonly node: Descendant; readonly x: number }[];
  readonly days: readonly (string | undefined)[];
}

/** Nothing below three results: the list says it better. */
export function descentChart({ all, path }: Descent, study: StudyAnalysis, slug: string): Chart | undefined {
  const { primary, era } = study;
  if (primary === undefined) return undefined;
  const points = all.flatMap((node, at): readonly Point[] => {
    const { group } = node;
    const mean = group.status === "finished" && group.era === era ? group.readings.get(primary.name)?.mean : undefined;
    const { word } = glyphOf(group);
    if (mean === undefined || (word !== "kept" && word !== "discarded" && word !== "undecided")) return [];
    return [{ node, x: at + 1, y: inUnit(mean, primary.unit), word }];
  });
  if (points.length < fewest) return undefined;
  const failed = all.flatMap((node, at) => (node.group.status === "failed" || node.group.status === "lost" ? [{ node, x: at + 1 }] : []));
  const scene: Scene = {
    metric: primary,
    study,
    range: rangeOf(points, path, primary, study),
    points,
    onPath: new Set(path),
    end: path.at(-1),
    failed,
    days: all.map(({ group }) => parseDate(writtenDay(group.first.run) ?? "")?.day),
  };
  const many = points.length > most;
  const wide = shownOf(scene, many ? mostOfMany : most);
  return {
    slug,
    name: nameOf(scene, path),
    wide: specOf(scene, wide, wideWidth),
    narrow: specOf(scene, shownOf(scene, many ? mostOfManyNarrow : mostNarrow), narrowWidth),
    caption: captionOf(scene, wide),
    legend: legendOf([
      ...points.map(({ word }) => word),
      ...(failed.length > 0 && failed.length <= mostFailed && !many ? ["failed" as const] : []),
    ]),
    data: dataOf(scene, path),
  };
}

function nameOf({ metric, points, end }: Scene, path: readonly Descendant[]): string {
  const value = end === undefined ? undefined : valueText(end.group.readings.get(metric.name), metric);
  const best =
    end === undefined || value === undefined ? "" : `; ${path.length - 1} steps lead to the best, ${end.group.first.run.id}, ${value}`;
  return `${metric.label} of ${points.length} configurations in order, each joined to its base${best}.`;
}

/** Kept ones and the way to the best are always within. */
function rangeOf(points: readonly Point[], path: readonly Descendant[], metric: MetricView, { noise }: StudyAnalysis): Range {
  const { values, log } = coreOf(
    points.map(({ y }) => y),
    metric.duration ? 20 : 100,
  );
  const onPath = new Set(path);
  const certain = points.filter(({ node, word }) => word === "kept" || onPath.has(node)).map(({ y }) => y);
  const core = certain.length > 2 ? coreOf([...certain, ...values]).values : values;
  const sd = noise.get(metric.name)?.sd;
  return valueRange(core, {
    log: log && core.every((value) => value > 0),
    most: metric.unit === "%" ? 100 : undefined,
    sd: sd === undefined ? undefined : inUnit(sd, metric.unit),
  });
}

/** All, or the way to the best and what was made from it. */
function shownOf({ points, onPath }: Scene, limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const path = points.filter(({ node }) => onPath.has(node)).slice(-limit / 2);
  const bases = new Set(path.map(({ node }) => node));
  const near = points.filter(({ node }) => !onPath.has(node) && node.parents.some((parent) => bases.has(parent)));
  const rest = near.slice(path.length - limit);
  const chosen = new Set([...path, ...rest]);
  return points.filter((point) => chosen.has(point));
}

function captionOf({ points, range, failed, onPath }: Scene, shown: readonly Point[]): readonly string[] {
  const out = shown.filter(({ y }) => y < range.low || y > range.high).length;
  return [
    onPath.size > 1 ? "Each run is joined to its base; the thick line leads to the best" : "Each run is joined to its base",
    ...(shown.length < points.length ? [`${shown.length} of ${points.length}: the way to the best and what was made from it`] : []),
    ...(out > 0 ? [`${out} outside the scale, drawn at its edge`] : []),
    ...(failed.length > mostFailed ? [`${failed.length} failed`] : []),
  ];
}

type Placer = (place: Spec) => Spec;

function specOf(scene: Scene, shown: readonly Point[], width: number): Spec {
  const { metric, range, days, failed } = scene;
  const narrow = width < 600;
  const showsFailed = failed.length > 0 && failed.length <= mostFailed && shown.length === scene.points.length;
  const frame: Frame = {
    width,
    height: narrow ? 200 : 280,
    left: labelRoom(range, metric.unit),
    right: 24,
    top: 32,
    bottom: 44 + (showsFailed ? gutter : 0),
  };
  const whole = shown.length === scene.points.length;
  const from = whole ? 0.5 : (shown[0]?.x ?? 1) - 0.5;
  const to = whole ? days.length + 0.5 : (shown.at(-1)?.x ?? days.length) + 0.5;
  const ticks = orderTicks(dayStarts(days), from, to, narrow ? 3 : 8);
  const x: Placer = (place) => ({
    ...place,
    type: "quantitative",
    title: "runs in order",
    scale: { domain: [from, to], nice: false, zero: false },
    axis: { ...xAxis(""), ...textTicks(ticks), offset: showsFailed ? gutter : 0, titleAnchor: "start" },
  });
  const y: Placer = (place) => ({
    ...place,
    type: "quantitative",
    title: axisTitle(metric, range.log, width),
    scale: rangeScale(range),
    axis: yAxis(frame, numberLabel(metric.unit, range.log)),
  });
  return chartSpec(frame, {
    layer: [
      ...edgeLayers(scene, shown, x, y),
      ...pointLayers(scene, shown, x, y),
      ...(showsFailed ? [failedLayer(scene, frame, x, y)] : []),
    ],
  });
}

/** From each base to what was made from it; the way to the best above the others. */
function edgeLayers({ onPath }: Scene, shown: readonly Point[], x: Placer, y: Placer): readonly Spec[] {
  const places = new Map(shown.map((point) => [point.node, point]));
  const edges = shown.flatMap((point) =>
    point.node.parents.flatMap((parent, at) => {
      const base = places.get(parent);
      if (base === undefined) return [];
      return [{ x: base.x, y: base.y, x2: point.x, y2: point.y, best: at === 0 && onPath.has(point.node) && onPath.has(parent) }];
    }),
  );
  const others = edges.filter(({ best }) => !best);
  const way = shown.filter(({ node }) => onPath.has(node));
  const place = { x: x({ field: "x" }), y: y({ field: "y" }) };
  return [
    ...(others.length === 0
      ? []
      : [
          {
            data: { values: others },
            mark: { type: "rule", aria: false, stroke: "var(--strong)", strokeWidth: 1, strokeOpacity: 0.6 },
            encoding: { ...place, x2: { field: "x2" }, y2: { field: "y2" } },
          },
        ]),
    ...(way.length < 2
      ? []
      : [
          {
            data: { values: way.map((point) => ({ x: point.x, y: point.y })) },
            mark: { type: "line", aria: false, stroke: "var(--keep)", strokeWidth: 2.5 },
            encoding: { ...place, order: { field: "x" } },
          },
        ]),
  ];
}

function pointLayers(scene: Scene, shown: readonly Point[], x: Placer, y: Placer): readonly Spec[] {
  const { metric, study, end } = scene;
  const length = scene.points.length > most ? "plain" : shown.length > 100 ? "short" : "full";
  const place = { x: x({ field: "x" }), y: y({ field: "y" }) };
  const layers = (["discarded", "undecided", "kept"] as const).flatMap((word): readonly Spec[] => {
    const own = shown.filter((point) => point.word === word);
    if (own.length === 0) return [];
    const values = own.map((point) => ({ x: point.x, y: point.y, tip: groupTip(point.node.group, metric, study, length) }));
    return [{ data: { values }, mark: marks[word], encoding: { ...place, description: { field: "tip" } } }];
  });
  const best = shown.find(({ node }) => node === end);
  return best === undefined ? layers : [...layers, ...labelLayers(best, place, metric)];
}

function labelLayers({ node, x: at, y: value }: Point, place: Spec, metric: MetricView): readonly Spec[] {
  const text = `best ${node.group.first.run.id}`;
  const down = metric.direction === "min";
  const mark = {
    type: "text",
    align: "right",
    baseline: down ? "top" : "bottom",
    dx: 8,
    dy: down ? 10 : -10,
    fontSize: 12,
    fontWeight: 600,
    aria: false,
  };
  const layer = { data: { values: [{ x: at, y: value, text }] }, encoding: { ...place, text: { field: "text" } } };
  return [
    { ...layer, mark: { ...mark, stroke: "var(--bg)", strokeWidth: 4, color: "var(--bg)" } },
    { ...layer, mark: { ...mark, color: "var(--text)" } },
  ];
}

/** Under the plot. */
function failedLayer({ failed }: Scene, { height }: Frame, x: Placer, y: Placer): Spec {
  const values = failed.map(({ node, x: at }) => {
    const { group } = node;
    return { x: at, tip: runTip(group.first.run.id, group.first.run.title, glyphOf(group).word) };
  });
  return {
    data: { values },
    mark: marks.failed,
    encoding: { x: x({ field: "x" }), y: y({ value: height + gutter / 2 }), description: { field: "tip" } },
  };
}

const mostRows = 50;

function dataOf({ metric, points }: Scene, path: readonly Descendant[]): Table {
  const onPath = new Set(path);
  const newest = points.toReversed();
  const rows = [...newest.filter(({ node }) => onPath.has(node)), ...newest.filter(({ node }) => !onPath.has(node))].slice(0, mostRows);
  return {
    name: "descent",
    title: "Runs and their bases",
    columns: [
      left("run", "Run"),
      left("base", "Base"),
      right("value", metric.label),
      left("decision", "Decision"),
      left("path", "To the best"),
    ],
    rows: rows.map(({ node, word }) => {
      const [base] = node.parents;
      return [
        { text: node.group.first.run.id, run: node.group.first.run.id },
        base === undefined ? { text: "–" } : { text: base.group.first.run.id, run: base.group.first.run.id },
        { text: valueText(node.group.readings.get(metric.name), metric) ?? "–" },
        { text: word },
        { text: onPath.has(node) ? "yes" : "no" },
      ];
    }),
    notes: points.length > mostRows ? [`${mostRows} of ${points.length} configurations, the way to the best first.`] : [],
    empty: "",
  };
}
