// Headings of the template under which nobody wrote anything: they say nothing to a reader.

import { scanBody } from "./body.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** In order. A heading stays when anything stands under it or under one below it; headings of the author's own stay. */
export function emptySections(body: string): readonly Stretch[] {
  const { sections } = scanBody(body, 0);
  const isFilled = sections.map(({ key, bodyStart, end }) => key === undefined || body.slice(bodyStart, end).trim() !== "");
  return sections.filter(({ level }, at) => {
    const after = sections.findIndex((other, index) => index > at && other.level <= level);
    return !isFilled.slice(at, after === -1 ? undefined : after).includes(true);
  });
}

/** Takes a stretch away and leaves its line ends, so that line numbers stay true. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, " ") + text.slice(end);
}
