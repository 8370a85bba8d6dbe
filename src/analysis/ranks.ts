// Comparing by rank: what does not ask how the values are distributed, such as times with a long tail. Mann & Whitney 1947; with ties exact, by
// counting how many choices of so many ranks have which sum.

import { normalTails } from "./normal.ts";

export interface RankTest {
  /** Two-sided. */
  readonly p: number;
  readonly exact: boolean;
  /** How often a value of the second side is larger than one of the first; equal ones count half. */
  readonly larger: number;
}

/** Beyond this many values in all the normal approximation is as good. */
const mostExact = 60;

/** Nothing where a side is empty. */
export function mannWhitney(first: readonly number[], second: readonly number[]): RankTest | undefined {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0) return undefined;
  const { doubled, ties } = rank([...first, ...second]);
  const sum = doubled.slice(m).reduce((total, one) => total + one, 0);
  const larger = (sum / 2 - (n * (n + 1)) / 2) / (m * n);
  const exact = m + n <= mostExact;
  return { p: exact ? exactTails(doubled, n, sum) : normalRankTails({ m, n, sum, ties }), exact, larger };
}

/** The smallest p that so many values can reach: with three a side no rank test says anything at 5%. */
export function smallestRankP(m: number, n: number): number {
  let choices = 1;
  for (let at = 1; at <= n; at++) choices = (choices * (m + at)) / at;
  return Math.min(1, 2 / choices);
}

/** Twice the rank of each value, so that the middle rank of equal ones is whole; and how many are equal, group by group. */
export function rank(values: readonly number[]): { readonly doubled: readonly number[]; readonly ties: readonly number[] } {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const doubled = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let at = from; at <= to; at++) doubled[order[at] ?? 0] = from + to + 2;
    ties.push(to - from + 1);
    from = to + 1;
  }
  return { doubled, ties };
}

/** The share of all choices of `size` ranks whose sum lies at least as far from the middle. */
function exactTails(doubled: readonly number[], size: number, sum: number): number {
  const middle = size * (doubled.length + 1);
  const distance = Math.abs(sum - middle);
  const most = doubled.reduce((total, one) => total + one, 0);
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(most + 1));
  (counts[0] as Float64Array)[0] = 1;
  let reached = 0;
  for (const [at, one] of doubled.entries()) {
    for (let k = Math.min(size, at + 1); k >= 1; k--) {
      const [with_, without] = [counts[k] as Float64Array, counts[k - 1] as Float64Array];
      for (let total = reached; total >= 0; total--) {
        const ways = without[total] ?? 0;
        if (ways > 0) with_[total + one] = (with_[total + one] ?? 0) + ways;
      }
    }
    reached += one;
  }
  let far = 0;
  let all = 0;
  for (const [total, ways] of (counts[size] as Float64Array).entries()) {
    all += ways;
    if (Math.abs(total - middle) >= distance) far += ways;
  }
  return far / all;
}

interface Sums {
  readonly m: number;
  readonly n: number;
  readonly sum: number;
  readonly ties: readonly number[];
}

/** With correction for ties and for continuity. */
function normalRankTails({ m, n, sum, ties }: Sums): number {
  const total = m + n;
  const tied = ties.reduce((amount, one) => amount + one ** 3 - one, 0);
  const variance = ((m * n) / 12) * (total + 1 - tied / (total * (total - 1)));
  const distance = Math.max(0, Math.abs(sum - n * (total + 1)) / 2 - 0.5);
  return variance > 0 ? normalTails(distance / Math.sqrt(variance)) : 1;
}

/** Positions, from one, of the ordered values between which the median lies with 95%; nothing below six values. */
export function medianPositions(n: number, level = 0.95): readonly [number, number] | undefined {
  let below = 0.5 ** n;
  let position = 0;
  let term = below;
  while (2 * below <= 1 - level && position < n / 2) {
    position += 1;
    term = (term * (n - position + 1)) / position;
    below += term;
  }
  return position === 0 ? undefined : [position, n - position + 1];
}
