// A metric's value in the unit of what it stands beside: the base's as `before`, the command's own as `after`.

import type { Metric } from "../record/experiment.ts";
import { decimalsOf, formatQuantity } from "../record/format.ts";
import { unitScale } from "../record/quantity.ts";
import type { MetricSettings } from "../record/settings.ts";

/** As written; several repeats by their mean, in the same unit and to the same digits. */
export function metricText({ name, after }: Metric, settings: Readonly<Record<string, MetricSettings>>): string | undefined {
  if (after?.mean === undefined) return undefined;
  if (after.values.length === 1 && !after.text.includes(",")) return after.text;
  // Of the settings' units only the percent is written with what a command says.
  const share = Object.hasOwn(settings, name) && settings[name]?.unit === "%" ? "%" : undefined;
  const unit = after.unit ?? share;
  const first = after.text.split(",")[0] ?? "";
  return formatQuantity(after.mean, unit, { decimals: decimalsOf(first) + (unit === undefined ? 1 : 0) });
}

const bare = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * Numbers without a unit get that of the metric's other side where it leaves them as they are: seconds, bytes, units of their own. What `1.6`
 * is beside `2 h` nobody can tell; what is percent was decided where the whole curve was known.
 */
export function withUnitOf(values: readonly (string | undefined)[], { before, after }: Partial<Metric>): readonly (string | undefined)[] {
  const unit = before?.unit ?? after?.unit;
  if (unit === undefined) return values;
  const scale = unitScale(unit);
  const fits = scale === undefined || scale.times === scale.over;
  return fits ? values.map((value) => (value !== undefined && bare.test(value) ? `${value} ${unit}` : value)) : values;
}
