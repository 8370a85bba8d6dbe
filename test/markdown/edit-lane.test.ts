// Edits through the fast lane are the library's edits, byte for byte.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { JournalError } from "../../src/base/problem.ts";
import { type Edit, edit } from "../../src/markdown/edit.ts";
import { readPlainValue } from "../../src/markdown/edit-lane.ts";
import { plainOf, readPlainMatter } from "../../src/markdown/edit-matter.ts";
import { findFences } from "../../src/markdown/fences.ts";
import { yaml } from "../../src/markdown/yaml-library.ts";
import { generateRuns } from "../support/generate.ts";

const runs = 400;

const texts = [
  "0.1",
  "1e-3",
  "0x1F",
  "-0",
  "12e4567",
  "99999999999999999999",
  "1.50",
  "word",
  "two words",
  "a: b",
  "- x",
  "~",
  "null",
  "no",
  "",
];
const more = [
  "87.2%",
  "2024-01-02",
  "#42",
  "[1, 2]",
  "{ a: 1 }",
  '"q"',
  "'s'",
  "it's",
  "C:\\x",
  "ünï",
  "a # b",
  "`x`",
  "*a",
  "&a",
  "!t",
  "|",
  "%",
];
const scalar = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(...more),
  fc.string({ maxLength: 8 }),
  fc.double({ noNaN: true }).map(String),
);
const written = fc.constantFrom(
  ...[
    "1",
    "0.10",
    "word",
    "two words",
    "'single'",
    '"double"',
    "[1, 2]",
    "[a, 'b', { c: 1 }]",
    "{ a: 1, b: two }",
    "[]",
    "~",
    "",
    "12e4567",
    "2024-01-02",
  ],
);
const key = fc.constantFrom("title", "config", "metrics", "tags", "lr", "a.b", "a", "b", "val_acc", "reason", "decision", "12", "x y");
const comment = fc.constantFrom("", "", "  # note", "   ");
const gap = fc.constantFrom("", "", "", "# a comment\n", "\n", "   # deeper\n");

const block: (indent: string, depth: number) => fc.Arbitrary<string> = (indent, depth) => {
  const inner = `${indent}  `;
  const line = fc.tuple(written, comment).map(([text, after]) => ` ${text}${text === "" ? "" : after}\n`);
  const lines = fc.constantFrom("|", "|-", ">", ">-").map((style) => ` ${style}\n${inner}line one\n${inner}line two\n`);
  const list = (dent: string) =>
    fc.array(written, { minLength: 1, maxLength: 3 }).map((items) => `\n${items.map((item) => `${dent}- ${item}\n`).join("")}`);
  const maps = list(inner).map((text) => text.replace(/- (\w+)\n/g, `- k: $1\n${inner}  l: 2\n`));
  const values = [
    { weight: 6, arbitrary: line },
    { weight: 1, arbitrary: lines },
    { weight: 1, arbitrary: list(inner) },
    { weight: 1, arbitrary: list(indent) },
    { weight: 1, arbitrary: maps },
  ];
  const value = fc.oneof(...values, ...(depth > 2 ? [] : [{ weight: 3, arbitrary: block(inner, depth + 1).map((text) => `\n${text}`) }]));
  return fc
    .uniqueArray(fc.tuple(key, value, gap), { minLength: 1, maxLength: 5, selector: ([name]) => name })
    .map((pairs) => pairs.map(([name, text, above]) => `${above}${indent}${name}:${text}`).join(""));
};

const file = fc
  .tuple(block("", 0), fc.constantFrom("\n", "\r\n"))
  .map(([matter, eol]) => `---\n${matter}---\n\n## Next steps\n- [ ] later\n`.replaceAll("\n", eol));
const path = fc.array(fc.oneof(key, fc.constantFrom("0", "1", "new")), { minLength: 1, maxLength: 3 });
const json = fc.oneof(
  scalar,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.dictionary(key, fc.integer()),
);
const change: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant("set" as const),
    path,
    value: fc.oneof(
      json,
      scalar.map((source) => ({ source })),
    ),
  }),
  fc.record({ kind: fc.constant("remove" as const), path }),
  fc.record({ kind: fc.constant("push" as const), path, value: json }),
);

function outcome(text: string, edits: readonly Edit[], lane: boolean): unknown {
  try {
    return edit(text, edits, { lane });
  } catch (error) {
    if (error instanceof JournalError) return error.problems;
    throw error;
  }
}

function assertSame(text: string, edits: readonly Edit[]): void {
  assert.deepEqual(outcome(text, edits, true), outcome(text, edits, false), JSON.stringify({ text, edits }));
}

describe("an edit through the fast lane", () => {
  it("is the library's on whatever the lane reads", () => {
    let plain = 0;
    let changed = 0;
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 3 }), (text, edits) => {
        const fences = findFences(text);
        if (fences !== undefined && readPlainMatter(text, fences.yamlStart, fences.yamlEnd) !== undefined) plain += 1;
        const result = outcome(text, edits, true);
        if (typeof result === "object" && result !== null && "text" in result && result.text !== text) changed += 1;
        assertSame(text, edits);
      }),
      { numRuns: runs * 5 },
    );
    assert.ok(plain > runs, `the lane read ${plain} of the files`);
    assert.ok(changed > runs, `${changed} of the files changed`);
  });

  it("is the library's on runs as people write them", () => {
    const generated = [...generateRuns({ runs: 40 })];
    const edits: readonly Edit[] = [
      { kind: "set", path: ["config", "learning_rate"], value: { source: "0.0123" } },
      { kind: "set", path: ["decision"], value: "keep" },
      { kind: "set", path: ["reason"], value: "Measured: better, and by more than the noise." },
      { kind: "push", path: ["earlier"], value: { decision: "keep", reason: "", date: "2026-11-20" } },
      { kind: "set", path: ["metrics", "val_accuracy", "after"], value: { source: "91.2%" } },
      { kind: "push", path: ["tags"], value: "new" },
      { kind: "remove", path: ["repeats", "0"] },
      { kind: "remove", path: ["run", "cwd"] },
    ];
    for (const { text } of generated) {
      const fences = findFences(text);
      assert.ok(readPlainMatter(text, fences?.yamlStart ?? 0, fences?.yamlEnd ?? 0) !== undefined, `unsure of\n${text}`);
      for (const one of edits) assertSame(text, [one]);
      assertSame(text, edits);
    }
  });

  it("takes a value on its own for what the library takes it for", () => {
    fc.assert(
      fc.property(scalar, (text) => {
        const node = readPlainValue(text);
        if (node === undefined || text.trim() === "") return;
        const { contents } = yaml().parseDocument(text, { logLevel: "silent", prettyErrors: false });
        assert.deepEqual(plainOf(node), plainOf(contents), JSON.stringify(text));
      }),
      { numRuns: runs * 5 },
    );
  });
});
