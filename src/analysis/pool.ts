// Several readings of one metric as one.

import type { Reading } from "../record/experiment.ts";
import { finite, mean, sd } from "./statistics.ts";

/** Values are strung together; where a part has only its summary, means and deviations are combined. */
export function pool(readings: readonly Reading[]): Reading | undefined {
  const [first] = readings;
  if (first === undefined || readings.length === 1) return first;
  const whole = readings.every((reading) => reading.n === reading.values.filter((value) => value !== null).length);
  const numbers = readings.flatMap((reading) => reading.values.filter((value) => value !== null));
  const n = readings.reduce((sum, reading) => sum + reading.n, 0);
  const center = whole ? mean(numbers) : combinedMean(readings, n);
  const spread = whole ? sd(numbers) : combinedSd(readings, center, n);
  const unit = readings.find((reading) => reading.unit !== undefined)?.unit;
  const count = combinedCount(readings);
  return {
    values: readings.flatMap((reading) => reading.values),
    n,
    diverged: readings.reduce((sum, reading) => sum + reading.diverged, 0),
    text: readings.map((reading) => reading.text).join(", "),
    ...(center === undefined ? {} : { mean: center }),
    ...(spread === undefined ? {} : { sd: spread }),
    ...(unit === undefined ? {} : { unit }),
    ...(count === undefined ? {} : { count }),
  };
}

function combinedMean(readings: readonly Reading[], n: number): number | undefined {
  const known = readings.filter((reading) => reading.mean !== undefined);
  if (n === 0) return mean(known.map((reading) => reading.mean ?? 0));
  return finite(known.reduce((sum, reading) => sum + (reading.mean ?? 0) * (reading.n / n), 0));
}

/** Of the parts' deviations and the distance of their means; unknown as soon as one part of several values keeps its own to itself. */
function combinedSd(readings: readonly Reading[], center: number | undefined, n: number): number | undefined {
  if (center === undefined || n < 2) return undefined;
  let squares = 0;
  for (const { mean: own, sd: spread, n: size } of readings) {
    if (own === undefined || size === 0) continue;
    if (size > 1 && spread === undefined) return undefined;
    squares += (size - 1) * (spread ?? 0) ** 2 + size * (own - center) ** 2;
  }
  return finite(Math.sqrt(squares / (n - 1)));
}

function combinedCount(readings: readonly Reading[]): Reading["count"] {
  let successes = 0;
  let trials = 0;
  for (const { count } of readings) {
    if (count === undefined) return undefined;
    successes += count.successes;
    trials += count.trials;
  }
  return { successes, trials };
}
