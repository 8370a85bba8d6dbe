import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Confidence, confidenceOf } from "../../src/analysis/confidence.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: string, acc: Measured, words: RunWords = {}): RunFile =>
  run({ id, date: "2026-11-01", config: { name: id }, metrics: { acc }, ...words });
const confidence = (files: readonly RunFile[], words: Partial<StudySettings> = {}): Confidence | undefined => {
  const study = analyseStudy(files, { metrics: { acc: { name: "acc", from: [], goal: "max" } }, ...words });
  const [best] = study.best;
  const { primary } = study;
  assert.ok(best && primary);
  return confidenceOf(best, primary, study);
};
const rivals = [0.7, 0.72, 0.74, 0.76].map((acc, at) => made(`RIV00${at}`, acc));
const fresh = (id: string, acc: Measured): RunFile => made(id, acc, { date: "2026-11-02", repeatOf: "EXP001", config: { name: "EXP001" } });

describe("the value of the best", () => {
  test("is a single one", () => {
    const found = confidence([...rivals, made("EXP001", 0.8)]);
    assert.deepEqual([found?.word, found?.fresh, found?.low, found?.expected], ["single", undefined, undefined, undefined]);
  });
  test("was repeated, but all at once", () => assert.equal(confidence([...rivals, made("EXP001", [0.8, 0.81, 0.79])])?.word, "repeated"));
  test("is confirmed by later runs that alone are ahead", () => {
    const found = confidence([...rivals, made("EXP001", 0.9), fresh("EXP002", [0.79, 0.81])]);
    assert.equal(found?.word, "confirmed");
    assert.ok(Math.abs((found?.fresh?.mean ?? 0) - 0.8) < 1e-9);
    assert.equal(found?.fresh?.n, 2);
    assert.equal(found?.expected, undefined);
  });
  test("is not confirmed by later runs that fell behind", () => {
    const found = confidence([made("RIV001", [0.804, 0.805, 0.806]), made("EXP001", 0.99), fresh("EXP002", [0.72, 0.721])]);
    assert.equal(found?.word, "faded");
  });
  test("needs three values in all and two later ones", () => {
    assert.equal(confidence([...rivals, made("EXP001", 0.9), fresh("EXP002", 0.85)])?.word, "repeated");
    assert.equal(confidence([...rivals, made("EXP001", [0.9, 0.91]), fresh("EXP002", 0.85)])?.word, "repeated");
  });
  test("is not confirmed by what always comes out the same", () => {
    const again = [fresh("EXP002", 0.9123456), fresh("EXP003", 0.9123456)];
    assert.equal(confidence([...rivals, made("EXP001", 0.9123456), ...again])?.word, "single");
    const seeds: Measured = [0.9123456, 0.9234567, 0.9345678];
    const found = confidence([...rivals, made("EXP001", seeds), fresh("EXP002", seeds)]);
    assert.deepEqual([found?.word, found?.fresh], ["repeated", undefined]);
  });
  test("counts no later run that failed or is invalid", () => {
    const invalid = run({
      ...fresh("EXP002", [0.8, 0.81]).run,
      metrics: { acc: [0.8, 0.81] },
      hardware: "x",
      remeasured: {},
      invalid: { acc: "leak" },
    });
    assert.equal(confidence([...rivals, made("EXP001", 0.9), invalid])?.fresh, undefined);
  });
});

describe("its interval", () => {
  test("comes from its own repeats", () => {
    const found = confidence([...rivals, made("EXP001", [0.8, 0.81, 0.79])]);
    // sd 0.01, t 4.302653 with 2 degrees of freedom
    assert.ok(Math.abs((found?.high ?? 0) - (0.8 + (4.302653 * 0.01) / Math.sqrt(3))) < 1e-6);
    assert.equal(found?.borrowed, undefined);
  });
  test("is borrowed from the noise of others where it has none", () => {
    const found = confidence([made("RIV001", [0.7, 0.71, 0.69]), made("EXP001", 0.9)]);
    assert.equal(found?.borrowed, true);
    assert.ok(Math.abs((found?.low ?? 0) - (0.9 - 4.302653 * 0.01)) < 1e-6);
  });
});

describe("what is expected of a new measurement", () => {
  const noisy = [made("RIV009", [0.7, 0.74, 0.72])];
  test("lies between the value and the median of the tries, nearer to the value the more often it was repeated", () => {
    const single = confidence([...rivals, ...noisy, made("EXP001", 0.8)])?.expected ?? 0;
    const repeated = confidence([...rivals, ...noisy, made("EXP001", [0.78, 0.8, 0.82])])?.expected ?? 0;
    assert.ok(single > 0.73 && single < 0.8, `${single}`);
    assert.ok(repeated > single && repeated < 0.8, `${repeated}`);
  });
  test("is the median where all is noise, never beyond it", () => {
    const found = confidence([...rivals.map(({ run: { id } }) => made(id, 0.75)), made("RIV009", [0.6, 0.9]), made("EXP001", 0.751)]);
    assert.equal(found?.expected, 0.75);
  });
  test("is not told of few tries", () => assert.equal(confidence([...noisy, made("EXP001", 0.8)])?.expected, undefined));
  test("is worse upwards where lower is better", () => {
    const metrics = { acc: { name: "acc", from: [], goal: "min" } } as const;
    const found = confidence([...rivals, ...noisy, made("EXP001", 0.65)], { metrics });
    assert.ok((found?.expected ?? 0) > 0.65);
  });
});

test("what a goal's filter left out counts neither as a rival nor as a try", () => {
  const goals = [{ name: "best", direction: "max", metric: "acc", where: "name = EXP001" }] as const;
  const found = confidence([made("RIV001", 0.99), made("EXP001", 0.9), fresh("EXP002", [0.8, 0.81])], { goals });
  assert.equal(found?.word, "confirmed");
  const left = [0.95, 0.96, 0.97, 0.98, 0.99].map((acc, at) => made(`OUT00${at}`, acc));
  const noisy = made("RIV009", [0.7, 0.74, 0.72]);
  const expected = confidence([...left, ...rivals, noisy, made("EXP001", 0.8)], {
    goals: [{ name: "best", direction: "max", metric: "acc", where: "acc < 90%" }],
  })?.expected;
  assert.ok(expected !== undefined && expected < 0.8, `${expected}`);
});
