import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { Reading } from "../../src/record/experiment.ts";
import { holdsPlaceholder, parseMetric, parseReading, readingOf } from "../../src/record/reading.ts";
import { type Json, type Scalar, tree } from "../../src/record/tree.ts";
import { fastest } from "../support/fastest.ts";

function scalar(source: string, start = 0): Scalar {
  return { kind: "scalar", value: source, source, style: "plain", start, end: start + source.length };
}

function read(value: Json, name = "val_accuracy") {
  const { reading, problems } = parseReading(typeof value === "string" ? scalar(value) : tree(value), name);
  return { reading, codes: problems.map(({ code }) => code) };
}

/** The reading without its text. */
function numbers(value: Json, name?: string) {
  const { reading, codes } = read(value, name);
  assert.deepEqual(codes, []);
  assert.ok(reading);
  const { text: _, ...rest } = reading;
  return rest;
}

describe("parseReading of one value", () => {
  test("is one slot in the canonical unit, with the unit and the text as written", () => {
    assert.deepEqual(read("87.2%").reading, { values: [0.872], mean: 0.872, n: 1, diverged: 0, unit: "%", text: "87.2%" });
    assert.deepEqual(read("1.0e-3").reading, { values: [0.001], mean: 0.001, n: 1, diverged: 0, text: "1.0e-3" });
    assert.deepEqual(read(0.38).reading, { values: [0.38], mean: 0.38, n: 1, diverged: 0, text: "0.38" });
  });

  test("reads clock times and minutes only where the name says that it is a time", () => {
    assert.deepEqual(numbers("12:30:00", "training_time").mean, 45000);
    assert.deepEqual(numbers("5 m", "training_time").mean, 300);
    assert.deepEqual(read("12:30:00").codes, ["record/unreadable-value"]);
  });

  test("keeps the unit that the name of the metric ends in", () => {
    for (const value of [35, "35 ms", "0.035 s"]) assert.ok(Math.abs((numbers(value, "latency_ms").mean ?? 0) - 35) < 1e-9);
    assert.equal(numbers("35 ms", "latency_ms").unit, undefined);
    assert.equal(numbers("14 GB", "peak_memory_mb").mean, 14000);
    assert.equal(numbers("87.2%", "acc_pct").mean, 87.2);
  });

  test("counts successes of trials", () => {
    assert.deepEqual(numbers("872/1000"), { values: [0.872], mean: 0.872, n: 1, diverged: 0, count: { successes: 872, trials: 1000 } });
    assert.deepEqual(numbers("0 / 5").mean, 0);
    for (const text of ["5/0", "6/5", "1/2/3", "1.5/2"]) assert.deepEqual(read(text).codes, ["record/unreadable-value"], text);
  });

  test("marks what is not finite as diverged and gives it no mean", () => {
    for (const text of [".nan", "inf", "-inf", "NaN"]) assert.deepEqual(numbers(text), { values: [null], n: 0, diverged: 1 }, text);
  });

  test("is nothing where nothing was recorded", () => {
    for (const value of [null, "~", "N/A", "-", "TBD", "[X%]", [], [null, "~"], ["X%"], {}, { mean: null }] as Json[]) {
      assert.deepEqual(read(value), { reading: undefined, codes: [] }, JSON.stringify(value));
    }
  });

  test("keeps what is odd as text, and names it", () => {
    for (const [text, code] of [
      ["~2.10*", "record/unreadable-value"],
      ["1.5040-55", "record/unreadable-value"],
      ["64,", "record/trailing-comma"],
      ["87.2% ,", "record/trailing-comma"],
      ["0.38, 0.39,", "record/trailing-comma"],
      ["1,014", "record/ambiguous-number"],
      ["7B", "record/ambiguous-number"],
      ["1e400", "record/out-of-range"],
      ["failed", "record/unreadable-value"],
    ] as const) {
      const { reading, codes } = read(text);
      assert.deepEqual(reading, { values: [], n: 0, diverged: 0, text }, text);
      assert.deepEqual(codes, [code], text);
    }
    assert.deepEqual(read(true).codes, ["record/unreadable-value"]);
  });

  test("uses the nearest number of a huge integer and says so", () => {
    const { reading, codes } = read("9007199254740993");
    assert.equal(reading?.mean, 9007199254740992);
    assert.equal(reading?.text, "9007199254740993");
    assert.deepEqual(codes, ["record/inexact-integer"]);
  });

  test("places its problems where the value starts", () => {
    assert.equal(parseReading(scalar("64,", 117), "x").problems[0]?.offset, 117);
  });

  test("gives a hint to paste", () => {
    const hint = (text: string) => parseReading(scalar(text), "x").problems[0]?.hint ?? "";
    assert.match(hint("64,"), /`64`/);
    assert.match(hint("1,014"), /`1014` or `1\.014`/);
    assert.match(hint("12:30:00"), /`12\.5 h`/);
    assert.match(hint("7B"), /`7e9` or `7 bytes`/);
    assert.match(hint("crashed"), /`status: failed`/);
  });
});

describe("parseReading of a written summary", () => {
  const wanted = { values: [], mean: 0.38, sd: 0.01, n: 3, diverged: 0 };
  for (const text of [
    "0.38 ± 0.01 (n=3)",
    "0.38±0.01 (n = 3)",
    "0.38 +- 0.01, n=3",
    "0.38 +/- 0.01 (n=3)",
    "0.38 (+- 0.01), n = 3",
    "(0.38 ± 0.01) (n=3)",
    "0.38 (± 0.01) (n=3)",
    "0.38 ± 0.01 (3 seeds)",
    "0,38 ± 0,01 (n=3)",
  ]) {
    test(`reads ${text}`, () => assert.deepEqual(numbers(text), wanted));
  }

  test("reads the map of a summary, under its other names too", () => {
    assert.deepEqual(numbers({ mean: 0.38, sd: 0.01, n: 3 }), wanted);
    assert.deepEqual(numbers({ average: 0.38, std: 0.01, n: "3" }), wanted);
    assert.deepEqual(numbers({ values: [1, 2, 3] }), { values: [1, 2, 3], mean: 2, sd: 1, n: 3, diverged: 0 });
    assert.deepEqual(numbers({ value: 87.2, unit: "%" }), { values: [0.872], mean: 0.872, n: 1, diverged: 0, unit: "%" });
  });

  test("gives both the unit of one", () => {
    assert.deepEqual(numbers("87.2% ± 0.3, n = 3"), { values: [], mean: 0.872, sd: 0.003, n: 3, diverged: 0, unit: "%" });
    assert.deepEqual(numbers("2.0 ± 0.1 h (n=5)"), { values: [], mean: 7200, sd: 360, n: 5, diverged: 0, unit: "h" });
    assert.deepEqual(numbers("2 h ± 6 min (n=5)"), { values: [], mean: 7200, sd: 360, n: 5, diverged: 0, unit: "h" });
  });

  test("does not use a spread without n", () => {
    for (const text of ["0.38 ± 0.01", "0.38 +- 0.01", "0.38 (+- 0.01)"]) {
      const { reading, codes } = read(text);
      assert.deepEqual(reading, { values: [], mean: 0.38, n: 1, diverged: 0, text }, text);
      assert.deepEqual(codes, ["record/spread-without-n"]);
    }
  });

  test("accepts n without a spread", () => {
    assert.deepEqual(numbers("0.38 (n=3)"), { values: [], mean: 0.38, n: 3, diverged: 0 });
  });

  test("names a summary that makes no sense", () => {
    for (const value of ["0.38 ± x (n=3)", "± 0.01", "0.38 ± -1 (n=3)", "0.38 ± 0.01 (n=0)", "0.872 ± 0.3% (n=3)", "5 h ± 3 GB (n=2)"]) {
      const { reading, codes } = read(value);
      assert.equal(reading?.mean, undefined, value);
      assert.deepEqual(codes, ["record/unreadable-value"], value);
    }
    assert.deepEqual(read({ sd: 0.1 }).codes, ["record/unreadable-value"]);
    assert.deepEqual(read({ mean: 0.38, sd: 0.1, n: "many" }).codes, ["record/unreadable-value", "record/spread-without-n"]);
    assert.deepEqual(read({ mean: 0.38, sdev: 0.1 }).codes, ["record/unknown-metric-key"]);
  });
});

describe("parseReading of a list", () => {
  test("has one slot per repeat, null where there is no value", () => {
    assert.deepEqual(numbers(["87.2%", "87.0%", null]), {
      values: [0.872, 0.87, null],
      mean: 0.871,
      sd: 0.0014142135623730963,
      n: 2,
      diverged: 0,
      unit: "%",
    });
    assert.equal(read(["87.2%", "87.0%", null]).reading?.text, "87.2%, 87.0%, ~");
  });

  test("counts diverged slots apart", () => {
    assert.deepEqual(numbers([0.5, "nan", "inf", null]), { values: [0.5, null, null, null], mean: 0.5, n: 1, diverged: 2 });
  });

  test("keeps the slot of an unreadable value empty, and names it at its place", () => {
    const list = { kind: "list" as const, items: [scalar("0.5", 10), scalar("~0.6", 15)], start: 9, end: 20 };
    const { reading, problems } = parseReading(list, "x");
    assert.deepEqual(reading?.values, [0.5, null]);
    assert.deepEqual(
      problems.map(({ code, offset }) => [code, offset]),
      [["record/unreadable-value", 15]],
    );
    assert.deepEqual(read([0.5, [0.6]]).codes, ["record/unreadable-value"]);
  });

  test("reads a list without brackets, where commas cannot be decimal", () => {
    assert.deepEqual(numbers("0.38, 0.40"), { values: [0.38, 0.4], mean: 0.39, sd: 0.014142135623730963, n: 2, diverged: 0 });
    assert.equal(numbers("1,5, 2,5").mean, 2);
    assert.equal(read("0.38, good").reading?.mean, undefined);
    for (const text of ["0.38,  ~", "0.38,0.40", "0.38, (0.40)", "0.38, , 0.40", ", 0.38"])
      assert.equal(read(text).reading?.n, text.includes("~") ? 1 : 0, text);
  });

  test("names units that do not go together", () => {
    for (const value of [
      ["1.6 h", 96],
      ["87.2%", 87],
      ["5 points", "3 it/s"],
      ["1 h", "1 GB"],
    ])
      assert.deepEqual(read(value).codes, ["record/mixed-units"], String(value));
    for (const value of [
      ["1.6 h", "96 min"],
      ["87.2%", 0.87],
      [0, "5%"],
      ["524K", 1000],
      [0.5, 7],
    ])
      assert.deepEqual(read(value).codes, [], String(value));
  });

  test("has the spread of repeats only, and none where they are equal", () => {
    assert.equal(numbers([0.1]).sd, undefined);
    assert.deepEqual(numbers([0.1, 0.1, 0.1]), { values: [0.1, 0.1, 0.1], mean: 0.1, sd: 0, n: 3, diverged: 0 });
  });
});

describe("readingOf", () => {
  test("has a mean between least and most and a spread that fits it, at any size", () => {
    const value = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 6 }), (values) => {
        const { mean = Number.NaN, sd = Number.NaN, n } = readingOf(values);
        const [least, most] = [Math.min(...values), Math.max(...values)];
        const slack = Math.max(Math.abs(least), Math.abs(most)) * 1e-12;
        assert.equal(n, values.length);
        assert.ok(mean >= least - slack && mean <= most + slack, String(mean));
        assert.ok(sd >= 0 && sd / 2 <= most / 2 - least / 2 + slack, String(sd));
      }),
    );
  });

  test("counts what is not finite as diverged, and writes a text that reads back", () => {
    const reading = readingOf([0.872, Number.NaN, null], "%");
    assert.deepEqual(reading, { values: [0.872, null, null], mean: 0.872, n: 1, diverged: 1, unit: "%", text: "87.2%, NaN, ~" });
    assert.deepEqual(read(reading.text).reading, reading);
  });
});

describe("parseMetric", () => {
  function metric(value: Json | Scalar, name = "val_accuracy") {
    const node =
      typeof value === "string"
        ? scalar(value)
        : value !== null && typeof value === "object" && "kind" in value
          ? (value as Scalar)
          : tree(value as Json);
    const found = parseMetric(name, node);
    const means = [found.metric.before, found.metric.after].map((side?: Reading) => side?.mean);
    return { metric: found.metric, means, codes: found.problems.map(({ code }) => code) };
  }

  test("takes a value alone for after", () => {
    assert.deepEqual(metric("87.2%").means, [undefined, 0.872]);
    assert.deepEqual(metric([0.5, 0.7]).means, [undefined, 0.6]);
    assert.deepEqual(metric({ mean: 0.38, sd: 0.01, n: 3 }).means, [undefined, 0.38]);
    assert.equal(metric("87.2%").metric.name, "val_accuracy");
  });

  test("takes an arrow for before and after", () => {
    assert.deepEqual(metric("85.5% → 87.2%").means, [0.855, 0.872]);
    assert.deepEqual(metric("85.5% -> 87.2% (+1.7%)").means, [0.855, 0.872]);
    assert.deepEqual(metric("0.81 ± 0.02 (n=3) -> 0.82 ± 0.01 (n=3)").means, [0.81, 0.82]);
    assert.deepEqual(metric("85.5% →").means, [0.855, undefined]);
    assert.deepEqual(metric("[X%] → [Y%]"), { metric: { name: "val_accuracy" }, means: [undefined, undefined], codes: [] });
    assert.deepEqual(metric("1 -> 2 -> 3").codes, ["record/unreadable-value"]);
  });

  test("takes a map apart, with its step and pick", () => {
    const found = metric({ before: "85.5%", after: ["87.2%", "87.0%"], step: "4,000.0", pick: "best" });
    assert.deepEqual(found.means, [0.855, 0.871]);
    assert.equal(found.metric.step, 4000);
    assert.equal(found.metric.pick, "best");
    assert.deepEqual(found.codes, []);
    assert.deepEqual(metric({ from: 1, to: 2 }).means, [1, 2]);
    const alone = metric({ value: 0.5, step: 12 });
    assert.deepEqual([alone.means, alone.metric.step, alone.codes], [[undefined, 0.5], 12, []]);
  });

  test("reads a unit written beside the values", () => {
    assert.deepEqual(metric({ before: 85.5, after: [87.2, null], unit: "%" }).means, [0.855, 0.872]);
    assert.deepEqual(metric({ after: 2, unit: "h" }).means, [undefined, 7200]);
    assert.deepEqual(metric({ after: "90 s", unit: "h" }).means, [undefined, 90]);
    assert.deepEqual(metric({ after: 0.87, unit: "%" }).codes, ["record/ambiguous-number"]);
  });

  test("names sides that do not share a unit, and keys that are none", () => {
    assert.deepEqual(metric("85.5% -> 87.2").codes, ["record/mixed-units"]);
    assert.deepEqual(metric({ before: "2 h", after: 96 }).codes, ["record/mixed-units"]);
    assert.deepEqual(metric({ befor: 0.5, after: 0.6 }).codes, ["record/unknown-metric-key"]);
    assert.match(parseMetric("x", tree({ befor: 0.5, after: 0.6 })).problems[0]?.hint ?? "", /`before`/);
    assert.deepEqual(metric({ after: 1, step: "soon" }).codes, ["record/unreadable-value"]);
  });

  test("does not take keys of objects for its own", () => {
    const node = tree(JSON.parse('{"__proto__": {"mean": 1}, "constructor": 2, "toString": 4, "after": 3}') as Json);
    const { metric: found, problems } = parseMetric("x", node);
    assert.equal(found.after?.mean, 3);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["record/unknown-metric-key", "record/unknown-metric-key", "record/unknown-metric-key"],
    );
    assert.equal(({} as { mean?: number }).mean, undefined);
  });

  test("reads a zero without a sign, which JSON would lose", () => {
    for (const text of ["-0", "-0.0%", "-0 h", "-1e-323 %"]) assert.ok(Object.is(parseMetric("x", tree(text)).metric.after?.mean, 0), text);
    assert.ok(Object.is(parseMetric("x", tree([-0, 0])).metric.after?.values[0], 0), "in a list");
  });

  test("never throws and never gives a number that is not finite", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9.,eE+\-:~→>±()n=[\]%hKB/ ]{0,20}$/));
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("before", "after", "mean", "sd", "n", "values", "step", "unit"), tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.constantFrom("x", "training_time", "latency_ms", "peak_memory"), (data, name) => {
        const { metric: found } = parseMetric(name, tree(data as Json));
        for (const side of [found.before, found.after]) {
          if (!side) continue;
          for (const number of [...side.values, side.mean ?? 0, side.sd ?? 0, side.n])
            assert.ok(number === null || Number.isFinite(number), JSON.stringify(data));
          assert.deepEqual(JSON.parse(JSON.stringify(side)), side);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("costs less than 50 ms for 100 KB of hostile text", () => {
    for (const piece of ["1, ", "1 ", " ", ", ", "±", "+-1", "(n=", "n=1", "->", "1->", "(+", "1/", ",", "\u00a0", "[X%] ", "0.5,\u00a0"]) {
      for (const text of [
        piece.repeat(100_000 / piece.length),
        `1 ${piece.repeat(100_000 / piece.length)}x,`,
        `1 → ${piece.repeat(100_000 / piece.length)}(+`,
      ]) {
        const spent = fastest(() => parseMetric("training_time", scalar(text)));
        assert.ok(spent < 50, `${JSON.stringify(text.slice(0, 8))}: ${spent} ms`);
      }
    }
  });
});

describe("holdsPlaceholder", () => {
  test("finds what a template left, at any depth", () => {
    for (const value of ["[X%]", "85.5% → [Y%]", ["X%"], { before: "85%", after: "TBD" }] as Json[])
      assert.equal(holdsPlaceholder(tree(value)), true, JSON.stringify(value));
    for (const value of ["87%", null, "~", [1, 2], { after: 1 }] as Json[])
      assert.equal(holdsPlaceholder(tree(value)), false, JSON.stringify(value));
  });
});
