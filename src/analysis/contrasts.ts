// What a parameter did, value against value: the pairs that went between the same two values speak with one voice.

import { minEffectOf } from "./deltas.ts";
import { tQuantile, tTails } from "./distribution.ts";
import { wordFor } from "./evidence.ts";
import { finite, mean, sd } from "./statistics.ts";
import type { Delta, Evidence, Impact, MetricView, PairEffect, StudyAnalysis } from "./study.ts";

/** In the direction that most of its pairs took; of equals the first pair's. */
export interface Contrast {
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly PairEffect[];
  /** On the primary metric. */
  readonly change: ContrastChange;
}

export interface ContrastChange {
  /** Mean over the pairs of after minus before, canonical unit. */
  readonly mean: number;
  /** Mean of what stood before, for the relative change. */
  readonly before: number;
  readonly n: number;
  readonly evidence: Evidence;
}

type Ground = Pick<StudyAnalysis, "primary" | "settings" | "runs">;

/** Surest effect first: the judged by the end of their interval that is nearer to none, then the rest by size. */
export function contrastsOf({ effects }: Pick<Impact, "effects">, study: Pick<Ground, "primary" | "settings">): readonly Contrast[] {
  const { primary } = study;
  if (primary === undefined) return [];
  const duels = new Map<string, PairEffect[]>();
  for (const effect of effects) {
    const key = JSON.stringify([effect.from, effect.to].sort());
    const known = duels.get(key);
    if (known === undefined) duels.set(key, [effect]);
    else known.push(effect);
  }
  const contrasts = [...duels.values()].flatMap((pairs): readonly Contrast[] => {
    const { from, to } = directionOf(pairs);
    const change = weigh(oriented(pairs, from), primary, study);
    return change === undefined ? [] : [{ from, to, pairs, change }];
  });
  return contrasts
    .map((contrast) => ({ contrast, rank: certainty(contrast.change) }))
    .sort(({ rank: left }, { rank: right }) => right[0] - left[0] || right[1] - left[1])
    .map(({ contrast }) => contrast);
}

function directionOf(pairs: readonly PairEffect[]): { readonly from: string; readonly to: string } {
  const [first] = pairs;
  const { from, to } = first ?? { from: "", to: "" };
  const along = pairs.filter((pair) => pair.from === from).length;
  return along * 2 >= pairs.length ? { from, to } : { from: to, to: from };
}

/** How sure that there is an effect, then how large: judged 2, unclear or the same 1, not judged 0. */
export function certainty({ mean: size, evidence: { word, low, high } }: ContrastChange): readonly [number, number] {
  if (word === "unjudged") return [0, Math.abs(size)];
  if (word !== "better" && word !== "worse") return [1, Math.abs(size)];
  return [2, Math.min(Math.abs(low ?? 0), Math.abs(high ?? 0))];
}

/** Of any metric that the pairs compare; nothing where none does. */
export function changeOf({ from, pairs }: Pick<Contrast, "from" | "pairs">, metric: MetricView, study: Ground): ContrastChange | undefined {
  const { primary, runs } = study;
  const own =
    metric === primary
      ? pairs
      : pairs.flatMap((pair) => {
          const delta = runs.get(pair.run)?.deltas.get(metric.name);
          return delta === undefined ? [] : [{ ...pair, delta }];
        });
  return weigh(oriented(own, from), metric, study);
}

const oriented = (pairs: readonly PairEffect[], from: string): readonly Delta[] =>
  pairs.map((pair) => (pair.from === from ? pair.delta : reversed(pair.delta)));

function weigh(deltas: readonly Delta[], metric: MetricView, { settings }: Pick<Ground, "settings">): ContrastChange | undefined {
  const [first] = deltas;
  const differences = deltas.map(({ absolute }) => absolute);
  const average = mean(differences);
  const before = mean(deltas.map((delta) => delta.before.mean ?? 0));
  if (first === undefined || average === undefined || before === undefined) return undefined;
  const minEffect = minEffectOf(metric, first.before, settings);
  const question = { metric, ...(minEffect === undefined ? {} : { minEffect }) };
  const evidence = overPairs(differences, average, question) ?? agreeing(deltas, question);
  return { mean: average, before, n: deltas.length, evidence };
}

function reversed(delta: Delta): Delta {
  const { low, high, word } = delta.evidence;
  const turned = word === "better" ? "worse" : word === "worse" ? "better" : word;
  return {
    before: delta.after,
    after: delta.before,
    absolute: -delta.absolute + 0,
    ...(delta.better === undefined ? {} : { better: !delta.better }),
    evidence: {
      ...delta.evidence,
      word: turned,
      ...(low === undefined || high === undefined ? {} : { low: -high, high: -low }),
    },
  };
}

type Question = Parameters<typeof wordFor>[2];

const enoughPairs = 3;

/** From three pairs on they tell themselves how far they scatter. */
export function overPairs(differences: readonly number[], average: number, question: Question): Evidence | undefined {
  const spread = sd(differences);
  const n = differences.length;
  if (n < enoughPairs || spread === undefined || spread === 0) return undefined;
  const error = spread / Math.sqrt(n);
  const half = finite(tQuantile(0.975, n - 1) * error);
  const p = finite(tTails(average / error, n - 1));
  if (half === undefined || p === undefined) return undefined;
  const [low, high] = [average - half, average + half];
  return { word: wordFor(low, high, question), low, high, p, method: `t over ${n} pairs` };
}

/** Fewer pairs have the judgement of each: the mean of their intervals, which holds however they hang together. */
export function agreeing(deltas: readonly Delta[], question: Question): Evidence {
  const [first] = deltas;
  if (first !== undefined && deltas.length === 1) return first.evidence;
  const low = mean(deltas.flatMap(({ evidence }) => evidence.low ?? []));
  const high = mean(deltas.flatMap(({ evidence }) => evidence.high ?? []));
  const judged = deltas.every(({ evidence }) => evidence.low !== undefined && evidence.high !== undefined);
  if (!judged || low === undefined || high === undefined) return { word: "unjudged" };
  return { word: wordFor(low, high, question), low, high, method: `mean of ${deltas.length} judged pairs` };
}
