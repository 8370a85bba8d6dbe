// What quality costs: cost to the right, quality up, and the front of what no other configuration beats in both.

import type { Trade } from "../analysis/front.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { formatQuantity } from "../record/format.ts";
import type { Chart, Frame, Spec } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  inUnit,
  labelRoom,
  legendOf,
  marks,
  narrowWidth,
  numberLabel,
  placeOf,
  plotWidth,
  type Range,
  rangeScale,
  runTip,
  textWidth,
  valueRange,
  wideWidth,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import type { TradeOff } from "./front-rows.ts";
import { coreOf } from "./result-range.ts";
import { left, right, type Table } from "./table.ts";
import { chips, valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

const mostKept = 200;
/** On a phone. */
const mostNarrow = 60;
const cellWidth = 40;
const cellHeight = 20;

interface Scene extends TradeOff {
  readonly study: StudyAnalysis;
  readonly xRange: Range;
  readonly yRange: Range;
  /** Drawn one by one. */
  readonly points: readonly Trade[];
  /** Drawn as cells. */
  readonly cells: readonly Trade[];
}

export function tradeOffChart(trade: TradeOff, study: StudyAnalysis, slug: string): Chart {
  const { x, y, front } = trade;
  const { trades, members } = front;
  const shown = inShownUnits(trade);
  const scene: Scene = { ...shown, study, ...rangesOf(shown, study), ...thinned(shown.front.trades) };
  return {
    slug,
    name: `${y.label} against ${x.label}: ${trades.length} configurations, ${members.length} on the front${endsOf(trade)}.`,
    wide: specOf(scene, wideWidth),
    narrow: specOf({ ...scene, ...thinned(shown.front.trades, mostNarrow) }, narrowWidth),
    caption: captionOf(scene),
    legend: legendOf(scene.points.map(({ group }) => glyphOf(group).word)),
    data: dataOf(trade),
  };
}

/** The values as they stand on the axes. */
function inShownUnits({ x, y, front, ...rest }: TradeOff): TradeOff {
  const scaled = new Map(front.trades.map((trade) => [trade, { ...trade, x: inUnit(trade.x, x.unit), y: inUnit(trade.y, y.unit) }]));
  return {
    ...rest,
    x,
    y,
    front: { ...front, trades: [...scaled.values()], members: front.members.map((member) => scaled.get(member) ?? member) },
  };
}

const textOf = (value: number, { unit, decimals }: MetricView): string => formatQuantity(value, unit, { decimals, screen: true });

function endsOf({ x, y, front: { members } }: TradeOff): string {
  const [first, last] = [members[0], members.at(-1)];
  if (first === undefined || last === undefined || first === last) return "";
  return `, from ${textOf(first.y, y)} at ${textOf(first.x, x)} to ${textOf(last.y, y)} at ${textOf(last.x, x)}`;
}

function rangesOf({ x, y, front }: TradeOff, { noise }: StudyAnalysis): Pick<Scene, "xRange" | "yRange"> {
  const range = (metric: MetricView, values: readonly number[], always: readonly number[]): Range => {
    const { values: core, log } = coreOf(values, metric.duration ? 20 : 100);
    const shown = [...core, ...always];
    // Every configuration is in it already: room for noise is only needed where they are all the same.
    const sd = new Set(shown).size > 1 ? undefined : noise.get(metric.name)?.sd;
    return valueRange(shown, {
      log: log && always.every((value) => value > 0),
      most: metric.unit === "%" ? 100 : undefined,
      sd: sd === undefined ? undefined : inUnit(sd, metric.unit),
    });
  };
  const xs = (trades: readonly Trade[]): readonly number[] => trades.map((trade) => trade.x);
  const ys = (trades: readonly Trade[]): readonly number[] => trades.map((trade) => trade.y);
  return { xRange: range(x, xs(front.trades), xs(front.members)), yRange: range(y, ys(front.trades), ys(front.members)) };
}

/** All, or the front, what is near it and the newest kept; the rest as cells. */
function thinned(trades: readonly Trade[], limit = mostKept): Pick<Scene, "points" | "cells"> {
  if (trades.length <= 2 * limit) return { points: trades, cells: [] };
  const shown = new Set<Trade>([
    ...trades.filter(({ place }) => place === "front"),
    ...trades.filter(({ place }) => place === "near").slice(-limit / 2),
    ...trades.filter(({ group }) => group.decision === "keep").slice(-limit),
  ]);
  return { points: trades.filter((trade) => shown.has(trade)), cells: trades.filter((trade) => !shown.has(trade)) };
}

function captionOf({ front, xRange, yRange, points, cells, machine }: Scene): readonly string[] {
  const { partial, elsewhere, failed, beyond } = front;
  const isOut = (value: number, { low, high }: Range): boolean => value < low || value > high;
  const out = front.trades.filter((trade) => isOut(trade.x, xRange) || isOut(trade.y, yRange)).length;
  return [
    "Ringed: none is better in both. Filled besides: within noise of the front",
    ...(machine === undefined ? [] : [`times on ${machine}; ${elsewhere} on other machines left out`]),
    ...(beyond > 0 ? [`${beyond} discarded beyond the front`] : []),
    ...(cells.length > 0
      ? [`${points.length} of ${points.length + cells.length} as points, the others as cells, darker where more lie`]
      : []),
    ...(out > 0 ? [`${out} outside the scale, drawn at its edge`] : []),
    ...(partial > 0 ? [`${partial} without one of the two`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
}

type Placer = (place: Spec) => Spec;

function specOf(scene: Scene, width: number): Spec {
  const { x: cost, y: quality, xRange, yRange } = scene;
  const frame: Frame = {
    width,
    height: width < 600 ? 240 : 360,
    left: labelRoom(yRange, quality.unit),
    right: 16,
    top: 32,
    bottom: 44,
  };
  const x: Placer = (place) => ({
    ...place,
    type: "quantitative",
    title: axisTitle(cost, xRange.log, width),
    scale: rangeScale(xRange),
    axis: { ...xAxis(numberLabel(cost.unit, xRange.log)), tickCount: width < 600 ? 4 : 8, titleAnchor: "start", titleLimit: 0 },
  });
  const y: Placer = (place) => ({
    ...place,
    type: "quantitative",
    title: axisTitle(quality, yRange.log, width),
    scale: rangeScale(yRange),
    axis: yAxis(frame, numberLabel(quality.unit, yRange.log)),
  });
  return chartSpec(frame, {
    layer: [
      ...cellLayers(scene, frame, x, y),
      ...frontLayer(scene, x, y),
      ...pointLayers(scene, x, y),
      ...memberLayers(scene, frame, x, y),
      noteLayer(scene, frame, x, y),
    ],
  });
}

const opacities = [0.12, 0.22, 0.34, 0.48, 0.64];

/** Squares of the plot that hold configurations, in five steps of the root of how many. */
function cellLayers({ cells, xRange, yRange }: Scene, frame: Frame, x: Placer, y: Placer): readonly Spec[] {
  if (cells.length === 0) return [];
  const width = plotWidth(frame);
  const [columns, rows] = [Math.ceil(width / cellWidth), Math.ceil(frame.height / cellHeight)];
  const counts = new Map<number, number>();
  for (const trade of cells) {
    const across = width - placeOf(trade.x, xRange, width);
    const down = placeOf(trade.y, yRange, frame.height);
    const cell = Math.min(Math.floor(down / cellHeight), rows - 1) * columns + Math.min(Math.floor(across / cellWidth), columns - 1);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const largest = Math.sqrt([...counts.values()].reduce((high, count) => Math.max(high, count), 1));
  const values = [...counts].map(([cell, count]) => {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    return {
      left: column * cellWidth + 0.5,
      right: Math.min((column + 1) * cellWidth, width) - 0.5,
      top: row * cellHeight + 0.5,
      bottom: Math.min((row + 1) * cellHeight, frame.height) - 0.5,
      step: Math.min(Math.floor((Math.sqrt(count) / largest) * opacities.length), opacities.length - 1),
      tip: `${count} ${count === 1 ? "configuration" : "configurations"}`,
    };
  });
  const pixels = (field: string): Spec => ({ field, type: "quantitative", scale: null });
  return opacities.flatMap((opacity, step) => {
    const own = values.filter((value) => value.step === step);
    if (own.length === 0) return [];
    return [
      {
        data: { values: own },
        mark: { type: "rect", color: "var(--discard)", opacity },
        encoding: {
          x: { ...x(pixels("left")), scale: null },
          x2: { field: "right" },
          y: { ...y(pixels("top")), scale: null },
          y2: { field: "bottom" },
          description: { field: "tip" },
        },
      },
    ];
  });
}

/** The staircase of what can be had. */
function frontLayer({ front: { members }, x: cost }: Scene, x: Placer, y: Placer): readonly Spec[] {
  if (members.length < 2) return [];
  return [
    {
      data: { values: members.map((trade) => ({ x: trade.x, y: trade.y })) },
      mark: {
        type: "line",
        interpolate: cost.direction === "max" ? "step-before" : "step-after",
        stroke: "var(--text)",
        strokeWidth: 1.25,
        strokeDash: [2, 3],
        aria: false,
      },
      encoding: { x: x({ field: "x" }), y: y({ field: "y" }) },
    },
  ];
}

/** Among many the values alone. */
function tipOf({ group }: Trade, { x, y, study, points }: Scene): string {
  const changed = points.length > 100 ? [] : chips(study.runs.get(group.first.run.id), 2).map(({ text }) => text);
  const value = (metric: MetricView): string => `${metric.label} ${valueText(group.readings.get(metric.name), metric) ?? "–"}`;
  return runTip(group.first.run.id, group.first.run.title, changed.join(", "), value(y), value(x), glyphOf(group).word);
}

function rowsOf(trades: readonly Trade[], scene: Scene): readonly Spec[] {
  return trades.map((trade) => ({ x: trade.x, y: trade.y, tip: tipOf(trade, scene) }));
}

const colors = { discarded: "var(--discard)", undecided: "var(--undecided)", kept: "var(--keep)" } as const;

function pointLayers(scene: Scene, x: Placer, y: Placer): readonly Spec[] {
  const layer = (trades: readonly Trade[], mark: Spec): readonly Spec[] =>
    trades.length === 0
      ? []
      : [
          {
            data: { values: rowsOf(trades, scene) },
            mark,
            encoding: { x: x({ field: "x" }), y: y({ field: "y" }), description: { field: "tip" } },
          },
        ];
  return (["discarded", "undecided", "kept"] as const).flatMap((word) => {
    const own = scene.points.filter(({ group, place }) => place !== "front" && glyphOf(group).word === word);
    return [
      ...layer(
        own.filter(({ place }) => place === "behind"),
        word === "kept" ? { ...marks.kept, fill: "var(--bg)", stroke: "var(--keep)", strokeWidth: 1.5 } : marks[word],
      ),
      ...layer(
        own.filter(({ place }) => place === "near"),
        { ...marks[word], fill: colors[word] },
      ),
    ];
  });
}

/** The front itself: ringed, with whiskers where the noise is known, and ids where they fit. */
function memberLayers(scene: Scene, frame: Frame, x: Placer, y: Placer): readonly Spec[] {
  const { front } = scene;
  const { members } = front;
  const whiskers = members.flatMap((trade) => {
    const half = halfOf(trade, scene);
    const at = trade.y;
    return half === undefined ? [] : [{ x: trade.x, y: at - half, y2: at + half }];
  });
  const place = { x: x({ field: "x" }), y: y({ field: "y" }) };
  return [
    ...(whiskers.length === 0
      ? []
      : [
          {
            data: { values: whiskers },
            mark: { type: "rule", stroke: "var(--text)", strokeWidth: 1, clip: true, aria: false },
            encoding: { ...place, y2: { field: "y2" } },
          },
        ]),
    ...(["undecided", "kept"] as const).flatMap((word): readonly Spec[] => {
      const own = members.filter(({ group }) => (glyphOf(group).word === "kept") === (word === "kept"));
      if (own.length === 0) return [];
      return [
        {
          data: { values: rowsOf(own, scene) },
          mark: { ...marks[word], size: 90, fill: colors[word], stroke: "var(--text)", strokeWidth: 1.75 },
          encoding: { ...place, description: { field: "tip" } },
        },
      ];
    }),
    ...labelLayers(scene, frame, x, y),
  ];
}

/** 95% of where the mean lies, by its own repeats or the noise of the others. */
function halfOf({ group }: Trade, { y, study }: Scene): number | undefined {
  const reading = group.readings.get(y.name);
  const sd =
    reading !== undefined && reading.n > 1 && reading.sd !== undefined && !group.identical ? reading.sd : study.noise.get(y.name)?.sd;
  if (sd === undefined || sd === 0) return undefined;
  return inUnit((1.96 * sd) / Math.sqrt(group.identical ? 1 : Math.max(reading?.n ?? 1, 1)), y.unit);
}

/** From the best end on, each where no other one stands. */
function labelLayers({ front: { members }, xRange, yRange }: Scene, frame: Frame, x: Placer, y: Placer): readonly Spec[] {
  const width = plotWidth(frame);
  const taken: { readonly left: number; readonly top: number; readonly width: number }[] = [];
  const values = members.toReversed().flatMap((trade) => {
    const text = trade.group.first.run.id;
    const box = {
      left: width - placeOf(trade.x, xRange, width),
      top: placeOf(trade.y, yRange, frame.height),
      width: textWidth(text) + 12,
    };
    const meets = taken.some(
      (other) => Math.abs(other.top - box.top) < 16 && box.left < other.left + other.width && other.left < box.left + box.width,
    );
    if (meets || box.left + box.width > width) return [];
    taken.push(box);
    return [{ x: trade.x, y: trade.y, text }];
  });
  const encoding = { x: x({ field: "x" }), y: y({ field: "y" }), text: { field: "text" } };
  const mark = { type: "text", align: "left", baseline: "bottom", dx: 8, dy: -2, fontSize: 12, aria: false };
  return [
    { data: { values }, mark: { ...mark, stroke: "var(--bg)", strokeWidth: 4, color: "var(--bg)" }, encoding },
    { data: { values }, mark: { ...mark, color: "var(--text)" }, encoding },
  ];
}

/** Which corner is the good one. */
function noteLayer({ x: cost, y: quality }: Scene, frame: Frame, x: Placer, y: Placer): Spec {
  const up = quality.direction !== "min";
  const toLeft = cost.direction !== "max";
  const arrow = up ? (toLeft ? "↖" : "↗") : toLeft ? "↙" : "↘";
  return {
    data: { values: [{ text: `better ${arrow}` }] },
    mark: {
      type: "text",
      align: toLeft ? "left" : "right",
      baseline: up ? "top" : "bottom",
      dx: toLeft ? 8 : -8,
      dy: up ? 4 : -4,
      color: "var(--muted)",
      aria: false,
    },
    encoding: {
      x: { ...x({ value: toLeft ? 0 : plotWidth(frame) }) },
      y: { ...y({ value: up ? 0 : frame.height }) },
      text: { field: "text" },
    },
  };
}

const mostRows = 50;

function dataOf({ x, y, front }: TradeOff): Table {
  const rank = { front: 0, near: 1, behind: 2 };
  const sorted = front.trades.toSorted((one, other) => rank[one.place] - rank[other.place] || one.x - other.x);
  return {
    name: "tradeoff",
    title: `${y.label} against ${x.label}`,
    columns: [left("run", "Run"), right("x", x.label), right("y", y.label), left("place", "Front"), left("decision", "Decision")],
    rows: sorted
      .slice(0, mostRows)
      .map(({ group, place }) => [
        { text: group.first.run.id, run: group.first.run.id },
        { text: valueText(group.readings.get(x.name), x) ?? "–" },
        { text: valueText(group.readings.get(y.name), y) ?? "–" },
        { text: place === "front" ? "on it" : place === "near" ? "within noise of it" : "behind" },
        { text: glyphOf(group).word },
      ]),
    notes: sorted.length > mostRows ? [`The first ${mostRows} of ${sorted.length} configurations, the front first.`] : [],
    empty: "",
  };
}
