import assert from "node:assert/strict";
import { test } from "node:test";
import { configDiff } from "../../src/report/config-diff.ts";
import { analyseStudy, runOf } from "../support/analysis.ts";
import { run, study } from "../support/run.ts";

const settings = study({ ignore: ["seed"] });
const diff = (own: Parameters<typeof run>[0], base?: Parameters<typeof run>[0], clean = (text: string): string => text) => {
  const file = run({ id: "EXP002", ...(base === undefined ? {} : { base: "EXP001" }), ...own });
  const found = analyseStudy([...(base === undefined ? [] : [run({ id: "EXP001", ...base })]), file], { ignore: ["seed"] });
  return configDiff(file, runOf(found, "EXP002"), { study: settings, clean });
};

test("what differs is a row, what is equal a line below; as its author wrote it", () => {
  assert.deepEqual(
    diff(
      { config: { lr: 0.001, batch: 64, units: [512, 256] }, configText: { lr: "1e-3" } },
      { config: { lr: 0.001, batch: 32, units: [512, 256] } },
    ),
    {
      base: "EXP001",
      rows: [{ name: "batch", from: "32", to: "64", open: false }],
      same: "lr: 1e-3\nunits: [512, 256]",
      summary: "2 equal",
    },
  );
});

test("what one side did not record may have changed or not", () => {
  assert.deepEqual(diff({ config: { a: 1, b: 2 } }, { config: { a: 1, c: 3 } })?.rows, [
    { name: "c", from: "3", to: "?", open: true },
    { name: "b", from: "?", to: "2", open: true },
  ]);
});

test("an ignored parameter may differ and is no change", () => {
  const made = diff({ config: { a: 1, seed: 2 } }, { config: { a: 1, seed: 1 } });
  assert.deepEqual([made?.rows, made?.same, made?.summary], [[], "a: 1\nseed: 1 → 2 (ignored)", "1 equal, 1 ignored"]);
});

test("without a base the configuration is listed, with the changes that the file names", () => {
  assert.deepEqual(diff({ config: { a: 1, b: 2 } }), { rows: [], same: "a: 1\nb: 2", summary: "2 parameters" });
  const written = diff({ base: "EXP900", config: { a: 1 }, changes: [{ name: "a", from: 0, to: 1 }] });
  assert.deepEqual([written?.base, written?.rows], ["before, as written", [{ name: "a", from: "0", to: "1", open: false }]]);
});

test("nothing recorded, nothing shown; a text of several lines stays one; values are cleaned", () => {
  assert.equal(diff({}), undefined);
  assert.equal(diff({ config: { prompt: "one\n  two" } })?.same, "prompt: one ↵ two");
  const cleaned = diff({ config: { path: "/home/a", same: "/home/b" } }, { config: { path: "/home/c", same: "/home/b" } }, () => "x");
  assert.deepEqual([cleaned?.rows, cleaned?.same], [[{ name: "path", from: "x", to: "x", open: false }], "same: x"]);
});
