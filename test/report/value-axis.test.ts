import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Value } from "../../src/analysis/table.ts";
import type { Json } from "../../src/record/tree.ts";
import { showValue } from "../../src/record/value.ts";
import { coreOf } from "../../src/report/result-range.ts";
import { ticksOf, type ValueAxis, valueAxis } from "../../src/report/value-axis.ts";

const values = (list: readonly Json[]): readonly Value[] => list.map((value) => ({ value, text: showValue(value) }));
const axis = (list: readonly Json[], scale?: "log" | "linear"): ValueAxis | undefined => valueAxis(values(list), scale);
const places = (list: readonly Json[], scale?: "log" | "linear"): readonly (number | undefined)[] => {
  const made = axis(list, scale);
  return values(list).map((value) => {
    const at = made?.place(value);
    return at === undefined ? undefined : Math.round(at * 100) / 100;
  });
};

describe("the values of a parameter", () => {
  test("stand on a linear scale, or a logarithmic one from a factor of 20 on", () => {
    assert.deepEqual(places([0, 5, 10]), [0, 0.5, 1]);
    assert.deepEqual(places([1, 10, 100]), [0, 0.5, 1]);
    assert.equal(axis([1, 19])?.log, false);
    assert.equal(axis([1, 19], "log")?.log, true);
    assert.equal(axis([1, 200], "linear")?.log, false);
  });
  test("have no place on a logarithmic scale where they are not positive", () => {
    assert.deepEqual(places([0, -1, 1, 10, 100, 1000, 1e4], "log").slice(0, 3), [undefined, undefined, 0]);
  });
  test("stand at equal distances where they are words, or numbers that would stand on each other", () => {
    assert.deepEqual(places(["adam", "sgd", "lion"]), [0, 0.5, 1]);
    assert.deepEqual(places([0, 1e-4, 1]), [0, 0.5, 1]);
    assert.equal(axis([0, 1e-4, 1])?.kind, "words");
  });
  test("of all kinds stand together, numbers first", () => {
    assert.deepEqual(axis([true, 3, "two", [3, 4], null, 1])?.words, ["1", "3", "[3, 4]", "true", "two", "null"]);
    assert.deepEqual(axis([[32], [64], [32, 32], [16], [128]])?.words, ["[16]", "[32]", "[64]", "[128]", "[32, 32]"]);
  });
  test("that read the same are the same", () => {
    assert.deepEqual(places([64, "64", 32]), [1, 1, 0]);
    assert.equal(axis([64, "64"]), undefined);
  });
  test("make no axis when there is one, or too many words for one", () => {
    assert.equal(axis([1, 1]), undefined);
    assert.equal(axis([]), undefined);
    assert.equal(axis(Array.from({ length: 25 }, (_, at) => `w${at}`)), undefined);
  });
  test("have their own ticks while they are few, round ones when they are many", () => {
    assert.deepEqual(
      axis([16, 32, 64])?.ticks.map(({ text }) => text),
      ["16", "32", "64"],
    );
    assert.deepEqual(
      axis(Array.from({ length: 40 }, (_, at) => at))?.ticks.map(({ text }) => text),
      ["0", "10", "20", "30"],
    );
  });
  test("however large or small, have finite places and a handful of ticks", () => {
    for (const list of [
      [1e-300, 1e300],
      [-1e308, 0, 1e308],
      [5e-324, 1e-323],
      [1, 1 + Number.EPSILON],
      [0, 1e-300],
    ]) {
      for (const at of places(list)) assert.ok(at !== undefined && at >= 0 && at <= 1, `${list}: ${at}`);
      assert.ok((axis(list)?.ticks.length ?? 0) <= 8, `${list}`);
    }
  });
});

test("ticks are round and within the ends", () => {
  assert.deepEqual(ticksOf(0.31, 0.72, false), [0.4, 0.5, 0.6, 0.7]);
  assert.deepEqual(ticksOf(1e-5, 1e-1, true), [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]);
  assert.deepEqual(ticksOf(2, 8, true), [2, 8]);
  assert.deepEqual(ticksOf(5, 5, false), [5]);
});

describe("the results that an axis shows", () => {
  test("are all of them but those far out", () => {
    assert.deepEqual(coreOf([0.97, 0.98, 0.99, 1, 3.2]).values, [0.97, 0.98, 0.99, 1]);
    assert.deepEqual(coreOf([1, 2, 3, 4]).values, [1, 2, 3, 4]);
  });
  test("are told apart from an outlier also where most are equal", () => {
    assert.equal(coreOf([1, 1, 1, 1, 1, 2]).values.length, 6);
    assert.deepEqual(coreOf([...Array.from({ length: 30 }, () => 1), 1.1, 1.2, 1.1, 1.1, 99]).values.includes(99), false);
  });
  test("ask for a logarithmic axis by their bulk, not by one outlier", () => {
    assert.equal(coreOf([...Array.from({ length: 40 }, (_, at) => 1 + at / 100), 1e300]).log, false);
    assert.equal(coreOf([1, 10, 100, 1000]).log, true);
    assert.equal(coreOf([0, 10, 100, 1000]).log, false);
  });
  test("may be none", () => assert.deepEqual(coreOf([]), { values: [], log: false }));
});
