import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isBlank, plainText, scanBody } from "../../src/markdown/body.ts";
import { stopwatch } from "../support/stopwatch.ts";
import { compareWithRemark } from "./remark.ts";

const facts = (body: string) => scanBody(body, 0).facts;

const example = `## Observations
### What worked
- **Larger** batch, see [notes](notes.md)
  on two lines

  and a second paragraph
- …
-
- nested below
  * inner
### What didn't work
1. \`lr=0.1\` diverged
TBD
### Unexpected behaviors
Loss fell *twice*.
#### Details
- a spike at step 400
## Next steps
- [ ] Try [EXP002](EXP002-bbbb-x.md#why)
- [x] done
> - [ ] quoted
## Run notes
### Follow-up questions
- Why?
`;

describe("scanBody", () => {
  it("gathers what worked, failed, surprised and is open, as plain text", () => {
    const found = facts(example);
    assert.deepEqual(found.worked, ["Larger batch, see notes on two lines and a second paragraph", "nested below", "inner"]);
    assert.deepEqual(found.failed, ["lr=0.1 diverged TBD"]);
    assert.deepEqual(found.unexpected, ["Loss fell twice.", "a spike at step 400"]);
    assert.deepEqual(found.questions, ["Why?"]);
  });

  it("lists tasks with their lines in the file, without those that are quoted", () => {
    assert.deepEqual(
      facts(example).tasks.map(({ text, done, index, line }) => [text, done, index, line]),
      [
        ["Try EXP002", false, 0, 19],
        ["done", true, 1, 20],
      ],
    );
    assert.equal(scanBody(`---\na: 1\n---\n\n- [ ] x\n`, 13).facts.tasks[0]?.line, 5);
  });

  it("finds relative links with their offsets, and none in code, comments or addresses", () => {
    const body =
      '[a](b.md) ![c](<d e.png>) `[x](y.md)` [w](https://e.org) [h](#top) [p](a(1).md "t") [m](mailto:x)\n\n```\n[f](g.md)\n```\n<!-- [k](l.md) -->\n\n[r]: ref.md\n';
    const { links } = facts(body);
    assert.deepEqual(
      links.map((link) => link.target),
      ["b.md", "d e.png", "a(1).md", "ref.md"],
    );
    for (const link of links) assert.ok(body.startsWith(link.target, link.offset));
  });

  it("cuts the body into sections that cover it from the first heading to the end", () => {
    const { sections } = scanBody(example, 0);
    assert.deepEqual(
      sections.map((section) => section.key ?? section.heading),
      ["observations", "worked", "failed", "unexpected", "Details", "next", "notes", "questions"],
    );
    assert.equal(sections.map((section) => example.slice(section.start, section.end)).join(""), example);
    assert.ok(sections.every((section) => example.slice(section.start, section.bodyStart).includes(section.heading)));
  });

  it("takes sections in any order, level and spelling, setext headings too", () => {
    const body = "Next Steps:\n===\n\n###### WHAT DID NOT WORK ######\n- x\n\n# *What worked*\n- y\n";
    assert.deepEqual(
      scanBody(body, 0).sections.map((section) => section.key),
      ["next", "failed", "worked"],
    );
    assert.deepEqual(facts(body).worked, ["y"]);
  });

  it("lets the first of two equal headings win and reports the other", () => {
    const { duplicates, sections, facts: found } = scanBody("## What worked\n- a\n## Successes\n- b\n", 0);
    assert.deepEqual(found.worked, ["a"]);
    assert.deepEqual(
      duplicates.map(({ key, heading }) => [key, heading]),
      [["worked", "Successes"]],
    );
    assert.deepEqual(
      sections.map((section) => section.key),
      ["worked", undefined],
    );
  });

  it("ignores what a template leaves to be filled in", () => {
    for (const text of ["", "…", "...", "-", "–", "TBD", "todo", "n/a", "[X%]", "?", "None"]) assert.ok(isBlank(text), text);
    for (const text of ["no", "x", "a longer text …", "87%"]) assert.ok(!isBlank(text), text);
  });

  it("reads paragraphs without their marks", () => {
    const table: readonly (readonly [string, string])[] = [
      ["**a** _b_ `c*d`", "a b c*d"],
      ["[x](y) ![z](w)", "x z"],
      ["a \\* b", "a * b"],
      ["snake_case_name", "snake_case_name"],
      ["2 * 3 * 4", "2 * 3 * 4"],
      ["<https://e.org>", "https://e.org"],
      ["~~old~~ new", "old new"],
      ["a<!-- c -->b", "ab"],
      ["x < y > z", "x < y > z"],
    ];
    for (const [markdown, plain] of table) assert.equal(plainText(markdown), plain);
  });

  it("agrees with remark on headings, items and tasks in tricky documents", () => {
    const documents = [
      example,
      "a\n- b\nc\n===\n",
      "- a\n\n\n- b\n",
      "-\n\n  a\n",
      "-   a\n    b\n  c\n",
      "1. a\n2. b\n\n10) c\n",
      "para\n2. no\n1. yes\n",
      "- a\n    - b\n        - [ ] c\n",
      "\t- a\n",
      "-\ta\n\n\tb\n",
      "* * *\n- - -\n- - a\n",
      "> a\nb\n===\n",
      "> - a\n\n- b\n",
      "<div>\n# no\n\n# yes\n</div>\n",
      "<!--\n# no\n\n# no\n-->\n# yes\n",
      "<pre>\n\n# no\n</pre>\n# yes\n",
      "<b>\n# yes\n",
      "text\n<b>\n# yes\n",
      "| a | b |\n|---|---|\n| 1 | 2 |\n---\n",
      "a\n---\n",
      "- a\n---\n",
      "- a\n  ---\n",
      "~~~ x\n# no\n~~~\n# yes\n",
      "```\n# no\n",
      "- ```\n  # no\n# yes\n",
      "    # no\n\n   # yes\n",
      "#no\n#\n# #\n## a ##b ##\n",
      "- [ ]\n- [ ] a\n- [x]b\n- [X] c\n-  [ ]  d\n- [ ] \n",
      "[a]: b\n===\n",
      "- a\n\n      code\n- b\n",
      "1. a\n\n   b\n  2. c\n",
      "+ a\n+\n+ b\n",
      "a\\\n===\n",
      "*a*\n- [ ] b\n  > c\nd\n",
    ];
    for (const document of documents) assert.deepEqual(compareWithRemark(document), [], document);
    for (const document of documents) assert.deepEqual(compareWithRemark(document.replaceAll("\n", "\r\n")), [], document);
  });

  it("takes linear time on 100 KB of hostile text", () => {
    const units = [
      "- ",
      "> ",
      "#",
      "`",
      "~~~\n",
      "[a](",
      "](",
      "<!-- ",
      "<a ",
      "* ",
      "1. ",
      "- [ ] a\n",
      "===\n",
      "|-",
      "| a ",
      "\\",
      "**a",
      "_a ",
      "\t",
      "<div>\n",
      "a\n",
      "  ",
      "\n",
      "[a]:",
      "![",
      "`a",
      "``a`",
      "- a\n\n  b\n",
      "   - a\n",
      "<x y=",
      "--- ",
      "## What worked\n",
      "- …\n",
      "[x](<",
    ];
    for (const unit of units) {
      const text = `## What worked\n${unit.repeat(Math.ceil(100_000 / unit.length))}`;
      const spent = stopwatch();
      scanBody(text, 0);
      assert.ok(spent() < 500, `${JSON.stringify(unit)}: ${Math.round(spent())} ms`);
    }
  });
});
