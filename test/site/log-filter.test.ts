// The filter box of the log without a browser: parts, completions, cures, ranges.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { accept, complete, type Known, nameWord } from "../../site/browser/log/complete.ts";
import { fixOf } from "../../site/browser/log/fix.ts";
import { binOf, bins, edge, histogramOf, sharesOf } from "../../site/browser/log/histogram.ts";
import { boundsTerm, numberText, rangeTerm } from "../../site/browser/log/range.ts";
import { nameText, partsOf, valueText, withoutPart, withTerm } from "../../site/browser/log/terms.ts";
import { JournalError, type Problem } from "../../src/base/problem.ts";
import { compile } from "../../src/query/matcher.ts";
import { parseFilter } from "../../src/query/parser.ts";
import { vocabulary } from "../../src/query/vocabulary.ts";
import type { LogColumn } from "../../src/report/log-row.ts";
import { run, settings } from "../support/run.ts";

const parts = (text: string): readonly string[] => partsOf(parseFilter(text)).map((part) => part.text);

describe("the parts of a filter", () => {
  test("are what `and` joins", () => {
    assert.deepEqual(parts('a > 1 and tag:"x and y" not b = 2'), ["a > 1", 'tag:"x and y"', "not b = 2"]);
    assert.deepEqual(parts("(a = 1 or b = 2) and not (c = 3)  d = 2 h"), ["(a = 1 or b = 2)", "not (c = 3)", "d = 2 h"]);
    assert.deepEqual(parts("a = 1 or b = 2"), ["a = 1 or b = 2"]);
    assert.deepEqual(parts("((a = 1)) && ((b = 2))"), ["((a = 1))", "((b = 2))"]);
    assert.deepEqual(parts("  "), []);
  });

  test("mean the same alone as together", () => {
    const term = fc.constantFrom("a = 1", "not b = 2", '(c = 3 or d ~ "x y")', "((e:5))", "not (f = 1 or g = 2)");
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), fc.constantFrom(" and ", " ", " && ", "  and  "), (terms, joint) => {
        assert.deepEqual(parts(terms.join(joint)), terms);
      }),
    );
  });

  test("can be taken away and put in", () => {
    const filter = parseFilter("a = 1 and b > 2 and not c = 3");
    assert.equal(withoutPart(filter, 1), "a = 1 and not c = 3");
    assert.equal(withTerm(filter, "b", "b = 3..4"), "a = 1 and not c = 3 and b = 3..4");
    assert.equal(withTerm(filter, "b", undefined), "a = 1 and not c = 3");
    assert.equal(withTerm(parseFilter("a = 1 or b = 2"), "a", "a = 2"), "(a = 1 or b = 2) and a = 2");
    assert.equal(withTerm(parseFilter(""), "a", "a = 2"), "a = 2");
  });

  test("hold any name and any value", () => {
    const words = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(words, words, (name, value) => {
        const [part] = partsOf(parseFilter(`${nameText(name)} = ${valueText(value)}`));
        assert.ok(part?.node.kind === "term");
        assert.deepEqual([part.node.name.text, part.node.value.text], [name, value]);
      }),
    );
  });
});

describe("what completes the filter", () => {
  const known: Known = {
    names: [nameWord("val_accuracy", "metric"), nameWord("batch_size", "parameter"), nameWord("f1 (macro)", "metric"), nameWord("tag", "")],
    valuesOf: (name) =>
      name === "tag"
        ? [
            ["sweep", 3],
            ["two words", 1],
          ]
        : name === "batch_size"
          ? [
              ["64", 2],
              ["32", 1],
            ]
          : [],
  };
  const offered = (text: string, caret = text.length): readonly string[] =>
    (complete(text, caret, known)?.words ?? []).map((word) => word.text);

  test("is a name, then a value of it", () => {
    assert.deepEqual(offered("val"), ["val_accuracy"]);
    assert.deepEqual(offered("acc"), ["val_accuracy"]);
    assert.deepEqual(offered("tag:sweep and b"), ["batch_size"]);
    assert.deepEqual(offered("tag:"), ["sweep", '"two words"']);
    assert.deepEqual(offered("tag:two"), ['"two words"']);
    assert.deepEqual(offered('tag:"two w'), ['"two words"']);
    assert.deepEqual(offered("batch_size = "), ["64", "32"]);
    assert.deepEqual(offered("(not batch_size=6"), ["64"]);
    assert.deepEqual(offered("has:f1"), ['"f1 (macro)"']);
  });

  test("is nothing for a word that is whole, and for numbers", () => {
    assert.deepEqual(offered("tag:sweep"), []);
    assert.deepEqual(offered("val_accuracy > "), []);
  });

  test("goes to where the cursor is", () => {
    const text = "val_acc > 1 and tag:x";
    const found = complete(text, 5, known);
    assert.ok(found?.words[0]);
    assert.deepEqual(accept(text, found, found.words[0], " "), { text: "val_accuracy > 1 and tag:x", caret: 13 });
  });
});

describe("a cure for a mistake", () => {
  const files = [run({ config: { lr: 1 }, metrics: { val_accuracy: 1 } })];
  const problemOf = (text: string): Problem => {
    try {
      compile(parseFilter(text), vocabulary(files, settings()));
    } catch (error) {
      if (error instanceof JournalError && error.problems[0] !== undefined) return error.problems[0];
    }
    throw new Error(`${text} is no mistake`);
  };
  const cured = (text: string): string | undefined => fixOf(problemOf(text), text)?.where;

  test("is the word that was meant, in its place", () => {
    assert.equal(cured("tag:x and val_acuracy > 1"), "tag:x and val_accuracy > 1");
    assert.equal(cured("decision:keeep"), "decision:keep");
  });
  test("looks for a bare word", () => assert.equal(cured("cosine"), "text ~ cosine"));
  test("is none where nobody can tell", () => assert.equal(cured("nothing_like_it = 1"), undefined));
});

describe("a histogram", () => {
  const rows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => at);

  test("counts all rows and those that are left", () => {
    const values = Float64Array.from([0, 1, 2, 3, 19.9, 20, Number.NaN]);
    const found = histogramOf(values, Int32Array.from([0, 5, 6]));
    assert.deepEqual([found?.low, found?.high, found?.log], [0, 20, false]);
    assert.equal(
      found?.all.reduce((sum, count) => sum + count),
      6,
    );
    assert.deepEqual([found?.left[0], found?.left[bins - 1]], [1, 1]);
  });

  test("goes by ratio where values span a hundredfold, and reaches no further than the others where one is far out", () => {
    assert.equal(histogramOf(Float64Array.from([0.001, 0.01, 1]), rows(3))?.log, true);
    const far = Float64Array.from([...Array.from({ length: 100 }, (_, at) => at - 50), 1e9]);
    const found = histogramOf(far, rows(101));
    assert.ok((found?.high ?? 0) < 100);
    assert.ok((found?.all[bins - 1] ?? 0) >= 2);
  });

  test("is none of one value, of none, or of nothing but absence", () => {
    for (const values of [[], [1], [2, 2], [Number.NaN, Number.NaN]])
      assert.equal(histogramOf(Float64Array.from(values), rows(values.length)), undefined);
  });

  test("has each value in the bin between its edges", () => {
    const scale = fc.constantFrom({ low: 0.5, high: 80, log: false }, { low: 1e-4, high: 1, log: true });
    fc.assert(
      fc.property(scale, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        const value = range.low + share * (range.high - range.low);
        const bin = binOf(value, range);
        assert.ok(edge(bin, range) <= value * (1 + 1e-9) && value <= edge(bin + 1, range) * (1 + 1e-9));
      }),
    );
  });

  test("of words has the five largest and the rest", () => {
    const shares = sharesOf(["a", "a", "b", "c", "d", "e", "f", undefined], rows(8));
    assert.deepEqual(
      shares.map(({ text, count }) => [text, count]),
      [
        ["a", 2],
        ["b", 1],
        ["c", 1],
        ["d", 1],
        ["e", 1],
        ["", 1],
      ],
    );
  });
});

describe("a part of a histogram as a comparison", () => {
  const column = (name: string, unit?: string): LogColumn => ({
    name,
    label: name,
    align: "right",
    width: "metric",
    content: {
      kind: "metric",
      primary: true,
      metric: { name, label: name, guessed: false, duration: false, decimals: 1, ...(unit === undefined ? {} : { unit }) },
    },
  });
  const histogram = { low: 0.8, high: 0.9, log: false, all: [], left: [] };

  test("carries the unit, opens at the ends, and is none for all of it", () => {
    assert.equal(rangeTerm(column("acc", "%"), histogram, 4, 9), "acc = 82%..85%");
    assert.equal(rangeTerm(column("acc", "%"), histogram, 9, 4), "acc = 82%..85%");
    assert.equal(rangeTerm(column("acc", "%"), histogram, 0, 9), "acc <= 85%");
    assert.equal(rangeTerm(column("f1 (macro)"), histogram, 4, 19), '"f1 (macro)" >= 0.82');
    assert.equal(rangeTerm(column("acc"), histogram, 0, 19), undefined);
    assert.equal(boundsTerm("a", "1", undefined), "a >= 1");
  });

  test("loses nothing to rounding, and is read back by the filter", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom("%", "h", "ms", "MB", undefined), (value, unit) => {
        const low = numberText(value, unit, "down");
        const high = numberText(value, unit, "up");
        const files = [run({ metrics: { m: { after: `${value}` } } })];
        const own = { m: { name: "m", from: [], ...(unit === undefined ? {} : { unit }) } };
        if (Math.abs(value) < 1e-9) return;
        const file = {
          ...files[0],
          run: {
            ...files[0]?.run,
            metrics: [
              { name: "m", after: { values: [value], mean: value, n: 1, diverged: 0, text: "", ...(unit === undefined ? {} : { unit }) } },
            ],
          },
        } as (typeof files)[number];
        const predicate = compile(parseFilter(`m = ${low}..${high}`), vocabulary([file], settings({ metrics: own })));
        assert.ok(predicate(file), `${low}..${high}`);
      }),
    );
  });
});
