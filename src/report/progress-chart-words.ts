// What is said beside the progress chart: the sentence that stands for it, its caption, its data.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { groupThousands } from "../base/number.ts";
import { formatNumber, withUnit } from "../record/format.ts";
import { shorten } from "./chart-parts.ts";
import type { Progress } from "./progress-chart-data.ts";
import { mostApart } from "./progress-chart-layers.ts";
import { absent, cell, left, right, type Table } from "./table.ts";
import { valueText } from "./view.ts";
import { deltaText, glyphOf } from "./words.ts";

/** `Validation accuracy of 46 runs in order: 13 kept, 23 discarded, 1 undecided, 9 failed; best EXP046 90.87%, +5.4 pp on the baseline EXP001` */
export function progressName(progress: Progress, study: StudyAnalysis): string {
  const { metric, points, failures, top, provisional } = progress;
  const counts = (["kept", "discarded", "undecided"] as const).map(
    (word) => [points.filter(({ mark }) => mark === word).length, word] as const,
  );
  const told = [...counts, [failures.length, "failed"] as const].filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  const head = `${metric.label} of ${groupThousands(String(points.length + failures.length))} runs in order: ${told.join(", ")}`;
  if (top === undefined) return head;
  const value = valueText(top.group.readings.get(metric.name), metric);
  const { baseline } = study;
  const delta = baseline === undefined || baseline === top.group ? undefined : deltaBetweenGroups(baseline, top.group, metric, study);
  const gain = delta === undefined ? "" : `, ${deltaText(delta, metric)} on the baseline ${baseline?.first.run.id}`;
  return `${head}; ${provisional ? "best so far" : "best"} ${top.group.first.run.id} ${value}${gain}`;
}

/** `shown`: the points that are drawn one by one on the wide chart. */
export function progressCaption(progress: Progress, shown: number): readonly string[] {
  const { metric, points, failures, without, provisional, range, eras, noise, best } = progress;
  const below = points.filter(({ y }) => y < range.low).length;
  const above = points.filter(({ y }) => y > range.high).length;
  const crowded = below + above > mostApart;
  const signs = crowded ? "" : [above > 0 ? "▲" : "", below > 0 ? "▼" : ""].filter(Boolean).join(" ");
  const thinned = shown < points.length - (crowded ? below + above : 0);
  const diverged = failures.filter(({ word }) => word === "diverged").length;
  const n = (count: number): string => groupThousands(String(count));
  return [
    ...(provisional && best.length > 0 ? ["No run is kept yet: the dashed line is the best so far."] : []),
    ...(metric.direction === undefined ? [`Whether a higher ${metric.label} is better is not known, so there is no best.`] : []),
    ...(below + above > 0 ? [`${n(below + above)} outside the scale${crowded ? ", not drawn" : ` ${signs}`}`] : []),
    ...(thinned
      ? [`${n(shown)} of ${n(points.length)} tries as points; the older ones as columns: half of them dark, eight of ten light`]
      : []),
    ...(diverged > 0 ? [`${n(diverged)} diverged, shown as failed`] : []),
    ...(without > 0 ? [`${n(without)} without ${shorten(metric.label, 40)}`] : []),
    ...(eras.length > 1 ? [`The best starts anew with each protocol: ${eras.map(({ name }) => name || "none").join(", ")}`] : []),
    noise === undefined
      ? "noise unknown: nothing was repeated"
      : `bar at the right: noise of one value, ±${spreadText(1.96 * noise, metric)} (95%)`,
  ];
}

/** A difference with its unit and two digits: `0.35 pp`. */
export function spreadText(value: number, { unit }: Pick<MetricView, "unit">): string {
  const text = formatNumber(Number(value.toPrecision(2))).replaceAll("-", "−");
  return withUnit(text, unit === "%" ? "pp" : shorten(unit ?? "", 12));
}

const mostRows = 50;

/** The newest first. */
export function progressTable({ points, failures, metric }: Progress, study: StudyAnalysis): Table {
  const rows = [...points, ...failures].sort((a, b) => b.x - a.x);
  const shown = rows.slice(0, mostRows).map(({ group }) => {
    const { run } = group.first;
    const reading = group.readings.get(metric.name);
    const delta = study.runs.get(run.id)?.deltas.get(metric.name);
    return [
      { text: run.id, run: run.id },
      cell(shorten(run.title, 80)),
      cell(run.date?.slice(0, 10)),
      cell(valueText(reading, metric), reading?.mean),
      delta === undefined ? absent : cell(deltaText(delta, metric)?.replaceAll("-", "−"), delta.absolute),
      cell(glyphOf(group).word),
    ];
  });
  const more = rows.length > mostRows ? [`The newest ${mostRows} of ${rows.length}; all of them are in the log.`] : [];
  return {
    name: "progress",
    title: "Progress",
    columns: [
      left("run", "Run"),
      left("title", "Title"),
      left("date", "Date"),
      right("value", metric.label),
      right("change", "vs base"),
      left("decision", "Decision"),
    ],
    rows: shown,
    notes: more,
    empty: "",
  };
}
