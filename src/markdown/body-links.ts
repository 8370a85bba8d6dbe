// Relative link targets of a body, for the dead-link check: inline links, images and reference definitions outside code.

import type { Paragraph } from "./blocks.ts";

interface Link {
  readonly target: string;
  readonly offset: number;
}

/** No path is longer; keeps hostile text linear. */
const longest = 1000;

/** Looks only inside paragraphs, so that code blocks, HTML and comments stay out. */
export function findLinks(text: string, start: number, paragraphs: readonly Paragraph[]): readonly Link[] {
  const links: Link[] = [];
  if (!text.includes("](", start) && !text.includes("]:", start)) return links;
  for (const paragraph of paragraphs) linksOf(text, paragraph.start, paragraph.end, links);
  return links;
}

function linksOf(text: string, start: number, end: number, links: Link[]): void {
  const part = text.slice(start, end);
  const definition = /^\[[^\]\n]{1,200}\]:[ \t]*(?=\S)/.exec(part);
  if (definition !== null) addTarget(part, definition[0].length, start, links, false);
  if (!part.includes("](")) return;
  for (let at = 0; at < part.length; at += 1) {
    const code = part.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 96) at = afterCode(part, at) - 1;
    else if (code === 93 && part.charCodeAt(at + 1) === 40) addTarget(part, at + 2, start, links, true);
  }
}

/** Offset after a code span, or after its opening backticks when they are never closed. */
function afterCode(text: string, at: number): number {
  let open = at;
  while (text.charCodeAt(open) === 96) open += 1;
  const fence = text.slice(at, open);
  for (let close = text.indexOf(fence, open); close !== -1; ) {
    let after = close;
    while (text.charCodeAt(after) === 96) after += 1;
    if (after - close === fence.length) return after;
    close = text.indexOf(fence, after);
  }
  return open;
}

function addTarget(text: string, from: number, shift: number, links: Link[], inline: boolean): void {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  let target: string;
  if (text.charCodeAt(at) === 60) {
    at += 1;
    const close = text.slice(at, at + longest).indexOf(">");
    if (close === -1) return;
    target = text.slice(at, at + close);
  } else {
    let depth = 0;
    let end = at;
    for (; end < text.length && end - at <= longest; end += 1) {
      const code = text.charCodeAt(end);
      if (code <= 32 || (code === 41 && inline && depth === 0)) break;
      if (code === 40) depth += 1;
      else if (code === 41 && depth > 0) depth -= 1;
      // Markdown balances no more than 32 parentheses in an address.
      if (depth > 32) return;
    }
    target = text.slice(at, end);
  }
  if (isRelative(target)) links.push({ target, offset: shift + at });
}

function isRelative(target: string): boolean {
  return (
    target !== "" &&
    !target.startsWith("#") &&
    !target.startsWith("/") &&
    target.length <= longest &&
    !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(target) &&
    !target.includes("\n")
  );
}
