// Values that are a hundred or a thousand times the usual of their metric: a percent sign or a unit that was forgotten.

import type { Reading, RunFile } from "./experiment.ts";

export interface Slip {
  readonly path: string;
  readonly metric: string;
  readonly reading: Reading;
  readonly factor: 100 | 1000;
  /** Smaller than usual rather than larger. */
  readonly below: boolean;
  readonly usual: string;
  /** It cannot be meant: no share is so large, and the others have a unit. */
  readonly sure: boolean;
}

interface Point {
  readonly path: string;
  readonly after: Reading;
  /** |mean| */
  readonly size: number;
}

/** Whether the metric is in % by its settings. */
type InPercent = (study: string, metric: string) => boolean;

/** `only`: of these metrics. */
export function slips(files: readonly RunFile[], inPercent: InPercent = () => false, only?: ReadonlySet<string>): readonly Slip[] {
  const stretches = stretchesOf(files);
  const series = new Map([...stretches.keys()].map((study) => [study, new Map<string, Point[]>()]));
  for (const { path, study, run } of files) {
    const metrics = series.get(study);
    for (const { name, after } of run.metrics) {
      if (only?.has(name) === false || !mayHoldSlips(stretches.get(study)?.get(name))) continue;
      const size = sizeOf(after);
      if (after === undefined || size === 0) continue;
      const points = metrics?.get(name);
      const point = { path, after, size };
      if (points === undefined) metrics?.set(name, [point]);
      else points.push(point);
    }
  }
  return [...series].flatMap(([study, metrics]) =>
    [...metrics].flatMap(([metric, points]) => slipsOf(metric, points, inPercent(study, metric))),
  );
}

/** From the smallest to the largest size of a metric. */
interface Stretch {
  low: number;
  high: number;
}

function stretchesOf(files: readonly RunFile[]): ReadonlyMap<string, ReadonlyMap<string, Stretch>> {
  const series = new Map<string, Map<string, Stretch>>();
  for (const { study, run } of files) {
    const metrics: Map<string, Stretch> = series.get(study) ?? new Map();
    for (const { name, after } of run.metrics) {
      const size = sizeOf(after);
      if (size === 0) continue;
      series.set(study, metrics);
      const known = metrics.get(name);
      if (known === undefined) metrics.set(name, { low: size, high: size });
      else if (size < known.low) known.low = size;
      else if (size > known.high) known.high = size;
    }
  }
  return series;
}

/** 0 for none that counts. */
function sizeOf(after: Reading | undefined): number {
  const size = Math.abs(after?.mean ?? 0);
  return Number.isFinite(size) ? size : 0;
}

/** Most metrics wander too little for any, and need no closer look. */
function mayHoldSlips(stretch: Stretch | undefined): boolean {
  return stretch !== undefined && (stretch.high / stretch.low > leastSlip - 1 || (stretch.low <= 1 && stretch.high > 1.5));
}

/**
 * Only of metrics in %, and of values whose unit is missing beside others that have one: what wanders without either is a loss on its way.
 * Only where three quarters of the values lie together; two values only when their units differ.
 */
function slipsOf(metric: string, points: readonly Point[], declared: boolean): readonly Slip[] {
  if (points.length < 2) return [];
  const share = declared || isFractionName(metric) || points.some(({ after }) => after.unit === "%");
  const fractions = fractionSlips(metric, points, share);
  if (fractions.length > 0) return fractions;
  if (!share && !points.some(({ after }) => after.unit !== undefined)) return [];
  const usual = points.length === 2 ? points.find((point) => point.after.unit !== undefined) : middle(points);
  if (usual === undefined) return [];
  const near = points.filter((point) => point.size < usual.size * 5 && point.size * 5 > usual.size).length;
  if (points.length > 2 ? near < points.length * 0.75 && near < points.length - 1 : points.every((point) => point.after.unit !== undefined))
    return [];
  const units = points.filter(({ after }) => after.unit !== undefined).length;
  return points.flatMap((point): readonly Slip[] => {
    const bare = point.after.unit === undefined;
    const factor = slipFactor(point.size / usual.size, share && bare);
    if (factor === undefined || (!share && !bare)) return [];
    const sure = bare && (share ? point.size > 1.5 && usual.size <= 1.5 : units * 2 > points.length);
    return [slipOf(metric, point, usual, { factor, sure })];
  });
}

const slipOf = (metric: string, { path, after, size }: Point, usual: Point, more: Pick<Slip, "factor" | "sure">): Slip => ({
  path,
  metric,
  reading: after,
  below: size < usual.size,
  usual: usual.after.text,
  ...more,
});

/** Names of values that never exceed 1, however far apart they lie. */
const fractionName = /(?:^|[^a-z])(?:acc|accuracy|precision|recall|f1|auc|auroc|iou|dice)(?:[^a-z]|$)/i;

export const isFractionName = (name: string): boolean => fractionName.test(name.slice(0, 200));

/** Where most values are parts of 1 and named so, a bare number up to 100 is a percentage without its sign. */
function fractionSlips(metric: string, points: readonly Point[], share: boolean): readonly Slip[] {
  const parts = points.filter(({ size }) => size <= 1);
  const large = points.filter(({ size, after }) => size > 1.5 && size <= 100 && after.unit === undefined);
  const [usual] = parts;
  if (usual === undefined || !share) return [];
  if (large.length > parts.length || parts.length + large.length < points.length) return [];
  return large.map((point) => slipOf(metric, point, usual, { factor: 100, sure: true }));
}

/** By size; of equals as if they had been sorted in order. */
function middle(points: readonly Point[]): Point | undefined {
  const half = points.length >> 1;
  const sizes = Float64Array.from(points, ({ size }) => size).sort();
  const found = sizes[half] ?? 0;
  const equals = points.filter(({ size }) => size === found);
  return equals[half - sizes.indexOf(found)];
}

const leastSlip = 50;

/** `wide`: a bare number of a metric in %, whose values need not lie together so closely. */
function slipFactor(ratio: number, wide: boolean): 100 | 1000 | undefined {
  const up = ratio < 1 ? 1 / ratio : ratio;
  if (up > (wide ? leastSlip : 75) && up < (wide ? 200 : 135)) return 100;
  return up > 750 && up < 1350 ? 1000 : undefined;
}
