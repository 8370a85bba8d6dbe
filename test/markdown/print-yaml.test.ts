import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { parse } from "yaml";
import {
  isPlainText,
  printAfterKey,
  printFlow,
  printKey,
  printNumber,
  printTyped,
  quoteText,
  typeAt,
} from "../../src/markdown/print-yaml.ts";
import type { Json } from "../../src/record/tree.ts";
import { stopwatch } from "../support/stopwatch.ts";

// The reader inside gray-matter: YAML 1.1 with dates and times.
const legacy = createRequire(import.meta.url)("js-yaml") as { safeLoad(text: string): unknown };

const readers: ReadonlyMap<string, (text: string) => unknown> = new Map([
  ["yaml core", (text: string) => parse(text) as unknown],
  ["yaml 1.1", (text: string) => parse(text, { version: "1.1" }) as unknown],
  ["js-yaml 3", (text: string) => legacy.safeLoad(text)],
]);

function readsAs(text: string, expected: unknown): void {
  for (const [name, read] of readers) {
    let value: unknown;
    try {
      value = read(text);
    } catch (error) {
      assert.fail(`${name} refuses ${JSON.stringify(text)}: ${String(error)}`);
    }
    assert.deepEqual(
      JSON.parse(JSON.stringify({ value })),
      JSON.parse(JSON.stringify({ value: expected })),
      `${name} reads ${JSON.stringify(text)}`,
    );
  }
}

/** Text as it turns up in journals, beside text that wants to be misread. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 12 }).map((value) => value.replace(/\p{Surrogate}/gu, "")),
  fc.stringMatching(/^[-+.:_0-9a-fA-FxoXO eE,%#&*!|>@`'"{}[\]?~yn]{0,14}$/),
  fc.constantFrom(
    "no",
    "e0",
    "E5",
    "Yes",
    "on",
    "~",
    "null",
    "True",
    "12:30:00",
    "017",
    "0o17",
    "1_000",
    "1e3",
    "12e4567",
    "2024-01-02",
    "2024-01-02 10:00:00",
    "=",
    "<<",
    "...",
    "---",
    "-",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "a:",
    "? a",
    "?a",
    "& a",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`a`",
    ".",
    ".5",
    ".nan",
    "-.inf",
    "0x1F",
    "+1",
    "87.2%",
    "2h46m",
    "é",
    "\u2028",
    "\u0085",
    "\ufeff",
    "👩‍👩‍👧",
    "a\tb",
    "a\nb",
    " a",
    "a ",
    "y",
    "N",
    "0b1",
    "1.",
    "190:20:30",
    "685_230.15",
    "1,2",
    "[",
    "{a}",
    "a, b",
    "a]",
    "’quoted’",
  ),
);
const number = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.double({ min: 0, max: 1e-5, noNaN: true }))
  .map((value) => (value === 0 ? 0 : value));
const key = fc
  .oneof(text, fc.stringMatching(/^[a-z][a-z_./]{0,12}$/))
  .filter((name) => name !== "" && name !== "__proto__" && name.length < 60);
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("printed YAML", () => {
  it("reads back the same in YAML core, YAML 1.1 and js-yaml 3, whatever the text", () => {
    fc.assert(
      fc.property(text, (value) => {
        readsAs(`k:${printAfterKey(value, "", "\n")}\n`, { k: value });
        readsAs(`k: ${printFlow([value])}\n`, { k: [value] });
        readsAs(`k: ${printFlow({ a: value, b: 1 })}\n`, { k: { a: value, b: 1 } });
      }),
      { numRuns: 3000 },
    );
  });

  it("reads back the same for whole values in block style", () => {
    fc.assert(
      fc.property(json, (value) => readsAs(`k:${printAfterKey(value, "", "\n")}\n`, { k: value })),
      { numRuns: 1500 },
    );
  });

  it("reads back the same keys", () => {
    fc.assert(
      fc.property(key, (name) => readsAs(`${printKey(name)}: 1\n`, { [name]: 1 })),
      { numRuns: 1500 },
    );
  });

  it("reads back the same numbers", () => {
    fc.assert(
      fc.property(number, (value) => readsAs(`k: ${printNumber(value)}\n`, { k: value })),
      { numRuns: 1500 },
    );
  });

  it("writes small floats so that YAML 1.1 takes them for numbers", () => {
    assert.equal(printNumber(1e-7), "1.0e-7");
    assert.equal(printNumber(1.5e-9), "1.5e-9");
    assert.equal(printNumber(1e21), "1.0e+21");
    assert.equal(printNumber(0.001), "0.001");
    assert.equal(printNumber(Number.NaN), ".nan");
  });

  it("keeps typed text that all readers agree on, as text or as the same number, and quotes the rest", () => {
    const table: readonly (readonly [typed: string, written: string])[] = [
      ["64", "64"],
      ["1e-3", "1e-3"],
      ["0.10", "0.10"],
      ["87.2%", "87.2%"],
      ["2h46m", "2h46m"],
      ["85.5% → 87.2%", "85.5% → 87.2%"],
      ["true", "true"],
      ["~", "~"],
      [".nan", ".nan"],
      ["no", '"no"'],
      ["12:30:00", '"12:30:00"'],
      ["2024-01-02", '"2024-01-02"'],
      ["017", '"017"'],
      ["0o17", '"0o17"'],
      ["1_000", '"1_000"'],
      ["12e4567", '"12e4567"'],
      ["12345678901234567890", '"12345678901234567890"'],
      ["1e400", '"1e400"'],
      ["a #1 fix", '"a #1 fix"'],
      ["*best*", '"*best*"'],
      ["Try: more", '"Try: more"'],
      ["@home", '"@home"'],
      ["`x`", '"`x`"'],
      ["0f3ab12", '"0f3ab12"'],
      ["1234567", "1234567"],
      ["1.10", "1.10"],
      ["3.11.7", "3.11.7"],
      ["+1.7 points for no extra cost.", "+1.7 points for no extra cost."],
    ];
    for (const [typed, written] of table) assert.equal(printTyped(typed, undefined, "block"), written, typed);
  });

  it("quotes numbers, hashes and dates under keys that hold text, and leaves a date under a date key", () => {
    assert.equal(printTyped("12.2", typeAt(["software", "cuda"]), "block"), '"12.2"');
    assert.equal(printTyped("3.11.7", typeAt(["software", "python"]), "block"), "3.11.7");
    assert.equal(printTyped("1234567", typeAt(["run", "commit"]), "block"), '"1234567"');
    assert.equal(printTyped("64", typeAt(["title"]), "block"), '"64"');
    assert.equal(printTyped("2024-01-02", typeAt(["date"]), "block"), "2024-01-02");
    assert.equal(printTyped("2026-11-20T10:15:00+01:00", typeAt(["run", "started"]), "block"), "2026-11-20T10:15:00+01:00");
    assert.equal(printTyped("2024-01-02", typeAt(["reason"]), "block"), '"2024-01-02"');
  });

  it("typed scalars left plain are read alike by all", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const written = printTyped(typed, undefined, "block");
        if (written === typed.trim() && !/^(?:[-+]?\.(?:inf|nan)|0x)/i.test(written))
          readsAs(`k: ${written}\n`, { k: parse(written) ?? null });
      }),
      { numRuns: 2000 },
    );
  });

  it("takes linear time on long hostile text", () => {
    for (const unit of ["1", "a ", "-", ".", ": ", "é", "0_", "%", "a.b/"]) {
      const long = unit.repeat(100_000 / unit.length);
      const spent = stopwatch();
      isPlainText(long, "block");
      printTyped(long, undefined, "flow");
      printKey(long);
      quoteText(long);
      assert.ok(spent() < 200, unit);
    }
  });
});
