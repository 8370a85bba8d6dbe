// Fences that a program fills: `journal table|chart|…` and `vega-lite`. Where they stand in the text, and the generated block below one.

import { eolNear } from "./lines.ts";
import { blockAt, type Line, proseLines } from "./markers.ts";

export interface LiveFence {
  /** The word after `journal`, or `vega-lite`. */
  readonly kind: string;
  /** Of the opening line, 1-based. */
  readonly line: number;
  /** Between the fences, offsets. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** After the closing line. */
  readonly end: number;
  /** Stands in no list and no quote. */
  readonly top: boolean;
}

const opening = /^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})([^\r\n]*)/;

/** A fence that is never closed is none. */
export function findLiveFences(text: string): readonly LiveFence[] {
  const fences: LiveFence[] = [];
  let open:
    | { readonly mark: string; readonly kind: string | undefined; readonly line: number; readonly start: number; readonly top: boolean }
    | undefined;
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const next = found === -1 ? text.length : found + 1;
    const [, before = "", mark = "", info = ""] = opening.exec(text.slice(at, Math.min(next, at + 300))) ?? [];
    line += 1;
    if (open === undefined) {
      if (mark !== "" && !(mark.startsWith("`") && info.includes("`")))
        open = { mark, kind: kindOf(info), line, start: next, top: before === "" };
    } else if (mark.startsWith(open.mark) && info.trim() === "") {
      const { kind, top, start } = open;
      if (kind !== undefined) fences.push({ kind, line: open.line, bodyStart: start, bodyEnd: at, end: next, top });
      open = undefined;
    }
    at = next;
  }
  return fences;
}

function kindOf(info: string): string | undefined {
  return /^[ \t]*journal[ \t]+([a-z]{1,20})(?=[ \t]|$)/.exec(info)?.[1] ?? /^[ \t]*(vega-lite)(?=[ \t]|$)/.exec(info)?.[1];
}

/** Quick, and right when it says no. */
export function hasLiveFence(text: string): boolean {
  return /(?:```|~~~)[ \t]*(?:journal[ \t]|vega-lite)/.test(text);
}

const name = "live";

/**
 * Writes what `render` makes below each fence that stands alone, between markers; a block whose fence is gone goes too. The same content
 * gives the very same string. Throws a JournalError where a merge left its marks across a block.
 */
export function writeBelow(text: string, render: (fence: LiveFence, body: string) => string | undefined): string {
  const bare = removeLive(text);
  const parts: string[] = [];
  let at = 0;
  for (const fence of findLiveFences(bare)) {
    const content = fence.top ? render(fence, bare.slice(fence.bodyStart, fence.bodyEnd)) : undefined;
    if (content === undefined) continue;
    const eol = eolNear(bare, fence.bodyStart);
    const closed = bare.slice(at, fence.end);
    const block = [`<!-- journal:${name} -->`, "", content.trim().replace(/\r?\n/g, eol), "", `<!-- /journal:${name} -->`].join(eol);
    parts.push(closed, closed.endsWith("\n") ? "" : eol, eol, block, eol);
    at = fence.end;
  }
  return parts.join("") + bare.slice(at);
}

/** With the empty line above each, which was written along with it. */
function removeLive(text: string): string {
  if (!text.includes(`<!-- journal:${name} -->`)) return text;
  const lines = proseLines(text);
  const parts: string[] = [];
  let at = 0;
  for (let index = 0; index < lines.length; index += 1) {
    if (lines[index]?.text !== `<!-- journal:${name} -->`) continue;
    const { from, to } = blockAt(lines, index, `<!-- /journal:${name} -->`);
    parts.push(text.slice(at, startAbove(lines, from, text)));
    at = lines[to]?.end ?? text.length;
    index = to;
  }
  return parts.join("") + text.slice(at);
}

function startAbove(lines: readonly Line[], from: number, text: string): number {
  const above = lines[from - 1];
  const blank = above !== undefined && text.slice(above.start, above.end).trim() === "";
  return (blank ? above : lines[from])?.start ?? 0;
}
