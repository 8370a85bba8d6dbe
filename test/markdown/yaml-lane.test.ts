import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { parse } from "yaml";
import { findFences } from "../../src/markdown/fences.ts";
import { parseYaml } from "../../src/markdown/yaml.ts";
import { readPlainYaml } from "../../src/markdown/yaml-lane.ts";
import { coreValue } from "../../src/markdown/yaml-scalar.ts";

/** 1 when the lane took the text; fails when it read anything else than the library did. */
function agrees(text: string, start = 0, end = text.length): number {
  const fast = readPlainYaml(text, start, end);
  if (fast === undefined) return 0;
  const slow = parseYaml(text, start, end, { lane: false });
  assert.deepEqual({ tree: fast, problems: [] }, { tree: slow.tree, problems: slow.problems }, JSON.stringify(text.slice(start, end)));
  return 1;
}

const sample = `id: EXP042-k7f3
title: Double the batch
date: 2026-11-20T10:15:00+01:00     # a plain date is fine
status: finished
tags: [batch-size, "two words"]
hypothesis: >
  A batch of 64 trains faster
  at the same accuracy.

  Surely.
reason: |-
  # not a comment

  two: lines

base: EXP041-9qd2

config:                             # the whole configuration
  batch_size: 64
  learning_rate: 1.0e-3
  optimizer:
    name: adamw
    betas: [0.9, 0.999]
  dense_units: [512, 256]
  big: 12345678901234567890
  sha: 12e4567
changes:
  batch_size: { from: 32, to: 64 }
metrics:
  val_accuracy: { before: 85.5%, after: [87.2%, 87.0%, ~] }
  training_time: { before: 2 h, after: [1.6 h, 1.7 h, 0.4 h] }
repeats:
  - { seed: 1, seconds: 5760, exit: 0 }
  - seed: 2
    seconds: 6120
empty:
notes:
- one
- 'two'
-
software: { python: 3.11.7, cuda: "12.2" }
last:
`;

test("the fast lane takes a whole run and reads it as the library does", () => {
  assert.equal(agrees(sample), 1);
  assert.equal(agrees(sample.replaceAll("\n", "\r\n")), 1);
  assert.equal(agrees(sample.trimEnd()), 1);
  const framed = `\ufeff---\n${sample}---\nbody: no\n`;
  const fences = findFences(framed);
  assert.ok(fences);
  assert.equal(agrees(framed, fences.yamlStart, fences.yamlEnd), 1);
  assert.equal(parseYaml(sample, 0, sample.length).tree?.kind, "dict");
});

const unsure = [
  "a: |+\n  x\n",
  "a: |2\n  x\n",
  "a: |\n\n  x\n",
  "a: >\n  x\n   y\n",
  "a: |\n  x\n y\n",
  "a: | # c\n  x\n",
  "a: |\n",
  "a: |\n  x",
  "a: *b\n",
  "a: &b c\n",
  "? a\n: b\n",
  "a: x\n  y\n",
  "a:\tb\n",
  "a: 'it''s'\n",
  'a: "\\n"\n',
  "a: !t b\n",
  "a: {b}\n",
  "a: b\na: c\n",
  "title: a #1\n",
  "a: [b,\n c]\n",
  "a: “b”\n",
  "<<: b\n",
  "__proto__: 1\n",
  "a:\n  b=c\n",
  "---\na: 1\n",
  "a: 1\n...\n",
  "- a\n",
  "",
  "# only\n",
  "%a: 1\n",
  "a: @b\n",
  "a: b: c\n",
  "a: [b\n",
  "a: b\n c: d\n",
  " a: 1\nb: 2\n",
];

test("the fast lane leaves to the library whatever it is not sure of", () => {
  for (const text of unsure) assert.equal(readPlainYaml(text, 0, text.length), undefined, JSON.stringify(text));
});

test("without the lane nothing changes but the time it takes", () => {
  for (const text of [...unsure, sample])
    assert.deepEqual(parseYaml(text, 0, text.length), parseYaml(text, 0, text.length, { lane: false }), JSON.stringify(text));
});

const scalarText = fc.oneof(
  fc.constantFrom(
    "64",
    "-0",
    "+1",
    "017",
    "0o17",
    "0x1F",
    "0b1",
    "1_000",
    "1e-3",
    "1.0e-3",
    ".5",
    "5.",
    "1e400",
    "12e4567",
    "0123456",
    "9007199254740993",
    "no",
    "yes",
    "true",
    "False",
    "null",
    "Null",
    "~",
    ".nan",
    "-.inf",
    "+.Inf",
    "12:30:00",
    "2026-11-20",
    "1.10",
    "87.2%",
    "2h46m",
    "0.38 ± 0.01 (n=3)",
    "872/1000",
    "85.5% → 87.2%",
    "32 -> 64",
    "64,",
    "N/A",
    "x:y",
    "http://a.b/c#d",
    "a#b",
    "-x",
    "--seed=1",
    "'x'",
    '"y z"',
    "[1, 2]",
    "{ a: 1, b: [x, ~] }",
    "{}",
    "[]",
    "",
    "[a b, c:d]",
    "日本",
    "é ü",
    "😀",
    "(a)",
    "<x>",
    "=x",
    "[X%]",
    "{ p: 1 h }",
  ),
  fc.string({
    unit: fc.constantFrom(
      "a",
      "1",
      " ",
      ":",
      "#",
      "-",
      ",",
      "[",
      "]",
      "{",
      "}",
      "'",
      '"',
      "\\",
      "&",
      "*",
      "!",
      "|",
      ">",
      "%",
      "@",
      "`",
      "?",
      "=",
      ".",
      "~",
      "e",
      "+",
      "“",
      "\t",
      "é",
      "\u00a0",
    ),
    maxLength: 8,
  }),
);
const keyText = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "c",
    "title",
    "reason",
    "val loss",
    "a.b",
    "x-y",
    "é",
    "1",
    "null",
    "a/b",
    "f(x)",
    "<<",
    "__proto__",
    "'k'",
    '"k"',
    "- k",
    "?k",
    "k ",
    "-k",
  ),
  fc.string({ unit: fc.constantFrom("a", "b", "-", ".", " ", "#", ":", "1"), minLength: 1, maxLength: 4 }),
);
const lineText = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom("", "", "", "  ", "  ", "    ", " "), keyText, scalarText, fc.constantFrom("", "", "", " # note", "  ", " #1"))
      .map(([indent, key, value, tail]) => `${indent}${key}: ${value}${tail}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("", "  ", "    "), keyText, fc.constantFrom("", "  ", " # c", "#c", " #c"))
      .map(([indent, key, tail]) => `${indent}${key}:${tail}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "  ", "    "),
        fc.constantFrom("- ", "-", "-   "),
        fc.oneof(
          scalarText,
          fc.tuple(keyText, scalarText).map(([key, value]) => `${key}: ${value}`),
        ),
        fc.constantFrom("", " # c"),
      )
      .map(([indent, dash, value, tail]) => `${indent}${dash}${value}${tail}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "  ", "- "),
        fc.constantFrom("|", ">", "|-", ">-", "|+", "> "),
        fc.array(fc.constantFrom("  x", "  y z", "    x: 1", "", "  # c", "# c", "   w", "  ", "    ", " q", "  - i", "    deep"), {
          maxLength: 4,
        }),
      )
      .map(([indent, header, lines]) => [`${indent}b: ${header}`, ...lines].join("\n")),
  },
  { weight: 1, arbitrary: fc.constantFrom("", "  ", "# c", "    # c", "\t", "...", "---", "text", "  text") },
);
const documentText = fc
  .tuple(fc.array(lineText, { maxLength: 8 }), fc.constantFrom("\n", "\n", "\r\n"), fc.boolean())
  .map(([lines, eol, last]) => lines.join("\n").replaceAll("\n", eol) + (last ? eol : ""));

test("on random documents the lane equals the library or stays silent", () => {
  let taken = 0;
  fc.assert(
    fc.property(documentText, (text) => {
      taken += agrees(text);
    }),
    { numRuns: Number(process.env["RUNS"] ?? 3000) },
  );
  assert.ok(taken > 50, `only ${taken} documents were plain enough to test anything`);
});

const tidy: fc.Arbitrary<readonly string[]> = fc.letrec<{ block: readonly string[] }>((tie) => ({
  block: fc
    .uniqueArray(
      fc.tuple(
        fc.stringMatching(/^[a-z][a-z_]{0,5}$/),
        fc.oneof(
          { maxDepth: 3 },
          scalarText.map((value) => [` ${value}`]),
          fc.array(scalarText, { minLength: 1, maxLength: 3 }).map((items) => ["", ...items.map((item) => `  - ${item}`)]),
          tie("block").map((lines) => ["", ...lines.map((line) => `  ${line}`)]),
        ),
      ),
      { minLength: 1, maxLength: 4, selector: ([key]) => key },
    )
    .map((entries) => entries.flatMap(([key, [first, ...rest]]) => [`${key}:${first}`, ...rest])),
})).block;

test("on random tidy documents the lane equals the library and takes many", () => {
  let taken = 0;
  fc.assert(
    fc.property(tidy, (lines) => {
      taken += agrees(`${lines.join("\n")}\n`);
    }),
    { numRuns: 1000 },
  );
  assert.ok(taken > 120, `${taken} of 1000`);
});

test("a plain scalar resolves as in YAML 1.2 core, and numbers that lose digits stay text", () => {
  const one = (source: string): void => {
    let expected: unknown;
    try {
      expected = parse(source, { schema: "core", version: "1.2", logLevel: "silent" });
    } catch {
      return;
    }
    if (typeof expected === "object" && expected !== null) return;
    const value = coreValue(source.trim());
    if (typeof value === "string" && typeof expected === "number")
      assert.ok(!Number.isSafeInteger(expected) && (Number.isInteger(expected) || !Number.isFinite(expected)), source);
    else assert.ok(Object.is(value, expected), `${source}: ${String(value)} is not ${String(expected)}`);
  };
  const numeric = fc
    .string({ unit: fc.constantFrom(..."0123456789+-.eEox_:nafiINF~tru"), minLength: 1, maxLength: 7 })
    .filter(
      (text) => !text.includes(": ") && !text.endsWith(":") && !text.startsWith("- ") && text !== "-" && text !== "---" && text !== "...",
    );
  fc.assert(fc.property(numeric, one), { numRuns: 5000 });
  for (const [source, value] of [
    ["9007199254740993", "9007199254740993"],
    ["12e4567", "12e4567"],
    ["1e400", "1e400"],
    ["0xFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF"],
    ["0123456", 123456],
    ["0o17", 15],
    ["1_000", "1_000"],
    ["no", "no"],
    ["12:30:00", "12:30:00"],
    ["1.10", 1.1],
    [".inf", Number.POSITIVE_INFINITY],
    ["", null],
  ] as const)
    assert.equal(coreValue(source), value);
});

const suite = join("..", "shared", "corpus", "adversarial", "yaml__yaml-test-suite");
test("on the YAML test suite the lane equals the library or stays silent", {
  skip: existsSync(suite) ? false : "the corpus is not here",
}, () => {
  let files = 0;
  for (const folder of readdirSync(suite, { recursive: true }) as string[]) {
    if (!folder.endsWith("in.yaml")) continue;
    const text = readFileSync(join(suite, folder), "utf8");
    files += 1;
    agrees(text);
    agrees(text.replaceAll("\n", "\r\n"));
    agrees(text.trimEnd());
  }
  assert.ok(files > 350, `${files} files`);
});
