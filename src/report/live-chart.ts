// The chart of a live block: one value of each chosen run, in order or over another value. Marks are the decisions, as everywhere.

import type { MetricView } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { cellOf } from "../query/columns.ts";
import { lookUp, type Subject } from "../query/vocabulary.ts";
import type { Chart, Frame, Spec } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  groupTip,
  inUnit,
  isLog,
  legendOf,
  marks,
  narrowWidth,
  numberLabel,
  rangeScale,
  runTip,
  shorten,
  type Tick,
  textTicks,
  valueRange,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import type { Row, World } from "./live-rows.ts";
import { notNumbers, tooFewPoints } from "./messages.ts";
import { runTable } from "./run-table.ts";
import { glyphOf } from "./words.ts";

/** What a figure of prose is wide at most, px. */
export const proseWidth = 960;
/** Marks of one chart; the newest are drawn. */
const most = 400;

export interface ChartOptions {
  readonly slug: string;
  readonly title?: string;
  /** One column is drawn in the order of the runs, two as x and y; the primary metric where none is given. */
  readonly columns?: readonly string[];
}

/** A side of the chart: what each run has there. */
interface Side {
  readonly name: string;
  readonly title: string;
  readonly unit?: string;
  readonly metric?: MetricView;
  readonly value: (row: Row) => number | string | undefined;
}

interface Point {
  readonly row: Row;
  readonly x: number | string;
  readonly y: number;
}

export function runsChart(rows: readonly Row[], world: World, options: ChartOptions): Chart | Problem {
  const names = options.columns ?? [];
  const primary = rows[0]?.study.primary?.name;
  const yName = names.length > 1 ? names[1] : (names[0] ?? primary);
  const y = yName === undefined ? undefined : sideOf(yName, rows, world);
  if (yName === undefined || y === undefined) return notNumbers(yName ?? "the primary metric");
  const x = names.length > 1 && names[0] !== undefined ? sideOf(names[0], rows, world) : undefined;
  if (names.length > 1 && x === undefined) return notNumbers(names[0] ?? "");
  const ordered = [...rows].sort((a, b) => orderOf(a, b));
  const all = ordered.flatMap((row, index): readonly Point[] => {
    const [at, value] = [x === undefined ? index + 1 : x.value(row), y.value(row)];
    return at === undefined || typeof value !== "number" ? [] : [{ row, x: at, y: value }];
  });
  if (all.length < 2) return rows.length >= 2 && all.length === 0 ? notNumbers(yName) : tooFewPoints(all.length);
  const points = oneKind(all.slice(-most));
  const title =
    options.title ??
    (x === undefined ? `${y.title} of ${points.length} runs, in order` : `${y.title} over ${x.title}, ${points.length} runs`);
  return {
    slug: options.slug,
    name: sentence(title, points, y),
    wide: spec(wideFrame, points, x, y),
    narrow: spec(narrowFrame, points, x, y),
    caption: [...(options.title === undefined ? [title] : []), ...leftOut(rows.length - all.length, all.length - points.length, y)],
    legend: legendOf(points.map(({ row }) => glyphOf(row.group).word)),
    data: runTable(
      points.toReversed().map(({ row }) => row),
      world,
      { name: options.slug, title, columns: [...(x === undefined ? [] : [x.name]), y.name, "decision"], limit: 50, screen: true },
    ).table,
  };
}

/** One word among numbers makes all of them words. */
function oneKind(points: readonly Point[]): readonly Point[] {
  return points.every(({ x }) => typeof x === "number") ? points : points.map((point) => ({ ...point, x: shorten(String(point.x), 24) }));
}

const orderOf = (a: Row, b: Row): number => {
  if (a.study === b.study) return a.study.groups.indexOf(a.group) - b.study.groups.indexOf(b.group);
  return (a.file.run.date ?? "") < (b.file.run.date ?? "") ? -1 : 1;
};

function sideOf(name: string, rows: readonly Row[], world: World): Side | undefined {
  const subject = lookUp(name, world.words);
  if (subject === undefined || subject === "ambiguous") return undefined;
  if (subject.kind === "metric") return metricSide(subject.metric.name, rows);
  if (subject.kind === "field" && subject.field.kind !== "number" && subject.field.kind !== "duration") return undefined;
  return { name, title: subject.kind === "config" ? subject.name : name, value: (row) => recorded(row, subject, world) };
}

function metricSide(name: string, rows: readonly Row[]): Side | undefined {
  const metric = rows.flatMap(({ study }) => study.metrics.find((one) => one.name === name) ?? [])[0];
  if (metric === undefined) return undefined;
  return {
    name,
    title: metric.label,
    metric,
    ...(metric.unit === undefined ? {} : { unit: metric.unit }),
    value: ({ group }) => {
      const mean = group.readings.get(name)?.mean;
      return mean === undefined ? undefined : inUnit(mean, metric.unit);
    },
  };
}

function recorded(row: Row, subject: Subject, { words }: World): number | string | undefined {
  const { text, number } = cellOf(row.group.first, subject, words);
  return number ?? (text === "" ? undefined : text);
}

const wideFrame: Frame = { width: proseWidth, height: 280, left: 56, right: 24, top: 40, bottom: 48 };
const narrowFrame: Frame = { width: narrowWidth, height: 200, left: 48, right: 16, top: 40, bottom: 48 };

function spec(frame: Frame, points: readonly Point[], x: Side | undefined, y: Side): Spec {
  const ys = points.map((point) => point.y);
  const range = valueRange(ys, y.unit === "%" ? { most: 100 } : {});
  const yEncoding = {
    field: "y",
    type: "quantitative",
    title: y.metric === undefined ? y.title : axisTitle(y.metric, range.log),
    scale: rangeScale(range),
    axis: yAxis(frame, numberLabel(y.unit, range.log)),
  };
  const xEncoding = xOf(frame, points, x);
  const layer = Object.entries(marks).flatMap(([word, mark]) => {
    const values = points.flatMap(({ row, x: at, y: value }) =>
      markOf(row) === word ? [{ x: at, y: value, tip: tipOf(row, x, y, at) }] : [],
    );
    if (values.length === 0) return [];
    return [{ data: { values }, mark, encoding: { x: xEncoding, y: yEncoding, description: { field: "tip" } } }];
  });
  return chartSpec(frame, { layer });
}

const markOf = ({ group }: Row): keyof typeof marks => {
  const { word } = glyphOf(group);
  return word === "kept" || word === "discarded" ? word : word === "failed" || word === "lost" ? "failed" : "undecided";
};

function tipOf(row: Row, x: Side | undefined, y: Side, at: number | string): string {
  const where = x === undefined ? undefined : `${x.title} ${at}`;
  if (y.metric !== undefined) return [groupTip(row.group, y.metric, row.study), where].filter(Boolean).join(" · ");
  const { run } = row.group.first;
  return runTip(run.id, run.title, where, `${y.title} ${y.value(row) ?? ""}`, glyphOf(row.group).word);
}

function xOf(frame: Frame, points: readonly Point[], x: Side | undefined): Spec {
  if (x === undefined) {
    const ticks = orderTicks(frame, points);
    const numbers = points.map((point) => Number(point.x));
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    return {
      field: "x",
      type: "quantitative",
      title: "runs, in order",
      scale: { domain: [low - 0.5, high + 0.5], nice: false, zero: false },
      axis: { ...xAxis(textTicks(ticks).labelExpr), values: textTicks(ticks).values },
    };
  }
  const numbers = points.flatMap((point) => (typeof point.x === "number" ? [point.x] : []));
  if (numbers.length < points.length)
    return { field: "x", type: "nominal", title: x.title, sort: null, axis: { ...xAxis("datum.label"), labelAngle: 0, labelLimit: 96 } };
  const range = valueRange(numbers, { log: isLog(numbers, 20) });
  return {
    field: "x",
    type: "quantitative",
    title: x.metric === undefined ? `${x.title}${range.log ? ", log scale" : ""}` : axisTitle(x.metric, range.log),
    scale: rangeScale(range),
    axis: { ...xAxis(numberLabel(x.unit, range.log)), tickCount: frame.width > 600 ? 8 : 4 },
  };
}

/** The day of a run here and there, never the same twice. */
function orderTicks(frame: Frame, points: readonly Point[]): readonly Tick[] {
  const wanted = frame.width > 600 ? 7 : 3;
  const step = Math.max(1, Math.floor(points.length / wanted));
  const ticks: Tick[] = [];
  for (let index = 0; index < points.length; index += step) {
    const point = points[index];
    if (point === undefined) break;
    const text =
      points.length <= wanted ? point.row.file.run.id.replace(/-[0-9a-z]{4}$/, "") : (point.row.file.run.date?.slice(0, 10) ?? "");
    if (text !== "" && text !== ticks.at(-1)?.text) ticks.push({ at: Number(point.x), text });
  }
  return ticks;
}

function leftOut(without: number, older: number, y: Side): readonly string[] {
  return [...(without > 0 ? [`${without} without ${y.title}`] : []), ...(older > 0 ? [`the newest ${most}, ${older} older left out`] : [])];
}

function sentence(title: string, points: readonly Point[], y: Side): string {
  const values = points.map((point) => point.y);
  const unit = y.unit === "%" ? "%" : "";
  const show = (value: number): string => `${Number(value.toPrecision(4))}${unit}`;
  return `${title}: from ${show(Math.min(...values))} to ${show(Math.max(...values))}`;
}
