// Tokens → filter. `or` binds weakest, then `and` (which may be left out), then `not`.

import { JournalError } from "../base/problem.ts";
import { parseDate } from "../base/time.ts";
import { parseQuantity } from "../record/quantity.ts";
import type { Filter, Node, Spot, Term } from "./filter.ts";
import { lex, type Token, type Word } from "./lexer.ts";
import * as say from "./messages.ts";

const longest = 10_000;
const deepest = 50;

const keywords: ReadonlyMap<string, "and" | "or" | "not"> = new Map([
  ["and", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["||", "or"],
  ["not", "not"],
]);

interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

/** Throws a JournalError that shows the place. */
export function parseFilter(text: string): Filter {
  if (text.length > longest) throw new JournalError(say.tooLong(text.length, longest));
  const cursor: Cursor = { text, tokens: lex(text), at: 0, depth: 0 };
  if (token(cursor).kind === "end") return { text };
  const root = either(cursor);
  const rest = token(cursor);
  if (rest.kind === "close") throw refuse(say.strayParenthesis, cursor, rest);
  return { text, root };
}

const end: Token = { kind: "end", start: 0, end: 0 };

function token(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[cursor.at + ahead] ?? cursor.tokens.at(-1) ?? end;
}

function keyword(found: Token): "and" | "or" | "not" | undefined {
  return found.kind === "word" && !found.quoted ? keywords.get(found.text.toLowerCase()) : undefined;
}

function place(cursor: Cursor, found: { readonly start: number; readonly end: number }): say.Place {
  return { text: cursor.text, start: found.start, end: found.end };
}

function refuse(message: (place: say.Place) => ReturnType<typeof say.openParenthesis>, cursor: Cursor, found: Token): JournalError {
  return new JournalError(message(place(cursor, found)));
}

function either(cursor: Cursor): Node {
  const parts = [both(cursor)];
  while (keyword(token(cursor)) === "or") {
    cursor.at += 1;
    parts.push(both(cursor));
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "or", parts };
}

function both(cursor: Cursor): Node {
  const parts = [negated(cursor)];
  for (;;) {
    const next = token(cursor);
    const word = keyword(next);
    if (next.kind === "end" || next.kind === "close" || word === "or") break;
    if (word === "and") cursor.at += 1;
    parts.push(negated(cursor));
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "and", parts };
}

function negated(cursor: Cursor): Node {
  if (keyword(token(cursor)) !== "not") return primary(cursor);
  deeper(cursor);
  cursor.at += 1;
  const part = negated(cursor);
  cursor.depth -= 1;
  return { kind: "not", part };
}

function deeper(cursor: Cursor): void {
  cursor.depth += 1;
  if (cursor.depth > deepest) throw refuse((found) => say.tooDeep(found, deepest), cursor, token(cursor));
}

function primary(cursor: Cursor): Node {
  const first = token(cursor);
  if (first.kind === "open") {
    deeper(cursor);
    cursor.at += 1;
    const inside = either(cursor);
    if (token(cursor).kind !== "close") throw refuse(say.openParenthesis, cursor, first);
    cursor.at += 1;
    cursor.depth -= 1;
    return inside;
  }
  const before = cursor.tokens[cursor.at - 1];
  if (first.kind === "operator")
    throw refuse(
      (found) => (before?.kind === "word" && keyword(before) === undefined ? say.chained(found) : say.missingName(found, first.operator)),
      cursor,
      first,
    );
  if (first.kind === "word" && keyword(first) === undefined) return term(cursor, first);
  throw refuse((found) => say.missingTerm(found, before === undefined ? "" : cursor.text.slice(before.start, before.end)), cursor, first);
}

function term(cursor: Cursor, name: Word): Term {
  const sign = token(cursor, 1);
  if (sign.kind !== "operator") throw refuse((found) => say.missingOperator(found, name.text), cursor, name);
  const value = token(cursor, 2);
  if (value.kind !== "word") throw refuse((found) => say.missingValue(found, sign.operator), cursor, value);
  cursor.at += 3;
  return { kind: "term", name, operator: sign.operator, value: value.quoted ? value : widened(cursor, value) };
}

/** Words that follow a value and start no comparison belong to it when both together are one quantity, date or bound: `2 h`, `best - 1pp`. */
function widened(cursor: Cursor, value: Word): Spot {
  const stray: Token[] = [];
  for (let ahead = 0; ; ahead += 1) {
    const next = token(cursor, ahead);
    if (next.kind !== "word" || next.quoted || keyword(next) !== undefined || token(cursor, ahead + 1).kind === "operator") break;
    stray.push(next);
  }
  const [first] = stray;
  const last = stray.at(-1);
  if (first === undefined || last === undefined) return value;
  const whole = { text: cursor.text.slice(value.start, last.end), quoted: false, start: value.start, end: last.end };
  if (!isOneValue(whole.text)) throw refuse((found) => say.strayWord(found, whole.text), cursor, first);
  cursor.at += stray.length;
  return whole;
}

function isOneValue(text: string): boolean {
  if (/^best\s?[+-]/.test(text)) return true;
  const range = text.split("..");
  if (range.length === 2) return range.every((side) => side.trim() === "" || isOneValue(side.trim()));
  return parseQuantity(text, { time: true }) !== undefined || parseDate(text) !== undefined;
}
