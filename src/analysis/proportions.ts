// Shares of counts: 872 of 1000. Wilson 1927 for one, Newcombe 1998 (method 10) for the difference of two independent ones.

import type { Reading } from "../record/experiment.ts";
import { incompleteBeta } from "./distribution.ts";
import { normalQuantile, normalTails } from "./normal.ts";

export type Count = NonNullable<Reading["count"]>;
export type Interval = readonly [low: number, high: number];

export function wilson(count: Count, level = 0.95): Interval {
  return wilsonAt(count, normalQuantile((1 + level) / 2));
}

function wilsonAt({ successes, trials }: Count, z: number): Interval {
  const share = successes / trials;
  const square = z * z;
  const center = (share + square / (2 * trials)) / (1 + square / trials);
  const half = (z / (1 + square / trials)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  return [successes === 0 ? 0 : Math.max(0, center - half), successes === trials ? 1 : Math.min(1, center + half)];
}

/** Of the second share minus the first. */
export function newcombe(first: Count, second: Count, level = 0.95): Interval {
  return newcombeAt(first, second, normalQuantile((1 + level) / 2));
}

function newcombeAt(first: Count, second: Count, z: number): Interval {
  const [p, q] = [first.successes / first.trials, second.successes / second.trials];
  const [[firstLow, firstHigh], [secondLow, secondHigh]] = [wilsonAt(first, z), wilsonAt(second, z)];
  return [q - p - Math.hypot(q - secondLow, firstHigh - p), q - p + Math.hypot(secondHigh - q, p - firstLow)];
}

/** Two-sided: the level at which the interval would just touch zero. */
export function newcombeP(first: Count, second: Count): number {
  const difference = second.successes / second.trials - first.successes / first.trials;
  if (difference === 0) return 1;
  const touches = (z: number): boolean => {
    const [low, high] = newcombeAt(first, second, z);
    return low <= 0 && high >= 0;
  };
  let [low, high] = [0, 40];
  for (let step = 0; step < 100 && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (touches(middle)) high = middle;
    else low = middle;
  }
  return normalTails(high);
}

/** Two-sided: `successes` of `trials` under a fair coin. */
export function signTest({ successes, trials }: Count): number {
  const more = Math.max(successes, trials - successes);
  return more * 2 === trials || trials === 0 ? 1 : Math.min(1, 2 * incompleteBeta(0.5, more, trials - more + 1));
}
