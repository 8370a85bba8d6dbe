// Table → GitHub-flavoured markdown, through remark-stringify, so that whatever a title holds the table stays a table.

import type { PhrasingContent, RootContent, TableCell } from "mdast";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import type { Cell, Table } from "./table.ts";

/** Address of a run's file seen from where the table will stand. */
export type Link = (runId: string) => string | undefined;

const printer = unified().use(remarkGfm, { tablePipeAlign: false }).use(remarkStringify, { bullet: "-", emphasis: "_", rule: "-" });

export function toMarkdown(table: Table, link: Link = () => undefined): string {
  const children: RootContent[] = [];
  if (table.rows.length === 0) children.push(paragraph(table.empty));
  else {
    const header = table.columns.map((column) => tableCell([text(column.label)]));
    const rows = table.rows.map((row) => row.map((cell) => tableCell(phrasing(cell, link))));
    children.push({
      type: "table",
      align: table.columns.map((column) => (column.align === "right" ? "right" : null)),
      children: [header, ...rows].map((cells) => ({ type: "tableRow", children: cells })),
    });
  }
  for (const note of table.notes) children.push(paragraph(note));
  return printer.stringify({ type: "root", children }).trimEnd();
}

function phrasing(cell: Cell, link: Link): PhrasingContent[] {
  const url = cell.run === undefined ? undefined : link(cell.run);
  const content = text(cell.text);
  return url === undefined ? [content] : [{ type: "link", url, children: [content] }];
}

// A cell is one line: what would break it (line ends, control characters) becomes a space; marks that turn the reading direction show.
function text(value: string): PhrasingContent {
  const line = value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");
  return { type: "text", value: line.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`) };
}

const tableCell = (children: PhrasingContent[]): TableCell => ({ type: "tableCell", children });
const paragraph = (value: string): RootContent => ({ type: "paragraph", children: [text(value)] });
