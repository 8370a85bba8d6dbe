// How many repeats a difference of some size takes, and how small a difference so many can show.

import { incompleteBeta, lnGamma, tQuantile } from "./distribution.ts";
import { normalBelow } from "./normal.ts";

export const wantedPower = 0.8;

/** In standard deviations: what `n` repeats a side show in four of five cases, by quantiles; a little optimistic below four. */
export function showable(n: number, level = 0.95): number {
  const df = 2 * n - 2;
  return (tQuantile((1 + level) / 2, df) + tQuantile(wantedPower, df)) * Math.sqrt(2 / n);
}

const most = 50;

/** Further repeats a side until a difference of `effect` standard deviations shows, where there are `n`; nothing beyond fifty. */
export function repeatsNeeded(effect: number, n: number, level = 0.95): number | undefined {
  let [low, high] = [Math.max(n + 1, 2), n + most];
  if (!(showable(high, level) <= effect)) return undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (showable(middle, level) <= effect) high = middle;
    else low = middle + 1;
  }
  return low - n;
}

/** The chance that two sides of `n` values whose means lie `effect` standard deviations apart are told apart. */
export function powerOf(n: number, effect: number, level = 0.95): number {
  const df = 2 * n - 2;
  const t = tQuantile((1 + level) / 2, df);
  const shift = Math.abs(effect) * Math.sqrt(n / 2);
  return 1 - noncentralBelow(t, df, shift) + noncentralBelow(-t, df, shift);
}

/** What `n` repeats a side show in four of five cases, in standard deviations: exact, by secants from near the answer. */
export function detectable(n: number, level = 0.95): number {
  let [one, other] = [showable(n, level), 1.05 * showable(n, level)];
  let lack = powerOf(n, one, level) - wantedPower;
  for (let step = 0; step < 8 && Math.abs(other - one) > 1e-9; step++) {
    const now = powerOf(n, other, level) - wantedPower;
    if (now === lack) break;
    [one, other] = [other, other - (now * (other - one)) / (now - lack)];
    lack = now;
  }
  return other;
}

/** P(T ≤ t) of the noncentral t distribution: a Poisson mixture of incomplete beta functions (Lenth 1989, AS 243). */
export function noncentralBelow(t: number, df: number, shift: number): number {
  if (t < 0) return 1 - noncentralBelow(-t, df, -shift);
  const x = (t * t) / (df + t * t);
  const half = (shift * shift) / 2;
  let sum = 0;
  let left = 1;
  for (let j = 0; j < 2000 && left > 1e-15; j++) {
    const even = half === 0 ? (j === 0 ? 1 : 0) : Math.exp(j * Math.log(half) - half - lnGamma(j + 1));
    const odd = shift === 0 ? 0 : (shift / Math.SQRT2) * (half === 0 ? 0 : Math.exp(j * Math.log(half) - half - lnGamma(j + 1.5)));
    sum += even * incompleteBeta(x, j + 0.5, df / 2) + odd * incompleteBeta(x, j + 1, df / 2);
    left -= even;
  }
  return normalBelow(-shift) + sum / 2;
}
