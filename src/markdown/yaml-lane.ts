// The fast lane: plain YAML as nearly everybody writes it, read some twenty times faster than by the library. Indented maps,
// block lists, one-line `{…}` and `[…]`, plain and simple quoted scalars, comments. It never reports a problem: whatever it
// is not sure of, and whatever deserves a problem, makes it return nothing, and the library reads the text instead.

import type { Dict, Entry, List, Scalar, Tree } from "../record/tree.ts";
import { cutByComment, hiddenByComment } from "./yaml-lines.ts";
import { coreValue } from "./yaml-scalar.ts";

const deepest = 24;
const widest = 500;

/** Stands on the first character of a line with content. */
interface Cursor {
  readonly text: string;
  readonly end: number;
  at: number;
  /** Spaces before `at`; -1 when there are no more lines. */
  indent: number;
  /** Just after the value that was read last. */
  tail: number;
}

export function readPlainYaml(text: string, start: number, end: number): Dict | undefined {
  const cursor: Cursor = { text, end, at: start, indent: 0, tail: start };
  advance(cursor, start);
  if (cursor.indent === -1 || isDash(cursor)) return undefined;
  const dict = readDict(cursor, cursor.indent, 0);
  return cursor.indent === -1 ? dict : undefined;
}

/** Moves to the next line with content, from the start of a line. */
function advance(cursor: Cursor, lineStart: number): void {
  const { text, end } = cursor;
  for (let start = lineStart; start < end; ) {
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at += 1;
    const code = at < end ? text.charCodeAt(at) : 10;
    if (code === 10) start = at + 1;
    else if (code === 13 && text.charCodeAt(at + 1) === 10) start = at + 2;
    else if (code === 35) {
      const next = text.indexOf("\n", at);
      start = next === -1 ? end : next + 1;
    } else {
      cursor.at = at;
      cursor.indent = at - start;
      return;
    }
  }
  cursor.at = end;
  cursor.indent = -1;
}

/** A break or the end. */
function isEnd(cursor: Cursor, at: number): boolean {
  if (at >= cursor.end) return true;
  const code = cursor.text.charCodeAt(at);
  return code === 10 || (code === 13 && cursor.text.charCodeAt(at + 1) === 10);
}

function isDash(cursor: Cursor): boolean {
  return cursor.text.charCodeAt(cursor.at) === 45 && (cursor.text.charCodeAt(cursor.at + 1) === 32 || isEnd(cursor, cursor.at + 1));
}

/** From the end of a value to the next line with content; false where anything but a comment follows. */
function finishLine(cursor: Cursor, from: number): boolean {
  let at = from;
  while (cursor.text.charCodeAt(at) === 32) at += 1;
  if (!isEnd(cursor, at) && (cursor.text.charCodeAt(at) !== 35 || at === from)) return false;
  const next = cursor.text.indexOf("\n", at);
  advance(cursor, next === -1 ? cursor.end : next + 1);
  return true;
}

function readDict(cursor: Cursor, indent: number, depth: number): Dict | undefined {
  const entries: Entry[] = [];
  const start = cursor.at;
  while (cursor.indent === indent) {
    const entry = readEntry(cursor, indent, depth);
    if (entry === undefined || entries.length === widest || hasKey(entries, entry.key)) return undefined;
    entries.push(entry);
  }
  const last = entries.at(-1);
  if (cursor.indent > indent || last === undefined) return undefined;
  return { kind: "dict", entries, start, end: last.value.end };
}

function hasKey(entries: readonly Entry[], key: string): boolean {
  for (const entry of entries) if (entry.key === key) return true;
  return key === "__proto__";
}

function readEntry(cursor: Cursor, indent: number, depth: number): Entry | undefined {
  const keyStart = cursor.at;
  const colon = keyEndFrom(cursor, keyStart);
  if (colon === -1) return undefined;
  const key = cursor.text.slice(keyStart, colon);
  const value = readValue(cursor, colon + 1, indent, depth, key);
  return value === undefined ? undefined : { key, keyStart, keyEnd: colon, value };
}

/** The colon after a plain key; -1 where the key is anything else. */
function keyEndFrom(cursor: Cursor, start: number): number {
  const { text, end } = cursor;
  for (let at = start; at < end && at - start < 200; at += 1) {
    const code = text.charCodeAt(at);
    const letter =
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      (code >= 0xc0 && code < 0x2000);
    if (letter) continue;
    if (at === start) return -1;
    if (code === 58) {
      if (text.charCodeAt(at - 1) === 32) return -1;
      return text.charCodeAt(at + 1) === 32 || isEnd(cursor, at + 1) ? at : -1;
    }
    // Space ( ) + - . / %
    if (code !== 32 && code !== 40 && code !== 41 && code !== 43 && (code < 45 || code > 47) && code !== 37) return -1;
  }
  return -1;
}

/** The value of a key or of a list item, from just after its colon or dash; moves on to the next line. */
function readValue(cursor: Cursor, after: number, indent: number, depth: number, key: string): Tree | undefined {
  const { text } = cursor;
  let at = after;
  while (text.charCodeAt(at) === 32) at += 1;
  if (isEnd(cursor, at) || (text.charCodeAt(at) === 35 && at > after)) return readBelow(cursor, after, indent, depth, key);
  if (text.charCodeAt(at) === 124 || text.charCodeAt(at) === 62) return readBlock(cursor, at, indent);
  const value = readInline(cursor, at, key, false, depth);
  if (value === undefined) return undefined;
  if (value.kind === "scalar" && value.style === "plain" && cutByComment(text, value.end, key, value.value) !== undefined) return undefined;
  return finishLine(cursor, cursor.tail) ? value : undefined;
}

function readBelow(cursor: Cursor, after: number, indent: number, depth: number, key: string): Tree | undefined {
  if (!finishLine(cursor, after) || depth > deepest) return undefined;
  if (cursor.indent > indent)
    return isDash(cursor) ? readList(cursor, cursor.indent, depth + 1, key) : readDict(cursor, cursor.indent, depth + 1);
  if (cursor.indent === indent && isDash(cursor)) return readList(cursor, indent, depth + 1, key);
  if (hiddenByComment(cursor.text, after) !== undefined) return undefined;
  return { kind: "scalar", value: null, source: "", style: "plain", start: after, end: after };
}

function readList(cursor: Cursor, indent: number, depth: number, key: string): List | undefined {
  const items: Tree[] = [];
  const start = cursor.at;
  while (cursor.indent === indent && isDash(cursor)) {
    const item = readItem(cursor, indent, depth, key);
    if (item === undefined) return undefined;
    items.push(item);
  }
  const last = items.at(-1);
  if (cursor.indent > indent || last === undefined) return undefined;
  return { kind: "list", items, start, end: last.end };
}

function readItem(cursor: Cursor, indent: number, depth: number, key: string): Tree | undefined {
  const { text } = cursor;
  const dash = cursor.at;
  let at = dash + 1;
  while (text.charCodeAt(at) === 32) at += 1;
  if (isEnd(cursor, at) || (text.charCodeAt(at) === 35 && at > dash + 1)) {
    if (!finishLine(cursor, dash + 1) || cursor.indent > indent || hiddenByComment(text, dash + 1) !== undefined) return undefined;
    return { kind: "scalar", value: null, source: "", style: "plain", start: dash + 1, end: dash + 1 };
  }
  if (keyEndFrom(cursor, at) === -1) return readValue(cursor, dash + 1, indent, depth, key);
  if (depth > deepest) return undefined;
  cursor.at = at;
  cursor.indent = indent + (at - dash);
  return readDict(cursor, cursor.indent, depth + 1);
}

/** `|`, `|-`, `>` or `>-` with evenly indented lines below; moves on to the line after them. */
function readBlock(cursor: Cursor, at: number, indent: number): Scalar | undefined {
  const { text, end } = cursor;
  const strip = text.charCodeAt(at + 1) === 45;
  const body = text.indexOf("\n", at) + 1;
  if (body === 0 || body > end || text.slice(at + (strip ? 2 : 1), body).trim() !== "") return undefined;
  const lines: string[] = [];
  let [start, last, width] = [body, body, -1];
  while (start < end) {
    const stop = text.indexOf("\n", start);
    if (stop === -1 || stop >= end) return undefined;
    const line = text.slice(start, text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop);
    const inset = leadingSpaces(line);
    if (width === -1) width = inset;
    if (inset < line.length && inset < width) break;
    if (inset > width || (inset === line.length && width === inset && line !== "") || hasOdd(line)) return undefined;
    lines.push(line.slice(width));
    start = stop + 1;
    if (inset < line.length) last = start;
  }
  while (lines.at(-1) === "") lines.pop();
  if (lines.length === 0 || width <= indent || lines[0] === "") return undefined;
  advance(cursor, last);
  const value = (text.charCodeAt(at) === 124 ? lines.join("\n") : fold(lines)) + (strip ? "" : "\n");
  return { kind: "scalar", value, source: value, style: "block", start: at, end: last };
}

function leadingSpaces(line: string): number {
  let count = 0;
  while (line.charCodeAt(count) === 32) count += 1;
  return count;
}

function hasOdd(line: string): boolean {
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code < 32 || isOdd(code)) return true;
  }
  return false;
}

/** Lines become one, except that each blank line between them stays a break. */
function fold(lines: readonly string[]): string {
  let out = lines[0] ?? "";
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line === "") out += "\n";
    else out += lines[index - 1] === "" ? line : ` ${line}`;
  }
  return out;
}

/** A scalar or flow collection on this line; leaves `tail` after it. */
function readInline(cursor: Cursor, at: number, key: string, flow: boolean, depth: number): Tree | undefined {
  const code = cursor.text.charCodeAt(at);
  if (code === 34 || code === 39) return readQuoted(cursor, at, code);
  if (code === 91) return depth > deepest ? undefined : readFlowList(cursor, at, key, depth + 1);
  if (code === 123) return depth > deepest ? undefined : readFlowDict(cursor, at, depth + 1);
  return readPlain(cursor, at, code, flow);
}

/** One line, no escapes. */
function readQuoted(cursor: Cursor, at: number, mark: number): Scalar | undefined {
  const { text, end } = cursor;
  for (let index = at + 1; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === mark) {
      cursor.tail = index + 1;
      const source = text.slice(at + 1, index);
      return { kind: "scalar", value: source, source, style: "quoted", start: at, end: index + 1 };
    }
    if (code < 32 || (code === 92 && mark === 34) || isOdd(code)) return undefined;
  }
  return undefined;
}

/** Controls, the byte order mark and line separators. */
function isOdd(code: number): boolean {
  return (code >= 127 && code < 160) || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

/** May a plain scalar start so? Indicators and typographic quotes are left to the library. */
function startsPlain(cursor: Cursor, at: number, code: number, flow: boolean): boolean {
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)) return true;
  if (code === 45) {
    const next = cursor.text.charCodeAt(at + 1);
    return next !== 32 && !isEnd(cursor, at + 1) && !(flow && isFlowMark(next));
  }
  // ( + . / ; < = ^ _ ~ and everything beyond Latin punctuation except quotation marks
  if (code === 40 || code === 43 || code === 46 || code === 47 || (code >= 59 && code <= 61) || code === 94 || code === 95 || code === 126)
    return true;
  return code >= 0xa1 && code !== 0xab && !(code >= 0x2018 && code <= 0x201f) && !isOdd(code);
}

function isFlowMark(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

function readPlain(cursor: Cursor, at: number, first: number, flow: boolean): Scalar | undefined {
  if (!startsPlain(cursor, at, first, flow)) return undefined;
  const { text, end } = cursor;
  let last = at;
  let index = at;
  for (; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 32) continue;
    if (code < 32) {
      if (isEnd(cursor, index)) break;
      return undefined;
    }
    if (flow && isFlowMark(code)) break;
    if (code === 35 && last < index - 1) break;
    if (code === 58) {
      const next = text.charCodeAt(index + 1);
      if (next === 32 || isEnd(cursor, index + 1) || (flow && isFlowMark(next))) return undefined;
    }
    if (isOdd(code)) return undefined;
    last = index;
  }
  const source = text.slice(at, last + 1);
  cursor.tail = last + 1;
  return { kind: "scalar", value: coreValue(source), source, style: "plain", start: at, end: last + 1 };
}

/** After a flow item: the offset after `,` or the closing mark, negative for the closing mark; 0 for anything else. */
function separator(cursor: Cursor, close: number): number {
  let at = cursor.tail;
  while (cursor.text.charCodeAt(at) === 32) at += 1;
  const code = at < cursor.end ? cursor.text.charCodeAt(at) : 0;
  if (code === close) return -(at + 1);
  return code === 44 ? at + 1 : 0;
}

function readFlowList(cursor: Cursor, start: number, key: string, depth: number): List | undefined {
  const items: Tree[] = [];
  for (let from = start + 1; ; ) {
    while (cursor.text.charCodeAt(from) === 32) from += 1;
    if (items.length === 0 && cursor.text.charCodeAt(from) === 93) return closeList(cursor, items, start, from + 1);
    const item = from < cursor.end ? readInline(cursor, from, key, true, depth) : undefined;
    if (item === undefined) return undefined;
    items.push(item);
    from = separator(cursor, 93);
    if (from === 0) return undefined;
    if (from < 0) return closeList(cursor, items, start, -from);
  }
}

function closeList(cursor: Cursor, items: readonly Tree[], start: number, end: number): List | undefined {
  if (end > cursor.end) return undefined;
  cursor.tail = end;
  return { kind: "list", items, start, end };
}

function readFlowDict(cursor: Cursor, start: number, depth: number): Dict | undefined {
  const entries: Entry[] = [];
  for (let from = start + 1; ; ) {
    while (cursor.text.charCodeAt(from) === 32) from += 1;
    if (entries.length === 0 && cursor.text.charCodeAt(from) === 125) return closeDict(cursor, entries, start, from + 1);
    const colon = keyEndFrom(cursor, from);
    if (colon === -1) return undefined;
    let at = colon + 1;
    while (cursor.text.charCodeAt(at) === 32) at += 1;
    const entry = readFlowEntry(cursor, from, colon, at, depth);
    if (entry === undefined || hasKey(entries, entry.key)) return undefined;
    entries.push(entry);
    from = separator(cursor, 125);
    if (from === 0) return undefined;
    if (from < 0) return closeDict(cursor, entries, start, -from);
  }
}

function readFlowEntry(cursor: Cursor, keyStart: number, colon: number, at: number, depth: number): Entry | undefined {
  const key = cursor.text.slice(keyStart, colon);
  const value = at < cursor.end ? readInline(cursor, at, key, true, depth) : undefined;
  return value === undefined ? undefined : { key, keyStart, keyEnd: colon, value };
}

function closeDict(cursor: Cursor, entries: readonly Entry[], start: number, end: number): Dict | undefined {
  if (end > cursor.end) return undefined;
  cursor.tail = end;
  return { kind: "dict", entries, start, end };
}
