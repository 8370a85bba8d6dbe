// Guard rails: metrics that may get worse by so much and no more while another is improved.

import { parseQuantity } from "../record/quantity.ts";
import { deltaBetweenGroups } from "./deltas.ts";
import type { Delta, Group, MetricView, StudyAnalysis } from "./study.ts";

export interface Guard {
  readonly metric: MetricView;
  /** As the settings write it: `+10%`. */
  readonly text: string;
  /** Against the baseline; absent where one of the two has no value or they are not compared. */
  readonly delta?: Delta;
  /** How much worse it may get and how much worse it is (negative: better), both in the canonical unit. */
  readonly allowed?: number;
  readonly worse?: number;
  readonly holds?: boolean;
}

export function guardsOf(group: Group, study: Pick<StudyAnalysis, "baseline" | "metrics" | "noise" | "settings">): readonly Guard[] {
  return study.metrics.flatMap((metric): readonly Guard[] => {
    const text = Object.hasOwn(study.settings.metrics, metric.name) ? study.settings.metrics[metric.name]?.guard : undefined;
    if (text === undefined) return [];
    const { baseline } = study;
    const delta = baseline === undefined ? undefined : deltaBetweenGroups(baseline, group, metric, study);
    const allowed = delta === undefined ? undefined : allowance(text, metric, delta);
    if (delta === undefined || allowed === undefined || metric.direction === undefined)
      return [{ metric, text, ...(delta === undefined ? {} : { delta }) }];
    const worse = metric.direction === "min" ? delta.absolute : -delta.absolute + 0;
    return [{ metric, text, delta, allowed, worse, holds: worse <= allowed }];
  });
}

/** `+10%` of what the baseline has, `0.3pp`, `5 min`, or a number in the metric's unit. */
function allowance(text: string, metric: MetricView, { before }: Delta): number | undefined {
  const plain = text.trim().replace(/^[+-]/, "");
  const quantity = parseQuantity(plain, { time: metric.duration });
  if (quantity === undefined) return undefined;
  if (quantity.unit === "%") return quantity.value * Math.abs(before.mean ?? 0);
  if (quantity.unit !== undefined || metric.unit === undefined) return Math.abs(quantity.value);
  return Math.abs(parseQuantity(`${plain} ${metric.unit}`)?.value ?? quantity.value);
}
