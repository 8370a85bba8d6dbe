import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { apart, axisTitle, inUnit, isLog, legendOf, literal, placeOf, quantile, runTip, valueRange } from "../../src/report/chart-parts.ts";

describe("the range of an axis", () => {
  test("is the values that must be seen, widened by a quarter of their span", () => {
    assert.deepEqual(valueRange([80, 88]), { low: 78, high: 90, log: false });
  });
  test("is widened by four standard deviations of noise where these are more", () => {
    assert.deepEqual(valueRange([80, 81], { sd: 1 }), { low: 76, high: 85, log: false });
  });
  test("is never empty: one value gets a hundredth of itself, or four deviations, around it", () => {
    assert.deepEqual(valueRange([50]), { low: 49.5, high: 50.5, log: false });
    assert.deepEqual(valueRange([50], { sd: 0.5 }), { low: 48, high: 52, log: false });
    assert.deepEqual(valueRange([0]), { low: 0, high: 1, log: false });
    assert.deepEqual(valueRange([]), { low: 0, high: 1, log: false });
  });
  test("does not go below zero, or above a hundred percent, where no value does", () => {
    assert.equal(valueRange([0.1, 4]).low, 0);
    assert.equal(valueRange([-0.1, 4]).low, -1.125);
    assert.equal(valueRange([60, 99], { most: 100 }).high, 100);
    assert.equal(valueRange([60, 101], { most: 100 }).high, 111.25);
  });
  test("is logarithmic for positive values of which one is a hundred times another", () => {
    assert.equal(isLog([1, 99]), false);
    assert.equal(isLog([1, 100]), true);
    assert.equal(isLog([0, 1, 100]), false);
    assert.equal(isLog([1, 20], 20), true);
    const range = valueRange([1, 10_000]);
    assert.equal(range.log, true);
    assert.equal(Math.round(range.high), 100_000);
  });
});

test("a value stands at its share of the height, one beyond the range at the edge", () => {
  const range = { low: 0, high: 10, log: false };
  assert.deepEqual(
    [0, 2.5, 10, 12, -1].map((value) => placeOf(value, range, 200)),
    [200, 150, 0, 0, 200],
  );
  assert.equal(placeOf(10, { low: 1, high: 100, log: true }, 200), 100);
});

test("texts are pushed apart and stay within the height, whatever their order", () => {
  assert.deepEqual(apart([10, 12, 100], 200), [10, 24, 100]);
  assert.deepEqual(apart([100, 12, 10], 200), [100, 24, 10]);
  assert.deepEqual(apart([199, 200], 200), [186, 200]);
});

test("a quantile lies between neighbours in proportion", () => {
  assert.deepEqual(
    [0, 0.25, 0.5, 1].map((share) => quantile([1, 2, 3, 5], share)),
    [1, 1.75, 2.5, 5],
  );
});

test("numbers beyond what can be drawn are held back", () => {
  assert.equal(inUnit(0.872, "%"), 87.2);
  assert.equal(inUnit(5760, "h"), 1.6);
  assert.ok(Number.isFinite(inUnit(1.7e308, "%")));
});

test("a title says unit, direction and scale in words, and is cut at the label", () => {
  const metric = { label: "val accuracy", unit: "%", direction: "max", guessed: false } as const;
  assert.equal(axisTitle(metric), "val accuracy in %, higher is better");
  assert.equal(axisTitle({ label: "loss", direction: "min", guessed: true }, true), "loss, lower is better (guessed), log scale");
  const narrow = axisTitle({ ...metric, label: "a".repeat(200) }, false, 368);
  assert.ok(narrow.endsWith("… in %, higher is better") && narrow.length < 60, narrow);
});

test("a text becomes an expression that cannot end its quotes", () => {
  assert.equal(literal({ a: 'x"\u2028' }), '{"a":"x\\"\\u2028"}');
});

test("a tip has a part per line and leaves out what there is not", () => {
  assert.equal(runTip("EXP001", "Title", undefined, "87%", "", "kept"), "EXP001\u001fTitle · 87% · kept");
});

test("a legend keeps the order of the decisions, each once", () => {
  assert.deepEqual(
    legendOf(["failed", "kept", "kept"]).map(({ word }) => word),
    ["kept", "failed"],
  );
});
