// The seeded simulations at full size: our rules keep what they promise, and docs/statistics.md holds what they give.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { powerOf } from "../../src/analysis/power.ts";
import { rulesTable } from "../support/rules-table.ts";
import { falsePooled, falsePrediction, falseWelch, foundWelch, keepsOneByOne, normals, nullSeries, rate } from "../support/simulate.ts";

const trials = 40_000;
/** JOURNAL_ROUNDS=3 tries three. */
const seeds = Number(process.env["JOURNAL_ROUNDS"] ?? 1);
const within = (value: number, low: number, high: number): void => {
  console.log(`# ${value.toFixed(4)} in [${low.toFixed(3)}, ${high.toFixed(3)}]`);
  assert.ok(value >= low && value <= high, `${value} is not within ${low} and ${high}`);
};

describe("without any true difference, from several seeds", () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    for (const n of [2, 3, 5, 10]) {
      test(`one answer in twenty is false with ${n} repeats (seed ${seed})`, () => {
        within(falsePrediction(n, trials, normals(seed * 1000 + n)), 0.045, 0.055);
        within(falseWelch(n, trials, normals(seed * 2000 + n)), n === 2 ? 0.015 : 0.03, 0.055);
      });
    }
    test(`the noise of others is as good as one's own (seed ${seed})`, () => {
      within(falsePooled(6, 3, trials, normals(seed)), 0.04, 0.06);
    });
    test(`a series of a hundred tries stays below one in twenty (seed ${seed})`, () => {
      for (const repeats of [2, 5, 20]) {
        const normal = normals(seed * 77 + repeats);
        const series = Array.from({ length: 500 }, () => nullSeries(100, repeats, normal));
        within(series.filter(({ corrected }) => corrected > 0).length / series.length, 0, 0.05);
      }
    });
    test(`and not far above it when each is decided as it comes (seed ${seed})`, () => {
      const normal = normals(seed * 99);
      within(
        rate(4000, () => keepsOneByOne(100, 5, normal)),
        0,
        0.07,
      );
    });
    test(`power is what theory says (seed ${seed})`, () => {
      for (const [n, effect] of [
        [5, 2],
        [10, 1],
        [10, 1.5],
        [20, 1],
      ] as const)
        within(foundWelch(n, effect, trials, normals(seed * 13 + n)), powerOf(n, effect) - 0.03, powerOf(n, effect) + 0.03);
    });
  }
});

test("the table of docs/statistics.md is what the simulation gives", () => {
  const page = readFileSync("docs/statistics.md", "utf8");
  for (const line of rulesTable().split("\n")) assert.ok(page.includes(line), `write it with \`npm run bench -- rules\`: ${line}`);
});
