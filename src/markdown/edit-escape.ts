// Text of a note that reads as it was typed: what would be a heading, a rule or an open fence at the start of a line is
// escaped; a fence or comment that is closed again stays what it is.

import { htmlEnd } from "./block-rules.ts";

/** In a list item also list markers, which would make other items of its lines. */
export type Use = "item" | "text";

const heading = /^ {0,3}#{1,6}(?:\s|$)/;
/** Rules, and what underlines a heading. */
const rule = /^ {0,3}(?:=+|-+|([-*_])(?:[ \t]*\1){2,})[ \t]*$/;
const marker = /^[ \t]*(?:[-*+]|\d{1,9}(?=[.)]))(?=[.)]?(?:\s|$))/;
const fence = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
const box = /^\[[ \txX]\](?=\s)/;

export function asTyped(lines: readonly string[], use: Use): readonly string[] {
  const out: string[] = [];
  while (out.length < lines.length) {
    const line = lines[out.length] ?? "";
    const closed = closedBlock(lines, out.length);
    if (closed > out.length) out.push(...lines.slice(out.length, closed));
    else out.push(escapeLine(line, use));
  }
  return out;
}

/** Index after the block that opens on this line and ends in the text; the same index where there is none. */
function closedBlock(lines: readonly string[], from: number): number {
  const line = lines[from] ?? "";
  const mark = fence.exec(line)?.[1];
  if (mark !== undefined) {
    const end = lines.findIndex((other, index) => index > from && closes(other, mark));
    return end === -1 ? from : end + 1;
  }
  const until = htmlEnd(line.trimStart(), false);
  if (until === undefined || until === "") return from;
  const end = lines.findIndex((other, index) => index >= from && other.toLowerCase().includes(until, index === from ? 2 : 0));
  return end === -1 ? from : end + 1;
}

function closes(line: string, mark: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text === mark.charAt(0).repeat(text.length);
}

function escapeLine(line: string, use: Use): string {
  const start = line.length - line.trimStart().length;
  const at = (offset: number): string => `${line.slice(0, offset)}\\${line.slice(offset)}`;
  const until = htmlEnd(line.slice(start), false);
  if (heading.test(line) || rule.test(line) || fence.test(line) || (until !== undefined && until !== "")) return at(start);
  if (use === "text") return line;
  if (box.test(line.slice(start))) return at(start);
  const list = marker.exec(line)?.[0];
  if (list === undefined) return line;
  // `\-` but `1\.`: a digit cannot be escaped.
  return /\d$/.test(list) ? at(list.length) : at(start);
}
