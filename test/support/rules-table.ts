// The table of docs/statistics.md, from seeded simulations.

import * as simulate from "./simulate.ts";

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const list = (parts: readonly string[]): string => parts.join(", ");

export function rulesTable(): string {
  const rows = [...others(), ...ours(), ...power()];
  return ["| rule | where nothing is different |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

type Row = readonly [rule: string, finding: string];
const trials = 20_000;
const repeats = [2, 3, 5, 10] as const;

function others(): readonly Row[] {
  const normal = simulate.normals(1);
  const sessions = Array.from({ length: trials }, () => simulate.greedy(50, normal));
  const keeps = sessions.reduce((sum, one) => sum + one.keeps, 0) / trials;
  const claimed = sessions.reduce((sum, one) => sum + one.claimed, 0) / trials;
  const kept = sessions.filter((one) => one.keeps > 0).length / trials;
  const confidence = [5, 10, 20, 50].map((n) => `${percent(simulate.confidence(n, trials, normal))} (${n})`);
  const uniform = () => (Math.atan2(normal(), normal()) / Math.PI + 1) / 2;
  const coverage = [3, 5, 10, 20].map((n) => ({ n, ...simulate.coverage(n, 2000, normal, uniform) }));
  return [
    [
      "keep what is better than the best, 50 runs",
      `${percent(kept)} of sessions keep something, ${keeps.toFixed(1)} each, and claim a gain of ${claimed.toFixed(2)} sd`,
    ],
    ["two baselines, keep from twice their distance on", `${percent(simulate.twoBaselines(trials, normal))} of tries`],
    ['best gain ÷ MAD ≥ 2 is "likely real" (runs in a session)', `${list(confidence)} of sessions`],
    ["p < 0.05, looked at with 3, 5, 7 and 10 repeats", percent(simulate.falsePeeking(simulate.peekLevels.bare, trials, normal))],
    ["p < 0.05 for each of 100 tries on one base", `${percent(series().bare)} of series find an improvement`],
    [
      "95% interval by percentile bootstrap (n)",
      `holds the truth in ${list(coverage.map(({ n, bootstrap }) => `${percent(bootstrap)} (${n})`))}`,
    ],
    ["95% interval by Student's t (n)", `holds the truth in ${list(coverage.map(({ n, t }) => `${percent(t)} (${n})`))}`],
    [
      "the best of 5, 20, 100 tries",
      `lies ${list([5, 20, 100].map((n) => simulate.luckiest(n, trials, normal).toFixed(2)))} sd above the truth`,
    ],
  ];
}

function ours(): readonly Row[] {
  const normal = simulate.normals(2);
  return [
    [
      "**one run against n repeats, prediction t (n)**",
      list(repeats.map((n) => `${percent(simulate.falsePrediction(n, trials, normal))} (${n})`)),
    ],
    ["**n against n, Welch t (n)**", list(repeats.map((n) => `${percent(simulate.falseWelch(n, trials, normal))} (${n})`))],
    ["**one against one by the pooled noise of 6 configurations of 3**", percent(simulate.falsePooled(6, 3, trials, normal))],
    ["**four looks, planned (Pocock)**", percent(simulate.falsePeeking(simulate.peekLevels.planned, trials, normal))],
    ["**four looks, not planned (Bonferroni)**", percent(simulate.falsePeeking(simulate.peekLevels.unplanned, trials, normal))],
    ["**the verdict on 100 tries on one base of 5 repeats (Holm)**", `${percent(series().corrected)} of series find an improvement`],
    [
      "**the same, each decided when it comes**",
      `${percent(simulate.rate(2000, () => simulate.keepsOneByOne(100, 5, normal)))} of series keep something`,
    ],
  ];
}

let known: { readonly bare: number; readonly corrected: number } | undefined;

/** Both rules over the same 1,000 series. */
function series() {
  if (known !== undefined) return known;
  const normal = simulate.normals(3);
  const all = Array.from({ length: 1000 }, () => simulate.nullSeries(100, 5, normal));
  const share = (which: "bare" | "corrected"): number => all.filter((one) => one[which] > 0).length / all.length;
  known = { bare: share("bare"), corrected: share("corrected") };
  return known;
}

function power(): readonly Row[] {
  const normal = simulate.normals(4);
  const paired = [0, 0.5, 0.8].map((shared) => `${percent(simulate.foundPaired(5, 1, shared, trials, normal))} (${shared})`);
  return [
    ["*a true difference of 2 sd, 5 against 5, Welch t*", `*found in ${percent(simulate.foundWelch(5, 2, trials, normal))}*`],
    [
      "*of 1 sd, 5 pairs by seed (correlation)*",
      `*found in ${list(paired)}; unpaired in ${percent(simulate.foundWelch(5, 1, trials, normal))}*`,
    ],
  ];
}
