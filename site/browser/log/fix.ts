// What a mistaken filter was probably meant to be.

import type { Problem } from "../../../src/base/problem.ts";
import { nameText } from "./terms.ts";

export interface Fix {
  readonly text: string;
  readonly where: string;
}

/** The word that is meant, in the place of the one that is not known; a bare word as something to look for. */
export function fixOf({ code, hint = "", offset = 0 }: Problem, where: string): Fix | undefined {
  const meant = /did you mean `([^`]+)`\?$/.exec(hint)?.[1];
  const typed = /^(?:"[^"]*"|[^\s()<>=~:≤≥≠!]+)/.exec(where.slice(offset))?.[0];
  if (meant !== undefined && typed !== undefined)
    return { text: `Did you mean ${meant}?`, where: where.slice(0, offset) + nameText(meant) + where.slice(offset + typed.length) };
  if (code !== "query/missing-operator" || typed === undefined) return undefined;
  const word = typed.replaceAll('"', "");
  return {
    text: `Look for “${word}” in the text`,
    where: `${where.slice(0, offset)}text ~ ${/^[\w-]+$/.test(word) ? word : `"${word}"`}${where.slice(offset + typed.length)}`,
  };
}
