import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { decimalsIn, foldNumberText, groupThousands, scanNumber, shortest } from "../../src/base/number.ts";

function value(text: string): number | undefined {
  const found = scanNumber(foldNumberText(text));
  return found?.rest === "" ? found.value : undefined;
}

describe("scanNumber", () => {
  for (const [text, expected] of [
    ["0.38", 0.38],
    [".5", 0.5],
    ["5.", 5],
    ["+1.7", 1.7],
    ["-0", 0],
    ["0123456", 123456],
    ["1.0e-3", 0.001],
    ["1E5", 1e5],
    ["1_000_000", 1e6],
    ["0x1F", 31],
    ["-0x10", -16],
    ["0o17", 15],
    ["2^16", 65536],
    ["-2^2", -4],
    ["10^-3", 0.001],
    ["1.2×10^-3", 0.0012],
    ["1.2 x 10^5", 120_000],
    ["1,014.45", 1014.45],
    ["1,234,567", 1_234_567],
    ["1'014.45", 1014.45],
    ["1\u202f014,45", 1014.45],
    ["1.014,45", 1014.45],
    ["0,38", 0.38],
    ["0,385", 0.385],
    ["12,5", 12.5],
    ["1234,567", 1234.567],
    ["−0.5", -0.5],
    ["–0.5", -0.5],
    ["８７．２", 87.2],
    ["\u200b0.5\ufeff", 0.5],
    ["4e-320", 4e-320],
  ] as const) {
    test(`reads ${JSON.stringify(text)}`, () => assert.equal(value(text), expected));
  }

  for (const text of [
    "",
    "-",
    ".",
    "e5",
    "abc",
    "1__0",
    "1_",
    "1,2,3",
    "12,34,567",
    "1.2.3",
    "1 000",
    "0b11",
    "0x",
    "1,0145,000",
    "--1",
    "1e",
    "2^",
    "x".repeat(500),
    "1".repeat(500),
  ]) {
    test(`takes no number from ${JSON.stringify(text.slice(0, 12))}`, () => assert.equal(value(text), undefined));
  }

  test("names both meanings of one comma before three digits", () => {
    assert.deepEqual(scanNumber("-1,014"), { trouble: { kind: "ambiguous", options: ["-1014", "-1.014"] }, rest: "" });
  });

  test("refuses what a number cannot hold, however small", () => {
    for (const text of ["1e400", "-1e400", "12e4567", "2^5000", "1e-400", `1e${"9".repeat(300)}`]) {
      assert.deepEqual(scanNumber(text), { trouble: { kind: "range" }, rest: "" }, text.slice(0, 20));
    }
    assert.equal(value("0e-999"), 0);
  });

  test("says that an integer beyond 2^53 is only nearly that number", () => {
    assert.deepEqual(scanNumber("9007199254740993"), { value: 9007199254740992, trouble: { kind: "inexact" }, rest: "" });
    assert.equal(scanNumber("9007199254740991")?.trouble, undefined);
    assert.equal(scanNumber("1e300")?.trouble, undefined);
  });

  test("leaves what follows", () => {
    assert.equal(scanNumber("87.2 %")?.rest, " %");
    assert.equal(scanNumber("1e-3x")?.rest, "x");
    assert.equal(scanNumber("64,")?.rest, ",");
    assert.equal(scanNumber("1.5040-55")?.rest, "-55");
  });

  test("reads every number that JavaScript writes as the same number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
        assert.equal(value(String(number)), number === 0 ? 0 : number),
      ),
    );
  });
});

describe("number text", () => {
  test("counts the decimals of each number", () => {
    assert.deepEqual(decimalsIn("87.2% → 1.0e-3, 64 and 0,385 or 1.014,45"), [1, 4, 0, 3, 2]);
    assert.deepEqual(decimalsIn("1e5 1.2×10^-3 1,014.450"), [0, 4, 3]);
    assert.deepEqual(decimalsIn("none"), []);
  });

  test("groups from 10,000 on", () => {
    assert.deepEqual(["9999", "10000", "-1234567.891", "12e5", "0.12345"].map(groupThousands), [
      "9999",
      "10,000",
      "-1,234,567.891",
      "12e5",
      "0.12345",
    ]);
  });

  test("leaves out the dust of binary fractions", () => {
    assert.deepEqual(
      [0.1 + 0.2, 1 / 3, 123456789, 0].map((number) => shortest(number)),
      ["0.3", "0.333333", "123457000", "0"],
    );
  });
});
