// Are we getting better? Every try in order with its decision, the best so far as a step line, the baseline as a dotted rule.

import type { StudyAnalysis } from "../analysis/study.ts";
import { formatNumber } from "../record/format.ts";
import type { Chart, LiveChart, Row, Spec, ZoomRange } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  extent,
  type Frame,
  groupTip,
  labelRoom,
  legendOf,
  narrowWidth,
  numberLabel,
  type Range,
  rangeScale,
  shorten,
  textWidth,
  wideWidth,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import { dayStarts, dayText, orderTicks } from "./chart-ticks.ts";
import { findProgress, type Progress, type ProgressPoint, rangeOf } from "./progress-chart-data.ts";
import { type EndText, gutter, mostApart, progressLayers, type Sheet } from "./progress-chart-layers.ts";
import { progressCaption, progressName, progressTable, spreadText } from "./progress-chart-words.ts";

/** Nothing is drawn below three points: a sentence says it better. */
export function progressChart(study: StudyAnalysis, slug: string): Chart | undefined {
  const progress = findProgress(study);
  if (progress === undefined || progress.points.length < 3) return undefined;
  const wide = thin(progress, 400, 120);
  const narrow = thin(progress, 120, 40);
  return {
    slug,
    name: progressName(progress, study),
    wide: draw(progress, study, { ...wide, narrow: false }),
    narrow: draw(progress, study, { ...narrow, narrow: true }),
    caption: progressCaption(progress, wide.points.length),
    legend: legendOf([...progress.points.map(({ mark }) => mark), ...(progress.failures.length > 0 ? (["failed"] as const) : [])]),
    data: progressTable(progress, study),
    live: () => liveOf(progress, study),
  };
}

interface Thinned {
  readonly points: readonly ProgressPoint[];
  readonly columns: readonly ProgressPoint[];
}

/** Above `all` points the newest ones stay points and, over the whole stretch, the kept ones that matter; the others become columns. */
function thin({ points, best, range }: Progress, all: number, newest: number): Thinned {
  const isInside = ({ y }: ProgressPoint): boolean => y >= range.low && y <= range.high;
  const crowded = points.filter((point) => !isInside(point)).length > mostApart;
  const seen = crowded ? points.filter(isInside) : points;
  if (points.length <= all) return { points: seen, columns: [] };
  const older = points.slice(0, -newest);
  const steps = new Set(best.map(({ x }) => x));
  const kept = older.filter(({ mark }) => mark === "kept");
  const marked = [...spread(kept, newest), ...kept.filter(({ x }) => steps.has(x))].slice(-newest);
  const chosen = new Set([...marked, ...points.slice(-newest)]);
  return { points: seen.filter((point) => chosen.has(point)), columns: older };
}

/** `most` of them, evenly. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  return list.length <= most
    ? list
    : Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]).filter((one) => one !== undefined);
}

interface Drawing extends Thinned {
  readonly narrow: boolean;
  /** With params and named data in place of what stands. */
  readonly live?: { readonly name: (name: string, rows: readonly Row[]) => void; readonly log: boolean };
}

const noTicks = { ticks: [], tickText: {} };

function draw(progress: Progress, study: StudyAnalysis, { points, columns, narrow, live }: Drawing): Spec {
  const { metric, count, days, failures } = progress;
  const range = live === undefined ? progress.range : { ...progress.range, log: live.log };
  const texts = endTexts(progress, narrow);
  const frame = frameOf(progress, texts, narrow);
  const ticks = orderTicks(dayStarts(days), 0.5, count + 0.5, narrow ? 3 : 8);
  const params = {
    from: 0.5,
    to: count + 0.5,
    low: range.low,
    high: range.high,
    dates: false,
    ...(live === undefined
      ? { ticks: ticks.map(({ at }) => at), tickText: Object.fromEntries(ticks.map(({ at, text }) => [at, text])) }
      : noTicks),
  };
  const axis = {
    ...xAxis("tickText[datum.value]"),
    values: { expr: "ticks" },
    offset: failures.length > 0 ? gutter : 0,
    titleAnchor: "start",
    titleAlign: "left",
  };
  const x = {
    type: "quantitative",
    title: titleOf(progress),
    scale: { domain: [{ expr: "from" }, { expr: "to" }], nice: false, zero: false },
    axis,
  };
  const scale = { ...rangeScale(range), domain: [{ expr: "low" }, { expr: "high" }] };
  const y = {
    type: "quantitative",
    title: axisTitle(metric, range.log, frame.width),
    scale,
    axis: yAxis(frame, numberLabel(metric.unit, range.log)),
  };
  const length =
    live === undefined
      ? columns.length > 0
        ? "plain"
        : points.length > 100
          ? "short"
          : "full"
      : points.length > mostTips
        ? "plain"
        : "full";
  const sheet: Sheet = {
    frame,
    narrow,
    points,
    columns,
    texts,
    x: (field) => ({ field: live === undefined ? field : `${field}At`, ...x }),
    clip: live !== undefined,
    span: (list) => spanOf(list, days),
    x2: { field: live === undefined ? "x2" : "x2At" },
    y: (place) => ({ ...place, ...y }),
    data: (name, rows) => (live === undefined ? { data: { values: rows } } : named(name, rows, live.name, progress)),
    tip: ({ group }) => groupTip(group, metric, study, length),
  };
  return chartSpec(frame, {
    params: Object.entries(params).map(([name, value]) => ({ name, value })),
    layer: progressLayers(progress, sheet),
  });
}

/** With more points than this a live chart tells their values only. */
const mostTips = 2000;

function titleOf({ days }: Progress): string {
  const starts = dayStarts(days);
  const [only] = starts;
  if (only === undefined) return "runs in order";
  return starts.length === 1 ? `runs in order, ${dayText(only.day, true)}` : "runs in order of date";
}

function frameOf(progress: Progress, texts: readonly EndText[], narrow: boolean): Frame {
  const { range, metric, failures } = progress;
  const longest = texts.reduce((most, { text, bold }) => Math.max(most, textWidth(text, bold)), 0);
  return {
    width: narrow ? narrowWidth : wideWidth,
    height: narrow ? 200 : 280,
    left: Math.max(labelRoom(range, metric.unit), failures.length > 0 ? 48 : 0),
    right: narrow ? 16 : Math.ceil(longest) + 20,
    top: 32,
    bottom: 48 + (failures.length > 0 ? gutter : 0),
  };
}

/** What the lines are; on a narrow chart without the run's id. */
function endTexts({ eras, target, top, noise, metric, provisional, range }: Progress, narrow: boolean): readonly EndText[] {
  const shown = (value: number): string => axisText(value, metric);
  const baseline = eras.at(-1)?.baseline;
  const id = top === undefined ? "" : `${top.group.first.run.id} `;
  const best = provisional ? "best so far" : "best";
  return [
    ...(baseline === undefined || baseline === top?.y ? [] : [{ text: `baseline ${shown(baseline)}`, y: baseline, color: "var(--muted)" }]),
    ...(target === undefined ? [] : [{ text: `target ${shorten(target.text, 16)}`, y: target.y, color: "var(--muted)" }]),
    ...(top === undefined ? [] : [{ text: `${best} ${narrow ? "" : id}${shown(top.y)}`, y: top.y, color: "var(--keep)", bold: true }]),
    ...(narrow
      ? []
      : [
          {
            text: noise === undefined ? "noise unknown" : `noise ±${spreadText(1.96 * noise, metric)}`,
            y: noise === undefined ? range.low : (top?.y ?? range.low),
            color: "var(--muted)",
          },
        ]),
  ];
}

function spanOf(points: readonly ProgressPoint[], days: Progress["days"]): string {
  const [from, to] = [points[0], points.at(-1)].map((point) => (point === undefined ? undefined : days[point.x - 1]));
  if (from === undefined || to === undefined) return "";
  return from === to ? dayText(from, true) : `${dayText(from, from.slice(0, 4) !== to.slice(0, 4))} to ${dayText(to, true)}`;
}

/** A number in the unit shown, as a text. */
function axisText(value: number, { unit, decimals }: Progress["metric"]): string {
  const number = formatNumber(value, decimals).replaceAll("-", "−");
  return unit === "%" ? `${number}%` : number;
}

/** Lines and rules are cut at the plot; marks outside the stretch that is shown are left out. */
const cut = new Set(["baselines", "target", "best"]);

function named(name: string, rows: readonly Row[], keep: (name: string, rows: readonly Row[]) => void, progress: Progress): Spec {
  keep(
    name,
    rows.map((row) => ({ ...row, t: timeAt(row["x"], progress), ...(row["x2"] === undefined ? {} : { t2: timeAt(row["x2"], progress) }) })),
  );
  const transform: Spec[] = [
    { calculate: "dates ? datum.t : datum.x", as: "xAt" },
    { calculate: "dates ? datum.t2 : datum.x2", as: "x2At" },
    ...(cut.has(name) ? [] : [{ filter: "datum.xAt >= from && datum.xAt <= to" }]),
  ];
  return { data: { name }, transform };
}

/** When the run at this place began; between two places the middle. */
function timeAt(x: Row[string] | undefined, { times }: Progress): number | null {
  if (typeof x !== "number") return null;
  const at = (place: number): number | undefined => times[Math.min(Math.max(place, 1), times.length) - 1];
  const before = at(Math.floor(x));
  const after = at(Math.ceil(x));
  return before === undefined || after === undefined ? null : (before + after) / 2;
}

function liveOf(progress: Progress, study: StudyAnalysis): LiveChart {
  const data: Record<string, readonly Row[]> = {};
  const name = (key: string, rows: readonly Row[]): void => {
    data[key] = rows;
  };
  const { points, range, days, times } = progress;
  const spec = (log: boolean): Spec => draw(progress, study, { points, columns: [], narrow: false, live: { name, log } });
  const first = spec(range.log);
  const { low, high } = extent(points.map(({ y }) => y));
  const other = range.log || (low > 0 && high / low >= 10) ? { [range.log ? "linear" : "log"]: spec(!range.log) } : {};
  const known = times.filter((time) => time !== undefined);
  const [from, to] = [known[0], known.at(-1)];
  return {
    specs: { [range.log ? "log" : "linear"]: first, ...other },
    data,
    frame: frameOf(progress, endTexts(progress, false), false),
    zoom: {
      ranges: rangesOf(progress),
      days: dayStarts(days),
      ...(known.length < times.length || from === undefined || to === undefined || to <= from ? {} : { dates: { from, to } }),
    },
  };
}

function rangesOf(progress: Progress): readonly ZoomRange[] {
  const { count, eras, points } = progress;
  const range = (text: string, from: number): ZoomRange => {
    const shown = points.filter(({ x }) => x >= from);
    const { low, high }: Range = from === 1 || shown.length === 0 ? progress.range : rangeOf({ ...progress, points: shown });
    return { text, from: from - 0.5, to: count + 0.5, low, high };
  };
  const last = eras.at(-1);
  return [
    range("all", 1),
    ...(count > 200 ? [range("last 200", count - 199)] : []),
    ...(eras.length > 1 && last !== undefined ? [range(`since ${last.name === "" ? "the last protocol" : last.name}`, last.from)] : []),
  ];
}
