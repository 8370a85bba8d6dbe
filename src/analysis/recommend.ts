// Which values of a parameter to use: the ones that won a single-change pair and never lost one.

import { mean } from "./statistics.ts";
import type { Delta, Impact, PairEffect } from "./study.ts";

export type Recommendation = Pick<Impact, "recommended" | "edge">;

/** A pair, or several as one. */
export interface Win extends Pick<PairEffect, "from" | "to"> {
  readonly delta: Pick<Delta, "absolute" | "better">;
}

/** `numbers` are the tested numeric values by their text, in order. */
export function recommend(effects: readonly Win[], numbers: ReadonlyMap<string, number>): Recommendation {
  const { winners, losers } = duelists(effects);
  const [only] = winners;
  if (only === undefined) return {};
  const ranked = winners.flatMap((text) => {
    const number = numbers.get(text);
    return number === undefined ? [] : [{ text, number }];
  });
  if (ranked.length < winners.length) return { recommended: winners.join(", ") };
  ranked.sort((left, right) => left.number - right.number);
  const low = ranked[0]?.text ?? only;
  const high = ranked.at(-1)?.text ?? only;
  const tested = [...numbers.keys()];
  const edge = tested.length < 2 ? undefined : high === tested.at(-1) ? "high" : low === tested[0] ? "low" : undefined;
  const ends = [ranked[0]?.number ?? 0, ranked.at(-1)?.number ?? 0] as const;
  const broken = [...numbers].some(([text, number]) => losers.has(text) && number > ends[0] && number < ends[1]);
  const range = low === high ? low : broken ? ranked.map(({ text }) => text).join(", ") : `${low} to ${high}`;
  return { recommended: range, ...(edge === undefined ? {} : { edge }) };
}

/** Gains that cancel leave the last binary digits behind. */
const dust = 1e-9;

/** Pairs of the same two values, in either direction, speak with one voice: their mean. Winners never lost. */
function duelists(effects: readonly Win[]): { readonly winners: readonly string[]; readonly losers: ReadonlySet<string> } {
  const duels = new Map<string, { readonly from: string; readonly to: string; readonly gains: number[] }>();
  for (const { from, to, delta } of effects) {
    const gain = delta.better === undefined ? 0 : delta.better ? Math.abs(delta.absolute) : -Math.abs(delta.absolute);
    const reverse = duels.get(JSON.stringify([to, from]));
    if (reverse !== undefined) reverse.gains.push(-gain);
    else {
      const key = JSON.stringify([from, to]);
      const duel = duels.get(key) ?? { from, to, gains: [] };
      duel.gains.push(gain);
      duels.set(key, duel);
    }
  }
  const won = new Set<string>();
  const lost = new Set<string>();
  for (const { from, to, gains } of duels.values()) {
    const gain = mean(gains) ?? 0;
    if (Math.abs(gain) <= dust * Math.max(...gains.map(Math.abs))) continue;
    won.add(gain > 0 ? to : from);
    lost.add(gain > 0 ? from : to);
  }
  return { winners: [...won].filter((text) => !lost.has(text)), losers: lost };
}
