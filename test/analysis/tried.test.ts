import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { nearnessTo, sharedPaths } from "../../src/analysis/nearness.ts";
import { searchTexts, wordsIn } from "../../src/analysis/text-search.ts";
import { findTried, isExactRepeat, type TriedQuestion } from "../../src/analysis/tried.ts";
import { type RunWords, run, settings, study } from "../support/run.ts";

const near = (value: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) < 1e-9, `${value} is not ${wanted}`);

describe("how near parameters are", () => {
  const files = [1e-4, 1e-3, 1e-1].map((lr, at) => run({ id: `EXP00${at}`, config: { lr, bs: 10 * (at + 1), opt: "adam" } }));
  const distance = (name: string, value: string | number, at: number, parameters = {}): number =>
    nearnessTo([{ name, value }], files, { parameters }).distance(files[at] ?? run());
  test("is measured on a log scale where the values span two orders of magnitude, or where it is declared", () => {
    near(distance("lr", 1e-3, 0), 1 / 3);
    near(distance("bs", 20, 0), 1 / 2);
    near(distance("bs", 20, 0, { bs: { name: "bs", scale: "log" } }), Math.log(2) / Math.log(3));
    near(distance("lr", 1e-3, 2, { lr: { name: "lr", scale: "linear" } }), (0.1 - 0.001) / (0.1 - 0.0001));
  });
  test("is all or nothing for words, and nothing for what was not recorded", () => {
    assert.deepEqual([distance("opt", "ADAM", 0), distance("opt", "sgd", 0), distance("wd", 1, 0)], [0, 1, 1]);
    assert.equal(distance("lr", "auto", 0), 1);
  });
  test("stays between 0 and 1 whatever the values", () =>
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (one, other) => {
          const file = run({ config: { a: one } });
          const found = nearnessTo([{ name: "a", value: other }], [file], { parameters: {} }).distance(file);
          assert.ok(found >= 0 && found <= 1, `${found}`);
          assert.equal(found === 0, Object.is(one + 0, other + 0) || one === other);
        },
      ),
    ));
  test("paths are near by the share that both changed", () => {
    near(sharedPaths(new Set(["a", "b"]), new Set(["b", "c"])), 1 / 3);
    assert.equal(sharedPaths(new Set(), new Set()), 0);
  });
});

describe("words", () => {
  test("are parted at case, dashes and underscores, without their endings", () => {
    assert.deepEqual(wordsIn("weightDecay batch_size warmup-steps 3e-4"), ["weight", "decay", "batch", "size", "warmup", "step", "3e-4"]);
    assert.deepEqual(wordsIn("schedules scheduled scheduling"), wordsIn("schedule schedule schedule"));
  });
  test("that are rare count more, and texts without any are left out", () => {
    const found = searchTexts("cosine schedule", ["a schedule", "a cosine schedule", "another schedule", "nothing"]);
    assert.deepEqual([...found.keys()].sort(), [0, 1, 2]);
    assert.ok((found.get(1) ?? 0) > (found.get(0) ?? 0) * 2);
  });
  test("of none, or over none, find nothing", () => {
    assert.equal(searchTexts("...", ["a"]).size, 0);
    assert.equal(searchTexts("a", []).size, 0);
  });
});

describe("what was tried", () => {
  const files = [
    run({ id: "EXP001", title: "Baseline", config: { lr: 1, bs: 32 } }),
    run({ id: "EXP002", title: "Cosine decay", config: { lr: 4, bs: 32 }, reason: "no gain from cosine" }),
    run({ id: "EXP003", title: "Larger batch", config: { lr: 4, bs: 64 }, worked: ["a cosine schedule would help"] }),
  ];
  const ask = (words: Partial<TriedQuestion>) =>
    findTried(files, { parameters: [], text: "", paths: new Set(), changed: () => undefined, changes: () => [], ...words }, study());
  test("comes nearest first; who changed a parameter comes before who had it from the base", () => {
    const found = ask({ parameters: [{ name: "lr", value: 4 }], changes: ({ run: { id } }) => (id === "EXP002" ? ["lr"] : ["bs"]) });
    assert.deepEqual(
      found.map(({ file, likeness, moved }) => [file.run.id, likeness, moved]),
      [
        ["EXP002", 1, ["lr"]],
        ["EXP003", 1, []],
      ],
    );
  });
  test("is found by its words in title, reason and observations", () => {
    const found = ask({ text: "cosine" });
    assert.deepEqual(
      found.map(({ file }) => file.run.id),
      ["EXP002", "EXP003"],
    );
    assert.equal(found[0]?.text, 1);
  });
  test("is found by the files it changed, and all parts count alike", () => {
    const found = ask({
      text: "batch",
      paths: new Set(["train.py"]),
      changed: ({ run: { id } }) => (id === "EXP001" ? new Set(["train.py", "model.py"]) : undefined),
    });
    assert.deepEqual(
      found.map(({ file, likeness, paths }) => [file.run.id, likeness, paths]),
      [
        ["EXP003", 0.5, 0],
        ["EXP001", 0.25, 0.5],
      ],
    );
  });
});

describe("an exact repeat", () => {
  const config = { lr: 1, bs: 32 };
  const is = (now: RunWords, before: RunWords, more: { base?: RunWords; study?: Parameters<typeof study>[0] } = {}): boolean =>
    isExactRepeat(
      { run: run({ config, ...now }).run, study: study(more.study ?? {}), ...(more.base === undefined ? {} : { base: run(more.base) }) },
      run({ config, ...before }),
      settings({ data: { val: { role: "eval" } } }),
    );
  test("has the same parameters, however they are spelled", () => {
    assert.equal(is({}, {}), true);
    assert.equal(is({ config: { lr: "1.0", bs: 32 } }, {}), true);
    assert.equal(is({ config: { lr: 2, bs: 32 } }, {}), false);
    assert.equal(is({ config: { lr: 1 } }, {}), false);
    assert.equal(is({ config: {} }, { config: {} }), false);
  });
  test("has the same code, its own or that of its base; unrecorded code is not known to be the same", () => {
    assert.equal(is({ snapshot: "a" }, { snapshot: "a" }), true);
    assert.equal(is({ snapshot: "a" }, { snapshot: "b" }), false);
    assert.equal(is({}, { snapshot: "a" }), false);
    assert.equal(is({}, { snapshot: "a" }, { base: { snapshot: "a" } }), true);
    assert.equal(is({}, { code: { files: 2 } }), false);
  });
  test("has the same program, its own or that of its base; an unrecorded one is not known to differ", () => {
    const of = (script: string): RunWords => ({ run: { command: ["python", script], snapshot: "a", other: {} } });
    assert.equal(is(of("a.py"), of("a.py")), true);
    assert.equal(is(of("a.py"), of("b.py")), false);
    assert.equal(is({}, of("a.py"), { base: of("a.py") }), true);
    assert.equal(is({}, of("a.py"), { base: of("b.py") }), false);
    assert.equal(is({ snapshot: "a" }, of("a.py")), true);
  });
  test("has the same data, protocol and study", () => {
    const data = [{ name: "val", path: "data/val" }];
    assert.equal(is({ data }, { data }), true);
    assert.equal(is({ data }, { data: [{ name: "val", path: "data/other" }] }), false);
    assert.equal(is({ protocol: "v2" }, { protocol: "v1" }), false);
    assert.equal(is({}, { in: "ocr" }), false);
  });
  test("is none with another seed, which is a repetition", () => {
    assert.equal(is({ config: { ...config, seed: 2 } }, { config: { ...config, seed: 1 } }), false);
    assert.equal(is({ config: { ...config, seed: 1 } }, { config: { ...config, seed: 1 } }), true);
    assert.equal(is({ config: { ...config, seed: 2 } }, { repeats: [{ seed: "1" }, { seed: "2" }] }), true);
    assert.equal(is({ config: { ...config, seed: 3 } }, {}), false);
  });
});
