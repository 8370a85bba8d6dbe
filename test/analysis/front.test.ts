import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Front, findFront } from "../../src/analysis/front.ts";
import { guardsOf } from "../../src/analysis/guards.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: string, time: string, acc: Measured, words: RunWords = {}): RunFile =>
  run({ id, date: "2026-11-01", config: { name: id }, hardware: "t4", metrics: { training_time: time, acc }, ...words });
const front = (files: readonly RunFile[], study: StudyAnalysis = analyseStudy(files, { primary: "acc" })): Front => {
  const x = study.metrics.find(({ name }) => name === "training_time");
  const y = study.metrics.find(({ name }) => name === "acc");
  assert.ok(x && y);
  return findFront(x, y, study);
};
const ids = (trades: Front["trades"]): readonly string[] => trades.map(({ group }) => group.key);

describe("the front", () => {
  const files = [
    made("A", "1 h", 0.7),
    made("B", "2 h", 0.8),
    made("C", "3 h", 0.79),
    made("D", "4 h", 0.9),
    made("E", "4 h", 0.9),
    made("F", "0.5 h", 0.95, { decision: "discard" }),
    made("G", "1 h", 0.99, { hardware: "a100" }),
    made("H", "1 h", 0.5, { status: "failed" }),
    run({ id: "I", config: { name: "I" }, metrics: { acc: 0.99 } }),
  ];
  const found = front(files);
  test("is what none beats in both, by cost; of equals the oldest", () => assert.deepEqual(ids(found.members), ["A", "B", "D"]));
  test("has nothing that was discarded, and says that it lies beyond", () => {
    assert.equal(found.trades.find(({ group }) => group.key === "F")?.place, "behind");
    assert.equal(found.beyond, 1);
  });
  test("compares times within the machine that most runs used, and counts the others", () => {
    assert.deepEqual([found.machine, found.elsewhere, found.partial, found.failed], ["t4", 1, 1, 1]);
    assert.ok(!ids(found.trades).includes("G"));
  });
  test("turns with the directions", () => {
    const metrics = { acc: { name: "acc", from: [], goal: "min" } } as const;
    const study = analyseStudy(files, { primary: "acc", metrics });
    assert.deepEqual(ids(front(files, study).members), ["A"]);
  });
});

test("what lies within the noise of the front counts as near it, what lies further behind does not", () => {
  const found = front([made("A", "2 h", [0.8, 0.81, 0.79]), made("B", "2 h", 0.79), made("C", "2 h", 0.7), made("D", "3 h", 0.79)]);
  assert.deepEqual(
    found.trades.map(({ group, place }) => `${group.key} ${place}`),
    ["A front", "B near", "C behind", "D behind"],
  );
});

describe("a guard rail", () => {
  const guard = (text: string, now: string, goal: "min" | "max" = "min") => {
    const metrics = { memory: { name: "memory", from: [], goal, guard: text } };
    const files = [
      run({ id: "EXP001", date: "2026-11-01", config: { a: 1 }, metrics: { acc: 0.8, memory: "10 GB" } }),
      run({ id: "EXP002", date: "2026-11-02", base: "EXP001", config: { a: 2 }, metrics: { acc: 0.9, memory: now } }),
    ];
    const study = analyseStudy(files, { primary: "acc", metrics });
    const best = study.best[0]?.group;
    assert.ok(best);
    return guardsOf(best, study)[0];
  };
  test("holds up to its limit and breaks beyond", () => {
    assert.deepEqual([guard("+10%", "11 GB")?.holds, guard("+10%", "11.1 GB")?.holds, guard("+10%", "9 GB")?.holds], [true, false, true]);
    assert.equal(guard("+10%", "9 GB")?.worse, -1e9);
  });
  test("is told in a unit, or as a bare number in that of the metric", () => {
    assert.equal(guard("500 MB", "10.4 GB")?.holds, true);
    assert.equal(guard("0.5", "10.6 GB")?.holds, false);
    assert.equal(guard("0.5", "10.6 GB")?.allowed, 5e8);
  });
  test("of what should grow breaks downward", () => assert.equal(guard("10%", "8 GB", "max")?.holds, false));
  test("that nobody understands says nothing", () =>
    assert.deepEqual([guard("some", "8 GB")?.holds, guard("some", "8 GB")?.text], [undefined, "some"]));
});
