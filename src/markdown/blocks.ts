// A line scan of markdown: headings, list items, paragraphs and tasks with their offsets, in linear time. It follows
// CommonMark's block rules as far as these four need them (fences, HTML blocks, indented code, quotes, lazy lines); what is
// inside a quote is somebody else's and is not reported. test/markdown/body.test.ts holds it against remark.

import { headingText, htmlEnd, isTableRule, taskBox } from "./block-rules.ts";
import { joinLines, startOfLine } from "./lines.ts";

/** A heading of the body itself, not one inside a list or a quote. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  /** Start of its (first) line. */
  readonly start: number;
  /** After its line end. */
  readonly bodyStart: number;
}

export interface Item {
  /** As written: `-`, `*`, `+`, `1.`, `2)`. */
  readonly marker: string;
  /** Offset of the marker. */
  readonly start: number;
  /** Offset of the line the marker is on. */
  readonly line: number;
  /** Column at which its content stands: what its further lines are indented by. */
  readonly indent: number;
  /** Number of items it is nested in. */
  readonly depth: number;
  /** After its last line that is not blank, line end excluded. */
  end: number;
  /** Offset of the character between the brackets of `[ ]`. */
  box?: number;
}

/** Lines of text that belong together; `item` is the innermost list item they stand in. */
export interface Paragraph {
  readonly start: number;
  end: number;
  readonly item?: Item;
  /** First thing in its item. */
  readonly first: boolean;
}

export interface Blocks {
  readonly headings: readonly Heading[];
  readonly items: readonly Item[];
  readonly paragraphs: readonly Paragraph[];
}

interface Open {
  readonly item: Item;
  /** Nothing but the marker so far: a second blank line ends it. */
  empty: boolean;
}

/** Lists nested deeper are prose: no person writes them, and they would make the scan quadratic. */
const deepest = 50;

const tab = 9;
const carriage = 13;
const space = 32;

export function scanBlocks(text: string, start: number): Blocks {
  const scan = new Scan(text);
  for (let at = start; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const next = found === -1 ? text.length : found + 1;
    const last = found === -1 ? next : found;
    scan.line(at, last > at && text.charCodeAt(last - 1) === carriage ? last - 1 : last, next);
    at = next;
  }
  scan.paragraphEnds();
  return scan;
}

class Scan implements Blocks {
  readonly headings: Heading[] = [];
  readonly items: Item[] = [];
  readonly paragraphs: Paragraph[] = [];
  private readonly text: string;
  private readonly open: Open[] = [];
  /** The paragraph that the next line may continue; `quoted` when it is inside a quote. */
  private paragraph: Paragraph | "quoted" | undefined;
  private table = false;
  private measured = 0;
  /** Character, length and depth of an open fence. */
  private fence: { readonly mark: number; readonly length: number; readonly depth: number } | undefined;
  /** What ends an open HTML block: a text on a line, or "" for a blank line. */
  private html: { readonly until: string; readonly depth: number } | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** One line: `at` to `end` without its line end, `next` after it. */
  line(at: number, end: number, next: number): void {
    const { text } = this;
    let column = 0;
    let indent = this.measure(at, end, column);
    let position = this.measured;
    if (position >= end) {
      this.blank();
      return;
    }
    // Which open items go on: each asks for its content column.
    let depth = 0;
    while (depth < this.open.length && column + indent >= (this.open[depth]?.item.indent ?? 0)) depth += 1;
    const base = depth === 0 ? 0 : (this.open[depth - 1]?.item.indent ?? 0);
    indent = column + indent - base;
    column = base;
    if (this.fence !== undefined && this.inFence(depth, position, end, indent)) return;
    if (this.html !== undefined && this.inHtml(depth, at, end)) return;
    const lazy = depth < this.open.length;
    for (;;) {
      if (indent >= 4) {
        if (this.paragraph !== undefined) this.continued(end);
        else this.other(depth, end);
        return;
      }
      const code = text.charCodeAt(position);
      // An ordinary line of prose, the most common case.
      const plain = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127;
      if (plain) break;
      if (this.opensBlock(code, position, end, next, depth, lazy)) return;
      const marker = depth < deepest ? this.itemMarker(code, position, end, depth) : 0;
      if (marker === 0) break;
      this.close(depth);
      const markerEnd = position + marker;
      const line = at;
      const startColumn = column + indent;
      const start = position;
      column = startColumn + marker;
      indent = this.measure(markerEnd, end, column);
      position = this.measured;
      const empty = position >= end;
      const content = empty || indent > 4 ? column + 1 : column + indent;
      const item: Item = { marker: text.slice(start, markerEnd), start, line, indent: content, depth, end: empty ? markerEnd : end };
      this.items.push(item);
      this.open.push({ item, empty });
      depth += 1;
      if (empty) {
        this.grow(end, depth);
        item.end = markerEnd;
        return;
      }
      indent = column + indent - content;
      column = content;
    }
    this.prose(position, end, depth, lazy);
  }

  /** Width of the blanks from `at`; where they end is left in `measured`. */
  private measure(at: number, end: number, column: number): number {
    let indent = 0;
    let position = at;
    for (; position < end; position += 1) {
      const code = this.text.charCodeAt(position);
      if (code === space) indent += 1;
      else if (code === tab) indent += 4 - ((column + indent) & 3);
      else break;
    }
    this.measured = position;
    return indent;
  }

  private blank(): void {
    this.paragraphEnds();
    if (this.html?.until === "") this.html = undefined;
    const last = this.open.at(-1);
    if (last?.empty === true && this.fence === undefined) this.open.pop();
  }

  paragraphEnds(): void {
    const { paragraph } = this;
    this.paragraph = undefined;
    this.table = false;
    if (paragraph === undefined || paragraph === "quoted") return;
    const box = paragraph.item !== undefined && paragraph.first ? taskBox(this.text, paragraph.start, paragraph.end) : undefined;
    if (paragraph.item !== undefined && box !== undefined) paragraph.item.box = box;
  }

  /** Items from `depth` on end here; the others have one more line. */
  private close(depth: number): void {
    this.paragraphEnds();
    if (this.open.length > depth) this.open.length = depth;
  }

  private grow(end: number, depth: number): void {
    let last = end;
    while (last > 0 && (this.text.charCodeAt(last - 1) === space || this.text.charCodeAt(last - 1) === tab)) last -= 1;
    for (let index = 0; index < depth; index += 1) {
      const open = this.open[index];
      if (open === undefined) return;
      open.item.end = last;
    }
    const innermost = this.open[depth - 1];
    if (innermost !== undefined && innermost.item.start < last - innermost.item.marker.length) innermost.empty = false;
  }

  /** A line of something that is neither heading, item nor prose: code, HTML, rule. */
  private other(depth: number, end: number): void {
    this.close(depth);
    this.grow(end, depth);
  }

  private continued(end: number): void {
    if (this.paragraph !== "quoted" && this.paragraph !== undefined) this.paragraph.end = end;
    this.grow(end, this.open.length);
  }

  private prose(position: number, end: number, depth: number, lazy: boolean): void {
    if (this.paragraph !== undefined) {
      if (!this.table && isTableRule(this.text, position, end)) this.table = true;
      if (!(lazy && this.table)) {
        this.continued(end);
        return;
      }
    }
    this.close(depth);
    const item = this.open[depth - 1]?.item;
    const first = item !== undefined && this.open[depth - 1]?.empty !== undefined && !this.filled(item);
    const paragraph: Paragraph = item === undefined ? { start: position, end, first: false } : { start: position, end, item, first };
    this.paragraphs.push(paragraph);
    this.paragraph = paragraph;
    this.grow(end, depth);
  }

  /** Whether something stands in the item already. */
  private filled(item: Item): boolean {
    if (this.items.at(-1) !== item || this.paragraphs.at(-1)?.item === item) return true;
    const before = this.text.slice(item.start + item.marker.length, item.end);
    return before.includes("\n") && before.trim() !== "";
  }

  private inFence(depth: number, position: number, end: number, indent: number): boolean {
    const fence = this.fence;
    if (fence === undefined) return false;
    if (depth < fence.depth) {
      this.fence = undefined;
      return false;
    }
    this.grow(end, fence.depth);
    if (indent < 4 || depth > fence.depth) {
      let at = position;
      while (at < end && this.text.charCodeAt(at) === fence.mark) at += 1;
      if (at - position >= fence.length && this.text.slice(at, end).trim() === "") this.fence = undefined;
    }
    return true;
  }

  private inHtml(depth: number, at: number, end: number): boolean {
    const html = this.html;
    if (html === undefined) return false;
    if (depth < html.depth) {
      this.html = undefined;
      return false;
    }
    this.grow(end, html.depth);
    if (html.until !== "" && this.text.slice(at, end).toLowerCase().includes(html.until)) this.html = undefined;
    return true;
  }

  /** Heading, underline of a heading, rule, fence, quote, HTML block. */
  private opensBlock(code: number, position: number, end: number, next: number, depth: number, lazy: boolean): boolean {
    switch (code) {
      case 35: // #
        return this.atxHeading(position, end, next, depth);
      case 61: // =
        return this.underline(position, end, next, depth, lazy, 1);
      case 45: // -
        return this.underline(position, end, next, depth, lazy, 2) || this.rule(code, position, end, depth);
      case 42: // *
      case 95: // _
        return this.rule(code, position, end, depth);
      case 96: // `
      case 126: // ~
        return this.openFence(code, position, end, depth);
      case 62: // >
        this.quote(position, end, depth);
        return true;
      case 60: // <
        return this.openHtml(position, end, depth);
      default:
        return false;
    }
  }

  private atxHeading(position: number, end: number, next: number, depth: number): boolean {
    const { text } = this;
    let at = position;
    while (at < end && text.charCodeAt(at) === 35) at += 1;
    const level = at - position;
    if (level > 6 || (at < end && text.charCodeAt(at) !== space && text.charCodeAt(at) !== tab)) return false;
    this.other(depth, end);
    if (depth === 0)
      this.headings.push({ level, text: headingText(text.slice(at, end)), start: startOfLine(text, position), bodyStart: next });
    return true;
  }

  private underline(position: number, end: number, next: number, depth: number, lazy: boolean, level: number): boolean {
    const { paragraph, text } = this;
    if (paragraph === undefined || paragraph === "quoted" || lazy || this.table) return false;
    const mark = text.charCodeAt(position);
    let at = position;
    while (at < end && text.charCodeAt(at) === mark) at += 1;
    if (text.slice(at, end).trim() !== "") return false;
    const content = text.slice(paragraph.start, paragraph.end);
    if (/^\[[^\]]+\]:/.test(content)) return false;
    this.paragraphs.pop();
    this.paragraph = undefined;
    this.grow(end, depth);
    if (depth === 0) this.headings.push({ level, text: joinLines(content), start: startOfLine(text, paragraph.start), bodyStart: next });
    return true;
  }

  private rule(mark: number, position: number, end: number, depth: number): boolean {
    let count = 0;
    for (let at = position; at < end; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === mark) count += 1;
      else if (code !== space && code !== tab) return false;
    }
    if (count < 3) return false;
    this.other(depth, end);
    return true;
  }

  private openFence(mark: number, position: number, end: number, depth: number): boolean {
    let at = position;
    while (at < end && this.text.charCodeAt(at) === mark) at += 1;
    const length = at - position;
    if (length < 3) return false;
    if (mark === 96 && this.text.slice(at, end).includes("`")) return false;
    this.other(depth, end);
    this.fence = { mark, length, depth };
    return true;
  }

  /** What is inside a quote is skipped, but a line of prose there can go on, lazily, on the next line. */
  private quote(position: number, end: number, depth: number): void {
    this.other(depth, end);
    const inner = this.text.slice(position, end).replace(/^(?:>[ \t]?)+/, "");
    const prose = /^ {0,3}(?![-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}(?:[ \t]|$)|```|~~~|<|[-*_ \t]*$)\S/.test(inner);
    const nested = /^(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)[^\s`~<#>]/.test(inner);
    this.paragraph = prose || nested ? "quoted" : undefined;
  }

  private openHtml(position: number, end: number, depth: number): boolean {
    const rest = this.text.slice(position, end);
    const until = htmlEnd(rest, this.paragraph !== undefined);
    if (until === undefined) return false;
    this.other(depth, end);
    if (until === "" || !rest.toLowerCase().includes(until, until === "-->" ? 2 : 1)) this.html = { until, depth };
    return true;
  }

  /** Length of a list marker, 0 when there is none. */
  private itemMarker(code: number, position: number, end: number, depth: number): number {
    const { text } = this;
    let at = position;
    if (code === 45 || code === 42 || code === 43) at += 1;
    else if (code >= 48 && code <= 57) {
      while (at < end && at - position < 9 && isDigit(text.charCodeAt(at))) at += 1;
      const close = text.charCodeAt(at);
      if (at >= end || (close !== 46 && close !== 41)) return 0;
      at += 1;
    } else return 0;
    const after = text.charCodeAt(at);
    if (at < end && after !== space && after !== tab) return 0;
    // In the middle of a paragraph only a list that starts at 1 and has content begins.
    const interrupts =
      this.paragraph !== undefined &&
      depth === this.open.length &&
      (this.paragraph === "quoted" || this.paragraph.item === this.open.at(-1)?.item);
    if (interrupts) {
      if (text.slice(at, end).trim() === "") return 0;
      if (isDigit(code) && text.slice(position, at - 1) !== "1") return 0;
    }
    return at - position;
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
