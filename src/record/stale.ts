// Copies for readers (`before`, `changes`) that no longer say what the base, or the run's own configuration, says.

import type { Reading, Run } from "./experiment.ts";
import { sameValue, showValue } from "./value.ts";

export interface StaleReading {
  readonly metric: string;
  readonly written: string;
  readonly current: string;
}

/** `before` of the metrics against the base's own `after`, at the precision `before` was written with. */
export function staleReadings(run: Run, base: Run): readonly StaleReading[] {
  const stale: StaleReading[] = [];
  for (const { name, before } of run.metrics) {
    if (before?.mean === undefined) continue;
    const now = base.metrics.find((metric) => metric.name === name)?.after;
    if (now?.mean !== undefined && !isCopy(before, now)) stale.push({ metric: name, written: before.text, current: now.text });
  }
  return stale;
}

/** `85.5%` is a copy of 0.8553: the difference is below what was written. */
function isCopy(before: Reading, now: Reading): boolean {
  if (before.mean === undefined || now.mean === undefined || before.mean === now.mean || before.text === now.text) return true;
  const off = Math.abs(before.mean - now.mean);
  return off <= Math.max(grain(before), 1e-9 * Math.abs(now.mean));
}

/** Half of the last written digit, in the canonical unit; 0.5 % for texts of several parts (`2 h 46 min`). */
function grain(reading: Reading): number {
  const mean = Math.abs(reading.mean ?? 0);
  const numbers = reading.text.slice(0, 200).match(/\d[\d,_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/g) ?? [];
  const first = (numbers[0] ?? "").replace(/[,_]/g, "");
  const value = Number(first);
  if (numbers.length !== 1 || value === 0) return mean * 0.005;
  const [digits = "", exponent = "0"] = first.toLowerCase().split("e");
  const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
  return (mean / value) * 0.5000001 * 10 ** (Number(exponent) - decimals);
}

export interface StaleChange {
  readonly name: string;
  readonly written: string;
  readonly current: string;
}

/** `from` against the base's configuration; what the base did not record cannot be stale. */
export function staleChanges(run: Run, base: Run): readonly StaleChange[] {
  return run.changes
    .filter(({ name, from }) => from !== undefined && Object.hasOwn(base.config, name) && !sameValue(from, base.config[name]))
    .map(({ name, from }) => ({ name, written: showValue(from), current: showValue(base.config[name]) }));
}

/** `to` against the run's own configuration, which is what it ran with. */
export function differingChanges(run: Run): readonly StaleChange[] {
  return run.changes
    .filter(({ name, to }) => to !== undefined && to !== null && Object.hasOwn(run.config, name) && !sameValue(to, run.config[name]))
    .map(({ name, to }) => ({ name, written: showValue(to), current: showValue(run.config[name]) }));
}
