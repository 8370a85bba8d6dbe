// The progress chart for the browser: all of its points, ranges to choose from, true dates, the other scale.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { LiveChart, LiveDrawing, Row, Spec, ZoomRange } from "./chart.ts";
import { extent } from "./chart-parts.ts";
import { dayStarts } from "./chart-ticks.ts";
import { type Progress, rangeOf } from "./progress-chart-data.ts";
import { type Drawing, drawProgress, progressFrame } from "./progress-chart-draw.ts";
import type { When } from "./progress-chart-layers.ts";

/** `thinned`: what a dense stretch shows. */
export function liveProgress(progress: Progress, study: StudyAnalysis, thinned: Pick<Drawing, "chosen" | "columns">): LiveChart {
  const data: Record<string, readonly Row[]> = {};
  const named = (name: string, rows: readonly Row[], when: When): Spec => {
    data[name] ??= rows.map((row) => ({ ...row, ...timesOf(row, progress) }));
    return { data: { name }, transform: transformOf(name, when) };
  };
  const { points, range, days, times, metric } = progress;
  const drawing = (narrow: boolean): LiveDrawing => {
    const spec = (log: boolean): Spec => drawProgress(progress, study, { ...thinned, points, narrow, live: { data: named, log } });
    const [own, other] = range.log ? ["log", "linear"] : ["linear", "log"];
    const { low, high } = extent(points.map(({ y }) => y));
    const isSwitch = range.log || (low > 0 && high / low >= 10);
    return {
      specs: { [own]: spec(range.log), ...(isSwitch ? { [other]: spec(!range.log) } : {}) },
      frame: progressFrame(progress, narrow),
    };
  };
  const known = times.filter((time) => time !== undefined);
  const [from, to] = [known[0], known.at(-1)];
  const unit = metric.unit === undefined ? "" : ` (${metric.unit})`;
  return {
    ...drawing(false),
    narrow: drawing(true),
    data,
    table: {
      set: "decision",
      columns: [
        { field: "x", label: "order" },
        { field: "t", label: "date", isDate: true },
        { field: "y", label: `${metric.name}${unit}` },
      ],
    },
    zoom: {
      ranges: rangesOf(progress),
      days: dayStarts(days),
      mostApart: 500,
      ...(known.length < times.length || from === undefined || to === undefined || to <= from ? {} : { dates: { from, to } }),
    },
  };
}

/** Drawn over the whole order and cut at the plot. The bars of the failed stand below it, where nothing cuts them. */
const cut = new Set(["baselines", "target", "best", "columns"]);
const long = new Set([...cut, "bars"]);
const filters: Readonly<Record<When, readonly Spec[]>> = {
  always: [],
  dense: [{ filter: "dense" }],
  sparse: [{ filter: "!dense" }],
  chosen: [{ filter: "!dense || datum.p == 1" }],
};

function transformOf(name: string, when: When): readonly Spec[] {
  const end = long.has(name);
  return [
    ...filters[when],
    { calculate: "dates ? datum.t : datum.x", as: "xAt" },
    ...(end ? [{ calculate: "dates ? datum.t2 : datum.x2", as: "x2At" }] : []),
    ...(cut.has(name) ? [] : [{ filter: `datum.xAt >= from && datum.${end ? "x2At" : "xAt"} <= to` }]),
  ];
}

function timesOf({ x, x2 }: Row, progress: Progress): Row {
  return { t: timeAt(x, progress), ...(x2 === undefined ? {} : { t2: timeAt(x2, progress) }) };
}

/** When the run at this place began; between two places the middle. */
function timeAt(x: Row[string] | undefined, { times }: Progress): number | null {
  if (typeof x !== "number") return null;
  const at = (place: number): number | undefined => times[Math.min(Math.max(place, 1), times.length) - 1];
  const before = at(Math.floor(x));
  const after = at(Math.ceil(x));
  return before === undefined || after === undefined ? null : (before + after) / 2;
}

function rangesOf(progress: Progress): readonly ZoomRange[] {
  const { count, eras, points, range } = progress;
  const stretch = (text: string, from: number): ZoomRange => {
    const shown = points.filter(({ x }) => x >= from);
    const { low, high } = from === 1 || shown.length === 0 ? range : rangeOf({ ...progress, points: shown });
    return { text, from: from - 0.5, to: count + 0.5, low, high };
  };
  const all = stretch("all", 1);
  const last = eras.at(-1);
  const { low, high } = extent(points.map(({ y }) => y));
  const isFar = low < range.low || high > range.high;
  const pad = range.log ? 0 : (high - low) / 20;
  return [
    all,
    ...(isFar
      ? [{ ...all, text: "all, far values too", low: Math.min(low - pad, range.low), high: Math.max(high + pad, range.high) }]
      : []),
    ...(count > 200 ? [stretch("last 200", count - 199)] : []),
    ...(eras.length > 1 && last !== undefined ? [stretch(`since ${last.name === "" ? "the last protocol" : last.name}`, last.from)] : []),
  ];
}
