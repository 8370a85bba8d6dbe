// Which results an axis has to show: all but those far out, which stand at its edge.

import { quantile } from "./chart-parts.ts";

export interface Core {
  /** In order; never empty where there are values. */
  readonly values: readonly number[];
  /** Positive, and their bulk spans a factor of a hundred. */
  readonly log: boolean;
}

/** Within three times the middle half of the nearer quartile; on a logarithmic scale where the bulk asks for one. `least`: 20 for times. */
export function coreOf(values: readonly number[], least = 100): Core {
  const sorted = values.filter(Number.isFinite).sort((left, right) => left - right);
  const log = (sorted[0] ?? 0) > 0 && quantile(sorted, 0.95) / quantile(sorted, 0.05) >= least;
  const scaled = log ? sorted.map(Math.log) : sorted;
  const [lower, upper] = [quantile(scaled, 0.25), quantile(scaled, 0.75)];
  const reach = 3 * (upper - lower || quantile(scaled, 0.9) - quantile(scaled, 0.1)) || Number.POSITIVE_INFINITY;
  return { log, values: sorted.filter((_, at) => (scaled[at] ?? 0) >= lower - reach && (scaled[at] ?? 0) <= upper + reach) };
}
