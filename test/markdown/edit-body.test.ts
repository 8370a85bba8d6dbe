import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { JournalError } from "../../src/base/problem.ts";
import { scanBlocks } from "../../src/markdown/blocks.ts";
import { scanBody } from "../../src/markdown/body.ts";
import { type Edit, edit } from "../../src/markdown/edit.ts";

const append = (section: string, item: string, task = false): Edit => ({ kind: "append", section, item, task });
const text = (section: string, prose: string): Edit => ({ kind: "text", section, text: prose });
const tick = (task: number, done = true): Edit => ({ kind: "tick", task, done });

function body(before: string, ...edits: readonly Edit[]): string {
  const head = "---\nid: EXP001-aaaa\n---\n";
  const result = edit(head + before, edits).text;
  assert.ok(result.startsWith(head));
  return result.slice(head.length);
}

const rows: readonly (readonly [title: string, before: string, edits: readonly Edit[], after: string])[] = [
  [
    "a placeholder is filled first",
    "### What worked\n- …\n",
    [append("worked", "it did"), append("worked", "more")],
    "### What worked\n- it did\n- more\n",
  ],
  [
    "an empty marker is filled, its blanks used up",
    "### What worked\n-   \n",
    [append("worked", "it did")],
    "### What worked\n-   it did\n",
  ],
  ["a bare marker at the end of the file is filled", "### What worked\n-", [append("worked", "it did")], "### What worked\n- it did"],
  ["an empty task is filled", "## Next steps\n- [ ] …\n* x\n", [append("next", "try", true)], "## Next steps\n- [ ] try\n* x\n"],
  ["an item copies the marker", "### What worked\n* a\n* b\n\ntext\n", [append("worked", "c")], "### What worked\n* a\n* b\n* c\n\ntext\n"],
  [
    "an item copies the indentation and the gap",
    "### What worked\n  -   a\n",
    [append("worked", "b\nc")],
    "### What worked\n  -   a\n  -   b\n      c\n",
  ],
  ["numbers count on", "### What worked\n1. a\n2. b\n", [append("worked", "c")], "### What worked\n1. a\n2. b\n3. c\n"],
  ["numbers that are all one stay one", "### What worked\n1) a\n1) b\n", [append("worked", "c")], "### What worked\n1) a\n1) b\n1) c\n"],
  [
    "a list with blank lines goes on with blank lines",
    "### What worked\n- a\n\n- b\n",
    [append("worked", "c")],
    "### What worked\n- a\n\n- b\n\n- c\n",
  ],
  [
    "an item follows the nested items and code of the last one",
    "### What worked\n- a\n  - nested\n\n    ```\n    # code\n    ```\n\n## Next steps\n",
    [append("worked", "b")],
    "### What worked\n- a\n  - nested\n\n    ```\n    # code\n    ```\n- b\n\n## Next steps\n",
  ],
  [
    "the first item of an empty section",
    "### What worked\n\n### What didn't work\n",
    [append("worked", "a")],
    "### What worked\n\n- a\n\n### What didn't work\n",
  ],
  [
    "headings without blank lines stay so",
    "### What worked\n### What didn't work\n",
    [append("worked", "a")],
    "### What worked\n- a\n### What didn't work\n",
  ],
  [
    "a section is found by its other names, in any order and level",
    "# TODO\n- [x] a\n\n#### 2. What Didn’t Work:\n",
    [append("next", "b", true), append("failed", "c")],
    "# TODO\n- [x] a\n- [ ] b\n\n#### 2. What Didn’t Work:\n\n- c\n",
  ],
  [
    "a setext heading is a heading",
    "What worked\n-----------\n\ntext\n",
    [append("worked", "a")],
    "What worked\n-----------\n\ntext\n\n- a\n",
  ],
  [
    "a heading in a code fence is none",
    "```\n## Next steps\n- [ ] x\n```\n",
    [append("next", "a", true)],
    "```\n## Next steps\n- [ ] x\n```\n\n## Next steps\n\n- [ ] a\n",
  ],
  [
    "the first of two equal headings wins",
    "### What worked\n- a\n### What worked\n- b\n",
    [append("worked", "c")],
    "### What worked\n- a\n- c\n### What worked\n- b\n",
  ],
  [
    "an absent section goes where the template has it",
    "## Observations\n\n## Next steps\n\n- [ ] a\n",
    [append("worked", "w"), append("failed", "f"), append("questions", "q")],
    "## Observations\n\n### What worked\n\n- w\n\n### What didn't work\n\n- f\n\n## Next steps\n\n- [ ] a\n\n## Run notes\n\n### Follow-up questions\n\n- q\n",
  ],
  [
    "a body without a last line end keeps ending so",
    "## Next steps\n- [ ] a",
    [append("next", "b", true), append("questions", "q")],
    "## Next steps\n- [ ] a\n- [ ] b\n\n## Run notes\n\n### Follow-up questions\n\n- q",
  ],
  [
    "a dated note gets its heading once",
    "## Run notes\n### Follow-up questions\n",
    [text("notes/2026-11-20", "First."), append("notes/2026-11-20", "Issue: mended"), text("notes/2026-11-20", "Second.")],
    "## Run notes\n\n### 2026-11-20\n\nFirst.\n\n- Issue: mended\n\nSecond.\n\n### Follow-up questions\n",
  ],
  [
    "a paragraph goes below what is there",
    "## Training curves\nold\n\n## Next steps\n",
    [text("curves", "new\nlines")],
    "## Training curves\nold\n\nnew\nlines\n\n## Next steps\n",
  ],
  [
    "a task is ticked by one character",
    "- [ ] a\n```\n- [ ] no\n```\n1. [x] b\n   * [ ] c  \n",
    [tick(0), tick(1, false), tick(2)],
    "- [x] a\n```\n- [ ] no\n```\n1. [ ] b\n   * [x] c  \n",
  ],
];

describe("edit of the prose", () => {
  for (const [title, before, edits, after] of rows) {
    it(title, () => assert.equal(body(before, ...edits), after));
    it(`${title}, with CRLF`, () => {
      const head = "---\r\nid: x\r\n---\r\n";
      assert.equal(edit(head + before.replaceAll("\n", "\r\n"), edits).text, head + after.replaceAll("\n", "\r\n"));
    });
  }

  it("ticking what is ticked is a no-op", () => {
    const file = "- [x] a\n";
    assert.deepEqual(edit(file, [tick(0)]), { text: file, done: [] });
  });

  it("says which task changed", () => assert.deepEqual(edit("- [ ] **a** b\n", [tick(0)]).done, [{ path: "a b", old: "[ ]", new: "[x]" }]));

  it("refuses a task that is not there, no text, and text that would swallow the rest", () => {
    const code = (...edits: readonly Edit[]): string => {
      try {
        body("## Training curves\n\n## Next steps\n- [ ] a\n", ...edits);
      } catch (error) {
        assert.ok(error instanceof JournalError);
        return error.problems[0]?.code ?? "";
      }
      return assert.fail("not refused");
    };
    assert.equal(code(tick(1)), "markdown/edit-no-task");
    assert.equal(code(append("next", "  \n")), "markdown/edit-no-text");
  });

  it("writes what looks like structure so that it reads as typed", () => {
    const before = "## Training curves\n\n## Next steps\n\n- [ ] a\n";
    const written = (...edits: readonly Edit[]): string => {
      const after = body(before, ...edits);
      const { facts, sections } = scanBody(after, 0);
      assert.deepEqual(
        sections.map(({ heading }) => heading),
        ["Training curves", "Next steps"],
      );
      assert.equal(facts.tasks.length, edits[0]?.kind === "append" && edits[0].task === true ? 2 : 1);
      return after;
    };
    const curves = (typed: string): string => written(text("curves", typed)).slice(20, -24);
    assert.equal(curves("# head"), "\\# head\n");
    assert.equal(curves("```\ncode"), "\\```\ncode\n");
    assert.equal(curves("```"), "\\```\n");
    assert.equal(curves("<!-- a"), "\\<!-- a\n");
    assert.equal(curves("text\n---\nmore\n==="), "text\n\\---\nmore\n\\===\n");
    assert.equal(curves("```\n# code\n```\n#tag\n- a\n- b"), "```\n# code\n```\n#tag\n- a\n- b\n");
    const next = (typed: string): string => written(append("next", typed, true)).slice(before.length);
    assert.equal(next("```\n## Run notes\n- [ ] fake"), "- [ ] ```\n  \\## Run notes\n  \\- [ ] fake\n");
    assert.equal(next("two\n1. lines\n+ more\n\nend"), "- [ ] two\n  1\\. lines\n  \\+ more\n\n  end\n");
    const listed = (typed: string): string => written(append("next", typed)).slice(before.length);
    assert.equal(listed("[x] done"), "- \\[x] done\n");
    assert.equal(listed("- # head"), "- \\- # head\n");
    assert.equal(listed("see\n```\n- [ ] code\n```"), "- see\n  ```\n  - [ ] code\n  ```\n");
  });

  it("finds room below a heading of the deepest level", () => {
    assert.match(body("###### Next steps\n\n- [ ] a\n", append("worked", "w")), /^\n###### Observations\n\n###### What worked\n\n- w\n/);
  });

  it("never makes more of a note than one item or no heading", () => {
    const piece = fc.constantFrom(
      "```",
      "~~~",
      "# h",
      "- a",
      "- [ ] t",
      "1. x",
      "---",
      "===",
      "<!--",
      "-->",
      "<div>",
      "> q",
      "    code",
      "text",
      "",
      "|a|",
      "|-|",
      "[x] y",
      "\t- t",
      "<script>",
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.boolean(), (pieces, task) => {
        const typed = pieces.join("\n");
        if (typed.trim() === "") return;
        const old = "---\nid: x\n---\n## Next steps\n\n- [ ] a\n\n## Run notes\n";
        const items = scanBlocks(edit(old, [append("next", typed, task)]).text, 0).items;
        assert.equal(items.length, 2);
        assert.equal(items.filter(({ box }) => box !== undefined).length, task && !/^[ \t]*$/.test(typed) ? 2 : 1);
        edit(old, [text("notes", typed)]);
      }),
      { numRuns: 2000 },
    );
  });
});
