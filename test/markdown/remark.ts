// What remark finds in a document, to hold the line scan against.

import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { scanBlocks } from "../../src/markdown/blocks.ts";

interface MarkdownNode {
  readonly type: string;
  readonly depth?: number;
  readonly checked?: boolean | null;
  readonly position?: { readonly start: { readonly offset?: number } };
  readonly children?: readonly MarkdownNode[];
}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Headings of the body itself, list items and tasks that only one of the two finds; quotes and footnotes are left out. */
export function compareWithRemark(text: string): readonly string[] {
  const expected = new Set<string>();
  const walk = (node: MarkdownNode, root: boolean): void => {
    if (node.type === "blockquote" || node.type === "footnoteDefinition") return;
    const at = node.position?.start.offset ?? 0;
    if (node.type === "heading" && root) expected.add(`heading ${node.depth} ${text.lastIndexOf("\n", at - 1) + 1}`);
    if (node.type === "listItem") {
      expected.add(`item ${at}`);
      if (typeof node.checked === "boolean") expected.add(`task ${at} ${node.checked}`);
    }
    for (const child of node.children ?? []) walk(child, node.type === "root");
  };
  walk(parser.parse(text) as MarkdownNode, true);
  const blocks = scanBlocks(text, 0);
  const found = new Set<string>();
  for (const heading of blocks.headings) found.add(`heading ${heading.level} ${heading.start}`);
  for (const item of blocks.items) {
    found.add(`item ${item.start}`);
    if (item.box !== undefined) found.add(`task ${item.start} ${text.slice(item.box, item.box + 1).trim() !== ""}`);
  }
  return [
    ...[...expected].filter((each) => !found.has(each)).map((each) => `missed ${each}`),
    ...[...found].filter((each) => !expected.has(each)).map((each) => `invented ${each}`),
  ];
}
