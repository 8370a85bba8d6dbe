// Filter text → tokens, in one pass. What may stand in a word depends on the side of the operator: `Accuracy/val:x` ends a name
// at the colon, `date >= 10:15` does not end a value there.

import { JournalError } from "../base/problem.ts";
import { missingValue, openQuote } from "./messages.ts";

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | ":";

export interface Word {
  readonly kind: "word";
  readonly text: string;
  /** Written in quotes: never a keyword, a scope or a number. */
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Sign {
  readonly kind: "operator";
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
}

export interface Mark {
  readonly kind: "open" | "close" | "end";
  readonly start: number;
  readonly end: number;
}

export type Token = Word | Sign | Mark;

const operators: ReadonlyMap<string, Operator> = new Map([
  ["<=", "<="],
  [">=", ">="],
  ["!=", "!="],
  ["==", "="],
  ["<", "<"],
  [">", ">"],
  ["=", "="],
  ["~", "~"],
  [":", ":"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
]);

const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
]);

const blank = /\s/;
const endsValue = /[\s()<>=~≤≥≠]/;
const endsName = /[\s()<>=~≤≥≠:]/;

function operatorAt(text: string, at: number): { readonly operator: Operator; readonly length: number } | undefined {
  const two = operators.get(text.slice(at, at + 2));
  if (two !== undefined) return { operator: two, length: 2 };
  const one = operators.get(text.charAt(at));
  return one === undefined ? undefined : { operator: one, length: 1 };
}

export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    const previous = tokens.at(-1);
    const value = previous?.kind === "operator";
    const operator = operatorAt(text, at);
    if (blank.test(char)) at += 1;
    else if (char === "(" || char === ")") tokens.push({ kind: char === "(" ? "open" : "close", start: at, end: ++at });
    else if (operator !== undefined && !(value && char === ":")) {
      if (value) throw new JournalError(missingValue({ text, start: at, end: at + operator.length }, previous.operator));
      tokens.push({ kind: "operator", operator: operator.operator, start: at, end: at + operator.length });
      at += operator.length;
    } else {
      const word = value ? readValue(text, at) : readName(text, at);
      tokens.push(word);
      at = word.end;
    }
  }
  tokens.push({ kind: "end", start: text.length, end: text.length });
  return tokens;
}

function readQuoted(text: string, start: number, close: string): { readonly text: string; readonly end: number } {
  let out = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === close) return { text: out, end: at + 1 };
    if (char === "\\" && at + 1 < text.length) at += 1;
    out += text.charAt(at);
  }
  throw new JournalError(openQuote({ text, start, end: start + 1 }, close));
}

/** `val_accuracy`, `"val accuracy"`, `metric."val accuracy"`. */
function readName(text: string, start: number): Word {
  const close = closing.get(text.charAt(start));
  if (close !== undefined) return { kind: "word", quoted: true, start, ...readQuoted(text, start, close) };
  let at = start;
  while (at < text.length && !endsName.test(text.charAt(at)) && text.slice(at, at + 2) !== "!=") {
    const inner = closing.get(text.charAt(at));
    if (inner !== undefined && text.charAt(at - 1) === ".") {
      const rest = readQuoted(text, at, inner);
      return { kind: "word", text: text.slice(start, at) + rest.text, quoted: false, start, end: rest.end };
    }
    at += 1;
  }
  return { kind: "word", text: text.slice(start, at), quoted: false, start, end: at };
}

/** `64`, `"two words"`, `[512, 256]`, `2026-11-20T10:15`. */
function readValue(text: string, start: number): Word {
  const close = closing.get(text.charAt(start));
  if (close !== undefined) return { kind: "word", quoted: true, start, ...readQuoted(text, start, close) };
  if (text.charAt(start) === "[") {
    const whole = matching(text, start);
    if (whole === -1) throw new JournalError(openQuote({ text, start, end: start + 1 }, "]"));
    return { kind: "word", text: text.slice(start, whole + 1), quoted: false, start, end: whole + 1 };
  }
  let at = start;
  while (at < text.length && !endsValue.test(text.charAt(at))) at += 1;
  return { kind: "word", text: text.slice(start, at), quoted: false, start, end: at };
}

/** The bracket that closes the one at `start`, or -1. */
function matching(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.charAt(at) === "[") depth += 1;
    else if (text.charAt(at) === "]") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
