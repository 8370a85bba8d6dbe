import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { hasControl, relativePath, slug } from "../../src/base/path.ts";
import { stopwatch } from "../support/stopwatch.ts";

const slugs: readonly (readonly [string, string])[] = [
  ["Double the batch", "double-the-batch"],
  ["Größe & LR 1e-3", "grosse-and-lr-1e-3"],
  ["Émile's  réseau", "emiles-reseau"],
  ["C++ / Łódź", "c-plus-plus-lodz"],
  ["../../etc/passwd", "etc-passwd"],
  ["实验", "run"],
  ["", "run"],
  ["---", "run"],
];
for (const [title, expected] of slugs) {
  test(`the slug of ${JSON.stringify(title)} is ${expected}`, () => assert.equal(slug(title), expected));
}

test("a slug is 1 to 60 characters of a-z, 0-9 and inner dashes, whatever the title", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (title) => /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(slug(title))),
  );
});

test("a long title is cut between words", () => {
  assert.equal(slug("one two three ".repeat(20)), "one-two-three-one-two-three-one-two-three-one-two-three-one");
});

test("a title of 100 KB costs no time", () => {
  const spent = stopwatch();
  slug("-".repeat(100_000));
  slug("é ".repeat(50_000));
  assert.ok(spent() < 50);
});

test("a link is relative to the folder of the file that holds it", () => {
  assert.equal(relativePath("experiments/a.md", "experiments/a.files/x.png"), "a.files/x.png");
  assert.equal(relativePath("experiments/ocr/a.md", "experiments/b.md"), "../b.md");
  assert.equal(relativePath("README.md", "experiments/b.md"), "experiments/b.md");
  assert.equal(relativePath("a/b/c.md", "x/y.md"), "../../x/y.md");
  assert.equal(relativePath("a/b.md", "a/b.md"), "b.md");
});

test("control and direction marks are seen, honest letters are not", () => {
  for (const text of ["a\nb", "a\x1b[31m", "\x7f", "a\u202eb", "\u2066x"]) assert.equal(hasControl(text), true);
  for (const text of ["a b", "größe.png", "图.png", "a-b_c (1).txt"]) assert.equal(hasControl(text), false);
});
