// How far the value of a best configuration is to be believed. The best of many tries is partly the luckiest of them: only values measured
// after the choice are free of that, and without them the value is expected to fall back towards the others.

import { eraOf, invalidity, measured } from "../query/validity.ts";
import { countsOnce, withoutCopies } from "./copies.ts";
import { tQuantile } from "./distribution.ts";
import { machineKey } from "./hardware.ts";
import { pool } from "./pool.ts";
import { finite, mean, median } from "./statistics.ts";
import type { Best, Group, Member, MetricView, StudyAnalysis } from "./study.ts";

export interface Confidence {
  /** 95% interval of the mean; absent where nothing was repeated. */
  readonly low?: number;
  readonly high?: number;
  /** The interval comes from the noise of other configurations. */
  readonly borrowed?: true;
  /**
   * `confirmed`: three values or more, two of them or more from runs made after the configuration was first measured, and to the mean of these
   * fresh ones no other configuration is better by more than the noise. `faded`: fresh ones exist, but others are. `repeated`: several values,
   * none of them fresh. `single`: one value.
   */
  readonly word: "confirmed" | "faded" | "repeated" | "single";
  /** The values measured after the choice. */
  readonly fresh?: { readonly mean: number; readonly n: number };
  /** What the value is expected to be when measured again: shrunk by the share of noise in how the tries scatter. Absent without noise. */
  readonly expected?: number;
}

const enough = 3;
const enoughFresh = 2;

type Ground = Pick<StudyAnalysis, "groups" | "noise" | "era" | "settings">;

export function confidenceOf(best: Best, metric: MetricView, study: Ground): Confidence | undefined {
  const { group, reading } = best;
  if (group === undefined || reading?.mean === undefined) return undefined;
  const { mean: value } = reading;
  const fresh = freshOf(group, metric, study);
  const sign = best.goal.direction === "min" ? -1 : 1;
  const all = rivalsOf(group, metric, study);
  // What is better than the best was not to be chosen: discarded, or outside the goal's filter.
  const behind = all.filter((other) => other * sign <= value * sign);
  const noise = fresh === undefined ? 0 : (1.96 * (study.noise.get(metric.name)?.sd ?? 0)) / Math.sqrt(fresh.n);
  const ahead = fresh !== undefined && behind.every((other) => fresh.mean * sign + noise >= other * sign);
  const rivals = best.goal.where === undefined ? all : behind;
  const n = countsOnce(group, metric, reading) ? 1 : Math.max(reading.n, 1);
  const enoughOf = fresh !== undefined && fresh.n >= enoughFresh && n >= enough;
  const word = enoughOf ? (ahead ? "confirmed" : "faded") : n > 1 ? "repeated" : "single";
  const expected = word === "confirmed" ? undefined : shrunk(value, { n, sign, sd: study.noise.get(metric.name)?.sd }, rivals);
  return {
    word,
    ...intervalOf(best, metric, study),
    ...(fresh === undefined ? {} : { fresh }),
    ...(expected === undefined ? {} : { expected }),
  };
}

/** Means of the other configurations it was chosen from. */
function rivalsOf(group: Group, metric: MetricView, { groups, era }: Pick<StudyAnalysis, "groups" | "era">): readonly number[] {
  const machine = machineKey(group.first.run.hardware);
  return groups.flatMap((other) => {
    if (other === group || other.status !== "finished" || other.era !== era) return [];
    if (metric.duration && machineKey(other.first.run.hardware) !== machine) return [];
    return other.readings.get(metric.name)?.mean ?? [];
  });
}

/** Of the files after the first that measured it, without what a program that always gives the same result gave again. */
function freshOf({ files }: Group, { name, duration }: MetricView, { era, settings }: Ground): Confidence["fresh"] {
  const names = [name, ...(Object.hasOwn(settings.metrics, name) ? (settings.metrics[name]?.from ?? []) : [])];
  const counted = files.filter(
    ({ run }) => run.status === "finished" && eraOf(run, settings) === era && invalidity(run, names, settings) === undefined,
  );
  const found = counted.flatMap((file): Member[] => {
    const reading = measured(file.run.metrics, names);
    return reading?.mean === undefined ? [] : [{ file, readings: new Map([[name, reading]]) }];
  });
  const { members } = withoutCopies(found, () => !duration);
  const pooled = pool(members.slice(1).flatMap(({ readings }) => readings.get(name) ?? []));
  return pooled?.mean === undefined ? undefined : { mean: pooled.mean, n: pooled.n };
}

function intervalOf(
  { group, reading }: Best,
  metric: MetricView,
  { noise }: Pick<StudyAnalysis, "noise">,
): Pick<Confidence, "low" | "high" | "borrowed"> {
  if (group === undefined || reading?.mean === undefined) return {};
  const once = countsOnce(group, metric, reading);
  const own = reading.n > 1 && reading.sd !== undefined && reading.sd > 0 && !once;
  const known = own ? { sd: reading.sd ?? 0, df: reading.n - 1 } : noise.get(metric.name);
  const n = once ? 1 : Math.max(reading.n, 1);
  const half = known === undefined ? undefined : finite((tQuantile(0.975, known.df) * known.sd) / Math.sqrt(n));
  if (half === undefined || half === 0) return {};
  return { low: reading.mean - half, high: reading.mean + half, ...(own ? {} : { borrowed: true }) };
}

const enoughRivals = 4;

/**
 * Between the value and the median of the tries, by how much of their scatter is noise. The scatter is that of the better half alone, mirrored:
 * failed ideas far below say nothing about how close the good ones lie.
 */
function shrunk(
  value: number,
  { n, sign, sd }: { readonly n: number; readonly sign: number; readonly sd: number | undefined },
  rivals: readonly number[],
): number | undefined {
  const tries = [...rivals, value];
  const middle = median(tries);
  if (sd === undefined || middle === undefined || rivals.length < enoughRivals) return undefined;
  const better = tries.filter((one) => (one - middle) * sign >= 0);
  const scatter = mean(better.map((one) => (one - middle) ** 2));
  if (scatter === undefined || !(scatter > 0)) return undefined;
  const share = Math.min(sd ** 2 / n / scatter, 1);
  return finite(value - share * (value - middle));
}
