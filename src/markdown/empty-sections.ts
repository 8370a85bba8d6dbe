// Headings of the template under which nobody wrote anything: they say nothing to a reader.

import { scanBlocks } from "./blocks.ts";
import { findSections } from "./body.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** In order. A heading stays when anything stands under it or under one below it; headings of the author's own stay. */
export function emptySections(body: string): readonly Stretch[] {
  if (!mayHoldEmpty(body)) return [];
  const { sections } = findSections(scanBlocks(body, 0).headings, body.length);
  const isFilled = sections.map(({ key, bodyStart, end }) => key === undefined || body.slice(bodyStart, end).trim() !== "");
  return sections.filter(({ level }, at) => {
    const after = sections.findIndex((other, index) => index > at && other.level <= level);
    return !isFilled.slice(at, after === -1 ? undefined : after).includes(true);
  });
}

/** Quick, and right when it says no: no heading has only blanks before the next one that is not below it, and none is underlined. */
function mayHoldEmpty(body: string): boolean {
  if (underlined.test(body)) return true;
  for (const [, own = "", next] of body.matchAll(bare)) if (next === undefined || next.length <= own.length) return true;
  return false;
}

const underlined = /^ {0,3}(?:=+|-+)[ \t]*$|\r(?!\n)/m;
const bare = /^ {0,3}(#{1,6})(?!#)[^\n]*(?:\n\s*(?:(?=(#{1,6})(?!#))|(?![\s\S]))|(?![\s\S]))/gm;

/** Takes a stretch away and leaves its line ends, so that line numbers stay true. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, " ") + text.slice(end);
}
