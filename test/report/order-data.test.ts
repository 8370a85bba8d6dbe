import assert from "node:assert/strict";
import { test } from "node:test";
import { orderAddress, orderData } from "../../src/report/order-data.ts";
import { latestRuns } from "../../src/report/site-data.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const files = [
  run({ id: "EXP001", metrics: { val_accuracy: "80%" }, decision: "keep", config: { lr: 1 } }),
  run({ id: "EXP002", metrics: { val_accuracy: "82%" }, config: { lr: 2 } }),
  run({ id: "EXP003", metrics: { val_accuracy: "84%" }, config: { lr: 2 } }),
  run({ id: "EXP004", status: "failed", config: { lr: 3 } }),
  run({ id: "EXP005", metrics: { val_accuracy: "90%" }, config: { lr: 4 }, hidden: true }),
];

test("runs stand in order with one value per configuration, and hidden ones are left out", () => {
  const order = orderData(analyseStudy(files, { primary: "val_accuracy" }));
  assert.deepEqual(order.ids, ["EXP001", "EXP002", "EXP003", "EXP004"]);
  assert.equal(order.glyphs, "kuuf");
  assert.deepEqual(order.values, [0.8, 0.83, null, null]);
  assert.deepEqual(order.first, { 2: 1 });
  assert.deepEqual([order.metric?.direction, order.metric?.unit], ["max", "%"]);
});

test("the best is a place among the runs, and absent where the best run is hidden or no metric has a direction", () => {
  const shown = files.slice(0, 4);
  assert.equal(orderData(analyseStudy(shown, { primary: "val_accuracy" })).best, 1);
  assert.equal(orderData(analyseStudy(files, { primary: "val_accuracy" })).best, undefined);
  const odd = orderData(analyseStudy([run({ metrics: { zork: 3 } })], { primary: "zork" }));
  assert.deepEqual([odd.metric, odd.best], [undefined, undefined]);
});

test("values that do not count carry none: another era, nothing finished, not a number", () => {
  const eras = [run({ id: "EXP001", protocol: "v1", metrics: { a: 1 } }), run({ id: "EXP002", protocol: "v2", metrics: { a: 2 } })];
  const protocols = ["v1", "v2"].map((name) => ({ name, invalid: [] }));
  assert.deepEqual(orderData(analyseStudy(eras, { primary: "a", protocols })).values, [null, 2]);
  assert.deepEqual(orderData(analyseStudy([run({ status: "running", metrics: { a: 1 } })], { primary: "a" })).values, [null]);
});

test("two studies never share an address, nor one with a shard", () => {
  const names = ["", "main", "main-order", "order", "a/b", "a_b"];
  assert.equal(new Set(names.map(orderAddress)).size, names.length);
  assert.equal(orderAddress(""), "data/main-order.js");
});

test("the latest runs come newest first, ten at most, without hidden ones", () => {
  const many = Array.from({ length: 12 }, (_, at) => run({ id: `EXP${100 + at}`, title: `Run ${at}`, hidden: at === 11 }));
  const latest = latestRuns(many);
  assert.equal(latest.length, 10);
  assert.deepEqual(latest[0], { id: "EXP110", title: "Run 10", address: "runs/EXP110.html", glyph: "undecided" });
});
