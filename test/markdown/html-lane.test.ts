import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { toHtml } from "../../src/markdown/html.ts";
import { laneHtml } from "../../src/markdown/html-lane.ts";
import { generateRuns } from "../support/generate.ts";

const long = (markdown: string): string => toHtml(markdown, { lanes: false });
const same = (markdown: string): void => assert.equal(toHtml(markdown), long(markdown), JSON.stringify(markdown));

/** Everything that tends to mean something, in any order. */
const bits = [
  ..."abc 019 .,:;!?()[]{}<>|#*_~`-+=\\&@/\"'$^%é漢  ",
  "\n",
  "\n\n",
  "- ",
  "* ",
  "1. ",
  "- [ ] ",
  "- [x] ",
  "> ",
  "# ",
  "## ",
  "| a | b |\n|---|--:|\n",
  "|",
  "```\n",
  "```py\n",
  "~~~\n",
  "---\n",
  "===\n",
  "**b**",
  "*i*",
  "__u__",
  "`c`",
  "[l](x.md)",
  "[l](https://x.org/y#z)",
  "[l][r]",
  "[r]: x",
  "[^1]",
  "https://x.org",
  "www.x.org",
  "a@b.org",
  "<b>",
  "<!-- c -->",
  "&amp;",
  "&lt;",
  "batch_size",
  "  \n",
  "\t",
  "    ",
  "  - ",
];
/** Mostly what people write, so that the short way is taken. */
const lines = [
  "## What worked",
  "### What worked",
  "## What `x` did",
  "- one `code` and batch_size",
  "- [ ] try 3e-4",
  "- [x] done, **really**",
  "-",
  "* star",
  "1. first",
  "2. second",
  "  - nested",
  "  - [ ] nested task",
  "    - deeper",
  "   - neither here nor there",
  "- **bold** first, then *more*",
  "- *slanted* first",
  "- [link](EXP001.md) first",
  "- [x](y.md)",
  "- [x]",
  "- [0.1, 0.2]",
  "- `",
  "- ***",
  "- <b>",
  "  more",
  "Plain words, 3 < 4 & 5.",
  "A *small* **bold** `span` [link](EXP001.md).",
  "a | b",
  "|---|",
  "| a | b |",
  "|---|:-:|",
  "| 1 | `x` |",
  "| 1 |",
  "> quote",
  "> # quoted heading",
  "```",
  "```yaml",
  "lr: 1e-3  # x < y",
  "---",
  "===",
  "",
  "",
  "",
  "line that ends in blanks  ",
  "[0.1, 0.2] are lists",
  "2 * 3 * 4",
  "see https://x.org",
];

describe("the short way to HTML", () => {
  test("makes the same bytes of any lines people write", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 12 }), (list) => same(list.join("\n"))),
      { numRuns: 400 },
    );
  });
  test("makes the same bytes of any heap of marks", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 30 }), (list) => same(list.join(""))),
      { numRuns: 400 },
    );
  });
  test("is taken by most runs as the template asks for them", () => {
    const bodies = [...generateRuns({ runs: 50 }), ...generateRuns({ runs: 50, prose: true })].map(({ text }) =>
      text.slice(text.indexOf("\n---\n") + 5),
    );
    for (const body of bodies) {
      assert.notEqual(laneHtml(body, long), undefined, body);
      same(body);
    }
  });
  test("leaves to the long way what reaches beyond its block", () => {
    for (const text of [
      "[^1]\n\n[^1]: note",
      "- a\n\n- b",
      "- a\n\n  b",
      "<div>\n\n# a",
      "a\n===",
      "\tcode",
      "[x]\n\n[x]: y",
      "[a](#b)\n# b",
    ])
      assert.equal(laneHtml(text, long), undefined, text);
  });
  test("repeats a block that was rendered before without mixing the two ways with pictures", () => {
    const text = "![x](https://x.org/y.png)\n";
    assert.notEqual(toHtml(text), toHtml(text, { remoteImages: "keep" }));
    assert.equal(toHtml(text), long(text));
  });
});

const corpus = join("..", "shared", "corpus");
test("the short way makes the same bytes of other people's files", { skip: existsSync(corpus) ? false : "the corpus is not here" }, () => {
  const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:md|markdown)$/i.test(name));
  for (const name of files.sort().filter((_, at) => at % 4 === 0)) same(readFileSync(join(corpus, name), "utf8").slice(0, 20_000));
});
