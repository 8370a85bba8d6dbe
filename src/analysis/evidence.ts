// What the numbers of two sides allow to say. Judged only with an estimate of noise: repeats on both sides, on one, or the spread of all
// repeats of this metric in the study. docs/statistics.md tells the methods and their sources.

import type { Reading } from "../record/experiment.ts";
import { tBelow, tQuantile, tTails } from "./distribution.ts";
import { repeatsNeeded } from "./power.ts";
import { newcombe, newcombeP } from "./proportions.ts";
import { finite, mean, sd } from "./statistics.ts";
import type { Evidence, MetricView, Noise } from "./study.ts";

export interface Sample {
  readonly reading: Reading;
  /** Repetitions that all gave the same number repeated nothing: they count as one. */
  readonly identical?: boolean;
  /** Values by seed, where seeds were named. */
  readonly bySeed?: () => ReadonlyMap<string, number>;
}

export interface Question {
  /** Times are held against each other by their ratio. */
  readonly metric: Pick<MetricView, "direction"> & Partial<Pick<MetricView, "duration">>;
  /** Below this a difference is not worth having, canonical unit. */
  readonly minEffect?: number;
  readonly noise?: Noise;
  /** Of the interval; 0.95 unless told. */
  readonly level?: number;
}

/** A test's answer: where the difference lies, and how sure that is. */
interface Estimate {
  readonly difference: number;
  readonly error: number;
  readonly df: number;
  readonly method: string;
  /** Standard deviation of one value. */
  readonly spread: number;
}

interface Bounds extends Pick<Estimate, "difference" | "method"> {
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly spread?: number;
}

const unjudged: Evidence = { word: "unjudged" };

export function judge(before: Sample, after: Sample, question: Question): Evidence {
  const { level = 0.95 } = question;
  const logs = question.metric.duration === true ? onLogs(before, after, question.noise) : undefined;
  const estimate = logs === undefined ? estimateOf(before, after, question.noise) : estimateOf(logs.before, logs.after, logs.noise);
  const found = estimate === undefined ? byCounts(before, after, level) : boundsOf(estimate, level);
  if (found === undefined) return unjudged;
  const { low, high, spread } = logs === undefined ? found : inSeconds(found, before);
  const { p } = found;
  if (![low, high, p].every(Number.isFinite)) return unjudged;
  const word = wordFor(low, high, question);
  const least = Math.min(before.reading.n, after.reading.n);
  const more =
    word === "unclear" && estimate !== undefined ? repeatsNeeded(Math.abs(estimate.difference) / estimate.spread, least, level) : undefined;
  return {
    word,
    low,
    high,
    p,
    method: logs === undefined ? found.method : `${found.method} of logarithms`,
    ...(more === undefined ? {} : { more }),
    ...(spread === undefined ? {} : { spread }),
    ...(logs === undefined ? {} : { ratio: [Math.exp(found.low), Math.exp(found.difference), Math.exp(found.high)] }),
  };
}

function estimateOf(before: Sample, after: Sample, noise: Noise | undefined): Estimate | undefined {
  return paired(before, after) ?? welch(before, after) ?? prediction(before, after, noise);
}

function boundsOf({ difference, error, df, method, spread }: Estimate, level: number): Bounds {
  const half = tQuantile((1 + level) / 2, df) * error;
  return { difference, spread, method, low: difference - half, high: difference + half, p: tTails(difference / error, df) };
}

/** Of single shares of counts, and nothing is known of how much they scatter: how far the number of cases alone lets them. */
function byCounts({ reading: { count: old } }: Sample, { reading: { count: now } }: Sample, level: number): Bounds | undefined {
  if (old === undefined || now === undefined) return undefined;
  const [low, high] = newcombe(old, now, level);
  return { difference: now.successes / now.trials - old.successes / old.trials, method: "Newcombe", low, high, p: newcombeP(old, now) };
}

/** Times scatter in proportion: both sides as logarithms, where every value is known and above zero. */
function onLogs(before: Sample, after: Sample, noise: Noise | undefined) {
  const [old, now] = [logarithms(before), logarithms(after)];
  if (old === undefined || now === undefined) return undefined;
  return { before: old, after: now, noise: noise?.logs === undefined ? undefined : { ...noise.logs, groups: noise.groups } };
}

function logarithms({ reading, identical, bySeed }: Sample): Sample | undefined {
  const logs = logReading(reading);
  if (logs === undefined) return undefined;
  return {
    reading: logs,
    ...(identical === undefined ? {} : { identical }),
    ...(bySeed === undefined ? {} : { bySeed: () => new Map([...bySeed()].map(([seed, value]) => [seed, Math.log(value)])) }),
  };
}

/** Nothing where a value is not above zero, or only a summary was written. */
export function logReading({ values, n }: Reading): Reading | undefined {
  const logs: number[] = [];
  for (const value of values) if (value !== null && value > 0) logs.push(Math.log(value));
  const middle = mean(logs);
  if (middle === undefined || logs.length !== n) return undefined;
  const spread = sd(logs);
  return { values: logs, n, mean: middle, diverged: 0, text: "", ...(spread === undefined ? {} : { sd: spread }) };
}

/** From the interval of the ratio, as a difference on what it was before. */
function inSeconds({ low, high, spread = 0 }: Bounds, { reading: { mean: old = 0 } }: Sample): Pick<Bounds, "low" | "high" | "spread"> {
  return { low: old * Math.expm1(low), high: old * Math.expm1(high), spread: old * Math.expm1(spread) };
}

/** Two one-sided tests: how easily a true difference of the smallest effect worth having would look as small as this one. */
export function equivalence(before: Sample, after: Sample, { minEffect, noise }: Question): number | undefined {
  const estimate = estimateOf(before, after, noise);
  if (estimate === undefined || minEffect === undefined) return undefined;
  const { difference, error, df } = estimate;
  return finite(Math.max(1 - tBelow((difference + minEffect) / error, df), tBelow((difference - minEffect) / error, df)));
}

/** A difference that is surely smaller than worth having is the same, also where it is surely not zero. */
export function wordFor(low: number, high: number, { metric, minEffect = 0 }: Question): Evidence["word"] {
  if (minEffect > 0 && low > -minEffect && high < minEffect) return "same";
  if (metric.direction === undefined || (low <= 0 && high >= 0)) return "unclear";
  return low > 0 === (metric.direction === "max") ? "better" : "worse";
}

const enoughPairs = 3;

const inOrder = new Intl.Collator("en", { numeric: true });

/** Both sides name their seeds: what the seed adds falls out of the differences. */
function paired(before: Sample, after: Sample): Estimate | undefined {
  if (before.bySeed === undefined || after.bySeed === undefined || before.identical || after.identical) return undefined;
  if (before.reading.n < enoughPairs || after.reading.n < enoughPairs) return undefined;
  const old = before.bySeed();
  const shared = [...after.bySeed()].filter(([seed]) => old.has(seed));
  // Leaving most values out for the sake of a few pairs would choose the data by their names.
  if (shared.length < enoughPairs || shared.length < Math.max(before.reading.n, after.reading.n)) return undefined;
  const differences = shared.map(([seed, value]) => value - (old.get(seed) ?? 0));
  const difference = mean(differences);
  const spread = sd(differences);
  if (difference === undefined || spread === undefined || spread === 0) return undefined;
  const seeds = shared.map(([seed]) => seed).sort(inOrder.compare);
  const named = seeds.length > 5 ? `${seeds.length} seeds` : `seeds ${seeds.join(" ")}`;
  return {
    difference,
    error: spread / Math.sqrt(shared.length),
    df: shared.length - 1,
    method: `paired t over ${named}`,
    spread: spread / Math.SQRT2,
  };
}

/** Repeats on both sides, each with its own spread. */
function welch(before: Sample, after: Sample): Estimate | undefined {
  if (before.identical || after.identical) return undefined;
  const { n: oldN, mean: oldMean, sd: oldSd } = before.reading;
  const { n: newN, mean: newMean, sd: newSd } = after.reading;
  if (oldMean === undefined || newMean === undefined || oldSd === undefined || newSd === undefined || oldN < 2 || newN < 2)
    return undefined;
  // By the larger spread, so that squares of the smallest numbers are still numbers.
  const scale = Math.max(oldSd, newSd);
  const old = (oldSd / scale) ** 2 / oldN;
  const now = (newSd / scale) ** 2 / newN;
  const square = old + now;
  if (!(square > 0)) return undefined;
  return {
    difference: newMean - oldMean,
    error: scale * Math.sqrt(square),
    df: square ** 2 / (old ** 2 / (oldN - 1) + now ** 2 / (newN - 1)),
    method: "Welch t",
    spread: scale * Math.sqrt(((oldSd / scale) ** 2 + (newSd / scale) ** 2) / 2),
  };
}

/** One value is held against what repeats scatter: those of all configurations where they are known, else those of the other side. */
function prediction(before: Sample, after: Sample, noise: Noise | undefined): Estimate | undefined {
  const { mean: oldMean } = before.reading;
  const { mean: newMean } = after.reading;
  if (oldMean === undefined || newMean === undefined) return undefined;
  const known = noise ?? ownNoise(before) ?? ownNoise(after);
  if (known === undefined || !(known.sd > 0)) return undefined;
  const error = known.sd * Math.sqrt(1 / size(before) + 1 / size(after));
  const method = noise === undefined ? "prediction t" : "prediction t, pooled noise";
  return { difference: newMean - oldMean, error, df: known.df, method, spread: known.sd };
}

const size = ({ reading, identical }: Sample): number => (identical ? 1 : Math.max(reading.n, 1));

function ownNoise({ reading, identical }: Sample): Noise | undefined {
  return identical || reading.sd === undefined || reading.n < 2 ? undefined : { sd: reading.sd, df: reading.n - 1, groups: 1 };
}

/** What one value of a metric scatters, from all configurations that were repeated; a few that scatter far more do not speak for the rest. */
export function poolNoise(readings: readonly { readonly reading: Reading; readonly identical: boolean }[]): Noise | undefined {
  const known = readings.flatMap(({ reading, identical }) => ownNoise({ reading, identical }) ?? []).filter(({ sd }) => sd > 0);
  const spreads = known.map(({ sd }) => sd).sort((a, b) => a - b);
  const middle = spreads[Math.floor((spreads.length - 1) / 2)];
  if (middle === undefined) return undefined;
  const alike = known.filter(({ sd }) => sd < 4 * middle);
  const df = alike.reduce((sum, one) => sum + one.df, 0);
  const squares = alike.reduce((sum, one) => sum + one.df * (one.sd / middle) ** 2, 0);
  const pooled = finite(middle * Math.sqrt(squares / df));
  return pooled === undefined ? undefined : { sd: pooled, df, groups: alike.length };
}
