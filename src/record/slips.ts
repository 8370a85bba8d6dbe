// Values that are a hundred or a thousand times the usual of their metric: a percent sign or a unit that was forgotten.

import type { Reading, RunFile } from "./experiment.ts";

export interface Slip {
  readonly path: string;
  readonly metric: string;
  readonly written: string;
  readonly factor: 100 | 1000;
  /** Smaller than usual rather than larger. */
  readonly below: boolean;
  readonly usual: string;
}

interface Point {
  readonly path: string;
  readonly after: Reading;
  /** |mean| */
  readonly size: number;
}

export function slips(files: readonly RunFile[]): readonly Slip[] {
  const series = new Map<string, Map<string, Point[]>>();
  for (const { path, study, run } of files) {
    for (const { name, after } of run.metrics) {
      const mean = after?.mean;
      if (after === undefined || mean === undefined || mean === 0 || !Number.isFinite(mean)) continue;
      const metrics: Map<string, Point[]> = series.get(study) ?? new Map();
      series.set(study, metrics);
      const points = metrics.get(name);
      const point = { path, after, size: Math.abs(mean) };
      if (points === undefined) metrics.set(name, [point]);
      else points.push(point);
    }
  }
  return [...series.values()].flatMap((metrics) => [...metrics].flatMap(([metric, points]) => slipsOf(metric, points)));
}

/** Only where three quarters of the values lie together, so that a metric that wanders is left alone; two values only when their units differ. */
function slipsOf(metric: string, points: readonly Point[]): readonly Slip[] {
  if (points.length < 2) return [];
  const fractions = fractionSlips(metric, points);
  if (fractions.length > 0) return fractions;
  const usual = points.length === 2 ? points.find((point) => point.after.unit !== undefined) : middle(points);
  if (usual === undefined) return [];
  const near = points.filter((point) => point.size < usual.size * 5 && point.size * 5 > usual.size).length;
  if (points.length > 2 ? near < points.length * 0.75 && near < points.length - 1 : points.every((point) => point.after.unit !== undefined))
    return [];
  return points.flatMap((point) => {
    const factor = slipFactor(point.size / usual.size);
    return factor === undefined
      ? []
      : [{ path: point.path, metric, written: point.after.text, factor, below: point.size < usual.size, usual: usual.after.text }];
  });
}

/** Names of values that never exceed 1, however far apart they lie. */
const fractionName = /(?:^|[^a-z])(?:acc|accuracy|precision|recall|f1|auc|auroc|iou|dice)(?:[^a-z]|$)/i;

/** Where most values are parts of 1 and named so, a bare number up to 100 is a percentage without its sign. */
function fractionSlips(metric: string, points: readonly Point[]): readonly Slip[] {
  const parts = points.filter(({ size }) => size <= 1);
  const large = points.filter(({ size, after }) => size > 1.5 && size <= 100 && after.unit === undefined);
  const [usual] = parts;
  const named = fractionName.test(metric.slice(0, 200)) || parts.some(({ after }) => after.unit === "%");
  if (usual === undefined || !named || large.length > parts.length || parts.length + large.length < points.length) return [];
  return large.map(({ path, after }) => ({ path, metric, written: after.text, factor: 100, below: false, usual: usual.after.text }));
}

/** By size; of equals as if they had been sorted in order. */
function middle(points: readonly Point[]): Point | undefined {
  const half = points.length >> 1;
  const sizes = Float64Array.from(points, ({ size }) => size).sort();
  const found = sizes[half] ?? 0;
  const equals = points.filter(({ size }) => size === found);
  return equals[half - sizes.indexOf(found)];
}

function slipFactor(ratio: number): 100 | 1000 | undefined {
  const up = ratio < 1 ? 1 / ratio : ratio;
  if (up > 75 && up < 135) return 100;
  return up > 750 && up < 1350 ? 1000 : undefined;
}
