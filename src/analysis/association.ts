// Whether results go with a parameter when everything else is left to chance: rank statistics within strata (runs of one code version, or
// runs that are equal in all else), p by permuting the results within them. docs/statistics.md tells the formulas.

import { correlationInterval, midRanks } from "./correlation.ts";
import { holm } from "./multiplicity.ts";
import { chiSquaredAbove } from "./normal.ts";
import { randomFrom, shuffle } from "./random.ts";

/** What each subject has of one parameter. */
export interface Column {
  readonly name: string;
  /** Number of its value by subject; -1 where none is recorded. */
  readonly codes: Int32Array;
  /** How many values there are. */
  readonly count: number;
  /** By code; absent where a value is no number. */
  readonly numbers?: readonly number[];
}

export interface Association {
  /** Rank correlation of numbers, else the share of the ranks' scatter that lies between the values. */
  readonly kind: "rho" | "share";
  /** `rho`: positive where more gives larger results. */
  readonly size: number;
  readonly low?: number;
  readonly high?: number;
  /** Subjects that could tell: of strata in which the parameter varies. */
  readonly n: number;
  readonly values: number;
  readonly strata: number;
  readonly p: number;
  /** p among all parameters that were looked at. */
  readonly adjusted: number;
  readonly looked: number;
  readonly method: string;
}

/** Why nothing is said. */
export type NoAssociation =
  | { readonly cannot: "few"; readonly n: number; readonly needs: number }
  /** Every stratum, or every value, holds one subject alone. */
  | { readonly cannot: "apart"; readonly n: number }
  | { readonly cannot: "unique"; readonly n: number }
  | { readonly cannot: "constant"; readonly n: number };

export interface Subjects {
  readonly results: Float64Array;
  /** Number of the stratum by subject. */
  readonly strata: Int32Array;
  /** Ids, from which the random numbers follow. */
  readonly seed: string;
}

export const fewestSubjects = 8;
const permutations = 999;
/** Additions. */
export const mostWork: number = 2e6;

/** `work`: what permutations may cost; above, the large-sample formulas are as good. */
export function associate(
  columns: readonly Column[],
  subjects: Subjects,
  work: number = mostWork,
): ReadonlyMap<string, Association | NoAssociation> {
  const order = inStrata(subjects.strata);
  const scores = centred(subjects.results, order, () => true);
  const found = new Map<string, Association | NoAssociation>();
  const asked: Prepared[] = [];
  for (const column of columns) {
    const made = prepare(column, subjects, order, scores);
    if ("cannot" in made) found.set(column.name, made);
    else asked.push(made);
  }
  const chances = chancesOf(asked, scores, order, { seed: subjects.seed, work });
  for (const [at, made] of asked.entries()) {
    const { name, kind, size, n, values, strata, test } = made;
    const { p = 1, adjusted = 1 } = chances.list[at] ?? {};
    const interval = kind === "rho" ? correlationInterval(size, n - strata - 1) : undefined;
    const own = { kind, size, n, values, strata, p, adjusted, looked: asked.length, method: `${test}, ${chances.method}` };
    found.set(name, { ...own, ...interval });
  }
  return found;
}

/** Subjects stratum by stratum, and where each begins. */
interface Order {
  readonly subjects: Int32Array;
  readonly starts: readonly number[];
}

function inStrata(strata: Int32Array): Order {
  const counts: number[] = [];
  for (const stratum of strata) counts[stratum] = (counts[stratum] ?? 0) + 1;
  const starts = [0];
  for (const count of Array.from(counts, (count) => count ?? 0)) starts.push((starts.at(-1) ?? 0) + count);
  const next = [...starts];
  const subjects = new Int32Array(strata.length);
  for (const [subject, stratum] of strata.entries()) {
    const at = next[stratum] ?? 0;
    subjects[at] = subject;
    next[stratum] = at + 1;
  }
  return { subjects, starts };
}

/** Ranks within each stratum about their middle, as shares of its size; in order, 0 for those left out. */
function centred(values: Float64Array, { subjects, starts }: Order, counts: (subject: number) => boolean): Float64Array {
  const scores = new Float64Array(subjects.length);
  for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
    const places: number[] = [];
    for (let at = starts[stratum] ?? 0; at < (starts[stratum + 1] ?? 0); at++) if (counts(subjects[at] ?? 0)) places.push(at);
    const ranks = midRanks(places.map((at) => values[subjects[at] ?? 0] ?? 0));
    const middle = (places.length + 1) / 2;
    for (const [index, at] of places.entries()) scores[at] = ((ranks[index] ?? 0) - middle) / (places.length + 1);
  }
  return scores;
}

interface Prepared extends Pick<Association, "kind" | "size" | "n" | "values" | "strata"> {
  readonly name: string;
  readonly test: string;
  /** Of any order of the scores, comparable between parameters. */
  readonly statistic: (scores: Float64Array) => number;
  /** Of the true order, by the large-sample distribution. */
  readonly tail: (scores: Float64Array) => number;
}

function prepare(column: Column, { results }: Subjects, order: Order, scores: Float64Array): Prepared | NoAssociation {
  const { subjects, starts } = order;
  const varies = strataThatVary(column, order);
  const stratumOf = new Int32Array(results.length);
  for (let stratum = 0; stratum + 1 < starts.length; stratum++)
    for (let at = starts[stratum] ?? 0; at < (starts[stratum + 1] ?? 0); at++) stratumOf[subjects[at] ?? 0] = stratum;
  const counts = (subject: number): boolean => column.codes[subject] !== -1 && varies[stratumOf[subject] ?? 0] === true;
  const present: number[] = [];
  for (let at = 0; at < subjects.length; at++) if (counts(subjects[at] ?? 0)) present.push(at);
  const n = present.length;
  const recorded = countRecorded(column);
  if (recorded < fewestSubjects) return { cannot: "few", n: recorded, needs: fewestSubjects };
  if (n < fewestSubjects) return { cannot: "apart", n: recorded };
  const ys = n === results.length ? scores : centred(results, order, counts);
  const scatter = sumOfSquares(ys);
  if (scatter === 0) return { cannot: "constant", n };
  const strata = varies.filter(Boolean).length;
  const codes = new Int32Array(n);
  const seen = new Uint8Array(column.count);
  let values = 0;
  for (let index = 0; index < n; index++) {
    const code = column.codes[subjects[present[index] ?? 0] ?? 0] ?? 0;
    codes[index] = code;
    values += 1 - (seen[code] ?? 0);
    seen[code] = 1;
  }
  const shared = { name: column.name, n, strata, values, places: Int32Array.from(present), ys, scatter };
  if (column.numbers !== undefined && values > 2) {
    return correlation(shared, centred(numbersBySubject(column, 0), order, counts), order);
  }
  return values === n ? { cannot: "unique", n } : between(shared, codes, column.count);
}

/** `none` for those without one. */
export function numbersBySubject({ codes, numbers }: Pick<Column, "codes" | "numbers">, none: number): Float64Array {
  const values = new Float64Array(codes.length).fill(none);
  for (let at = 0; at < codes.length; at++) if (codes[at] !== -1) values[at] = numbers?.[codes[at] ?? 0] ?? none;
  return values;
}

export function countRecorded({ codes }: Pick<Column, "codes">): number {
  let count = 0;
  for (let at = 0; at < codes.length; at++) if (codes[at] !== -1) count += 1;
  return count;
}

function strataThatVary({ codes }: Column, { subjects, starts }: Order): readonly boolean[] {
  return starts.slice(0, -1).map((start, stratum) => {
    let first = -1;
    for (let at = start; at < (starts[stratum + 1] ?? 0); at++) {
      const code = codes[subjects[at] ?? 0] ?? -1;
      if (code === -1) continue;
      if (first === -1) first = code;
      else if (code !== first) return true;
    }
    return false;
  });
}

interface Shared extends Pick<Association, "n" | "values" | "strata"> {
  readonly name: string;
  /** In the order, of the subjects that count. */
  readonly places: Int32Array;
  readonly ys: Float64Array;
  readonly scatter: number;
}

/** Spearman's, pooled over the strata. */
function correlation({ places, ys, scatter, ...shared }: Shared, xs: Float64Array, order: Order): Prepared {
  const dot = (scores: Float64Array): number => {
    let sum = 0;
    for (let at = 0; at < places.length; at++) sum += (xs[places[at] ?? 0] ?? 0) * (scores[places[at] ?? 0] ?? 0);
    return sum;
  };
  let variance: number | undefined;
  const square = (scores: Float64Array): number => {
    variance ??= varianceOf(xs, scores, order);
    return dot(scores) ** 2 / variance;
  };
  return {
    ...shared,
    kind: "rho",
    test: "Spearman",
    size: Math.max(-1, Math.min(1, dot(ys) / Math.sqrt(sumOfSquares(xs) * scatter))),
    statistic: (scores) => asNormal(square(scores), 1),
    tail: (scores) => chiSquaredAbove(square(scores), 1),
  };
}

/** Of the sum of products when the scores are put in any order within their strata. */
function varianceOf(xs: Float64Array, scores: Float64Array, { starts }: Order): number {
  let sum = 0;
  for (let stratum = 0; stratum + 1 < starts.length; stratum++) {
    const [from = 0, to = 0] = [starts[stratum], starts[stratum + 1]];
    if (to - from > 1) sum += (sumOfSquares(xs.subarray(from, to)) * sumOfSquares(scores.subarray(from, to))) / (to - from - 1);
  }
  return sum;
}

/** Kruskal & Wallis's, pooled over the strata. */
function between({ places, ys, scatter, ...shared }: Shared, codes: Int32Array, count: number): Prepared {
  const sizes = new Float64Array(count);
  for (const code of codes) sizes[code] = (sizes[code] ?? 0) + 1;
  const sums = new Float64Array(count);
  const share = (scores: Float64Array): number => {
    sums.fill(0);
    for (let at = 0; at < places.length; at++) sums[codes[at] ?? 0] = (sums[codes[at] ?? 0] ?? 0) + (scores[places[at] ?? 0] ?? 0);
    let between = 0;
    for (let code = 0; code < count; code++) if ((sizes[code] ?? 0) > 0) between += (sums[code] ?? 0) ** 2 / (sizes[code] ?? 1);
    return between / scatter;
  };
  const df = shared.values - 1;
  const h = (scores: Float64Array): number => (shared.n - shared.strata) * share(scores);
  return {
    ...shared,
    kind: "share",
    test: "Kruskal-Wallis",
    size: share(ys),
    statistic: (scores) => asNormal(h(scores), df),
    tail: (scores) => chiSquaredAbove(h(scores), df),
  };
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

interface Chances {
  readonly list: readonly { readonly p: number; readonly adjusted: number }[];
  readonly method: string;
}

/** Adjusted by the largest statistic of all parameters (max T), which knows how they hang together; of many runs by Holm's rule. */
function chancesOf(
  asked: readonly Prepared[],
  scores: Float64Array,
  { starts }: Order,
  { seed, work }: { readonly seed: string; readonly work: number },
): Chances {
  if (asked.length === 0) return { list: [], method: "" };
  if (asked.length * scores.length * permutations > work) {
    const ps = asked.map(({ tail }) => tail(scores));
    const adjusted = holm(ps);
    return { list: ps.map((p, at) => ({ p, adjusted: adjusted[at] ?? 1 })), method: "large-sample p" };
  }
  const seen = asked.map(({ statistic }) => statistic(scores) - 1e-9);
  const own = asked.map(() => 1);
  const all = asked.map(() => 1);
  const random = randomFrom(seed);
  const shuffled = Float64Array.from(scores);
  for (let round = 0; round < permutations; round++) {
    for (let stratum = 0; stratum + 1 < starts.length; stratum++) shuffle(shuffled, starts[stratum] ?? 0, starts[stratum + 1] ?? 0, random);
    const drawn = asked.map(({ statistic }) => statistic(shuffled));
    const largest = drawn.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    for (const [at, value] of seen.entries()) {
      if ((drawn[at] ?? 0) >= value) own[at] = (own[at] ?? 0) + 1;
      if (largest >= value) all[at] = (all[at] ?? 0) + 1;
    }
  }
  const share = (count: number | undefined): number => (count ?? 1) / (permutations + 1);
  return { list: asked.map((_, at) => ({ p: share(own[at]), adjusted: share(all[at]) })), method: "permutation p" };
}

/** A chi-square value as if it were a standard normal one (Wilson & Hilferty): statistics of different degrees of freedom on one scale. */
export function asNormal(x: number, df: number): number {
  const spread = 2 / (9 * df);
  return (Math.cbrt(x / df) - (1 - spread)) / Math.sqrt(spread);
}
