// Real logs of other people. Every number here was read from the files by other means.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { type ReadLog, readLog } from "../../src/exchange/read-log.ts";
import { scanLogs } from "../../src/exchange/scan.ts";
import { rowsOf } from "../../src/formats/delimited.ts";

const corpus = "../shared/corpus";
const skip = existsSync(corpus) ? false : "no ../shared/corpus here";

function read(folder: string, patterns: readonly string[] = []): ReadonlyMap<string, ReadLog> {
  const root = join(corpus, folder);
  return new Map(scanLogs(root, patterns, new Set()).runs.map((run) => [basename(run.path), readLog(root, run)]));
}

const single = (value: number | undefined): number => Math.fround(value ?? Number.NaN);

describe("real logs", { skip }, () => {
  test("TensorBoard", () => {
    const told = read("tensorboard").get("PPO_1")?.told;
    assert.equal(single(told?.valueAt("rollout/ep_rew_mean", 10240)), Math.fround(54.49000168));
  });

  test("W&B, one of them cut off in the middle of a record", () => {
    const runs = read("wandb");
    assert.equal([...runs.keys()].filter((name) => name.startsWith("run-")).length, 31);
    assert.equal(runs.get("run-20230329_131547-a5gvkt31")?.told.series.get("test_acc_epoch")?.last?.y, 0.852);
    assert.deepEqual(runs.get("run-20230329_020630-5kjwspgj")?.damaged, []);
    assert.deepEqual(
      [...runs.values()].flatMap(({ damaged }) => damaged),
      [],
    );
  });

  test("MLflow: names with blanks, 157 runs, nothing of the registry", () => {
    const runs = read("mlflow");
    assert.equal(runs.size, 157);
    const { series, parameters } = runs.get("07d9650f0627437584669b74cff61424")?.told ?? assert.fail();
    assert.deepEqual([series.get("Test Accuracy")?.last?.y, series.get("Training time")?.last?.y], [0.8861821086261981, 479.4746527671814]);
    assert.equal(parameters.get("Conv layer 1 channel size")?.value, 16);
    const best = Math.max(...[...runs.values()].map(({ told }) => told.series.get("Test Accuracy")?.last?.y ?? 0));
    assert.equal(best, 0.8957667731629393);
  });

  test("Lightning: sparse rows, and Python objects as data", () => {
    const runs = read("lightning");
    const { series, parameters, valueAt } = runs.get("version_1")?.told ?? assert.fail();
    assert.equal(valueAt("val_loss", 10795), 0.3406149744987488);
    assert.equal(series.get("val_loss")?.last?.x, 10795);
    assert.deepEqual(
      ["dropout", "hidden_size", "input_len", "learning_rate"].map((name) => parameters.get(name)?.value),
      [0.1, 32, 64, 0.003],
    );
    assert.deepEqual(
      [...runs.values()].flatMap(({ damaged }) => damaged),
      [],
    );
  });

  test("Hugging Face: 18 checkpoints are one run", () => {
    const runs = read("hf-trainer");
    assert.equal(runs.size, 1);
    const loss = [...runs.values()][0]?.told.series.get("eval_loss");
    assert.deepEqual([loss?.lowest?.x, loss?.lowest?.y.toFixed(7), loss?.last?.y.toFixed(7)], [8000, "0.8479372", "0.8508255"]);
  });

  test("Ultralytics, DVCLive and Hydra", () => {
    const [worms] = [...read("ultralytics").values()];
    assert.deepEqual(worms?.told.series.get("metrics/mAP50-95(B)")?.highest, { x: 286, y: 0.3954 });
    const dvc = read("dvc");
    assert.equal(dvc.get("iterative__example-dvc-experiments")?.told.series.get("loss")?.first?.y, 0.31751683354377747);
    const live = dvc.get("iterative__dvclive-exp-tracking")?.told;
    assert.deepEqual([live?.series.get("train/loss")?.count, live?.parameters.get("encoder_size")?.value], [20, 64]);
    assert.equal(read("hydra").size, 10);
  });

  test("60 logs of text by a pattern: the author's means", () => {
    const runs = scanLogs(join(corpus, "train-logs"), ["step:(?<step>\\d+)/\\d+ val_loss:(?<val_loss>[\\d.]+)"], new Set()).runs;
    const last = runs.flatMap((run) => {
      const value = readLog(join(corpus, "train-logs"), run).told.series.get("val_loss")?.last?.y;
      return value !== undefined && run.path.includes("/baseline-s1430/") ? [value] : [];
    });
    assert.deepEqual([last.length, (last.reduce((sum, value) => sum + value, 0) / last.length).toFixed(4)], [10, "3.2867"]);
  });

  test("csv-spectrum", () => {
    const folder = readdirSync(join(corpus, "adversarial"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.includes("csv-spectrum") && path.endsWith(".csv"),
    );
    assert.ok(folder.length >= 10);
    for (const path of folder) {
      const json = join(corpus, "adversarial", path.replace(/csvs?\/([^/]*)\.csv$/, "json/$1.json"));
      // Of these the table and what it should hold differ in the corpus itself: a telephone number, the line ends.
      if (!existsSync(json) || /location_coordinates|newlines_crlf/.test(path)) continue;
      const [header = [], ...rows] = rowsOf(readFileSync(join(corpus, "adversarial", path), "utf8"), ",");
      const found = rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
      assert.deepEqual(found, JSON.parse(readFileSync(json, "utf8")), path);
    }
  });
});
