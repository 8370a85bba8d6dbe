// What an edit leaves behind can be read again; many edits at once are the same as one after the other, and no slower each.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { JournalError } from "../../src/base/problem.ts";
import { type Edit, edit } from "../../src/markdown/edit.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { stopwatch } from "../support/stopwatch.ts";

const set = (path: readonly string[], source: string): Edit => ({ kind: "set", path, value: { source } });
const file = (yaml: string): string => `---\nid: EXP001-aaaa\ntitle: x\n${yaml}---\nbody\n`;

function code(text: string, ...edits: readonly Edit[]): string {
  try {
    edit(text, edits);
  } catch (error) {
    assert.ok(error instanceof JournalError, String(error));
    return error.problems[0]?.code ?? "";
  }
  return "";
}

const keys = (count: number, from = 0): string => Array.from({ length: count }, (_, index) => `  k${from + index}: 1\n`).join("");
const tooLarge = "markdown/edit-too-large";

describe("the limits of a file", () => {
  it("are never passed by an edit", () => {
    assert.equal(code(file(""), set(["reason"], "x".repeat(66_000))), tooLarge);
    assert.equal(code(file(`config:\n${keys(1999)}`), set(["config", "one"], "1"), set(["config", "two"], "1")), tooLarge);
    assert.equal(code(file(""), set(["config", "x"], `${"[".repeat(40)}1${"]".repeat(40)}`)), tooLarge);
    assert.equal(code(file(""), set(Array(40).fill("a"), "1")), tooLarge);
    const notes: Edit[] = Array.from({ length: 12 }, () => ({ kind: "text", section: "notes", text: "ü".repeat(50_000) }));
    assert.equal(code(file(""), ...notes), tooLarge);
    assert.equal(code(file(""), ...notes.slice(0, 9)), "");
  });

  it("are named at once where the keys alone are too many", () => {
    const many = Array.from({ length: 50_000 }, (_, index) => set(["config", `k${index}`], "1"));
    const spent = stopwatch();
    assert.equal(code(file(""), ...many), tooLarge);
    assert.ok(spent() < 500);
  });

  it("do not keep a file that is over them from shrinking", () => {
    const long = file(`reason: ${"x".repeat(70_000)}\nhypothesis: y\n`);
    assert.equal(code(long, set(["hypothesis"], "longer")), tooLarge);
    assert.ok(!parseRun(edit(long, [{ kind: "remove", path: ["reason"] }]).text, "a.md").broken);
    assert.equal(code(long, set(["reason"], "short")), "");
    assert.equal(code(long, { kind: "append", section: "worked", item: "a" }), "");
    const wide = file(`config:\n${keys(2010)}`);
    assert.equal(code(wide, { kind: "remove", path: ["config", "k1"] }), "");
    assert.equal(code(wide, set(["config", "k1"], "22")), tooLarge);
  });
});

const name = fc.constantFrom("a", "b", "c", "lr", "status", "title", "tags", "reason");
const path = fc.oneof(
  fc.tuple(name),
  fc.tuple(fc.constantFrom("config", "metrics", "other"), name),
  fc.tuple(fc.constantFrom("config", "other"), name, name),
);
const value = fc.constantFrom("1", "0.5", "word", "a: b", "", "~", "[1, 2]", "two\nlines", "87.2%", "#x");
const block = fc.constantFrom(
  "",
  "config:\n  a: 1 # one\n  b: 2\n",
  "config: { a: 1 }\nstatus: planned\n",
  "# top\nconfig:\n  a: # none\n  model:\n    b: 1\n\n# below\nmetrics:\n  acc: 1\n",
  "config:\n    lr: |\n      text\n    c: [1]\nother: # x\n",
  "reason: 'quoted'\nconfig: ~\n",
);

describe("many edits at once", () => {
  it("are the same as one after the other", () => {
    fc.assert(
      fc.property(block, fc.array(fc.tuple(path, value), { minLength: 2, maxLength: 8 }), (yaml, settings) => {
        const edits = settings.map(([keys, source]) => set(keys, source));
        const text = file(yaml);
        let expected = text;
        let refused = "";
        for (const one of edits) {
          refused = code(expected, one);
          if (refused !== "") break;
          expected = edit(expected, [one]).text;
        }
        if (refused === "") assert.equal(edit(text, edits).text, expected);
        else assert.equal(code(text, ...edits), refused);
      }),
      { numRuns: 1500 },
    );
  });

  it("take time in proportion to their number", () => {
    const edits = Array.from({ length: 1900 }, (_, index) => set(["config", `k${index}`], String(index)));
    const spent = stopwatch();
    const { text, done } = edit(file(""), edits);
    assert.equal(done.length, 1900);
    assert.ok(text.includes("  k1899: 1899\n"));
    const again = edit(
      text,
      edits.map((one) => ({ ...one, value: { source: "7" } }) as Edit),
    );
    assert.equal(again.done.length, 1899);
    assert.ok(spent() < 4000);
  });
});
