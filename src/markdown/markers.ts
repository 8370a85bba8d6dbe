// A generated block inside prose: everything between `<!-- journal:NAME -->` and `<!-- /journal:NAME -->` is ours, the rest is not.

import { JournalError } from "../base/problem.ts";
import { eolNear } from "./lines.ts";
import { conflict } from "./messages-edit.ts";

export interface Line {
  readonly start: number;
  /** After its line end. */
  readonly end: number;
  readonly text: string;
}

/** Whether the text has the block, or its opening line alone. */
export function hasBlock(text: string, name: string): boolean {
  return proseLines(text).some((line) => line.text === openingOf(name));
}

/** Replaces the block, appends it where absent. Merge conflicts inside the block go, since its content is made anew. The same content gives the very same string. */
export function replaceBlock(text: string, name: string, content: string): string {
  const opening = openingOf(name);
  const closing = `<!-- /journal:${name} -->`;
  const lines = proseLines(text);
  const first = lines.findIndex((line) => line.text === opening);
  const eol = eolNear(text, lines[first]?.end ?? text.length);
  const block = [opening, "", content.trim().replace(/\r?\n/g, eol), "", closing].join(eol);
  if (first === -1) {
    const body = text.trimEnd();
    return `${body}${body === "" ? "" : eol + eol}${block}${eol}`;
  }
  const { from, to } = blockAt(lines, first, closing);
  const start = lines[from]?.start ?? 0;
  const end = lines[to]?.end ?? text.length;
  const ended = /\r?\n$/.exec(text.slice(start, end))?.[0] ?? "";
  return `${text.slice(0, start)}${block}${ended}${text.slice(end)}`;
}

/** The text without its generated blocks; as many empty lines stand in their place, so that line numbers stay true. */
export function removeBlocks(text: string): string {
  if (!text.includes("<!-- journal:")) return text;
  const lines = proseLines(text);
  const out: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const name = /^<!-- journal:([a-z][a-z0-9-]*) -->$/.exec(lines[index]?.text ?? "")?.[1];
    const to = name === undefined ? undefined : endOfBlock(lines, index, name);
    const part = text.slice(lines[index]?.start, lines[to ?? index]?.end);
    out.push(to === undefined ? part : part.replace(/[^\r\n]+/g, ""));
    index = to ?? index;
  }
  return out.join("");
}

/** A block that a merge tore apart is left as it stands. */
function endOfBlock(lines: readonly Line[], first: number, name: string): number | undefined {
  try {
    return blockAt(lines, first, `<!-- /journal:${name} -->`).to;
  } catch (error) {
    if (error instanceof JournalError) return undefined;
    throw error;
  }
}

const openingOf = (name: string): string => `<!-- journal:${name} -->`;

/** First and last line of the block. Without its closing line it is the opening line alone: what follows may be prose. */
export function blockAt(lines: readonly Line[], first: number, closing: string): { readonly from: number; readonly to: number } {
  const from = /^<{7}(?: |$)/.test(lines[first - 1]?.text ?? "") ? first - 1 : first;
  let open = 0;
  let to = -1;
  for (let index = from; index < lines.length; index += 1) {
    const { text } = lines[index] as Line;
    if (/^<{7}(?: |$)/.test(text)) open += 1;
    if (/^>{7}(?: |$)/.test(text)) open -= 1;
    if (text === closing && open === 0) return { from, to: index };
    if (text === closing) to = index;
    // Both sides of a merge brought a block of their own: nothing but those may stand between the markers.
    if (open === 0 && to !== -1 && /^>{7}(?: |$)/.test(text) && lines.slice(to + 1, index).every((line) => line.text === ""))
      return { from, to: index };
    if (open < 0) break;
  }
  if (to === -1 && open === 0) return { from: first, to: first };
  throw new JournalError(conflict(lines[from]?.start ?? 0));
}

/** Lines outside code fences, so that a marker shown as an example is left alone; those inside have no text. */
export function proseLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let fence = "";
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(at, end).trimEnd();
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence !== "") {
      lines.push({ start: at, end, text: "" });
      if (mark.startsWith(fence) && line.trim() === mark) fence = "";
    } else {
      lines.push({ start: at, end, text: line });
      fence = mark;
    }
    at = end;
  }
  return lines;
}
