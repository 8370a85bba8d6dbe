// What could come next in the filter: names, then the values that runs have under a name.

import { nameText, valueText } from "./terms.ts";

export interface Word {
  /** As typed into the filter. */
  readonly text: string;
  /** `metric`, `12 runs` */
  readonly hint: string;
}

export interface Completion {
  /** The part of the text that a choice replaces. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly Word[];
}

export interface Known {
  /** Names of fields, parameters and metrics, the likeliest first. */
  readonly names: readonly Word[];
  /** The values of a name and how many runs have each, the most used first. */
  readonly valuesOf: (name: string) => readonly (readonly [value: string, runs: number])[];
}

const most = 12;
const valueBefore = /(?:^|[\s(])([^\s()<>=~:≤≥≠!"]+|[^\s()<>=~:≤≥≠!"]*"[^"]*")\s*(<=|>=|!=|==|[<>=~:≤≥≠])\s*("[^"]*|[^\s()"]*)$/;
const nameBefore = /(?:^|[\s(])([^\s()<>=~:≤≥≠!"]*|[^\s()<>=~:≤≥≠!"]*"[^"]*)$/;

/** At the place of the cursor; nothing where nothing fits. */
export function complete(text: string, caret: number, known: Known): Completion | undefined {
  const before = text.slice(0, caret);
  const value = valueBefore.exec(before);
  if (value !== null) {
    const [, name = "", , typed = ""] = value;
    const words = valueWords(name.replaceAll('"', ""), typed.replace(/^"/, "").toLowerCase(), known);
    return words.length === 0 ? undefined : { start: caret - typed.length, end: endOf(text, caret), words };
  }
  const typed = nameBefore.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const words = best(known.names, typed.replaceAll('"', ""));
  return words.length === 0 ? undefined : { start: caret - typed.length, end: endOf(text, caret), words };
}

/** The rest of the word under the cursor goes too. */
function endOf(text: string, caret: number): number {
  return caret + (/^[^\s()<>=~:≤≥≠!"]*/.exec(text.slice(caret))?.[0].length ?? 0);
}

function valueWords(name: string, typed: string, { valuesOf, names }: Known): readonly Word[] {
  if (name === "has") return best(names, typed);
  const values = valuesOf(name).map(([value, runs]): Word => ({ text: valueText(value), hint: `${runs} ${runs === 1 ? "run" : "runs"}` }));
  return best(values, typed);
}

/** Those that begin so, then those that hold it; what is typed already is no choice. */
function best(words: readonly Word[], typed: string): readonly Word[] {
  const wanted = typed.toLowerCase();
  const plain = ({ text }: Word): string => text.replaceAll('"', "").toLowerCase();
  const fitting = words.filter((word) => plain(word).includes(wanted) && plain(word) !== wanted);
  const first = fitting.filter((word) => plain(word).startsWith(wanted));
  return [...first, ...fitting.filter((word) => !first.includes(word))].slice(0, most);
}

/** The text with a choice in it and where the cursor stands then. */
export function accept(
  text: string,
  { start, end }: Completion,
  word: Word,
  tail: string,
): { readonly text: string; readonly caret: number } {
  const made = word.text + tail;
  const rest = text.slice(end);
  return { text: text.slice(0, start) + made + (tail.endsWith(" ") ? rest.trimStart() : rest), caret: start + made.length };
}

export const nameWord = (name: string, hint: string): Word => ({ text: nameText(name), hint });
