// Finds the front matter. Only a line of exactly `---` (and blanks) opens or closes it: `---js` is never handed to anyone.

import type { Problem } from "../base/problem.ts";
import { emptyFile, frontMatterLanguage, frontMatterNotFirst, noFrontMatter, unclosedFrontMatter } from "./messages.ts";

/** UTF-16 offsets into the text. */
export interface Fences {
  readonly bom: boolean;
  /** The opening `---`. */
  readonly open: number;
  /** First character after the opening line. */
  readonly yamlStart: number;
  /** The closing `---`; the YAML ends here, its last line end included. */
  readonly yamlEnd: number;
  readonly close: number;
  /** First character after the closing line. */
  readonly bodyStart: number;
  /** Line end of the opening line: what inserted lines should use. */
  readonly eol: "\n" | "\r\n";
}

export function findFences(text: string): Fences | undefined {
  const open = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const yamlStart = afterFence(text, open);
  if (yamlStart === undefined || yamlStart === text.length) return undefined;
  const close = findClosing(text, yamlStart);
  if (close === undefined) return undefined;
  const eol = text.charCodeAt(yamlStart - 2) === 13 ? "\r\n" : "\n";
  return { bom: open === 1, open, yamlStart, yamlEnd: close, close, bodyStart: afterFence(text, close) ?? text.length, eol };
}

/** Says why `findFences` found none. */
export function fenceProblem(text: string): Problem {
  const open = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.slice(open).trim() === "") return emptyFile();
  const lineEnd = text.indexOf("\n", open);
  const first = text.slice(open, lineEnd === -1 ? undefined : lineEnd).trimEnd();
  if (first === "---") {
    const end = guessEnd(text);
    return unclosedFrontMatter(open, lineNumber(text, end) - 1);
  }
  if (first.startsWith("---") || first === "+++") return frontMatterLanguage(first.slice(0, 40), open);
  const fence = /^[ \t]*---[ \t]*\r?$/m.exec(text.slice(0, 4000));
  const before = fence === null ? "x" : text.slice(open, fence.index);
  if (fence !== null && before.trim() === "") return frontMatterNotFirst(fence.index);
  return noFrontMatter(open);
}

/** Where front matter without a closing line seems to end: before the first line that cannot belong to it. */
export function guessEnd(text: string): number {
  const open = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let at = afterFence(text, open) ?? text.length;
  let blank = false;
  while (at < text.length) {
    const next = text.indexOf("\n", at);
    const line = text.slice(at, next === -1 ? undefined : next).trimEnd();
    const entry =
      line === "" ||
      /^(?:[ \t]|- |-$|#)/.test(line) ||
      /^[^\s:]{1,60}(?: [^\s:]{1,60}){0,3} ?:(?:\s|$)/.test(line) ||
      line.startsWith("]") ||
      line.startsWith("}");
    if (!entry || /^#{2,6} /.test(line) || (blank && line.startsWith("# "))) return at;
    blank = line === "";
    if (next === -1) return text.length;
    at = next + 1;
  }
  return text.length;
}

/** Offset after the line at `start` when that line is a fence. */
function afterFence(text: string, start: number): number | undefined {
  if (!text.startsWith("---", start)) return undefined;
  for (let at = start + 3; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) continue;
    if (code === 10) return at + 1;
    if (code === 13 && text.charCodeAt(at + 1) === 10) return at + 2;
    return at >= text.length ? text.length : undefined;
  }
}

function findClosing(text: string, start: number): number | undefined {
  if (afterFence(text, start) !== undefined) return start;
  for (let at = text.indexOf("\n---", start); at !== -1; at = text.indexOf("\n---", at + 4)) {
    if (afterFence(text, at + 1) !== undefined) return at + 1;
  }
  return undefined;
}

function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
