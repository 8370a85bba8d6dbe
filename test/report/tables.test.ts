import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../src/analysis/analyse.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { bestTable } from "../../src/report/best-table.ts";
import { comparisonTable } from "../../src/report/comparison-table.ts";
import { hardwareTable } from "../../src/report/hardware-table.ts";
import { impactTable } from "../../src/report/impact-table.ts";
import { indexTables } from "../../src/report/index-tables.ts";
import { logTable } from "../../src/report/log-table.ts";
import { quickTable } from "../../src/report/quick-table.ts";
import type { Table } from "../../src/report/table.ts";
import { run, settings } from "../support/run.ts";

function studyOf(files: readonly RunFile[], words: Parameters<typeof settings>[0] = {}): StudyAnalysis {
  const given = settings(words);
  const study = analyse(files, given, new Map([["", given.study]])).studies[0];
  assert.ok(study);
  return study;
}

const texts = (table: Table): readonly (readonly string[])[] => table.rows.map((row) => row.map(({ text }) => text));

const baseline = run({
  id: "EXP001-aaaa",
  title: "Baseline",
  date: "2026-11-18",
  config: { batch_size: 32, lr: 0.001 },
  configText: { lr: "1e-3" },
  metrics: { val_accuracy: "85.5%", training_time: "2 h" },
  hardware: "t4",
});
const batch = run({
  id: "EXP002-bbbb",
  title: "Batch",
  date: "2026-11-19",
  base: "EXP001-aaaa",
  config: { batch_size: 64, lr: 0.001 },
  configText: { lr: "1e-3" },
  metrics: { val_accuracy: "87.2%", training_time: "1.6 h" },
  decision: "keep",
  reason: "free",
  hardware: "t4",
});
const failed = run({
  id: "EXP003-cccc",
  title: "Too large",
  date: "2026-11-20",
  base: "EXP002-bbbb",
  config: { batch_size: 4096, lr: 0.01 },
  status: "failed",
});
const study = studyOf([baseline, batch, failed]);

test("the experiment log shows base and new value, the change and its impact, newest first", () => {
  assert.deepEqual(texts(logTable(study)), [
    ["EXP003-cccc", "2026-11-20", "Too large", "–", "failed", "batch_size; lr", "64; 1e-3", "4096; 0.01", "–"],
    ["EXP002-bbbb", "2026-11-19", "Batch", "85.5%", "87.2%", "batch_size", "32", "64", "+1.7 pp (+2.0% rel)"],
    ["EXP001-aaaa", "2026-11-18", "Baseline", "–", "85.5%", "–", "–", "–", "–"],
  ]);
});

test("a parameter that the base lacks is shown with a question mark, and counts as no pair", () => {
  const more = run({
    id: "EXP004",
    base: "EXP001-aaaa",
    config: { batch_size: 32, lr: 0.001, dropout: 0.3 },
    metrics: { val_accuracy: "88%" },
  });
  const wider = studyOf([baseline, more]);
  assert.deepEqual(texts(logTable(wider))[0]?.slice(5, 8), ["dropout", "?", "0.3"]);
  assert.equal(texts(quickTable(wider))[0]?.[1], "dropout ? → 0.3");
});

test("a value that was withdrawn reads `invalid`, not as if it were never measured", () => {
  const withdrawn = run({
    id: "EXP004",
    base: "EXP001-aaaa",
    config: { batch_size: 8 },
    metrics: { val_accuracy: "99%" },
    invalid: { val_accuracy: "leak" },
  });
  assert.equal(texts(logTable(studyOf([baseline, withdrawn])))[0]?.[4], "invalid");
});

test("a run that its author hid has no row", () => {
  const hidden = run({ id: "EXP004", base: "EXP001-aaaa", config: { batch_size: 8 }, metrics: { val_accuracy: "84%" }, hidden: true });
  const ids = texts(logTable(studyOf([baseline, hidden]))).map(([id]) => id);
  assert.deepEqual(ids, ["EXP001-aaaa"]);
});

test("the log says aloud what was guessed, and nothing once it is declared", () => {
  assert.equal(logTable(study).notes.length, 1);
  const metrics = { val_accuracy: { name: "val_accuracy", from: [], goal: "max" } } as const;
  const declared = settings({ metrics });
  const sure = studyOf([baseline, batch], { metrics, study: { ...declared.study, metrics, primary: "val_accuracy" } });
  assert.deepEqual(logTable(sure).notes, []);
});

test("the log counts the rows it leaves out", () => {
  const table = logTable(study, 1);
  assert.equal(table.rows.length, 1);
  assert.match(table.notes[0] ?? "", /^2 /);
});

test("quick results name the decision with a mark and a word", () => {
  const rows = texts(quickTable(study));
  assert.deepEqual(rows[0], ["EXP003-cccc", "batch_size 64 → 4096, lr 1e-3 → 0.01", "failed", "–", "× failed", "–"]);
  assert.deepEqual(rows[1], ["EXP002-bbbb", "batch_size 32 → 64", "87.2%", "+1.7 pp (+2.0% rel)", "● kept", "free"]);
});

test("the impact summary counts single changes and sets confounded ones apart", () => {
  const rows = texts(impactTable(study));
  assert.deepEqual(rows.find((row) => row[1] === "batch_size")?.slice(3, 5), ["32 → 64: +1.7 pp", "−0.4 h"]);
  assert.match(rows.find((row) => row[1] === "lr")?.[3] ?? "", /^cannot tell/);
});

test("best configurations hold one row a goal, with the number of tries", () => {
  const row = texts(bestTable(study))[0];
  assert.deepEqual(row, ["max val_accuracy", "EXP002-bbbb", "87.2%", "batch_size=64, lr=1e-3", "2 runs", "keep"]);
});

test("the comparison holds the metrics of the baseline beside those of one and the same best run", () => {
  assert.deepEqual(texts(comparisonTable(study)), [
    ["val_accuracy ↑", "85.5%", "87.2%", "+1.7 pp (+2.0% rel)"],
    ["training_time ↓", "2.0 h", "1.6 h", "-0.4 h (-20.0% rel)"],
  ]);
});

test("the hardware table counts runs a class", () => {
  assert.deepEqual(texts(hardwareTable(study))[0]?.slice(0, 1), ["t4"]);
});

test("no table of 0, 1 or 2 runs, of failures or of odd numbers shows NaN, undefined or an empty cell", () => {
  const odd = [
    [],
    [baseline],
    [failed],
    [baseline, run({ id: "EXP002", base: "EXP009", metrics: { val_accuracy: ".nan" } })],
    [run({ id: "EXP001", metrics: { loss: 0 } }), run({ id: "EXP002", base: "EXP001", metrics: { loss: 1e-300 } })],
  ];
  for (const files of odd) {
    for (const table of indexTables(studyOf(files))) {
      for (const text of texts(table).flat()) {
        assert.ok(text !== "" && !/NaN|undefined|Infinity|\[object/.test(text), `${table.name}: ${text}`);
      }
    }
  }
});
