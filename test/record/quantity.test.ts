import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import {
  isAbsent,
  isDiverged,
  isPlaceholder,
  parseQuantity,
  type QuantityHint,
  readQuantity,
  splitArrow,
} from "../../src/record/quantity.ts";
import { fastest } from "../support/fastest.ts";

const time: QuantityHint = { time: true };
const size: QuantityHint = { size: true };

describe("parseQuantity", () => {
  const cases: readonly (readonly [string, number, (string | undefined)?, QuantityHint?])[] = [
    ["87.2%", 0.872, "%"],
    ["87.2 %", 0.872, "%"],
    ["87.2\u00a0%", 0.872, "%"],
    ["８７．２％", 0.872, "%"],
    ["87.2 percent", 0.872, "%"],
    ["0.3pp", 0.003, "pp"],
    ["+1.7 pp", 0.017, "pp"],
    ["2 h", 7200, "h"],
    ["1.6h", 5760, "h"],
    ["2h46m", 9960, "h"],
    ["1h 30min", 5400, "h"],
    ["2 h 46 min", 9960, "h"],
    ["1 d 3 h", 97200, "d"],
    ["10m30s", 630, "min"],
    ["-1h30m", -5400, "h"],
    ["45 minutes", 2700, "minutes"],
    ["90 s", 90, "s"],
    ["350 ms", 0.35, "ms"],
    ["15 µs", 15e-6, "µs"],
    ["5 m", 5, "m"],
    ["5 m", 300, "min", time],
    ["5 M", 300, "min", time],
    ["12:30:00", 45000, "h", time],
    ["45:10", 2710, "min", time],
    ["0:00:01.5", 1.5, "h", time],
    ["1-02:03:04", 93784, "h", time],
    ["1 day, 2:03:04", 93784, "h", time],
    ["5760", 5760, undefined, time],
    ["16 GB", 16e9, "GB"],
    ["16GB", 16e9, "GB"],
    ["512 MiB", 2 ** 29, "MiB"],
    ["512 mb", 512e6, "mb"],
    ["512 B", 512, "B"],
    ["7B", 7, "B", size],
    ["16 Gb", 16e9, "GB", size],
    ["16 Gb", 16, "Gb"],
    ["16G", 16e9, "G"],
    ["524K", 524_000, "K"],
    ["1.2M", 1.2e6, "M"],
    ["4x", 4, "x"],
    ["12 points", 12, "points"],
    ["120 it/s", 120, "it/s"],
    ["120 it / s", 120, "it/s"],
    ["3.2 tok/s/gpu", 3.2, "tok/s/gpu"],
    ["3 tokens per second", 3, "tokens per second"],
    ["$0.42", 0.42, "$"],
    ["-€5", -5, "€"],
    ["21 °C", 21, "°C"],
    ["1.0e-3", 0.001],
    [" 0.38 ", 0.38],
  ];
  for (const [text, value, unit, hint] of cases) {
    test(`reads ${JSON.stringify(text)}${hint ? ` under ${Object.keys(hint).join()}` : ""}`, () => {
      const wanted = { value, ...(unit === undefined ? {} : { unit }), text: text.trim() };
      assert.deepEqual(parseQuantity(text, hint), wanted);
    });
  }

  const refused = [
    "",
    "~",
    "N/A",
    "nan",
    "~2.10*",
    "1.5040-55",
    "3f2a",
    "64,",
    "1e",
    "0.38 of 1",
    "1e400",
    "1,014",
    "7B",
    "12:30:00",
    "12:30:61",
    "2h2h",
    "30m1h",
    "1e308 h",
    "2024-01-02",
    "87.2% (best)",
    "no",
    "12abc34",
    "[1]",
    "$",
    "$5 h",
  ];
  for (const text of refused) {
    test(`takes no quantity from ${JSON.stringify(text)}`, () => assert.equal(parseQuantity(text), undefined));
  }

  test("refuses clock times that are none, also under a time", () => {
    for (const text of ["12:60:00", "12:30:60", "12:3", "1:2:3:4", "::"]) assert.equal(parseQuantity(text, time), undefined, text);
  });

  test("says what stood in the way", () => {
    assert.deepEqual(readQuantity("1,014 %").trouble, { kind: "ambiguous", options: ["1014", "1.014"] });
    assert.deepEqual(readQuantity("1e400").trouble, { kind: "range" });
    assert.deepEqual(readQuantity("12:30:00").trouble, { kind: "clock", hours: 12.5 });
    assert.deepEqual(readQuantity("7B").trouble, { kind: "billions", number: "7" });
    assert.deepEqual(readQuantity("9007199254740993").trouble, { kind: "inexact" });
    assert.deepEqual(readQuantity("soon"), {});
  });

  test("a percentage is exactly the number that was written, divided by a hundred", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (thousandths) =>
        assert.equal(parseQuantity(`${thousandths / 1000}%`)?.value, thousandths / 1000 / 100),
      ),
    );
  });

  test("never answers with a number that is not finite", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9.,eE+\-:_' %hmsKMGB^x→±()n=/]{0,14}$/), (text) => {
        for (const hint of [{}, time, size]) {
          const found = parseQuantity(text, hint);
          if (found) assert.ok(Number.isFinite(found.value), text);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("isAbsent, isPlaceholder, isDiverged", () => {
  test("know the words for nothing", () => {
    for (const text of ["", "  ", "~", "null", "NULL", "N/A", "n/a", "NA", "None", "-", "--", "–", "—"]) {
      assert.equal(isAbsent(text), true, text);
      assert.equal(isPlaceholder(text), false, text);
    }
  });

  test("know what a template leaves behind", () => {
    for (const text of [
      "[X%]",
      "X%",
      "[Y%]",
      "XX.X%",
      "[your text]",
      "<value>",
      "{value}",
      "TBD",
      "todo",
      "?",
      "…",
      "...",
      "[X%] → [Y%]",
      "[X] -> [Y]",
    ]) {
      assert.equal(isPlaceholder(text), true, text);
      assert.equal(isAbsent(text), true, text);
    }
  });

  test("know the words for a run that diverged", () => {
    for (const text of [".nan", ".NaN", "NaN", "nan", "inf", "-inf", "+inf", ".inf", "-.inf", "Infinity", "-Infinity", "−∞", "diverged"]) {
      assert.equal(isDiverged(text), true, text);
      assert.equal(isAbsent(text), false, text);
    }
  });

  test("leave values alone", () => {
    for (const text of ["0", "0.38", "-1", "x", "info", "nano", "87%", "[512, 256]", "a ? b", "85.5% → [Y%]", "<3", "not a fluke", "-."]) {
      assert.equal(isAbsent(text), false, text);
      assert.equal(isDiverged(text), false, text);
    }
  });
});

describe("splitArrow", () => {
  test("takes the two sides apart, whichever arrow was typed", () => {
    for (const arrow of ["->", "→", "=>", "-->", "⇒"]) {
      assert.deepEqual(splitArrow(`85.5% ${arrow} 87.2%`), { from: "85.5%", to: "87.2%" });
      assert.deepEqual(splitArrow(`85.5%${arrow}87.2%`), { from: "85.5%", to: "87.2%" });
    }
  });

  test("keeps negative numbers and spreads whole", () => {
    assert.deepEqual(splitArrow("-3 -> -1"), { from: "-3", to: "-1" });
    assert.deepEqual(splitArrow("0.81 (+- 0.02) -> 0.82 (+- 0.019)"), { from: "0.81 (+- 0.02)", to: "0.82 (+- 0.019)" });
    assert.deepEqual(splitArrow("0.81 (-/+ 0.02) -> 0.82 (+/- 0.019)"), { from: "0.81 (-/+ 0.02)", to: "0.82 (+/- 0.019)" });
  });

  test("leaves out a difference written behind, which is for readers", () => {
    for (const delta of ["(+1.7%)", "(-1.7 pp)", "(+2.0% rel)", "(−3)"])
      assert.deepEqual(splitArrow(`1 → 2 ${delta}`), { from: "1", to: "2" });
    assert.deepEqual(splitArrow("1 → 2 (best)"), { from: "1", to: "2 (best)" });
  });

  test("accepts a side that is not written yet, and no second arrow", () => {
    assert.deepEqual(splitArrow("85.5% →"), { from: "85.5%", to: "" });
    assert.equal(splitArrow("1 -> 2 -> 3"), undefined);
    assert.equal(splitArrow("1 -> 2 → 3"), undefined);
    assert.equal(splitArrow("0.38"), undefined);
  });
});

describe("hostile text", () => {
  const long = 100_000;
  const repeated = [
    "1",
    "1,",
    "1.",
    "1_",
    " ",
    "\u00a0",
    "1 ",
    "1h",
    "1h ",
    "-",
    "+-",
    "(",
    "((+",
    "[",
    "e+1",
    "1e1",
    "%",
    "a/",
    "->",
    "→ ",
    "X",
    "x1",
    "1:",
    "±1",
    "'1",
    "0x",
    "^1",
    "n=",
    "\u200b",
    "，１",
  ];
  test("of 100 KB costs less than 50 ms a reading", () => {
    for (const piece of repeated) {
      for (const text of [
        piece.repeat(long / piece.length),
        `1${piece.repeat(long / piece.length)}!`,
        `${piece.repeat(long / piece.length)} ,`,
      ]) {
        for (const read of [parseQuantity, isAbsent, isPlaceholder, isDiverged, splitArrow] as readonly ((text: string) => unknown)[]) {
          const spent = fastest(() => read(text));
          assert.ok(spent < 50, `${read.name} ${JSON.stringify(text.slice(0, 8))}: ${spent} ms`);
        }
      }
    }
  });
});
