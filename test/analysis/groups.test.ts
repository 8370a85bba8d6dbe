import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Execution, RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

let next = 0;
const made = (words: RunWords): RunFile => run({ id: `EXP${String(++next).padStart(3, "0")}`, config: { lr: 0.1 }, ...words });
const sizes = (
  files: readonly RunFile[],
  ...more: [Parameters<typeof analyseStudy>[1]?, Parameters<typeof analyseStudy>[2]?]
): readonly number[] => analyseStudy(files, ...more).groups.map((group) => group.files.length);

describe("runs form one group", () => {
  test("with the same parameters, whatever their order and spelling", () => {
    assert.deepEqual(
      sizes([made({ config: { lr: 0.001, units: [1, 2], a: "Adam" } }), made({ config: { a: "adam", units: ["1", 2], lr: "1e-3" } })]),
      [2],
    );
  });
  test("although parameters to ignore differ, themselves or below a name", () => {
    assert.deepEqual(
      sizes(
        [made({ config: { lr: 0.1, seed: 1, "out.dir": "a" } }), made({ config: { lr: 0.1, seed: 2, "out.dir": "b", "out.log": true } })],
        { ignore: ["seed", "out"] },
      ),
      [2],
    );
  });
  test("when one program was told other seeds", () => {
    const ran = (line: string, seed: number): RunFile =>
      made({ config: { lr: 0.1, seed }, run: { command: line.split(" "), snapshot: "a", other: {} } });
    assert.deepEqual(sizes([ran("python3 t.py --seed 1", 1), ran("/usr/bin/python t.py --seed {seed}", 2)], { ignore: ["seed"] }), [2]);
  });
  test("when one names the other in repeat_of, also transitively and across parameters", () => {
    const first = made({ id: "EXP900-aaaa" });
    assert.deepEqual(sizes([first, made({ config: {}, repeatOf: "EXP900" }), made({ config: { lr: 9 }, repeatOf: "900" })]), [3]);
    assert.deepEqual(
      sizes([
        made({ id: "EXP800", repeatOf: "EXP801", config: {} }),
        made({ id: "EXP801", repeatOf: "EXP800", config: {} }),
        made({ repeatOf: "EXP700", config: {} }),
      ]),
      [1, 2],
    );
  });
});

describe("runs stay apart", () => {
  const of = (line: string): Execution => ({ command: line.split(" "), snapshot: "a", other: {} });
  const apart: readonly (readonly [string, RunWords, RunWords, Parameters<typeof analyseStudy>[1]?])[] = [
    ["with another value", { config: { lr: 0.1 } }, { config: { lr: 0.2 } }],
    ["with a value that only one recorded", { config: { lr: 0.1 } }, { config: { lr: 0.1, b: 1 } }],
    ["without any recorded parameter or code", { config: {} }, { config: {} }],
    ["with other code", { snapshot: "a" }, { snapshot: "b" }],
    ["of another script of the same code", { run: of("python3 mlp.py") }, { run: of("python3 cnn.py") }],
    ["told another file by its place", { run: of("python3 t.py a.yaml") }, { run: of("python3 t.py b.yaml") }],
    ["run in another folder", { run: { ...of("python3 t.py"), cwd: "a" } }, { run: { ...of("python3 t.py"), cwd: "b" } }],
    [
      "with other evaluation data",
      { data: [{ name: "val", sha256: "a", role: "eval" }] },
      { data: [{ name: "val", sha256: "b", role: "eval" }] },
    ],
    [
      "with other training data",
      { data: [{ name: "train", sha256: "a", role: "train" }] },
      { data: [{ name: "train", sha256: "b", role: "train" }] },
    ],
    [
      "in another era",
      {},
      { protocol: "v2" },
      {
        protocols: [
          { name: "v1", invalid: [] },
          { name: "v2", invalid: [] },
        ],
      },
    ],
  ];
  for (const [title, one, other, words] of apart) test(title, () => assert.deepEqual(sizes([made(one), made(other)], words), [1, 1]));

  test("but not when one names the study's first era and the other none", () => {
    assert.deepEqual(
      sizes([made({}), made({ protocol: "v1" })], {
        protocols: [
          { name: "v1", invalid: [] },
          { name: "v2", invalid: [] },
        ],
      }),
      [2],
    );
  });
  test("when journal.yaml says that the data is for evaluation", () => {
    const files = [made({ data: [{ name: "held", sha256: "a" }] }), made({ data: [{ name: "held", sha256: "b" }] })];
    const found = analyseStudy(files, {}, { data: { held: { role: "eval" } } });
    assert.equal(found.groups.length, 2);
    assert.deepEqual(found.impact, []);
  });
});

describe("the values of a group", () => {
  const reading = (files: readonly RunFile[], metric: string, words: Parameters<typeof analyseStudy>[1] = {}) =>
    analyseStudy(files, words).groups[0]?.readings.get(metric);
  test("are pooled with n, mean and sample deviation", () => {
    const pooled = reading([made({ metrics: { acc: [0.8, 0.9, null] } }), made({ metrics: { acc: 1 } })], "acc");
    assert.equal(pooled?.n, 3);
    assert.ok(Math.abs((pooled?.mean ?? 0) - 0.9) < 1e-12);
    assert.ok(Math.abs((pooled?.sd ?? 0) - 0.1) < 1e-12);
    assert.deepEqual(pooled?.values, [0.8, 0.9, null, 1]);
  });
  test("are combined where only summaries were written", () => {
    // Two times n = 2, sd = sqrt(2): 1, 3 and 3, 5.
    const pooled = reading(
      [made({ metrics: { acc: "2 ± 1.4142135623730951 (n=2)" } }), made({ metrics: { acc: "4 ± 1.4142135623730951 (n=2)" } })],
      "acc",
    );
    assert.equal(pooled?.n, 4);
    assert.equal(pooled?.mean, 3);
    assert.ok(Math.abs((pooled?.sd ?? 0) - Math.sqrt(8 / 3)) < 1e-9);
  });
  test("come from finished runs where there are some", () => {
    const files = [made({ metrics: { acc: 0.5 } }), made({ metrics: { acc: 0.1 }, status: "failed" })];
    assert.equal(reading(files, "acc")?.n, 1);
    assert.equal(analyseStudy(files).groups[0]?.status, "finished");
  });
  test("leave out what is declared invalid", () => {
    const files = [made({ metrics: { acc: 0.5, loss: 1 } }), made({ metrics: { acc: 0.7, loss: 2 }, invalid: { acc: "" } })];
    assert.equal(reading(files, "acc")?.mean, 0.5);
    assert.equal(reading(files, "loss")?.n, 2);
  });
  test("hold times of one machine class only", () => {
    const files = [
      made({ metrics: { acc: 0.5, training_time: "2 h" }, hardware: "t4" }),
      made({ metrics: { acc: 0.7, training_time: "1 h" }, hardware: "a100" }),
    ];
    assert.equal(reading(files, "training_time")?.mean, 7200);
    assert.equal(reading(files, "acc")?.n, 2);
  });
  test("go by the metric's own name when a run uses the one it is imported from", () => {
    const metrics = { acc: { name: "acc", from: ["Accuracy/val"] } };
    assert.equal(reading([made({ metrics: { "Accuracy/val": 0.5 } }), made({ metrics: { acc: 0.7 } })], "acc", { metrics })?.n, 2);
  });
});

describe("a group", () => {
  test("is known by the run that repeats no other, and takes the newest decision", () => {
    const files = [
      made({ id: "EXP951", date: "2026-11-01", repeatOf: "EXP952", decision: "discard" }),
      made({ id: "EXP952", date: "2026-11-02", decision: "keep" }),
      made({ id: "EXP953", date: "2026-11-03" }),
    ];
    const [group] = analyseStudy(files).groups;
    assert.equal(group?.key, "EXP952");
    assert.equal(group?.decision, "keep");
  });
  test("notices repetitions that repeated nothing", () => {
    const identical = (one: RunWords["metrics"], other: RunWords["metrics"]) =>
      analyseStudy([made({ metrics: one ?? {} }), made({ metrics: other ?? {} })]).groups[0]?.identical;
    assert.equal(identical({ acc: 0.5, training_time: "1 h" }, { acc: 0.5, training_time: "2 h" }), true);
    assert.equal(identical({ acc: 0.5, loss: 1 }, { acc: 0.5, loss: 2 }), false);
    assert.equal(identical({ acc: 0.5 }, {}), false);
  });
});

describe("copies", () => {
  const member = (at: number, reward: number, more: object = {}) =>
    run({ id: `EXP00${at}`, config: { steps: 10 }, metrics: { reward, training_time: 100 + at, peak_memory: 1e6 + at }, ...more });
  test("to the last digit are counted once, their times stay repeats", () => {
    const files = [1, 2, 3, 4, 5].map((at) => member(at, 54.49000168)).concat(member(6, 42.81000137));
    const [group] = analyseStudy(files).groups;
    assert.deepEqual([group?.copies, group?.identical], [4, false]);
    assert.equal(group?.readings.get("reward")?.n, 2);
    assert.equal(group?.readings.get("training_time")?.n, 6);
  });
  test("are no copies where short numbers are equal by chance, but are where the seed is the same", () => {
    const [group] = analyseStudy([member(1, 0.5), member(2, 0.5), member(3, 0.6)]).groups;
    assert.deepEqual([group?.copies, group?.readings.get("reward")?.n], [0, 3]);
    const seeds = (seed: string) => ({ repeats: [{ seed }] });
    const [same] = analyseStudy([member(1, 0.5, seeds("7")), member(2, 0.5, seeds("7")), member(3, 0.6, seeds("8"))]).groups;
    assert.deepEqual([same?.copies, same?.readings.get("reward")?.n], [1, 2]);
  });
  test("leave the times of a program that always gives the same result to be judged", () => {
    const timed = (id: string, base: string | undefined, times: readonly number[]) =>
      run({ id, config: { id }, metrics: { acc: [0.5, 0.5, 0.5], training_time: [...times] }, ...(base === undefined ? {} : { base }) });
    const found = analyseStudy([timed("EXP001", undefined, [100, 101, 99]), timed("EXP002", "EXP001", [50, 51, 49])]);
    assert.equal(found.runs.get("EXP002")?.deltas.get("training_time")?.evidence.word, "better");
    assert.equal(found.runs.get("EXP002")?.deltas.get("acc")?.evidence.word, "unjudged");
  });
});
