import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asNormal, associate } from "../../src/analysis/association.ts";
import { correlationInterval, midRanks } from "../../src/analysis/correlation.ts";
import { chiSquaredAbove, normalBelow } from "../../src/analysis/normal.ts";
import { divergence, numberCells, wordCells } from "../../src/analysis/ped-anova.ts";
import { randomFrom, shuffle } from "../../src/analysis/random.ts";

const near = (value: number | undefined, wanted: number, within = 1e-9): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) <= within * Math.max(1, Math.abs(wanted)), `${value} is not ${wanted}`);

const file = join("..", "shared", "vectors", "statistics.json");
const skip = existsSync(file) ? false : "the reference values are not here";
const vectors = skip ? undefined : JSON.parse(readFileSync(file, "utf8"));

const one = (x: readonly number[], y: readonly number[], words = false) => {
  const values = [...new Set(x)];
  const column = { name: "a", codes: Int32Array.from(x, (value) => values.indexOf(value)), count: values.length };
  const subjects = { results: Float64Array.from(y), strata: new Int32Array(y.length), seed: "seed" };
  return associate([words ? column : { ...column, numbers: values }], subjects).get("a");
};

interface Trial {
  readonly value: number;
  readonly [name: string]: number | string;
}

describe("against reference values", { skip }, () => {
  test("Spearman's rank correlation agrees", () => {
    const found = one(vectors.rank_corr.x, vectors.rank_corr.y);
    assert.ok(found !== undefined && !("cannot" in found));
    near(found.size, vectors.rank_corr.spearman);
  });
  test("Kruskal & Wallis's H and its p agree", () => {
    const { groups, H, p } = vectors.kruskal;
    const found = one(
      groups.flatMap((group: number[], at: number) => group.map(() => at)),
      groups.flat(),
      true,
    );
    assert.ok(found !== undefined && !("cannot" in found));
    near(found.size * (found.n - 1), H);
    near(chiSquaredAbove(H, groups.length - 1), p);
    assert.ok(Math.abs(found.p - p) < 0.05, `${found.p} by permutation`);
  });
  test("PED-ANOVA's divergences agree", () => {
    const trials: readonly Trial[] = vectors.ped_anova.trials;
    const sorted = trials.map(({ value }) => value).sort((left, right) => left - right);
    const cut = sorted[Math.ceil(0.1 * trials.length) - 1] ?? 0;
    for (const [name, wanted] of Object.entries(vectors.ped_anova.divergence)) {
      const values = trials.map((trial) => trial[name]);
      const range = name === "lr" ? { low: 1e-5, high: 0.1, log: true } : { low: 0, high: 1, log: false };
      const { cells, count, words } =
        name === "c"
          ? wordCells(
              Int32Array.from(values, (value) => ["a", "b", "c"].indexOf(String(value))),
              3,
            )
          : numberCells(Float64Array.from(values, Number), range);
      const counted = (counts: (trial: Trial) => boolean): Float64Array => {
        const sums = new Float64Array(count);
        for (const [at, trial] of trials.entries()) if (counts(trial)) sums[cells[at] ?? 0] = (sums[cells[at] ?? 0] ?? 0) + 1;
        return sums;
      };
      near(
        divergence(
          counted(({ value }) => value <= cut),
          counted(() => true),
          words,
        ),
        wanted as number,
      );
    }
  });
});

describe("ranks", () => {
  test("are shared by equal values", () => assert.deepEqual([...midRanks([30, 10, 20, 20])], [4, 1, 2.5, 2.5]));
  test("sum to the same whatever the ties", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), (values) => {
        const sum = midRanks(values).reduce((all, rank) => all + rank, 0);
        near(sum, (values.length * (values.length + 1)) / 2);
      }),
    ));
  test("of one stratum give known values", () => {
    const found = one([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 7, 5, 8, 6]);
    assert.ok(found !== undefined && !("cannot" in found));
    near(found.size, 5 / 6);
    assert.ok(found.low !== undefined && found.low > 0 && found.low < found.size);
    assert.ok(found.p > 0.005 && found.p < 0.04, `${found.p}`);
  });
});

describe("the distributions behind them", () => {
  test("are symmetric and one at most", () =>
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (z) => {
        near(normalBelow(z) + normalBelow(-z), 1);
      }),
    ));
  test("know chi-square with two degrees of freedom, which is an exponential", () => {
    for (const x of [0, 0.1, 1, 3, 20, 100]) near(chiSquaredAbove(x, 2), Math.exp(-x / 2));
    assert.equal(chiSquaredAbove(-1, 3), 1);
  });
  test("bring chi-square values to one scale", () => {
    for (const df of [1, 3, 10, 40]) assert.ok(Math.abs(asNormal(df - 2 / 3, df)) < 0.2, `${df}`);
  });
  test("intervals of a correlation narrow with n, and are not told of too few", () => {
    const width = (n: number): number => {
      const found = correlationInterval(0.4, n);
      return found === undefined ? Number.POSITIVE_INFINITY : found.high - found.low;
    };
    assert.equal(correlationInterval(0.4, 1), undefined);
    assert.equal(correlationInterval(1, 20), undefined);
    assert.ok(width(200) < width(20) && width(20) < width(5));
  });
});

describe("random numbers", () => {
  test("follow from the seed", () => {
    const [first, second, other] = [randomFrom("EXP001"), randomFrom("EXP001"), randomFrom("EXP002")];
    const drawn = Array.from({ length: 5 }, first);
    assert.deepEqual(drawn, Array.from({ length: 5 }, second));
    assert.notDeepEqual(drawn, Array.from({ length: 5 }, other));
  });
  test("are spread evenly", () => {
    const random = randomFrom("even");
    const counts = new Float64Array(10);
    for (let draw = 0; draw < 20_000; draw++) {
      const cell = Math.floor(random() * 10);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    const square = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    assert.ok(chiSquaredAbove(square, 9) > 1e-4, `${square}`);
  });
  test("shuffle only the part they are given", () => {
    const values = Float64Array.from([1, 2, 3, 4, 5, 6]);
    shuffle(values, 2, 5, randomFrom("part"));
    assert.deepEqual([values[0], values[1], values[5]], [1, 2, 6]);
    assert.deepEqual([...values].sort(), [1, 2, 3, 4, 5, 6]);
  });
});
