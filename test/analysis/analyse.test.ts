import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { analyse } from "../../src/analysis/analyse.ts";
import { mean, median, sd } from "../../src/analysis/statistics.ts";
import type { Analysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type Config, type RunWords, run, settings, study } from "../support/run.ts";

/** Every number that a table could show is finite; runs and groups point at each other, so each object is visited once. */
function assertFinite(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value === "number") assert.ok(Number.isFinite(value), String(value));
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  for (const part of parts) assertFinite(part, seen);
}

function plain(analysis: Analysis): string {
  return JSON.stringify(analysis, (key, value: unknown) =>
    value instanceof Map
      ? [...value]
      : key === "file" || key === "first"
        ? (value as RunFile).path
        : key === "group"
          ? (value as { key?: string }).key
          : value,
  );
}

const value = fc.oneof(
  fc.constantFrom<unknown>(0, 1, -1, 64, "64", 1e308, -1e308, 5e-324, 1e-3, "1e-3", true, null, "adam", "Adam", "", "16 GB"),
  fc.array(fc.constantFrom<unknown>(1, 2, "a", null), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("a", "b", "__proto__"), fc.integer(), { maxKeys: 2 }),
);
const name = fc.constantFrom("a", "b", "lr", "seed", "__proto__", "constructor", "data.train");
const metric = fc.constantFrom("acc", "val_loss", "training_time", "things", "__proto__", "constructor");
const number = fc.oneof(fc.constantFrom(0, 1, -1, 0.5, 1e308, -1e308, 5e-324, Number.NaN, Number.POSITIVE_INFINITY), fc.double());
const id = fc.nat(5).map((at) => `EXP00${at}`);
const file = fc
  .record(
    {
      id,
      base: fc.array(fc.oneof(id, fc.constantFrom("EXP0", "nothing", "__proto__")), { maxLength: 3 }),
      status: fc.constantFrom("planned", "running", "finished", "finished", "finished", "failed", "lost"),
      config: fc.dictionary(name, value, { maxKeys: 4 }),
      metrics: fc.dictionary(
        metric,
        fc.oneof(
          number,
          fc.array(fc.option(number), { maxLength: 3 }),
          fc.constantFrom("3 ± 1 (n=4)", "2 h", "8/10", "x", "87%", { before: "1", after: "2" }),
        ),
        { maxKeys: 4 },
      ),
      date: fc.constantFrom("2026-11-01", "2026-11-02", "2026-11-01T10:00:00Z", "soon", ""),
      decision: fc.constantFrom("keep", "discard"),
      protocol: fc.constantFrom("v1", "v2", "v3"),
      repeatOf: id,
      snapshot: fc.constantFrom("a", "b"),
      hardware: fc.constantFrom("t4", "a100"),
      in: fc.constantFrom("", "ocr"),
      changes: fc.array(fc.record({ name, from: fc.constantFrom(1, "a"), to: fc.constantFrom(2, null) }, { requiredKeys: ["name"] }), {
        maxLength: 2,
      }),
      invalid: fc.dictionary(metric, fc.constant(""), { maxKeys: 1 }),
      data: fc.array(
        fc.record(
          { name: fc.constantFrom("train", "val"), sha256: fc.constantFrom("a", "b"), role: fc.constantFrom("eval", "train") },
          { requiredKeys: ["name"] },
        ),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ["id"] },
  )
  .map((words) => run(words as Parameters<typeof run>[0]));
const studies = fc
  .record(
    {
      primary: metric,
      baseline: id,
      ignore: fc.array(name, { maxLength: 2 }),
      goals: fc.array(
        fc.record(
          {
            name: fc.constant("g"),
            direction: fc.constantFrom("min" as const, "max" as const),
            metric,
            where: fc.constantFrom("acc >= best - 1pp", "a = 1", "((", "acc > 87"),
          },
          { requiredKeys: ["name", "direction", "metric"] },
        ),
        { maxLength: 2 },
      ),
      protocols: fc.subarray([
        { name: "v1", invalid: ["acc"] },
        { name: "v2", invalid: [] },
      ]),
    },
    { requiredKeys: [] },
  )
  .map((words) => study(words));

describe("any journal", () => {
  test("is analysed without an error and without a number that is none", () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 12 }), studies, (files, made) => {
        const found = analyse(files, settings({ study: made }), new Map([["", made]]));
        for (const one of found.studies)
          assertFinite({
            ...one,
            files: [],
            groups: one.groups.map((group) => group.readings),
            runs: [...one.runs.values()].map(({ deltas, changes, unrecorded }) => ({
              deltas,
              changes: changes.length,
              unrecorded: unrecorded.length,
            })),
            best: one.best.map(({ reading, tries }) => ({ reading, tries })),
          });
      }),
      { numRuns: 400 },
    );
  });
  test("gives the same analysis whatever the order of its files", () => {
    fc.assert(
      fc.property(fc.uniqueArray(file, { maxLength: 8, selector: (one) => one.path }), studies, (files, made) => {
        const once = plain(analyse(files, settings({ study: made }), new Map([["", made]])));
        assert.equal(plain(analyse([...files].reverse(), settings({ study: made }), new Map([["", made]]))), once);
      }),
      { numRuns: 200 },
    );
  });
});

describe("small journals", () => {
  test("of no run have one empty study", () => {
    const found = analyseStudy([]);
    assert.deepEqual([found.files, found.groups, found.best, found.impact, found.metrics, found.machines], [[], [], [], [], [], []]);
    assert.equal(found.baseline, undefined);
  });
  test("of one run are its own baseline and best", () => {
    const found = analyseStudy([run({ metrics: { acc: "85.5%" } })]);
    assert.equal(found.baseline, found.best[0]?.group);
    assert.equal(found.best[0]?.tries, 1);
  });
  test("of failures alone have neither", () => {
    const found = analyseStudy([1, 2, 3].map((at) => run({ id: `EXP00${at}`, status: "failed", config: { a: at } })));
    assert.equal(found.baseline, undefined);
    assert.equal(found.groups.length, 3);
    assert.equal(found.impact[0]?.onPrimary, undefined);
  });
  test("of 3 runs with 400 parameters say of each what they can", () => {
    const config = (shift: number): Config => Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`p${at}`, at + shift]));
    const found = analyseStudy(
      [0, 1, 2].map((at) => run({ id: `EXP00${at}`, ...(at === 0 ? {} : { base: "EXP000" }), config: config(at), metrics: { acc: at } })),
    );
    assert.equal(found.impact.length, 400);
    assert.ok(found.impact.every(({ confounded, effects }) => confounded === 2 && effects.length === 0));
  });
  test("with numbers near the largest have a mean and no spread", () => {
    const [group] = analyseStudy([run({ metrics: { acc: [1.5e308, -1e308] } })]).groups;
    assertFinite(group?.readings);
    assert.equal(group?.readings.get("acc")?.n, 2);
  });
  test("with constant metrics see no winner", () => {
    const found = analyseStudy(
      [1, 2, 3].map((at) => run({ id: `EXP00${at}`, base: at === 1 ? [] : "EXP001", config: { a: at }, metrics: { acc: 0.5 } })),
    );
    assert.equal(found.impact[0]?.recommended, undefined);
    assert.deepEqual(found.impact[0]?.onPrimary, { low: 0, high: 0, mean: 0, n: 2 });
  });
});

describe("studies", () => {
  const files = [
    run({ id: "EXP001", config: { lr: 1 }, metrics: { acc: 0.5 } }),
    run({ id: "EXP002", in: "ocr", base: "EXP001", config: { lr: 2 }, metrics: { acc: 0.6 } }),
    run({ id: "EXP003", in: "new" }),
  ];
  const found = analyse(
    files,
    settings(),
    new Map([
      ["", study()],
      ["ocr", study({ name: "ocr" })],
      ["empty", study({ name: "empty" })],
    ]),
  );
  test("come by name, the default first, those without settings or runs too", () =>
    assert.deepEqual(
      found.studies.map((one) => `${one.settings.name}:${one.files.length}`),
      [":1", "empty:0", "new:1", "ocr:1"],
    ));
  test("reach across for a base", () => {
    const across = found.studies[3]?.runs.get("EXP002");
    assert.equal(across?.base?.run.id, "EXP001");
    assert.deepEqual(
      across?.changes.map((change) => change.name),
      ["lr"],
    );
    assert.ok(Math.abs((across?.deltas.get("acc")?.absolute ?? 0) - 0.1) < 1e-9);
  });
});

describe("machines", () => {
  test("are classes of equal hardware with their n and median time", () => {
    const made = (id: number, hardware: RunWords["hardware"], time: string) =>
      run({ id: `EXP00${id}`, config: { id }, ...(hardware === undefined ? {} : { hardware }), metrics: { training_time: time } });
    const found = analyseStudy([
      made(1, { gpu: "NVIDIA T4", ram: "16 GB", other: {} }, "2 h"),
      made(2, { gpu: "nvidia  t4", other: {} }, "1 h"),
      made(3, { gpu: "NVIDIA T4", other: { gpu_count: 2 } }, "30 min"),
      made(4, undefined, "5 h"),
    ]);
    assert.deepEqual(
      found.machines.map(({ name, runs, medianSeconds, ram }) => [name, runs, medianSeconds, ram]),
      [
        ["nvidia  t4", 2, 5400, "16 GB"],
        ["2 × NVIDIA T4", 1, 1800, undefined],
      ],
    );
  });
});

describe("statistics", () => {
  test("agree with the definitions", () => {
    assert.equal(mean([1, 2, 6]), 3);
    assert.ok(Math.abs((sd([2, 4, 4, 4, 5, 5, 7, 9]) ?? 0) - Math.sqrt(32 / 7)) < 1e-12);
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
  test("say nothing rather than something that is no number", () => {
    assert.deepEqual([mean([]), sd([1]), median([])], [undefined, undefined, undefined]);
    assert.equal(mean([1.7e308, 1.7e308]), 1.7e308);
    assert.equal(sd([-1.7e308, 1.7e308]), undefined);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 6 }), (values) => {
        for (const found of [mean(values), sd(values), median(values)]) assert.ok(found === undefined || Number.isFinite(found));
      }),
    );
  });
});

test("10,000 runs of 30 parameters and 8 metrics are analysed in a moment", () => {
  let state = 1;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const configs: Record<string, number>[] = [];
  const files = Array.from({ length: 10_000 }, (_, at) => {
    const base = at === 0 ? undefined : Math.floor(random() * at);
    const config =
      base === undefined
        ? Object.fromEntries(Array.from({ length: 30 }, (__, p) => [`p${p}`, p]))
        : { ...configs[base], [`p${Math.floor(random() * 30)}`]: Math.floor(random() * 10) };
    configs.push(config);
    const metrics = Object.fromEntries(
      ["val_accuracy", "training_time", "loss1", "loss2", "loss3", "loss4", "loss5", "loss6"].map((key) => [key, random()]),
    );
    return run({
      id: `EXP${at}-abcd`,
      date: "2026-11-01",
      ...(base === undefined ? {} : { base: `EXP${base}-abcd` }),
      config,
      metrics,
      hardware: random() < 0.5 ? "t4" : "a100",
    });
  });
  const start = process.cpuUsage();
  const found = analyseStudy(files);
  const { user } = process.cpuUsage(start);
  assert.equal(found.runs.size, 10_000);
  assert.equal(found.impact.length, 30);
  // The promise is half a second on a quiet machine; other work makes the same steps count several times as much.
  assert.ok(user < 5e6, `${user / 1000} ms`);
});

test("equal values have their own mean and no spread", () => {
  assert.equal(mean([0.8, 0.8, 0.8]), 0.8);
  assert.equal(sd([0.8, 0.8, 0.8]), 0);
  assert.equal(mean([1.7e308, 1.7e308]), 1.7e308);
});
