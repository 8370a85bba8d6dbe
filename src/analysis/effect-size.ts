// How large a difference is beside the scatter of one value, and where the middle of values lies that a few odd ones cannot move.

import { lnGamma } from "./distribution.ts";
import { finite, mean, sd } from "./statistics.ts";

/** Cohen's d: the difference in pooled standard deviations; `g` without its bias for few values (Hedges 1981). */
export function effectSize(first: readonly number[], second: readonly number[]): { readonly d: number; readonly g: number } | undefined {
  const [before, after] = [mean(first), mean(second)];
  const [one, other] = [sd(first), sd(second)];
  if (before === undefined || after === undefined || one === undefined || other === undefined) return undefined;
  const df = first.length + second.length - 2;
  const spread = Math.sqrt(((first.length - 1) * one ** 2 + (second.length - 1) * other ** 2) / df);
  const d = finite((after - before) / spread);
  if (d === undefined) return undefined;
  return { d, g: (d * Math.exp(lnGamma(df / 2) - lnGamma((df - 1) / 2))) / Math.sqrt(df / 2) };
}

/** Mean of the middle half. */
export function middleMean(values: readonly number[]): number | undefined {
  const cut = Math.floor(values.length / 4);
  return mean([...values].sort((a, b) => a - b).slice(cut, values.length - cut));
}
