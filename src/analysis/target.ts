// A target set in advance, such as `<= 3.28 at p < 0.01`: reached by the mean alone, or so surely that chance is ruled out.

import type { Direction, Reading } from "../record/experiment.ts";
import { parseQuantity } from "../record/quantity.ts";
import type { StudySettings } from "../record/settings.ts";
import { tBelow } from "./distribution.ts";
import { finite } from "./statistics.ts";
import type { MetricView, Noise } from "./study.ts";

export interface Target {
  readonly text: string;
  /** Canonical. */
  readonly value: number;
  /** Where the values shall lie: below (`min`) or above it. */
  readonly direction: Direction;
  /** Asked for with `at p < …`. */
  readonly alpha?: number;
}

/** From the settings of the study; nothing where they name no value for this metric. */
export function targetOf(study: Pick<StudySettings, "target">, metric: MetricView): Target | undefined {
  const { target } = study;
  const text = target !== undefined && Object.hasOwn(target, metric.name) ? target[metric.name] : undefined;
  return text === undefined ? undefined : parseTarget(text, metric);
}

export function parseTarget(text: string, metric: Pick<MetricView, "direction" | "duration">): Target | undefined {
  const [, sign = "", rest = ""] = /^\s*(<=|>=|<|>|≤|≥)?(.*)$/s.exec(text) ?? [];
  const [words = "", condition = ""] = rest.split(/\s(?:at|with)\s/);
  const value = parseQuantity(words.trim(), { time: metric.duration })?.value;
  if (value === undefined) return undefined;
  const direction = sign === "" ? (metric.direction ?? "max") : /[<≤]/.test(sign) ? "min" : "max";
  const alpha = Number(/^\s*p\s*(?:<=|<|≤)\s*([\d.]+(?:e-?\d+)?)\s*$/i.exec(condition)?.[1]);
  return { text, value, direction, ...(alpha > 0 && alpha < 1 ? { alpha } : {}) };
}

export interface TargetEvidence {
  /** `missed`: the mean lies on the other side. `unclear`: it lies right, but chance may have brought it there. */
  readonly word: "reached" | "missed" | "unclear" | "unjudged";
  /** How far it still is; not above zero where the mean has reached it. */
  readonly left: number;
  readonly n: number;
  /** One-sided: how often values from a mean of just the target would lie so far on the good side. */
  readonly p?: number;
  readonly method?: string;
}

/** `once`: the repeats are one value written down several times. */
export function judgeTarget(reading: Reading, target: Target, noise?: Noise, once = false): TargetEvidence | undefined {
  if (reading.mean === undefined) return undefined;
  const sign = target.direction === "min" ? 1 : -1;
  const left = (reading.mean - target.value) * sign;
  const n = once ? 1 : Math.max(reading.n, 1);
  const own = n > 1 && (reading.sd ?? 0) > 0;
  const spread = own ? { sd: reading.sd ?? 0, df: n - 1 } : noise;
  const p = spread === undefined ? undefined : finite(tBelow(left / (spread.sd / Math.sqrt(n)), spread.df));
  const method = own ? "one-sample t" : "one-sample t, pooled noise";
  const known = { left, n, ...(p === undefined ? {} : { p, method }) };
  if (left > 0) return { word: "missed", ...known };
  if (target.alpha === undefined) return { word: "reached", ...known };
  if (p === undefined) return { word: "unjudged", ...known };
  return { word: p < target.alpha ? "reached" : "unclear", ...known };
}
