// Which values of a parameter to use: the ones that won a single-change pair and never lost one.

import type { Contrast } from "./contrasts.ts";
import type { Impact } from "./study.ts";

export type Recommendation = Pick<Impact, "recommended" | "edge">;

type Difference = Pick<Contrast, "from" | "to" | "change">;

export interface Win {
  readonly from: string;
  readonly to: string;
  /** Than `from`. */
  readonly better: boolean;
}

/** `numbers` are the tested numeric values by their text, in order. */
export function recommend(wins: readonly Win[], numbers: ReadonlyMap<string, number>): Recommendation {
  const { winners, losers } = duelists(wins);
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

/** A difference that was judged and is unclear speaks for neither side; one that nothing can judge goes by its sign. */
export function winsOf(contrasts: readonly Difference[], direction: "max" | "min" | undefined): readonly Win[] {
  return contrasts.flatMap(({ from, to, change: { mean, before, evidence } }): readonly Win[] => {
    if (evidence.word === "better" || evidence.word === "worse") return [{ from, to, better: evidence.word === "better" }];
    if (evidence.word !== "unjudged" || direction === undefined || Math.abs(mean) <= dust * Math.abs(before)) return [];
    return [{ from, to, better: mean > 0 === (direction === "max") }];
  });
}

/** Winners never lost. */
function duelists(wins: readonly Win[]): { readonly winners: readonly string[]; readonly losers: ReadonlySet<string> } {
  const won = new Set(wins.map(({ from, to, better }) => (better ? to : from)));
  const lost = new Set(wins.map(({ from, to, better }) => (better ? from : to)));
  return { winners: [...won].filter((text) => !lost.has(text)), losers: lost };
}
