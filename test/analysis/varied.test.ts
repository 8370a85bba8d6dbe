import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findFixed, findInseparable, variedNames } from "../../src/analysis/varied.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";
import { stopwatch } from "../support/stopwatch.ts";

const made = (id: number, config: RunWords["config"], words: RunWords = {}): RunFile =>
  run({ id: `EXP0${10 + id}`, date: "2026-11-01", config: config ?? {}, metrics: { acc: 0.5 + id / 100 }, ...words });

test("parameters with one value are named with it, in how many configurations, the ignored ones and those of plans not", () => {
  const study = analyseStudy(
    [made(1, { a: 1, b: 2, seed: 1, out: 0 }), made(2, { a: 2, b: 2, seed: 1 }), made(3, { c: 3 }, { status: "planned" })],
    { ignore: ["seed"] },
  );
  assert.deepEqual(findFixed(study), {
    parameters: [
      { name: "b", n: 2, text: "2" },
      { name: "out", n: 1, text: "0" },
    ],
    of: 2,
  });
});

describe("parameters that always changed together", () => {
  const base = { base: "EXP011" };
  const study = analyseStudy([
    made(1, { a: 1, b: 1, c: 1, d: 1, e: 1 }),
    made(2, { a: 2, b: 2, c: 1, d: 1, e: 2 }, base),
    made(3, { a: 3, b: 1.5, c: 2, d: 2, e: 1 }, base),
    made(4, { a: 1, b: 1, c: 2, d: 2, e: 1 }, base),
    made(5, { a: 1, b: 1, c: 1, d: 1, e: 3 }, base),
  ]);
  test("are inseparable, whatever their values; one that changed without the others is not among them", () => {
    assert.deepEqual(findInseparable(study), [
      { parameters: ["a", "b"], n: 2 },
      { parameters: ["c", "d"], n: 2 },
    ]);
  });
  test("are all that may have an impact", () => assert.deepEqual([...variedNames(study)].sort(), ["a", "b", "c", "d", "e"]));
});

describe("what may have an impact", () => {
  test("holds every parameter of the impact", () => {
    const study = analyseStudy([
      made(1, { a: 1, b: "x" }),
      made(2, { a: "1", b: "y" }, { base: "EXP011" }),
      made(3, {}, { base: "EXP011", changes: [{ name: "only.told", from: 1, to: 2 }], config: {} }),
      made(4, { a: 1, z: 5 }, { base: "nowhere" }),
    ]);
    const names = new Set(variedNames(study));
    for (const { parameter } of study.impact) assert.ok(names.has(parameter), parameter);
    assert.ok(!names.has("a") || study.impact.some(({ parameter }) => parameter === "a") || study.files.length > 3);
  });
  test("holds nothing that is ignored", () => {
    assert.deepEqual(variedNames(analyseStudy([made(1, { seed: 1 }), made(2, { seed: 2 })], { ignore: ["seed"] })), []);
  });
});

test("10,000 runs of 30 parameters are looked through in a moment", () => {
  const files = Array.from({ length: 10_000 }, (_, at) =>
    run({
      id: `EXP${at}`,
      date: "2026-11-01",
      ...(at === 0 ? {} : { base: `EXP${at - 1}` }),
      config: Object.fromEntries(Array.from({ length: 30 }, (_, name) => [`p${name}`, name < 25 ? at % (name + 2) : name])),
      metrics: { acc: at / 10_000 },
    }),
  );
  const study = analyseStudy(files);
  assert.equal(study.impact.length, 25);
  const times = [1, 2, 3].map(() => {
    const spent = stopwatch();
    findFixed(study);
    findInseparable(study);
    variedNames(study);
    return spent();
  });
  assert.ok(Math.min(...times) < 400, `${Math.min(...times)} ms`);
});
