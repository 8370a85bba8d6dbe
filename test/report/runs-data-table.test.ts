import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RunFile } from "../../src/record/experiment.ts";
import { csvLine } from "../../src/report/csv.ts";
import { publicly } from "../../src/report/log-page.ts";
import { csvRows, jsonRows, openTable, runsCsv, runsJson } from "../../src/report/runs-data-table.ts";
import { run, settings, study } from "../support/run.ts";

const files: readonly RunFile[] = [
  run({
    id: "EXP001-aaaa",
    title: 'A "quoted", title\nof two lines',
    config: { lr: 0.001, layers: [64, 32], none: null },
    metrics: { acc: 0.8123456789012345 },
    tags: ["a", "b"],
  }),
  run({
    id: "EXP002-bbbb",
    title: "=1+1",
    base: "EXP001-aaaa",
    config: { lr: -1, "x y": "@cmd" },
    metrics: { "Accuracy/val": [0.8, 0.9], loss: 2 },
    decision: "keep",
    invalid: { loss: "" },
    in: "ocr",
  }),
  run({ id: "EXP003-cccc", hidden: true }),
];
const metrics = { acc: { name: "acc", from: ["Accuracy/val"] } };
const source = (url?: string) => ({
  files,
  studies: new Map([
    ["", study()],
    ["ocr", study({ name: "ocr", metrics })],
  ]),
  settings: settings({ site: { private: false, ...(url === undefined ? {} : { url }) } }),
  show: publicly(settings()),
});

/** As RFC 4180 reads. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    const [, value = "", end] = match;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("data/runs.csv", () => {
  const [head = [], ...rows] = parseCsv(runsCsv(openTable(source())));
  const value = (row: number, name: string): string | undefined => rows[row]?.[head.indexOf(name)];

  test("has a row per run that is not hidden, as wide as its head", () => {
    assert.equal(rows.length, 2);
    for (const row of rows) assert.equal(row.length, head.length);
    assert.equal(new Set(head).size, head.length);
  });
  test("writes numbers in full and lists as JSON, and leaves out what was not recorded", () => {
    assert.equal(value(0, "metrics.acc"), "0.8123456789012345");
    assert.equal(value(0, "config.layers"), "[64,32]");
    assert.deepEqual([value(0, "config.none"), value(0, "config.x y"), value(0, "metrics.loss")], ["", "", ""]);
    assert.equal(value(0, "title"), 'A "quoted", title\nof two lines');
  });
  test("has mean, deviation and n of a metric under its own name", () => {
    assert.deepEqual(
      head.filter((name) => name.startsWith("metrics.acc")),
      ["metrics.acc", "metrics.acc.sd", "metrics.acc.n"],
    );
    assert.deepEqual(
      [Number(value(1, "metrics.acc")).toFixed(2), value(1, "metrics.acc.n"), value(1, "study"), value(1, "invalid")],
      ["0.85", "2", "ocr", "loss"],
    );
  });
  test("never lets a spreadsheet take a text for a formula", () => {
    assert.deepEqual([value(1, "title"), value(1, "config.x y"), value(1, "config.lr")], ["'=1+1", "'@cmd", "-1"]);
    assert.equal(csvLine(["+1", "-x", "\tx", "\rx", "x=1", -5, undefined]), `'+1,'-x,'\tx,"'\rx",x=1,-5,\r\n`);
  });
  test("leads to the page of a run", () => {
    assert.equal(value(0, "url"), "runs/EXP001-aaaa.html");
    assert.match(runsCsv(openTable(source("https://example.org/j/"))), /https:\/\/example\.org\/j\/runs\/EXP001-aaaa\.html/);
  });
});

describe("data/runs.json", () => {
  test("says the same as the CSV", () => {
    const rows = JSON.parse(runsJson(openTable(source()))) as readonly Record<string, unknown>[];
    assert.equal(rows.length, 2);
    assert.deepEqual(
      [rows[0]?.["metrics.acc"], rows[0]?.["config.layers"], rows[1]?.["title"], rows[1]?.["decision"]],
      [0.8123456789012345, "[64,32]", "=1+1", "keep"],
    );
    assert.equal("config.none" in (rows[0] ?? {}), false);
  });
  test("is a list also without a run", () => assert.deepEqual(JSON.parse(runsJson(openTable({ ...source(), files: [] }))), []));
});

test("rows that are known are taken as they are", () => {
  const plain = openTable({ ...source(), files: files.slice(1) });
  for (const [make, split] of [
    [runsCsv, csvRows],
    [runsJson, jsonRows],
  ] as const) {
    const text = make(plain);
    const rows = split(text);
    assert.equal(rows.length, plain.files.length);
    assert.equal(
      make(plain, (place) => rows[place]),
      text,
    );
    assert.match(
      make(plain, () => "known"),
      /known/,
    );
  }
});

test("a cell that holds line ends makes more rows than runs", () => {
  const table = openTable({ ...source(), files: [run({ id: "EXP001-aaaa", title: "one\r\nother" })] });
  assert.equal(csvRows(runsCsv(table)).length, 2);
});
