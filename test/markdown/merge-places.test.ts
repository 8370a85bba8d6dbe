import assert from "node:assert/strict";
import { test } from "node:test";
import { conflictPlaces } from "../../src/markdown/merge-places.ts";
import { stopwatch } from "../support/stopwatch.ts";

const conflict = (ours: string, theirs: string): string => `<<<<<<< ours\n${ours}\n=======\n${theirs}\n>>>>>>> theirs\n`;

test("a conflict in the front matter is named by the path of its key", () => {
  const text = `---\n${conflict("title: a", "title: b")}config:\n  model:\n    # comment: no\n    name: x\n${conflict("    lr: 1", "    lr: 2")}---\n`;
  assert.deepEqual(conflictPlaces(text), ["line 2: title", "line 11: config.model.lr"]);
  assert.deepEqual(conflictPlaces(text.replaceAll("\n", "\r\n")), ["line 2: title", "line 11: config.model.lr"]);
});

test("a conflict of several keys names them all, one inside of a text the key above it", () => {
  assert.deepEqual(conflictPlaces(`---\nid: x\n${conflict("title: a\nstatus: b", "status: c\nnote: d")}---\n`), [
    "line 3: title, status, note",
  ]);
  assert.deepEqual(conflictPlaces(`---\nrun:\n  why: |\n    one\n${conflict("    two words", "    three words")}---\n`), [
    "line 5: run.why",
  ]);
});

test("a conflict in prose is named by the headings above it", () => {
  const body = `---\nid: x\n---\n# T\n## Run notes\n### 2026-11-20\n${conflict("a", "b")}## Next\n${conflict("## Ours\nx", "## Theirs")}`;
  assert.deepEqual(conflictPlaces(body), ['line 7: section "T › Run notes › 2026-11-20"', 'line 13: section "T › Ours"']);
  assert.deepEqual(conflictPlaces(`---\nid: x\n---\n${conflict("a", "b")}`), ['line 4: section "text before the first heading"']);
  assert.deepEqual(conflictPlaces(`---\nid: x\n---\nfine\n`), []);
});

test("very long lines cost little", () => {
  const long = `---\n${conflict("a".repeat(200_000), " ".repeat(200_000))}---\n# ${"x ".repeat(100_000)}\n${conflict("#".repeat(100_000), "b")}`;
  const spent = stopwatch();
  conflictPlaces(long);
  assert.ok(spent() < 500);
});
