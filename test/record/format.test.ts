import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { decimalsOf, durationUnit, formatDelta, formatNumber, formatQuantity, formatReading, sizeUnit } from "../../src/record/format.ts";
import { parseQuantity } from "../../src/record/quantity.ts";
import { parseReading, readingOf } from "../../src/record/reading.ts";
import { tree } from "../../src/record/tree.ts";
import { fastest } from "../support/fastest.ts";

describe("formatNumber", () => {
  for (const [value, digits, text] of [
    [0.872, undefined, "0.872"],
    [0.1 + 0.2, undefined, "0.3"],
    [1 / 3, undefined, "0.333333"],
    [85.5, 1, "85.5"],
    [85.5, 3, "85.500"],
    [9999, undefined, "9999"],
    [10000, undefined, "10,000"],
    [999999, 0, "999,999"],
    [12345.678, 1, "12,345.7"],
    [1e6, undefined, "1e6"],
    [1234567, undefined, "1.23457e6"],
    [0.0003, undefined, "3e-4"],
    [-0.00034, 5, "-3.4e-4"],
    [0.0004, 2, "≈ 0"],
    [0, undefined, "0"],
    [0, 2, "0.00"],
    [-0, 1, "0.0"],
    [-0.001, 2, "≈ 0"],
    [Number.NaN, undefined, "diverged"],
    [Number.POSITIVE_INFINITY, 2, "diverged"],
  ] as const) {
    test(`shows ${value}${digits === undefined ? "" : ` with ${digits} decimals`} as ${text}`, () =>
      assert.equal(formatNumber(value, digits), text));
  }
});

describe("formatQuantity", () => {
  for (const [value, unit, decimals, text] of [
    [0.872, "%", undefined, "87.2%"],
    [0.07, "%", undefined, "7%"],
    [0.872, "%", 2, "87.20%"],
    [5760, "h", undefined, "1.6 h"],
    [2700, "minutes", undefined, "45 minutes"],
    [0.35, "ms", undefined, "350 ms"],
    [16e9, "GB", undefined, "16 GB"],
    [2 ** 29, "MiB", undefined, "512 MiB"],
    [524_000, "K", undefined, "524K"],
    [4, "x", undefined, "4x"],
    [120, "it/s", undefined, "120 it/s"],
    [0.42, "$", 2, "$0.42"],
    [-5, "€", undefined, "-€5"],
    [0.38, undefined, undefined, "0.38"],
    [0.0000001, "%", undefined, "1e-5%"],
    [Number.NaN, "%", 1, "diverged"],
  ] as const) {
    test(`shows ${value} in ${unit ?? "no unit"} as ${text}`, () => assert.equal(formatQuantity(value, unit, { decimals }), text));
  }

  test("writes the minus of typesetters only on screens", () => {
    assert.equal(formatQuantity(-0.5), "-0.5");
    assert.equal(formatQuantity(-0.5, undefined, { screen: true }), "−0.5");
    assert.equal(formatQuantity(3e-7, "s", { screen: true }), "3e−7 s");
  });

  test("shows what parseQuantity reads back as the same value", () => {
    const units = fc.constantFrom("%", "h", "min", "ms", "GB", "MiB", "K", "x", "$", "points", "tok/s", undefined);
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(5), units, fc.boolean(), (digits, decimals, unit, screen) => {
        const written = Number(`${digits}e-${decimals}`);
        const value = parseQuantity(unit === "$" ? `$${written}`.replace("$-", "-$") : `${written} ${unit ?? ""}`)?.value ?? Number.NaN;
        const shown = formatQuantity(value, unit, { screen });
        const back = parseQuantity(shown);
        const ambiguous = /^-?\d{1,3},\d{3}(?!\d|,|\.)/.test(shown.replace(/[$−]/g, ""));
        if (!ambiguous) assert.ok(Math.abs((back?.value ?? Number.NaN) - value) <= Math.abs(value) * 1e-5, `${written} ${unit}: ${shown}`);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("formatDelta", () => {
  for (const [before, after, unit, decimals, absolute, relative] of [
    [0.855, 0.872, "%", undefined, "+1.7 pp", "+2.0% rel"],
    [0.872, 0.855, "%", undefined, "-1.7 pp", "-1.9% rel"],
    [0.855, 0.8725, "%", 1, "+1.8 pp", "+2.0% rel"],
    [7200, 5760, "h", undefined, "-0.4 h", "-20.0% rel"],
    [0.41, 0.38, undefined, undefined, "-0.03", "-7.3% rel"],
    [16e9, 32e9, "GB", undefined, "+16 GB", "+100% rel"],
    [-2, -1, undefined, undefined, "+1", "+50.0% rel"],
    [1, 1.004, undefined, 2, "≈ 0", "+0.4% rel"],
    [0.2077, 0.2079, undefined, 4, "+0.0002", "+0.1% rel"],
    [2e-4, 3e-4, undefined, 4, "+1e-4", "+50.0% rel"],
    [1, 1.0001, undefined, 1, "≈ 0", "≈ 0% rel"],
    [0.855, 0.855, "%", 1, "0.0 pp", "0.0% rel"],
    [0, 5, undefined, undefined, "+5", undefined],
    [1, 2, "$", 2, "+$1.00", "+100% rel"],
    [Number.NaN, 1, undefined, undefined, "diverged", undefined],
  ] as const) {
    test(`of ${before} and ${after}${unit ? ` in ${unit}` : ""} is ${absolute}`, () => {
      assert.deepEqual(formatDelta(before, after, unit, { decimals }), relative === undefined ? { absolute } : { absolute, relative });
    });
  }

  test("uses the minus of typesetters on screens", () => {
    assert.deepEqual(formatDelta(2, 1, undefined, { screen: true }), { absolute: "−1", relative: "−50.0% rel" });
  });

  test("is signed whenever it is not zero, and zero never is", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.nat(4),
        (before, after, decimals) => {
          const { absolute } = formatDelta(before, after, undefined, { decimals });
          assert.match(absolute, /^(?:[+-](?=.*[1-9])|≈ 0$|0(?:\.0+)?$)/, absolute);
          if (absolute.startsWith("+")) assert.ok(after > before);
          if (absolute.startsWith("-")) assert.ok(after < before);
        },
      ),
    );
  });
});

describe("decimalsOf", () => {
  for (const [text, decimals] of [
    ["87.2%", 1],
    ["1.10", 2],
    ["64", 0],
    ["1.0e-3", 4],
    ["3e5", 0],
    ["0,38", 2],
    ["1,014.45", 2],
    ["1.014,45", 2],
    ["８７．２％", 1],
    ["87.2%, 87.05%, ~", 2],
    ["0.38 ± 0.01 (n=3)", 2],
    ["872/1000", 3],
    ["2h46m", 2],
    ["12:30:00", 2],
    ["", 0],
    ["~", 0],
  ] as const) {
    test(`of ${JSON.stringify(text)} is ${decimals}`, () => assert.equal(decimalsOf(text), decimals));
  }

  test("costs less than 50 ms for 100 KB", () => {
    for (const piece of ["1", "1,", "1 ", " ", ".", "1e", "1 x ", "d", "1m"]) {
      assert.ok(fastest(() => decimalsOf(piece.repeat(100_000))) < 50, piece);
    }
  });
});

describe("formatReading", () => {
  const shown = (value: string | (string | number | null)[]) => {
    const { reading } = parseReading(tree(value), "score");
    assert.ok(reading);
    return formatReading(reading);
  };

  for (const [value, text] of [
    ["87.2%", "87.2%"],
    ["1.10", "1.10"],
    ["1.6 h", "1.6 h"],
    ["2h46m", "2.77 h"],
    ["872/1000", "0.872"],
    ["0.38 ± 0.01 (n=3)", "0.38 ± 0.01, n = 3"],
    ["0.38 ± 0.01", "0.38"],
    ["0.38 (n=3)", "0.38, n = 3"],
    ["nan", "diverged"],
    ["~2.10*", "~2.10*"],
  ] as const) {
    test(`shows ${value} as ${text}`, () => assert.equal(shown(value), text));
  }

  test("shows repeats with their spread and n, and no more digits than the spread supports", () => {
    assert.equal(shown(["87.2%", "87.0%", "87.5%"]), "87.2% ± 0.3, n = 3");
    assert.equal(shown(["0.3801", "0.3899"]), "0.3850 ± 0.0069, n = 2");
    assert.equal(shown([0, 1, 1]), "0.67 ± 0.58, n = 3");
    assert.equal(shown([5, 5]), "5.00 ± 0.00, n = 2");
  });

  test("says how many repeats diverged", () => {
    assert.equal(shown([0.5, "nan"]), "0.5, 1 diverged");
    assert.equal(shown([0.5, 0.7, "inf"]), "0.60 ± 0.14, n = 2, 1 diverged");
  });

  test("never hides a spread behind zeros", () => {
    assert.equal(formatReading(readingOf([0.5, 0.50001]), { decimals: 2 }), "0.50 ± 7e-6, n = 2");
  });

  test("never shows a spread without n", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ noDefaultInfinity: true }), { nil: null }), { minLength: 1, maxLength: 5 }), (values) => {
        const text = formatReading(readingOf(values));
        if (text.includes("±")) assert.match(text, /, n = \d/);
        assert.doesNotMatch(
          text,
          /NaN|undefined|Infinity/.test(text) && values.every((value) => value === null) ? /^$/ : /undefined|Infinity/,
        );
      }),
    );
  });
});

describe("units of columns", () => {
  test("follow the median, so that digits compare", () => {
    assert.equal(durationUnit([5760, 6120, 30]), "h");
    assert.equal(durationUnit([300, 400, 90000]), "min");
    assert.equal(durationUnit([2, 3]), "s");
    assert.equal(durationUnit([0.002, 0.35]), "ms");
    assert.equal(durationUnit([400_000, 500_000]), "d");
    assert.equal(durationUnit([0, Number.NaN]), "s");
    assert.equal(sizeUnit([16e9, 12e9, 500]), "GB");
    assert.equal(sizeUnit([12]), "B");
    assert.equal(sizeUnit([]), "B");
  });
});
