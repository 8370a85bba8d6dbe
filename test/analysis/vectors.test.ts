import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { tBelow } from "../../src/analysis/distribution.ts";
import { effectSize, middleMean } from "../../src/analysis/effect-size.ts";
import { equivalence, judge } from "../../src/analysis/evidence.ts";
import { benjaminiHochberg, holm, lookLevel } from "../../src/analysis/multiplicity.ts";
import { chiSquaredAbove, normalBelow, normalQuantile, normalTails, upperGamma } from "../../src/analysis/normal.ts";
import { exchange, signFlip } from "../../src/analysis/permutation.ts";
import { detectable, noncentralBelow, powerOf, showable } from "../../src/analysis/power.ts";
import { newcombe, newcombeP, signTest, wilson } from "../../src/analysis/proportions.ts";
import { mannWhitney, medianPositions, smallestRankP } from "../../src/analysis/ranks.ts";
import { median, sd } from "../../src/analysis/statistics.ts";
import { judgeTarget, parseTarget } from "../../src/analysis/target.ts";
import { readingOf } from "../../src/record/reading.ts";

const near = (value: number | undefined, wanted: number, within = 1e-9): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) <= within * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`);
const file = join("..", "shared", "vectors", "statistics.json");
const skip = existsSync(file) ? false : "the reference values are not here";
const vectors = skip ? undefined : JSON.parse(readFileSync(file, "utf8"));
const sample = (values: readonly number[], more: object = {}) => ({ reading: readingOf([...values]), ...more });

describe("against reference values", { skip }, () => {
  test("the normal quantile and the chi-squared tail agree", () => {
    for (const [p, z] of vectors.special.norm_ppf) near(normalQuantile(p), z);
    near(chiSquaredAbove(vectors.kruskal.H, 2), vectors.kruskal.p);
  });
  test("a target is judged as the speedruns do it", () => {
    const { x, mu, p } = vectors.one_sample_t_less;
    const target = parseTarget(`<= ${mu} at p < 0.01`, { duration: false });
    assert.ok(target);
    const found = judgeTarget(readingOf(x), target);
    near(found?.p, p);
    assert.equal(found?.word, "reached");
    near(sd(x), vectors.one_sample_t_less.sd);
  });
  test("the paired t and the permutation tests agree on Student's sleep data", () => {
    const { a, b, paired, ...rest } = vectors.sleep_student_1908;
    const bySeed = (values: readonly number[]) => () => new Map(values.map((value, at) => [String(at + 1), value]));
    const found = judge(sample(b, { bySeed: bySeed(b) }), sample(a, { bySeed: bySeed(a) }), { metric: { direction: "max" } });
    near(found.p, paired.p);
    near(found.low, paired.ci95[0]);
    near(found.high, paired.ci95[1]);
    near(signFlip(a.map((one: number, at: number) => one - b[at])), rest.perm_exact_paired_p);
    near(exchange(a, b), rest.perm_exact_unpaired_p);
    near(effectSize(a, b)?.d, rest.cohen_d_b_minus_a);
    near(effectSize(a, b)?.g, rest.hedges_g_exactJ);
    near(mannWhitney(a, b)?.larger, rest["P(b>a)"]);
    near(2 * (mannWhitney(a, b)?.larger ?? 0) - 1, rest.cliff_delta);
    near(middleMean(a), rest.iqm_a);
  });
  test("Mann and Whitney's test is exact with ties, as benchstat publishes it", () => {
    for (const { old, new: now, median: medians, p_exact_tie_aware } of [vectors.benchstat.json, vectors.benchstat.gob]) {
      near(mannWhitney(old, now)?.p, p_exact_tie_aware);
      assert.deepEqual([median(old), median(now)], medians);
    }
    near(mannWhitney(vectors.three_seeds.a, vectors.three_seeds.b)?.p, vectors.three_seeds.mwu_exact_p);
    for (const [n, p] of Object.entries(vectors.min_p_mwu_n_v_n)) near(smallestRankP(Number(n), Number(n)), Number(p));
    for (const [n, places] of Object.entries(vectors.median_ci_order_stats_95)) assert.deepEqual(medianPositions(Number(n)), places);
  });
  test("equivalence, corrections, signs and shares agree", () => {
    const { a, b, delta, p } = vectors.tost;
    near(equivalence(sample(a), sample(b), { metric: {}, minEffect: delta }), p);
    holm(vectors.multiplicity.p).forEach((one, at) => void near(one, vectors.multiplicity.holm[at]));
    benjaminiHochberg(vectors.multiplicity.p).forEach((one, at) => void near(one, vectors.multiplicity.bh[at]));
    near(signTest({ successes: 9, trials: 10 }), vectors.sign_test_9_of_10.p);
    wilson({ successes: 9, trials: 10 }).forEach((one, at) => void near(one, vectors.sign_test_9_of_10.wilson95[at]));
  });
  test("so many repeats show an effect of that size", () => {
    for (const [n, d] of Object.entries(vectors.mde_d_power80_alpha05_two_sided)) near(detectable(Number(n)), Number(d), 6e-4);
    for (const [d, n] of Object.entries(vectors.n_per_arm_for_d)) {
      let each = 2;
      while (powerOf(each, Number(d)) < 0.8) each += 1;
      assert.equal(each, n, `d = ${d}`);
    }
  });
});

describe("shares of counts", () => {
  test("differ as Newcombe published it", () => {
    const [low, high] = newcombe({ successes: 48, trials: 80 }, { successes: 56, trials: 70 });
    near(low, 0.0524, 1e-4);
    near(high, 0.3339, 1e-4);
  });
  test("have a p that agrees with their interval, and none of it leaves the possible", () => {
    const count = fc
      .integer({ min: 1, max: 2000 })
      .chain((trials) => fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }));
    fc.assert(
      fc.property(count, count, (one, other) => {
        const [low, high] = newcombe(one, other);
        const p = newcombeP(one, other);
        assert.ok(low >= -1 - 1e-12 && high <= 1 + 1e-12 && low <= high && p >= 0 && p <= 1, `${low} ${high} ${p}`);
        if (Math.abs(p - 0.05) > 1e-9) assert.equal(low > 0 || high < 0, p < 0.05);
        const [from, to] = wilson(one);
        assert.ok(from >= 0 && to <= 1 && from <= one.successes / one.trials && to >= one.successes / one.trials);
      }),
    );
  });
  test("are judged by their counts where nothing was repeated", () => {
    const share = (successes: number, trials: number) => ({
      reading: { ...readingOf([successes / trials]), count: { successes, trials } },
    });
    const found = judge(share(800, 1000), share(872, 1000), { metric: { direction: "max" } });
    assert.deepEqual([found.word, found.method], ["better", "Newcombe"]);
    assert.equal(judge(share(8, 10), share(9, 10), { metric: { direction: "max" } }).word, "unclear");
  });
});

describe("times", () => {
  const metric = { direction: "min", duration: true } as const;
  test("are held against each other by their ratio", () => {
    const slow = [100, 110, 95, 105];
    const found = judge(sample(slow), sample(slow.map((one) => one / 2)), { metric });
    assert.deepEqual([found.word, found.method], ["better", "Welch t of logarithms"]);
    near(found.ratio?.[1], 0.5);
    // The ends of the interval lie as far from the ratio by division, not by subtraction.
    const [low = 0, at = 0, high = 0] = found.ratio ?? [];
    near(at / low, high / at);
    assert.equal(judge(sample(slow), sample(slow), { metric: { direction: "min" } }).method, "Welch t");
  });
  test("do not depend on the unit they are counted in", () => {
    const times = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(times, times, fc.double({ min: 0.001, max: 1000, noNaN: true }), (old, now, unit) => {
        const one = judge(sample(old), sample(now), { metric });
        const other = judge(sample(old.map((value) => value * unit)), sample(now.map((value) => value * unit)), { metric });
        if (one.p === undefined || other.p === undefined) return;
        near(one.p, other.p, 1e-6);
      }),
    );
  });
  test("of zero, and written means, stay on their own scale", () => {
    assert.equal(judge(sample([0, 1, 2]), sample([3, 4, 5]), { metric }).method, "Welch t");
  });
});

describe("the special functions", () => {
  const real = fc.double({ min: -30, max: 30, noNaN: true });
  test("the normal distribution is symmetric, rises, and its quantile is its inverse", () => {
    fc.assert(
      fc.property(real, fc.double({ min: 1e-6, max: 3, noNaN: true }), (z, step) => {
        near(normalBelow(z) + normalBelow(-z), 1);
        assert.ok(normalBelow(z) <= normalBelow(z + step));
        const p = normalBelow(z);
        if (p > 1e-12 && p < 1 - 1e-9) near(normalQuantile(p), z, 1e-5);
        near(normalTails(z), normalTails(-z));
      }),
    );
  });
  test("the incomplete gamma function falls from one to zero, and is the exponential for one", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 200, noNaN: true }), fc.double({ min: 0, max: 400, noNaN: true }), (a, x) => {
        const q = upperGamma(a, x);
        assert.ok(q >= -1e-12 && q <= 1 + 1e-12, String(q));
        assert.ok(upperGamma(a, x + 0.5) <= q + 1e-12);
        near(upperGamma(1, x), Math.exp(-x));
      }),
    );
  });
  test("the noncentral t is the central one without a shift, falls with it, and power grows with the effect", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 6, noNaN: true }),
        (t, df, shift) => {
          near(noncentralBelow(t, df, 0), tBelow(t, df));
          assert.ok(noncentralBelow(t, df, shift) <= noncentralBelow(t, df, shift / 2) + 1e-9);
          near(noncentralBelow(t, df, shift) + noncentralBelow(-t, df, -shift), 1);
        },
      ),
      { numRuns: 40, examples: [[2.5191920304117432e-9, 50, 0]] },
    );
    near(powerOf(5, 0), 0.05);
    assert.ok(powerOf(5, 1) < powerOf(5, 2) && powerOf(5, 2) < powerOf(10, 2));
    for (const n of [4, 10, 30]) near(showable(n), detectable(n), 0.01);
  });
  test("rank tests are the same the other way round, and never far below what so many values can show", () => {
    const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const [found, back] = [mannWhitney(one, other), mannWhitney(other, one)];
        near(found?.p, back?.p ?? Number.NaN);
        near((found?.larger ?? 0) + (back?.larger ?? 0), 1);
        assert.ok((found?.p ?? 0) >= smallestRankP(one.length, other.length) / 2 - 1e-12 && (found?.p ?? 2) <= 1 + 1e-12);
      }),
    );
  });
  test("beyond sixty values the normal approximation takes over smoothly", () => {
    const wave = (n: number, shift: number) => Array.from({ length: n }, (_, at) => Math.sin(at * 12.9898) * 5 + shift);
    const [exact, about] = [mannWhitney(wave(30, 0), wave(30, 1)), mannWhitney(wave(30, 0), [...wave(30, 1), 1])];
    assert.deepEqual([exact?.exact, about?.exact], [true, false]);
    near(exact?.p, about?.p ?? 0, 0.05);
  });
  test("corrected p are never below the raw ones, Holm's never below Benjamini and Hochberg's", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (ps) => {
        const [strict, loose] = [holm(ps), benjaminiHochberg(ps)];
        for (const [at, p] of ps.entries())
          assert.ok((loose[at] ?? 0) >= p - 1e-12 && (strict[at] ?? 0) >= (loose[at] ?? 2) - 1e-12 && (strict[at] ?? 2) <= 1);
      }),
    );
  });
  test("a planned look costs less than one that was not", () => {
    assert.deepEqual(
      [1, 2, 5, 8].map((looks) => lookLevel(looks, true)),
      [0.05, 0.0294, 0.0158, 0.05 / 8],
    );
    assert.equal(lookLevel(4, false), 0.0125);
  });
});

describe("a target", () => {
  const min = { direction: "min", duration: false } as const;
  test("is read with its sign, its unit and its condition", () => {
    assert.deepEqual(parseTarget("<= 3.28 at p < 0.01", min), { text: "<= 3.28 at p < 0.01", value: 3.28, direction: "min", alpha: 0.01 });
    assert.deepEqual(parseTarget("≥ 90%", min), { text: "≥ 90%", value: 0.9, direction: "max" });
    assert.equal(parseTarget("5 min", { direction: "min", duration: true })?.value, 300);
    assert.equal(parseTarget("soon", min), undefined);
  });
  test("with a condition is reached only when chance is ruled out", () => {
    const target = parseTarget("<= 3.28 at p < 0.01", min);
    assert.ok(target);
    const word = (...values: readonly number[]) => judgeTarget(readingOf(values), target)?.word;
    assert.equal(word(3.279, 3.281, 3.278), "unclear");
    assert.equal(word(3.27, 3.271, 3.269, 3.2705), "reached");
    assert.equal(word(3.3, 3.31), "missed");
    assert.equal(word(3.2), "unjudged");
    assert.equal(judgeTarget(readingOf([3.2]), target, { sd: 0.01, df: 20, groups: 5 })?.word, "reached");
    assert.equal(judgeTarget(readingOf([3.2, 3.2, 3.2]), target, undefined, true)?.n, 1);
  });
});
