// What the numbers of two sides allow to say. Judged only with an estimate of noise: repeats on both sides, on one, or the spread of all
// repeats of this metric in the study. docs/statistics.md tells the methods and their sources.

import type { Reading } from "../record/experiment.ts";
import { tQuantile, tTails } from "./distribution.ts";
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
  readonly metric: Pick<MetricView, "direction">;
  /** Below this a difference is not worth having, canonical unit. */
  readonly minEffect?: number;
  readonly noise?: Noise;
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

const level = 0.95;
const unjudged: Evidence = { word: "unjudged" };

export function judge(before: Sample, after: Sample, question: Question): Evidence {
  const estimate = paired(before, after) ?? welch(before, after) ?? prediction(before, after, question.noise);
  if (estimate === undefined) return unjudged;
  const { difference, error, df, method } = estimate;
  const half = tQuantile((1 + level) / 2, df) * error;
  const p = finite(tTails(difference / error, df));
  const low = finite(difference - half);
  const high = finite(difference + half);
  if (low === undefined || high === undefined || p === undefined) return unjudged;
  const word = wordFor(low, high, question);
  const more = word === "unclear" ? moreRepeats(estimate, Math.min(before.reading.n, after.reading.n)) : undefined;
  return { word, low, high, p, method, ...(more === undefined ? {} : { more }) };
}

/** A difference that is surely smaller than worth having is the same, also where it is surely not zero. */
export function wordFor(low: number, high: number, { metric, minEffect = 0 }: Question): Evidence["word"] {
  if (minEffect > 0 && low > -minEffect && high < minEffect) return "same";
  if (metric.direction === undefined || (low <= 0 && high >= 0)) return "unclear";
  return low > 0 === (metric.direction === "max") ? "better" : "worse";
}

const enoughPairs = 3;

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
  const seeds = shared.map(([seed]) => seed).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
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
  const old = oldSd ** 2 / oldN;
  const now = newSd ** 2 / newN;
  const square = old + now;
  if (!(square > 0)) return undefined;
  return {
    difference: newMean - oldMean,
    error: Math.sqrt(square),
    df: square ** 2 / (old ** 2 / (oldN - 1) + now ** 2 / (newN - 1)),
    method: "Welch t",
    spread: Math.sqrt((oldSd ** 2 + newSd ** 2) / 2),
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

const most = 50;
const power = 0.8;

/** Repeats per side that would show a difference of this size in four of five cases, less those there are. */
function moreRepeats({ difference, spread }: Estimate, n: number): number | undefined {
  const effect = Math.abs(difference) / spread;
  for (let each = Math.max(n + 1, 2); each <= n + most; each++) {
    const df = 2 * each - 2;
    if ((tQuantile((1 + level) / 2, df) + tQuantile(power, df)) * Math.sqrt(2 / each) <= effect) return each - n;
  }
  return undefined;
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
