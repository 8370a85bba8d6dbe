// Fewer draws than test/slow/simulation.test.ts, from fixed seeds: a red run can be repeated.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { powerOf } from "../../src/analysis/power.ts";
import {
  falsePeeking,
  falsePooled,
  falsePrediction,
  falseWelch,
  foundPaired,
  foundWelch,
  keepsOneByOne,
  normals,
  nullSeries,
  peekLevels,
  rate,
} from "../support/simulate.ts";

const trials = 2500;
const within = (value: number, low: number, high: number): void =>
  assert.ok(value >= low && value <= high, `${value} is not within ${low} and ${high}`);

describe("without any true difference", () => {
  for (const n of [2, 3, 5, 10]) {
    test(`one answer in twenty is false with ${n} repeats`, () => {
      within(falsePrediction(n, trials, normals(n)), 0.03, 0.07);
      // Welch's t errs on the safe side for two a side.
      within(falseWelch(n, trials, normals(100 + n)), n === 2 ? 0.01 : 0.03, 0.07);
    });
  }
  test("one in twenty is false by the pooled noise of others", () => within(falsePooled(6, 3, trials, normals(7)), 0.03, 0.07));
  test("a series of a hundred tries keeps something false in one of twenty at most, where each alone would in one of three", () => {
    const normal = normals(11);
    const series = Array.from({ length: 60 }, () => nullSeries(100, 5, normal));
    within(series.filter(({ corrected }) => corrected > 0).length / series.length, 0, 0.05);
    within(series.filter(({ bare }) => bare > 0).length / series.length, 0.2, 1);
  });
  test("decided one by one, as they come, a hundred tries keep something false in few series", () => {
    const normal = normals(31);
    within(
      rate(300, () => keepsOneByOne(100, 5, normal)),
      0,
      0.05,
    );
  });
  test("looking four times finds something in one of ten, planned or paid for it does not", () => {
    within(falsePeeking(peekLevels.bare, trials, normals(13)), 0.08, 0.13);
    within(falsePeeking(peekLevels.planned, trials, normals(13)), 0.02, 0.055);
    within(falsePeeking(peekLevels.unplanned, trials, normals(13)), 0.01, 0.05);
  });
});

describe("with a true difference", () => {
  test("two standard deviations are found as often as theory says", () => {
    const found = foundWelch(5, 2, trials, normals(17));
    within(found, powerOf(5, 2) - 0.03, powerOf(5, 2) + 0.03);
  });
  test("pairs by seed find more where the seed matters, and no more where it does not", () => {
    within(foundPaired(5, 1, 0.8, trials, normals(19)) - foundWelch(5, 1, trials, normals(19)), 0.3, 1);
    within(foundPaired(5, 1, 0, trials, normals(23)), 0.1, 0.3);
  });
});

test("the draws are normal: mean, spread and tails", () => {
  const normal = normals(29);
  within(
    rate(20_000, () => Math.abs(normal()) > 1.96),
    0.045,
    0.055,
  );
  within(
    rate(20_000, () => normal() > 0),
    0.48,
    0.52,
  );
});
