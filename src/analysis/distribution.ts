// Student's t and what it is made of. Formulas: Abramowitz & Stegun 26.5 and 26.7; the continued fraction by Lentz's method, the gamma
// function by Lanczos (g = 7, nine terms). test/analysis/distribution.test.ts holds them to reference values within 1e-9.

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function, for positive x. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const [first = 0, ...rest] = lanczos;
  const sum = rest.reduce((total, term, index) => total + term / (x + index), first);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised incomplete beta function. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

const tiny = 1e-300;
const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/** P(|T| > |t|). */
export function tTails(t: number, df: number): number {
  const square = t * t;
  if (!Number.isFinite(square)) return 0;
  // Near the middle df / (df + t²) is 1 but for the last digit, and half of those are lost.
  if (square < 1) return 1 - incompleteBeta(square / (df + square), 0.5, df / 2);
  return incompleteBeta(df / (df + square), df / 2, 0.5);
}

/** P(T ≤ t). */
export function tBelow(t: number, df: number): number {
  const tail = tTails(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Whole degrees of freedom are asked for again and again: 17,000 unclear comparisons look for how many repeats they need. */
const quantiles = new Map<number, Map<number, number>>();

/** The t below which lies the share `p`, 0 < p < 1. */
export function tQuantile(p: number, df: number): number {
  if (!Number.isInteger(df)) return searchQuantile(p, df);
  const known = quantiles.get(p) ?? new Map<number, number>();
  quantiles.set(p, known);
  const quantile = known.get(df) ?? searchQuantile(p, df);
  known.set(df, quantile);
  return quantile;
}

/** Bracketed, then by false position with the Illinois weight: the logarithm of the tail is nearly straight. */
function searchQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, df);
  const wanted = Math.log(2 * (1 - p));
  const off = (t: number): number => Math.log(tTails(t, df)) - wanted;
  let high = 2;
  while (off(high) > 0 && high < 1e300) high *= 2;
  let low = high === 2 ? 0 : high / 2;
  let [atLow, atHigh] = [off(low), Math.max(off(high), -1e3)];
  let last = Number.NaN;
  for (let step = 0; step < 200; step++) {
    const middle = high - (atHigh * (high - low)) / (atHigh - atLow);
    const at = off(middle);
    if (at === 0 || Math.abs(middle - last) <= 4e-16 * middle || !(middle > low && middle < high)) return middle;
    last = middle;
    if (at > 0) [low, atLow, atHigh] = [middle, at, atHigh / 2];
    else [high, atHigh, atLow] = [middle, at, atLow / 2];
  }
  return last;
}
