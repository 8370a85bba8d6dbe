import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { certainty, changeOf, contrastsOf } from "../../src/analysis/contrasts.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: number, base: number | undefined, acc: Measured, config: RunWords["config"], words: RunWords = {}): RunFile =>
  run({
    id: `EXP0${10 + id}`,
    date: "2026-11-01",
    ...(base === undefined ? {} : { base: `EXP0${10 + base}` }),
    config: config ?? {},
    hardware: "t4",
    ...words,
    metrics: { acc, ...words.metrics },
  });
const contrasts = (study: StudyAnalysis, name = "a") => {
  const impact = study.impact.find(({ parameter }) => parameter === name);
  return impact === undefined ? [] : contrastsOf(impact, study);
};
const near = (value: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) < 1e-9, `${value} is not ${wanted}`);

/** Three bases that differ in b; each has a run that turns a from 1 to 2, the last one the other way round. */
const threePairs = analyseStudy(
  [
    made(1, undefined, 0.8, { a: 1, b: 1 }),
    made(2, 1, 0.83, { a: 2, b: 1 }, { metrics: { training_time: "2 h" } }),
    made(3, undefined, 0.7, { a: 1, b: 2 }),
    made(4, 3, 0.72, { a: 2, b: 2 }),
    made(5, undefined, 0.94, { a: 2, b: 3 }),
    made(6, 5, 0.9, { a: 1, b: 3 }),
  ],
  { metrics: { acc: { name: "acc", from: [], goal: "max" } } },
);

describe("pairs of the same two values", () => {
  const [only, ...more] = contrasts(threePairs);
  test("are one contrast, in the direction that most of them took", () => {
    assert.deepEqual([only?.from, only?.to, only?.pairs.length, more.length], ["1", "2", 3, 0]);
    near(only?.change.mean, 0.03);
    near(only?.change.before, 0.8);
  });
  test("tell from three on by themselves how far they scatter", () => {
    // Differences 0.03, 0.02, 0.04: mean 0.03, sd 0.01, t with 2 degrees of freedom 4.302653.
    const evidence = only?.change.evidence;
    assert.equal(evidence?.word, "better");
    assert.equal(evidence?.method, "t over 3 pairs");
    assert.ok(Math.abs((evidence?.low ?? 0) - (0.03 - (4.302653 * 0.01) / Math.sqrt(3))) < 1e-6);
    assert.ok(Math.abs((evidence?.p ?? 0) - 0.0351) < 1e-4, `${evidence?.p}`);
  });
});

test("one pair has its own judgement, and none without noise", () => {
  const single = analyseStudy([made(1, undefined, 0.8, { a: 1 }), made(2, 1, 0.9, { a: 2 })]);
  assert.equal(contrasts(single)[0]?.change.evidence.word, "unjudged");
  const repeated = analyseStudy([made(1, undefined, [0.8, 0.81, 0.79], { a: 1 }), made(2, 1, [0.9, 0.91, 0.89], { a: 2 })]);
  const [contrast] = contrasts(repeated);
  assert.deepEqual([contrast?.change.evidence.word, contrast?.change.evidence.method], ["better", "Welch t"]);
});

test("two pairs have the mean of their intervals, turned round where a pair went the other way", () => {
  const study = analyseStudy([
    made(1, undefined, [0.8, 0.81, 0.79], { a: 1, b: 1 }),
    made(2, 1, [0.9, 0.91, 0.89], { a: 2, b: 1 }),
    made(3, undefined, [0.7, 0.71, 0.69], { a: 2, b: 2 }),
    made(4, 3, [0.62, 0.63, 0.61], { a: 1, b: 2 }),
  ]);
  const [contrast] = contrasts(study);
  const { low = 0, high = 0, word, method } = contrast?.change.evidence ?? { word: "unjudged" };
  assert.deepEqual([word, method], ["better", "mean of 2 judged pairs"]);
  near((low + high) / 2, 0.09);
  assert.ok(low > 0.05);
});

test("the surest contrast comes first, a large one that nobody can judge last", () => {
  const study = analyseStudy([
    made(1, undefined, [0.8, 0.81, 0.79], { a: 1 }),
    made(2, 1, [0.85, 0.86, 0.84], { a: 2 }),
    made(3, 1, [0.9, 0.91, 0.89], { a: 3 }),
    made(4, 1, [0.8, 0.82, 0.81], { a: 4 }),
  ]);
  assert.deepEqual(
    contrasts(study).map(({ to }) => to),
    ["3", "2", "4"],
  );
  assert.ok(
    certainty({ mean: 9, before: 1, n: 1, evidence: { word: "unjudged" } })[0] <
      certainty({ mean: 0.1, before: 1, n: 1, evidence: { word: "unclear" } })[0],
  );
});

test("another metric is told of the same pairs, nothing where none compares it", () => {
  const study = analyseStudy([
    made(1, undefined, 0.8, { a: 1 }, { metrics: { training_time: "4 h" } }),
    made(2, 1, 0.9, { a: 2 }, { metrics: { training_time: "3 h" } }),
  ]);
  const [contrast] = contrasts(study);
  const time = study.metrics.find(({ duration }) => duration);
  assert.ok(contrast && time);
  assert.equal(changeOf(contrast, time, study)?.mean, -3600);
  const [other] = contrasts(threePairs);
  const missing = threePairs.metrics.find(({ duration }) => duration);
  assert.ok(other && missing);
  assert.equal(changeOf(other, missing, threePairs), undefined);
});

test("without a primary metric there is nothing to contrast", () => {
  const study = analyseStudy([run({ id: "EXP001", config: { a: 1 } }), run({ id: "EXP002", base: "EXP001", config: { a: 2 } })]);
  assert.deepEqual(contrasts(study), []);
});
