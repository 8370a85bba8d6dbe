// A part of a histogram as a comparison of the filter grammar.

import { unitScale } from "../../../src/record/quantity.ts";
import type { LogColumn } from "../../../src/report/log-row.ts";
import { bins, edge, type Histogram } from "./histogram.ts";
import { nameText } from "./terms.ts";

/** What a column's numbers are shown in; canonical where it has no unit that converts. */
export function unitOf({ content, name }: LogColumn): string | undefined {
  if (name === "date") return "date";
  const unit = content.kind === "metric" ? content.metric.unit : content.kind === "seconds" ? content.unit : undefined;
  return unit !== undefined && unitScale(unit) !== undefined ? unit : undefined;
}

/** Bins `from` to `to`, both inside. Nothing for all of them. */
export function rangeTerm(column: LogColumn, histogram: Histogram, from: number, to: number): string | undefined {
  const [first, last] = from <= to ? [from, to] : [to, from];
  if (first <= 0 && last >= bins - 1) return undefined;
  const unit = unitOf(column);
  const low = first <= 0 ? undefined : numberText(edge(first, histogram), unit, "down");
  const high = last >= bins - 1 ? undefined : numberText(edge(last + 1, histogram), unit, "up");
  return boundsTerm(column.name, low, high);
}

/** `name >= low`, `name <= high`, `name = low..high`; nothing without a bound. */
export function boundsTerm(name: string, low: string | undefined, high: string | undefined): string | undefined {
  const own = nameText(name);
  if (low === undefined) return high === undefined ? undefined : `${own} <= ${high}`;
  return high === undefined ? `${own} >= ${low}` : `${own} = ${low}..${high}`;
}

const digits = 4;

/** Rounded away from the middle of the range, so that what was in stays in. */
export function numberText(value: number, unit: string | undefined, way: "down" | "up"): string {
  if (unit === "date") return new Date(value).toISOString().slice(0, 10);
  const scale = unit === undefined ? undefined : unitScale(unit);
  const shown = scale === undefined ? value : (value * scale.over) / scale.times;
  return `${rounded(shown, way)}${scale === undefined ? "" : unit}`;
}

function rounded(value: number, way: "down" | "up"): number {
  if (value === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  const steps = Number((value / step).toPrecision(10));
  return Number(((way === "down" ? Math.floor(steps) : Math.ceil(steps)) * step).toPrecision(digits));
}
