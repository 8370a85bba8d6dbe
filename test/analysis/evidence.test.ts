import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { incompleteBeta, lnGamma, tBelow, tQuantile, tTails } from "../../src/analysis/distribution.ts";
import { judge, poolNoise } from "../../src/analysis/evidence.ts";
import { readingOf } from "../../src/record/reading.ts";
import { analyseStudy, runOf } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const near = (value: number | undefined, wanted: number, within = 1e-9): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) <= within * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`);
const metric = { direction: "max" } as const;
const sample = (values: readonly number[], more: object = {}) => ({ reading: readingOf([...values]), ...more });

const file = join("..", "shared", "vectors", "statistics.json");
const skip = existsSync(file) ? false : "the reference values are not here";
const vectors = skip ? undefined : JSON.parse(readFileSync(file, "utf8"));

describe("against reference values", { skip }, () => {
  test("the distributions agree", () => {
    for (const [t, df, p] of vectors.special.t_cdf) near(tBelow(t, df), p);
    for (const [p, df, t] of vectors.special.t_ppf) near(tQuantile(p, df), t);
    for (const [a, b, x, value] of vectors.special.betainc) near(incompleteBeta(x, a, b), value);
    for (const [x, value] of vectors.special.lgamma) near(lnGamma(x), value);
  });
  test("Welch's t agrees on Student's sleep data and on three seeds", () => {
    const { a, b, welch } = vectors.sleep_student_1908;
    const sleep = judge(sample(b), sample(a), { metric });
    assert.equal(sleep.method, "Welch t");
    near(sleep.p, welch.p);
    near(sleep.low, welch.ci95_a_minus_b[0]);
    near(sleep.high, welch.ci95_a_minus_b[1]);
    const seeds = vectors.three_seeds;
    near(judge(sample(seeds.a), sample(seeds.b), { metric }).p, seeds.welch.p);
  });
  test("the paired t agrees where both sides name the seeds", () => {
    const { a, b, paired } = vectors.three_seeds;
    const bySeed = (values: readonly number[]) => () => new Map(values.map((value, at) => [String(at + 1), value]));
    const found = judge(sample(a, { bySeed: bySeed(a) }), sample(b, { bySeed: bySeed(b) }), { metric });
    assert.equal(found.method, "paired t over seeds 1 2 3");
    near(found.p, paired.p);
    near(found.low, paired.ci95[0]);
    near(found.high, paired.ci95[1]);
  });
  test("one run is held against repeats by a prediction interval", () => {
    const { base, mean, half_width_95, p_two_sided } = vectors.prediction_t;
    const found = judge(sample(base), sample([vectors.prediction_t.new]), { metric: { direction: "min" } });
    near(found.p, p_two_sided);
    near(found.high, vectors.prediction_t.new - mean + half_width_95);
    assert.equal(found.word, "unclear");
  });
});

describe("a judgement", () => {
  test("needs an estimate of noise: one against one has none", () => {
    assert.deepEqual(judge(sample([0.8]), sample([0.9]), { metric }), { word: "unjudged" });
  });
  test("of one against one stands on what all repeats of the metric scatter", () => {
    const noise = { sd: 0.01, df: 20, groups: 10 };
    assert.equal(judge(sample([0.8]), sample([0.9]), { metric, noise }).word, "better");
    assert.equal(judge(sample([0.8]), sample([0.9]), { metric: { direction: "min" }, noise }).word, "worse");
    assert.equal(judge(sample([0.8]), sample([0.801]), { metric, noise }).word, "unclear");
  });
  test("counts repetitions that repeated nothing once", () => {
    assert.equal(judge(sample([0.8, 0.8, 0.8], { identical: true }), sample([0.9]), { metric }).word, "unjudged");
    assert.equal(judge(sample([0.8, 0.8]), sample([0.9, 0.9]), { metric }).word, "unjudged");
  });
  test("calls the same what is surely smaller than worth having", () => {
    const found = judge(sample([0.8, 0.801, 0.799]), sample([0.8005, 0.8012, 0.7998]), { metric, minEffect: 0.02 });
    assert.equal(found.word, "same");
  });
  test("says how many more repeats would tell", () => {
    const found = judge(sample([0.8, 0.82, 0.81]), sample([0.82, 0.84, 0.815]), { metric });
    assert.equal(found.word, "unclear");
    assert.ok((found.more ?? 0) > 0 && (found.more ?? 0) <= 50, String(found.more));
  });
  test("gives no side to a metric without a direction", () => {
    assert.equal(judge(sample([1, 1.1, 0.9]), sample([9, 9.1, 8.9]), { metric: {} }).word, "unclear");
  });
  test("is finite or absent for any numbers, and the same for equal ones", () => {
    const numbers = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1e-300, 1e300, 0.5)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(numbers, numbers, (old, now) => {
        const found = judge(sample(old), sample(now), { metric });
        for (const value of [found.low, found.high, found.p]) assert.ok(value === undefined || Number.isFinite(value), String(value));
        assert.deepEqual(judge(sample(old), sample(now), { metric }), found);
      }),
    );
  });
});

describe("Student's t", () => {
  test("is symmetric, falls with its distance from zero, and its quantile is its inverse", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), fc.double({ min: 1, max: 500, noNaN: true }), (t, df) => {
        near(tBelow(t, df) + tBelow(-t, df), 1);
        assert.ok(tTails(t * 1.01, df) <= tTails(t, df), `${t} ${df}`);
        const p = tBelow(t, df);
        if (p < 1 - 1e-9) near(tQuantile(p, df), t, 1e-5);
      }),
    );
  });
});

/** Seeded, so that a red run can be repeated. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

describe("with no true difference", () => {
  for (const n of [2, 3, 5, 10]) {
    test(`one in forty is called better with ${n} repeats a side, by Welch's t and by prediction`, () => {
      const normal = normals(n * 7919);
      const draw = (count: number) => sample(Array.from({ length: count }, normal));
      const rate = (trial: () => string): number => Array.from({ length: 4000 }, trial).filter((word) => word === "better").length / 4000;
      const welch = rate(() => judge(draw(n), draw(n), { metric }).word);
      const prediction = rate(() => judge(draw(n), draw(1), { metric }).word);
      // Welch's t errs on the safe side for two repeats.
      assert.ok(welch < 0.035 && welch > (n === 2 ? 0.005 : 0.012), `Welch ${welch}`);
      assert.ok(prediction < 0.035 && prediction > 0.015, `prediction ${prediction}`);
    });
  }
});

describe("the noise of a metric", () => {
  const readings = (...values: readonly (readonly number[])[]) =>
    values.map((list) => ({ reading: readingOf([...list]), identical: new Set(list).size === 1 }));
  test("is pooled over all repeated configurations, by their degrees of freedom", () => {
    const noise = poolNoise(readings([1, 2, 3], [11, 12, 13], [5, 6]));
    assert.equal(noise?.df, 5);
    near(noise?.sd, Math.sqrt((2 + 2 + 0.5) / 5));
  });
  test("leaves out what scatters far more, and repetitions that repeated nothing", () => {
    assert.equal(poolNoise(readings([1, 2, 3], [11, 12, 13], [0, 500, 1000], [4, 4, 4]))?.groups, 2);
    assert.equal(poolNoise(readings([4, 4, 4], [1])), undefined);
  });
});

describe("in a study", () => {
  test("a run is judged by its repeats, by seeds where both name them", () => {
    const seeds = [1, 2, 3].map((seed) => ({ seed: String(seed) }));
    const files = [
      run({ id: "EXP001", metrics: { acc: [0.812, 0.805, 0.82] }, repeats: seeds, config: { a: 1 } }),
      run({ id: "EXP002", base: "EXP001", metrics: { acc: [0.831, 0.826, 0.838] }, repeats: seeds, config: { a: 2 } }),
      run({ id: "EXP003", base: "EXP001", metrics: { acc: "83.1%" }, config: { a: 3 } }),
    ];
    const found = analyseStudy(files);
    const evidence = runOf(found, "EXP002").deltas.get("acc")?.evidence;
    assert.equal(evidence?.word, "better");
    assert.equal(evidence?.method, "paired t over seeds 1 2 3");
    assert.equal(runOf(found, "EXP003").deltas.get("acc")?.evidence.method, "prediction t, pooled noise");
    assert.equal(found.noise.get("acc")?.groups, 2);
  });
  test("the smallest worthwhile effect is read in points, as a share, and in the metric's unit", () => {
    const files = [
      run({ id: "EXP001", metrics: { acc: [0.8, 0.801, 0.799] }, config: { a: 1 } }),
      run({ id: "EXP002", base: "EXP001", metrics: { acc: [0.801, 0.802, 0.8] }, config: { a: 2 } }),
    ];
    for (const [minEffect, word] of [
      ["2pp", "same"],
      ["5%", "same"],
      ["2", "same"],
      ["0.01pp", "unclear"],
    ] as const) {
      const found = analyseStudy(files, { metrics: { acc: { name: "acc", from: [], unit: "%", minEffect } } });
      assert.equal(runOf(found, "EXP002").deltas.get("acc")?.evidence.word, word, minEffect);
    }
  });
});
