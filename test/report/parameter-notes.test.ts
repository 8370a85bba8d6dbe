import assert from "node:assert/strict";
import { test } from "node:test";
import { indexNotes } from "../../src/report/parameter-notes.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const configs = [
  { batch_size: 32, "optimizer.weight_decay": 0, "head.name": "a", "tail.name": "a", bs: 1, "opt.momentum": 1 },
  { batch_size: 64, "optimizer.weight_decay": 1, "head.name": "b", "tail.name": "b", bs: 2, "opt.momentum": 2 },
];
const named = (note: string): readonly string[] => {
  const study = analyseStudy(
    configs.map((config, at) => run({ id: `EXP00${at}`, date: "2026-11-01", config, worked: at === 0 ? [note] : [] })),
  );
  return [...indexNotes(study).keys()].sort();
};

test("a note names a parameter by its name, in words, or by its own end", () => {
  assert.deepEqual(named("Raising batch_size helps."), ["batch_size"]);
  assert.deepEqual(named("The Batch Size matters, weight decay too"), ["batch_size", "optimizer.weight_decay"]);
  assert.deepEqual(named("optimizer.weight_decay and momentum"), ["opt.momentum", "optimizer.weight_decay"]);
});

test("a part of a word, or an end that several share, is no name", () => {
  assert.deepEqual(named("mybatch_size batch_sizes name names"), []);
});

test("a name of two letters counts as code alone", () => {
  assert.deepEqual(named("BS is nonsense, bs too"), []);
  assert.deepEqual(named("with `bs` it works"), ["bs"]);
  assert.deepEqual(named("bs=64 is better than bs → 32"), ["bs"]);
});

test("hidden runs say nothing; the newest stands first, decisions with their reason among them", () => {
  const study = analyseStudy([
    run({ id: "EXP001", date: "2026-11-01", config: { batch_size: 1 }, worked: ["batch_size one"] }),
    run({ id: "EXP002", date: "2026-11-02", config: { batch_size: 2 }, reason: "batch_size two", decision: "keep" }),
    run({ id: "EXP003", date: "2026-11-03", config: { batch_size: 3 }, hidden: true, failed: ["batch_size three"] }),
  ]);
  assert.deepEqual(
    indexNotes(study)
      .get("batch_size")
      ?.map(({ text, kind }) => `${kind}: ${text}`),
    ["reason: batch_size two", "worked: batch_size one"],
  );
});
