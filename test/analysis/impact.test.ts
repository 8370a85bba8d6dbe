import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mostValues } from "../../src/analysis/impact.ts";
import type { Impact } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type Config, type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: number, base: number | undefined, acc: Measured | undefined, config: RunWords["config"], words: RunWords = {}): RunFile =>
  run({
    id: `EXP0${10 + id}`,
    date: "2026-11-01",
    ...(base === undefined ? {} : { base: `EXP0${10 + base}` }),
    config: config ?? {},
    ...words,
    metrics: { ...(acc === undefined ? {} : { acc }), ...words.metrics },
  });
const impactOf = (
  name: string,
  files: readonly RunFile[],
  ...more: [Parameters<typeof analyseStudy>[1]?, Parameters<typeof analyseStudy>[2]?]
): Impact | undefined => analyseStudy(files, ...more).impact.find(({ parameter }) => parameter === name);
const near = (value: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) < 1e-9, `${value} is not ${wanted}`);

describe("a parameter's impact", () => {
  const files = [
    made(1, undefined, 0.8, { bs: 32, wd: 0 }, { metrics: { training_time: "4 h" }, hardware: "t4" }),
    made(2, 1, 0.85, { bs: 64, wd: 0 }, { metrics: { training_time: "3 h" }, hardware: "t4" }),
    made(3, 2, 0.82, { bs: 128, wd: 0 }, { metrics: { training_time: "1 h" }, hardware: "a100" }),
    made(4, 1, 0.9, { bs: 256, wd: 1 }),
    made(5, 1, undefined, { bs: 512, wd: 0 }, { status: "failed" }),
    made(6, 1, undefined, { bs: 1024, wd: 0 }, { status: "planned" }),
  ];
  const bs = impactOf("bs", files);
  test("comes from pairs that differ in it alone", () => {
    assert.deepEqual(
      bs?.effects.map(({ from, to, run: id }) => `${from}>${to} ${id}`),
      ["32>64 EXP012", "64>128 EXP013"],
    );
    assert.equal(bs?.onPrimary?.n, 2);
    near(bs?.onPrimary?.low, -0.03);
    near(bs?.onPrimary?.high, 0.05);
    near(bs?.onPrimary?.mean, 0.01);
    assert.equal(bs?.category, "Batch Size");
  });
  test("on the time stays within a machine class", () => assert.deepEqual(bs?.onTime, { low: -3600, high: -3600, mean: -3600, n: 1 }));
  test("is not seen in pairs that changed more: those are counted apart", () => {
    assert.equal(bs?.confounded, 1);
    const wd = impactOf("wd", files);
    assert.deepEqual([wd?.confounded, wd?.effects.length, wd?.onPrimary, wd?.recommended], [1, 0, undefined, undefined]);
  });
  test("lists what was tried with its n, planned runs apart", () => {
    assert.deepEqual(
      bs?.tested.map(({ text, n }) => `${text} ${n}`),
      ["32 1", "64 1", "128 1", "256 1", "512 1"],
    );
    assert.deepEqual(impactOf("wd", files)?.tested, [
      { text: "0", n: 4 },
      { text: "1", n: 1 },
    ]);
  });
  test("recommends the values that won and never lost", () => assert.deepEqual([bs?.recommended, bs?.edge], ["64", undefined]));
});

test("a recommended range never spans a value that lost", () => {
  const files = [made(1, undefined, 0.5, { a: 1 }), made(2, 1, 0.6, { a: 2 }), made(3, 1, 0.4, { a: 3 }), made(4, 1, 0.7, { a: 4 })];
  assert.deepEqual([impactOf("a", files)?.recommended, impactOf("a", files)?.edge], ["2, 4", "high"]);
});

describe("a pair is confounded", () => {
  const one = (words: RunWords, base: RunWords = {}, journal: Parameters<typeof analyseStudy>[2] = {}) => {
    const found = impactOf("a", [made(1, undefined, 0.5, { a: 1 }, base), made(2, 1, 0.6, { a: 2 }, words)], {}, journal);
    return [found?.effects.length, found?.confounded];
  };
  test("unless its code is the same", () => {
    assert.deepEqual(one({}), [1, 0]);
    assert.deepEqual(one({ snapshot: "x" }, { snapshot: "x" }), [1, 0]);
    assert.deepEqual(one({ snapshot: "x" }, { snapshot: "y" }), [0, 1]);
    assert.deepEqual(one({ snapshot: "x" }), [0, 1]);
    assert.deepEqual(one({ code: { files: 1 } }), [0, 1]);
  });
  test("by another program of the same code", () => {
    const of = (script: string): RunWords => ({ run: { command: ["python", script, "--a", "1"], snapshot: "x", other: {} } });
    assert.deepEqual(one(of("t.py"), of("t.py")), [1, 0]);
    assert.deepEqual(one(of("u.py"), of("t.py")), [0, 1]);
  });
  test("by declared packages only", () => {
    const capture = { env: [], packages: ["torch"], patterns: [], artifacts: [] };
    assert.deepEqual(one({ software: { torch: "2" } }, { software: { torch: "1" } }), [1, 0]);
    assert.deepEqual(one({ software: { torch: "2" } }, { software: { torch: "1" } }, { capture }), [0, 1]);
    assert.deepEqual(one({ software: { torch: "2" } }, {}, { capture }), [1, 0]);
  });
  test("by a parameter that only one side recorded: it may have changed too", () => {
    const files = [made(1, undefined, 0.5, { a: 1 }), made(2, 1, 0.6, { a: 2, schedule: "cosine" })];
    const found = impactOf("a", files);
    assert.deepEqual([found?.effects.length, found?.confounded], [0, 1]);
  });
  test("not by parameters to ignore", () => {
    const files = [made(1, undefined, 0.5, { a: 1, seed: 1 }), made(2, 1, 0.6, { a: 2, seed: 2 })];
    assert.equal(impactOf("a", files, { ignore: ["seed"] })?.effects.length, 1);
    assert.equal(impactOf("seed", files, { ignore: ["seed"] }), undefined);
  });
});

describe("the recommended range", () => {
  const chain = (...steps: readonly (readonly [unknown, number])[]) =>
    impactOf(
      "a",
      steps.map(([value, acc], at) => made(at, at === 0 ? undefined : at - 1, acc, { a: value as number, at0: 0 })),
    );
  const said = (...steps: readonly (readonly [unknown, number])[]): string => {
    const found = chain(...steps);
    return `${found?.recommended} ${found?.edge}`;
  };
  test("says when it ends where the search ended", () => {
    assert.equal(said([32, 0.1], [64, 0.2], [128, 0.3]), "128 high");
    assert.equal(said([32, 0.3], [16, 0.4]), "16 low");
    assert.equal(said([32, 0.1], [64, 0.2], [128, 0.1]), "64 undefined");
  });
  test("spans several winners, and lists words", () => {
    const files = [made(1, undefined, 0.5, { a: 1 }), made(2, 1, 0.6, { a: 2 }), made(3, 1, 0.6, { a: 3 }), made(4, 3, 0.1, { a: 4 })];
    assert.equal(impactOf("a", files)?.recommended, "2 to 3");
    assert.equal(said(["sgd", 0.1], ["adam", 0.2]), "adam undefined");
  });
  test("does not rest on differences that were judged and are unclear, however their mean turns out", () => {
    const repeated = (before: readonly number[], after: readonly number[]) =>
      impactOf("a", [made(1, undefined, before, { a: 1 }), made(2, 1, after, { a: 2 })])?.recommended;
    assert.equal(repeated([0.5, 0.6, 0.7], [0.52, 0.59, 0.72]), undefined);
    assert.equal(repeated([0.5, 0.51, 0.49], [0.7, 0.71, 0.69]), "2");
    const pairs = [0.61, 0.62, 0.6, 0.2].flatMap((acc, at) => [
      made(2 * at, undefined, 0.6, { a: 2, b: at }),
      made(2 * at + 1, 2 * at, acc, { a: 1, b: at }),
    ]);
    assert.equal(impactOf("a", pairs)?.recommended, undefined);
  });
  test("is silent when wins and losses cancel, nothing changed or no direction is known", () => {
    const backAndForth = (...values: readonly number[]) =>
      [
        [1, undefined, { a: 1, b: 0 }],
        [2, 1, { a: 2, b: 0 }],
        [3, undefined, { a: 2, b: 1 }],
        [4, 3, { a: 1, b: 1 }],
      ].map(([number, base, config], at) => made(number as number, base as number | undefined, values[at] ?? 0, config as Config));
    const files = backAndForth(0.5, 0.6, 0.6, 0.7);
    assert.equal(said([1, 0.5], [2, 0.5]), "undefined undefined");
    const dust = backAndForth(0.1, 0.2, 0.2, 0.3);
    assert.notEqual(0.2 - 0.1, 0.3 - 0.2);
    assert.equal(impactOf("a", dust)?.recommended, undefined);
    assert.equal(impactOf("a", files)?.recommended, undefined);
    assert.equal(
      impactOf("a", [
        run({ id: "EXP001", config: { a: 1 }, metrics: { things: 1 } }),
        run({ id: "EXP002", base: "1", config: { a: 2 }, metrics: { things: 2 } }),
      ])?.recommended,
      undefined,
    );
  });
});

describe("impact as a whole", () => {
  test("starts with the strongest effect; parameters that never varied are left out", () => {
    const files = [
      made(1, undefined, 0.5, { a: 1, b: 1, same: 1, c: 1 }),
      made(2, 1, 0.6, { a: 2, b: 1, same: 1, c: 1 }),
      made(3, 1, 0.2, { a: 1, b: 2, same: 1, c: 1 }),
      made(4, 1, 0.9, { a: 3, b: 1, same: 1, c: 2 }),
    ];
    assert.deepEqual(
      analyseStudy(files).impact.map(({ parameter }) => parameter),
      ["b", "a", "c"],
    );
  });
  test("does not hold a run against itself", () => {
    const files = [made(1, undefined, 0.5, { a: 1 }), made(2, 1, 0.6, { a: 2 }, { repeatOf: "EXP011", date: "2026-10-01" })];
    assert.deepEqual(impactOf("a", files)?.effects ?? [], []);
  });
  test("counts a pair once, however many repetitions it has", () => {
    const files = [made(1, undefined, 0.5, { a: 1 }), made(2, 1, 0.6, { a: 2 }), made(3, 1, 0.7, { a: 2 }), made(4, 1, 0.8, { a: 2 })];
    const found = impactOf("a", files);
    assert.equal(found?.effects.length, 1);
    near(found?.onPrimary?.mean, 0.2);
    assert.equal(found?.effects[0]?.delta.after.n, 3);
  });
  test("takes written changes where no configuration was recorded", () => {
    const files = [
      made(1, undefined, 0.5, {}),
      made(2, 1, 0.6, {}, { changes: [{ name: "a", from: 1, to: 2 }] }),
      made(3, 1, 0.6, {}, { changes: [{ name: "b", to: 2 }] }),
    ];
    assert.equal(impactOf("a", files)?.effects.length, 1);
    assert.deepEqual(impactOf("a", files)?.tested, [
      { text: "1", n: 1 },
      { text: "2", n: 1 },
    ]);
    assert.equal(impactOf("b", files), undefined);
  });
  test("lists both ends and the most used of very many values, and counts the rest", () => {
    const files = Array.from({ length: 100 }, (_, at) => run({ id: `EXP${100 + at}`, config: { a: at % 97, b: at } }));
    const found = impactOf("a", files);
    assert.equal(found?.tested.length, mostValues);
    assert.equal(found?.untold, 97 - mostValues);
    assert.deepEqual([found?.tested[0], found?.tested.at(-1)?.text], [{ text: "0", n: 2 }, "96"]);
  });
});
