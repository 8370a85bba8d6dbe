// The layers of the progress chart, bottom up. Every layer repeats the same axes.

import type { Frame, Row, Spec } from "./chart.ts";
import { apart, extent, marks, placeOf, plotWidth, quantile, shorten, textWidth } from "./chart-parts.ts";
import type { Progress, ProgressPoint } from "./progress-chart-data.ts";

/** Of a live chart, in which a stretch with too many points is dense: rows that are drawn then, not then, or then only those with `p`. */
export type When = "always" | "dense" | "sparse" | "chosen";

/** What one drawing of it has: its size, its axes, what is thinned. */
export interface Sheet {
  readonly frame: Frame;
  readonly narrow: boolean;
  readonly live: boolean;
  /** Encodings of a field on the axes. */
  readonly x: (field: string) => Spec;
  /** The end of what has a length. */
  readonly x2: Spec;
  readonly y: (place: Spec) => Spec;
  /** Rows as a layer's data: inline, or as a named set when the chart is live. */
  readonly data: (name: string, rows: readonly Row[], when?: When) => Spec;
  /** Drawn one by one; of a dense stretch only the chosen ones. */
  readonly points: readonly ProgressPoint[];
  readonly chosen: ReadonlySet<ProgressPoint>;
  /** Drawn as columns. */
  readonly columns: readonly ProgressPoint[];
  readonly tip: (point: Pick<ProgressPoint, "group">) => string;
  /** The days of these points: `3 Nov to 9 Nov 2026`. */
  readonly span: (points: readonly ProgressPoint[]) => string;
  /** At the right end. */
  readonly texts: readonly EndText[];
}

/** A text at the right end of a line. */
export interface EndText {
  readonly text: string;
  readonly y: number;
  readonly color: string;
  readonly bold?: boolean;
}

/** Room for the failed, px. */
export const gutter = 18;
/** So many marks at the edge or in the gutter; more are told in other ways. */
export const mostApart = 60;

const silent = { aria: false };

export function progressLayers(progress: Progress, sheet: Sheet): readonly Spec[] {
  return [
    ...columnLayers(sheet),
    ...ruleLayers(progress, sheet),
    // While nothing is decided the line leads through open points, which lie on it.
    ...(progress.provisional ? bestLayers(progress, sheet) : []),
    ...pointLayers(sheet, ["discarded", "undecided"]),
    ...(progress.provisional ? [] : bestLayers(progress, sheet)),
    ...whiskerLayers(sheet),
    ...pointLayers(sheet, ["kept"]),
    ...failureLayers(progress, sheet),
    ...idLayers(sheet, progress),
    ...noiseLayers(progress, sheet),
    ...endLayers(progress, sheet),
  ];
}

/** Older tries as upright bars: eight of ten, and the middle half darker. */
function columnLayers({ columns, narrow, live, x, x2, y, data, span }: Sheet): readonly Spec[] {
  if (columns.length === 0) return [];
  const first = columns[0]?.x ?? 1;
  const width = ((columns.at(-1)?.x ?? first) + 1 - first) / (narrow ? 48 : 96);
  const bins = new Map<number, ProgressPoint[]>();
  for (const point of columns) {
    const bin = Math.floor((point.x - first) / width);
    const list = bins.get(bin);
    if (list === undefined) bins.set(bin, [point]);
    else list.push(point);
  }
  const gap = Math.min(0.5, width / 8);
  const rows = [...bins].map(([bin, points]) => {
    const sorted = points.map((point) => point.y).sort((a, b) => a - b);
    const q = (share: number): number => quantile(sorted, share);
    const from = first - 0.5 + bin * width;
    return {
      x: from + gap,
      x2: from + width - gap,
      p10: q(0.1),
      p25: q(0.25),
      p75: q(0.75),
      p90: q(0.9),
      tip: [`${points.length} tries`, span(points)].filter(Boolean).join(" · "),
    };
  });
  const rect = (low: string, high: string, opacity: number): Spec => ({
    ...data("columns", rows, "dense"),
    mark: { type: "rect", color: "var(--discard)", clip: live, opacity, ...(opacity > 0.3 ? silent : {}) },
    encoding: { x: x("x"), x2, y: y({ field: low }), y2: { field: high }, ...(opacity > 0.3 ? {} : { description: { field: "tip" } }) },
  });
  return [rect("p10", "p90", 0.22), rect("p25", "p75", 0.35)];
}

/** Baselines, the target, the changes of protocol. */
function ruleLayers({ eras, target, count }: Progress, { x, x2, y, data, live, frame }: Sheet): readonly Spec[] {
  const rule = (name: string, rows: readonly Row[], mark: Spec): Spec => ({
    ...data(name, rows),
    mark: { type: "rule", clip: live, ...silent, ...mark },
    encoding: { x: x("x"), x2, y: y({ field: "y" }) },
  });
  const baselines = eras.flatMap(({ baseline, from, to }) =>
    baseline === undefined ? [] : [{ x: from - 0.5, x2: to + 0.5, y: baseline }],
  );
  const goal = target === undefined ? [] : [{ x: 0.5, x2: count + 0.5, y: target.y }];
  const changes = eras.slice(1).map(({ from, to, name }) => {
    const room = ((to - from + 1) / count) * plotWidth(frame) - 8;
    return { x: from - 0.5, text: textWidth(name) <= room ? name : "" };
  });
  return [
    ...(changes.length === 0
      ? []
      : [
          { ...data("eras", changes), mark: { type: "rule", color: "var(--line-2)", clip: live, ...silent }, encoding: { x: x("x") } },
          ...haloed(
            { ...data("eras", changes), encoding: { x: x("x"), y: { value: { expr: "height" } }, text: { field: "text" } } },
            { type: "text", align: "left", baseline: "bottom", dx: 4, dy: -4, color: "var(--muted)", ...silent },
          ),
        ]),
    ...(baselines.length === 0 ? [] : [rule("baselines", baselines, { color: "var(--strong)", strokeDash: [2, 3] })]),
    ...(goal.length === 0 ? [] : [rule("target", goal, { color: "var(--strong)", strokeDash: [8, 3] })]),
  ];
}

/** What lies outside the range stands at its edge and points outward. */
function pointLayers(
  { points, chosen, columns, live, frame, x, y, data, tip }: Sheet,
  words: readonly ProgressPoint["mark"][],
): readonly Spec[] {
  return words.flatMap((word) => {
    const own = points.filter(({ mark }) => mark === word);
    if (own.length === 0) return [];
    const rows = own.map((point) => ({ x: point.x, y: point.y, tip: tip(point), ...(live && chosen.has(point) ? { p: 1 } : {}) }));
    // Several to a pixel: small, or they would be one blot.
    const dense = !live && word !== "kept" && columns.length > plotWidth(frame);
    const outward = [
      { test: "datum.y > high", value: "triangle-up" },
      { test: "datum.y < low", value: "triangle-down" },
    ];
    return [
      {
        ...data(word, rows, "chosen"),
        mark: dense ? { ...marks[word], size: 12, strokeWidth: 0.75 } : marks[word],
        encoding: {
          x: x("x"),
          y: y({ field: "y" }),
          shape: { condition: outward, value: marks[word]["shape"] },
          description: { field: "tip" },
        },
      },
    ];
  });
}

/** A step line per era, dashed while nothing is decided. */
function bestLayers({ best, eras, count, provisional }: Progress, { x, y, data, live, frame }: Sheet): readonly Spec[] {
  if (best.length === 0) return [];
  const perPixel = count / plotWidth(frame);
  const seen = best.filter(({ x: at, era }, index) => {
    const next = best[index + 1];
    return next?.era !== era || Math.floor(next.x / perPixel) !== Math.floor(at / perPixel);
  });
  const rows = seen.flatMap((step, index) => {
    const isLast = seen[index + 1]?.era !== step.era;
    return isLast ? [step, { ...step, x: (eras[step.era]?.to ?? step.x) + 0.5 }] : [step];
  });
  return [
    {
      ...data(
        "best",
        rows.map(({ x: at, y: value, era }) => ({ x: at, y: value, era })),
      ),
      mark: {
        type: "line",
        interpolate: "step-after",
        color: "var(--keep)",
        strokeWidth: 2,
        clip: live,
        ...(provisional ? { strokeDash: [6, 4] } : {}),
        ...silent,
      },
      encoding: { x: x("x"), y: y({ field: "y" }), detail: { field: "era" } },
    },
  ];
}

function whiskerLayers({ points, chosen, live, x, y, data }: Sheet): readonly Spec[] {
  const rows = points.flatMap((point) => {
    const { x: at, low, high } = point;
    return low === undefined || high === undefined ? [] : [{ x: at, y: low, y2: high, ...(live && chosen.has(point) ? { p: 1 } : {}) }];
  });
  if (rows.length === 0) return [];
  return [
    {
      ...data("whiskers", rows, "chosen"),
      mark: { type: "rule", color: "var(--keep)", strokeWidth: 1.25, ...silent },
      encoding: { x: x("x"), y: y({ field: "y" }), y2: { field: "y2" } },
    },
  ];
}

/** In a gutter under the plot; many of them as bars, as high as their share. */
function failureLayers({ failures, count }: Progress, sheet: Sheet): readonly Spec[] {
  if (failures.length === 0) return [];
  const { x, data, tip, live } = sheet;
  const word: Spec = {
    data: { values: [{}] },
    mark: { type: "text", text: "failed", align: "right", dx: -8, ...silent },
    encoding: { x: { value: 0 }, y: { value: { expr: `height + ${gutter / 2}` } } },
  };
  const isMany = failures.length > mostApart;
  const rows = failures.map((failure) => ({ x: failure.x, tip: tip(failure) }));
  const crosses: Spec = {
    ...data("failed", rows, isMany ? "sparse" : "always"),
    mark: marks.failed,
    encoding: { x: x("x"), y: { value: { expr: `height + ${gutter / 2}` } }, description: { field: "tip" } },
  };
  return [word, ...(isMany ? [failureBars(failures, count, sheet)] : []), ...(isMany && !live ? [] : [crosses])];
}

function failureBars(failures: Progress["failures"], count: number, { x, x2, data, narrow }: Sheet): Spec {
  const width = Math.max(1, count / (narrow ? 48 : 96));
  const bins = new Map<number, number>();
  for (const { x: at } of failures) bins.set(Math.floor((at - 1) / width), (bins.get(Math.floor((at - 1) / width)) ?? 0) + 1);
  const shares = [...bins].map(([bin, n]) => ({ bin, n, all: Math.max(1, Math.round(Math.min(width, count - bin * width))) }));
  const highest = shares.reduce((most, { n, all }) => Math.max(most, n / all), 0.25);
  const rows = shares.map(({ bin, n, all }) => {
    const from = 0.5 + bin * width;
    return { x: from + width / 10, x2: from + width * 0.9, h: (10 * Math.min(n / all, 1)) / highest, tip: `${n} of ${all} tries failed` };
  });
  const bottom = `height + ${gutter - 3}`;
  return {
    ...data("bars", rows, "dense"),
    mark: { type: "rect", color: "var(--bad)" },
    encoding: {
      x: x("x"),
      x2,
      y: { value: { expr: `${bottom} - datum.h` } },
      y2: { value: { expr: bottom } },
      description: { field: "tip" },
    },
  };
}

/** A few runs have room for their names. */
function idLayers({ narrow, points, x, y, data, frame, columns }: Sheet, { metric }: Progress): readonly Spec[] {
  const { low, high } = extent(points.map((point) => point.x));
  const room = plotWidth(frame) / Math.max(1, high - low + 1);
  const longest = points.reduce((most, { group }) => Math.max(most, textWidth(group.first.run.id)), 0);
  if (narrow || columns.length > 0 || longest + 8 > room) return [];
  const rows = points.map((point) => ({ x: point.x, y: point.y, id: shorten(point.group.first.run.id, 24) }));
  const layer = { ...data("ids", rows), encoding: { x: x("x"), y: y({ field: "y" }), text: { field: "id" } } };
  // On the side that the line of the best does not come from.
  return haloed(layer, { type: "text", dy: metric.direction === "min" ? 16 : -14, color: "var(--muted)", ...silent });
}

/** How far one value scatters: a bar beside the plot, as long as ±1.96 standard deviations. */
function noiseLayers({ noise, top, range }: Progress, { y }: Sheet): readonly Spec[] {
  if (noise === undefined) return [];
  const center = top?.y ?? (range.low + range.high) / 2;
  return [
    {
      data: { values: [{ y: center - 1.96 * noise, y2: center + 1.96 * noise }] },
      mark: { type: "rule", color: "var(--muted)", strokeWidth: 2, ...silent },
      encoding: { x: { value: { expr: "width + 8" } }, y: y({ field: "y" }), y2: { field: "y2" } },
    },
  ];
}

/** Right of the plot; on a narrow one inside it, above their lines, with a halo. */
function endLayers({ range }: Progress, { texts, narrow, y, frame }: Sheet): readonly Spec[] {
  const natural = texts.map((text) => placeOf(text.y, range, frame.height) - (narrow ? 9 : 0));
  const places = apart(natural, frame.height);
  return texts.flatMap(({ text, y: value, color, bold = false }, index) => {
    const dy = Math.round((places[index] ?? 0) - (natural[index] ?? 0) - (narrow ? 9 : 0));
    const mark = { type: "text", text, align: narrow ? "right" : "left", dx: narrow ? 0 : 16, dy, fontWeight: bold ? 600 : 400, ...silent };
    const encoding = { x: { value: { expr: "width" } }, y: y({ datum: value }) };
    const layer = { data: { values: [{}] }, encoding };
    return narrow ? haloed(layer, { ...mark, color }) : [{ ...layer, mark: { ...mark, color } }];
  });
}

/** A text that stays readable on lines and points. */
function haloed(layer: Spec, mark: Spec): readonly Spec[] {
  return [
    { ...layer, mark: { ...mark, color: "var(--bg)", stroke: "var(--bg)", strokeWidth: 4, strokeJoin: "round" } },
    { ...layer, mark },
  ];
}
