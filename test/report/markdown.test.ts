import assert from "node:assert/strict";
import { test } from "node:test";
import type { Root, Table as TableNode } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { replaceBlock } from "../../src/markdown/markers.ts";
import { toMarkdown } from "../../src/report/markdown.ts";
import { left, type Table } from "../../src/report/table.ts";

const table = (text: string, run?: string): Table => ({
  name: "t",
  title: "T",
  columns: [left("a", "A"), left("b", "B")],
  rows: [[run === undefined ? { text } : { text, run }, { text: "x" }]],
  notes: [],
  empty: "Nothing.",
});

const read = (markdown: string): Root => unified().use(remarkParse).use(remarkGfm).parse(markdown);

const hostile = [
  "a | b",
  "a\nb",
  "`code` | x",
  "<script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "# no heading",
  "- [ ] no task",
  "\\|",
  "*bold*",
  "![i](u)",
  "<!-- /journal:log -->",
  "{{ x }} ${y}",
  "\u001b[31mred",
  "a\u2028b",
  "https://example.org",
  "||||",
];

test("whatever a cell holds, the table stays one row of two cells and the text stays the text", () => {
  for (const text of hostile) {
    const node = read(toMarkdown(table(text))).children[0] as TableNode;
    assert.equal(node.type, "table", text);
    assert.equal(node.children.length, 2, text);
    const cells = node.children[1]?.children ?? [];
    assert.equal(cells.length, 2, text);
    const plain = text.replace(/[\u0000-\u001f\u2028]+/g, " ").trim();
    assert.equal(textOf(cells[0]), plain, text);
    assert.ok(!JSON.stringify(cells[0]).includes('"html"'), text);
  }
});

test("no cell can close the block it stands in", () => {
  const block = replaceBlock("", "log", toMarkdown(table("<!-- /journal:log -->")));
  assert.equal(replaceBlock(block, "log", toMarkdown(table("<!-- /journal:log -->"))), block);
});

test("a cell that leads to a run becomes a link, and text when the run has no file", () => {
  const link = (id: string): string | undefined => (id === "EXP001" ? "EXP001 a.md" : undefined);
  assert.match(toMarkdown(table("EXP001", "EXP001"), link), /\[EXP001\]\(<EXP001 a\.md>\)/);
  assert.ok(!toMarkdown(table("EXP002", "EXP002"), link).includes("]("));
});

test("an empty table is its sentence", () => {
  assert.equal(toMarkdown({ ...table("x"), rows: [] }), "Nothing.");
});
