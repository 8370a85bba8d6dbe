// One line of front matter taken apart as a person sees it, and put together again with its value in quotes.

import type { Scalar } from "../record/tree.ts";

/** Keys whose values are sentences: there, ` #` is far likelier part of the text than a comment. */
export const proseKeys: ReadonlySet<string> = new Set([
  "title",
  "hypothesis",
  "reason",
  "assumptions",
  "question",
  "why",
  "what",
  "note",
  "notes",
  "motivation",
  "description",
]);

/** The text that a comment cut off a plain value, when it is likely that no comment was meant. `end` is where the value ends. */
export function cutByComment(source: string, end: number, key: string, value: Scalar["value"]): string | undefined {
  let at = end;
  while (source.charCodeAt(at) === 32 || source.charCodeAt(at) === 9) at += 1;
  if (at === end || source.charCodeAt(at) !== 35 || typeof value !== "string") return undefined;
  const next = source.charCodeAt(at + 1);
  if (!proseKeys.has(key) && !(next >= 48 && next <= 57)) return undefined;
  const stop = source.indexOf("\n", at);
  return source.slice(end, stop === -1 ? undefined : stop).trimEnd();
}

/** `base: #42`: the text of a comment that stands where a value was meant. A comment proper has a space after its mark. */
export function hiddenByComment(source: string, at: number): string | undefined {
  return /^[ \t]+(#[^\s#][^\n]*)/.exec(source.slice(at, at + 500))?.[1]?.trimEnd();
}

export function inSmartQuotes(value: string): boolean {
  return /^[“”„«‘‚]/.test(value) && /[”“»’‘]$/.test(value);
}

export function withoutSmartQuotes(value: string): string {
  return value.slice(1, -1);
}

/** The value as a YAML string, readable where possible. */
export function quote(value: string): string {
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(value) || /[\ud800-\udfff]/u.test(value)) return JSON.stringify(value);
  if (!value.includes('"') && !value.includes("\\")) return `"${value}"`;
  return `'${value.replaceAll("'", "''")}'`;
}

export interface LineParts {
  /** Leading blanks, as a count of characters. */
  readonly indent: number;
  /** Everything before the value: blanks, dashes, key, colon, blanks. */
  readonly head: string;
  readonly key: string | undefined;
  readonly dash: boolean;
  /** Without comment and blanks at the end. */
  readonly value: string;
  /** The comment with the blanks before it, or nothing. */
  readonly tail: string;
}

export function takeApart(line: string): LineParts {
  const indent = indentOf(line);
  let at = indent;
  let dash = false;
  while (line[at] === "-" && (line[at + 1] === " " || line[at + 1] === "\t" || at + 1 === line.length)) {
    dash = true;
    at += 1;
    while (line[at] === " " || line[at] === "\t") at += 1;
  }
  const colon = colonOf(line, at);
  let start = at;
  if (colon !== -1) {
    start = colon + 1;
    while (line[start] === " " || line[start] === "\t") start += 1;
  }
  const end = valueEnd(line, start);
  return {
    indent,
    head: line.slice(0, start),
    key: colon === -1 ? undefined : line.slice(at, colon).trim(),
    dash,
    value: line.slice(start, end).trimEnd(),
    tail: line.slice(line.slice(0, end).trimEnd().length).trimEnd(),
  };
}

export function indentOf(line: string): number {
  let at = 0;
  while (line[at] === " " || line[at] === "\t") at += 1;
  return at;
}

/** The colon that ends the key which starts at `at`; -1 where the line holds none. */
function colonOf(line: string, at: number): number {
  const first = line[at];
  if (first === undefined || "[{#|>".includes(first)) return -1;
  if (first === '"' || first === "'") {
    const close = closingQuote(line, at);
    if (close === -1) return -1;
    const after = close + 1 + indentOf(line.slice(close + 1));
    return line[after] === ":" ? after : -1;
  }
  for (let colon = line.indexOf(":", at); colon !== -1; colon = line.indexOf(":", colon + 1)) {
    const next = line[colon + 1];
    if (next === undefined || next === " " || next === "\t") return line.slice(at, colon).includes(" #") ? -1 : colon;
  }
  return -1;
}

/** Index of the quote that closes the one at `at`, or -1. */
export function closingQuote(line: string, at: number): number {
  const mark = line[at];
  for (let index = at + 1; index < line.length; index += 1) {
    if (mark === '"' && line[index] === "\\") index += 1;
    else if (line[index] === mark) {
      if (mark === "'" && line[index + 1] === "'") index += 1;
      else return index;
    }
  }
  return -1;
}

/** Where the value that starts at `start` ends: before a comment outside quotes. */
function valueEnd(line: string, start: number): number {
  let from = start;
  if (line[start] === '"' || line[start] === "'") {
    const close = closingQuote(line, start);
    if (close !== -1) from = close + 1;
  }
  if (line[start] === "#" && start > 0) return start;
  for (let at = line.indexOf("#", from); at !== -1; at = line.indexOf("#", at + 1)) {
    if (line[at - 1] === " " || line[at - 1] === "\t") return at;
  }
  return line.length;
}

export interface FlowScan {
  /** Brackets still open at the end, outermost first. */
  readonly open: readonly string[];
  /** Index of the first closing bracket that nothing opened, or that closes another kind. */
  readonly stray: number;
  /** Index after the bracket that closes the first one; -1 while open. */
  readonly closed: number;
}

const closers: Readonly<Record<string, string>> = { "[": "]", "{": "}" };

/** Counts the brackets of a flow value outside quotes. */
export function scanFlow(value: string): FlowScan {
  const open: string[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] ?? "";
    if ((character === '"' || character === "'") && /[[{,:\s]/.test(value[at - 1] ?? " ")) {
      const close = closingQuote(value, at);
      if (close !== -1) at = close;
    } else if (character in closers) open.push(character);
    else if (character === "]" || character === "}") {
      const opened = open.pop();
      if (opened === undefined || closers[opened] !== character) return { open, stray: at, closed: -1 };
      if (open.length === 0) return { open, stray: -1, closed: at + 1 };
    }
  }
  return { open, stray: -1, closed: -1 };
}

export function closing(open: readonly string[]): string {
  return open
    .map((character) => closers[character] ?? "")
    .reverse()
    .join("");
}

/** The items of a one-line `[…]`, split at commas outside quotes and brackets that start an item. */
export function flowItems(inner: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner[at] ?? "";
    const fresh = inner.slice(start, at).trim() === "";
    if (fresh && (character === '"' || character === "'")) {
      const close = closingQuote(inner, at);
      if (close !== -1) at = close;
    } else if (fresh && (character === "[" || character === "{")) {
      const { closed } = scanFlow(inner.slice(at));
      if (closed !== -1) at += closed - 1;
    } else if (character === ",") {
      items.push(inner.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...items, inner.slice(start).trim()];
}
