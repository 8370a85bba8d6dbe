// Habits of other notations: what they are read as is said aloud.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runRules } from "../../src/record/run-rules.ts";
import { read } from "./read.ts";

const hints = (text: string): readonly string[] => read(text).problems.map(({ code, hint }) => `${code.replace("record/", "")} ${hint}`);

describe("values of other languages in `config`", () => {
  test("are named with the YAML for what they mean", () => {
    for (const [text, meant] of [
      ["None", "~"],
      ["(512, 256)", "[512, 256]"],
      ["(512,)", "[512]"],
      ["yes", "true"],
      ["Off", "false"],
      ["[1, None]", "~"],
    ]) {
      const found = hints(`config:\n  model:\n    units: ${text}\n`);
      assert.equal(found.length, 1, text);
      assert.ok(found[0]?.startsWith(`read-as-text write \`${meant}\``), found[0]);
    }
  });

  test("are let alone where they are values or plainly texts", () => {
    for (const text of ["True", "null", "~", "none", '"None"', '"yes"', "nan", "adam (fused)", "(a)", "f(x, y)"])
      assert.deepEqual(hints(`config: \n  x: ${text}\n`), [], text);
  });
});

describe("a comma inside of braces", () => {
  test("is named wherever it makes a key of the rest of a text", () => {
    const slip = "{ label: list of 10,000 runs }";
    for (const text of [
      `metrics: { acc: ${slip} }`,
      "metrics: { acc: 10,000 runs }",
      `changes: ${slip}`,
      `hardware: ${slip}`,
      `config: ${slip}`,
    ])
      assert.ok(
        hints(text).some((hint) => /^unknown-(?:metric-)?key a comma inside `\{ \}`/.test(hint)),
        text,
      );
    assert.equal(hints("config: { units: (512, 256) }").length, 1);
    assert.deepEqual(hints("metrics:\n  val acc:\n"), [], "an empty value below is no slip");
  });
});

describe("one thing that is wrong is one message", () => {
  const body = { worked: [], failed: [], unexpected: [], questions: [], tasks: [], links: [] };
  const all = (text: string): readonly string[] => {
    const { run, codes } = read(text);
    return [
      ...codes,
      ...runRules.flatMap((rule) => rule({ run, body, path: "x.md", today: "2026-11-20" })).map(({ code }) => code.slice(7)),
    ];
  };

  test("for a placeholder of a finished run, which has no value after", () => {
    for (const value of ["[X%]", '"[X%]"', "{ before: 85%, after: [X%] }", "{ after: TBD }"]) {
      assert.deepEqual(all(`status: finished\nmetrics: { acc: ${value} }`), ["missing-after"], value);
      assert.deepEqual(all(`status: planned\nmetrics: { acc: ${value} }`), ["placeholder"], value);
    }
    assert.deepEqual(all("status: finished\nmetrics: { acc: { before: [X%], after: 87% } }"), ["placeholder"]);
  });
});

test("hints about units speak of the units that were written", () => {
  assert.match(hints("metrics: { acc: [87.2%, 3] }").join(), /^mixed-units [^h]*`87\.2%`$/);
  assert.match(hints("metrics: { training_time: { before: 2 h, after: 87% } }").join(), /`1\.6 h` or `87\.2%`/);
  const { run } = read("status: finished\nmetrics: { training_time: { before: 2 h } }");
  const body = { worked: [], failed: [], unexpected: [], questions: [], tasks: [], links: [] };
  const [missing] = runRules.flatMap((rule) => rule({ run, body, path: "x.md", today: "2026-11-20" }));
  assert.match(missing?.hint ?? "", /`2 h`/);
});
