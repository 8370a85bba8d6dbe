// Which parameters decide whether a run is among the best tenth, from forty runs on; how far that is to be believed, by drawing the runs anew.

import { countRecorded, numbersBySubject } from "./association.ts";
import { type Cells, divergence, numberCells, sharedBell, wordCells } from "./ped-anova.ts";
import { randomFrom } from "./random.ts";
import type { StudySubjects, SubjectColumn } from "./subjects.ts";

export interface Importance {
  /** Of all importance, 0 to 1. */
  readonly share: number;
  /** 90% of the draws lie between. */
  readonly low: number;
  readonly high: number;
  /** Ranks in 90% of the draws, 1 for the most important. */
  readonly ranks: readonly [best: number, worst: number];
  /** The ranks span more than half of the parameters. */
  readonly unstable: boolean;
  /** Runs that recorded it. */
  readonly n: number;
}

export interface Importances {
  readonly n: number;
  readonly top: number;
  readonly draws: number;
  readonly parameters: ReadonlyMap<string, Importance>;
}

export type NoImportance = { readonly cannot: "few" | "ties" | "no direction" | "nothing varied"; readonly n: number };

export const fewestRuns = 40;
const fewestTop = 5;
const share = 0.1;

export interface ImportanceQuestion {
  readonly direction?: "max" | "min";
  readonly isLog: (name: string) => boolean;
  readonly seed: string;
}

export function findImportance(subjects: StudySubjects, question: ImportanceQuestion): Importances | NoImportance {
  const n = subjects.groups.length;
  if (n < fewestRuns) return { cannot: "few", n };
  if (question.direction === undefined) return { cannot: "no direction", n };
  const sign = question.direction === "max" ? -1 : 1;
  const order = Int32Array.from(subjects.results.keys()).sort((a, b) => sign * ((subjects.results[a] ?? 0) - (subjects.results[b] ?? 0)));
  const top = topOf(new Float64Array(n).fill(1), order, subjects.results);
  if (top < fewestTop || top > n / 2) return { cannot: "ties", n };
  const asked = subjects.columns.flatMap((column) => askedOf(column, n, question));
  if (asked.length === 0) return { cannot: "nothing varied", n };
  const shares = sharesOf(asked, new Float64Array(n).fill(1), order, top);
  const draws = drawShares(asked, order, subjects.results, question.seed);
  return { n, top, draws: draws.length, parameters: summed(asked, shares, draws) };
}

interface Asked {
  readonly name: string;
  readonly cells: Cells;
  readonly n: number;
}

/** Recorded by half of the runs at least; words that nearly every run has for itself say nothing. */
function askedOf(column: SubjectColumn, n: number, { isLog }: ImportanceQuestion): readonly Asked[] {
  const { name, codes, count, numbers } = column;
  const recorded = countRecorded(column);
  if (recorded < n / 2 || recorded < fewestRuns) return [];
  if (numbers === undefined) return count > recorded / 2 ? [] : [{ name, n: recorded, cells: wordCells(codes, count) }];
  const low = numbers.reduce((least, value) => Math.min(least, value));
  const high = numbers.reduce((most, value) => Math.max(most, value));
  const log = low > 0 && (isLog(name) || high / low >= 100);
  return [{ name, n: recorded, cells: numberCells(numbersBySubject(column, Number.NaN), { low, high, log }) }];
}

/** How many places of the order the best tenth takes, equals included; each subject counts as often as its weight. */
function topOf(weights: Float64Array, order: Int32Array, results: Float64Array): number {
  const wanted = Math.ceil(order.length * share);
  let sum = 0;
  let at = 0;
  while (at < order.length && sum < wanted) sum += weights[order[at++] ?? 0] ?? 0;
  const last = results[order[at - 1] ?? 0];
  while (at < order.length && results[order[at] ?? 0] === last) at += 1;
  return at;
}

const bell = sharedBell();

function sharesOf(asked: readonly Asked[], weights: Float64Array, order: Int32Array, top: number): readonly number[] {
  const sizes = asked.map(({ cells: { cells, count, words } }) => {
    const best = new Float64Array(count);
    const all = new Float64Array(count);
    for (let at = 0; at < order.length; at++) {
      const subject = order[at] ?? 0;
      const cell = cells[subject] ?? -1;
      if (cell === -1) continue;
      const weight = weights[subject] ?? 0;
      all[cell] = (all[cell] ?? 0) + weight;
      if (at < top) best[cell] = (best[cell] ?? 0) + weight;
    }
    return divergence(best, all, words, bell);
  });
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => (whole > 0 ? size / whole : 0));
}

const mostDraws = 200;
const fewestDraws = 20;
const work = 4e6;

function drawShares(asked: readonly Asked[], order: Int32Array, results: Float64Array, seed: string): readonly (readonly number[])[] {
  const n = order.length;
  const count = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(work / (n * asked.length))));
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const weights = new Float64Array(n);
    for (let draw = 0; draw < n; draw++) {
      const subject = Math.floor(random() * n);
      weights[subject] = (weights[subject] ?? 0) + 1;
    }
    return sharesOf(asked, weights, order, topOf(weights, order, results));
  });
}

function summed(asked: readonly Asked[], shares: readonly number[], draws: readonly (readonly number[])[]): Importances["parameters"] {
  const ranked = draws.map((draw) => {
    const ranks = new Array<number>(draw.length);
    for (const [rank, at] of [...draw.keys()].sort((a, b) => (draw[b] ?? 0) - (draw[a] ?? 0)).entries()) ranks[at] = rank + 1;
    return ranks;
  });
  return new Map(
    asked.map(({ name, n }, at): readonly [string, Importance] => {
      const [low, high] = middle(draws.map((draw) => draw[at] ?? 0));
      const ranks = middle(ranked.map((draw) => draw[at] ?? 0));
      return [
        name,
        { share: shares[at] ?? 0, low, high, ranks, unstable: ranks[1] - ranks[0] + 1 > asked.length / 2 && asked.length > 2, n },
      ];
    }),
  );
}

/** 5% and 95% of some values. */
function middle(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return [at(0.05), at(0.95)];
}
