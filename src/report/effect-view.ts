// The effect of a parameter as the pages show it: mean over pairs, how sure, and its bar on the one axis that a table shares.

import type { ContrastChange } from "../analysis/contrasts.ts";
import type { MetricView } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import type { Bar, DeltaView } from "./page.ts";
import { deltaView } from "./view.ts";

const words: Readonly<Record<DeltaView["word"], string>> = {
  better: "better",
  worse: "worse",
  same: "the same",
  unclear: "unclear",
  unjudged: "not judged",
};

/** `n` counts pairs, `method` is without its p; of one pair the judgement is its own. */
export function effectView(change: ContrastChange, metric: MetricView): DeltaView | undefined {
  const { mean, before, n, evidence } = change;
  const side = (value: number): Reading => ({ values: [], mean: value, n: 1, diverged: 0, text: "" });
  const relative = before === 0 ? {} : { relative: mean / Math.abs(before) };
  const view = deltaView({ before: side(before), after: side(before + mean), absolute: mean, evidence, ...relative }, metric);
  if (view === undefined) return undefined;
  const { method: _, ...rest } = view;
  return {
    ...rest,
    n: pairs(n),
    evidence: n === 1 && evidence.word === "unclear" ? view.evidence : words[evidence.word],
    ...(evidence.method === undefined ? {} : { method: evidence.method }),
  };
}

/** `p = 0.013` */
export function pText(p: number | undefined): string | undefined {
  if (p === undefined) return undefined;
  return p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`;
}

export const pairs = (n: number): string => `${n} ${n === 1 ? "pair" : "pairs"}`;

/** What the bars of a table reach: the largest judged effect with its interval, within three times the largest effect; of any, where none is judged. */
export function reachOf(effects: readonly (DeltaView | undefined)[]): number {
  const known = effects.filter((effect) => effect !== undefined);
  const judged = known.filter(({ word }) => word !== "unjudged");
  const counted = judged.length > 0 ? judged : known;
  const largest = counted.reduce((most, { gain }) => Math.max(most, Math.abs(gain)), 0);
  const widest = counted.reduce((most, { gainLow = 0, gainHigh = 0 }) => Math.max(most, Math.abs(gainLow), Math.abs(gainHigh)), 0);
  return largest === 0 ? widest : Math.min(Math.max(widest, largest), 3 * largest);
}

/** In the metric's own measure, not relative: the axis is that of one metric. */
export function effectBar(effect: DeltaView | undefined, reach: number): Bar | undefined {
  if (effect === undefined || !(reach > 0)) return undefined;
  const { word, gain, gainLow, gainHigh } = effect;
  return {
    word,
    at: gain / reach,
    ...(gainLow === undefined || gainHigh === undefined ? {} : { low: gainLow / reach, high: gainHigh / reach }),
  };
}
