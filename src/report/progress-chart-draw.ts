// One drawing of the progress chart: its frame and axes, and for a live chart what can be changed.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { formatNumber } from "../record/format.ts";
import type { Frame, Row, Spec } from "./chart.ts";
import {
  axisTitle,
  chartSpec,
  groupTip,
  labelRoom,
  narrowWidth,
  numberLabel,
  rangeScale,
  shorten,
  type TipLength,
  textWidth,
  wideWidth,
  withShortUnit,
  xAxis,
  yAxis,
} from "./chart-parts.ts";
import { dayStarts, dayText, orderTicks } from "./chart-ticks.ts";
import type { Progress, ProgressPoint } from "./progress-chart-data.ts";
import { type EndText, gutter, progressLayers, type Sheet, type When } from "./progress-chart-layers.ts";
import { spreadText } from "./progress-chart-words.ts";

export interface Drawing {
  readonly narrow: boolean;
  readonly points: readonly ProgressPoint[];
  readonly chosen: ReadonlySet<ProgressPoint>;
  readonly columns: readonly ProgressPoint[];
  /** With params and named data in place of what stands. */
  readonly live?: { readonly data: (name: string, rows: readonly Row[], when: When) => Spec; readonly log: boolean };
}

export function drawProgress(progress: Progress, study: StudyAnalysis, drawing: Drawing): Spec {
  const { points, chosen, columns, narrow, live } = drawing;
  const { days } = progress;
  const frame = progressFrame(progress, narrow);
  const length = tipLength(drawing);
  const axes = axesOf(progress, frame, drawing);
  const sheet: Sheet = {
    frame,
    narrow,
    live: live !== undefined,
    points,
    chosen,
    columns,
    texts: endTexts(progress, narrow),
    x: (field) => ({ field: live === undefined ? field : `${field}At`, ...axes.x }),
    x2: { field: live === undefined ? "x2" : "x2At" },
    y: (place) => ({ ...place, ...axes.y }),
    data: (name, rows, when = "always") => live?.data(name, rows, when) ?? { data: { values: rows } },
    span: (list) => spanOf(list, days),
    tip: tipsOf(progress, study, length),
  };
  const params = paramsOf(progress, drawing);
  return chartSpec(frame, {
    params: Object.entries(params).map(([name, value]) => ({ name, value })),
    layer: progressLayers(progress, sheet),
  });
}

const known = new WeakMap<Progress, Map<TipLength, Map<Group, string>>>();

/** One and the same in every drawing of a progress. */
function tipsOf(progress: Progress, study: StudyAnalysis, length: TipLength): Sheet["tip"] {
  const lengths = known.get(progress) ?? new Map<TipLength, Map<Group, string>>();
  known.set(progress, lengths);
  const tips = lengths.get(length) ?? new Map<Group, string>();
  lengths.set(length, tips);
  return ({ group }) => {
    const tip = tips.get(group) ?? groupTip(group, progress.metric, study, length);
    tips.set(group, tip);
    return tip;
  };
}

/** With more points than this a live chart tells their values only. */
const mostTips = 2000;

function tipLength({ live, points, columns }: Drawing): TipLength {
  if (live !== undefined) return points.length > mostTips ? "plain" : "full";
  if (columns.length > 0) return "plain";
  return points.length > 100 ? "short" : "full";
}

function paramsOf({ count, days, range }: Progress, { narrow, live }: Drawing): Readonly<Record<string, unknown>> {
  const ticks = live === undefined ? orderTicks(dayStarts(days), 0.5, count + 0.5, narrow ? 3 : 8) : [];
  return {
    from: 0.5,
    to: count + 0.5,
    low: range.low,
    high: range.high,
    ticks: ticks.map(({ at }) => at),
    tickText: Object.fromEntries(ticks.map(({ at, text }) => [at, text])),
    ...(live === undefined ? {} : { dates: false, dense: false }),
  };
}

function axesOf(progress: Progress, frame: Frame, { live }: Drawing): { readonly x: Spec; readonly y: Spec } {
  const { metric, failures } = progress;
  const range = live === undefined ? progress.range : { ...progress.range, log: live.log };
  return {
    x: {
      type: "quantitative",
      title: titleOf(progress),
      scale: { domain: [{ expr: "from" }, { expr: "to" }], nice: false, zero: false },
      axis: {
        ...xAxis("tickText[datum.value]"),
        values: { expr: "ticks" },
        offset: failures.length > 0 ? gutter : 0,
        titleAnchor: "start",
        titleAlign: "left",
      },
    },
    y: {
      type: "quantitative",
      title: axisTitle(metric, range.log, frame.width),
      scale: { ...rangeScale(range), domain: [{ expr: "low" }, { expr: "high" }] },
      axis: yAxis(frame, numberLabel(metric.unit, range.log)),
    },
  };
}

function titleOf({ days }: Progress): string {
  const starts = dayStarts(days);
  const [only] = starts;
  if (only === undefined) return "runs in order";
  return starts.length === 1 ? `runs in order, ${dayText(only.day, true)}` : "runs in order of date";
}

export function progressFrame(progress: Progress, narrow: boolean): Frame {
  const { range, metric, failures } = progress;
  const longest = endTexts(progress, narrow).reduce((most, { text, bold }) => Math.max(most, textWidth(text, bold)), 0);
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
  const muted = "var(--muted)";
  const baseline = eras.at(-1)?.baseline;
  const texts: EndText[] = [];
  if (baseline !== undefined && baseline !== top?.y)
    texts.push({ text: `baseline ${axisText(baseline, metric)}`, y: baseline, color: muted });
  if (target !== undefined) texts.push({ text: `target ${shorten(target.text, 16)}`, y: target.y, color: muted });
  if (top !== undefined) {
    const words = [provisional ? "best so far" : "best", narrow ? "" : shorten(top.group.first.run.id, 24), axisText(top.y, metric)];
    texts.push({ text: words.filter(Boolean).join(" "), y: top.y, color: "var(--keep)", bold: true });
  }
  if (narrow) return texts;
  const known = noise === undefined ? "noise unknown" : `noise ±${spreadText(1.96 * noise, metric)}`;
  return [...texts, { text: known, y: noise === undefined ? range.low : (top?.y ?? range.low), color: muted }];
}

function spanOf(points: readonly ProgressPoint[], days: Progress["days"]): string {
  const [from, to] = [points[0], points.at(-1)].map((point) => (point === undefined ? undefined : days[point.x - 1]));
  if (from === undefined || to === undefined) return "";
  return from === to ? dayText(from, true) : `${dayText(from, from.slice(0, 4) !== to.slice(0, 4))} to ${dayText(to, true)}`;
}

/** A number in the unit shown, as a text. */
function axisText(value: number, { unit, decimals }: Progress["metric"]): string {
  return withShortUnit(formatNumber(value, decimals).replaceAll("-", "−"), unit);
}
