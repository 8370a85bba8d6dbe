import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deltaBetween, deltaBetweenGroups } from "../../src/analysis/deltas.ts";
import { readingOf } from "../../src/record/reading.ts";
import { analyseStudy, runOf } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

const pair = (base: RunWords, words: RunWords, ...more: [Parameters<typeof analyseStudy>[1]?, Parameters<typeof analyseStudy>[2]?]) => {
  const files = [run({ id: "EXP001", date: "2026-11-01", ...base }), run({ id: "EXP002", date: "2026-11-02", base: "EXP001", ...words })];
  return runOf(analyseStudy(files, ...more), "EXP002");
};
const near = (value: number | undefined, wanted: number): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - wanted) < 1e-9, `${value} is not ${wanted}`);

describe("a difference", () => {
  const between = (before: number, after: number, direction?: "min" | "max") =>
    deltaBetween(readingOf([before]), readingOf([after]), direction === undefined ? {} : { direction });
  test("is absolute and relative, with a sign and a side", () => {
    const delta = between(0.855, 0.872, "max");
    near(delta?.absolute, 0.017);
    near(delta?.relative, 0.017 / 0.855);
    assert.equal(delta?.better, true);
    assert.equal(between(2, 1, "max")?.better, false);
    assert.equal(between(2, 1, "min")?.better, true);
    near(between(-2, -1)?.relative, 0.5);
  });
  test("leaves out what cannot be said", () => {
    assert.equal(between(0, 1)?.relative, undefined);
    assert.equal(between(1, 1, "max")?.better, undefined);
    assert.equal(between(1, 2)?.better, undefined);
    assert.equal(between(-1.7e308, 1.7e308), undefined);
    assert.equal(deltaBetween(readingOf([Number.NaN]), readingOf([1]), {}), undefined);
  });
});

describe("a run against its base", () => {
  test("uses the base's current value, whatever copy it holds", () => {
    const delta = pair({ metrics: { acc: "85.5%" } }, { metrics: { acc: { before: "80%", after: "87.2%" } } }).deltas.get("acc");
    near(delta?.absolute, 0.017);
    assert.equal(delta?.copied, undefined);
    assert.equal(pair({ metrics: {} }, { metrics: { acc: { before: "80%", after: "87.2%" } } }).deltas.size, 0);
  });
  test("uses its copy only when the base is not here, and says so", () => {
    for (const base of ["EXP009", []]) {
      const delta = pair({}, { base, metrics: { acc: { before: "80%", after: "87%" } } }).deltas.get("acc");
      near(delta?.absolute, 0.07);
      assert.equal(delta?.copied, true);
    }
  });
  test("pools the repetitions of both sides, but not with itself", () => {
    const files = [
      run({ id: "EXP001", date: "2026-11-01", config: { a: 1 }, metrics: { acc: 0.5 } }),
      run({ id: "EXP002", date: "2026-11-02", config: { a: 1, seed: 2 }, metrics: { acc: 0.7 }, base: "EXP001" }),
      run({ id: "EXP003", date: "2026-11-03", config: { a: 2 }, metrics: { acc: [0.8, 1] }, base: "EXP001" }),
    ];
    const found = analyseStudy(files, { ignore: ["seed"] });
    near(runOf(found, "EXP003").deltas.get("acc")?.absolute, 0.3);
    assert.equal(runOf(found, "EXP003").deltas.get("acc")?.before.n, 2);
    near(runOf(found, "EXP002").deltas.get("acc")?.absolute, 0.2);
  });
  test("has no difference where it failed", () => {
    assert.equal(pair({ metrics: { acc: 0.5 } }, { metrics: { acc: 0.4 }, status: "failed" }).deltas.size, 0);
  });
});

describe("values are not compared", () => {
  const why = (...words: Parameters<typeof pair>) => {
    const found = pair(...words);
    return [...found.notCompared]
      .map(([metric, reason]) => `${metric} ${reason}`)
      .concat([...found.deltas.keys()])
      .join(", ");
  };
  const protocols = [
    { name: "v1", invalid: ["loss"], reason: "leaked" },
    { name: "v2", invalid: [] },
  ];
  test("across eras, unless the base was measured again", () => {
    assert.equal(why({ metrics: { acc: 0.5 } }, { metrics: { acc: 0.6 }, protocol: "v2" }, { protocols }), "acc protocol");
    const again = pair(
      { metrics: { acc: 0.5 }, remeasured: { v2: { acc: 0.4 } } },
      { metrics: { acc: 0.6 }, protocol: "v2" },
      { protocols },
    );
    near(again.deltas.get("acc")?.absolute, 0.2);
  });
  test("where one is invalid, by run or by era; other metrics still are", () => {
    assert.equal(why({ metrics: { acc: 0.5, loss: 1 } }, { metrics: { acc: 0.6, loss: 2 }, invalid: { acc: "" } }), "acc invalid, loss");
    assert.equal(why({ metrics: { acc: 0.5, loss: 1 } }, { metrics: { acc: 0.6, loss: 2 } }, { protocols }), "loss invalid, acc");
  });
  test("with other evaluation data; what one side did not record is no difference", () => {
    const data = (sha256: string) => [{ name: "val", sha256, role: "eval" }];
    assert.equal(
      why(
        { metrics: { acc: 0.5, training_time: "1 h" }, data: data("a") },
        { metrics: { acc: 0.6, training_time: "2 h" }, data: data("b") },
      ),
      "acc data, training_time",
    );
    assert.equal(why({ metrics: { acc: 0.5 }, data: data("a") }, { metrics: { acc: 0.6 }, data: data("a") }), "acc");
    assert.equal(why({ metrics: { acc: 0.5 } }, { metrics: { acc: 0.6 }, data: data("b") }), "acc");
  });
  test("between machine classes when they are times", () => {
    const metrics = { acc: 0.5, training_time: "1 h" };
    assert.equal(why({ metrics, hardware: "t4" }, { metrics, hardware: "a100" }), "training_time hardware, acc");
    assert.equal(
      why({ metrics, hardware: { gpu: "A100", other: { gpu_count: 2 } } }, { metrics, hardware: { gpu: "2x a100", other: {} } }),
      "training_time, acc".split(", ").reverse().join(", "),
    );
    assert.equal(
      why({ metrics, hardware: { cpu: "Xeon", other: { cores: 8 } } }, { metrics, hardware: { cpu: "Xeon", other: { cores: 16 } } }),
      "training_time hardware, acc",
    );
  });
  test("nor between groups of two machine classes or eras", () => {
    const files = [
      run({ id: "EXP001", config: { a: 1 }, metrics: { acc: 0.5, training_time: "1 h" }, hardware: "t4" }),
      run({ id: "EXP002", config: { a: 2 }, metrics: { acc: 0.6, training_time: "2 h" }, hardware: "a100" }),
    ];
    const found = analyseStudy(files);
    const [one, other] = found.groups;
    const deltas = found.metrics.flatMap((metric) => (one && other && deltaBetweenGroups(one, other, metric, found) ? [metric.name] : []));
    assert.deepEqual(deltas, ["acc"]);
  });
});

describe("changes", () => {
  const texts = (found: ReturnType<typeof pair>): string =>
    found.changes.map((change) => `${change.name} ${change.fromText}>${change.toText}`).join(", ");
  test("come from the configurations, in the authors' words, whatever the file says", () => {
    const found = pair(
      { config: { lr: 0.001, bs: 32, same: "1e-3" }, configText: { lr: "1e-3" } },
      { config: { bs: "64", lr: 3e-4, same: 0.001 }, configText: { lr: "3e-4" }, changes: [{ name: "width", from: 1, to: 2 }] },
    );
    assert.equal(texts(found), "lr 1e-3>3e-4, bs 32>64");
    assert.equal(found.code, "same");
  });
  test("leave out what one side did not record", () => {
    const found = pair({ config: { a: 1, lr: 3e-4 } }, { config: { a: 2, wd: 0 } });
    assert.equal(texts(found), "a 1>2");
    assert.deepEqual(
      found.unrecorded.map((change) => [change.name, change.fromText, change.toText]),
      [
        ["lr", "0.0003", "?"],
        ["wd", "?", "0"],
      ],
    );
  });
  test("are the written ones where no configuration can tell", () => {
    const changes = [
      { name: "bs", from: 32, to: 64 },
      { name: "seed", from: 1, to: 2 },
    ];
    for (const found of [
      pair({}, { changes }, { ignore: ["seed"] }),
      pair({}, { base: "EXP009", config: { bs: 64 }, changes }, { ignore: ["seed"] }),
    ]) {
      assert.equal(texts(found), "bs 32>64");
      assert.equal(found.changes[0]?.written, true);
    }
  });
  test("name training data, code and declared packages", () => {
    const found = pair(
      { config: { a: 1 }, snapshot: "aaa", software: { torch: "2.1", numpy: "1" }, data: [{ name: "train", path: "data/a" }] },
      { config: { a: 1 }, snapshot: "bbb", software: { torch: "2.2", numpy: "2" }, data: [{ name: "train", path: "data/b" }] },
      {},
      { capture: { env: [], packages: ["torch", "jax"], patterns: [], artifacts: [] } },
    );
    assert.equal(texts(found), "data.train data/a>data/b");
    assert.equal(found.code, "changed");
    assert.deepEqual(
      found.environment.map((change) => change.name),
      ["torch"],
    );
  });
  test("of the code are unknown where one side recorded none, unless the file tells", () => {
    assert.equal(pair({ snapshot: "a" }, {}).code, undefined);
    assert.equal(pair({}, { code: { files: 2 } }).code, "changed");
    assert.equal(pair({ run: { commit: "a", other: {} } }, { run: { commit: "a", other: {} } }).code, "same");
  });
});
