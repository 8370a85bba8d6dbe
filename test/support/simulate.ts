// Seeded worlds without any true difference, and with one: how often a rule finds what is not there, and misses what is. The rules are those of
// other tools, as they document them, and ours.

import { analyse } from "../../src/analysis/analyse.ts";
import { tQuantile } from "../../src/analysis/distribution.ts";
import { judge, poolNoise, type Sample } from "../../src/analysis/evidence.ts";
import { holm, lookLevel } from "../../src/analysis/multiplicity.ts";
import { mean, median, sd } from "../../src/analysis/statistics.ts";
import { verdictOf } from "../../src/analysis/verdict.ts";
import { readingOf } from "../../src/record/reading.ts";
import { run, settings, study } from "./run.ts";

/** Of mean 0 and standard deviation 1; the same for the same seed. */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  // mulberry32: a linear congruence would repeat itself between neighbouring seeds.
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

export type Normal = () => number;
const metric = { direction: "max" } as const;
const draw = (normal: Normal, n: number, middle = 0): number[] => Array.from({ length: n }, () => normal() + middle);
const sample = (values: readonly number[], more: Partial<Sample> = {}): Sample => ({ reading: readingOf(values), ...more });

/** The share of trials for which something held. */
export function rate(trials: number, trial: () => boolean): number {
  let hits = 0;
  for (let at = 0; at < trials; at++) if (trial()) hits += 1;
  return hits / trials;
}

const isJudged = (word: string): boolean => word === "better" || word === "worse";

/** False answers either way, at 5%. */
export const falseWelch = (n: number, trials: number, normal: Normal): number =>
  rate(trials, () => isJudged(judge(sample(draw(normal, n)), sample(draw(normal, n)), { metric }).word));

/** One run against `n` repeats. */
export const falsePrediction = (n: number, trials: number, normal: Normal): number =>
  rate(trials, () => isJudged(judge(sample(draw(normal, n)), sample(draw(normal, 1)), { metric }).word));

/** One run against one, by the repeats of `groups` other configurations of `n` values. */
export const falsePooled = (groups: number, n: number, trials: number, normal: Normal): number =>
  rate(trials, () => {
    const noise = poolNoise(Array.from({ length: groups }, () => ({ reading: readingOf(draw(normal, n)), identical: false })));
    const question = noise === undefined ? { metric } : { metric, noise };
    return isJudged(judge(sample(draw(normal, 1)), sample(draw(normal, 1)), question).word);
  });

/** How often a true difference of `effect` standard deviations is found with `n` repeats a side. */
export const foundWelch = (n: number, effect: number, trials: number, normal: Normal): number =>
  rate(trials, () => judge(sample(draw(normal, n)), sample(draw(normal, n, effect)), { metric }).word === "better");

/** The same where each seed adds as much to both sides; `shared` is the correlation. */
export const foundPaired = (n: number, effect: number, shared: number, trials: number, normal: Normal): number =>
  rate(trials, () => {
    const common = draw(normal, n);
    const side = (shift: number): Sample => {
      const values = common.map((one) => Math.sqrt(shared) * one + Math.sqrt(1 - shared) * normal() + shift);
      return sample(values, { bySeed: () => new Map(values.map((value, at) => [String(at), value])) });
    };
    return judge(side(0), side(effect), { metric }).word === "better";
  });

/** Looked at with 3, 5, 7 and 10 repeats a side, until it looks like something. */
export const falsePeeking = (level: number, trials: number, normal: Normal): number =>
  rate(trials, () => {
    const [old, now] = [draw(normal, 10), draw(normal, 10)];
    return [3, 5, 7, 10].some((n) => (judge(sample(old.slice(0, n)), sample(now.slice(0, n)), { metric }).p ?? 1) < level);
  });

export const peekLevels: Readonly<Record<"bare" | "planned" | "unplanned", number>> = {
  bare: 0.05,
  planned: lookLevel(4, true),
  unplanned: lookLevel(4, false),
};

/** `tries` changes without effect on a base of `repeats` values, judged as a whole journal is. Corrected: by the verdict; bare: each alone. */
export function nullSeries(tries: number, repeats: number, normal: Normal): { readonly corrected: number; readonly bare: number } {
  const files = [
    run({ id: "EXP000", config: { step: 0 }, metrics: { acc: draw(normal, repeats) } }),
    ...draw(normal, tries).map((value, at) =>
      run({ id: `EXP${String(at + 1).padStart(3, "0")}`, base: "EXP000", config: { step: at + 1 }, metrics: { acc: value } }),
    ),
  ];
  const made = study({ primary: "acc", metrics: { acc: { name: "acc", from: [], goal: "max" } } });
  const [found] = analyse(files, settings({ study: made }), new Map([["", made]])).studies;
  if (found === undefined) throw new Error("there is always a default study");
  const families = new Map();
  const words = [...found.runs.values()].map(({ file, deltas }) => ({
    verdict: verdictOf(file.run.id, found, { families })?.word,
    word: deltas.get("acc")?.evidence.word,
  }));
  return {
    corrected: words.filter(({ verdict }) => verdict === "improved").length,
    bare: words.filter(({ word }) => word === "better").length,
  };
}

/** The same, but each try is decided when it comes, beside those before it: whether any was kept. */
export function keepsOneByOne(tries: number, repeats: number, normal: Normal): boolean {
  const base = sample(draw(normal, repeats));
  const ps: number[] = [];
  return draw(normal, tries).some((value) => {
    const { p = 1, word } = judge(base, sample([value]), { metric });
    ps.push(p);
    return word === "better" && (holm(ps).at(-1) ?? 1) <= 0.05;
  });
}

// What others do

/** Keep whatever is better than the best so far: the baseline, then `runs` tries. */
export function greedy(runs: number, normal: Normal): { readonly keeps: number; readonly claimed: number } {
  const first = normal();
  let best = first;
  let keeps = 0;
  for (let at = 1; at < runs; at++) {
    const value = normal();
    if (value <= best) continue;
    best = value;
    keeps += 1;
  }
  return { keeps, claimed: best - first };
}

/** Two baselines tell the noise: kept when the gain is at least twice their distance. */
export const twoBaselines = (trials: number, normal: Normal): number =>
  rate(trials, () => {
    const [one, other, value] = [normal(), normal(), normal()];
    return value - Math.max(one, other) >= 2 * Math.abs(one - other);
  });

/** The best gain beside the median absolute deviation of all values: two and more is called likely real. */
export const confidence = (runs: number, trials: number, normal: Normal): number =>
  rate(trials, () => {
    const values = draw(normal, runs);
    const middle = median(values) ?? 0;
    const deviation = median(values.map((one) => Math.abs(one - middle))) ?? 0;
    return (Math.max(...values) - (values[0] ?? 0)) / deviation >= 2;
  });

/** How often a 95% interval of a mean holds the true one: by percentiles of resampled means, and by Student's t. */
export function coverage(
  n: number,
  trials: number,
  normal: Normal,
  uniform: () => number,
): { readonly bootstrap: number; readonly t: number } {
  let [bootstrap, t] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const values = draw(normal, n);
    const means = Array.from({ length: 400 }, () => mean(values.map(() => values[Math.floor(uniform() * n)] ?? 0)) ?? 0).sort(
      (a, b) => a - b,
    );
    if ((means[9] ?? 0) <= 0 && (means[389] ?? 0) >= 0) bootstrap += 1;
    if (Math.abs(mean(values) ?? 0) <= (tQuantile(0.975, n - 1) * (sd(values) ?? 0)) / Math.sqrt(n)) t += 1;
  }
  return { bootstrap: bootstrap / trials, t: t / trials };
}

/** How far the luckiest of so many without any effect lies above zero. */
export function luckiest(tries: number, trials: number, normal: Normal): number {
  let sum = 0;
  for (let at = 0; at < trials; at++) sum += Math.max(...draw(normal, tries));
  return sum / trials;
}
