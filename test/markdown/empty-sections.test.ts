import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blank, emptySections } from "../../src/markdown/empty-sections.ts";

const left = (body: string): string => emptySections(body).reduce((text, { start, end }) => blank(text, start, end), body);
const words = (body: string): readonly string[] =>
  left(body)
    .split("\n")
    .filter((line) => line.trim() !== "");

test("headings of the template go when nothing stands under them, nor under those below them; lines stay where they are", () => {
  const body =
    "## Observations\n\n### What worked\n\n- it\n\n### What didn't work\n\n## Training curves\n\n## Run notes\n\n### Follow-up questions\n";
  assert.deepEqual(words(body), ["## Observations", "### What worked", "- it"]);
  assert.equal(left(body).split("\n").length, body.split("\n").length);
});

test("a heading of the author's own stays, and keeps the one above it", () => {
  assert.deepEqual(words("## Run notes\n\n### 2026-11-30\n\n## A thought\n"), ["## Run notes", "### 2026-11-30", "## A thought"]);
});

test("what a fence shows is no heading", () => {
  const body = "## Next steps\n\n```md\n## Run notes\n```\n";
  assert.equal(left(body), body);
});

test("the quick look at a body misses no empty heading", () => {
  const lines = [
    "# Observations",
    "## What worked",
    "### Follow-up questions",
    "## Run notes",
    "# A thought",
    "- it",
    "",
    " ",
    "```",
    "#x",
    "Next",
    "---",
  ];
  // An underlined heading before the body makes the look a long one.
  const before = "x\n=\n\n";
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.boolean(), (body, end, closed) => {
      const text = body.join(end) + (closed ? end : "");
      const moved = emptySections(before + text).map((one) => ({ start: one.start - before.length, end: one.end - before.length }));
      assert.deepEqual(
        emptySections(text).map((one) => ({ start: one.start, end: one.end })),
        moved,
      );
    }),
    { numRuns: 3000 },
  );
});
