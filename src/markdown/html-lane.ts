// The short way from plain prose to HTML: headings, paragraphs, `-` lists, tasks, tables, fences, code spans, plain bold and links, as
// most runs are written. Byte for byte what html.ts makes of them; whatever is not certainly so goes to html.ts, a block alone where
// it depends on nothing around it, else the whole text. Tests hold the two ways equal.

import { headingName } from "./heading-name.ts";
import { type Inline, laneInline } from "./html-lane-inline.ts";

/** Renders markdown by the long way. */
export type RenderBlock = (markdown: string) => string;

/** Nothing where the text has to go the long way as a whole. */
export function laneHtml(text: string, render: RenderBlock): string | undefined {
  if (wholeOnly.test(text)) return undefined;
  const out: string[] = [];
  const state: State = { lines: text.split("\n"), at: 0, render, names: new Map(), afterList: false };
  while (state.at < state.lines.length) {
    const line = state.lines[state.at] ?? "";
    if (line.trim() === "") {
      // Blanks that are not empty lines belong to nothing; a list may go on after them.
      state.at += 1;
      continue;
    }
    const html = block(line, state);
    if (html === undefined) return undefined;
    out.push(html);
  }
  return out.join("\n");
}

interface State {
  readonly lines: readonly string[];
  at: number;
  readonly render: RenderBlock;
  readonly names: Map<string, number>;
  /** The last block was or ended in a list: what begins like one, or is indented, would belong to it. */
  afterList: boolean;
}

/** Tabs, carriage returns, control characters, footnotes, definitions, links within the page, and HTML at the start of a line reach beyond their block. */
const wholeOnly = /[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029\ufeff]|\[\^|\]:|\(#|^ *</m;

const headingLine = /^(#{1,6}) +(\S.*)$/;
const fenceLine = /^(`{3,}|~{3,})(.*)$/;
const bullet = /^[-*+](?: |$)/;
const ordered = /^\d{1,9}[.)](?: |$)/;
const ruleLine = /^(?:-{3,}|\*{3,}|_{3,})$/;

function block(line: string, state: State): string | undefined {
  const indented = line.startsWith(" ");
  const listLike = bullet.test(line) || ordered.test(line);
  if (indented || (state.afterList && listLike)) return undefined;
  const wasAfterList = state.afterList;
  state.afterList = false;
  if (line.startsWith("#")) return heading(line, state);
  if (line.startsWith("```") || line.startsWith("~~~")) return fence(line, state);
  if (ruleLine.test(line)) {
    state.at += 1;
    return wasAfterList ? undefined : "<hr>";
  }
  if (line.startsWith("|")) return table(state) ?? alone(state);
  if (line.startsWith("- ")) return list(state) ?? alone(state);
  if (listLike || line.startsWith(">")) return alone(state);
  return paragraph(state) ?? alone(state);
}

function heading(line: string, state: State): string | undefined {
  const [, marks = "", words = ""] = headingLine.exec(line) ?? [];
  if (marks === "" || words.endsWith("#") || words.endsWith(" ")) return undefined;
  const inline = laneInline(words);
  if (inline === undefined) return undefined;
  state.at += 1;
  const name = headingName(inline.text, state.names);
  return `<h${marks.length} id="user-content-${name}">${inline.html}</h${marks.length}>`;
}

function fence(line: string, state: State): string | undefined {
  const [, marks = "", info = ""] = fenceLine.exec(line) ?? [];
  if (!/^[A-Za-z0-9_+-]*$/.test(info)) return undefined;
  const close = new RegExp(`^ {0,3}\\${marks.charAt(0)}{${marks.length},} *$`);
  let end = state.at + 1;
  while (end < state.lines.length && !close.test(state.lines[end] ?? "")) end += 1;
  // A fence that is never closed takes the rest, where the last line end counts differently.
  if (end === state.lines.length) return undefined;
  const code = escapeText(state.lines.slice(state.at + 1, end).join("\n"));
  state.at = end + 1;
  return `<pre><code${info === "" ? "" : ` class="language-${info}"`}>${code}${code === "" ? "" : "\n"}</code></pre>`;
}

const delimiter = /^\|(?: *:?-+:? *\|)+$/;

function table(state: State): string | undefined {
  const [head, align] = [state.lines[state.at] ?? "", state.lines[state.at + 1] ?? ""];
  if (!delimiter.test(align)) return undefined;
  const sides = split(align)?.map(sideOf) ?? [];
  const header = cells(head, sides.length);
  if (header === undefined) return undefined;
  const rows: (readonly Inline[])[] = [];
  let at = state.at + 2;
  for (; (state.lines[at] ?? "") !== ""; at += 1) {
    const row = cells(state.lines[at] ?? "", sides.length);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  state.at = at;
  const line = (row: readonly Inline[], tag: string): string =>
    `<tr>\n${row.map(({ html }, column) => `<${tag}${sides[column] ?? ""}>${html}</${tag}>\n`).join("")}</tr>\n`;
  const body = rows.length === 0 ? "" : `<tbody>\n${rows.map((row) => line(row, "td")).join("")}</tbody>\n`;
  return `<table>\n<thead>\n${line(header, "th")}</thead>\n${body}</table>`;
}

function sideOf(cell: string): string {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  if (left && right) return ' align="center"';
  return right ? ' align="right"' : left ? ' align="left"' : "";
}

/** The texts between the pipes of a row that begins and ends with one. */
function split(row: string): readonly string[] | undefined {
  if (!/^\|.*\|$/.test(row) || row.includes("\\")) return undefined;
  return row
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}

function cells(row: string, count: number): readonly Inline[] | undefined {
  const texts = split(row);
  if (texts?.length !== count) return undefined;
  const inlines = texts.flatMap((text) => (text === "" ? [{ html: "", text: "" }] : (laneInline(text) ?? [])));
  return inlines.length === count ? inlines : undefined;
}

const task = /^\[([ xX])\] (\S.*)$/;
/** What would open a block of its own inside an item, but for code spans and bold or italic words. */
const opens = /^(?:[-+>#|~=]|`(?![^`])|\*(?!\*?[A-Za-z0-9])|\d{1,9}[.)]| )/;
/** A bracket that is neither a link nor a box. */
const bracket = /^\[(?![^[\]]*\]\()/;

function list(state: State): string | undefined {
  const start = state.at;
  const html = items(state, 0);
  const end = state.lines[state.at] ?? "";
  if (html !== undefined && (end === "" || end.startsWith("#"))) {
    state.afterList = true;
    return html;
  }
  state.at = start;
  return undefined;
}

const deepest = 12;

/** A tight list, each list within an item two blanks further in. Ends before the first line that is no item of it. */
function items(state: State, depth: number): string | undefined {
  const mark = `${"  ".repeat(depth)}- `;
  const inner = `  ${mark}`;
  let tasks = false;
  let html = "";
  for (let line = state.lines[state.at] ?? ""; line.startsWith(mark); line = state.lines[state.at] ?? "") {
    const item = itemOf(line.slice(mark.length));
    if (item === undefined) return undefined;
    tasks ||= item.task;
    state.at += 1;
    const deeper = (state.lines[state.at] ?? "").startsWith(inner);
    const below = deeper && depth < deepest ? items(state, depth + 1) : undefined;
    if (deeper && below === undefined) return undefined;
    html += `${item.html}${below === undefined ? "" : `\n${below}\n`}</li>\n`;
  }
  return `<ul${tasks ? ' class="contains-task-list"' : ""}>\n${html}</ul>`;
}

/** Left open, for a list may follow in it. */
function itemOf(words: string): { readonly html: string; readonly task: boolean } | undefined {
  const [, mark, rest = words] = task.exec(words) ?? [];
  if (words.endsWith(" ") || (mark === undefined && bracket.test(words))) return undefined;
  const inline = opens.test(rest) ? undefined : laneInline(rest);
  if (inline === undefined) return undefined;
  if (mark === undefined) return { html: `<li>${inline.html}`, task: false };
  const [checked, label] = mark === " " ? ["", "open"] : [" checked", "done"];
  return { html: `<li class="task-list-item"><input type="checkbox"${checked} disabled aria-label="${label}"> ${inline.html}`, task: true };
}

function paragraph(state: State): string | undefined {
  let at = state.at;
  const lines: string[] = [];
  for (; at < state.lines.length; at += 1) {
    const line = state.lines[at] ?? "";
    if (line === "" || (at > state.at && (line.startsWith("- ") || headingLine.test(line)))) break;
    if (line.startsWith(" ") || line.endsWith(" ") || (at > state.at && interrupts.test(line))) return undefined;
    lines.push(line);
  }
  // An empty item does not end a paragraph, and a line of dashes under one makes it a heading.
  if (/^- *$/.test(state.lines[at] ?? "")) return undefined;
  const inline = laneInline(lines.join("\n"));
  if (inline === undefined) return undefined;
  const html = `<p>${inline.html}</p>`;
  const start = state.at;
  state.at = at;
  if (!(state.lines[at] ?? "").startsWith("- ")) return html;
  // What may begin inside an item is not the same where the list cuts off a paragraph: both go the same way.
  const items = list(state);
  if (items !== undefined) return `${html}\n${items}`;
  state.at = start;
  return undefined;
}

const interrupts = /^(?:[*+>#<|=~`:-]|\d{1,9}[.)])/;

/** The lines up to the next empty one or heading by the long way, where nothing around them can matter. */
function alone(state: State): string | undefined {
  let end = state.at;
  while (end < state.lines.length && (state.lines[end] ?? "") !== "" && !headingLine.test(state.lines[end] ?? "")) end += 1;
  const lines = state.lines.slice(state.at, end);
  // A fence or blanks of its own would reach further; a heading needs to know the names of the others.
  if (lines.some((line) => /^ *(?:[-*+>] *|\d{1,9}[.)] *)*(?:```|~~~|#)/.test(line) || line.trim() === "")) return undefined;
  const html = state.render(lines.join("\n"));
  if (html.includes(' id="')) return undefined;
  state.at = end;
  state.afterList = lines.some((line) => bullet.test(line.trimStart()) || ordered.test(line.trimStart()));
  return html;
}

function escapeText(text: string): string {
  return text.replace(/&/g, "&#x26;").replace(/</g, "&#x3C;");
}
