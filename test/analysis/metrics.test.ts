import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MetricView } from "../../src/analysis/study.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

const files = (...metrics: readonly NonNullable<RunWords["metrics"]>[]) =>
  metrics.map((record, at) => run({ id: `EXP00${at + 1}`, metrics: record }));
const viewOf = (
  name: string,
  metrics: readonly NonNullable<RunWords["metrics"]>[],
  words: Parameters<typeof analyseStudy>[1] = {},
): MetricView | undefined => analyseStudy(files(...metrics), words).metrics.find((metric) => metric.name === name);

describe("the primary metric", () => {
  const primary = (metrics: readonly NonNullable<RunWords["metrics"]>[], words: Parameters<typeof analyseStudy>[1] = {}) => {
    const found = analyseStudy(files(...metrics), words);
    return [found.primary?.name, found.primaryGuessed];
  };
  test("is the one the settings name, even before a run has it", () => {
    assert.deepEqual(primary([{ acc: 1 }], { primary: "f1" }), ["f1", false]);
    assert.deepEqual(primary([{ acc: 1, loss: 2 }], { goals: [{ name: "x", direction: "min", metric: "loss" }] }), ["loss", false]);
    assert.deepEqual(primary([{ "Acc/val": 1 }], { primary: "acc", metrics: { acc: { name: "acc", from: ["Acc/val"] } } }), ["acc", false]);
  });
  test("is else the quality that most runs measured, and said to be guessed", () => {
    assert.deepEqual(
      primary([
        { training_time: "1 h", loss: 1 },
        { training_time: "1 h", acc: 1 },
        { training_time: "1 h", loss: 1 },
      ]),
      ["loss", true],
    );
    assert.deepEqual(primary([{ train_acc: 1, val_loss: 1, val_acc: 1, peak_memory: "1 GB", things: 3 }]), ["val_acc", true]);
    assert.deepEqual(primary([{ things: 3, training_time: "1 h" }]), ["things", true]);
  });
  test("is none without a quality", () => {
    assert.deepEqual(primary([]), [undefined, true]);
    assert.deepEqual(primary([{ training_time: "1 h" }]), [undefined, true]);
  });
});

describe("a metric", () => {
  test("says whether its direction is guessed", () => {
    assert.deepEqual(
      [viewOf("val_loss", [{ val_loss: 1 }])].map((view) => [view?.direction, view?.guessed]),
      [["min", true]],
    );
    assert.deepEqual(
      [viewOf("val_loss", [{ val_loss: 1 }], { metrics: { val_loss: { name: "val_loss", from: [], goal: "max" } } })].map((view) => [
        view?.direction,
        view?.guessed,
      ]),
      [["max", false]],
    );
    assert.deepEqual(
      [viewOf("things", [{ things: 1 }], { goals: [{ name: "x", direction: "min", metric: "things" }] })].map((view) => [
        view?.direction,
        view?.guessed,
      ]),
      [["min", false]],
    );
    assert.deepEqual(
      [viewOf("things", [{ things: 1 }])].map((view) => [view?.direction, view?.guessed]),
      [[undefined, false]],
    );
  });
  test("is shown in the unit its authors wrote; mixed times share one", () => {
    assert.equal(viewOf("acc", [{ acc: "87%" }, { acc: 0.9 }])?.unit, "%");
    assert.equal(viewOf("training_time", [{ training_time: "90 min" }, { training_time: "95 min" }])?.unit, "min");
    assert.equal(viewOf("training_time", [{ training_time: "2 h" }, { training_time: "95 min" }, { training_time: 7000 }])?.unit, "h");
    assert.equal(viewOf("acc", [{ acc: 0.9 }], { metrics: { acc: { name: "acc", from: [], unit: "%" } } })?.unit, "%");
    assert.equal(viewOf("training_time", [{ training_time: 90 }])?.duration, true);
  });
  test("has as many decimals as its authors wrote, at most six digits, and more for means", () => {
    assert.equal(viewOf("acc", [{ acc: "87.2%" }, { acc: "88%" }])?.decimals, 1);
    assert.equal(viewOf("acc", [{ acc: 0.872 }], { metrics: { acc: { name: "acc", from: [], unit: "%" } } })?.decimals, 1);
    assert.equal(viewOf("loss", [{ loss: "0.41234567891" }])?.decimals, 6);
    assert.equal(viewOf("loss", [{ loss: "1234.56789" }])?.decimals, 2);
    assert.equal(viewOf("loss", [{ loss: "3" }, { loss: [3, 4, 4] }])?.decimals, 2);
  });

  test("shows two digits of the noise and three of the value, not more, where repeats tell", () => {
    assert.equal(viewOf("loss", [{ loss: [0.260382, 0.271805, 0.249999] }])?.decimals, 3);
    assert.equal(viewOf("acc", [{ acc: [87.2134, 87.9101] }])?.decimals, 2);
    assert.equal(viewOf("loss", [{ loss: [0.260382, 0.260382] }])?.decimals, 6);
    assert.equal(viewOf("seconds", [{ seconds: [6.224, 9.231] }])?.decimals, 2);
  });
});

test("metrics stand in order: primary, goals, declared, most measured", () => {
  const found = analyseStudy(files({ z: 1, y: 1, acc: 1, loss: 1, f1: 1 }, { y: 1 }), {
    primary: "f1",
    goals: [{ name: "a", direction: "min", metric: "loss" }],
    metrics: { acc: { name: "acc", from: [] } },
  });
  assert.deepEqual(
    found.metrics.map((metric) => metric.name),
    ["f1", "loss", "acc", "y", "z"],
  );
});
