// A metric's value as the file of the next run will show it under `before`.

import type { Metric } from "../record/experiment.ts";
import { decimalsOf, formatQuantity } from "../record/format.ts";
import type { MetricSettings } from "../record/settings.ts";

/** As written; several repeats by their mean, in the same unit and to the same digits. */
export function metricText({ name, after }: Metric, settings: Readonly<Record<string, MetricSettings>>): string | undefined {
  if (after?.mean === undefined) return undefined;
  if (after.values.length === 1 && !after.text.includes(",")) return after.text;
  const unit = after.unit ?? (Object.hasOwn(settings, name) ? settings[name]?.unit : undefined);
  const first = after.text.split(",")[0] ?? "";
  return formatQuantity(after.mean, unit, { decimals: decimalsOf(first) + (unit === undefined ? 1 : 0) });
}
