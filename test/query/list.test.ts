import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { JournalError } from "../../src/base/problem.ts";
import { cell, columnProblems, parseColumns } from "../../src/query/columns.ts";
import { compareText, compareVersions } from "../../src/query/compare.ts";
import { parseSort, sortFiles } from "../../src/query/sort.ts";
import { vocabulary } from "../../src/query/vocabulary.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { run, settings, study } from "../support/run.ts";

const sorted = (text: string, files: readonly RunFile[], words = vocabulary(files, settings())): string =>
  sortFiles(files, parseSort(text), words)
    .map((file) => file.run.id)
    .join(" ");

const code = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof JournalError);
    return error.problems[0]?.code ?? "";
  }
  return "none";
};

describe("a sort", () => {
  const files = [
    run({ id: "EXP10", date: "2026-11-02", metrics: { val_accuracy: "87%" }, config: { lr: 0.1 } }),
    run({ id: "EXP9", date: "2026-11-01T10:00:00+01:00", metrics: { val_accuracy: "9%" }, config: { lr: "auto" } }),
    run({ id: "EXP8", date: "2026-11-02", config: {} }),
    run({ id: "EXP7", date: "2026-11-01T08:00:00Z", metrics: { val_accuracy: [Number.NaN] }, config: { lr: 1e-4 } }),
  ];
  test("goes by value, not by text, and puts what is absent last both ways", () => {
    assert.equal(sorted("val_accuracy", files), "EXP9 EXP10 EXP8 EXP7");
    assert.equal(sorted("-val_accuracy", files), "EXP10 EXP9 EXP8 EXP7");
    assert.equal(sorted("lr", files), "EXP7 EXP10 EXP9 EXP8");
    assert.equal(sorted("-lr", files), "EXP9 EXP10 EXP7 EXP8");
  });
  test("knows zones, digits in ids and second keys, and keeps equals in their order", () => {
    assert.equal(sorted("date", files), "EXP7 EXP9 EXP10 EXP8");
    assert.equal(sorted("-date,id", files), "EXP8 EXP10 EXP9 EXP7");
    assert.equal(sorted("id", files), "EXP7 EXP8 EXP9 EXP10");
    assert.equal(sorted("", files), "EXP10 EXP9 EXP8 EXP7");
    assert.equal(sorted("experimenter", files), "EXP10 EXP9 EXP8 EXP7");
  });
  test("puts values declared invalid last", () => {
    const words = vocabulary(files, settings(), new Map([["", study({ protocols: [{ name: "v1", invalid: ["val_accuracy"] }] })]]));
    const later = run({ id: "EXP11", protocol: "v2", metrics: { val_accuracy: "1%" } });
    assert.equal(sorted("-val_accuracy", [...files, later], words), "EXP11 EXP10 EXP9 EXP8 EXP7");
  });
  test("refuses names nobody knows and empty places", () => {
    assert.equal(
      code(() => sorted("-val_acuracy", files)),
      "query/unknown-name",
    );
    assert.equal(
      code(() => sorted("date,,id", files)),
      "query/empty-column",
    );
    assert.equal(
      code(() => sorted("-", files)),
      "query/empty-column",
    );
  });
});

describe("a column", () => {
  const file = run({
    id: "EXP042-k7f3",
    date: "2026-11-20",
    tags: ["a", "b"],
    config: { lr: 0.001, units: [512, 256], name: "x", none: null },
    configText: { lr: "1e-3" },
    metrics: { val_accuracy: "87.20%", val_loss: [0.4, 0.42], training_time: "1h 30min", f1: [Number.NaN] },
    changes: [
      { name: "lr", from: 0.01, to: 0.001 },
      { name: "units", to: [512] },
    ],
    invalid: { val_accuracy: "leaked" },
  });
  const words = vocabulary([file], settings());
  const shown = (name: string) => cell(file, { name }, words);
  test("shows what its author wrote, with the number behind it", () => {
    assert.deepEqual(shown("lr"), { text: "1e-3", number: 0.001 });
    assert.deepEqual(shown("units"), { text: "[512, 256]" });
    assert.deepEqual(shown("none"), { text: "null" });
    assert.deepEqual(shown("tag"), { text: "a, b" });
    assert.deepEqual(shown("date"), { text: "2026-11-20", number: Date.UTC(2026, 10, 20) });
    assert.deepEqual(shown("training_time"), { text: "1h 30min", number: 5400 });
    assert.deepEqual(shown("changes"), { text: "lr 0.01 → 0.001, units ? → [512]" });
    assert.deepEqual(shown("number"), { text: "42", number: 42 });
  });
  test("marks invalid and diverged values, and shows repeats with their n", () => {
    assert.deepEqual(shown("val_accuracy"), { text: "87.20% (invalid)", number: 0.872, absent: true });
    assert.equal(shown("f1").absent, true);
    assert.match(shown("val_loss").text, /0\.41.*n = 2/);
  });
  test("is empty where nothing was recorded, and named where no run could fill it", () => {
    assert.deepEqual(shown("reason"), { text: "" });
    assert.deepEqual(shown("val_los"), { text: "" });
    assert.deepEqual(
      columnProblems(parseColumns(["title", "val_los", "lr"]), words).map((problem) => problem.code),
      ["query/unknown-name"],
    );
    assert.deepEqual(
      parseColumns('title, "a, b"').map(({ name }) => name),
      ["title", "a, b"],
    );
  });
});

describe("comparing texts", () => {
  test("digits count as numbers and versions as far as asked", () => {
    assert.ok(compareText("EXP9", "EXP10") < 0);
    assert.ok(compareText("a2b10", "a2b9") > 0);
    assert.equal(compareVersions("3.11.7", "3.11"), 0);
    assert.ok(compareVersions("3.9", "3.11") < 0);
    assert.ok(compareVersions("3", "3.11") < 0);
  });
  test("is a total order", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", "1", "0", "9", " ", "-"), maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        assert.equal(Math.sign(compareText(one, two)) + Math.sign(compareText(two, one)), 0);
        if (compareText(one, two) <= 0 && compareText(two, three) <= 0) assert.ok(compareText(one, three) <= 0);
      }),
    );
  });
});
