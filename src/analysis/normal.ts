// The normal and the chi-squared distribution, by the regularised incomplete gamma function (series and Lentz's continued fraction, as in
// Abramowitz & Stegun 6.5).

import { lnGamma } from "./distribution.ts";

/** Upper regularised incomplete gamma function Q(a, x). */
export function upperGamma(a: number, x: number): number {
  if (!(x > 0)) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(a * Math.log(x) - x - lnGamma(a));
  return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
}

const precise = 1e-16;

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n <= 10_000; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * precise) break;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n <= 10_000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < precise) break;
  }
  return value;
}

/** P(χ² > x). */
export function chiSquaredAbove(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** P(|Z| > |z|). */
export function normalTails(z: number): number {
  return upperGamma(0.5, (z * z) / 2);
}

/** P(Z ≤ z). */
export function normalBelow(z: number): number {
  const tail = normalTails(z) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** The z below which lies the share `p`, 0 < p < 1: halved until nothing moves. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalTails(middle) / 2 < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
