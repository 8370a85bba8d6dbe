// From an error of `yaml`, which speaks of tokens, to what its author did wrong, with the corrected line. The corrected
// line also replaces the broken one before the text is read again, so that the rest of the file stays readable.

import type { Problem } from "../base/problem.ts";
import * as messages from "./messages.ts";
import type { LineParts } from "./yaml-lines.ts";
import { closing, closingQuote, flowItems, indentOf, quote, scanFlow, takeApart } from "./yaml-lines.ts";
import type { Trap } from "./yaml-tree.ts";

export interface Diagnosis {
  readonly problem: Problem;
  /** Line index → new text of that line. */
  readonly lines: ReadonlyMap<number, string>;
}

/** A block under treatment: current lines, and what the library says is wrong. */
export interface Patient {
  readonly lines: readonly string[];
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Line and column of the current text → offset in the file. */
  readonly place: (line: number, column: number) => number;
}

export function diagnose(patient: Patient): Diagnosis {
  const line = meant(patient);
  return (
    tabs(patient, line) ??
    unclosed(patient, line) ??
    sick(patient, line) ??
    indentation(patient, line) ??
    above(patient, line) ??
    giveUp(patient, line)
  );
}

/** The line an error is about: the last one with text, when the error stands at the end. */
function meant({ lines, line }: Patient): number {
  let index = Math.min(line, lines.length - 1);
  while (index > 0 && (lines[index] ?? "").trim() === "") index -= 1;
  return index;
}

/** A misreading that `yaml` itself does not object to. */
export function diagnoseTrap(patient: Patient, trap: Trap["kind"]): Diagnosis | undefined {
  const { lines, line, place } = patient;
  const parts = takeApart(lines[line] ?? "");
  const at = place(line, parts.head.length);
  if (trap === "word") return withoutKey(patient, line, parts);
  if (trap === "alias") {
    const item = parts.value.startsWith("*") ? undefined : quotedItems(parts, (text) => text.startsWith("*"));
    const fixed = item ?? requote(parts);
    const name = /\*([^\s,\]}]*)/.exec(parts.value)?.[1] ?? "";
    return one(line, fixed, messages.unknownAlias(place(line, patient.column), name, fixed));
  }
  if (parts.value.startsWith("{") && !parts.value.includes(":")) return one(line, requote(parts), messages.braces(at, requote(parts)));
  const fixed = quotedItems(parts, (text) => text.includes("{"));
  return fixed === undefined ? undefined : one(line, fixed, messages.bracesInList(place(line, patient.column), fixed));
}

function one(line: number, fixed: string, problem: Problem): Diagnosis {
  return { problem, lines: new Map([[line, fixed]]) };
}

function requote(parts: LineParts, value = parts.value): string {
  return `${parts.head}${/[ \t]$/.test(parts.head) || parts.head === "" ? "" : " "}${quote(value)}${parts.tail}`;
}

/** The line with those items of its one-line list quoted that `wants`; nothing where there are none. */
function quotedItems(parts: LineParts, wants: (item: string) => boolean): string | undefined {
  if (!parts.value.startsWith("[") || !parts.value.endsWith("]")) return undefined;
  const items = flowItems(parts.value.slice(1, -1));
  const bad = items.filter((item) => wants(item) && !/^["'[]/.test(item));
  if (bad.length === 0) return undefined;
  return `${parts.head}[${items.map((item) => (bad.includes(item) ? JSON.stringify(item) : item)).join(", ")}]${parts.tail}`;
}

function tabs({ lines, place }: Patient, line: number): Diagnosis | undefined {
  if (!(lines[line] ?? "").slice(0, indentOf(lines[line] ?? "")).includes("\t")) return undefined;
  const changed = new Map<number, string>();
  for (const [index, text] of lines.entries()) {
    const indent = indentOf(text);
    if (text.slice(0, indent).includes("\t")) changed.set(index, text.slice(0, indent).replaceAll("\t", "  ") + text.slice(indent));
  }
  const first = changed.keys().next().value ?? line;
  return { problem: messages.tabIndent(place(first, (lines[first] ?? "").indexOf("\t")), changed.get(first) ?? ""), lines: changed };
}

/** A quote or bracket opened on this line or one above and not closed where its author stopped. */
function unclosed({ lines, code, message, line: errorLine, place }: Patient, line: number): Diagnosis | undefined {
  if (code === "BAD_DQ_ESCAPE" || code === "BLOCK_AS_IMPLICIT_KEY") return undefined;
  for (let index = line; index >= Math.max(0, line - 200); index -= 1) {
    const parts = takeApart(lines[index] ?? "");
    const at = place(index, parts.head.length);
    const mark = parts.value[0];
    if (mark === '"' || mark === "'") {
      if (closingQuote(parts.value, 0) !== -1) continue;
      if (!/quote/.test(message) && index !== errorLine) continue;
      const fixed = requote(parts, parts.value.slice(1).trimEnd());
      return one(index, fixed, messages.unclosedQuote(at, mark, fixed));
    }
    if (mark === "[" || mark === "{") {
      const { open, stray } = scanFlow(parts.value);
      if (open.length === 0 || stray !== -1) continue;
      const fixed = `${parts.head}${parts.value.replace(/,\s*$/, "")}${closing(open)}${parts.tail}`;
      return one(index, fixed, messages.unclosedBracket(at, open[0] ?? mark, closing(open.slice(0, 1)), fixed));
    }
  }
  return undefined;
}

/** What is wrong with the text of this very line. */
function sick(patient: Patient, line: number): Diagnosis | undefined {
  const parts = takeApart(patient.lines[line] ?? "");
  if (parts.key === undefined && !parts.dash) return withoutKey(patient, line, parts);
  if (parts.key !== undefined && /^[@`%&*!,\]}]/.test(parts.key)) {
    const fixed = `${" ".repeat(parts.indent)}${quote(parts.key)}:${parts.value === "" ? "" : ` ${parts.value}`}${parts.tail}`;
    return one(line, fixed, messages.reservedStart(patient.place(line, parts.indent), parts.key[0] ?? "", fixed));
  }
  return badValue(patient, line, parts);
}

function badValue(patient: Patient, line: number, parts: LineParts): Diagnosis | undefined {
  const { value } = parts;
  const at = patient.place(line, parts.head.length);
  const first = value[0] ?? "";
  const more = parts.tail === "" ? continuation(patient.lines, line) : [];
  const quoted = requote(parts, [value, ...more].join(" "));
  const say = (make: (at: number, fixed: string) => Problem, fixed = quoted): Diagnosis => ({
    problem: make(at, fixed),
    lines: new Map([[line, fixed], ...more.map((_, index): [number, string] => [line + 1 + index, ""])]),
  });
  if (first === '"' || first === "'") return badQuoted(patient, line, parts);
  if (first === "[" || first === "{") return badFlow(patient, line, parts);
  if (value === "-") return say(messages.loneDash, `${parts.head}~${parts.tail}`);
  if (first === "*") return say((offset, fixed) => messages.unknownAlias(offset, /^[^\s,]*/.exec(value.slice(1))?.[0] ?? "", fixed));
  if (first === "&" ? /^&\s|^&$/.test(value) : first !== "" && "@`%,]}".includes(first))
    return say((offset, fixed) => messages.reservedStart(offset, first, fixed));
  if ((first === "|" || first === ">") && !/^[|>][-+0-9]{0,2}$/.test(value))
    return say((offset, fixed) => messages.blockHeader(offset, first, fixed));
  if (value.startsWith("- ") && parts.key !== undefined)
    return say(
      messages.listOnKeyLine,
      `${parts.head}[${flowItems(value.slice(2))
        .map((item) => (/^[\w.%-]+$/.test(item) ? item : JSON.stringify(item)))
        .join(", ")}]${parts.tail}`,
    );
  if (/:(?:\s|$)/.test(value) && parts.key !== undefined) return say(messages.colonInText);
  if (value.startsWith("? ")) return say((offset, fixed) => messages.reservedStart(offset, "?", fixed));
  return undefined;
}

/** The lines that continue the plain text of this one: a repaired text swallows them. */
function continuation(lines: readonly string[], line: number): readonly string[] {
  const indent = indentOf(lines[line] ?? "");
  const texts: string[] = [];
  for (const text of lines.slice(line + 1)) {
    const parts = takeApart(text);
    if (text.trim() === "" || parts.indent <= indent || parts.dash || parts.key !== undefined || text.trim().startsWith("#")) break;
    texts.push(text.trim());
  }
  return texts;
}

function badQuoted({ code, place, column }: Patient, line: number, parts: LineParts): Diagnosis | undefined {
  const { value } = parts;
  const mark = value[0] ?? "";
  const close = closingQuote(value, 0);
  if (close === -1) return undefined;
  const at = place(line, parts.head.length);
  if (close < value.length - 1) {
    const inner = value.endsWith(mark) ? value.slice(1, -1) : value;
    const fixed = requote(parts, inner);
    return one(line, fixed, messages.textAfterQuote(at + close + 1, fixed));
  }
  if (code !== "BAD_DQ_ESCAPE") return undefined;
  const fixed = `${parts.head}'${value.slice(1, -1).replaceAll("'", "''")}'${parts.tail}`;
  return one(line, fixed, messages.badEscape(place(line, column), fixed));
}

function badFlow(patient: Patient, line: number, parts: LineParts): Diagnosis | undefined {
  const { place, column } = patient;
  const { value, head, tail } = parts;
  const at = place(line, head.length);
  const { stray, closed } = scanFlow(value);
  const slots = value.replace(/([[,]|: )(\s?)-(?=\s?[,\]}])/g, "$1$2~");
  if (slots !== value) return one(line, `${head}${slots}${tail}`, messages.loneDash(place(line, column), `${head}${slots}${tail}`));
  const filled = fillSlots(value);
  if (filled !== value) return one(line, `${head}${filled}${tail}`, messages.emptySlot(place(line, column), `${head}${filled}${tail}`));
  const inner = value.replace(/(?<=[[,] {0,4})[^\s,[\]{}"']+\{[^{}[\],"]*\}[^\s,[\]{}"']*(?= {0,4}[,\]])/g, (item) => JSON.stringify(item));
  const braced = inner === value ? undefined : `${head}${inner}${tail}`;
  if (braced !== undefined) return one(line, braced, messages.bracesInList(place(line, column), braced));
  const reserved = quotedItems(parts, (item) => /^[@`%*&!|>,]/.test(item));
  if (reserved !== undefined)
    return one(line, reserved, messages.reservedStart(place(line, column), patient.lines[line]?.[column] ?? "@", reserved));
  if (closed !== -1 && closed < value.length) {
    const extra = /^[\]}\s]+$/.test(value.slice(closed));
    const fixed = extra ? `${head}${value.slice(0, closed)}${tail}` : requote(parts);
    return one(line, fixed, extra ? messages.strayBracket(at + closed, fixed) : messages.reservedStart(at, value[0] ?? "[", fixed));
  }
  if (stray !== -1) return one(line, requote(parts), messages.strayBracket(at + stray, requote(parts)));
  if (value.startsWith("{") && !value.includes(": ")) return one(line, requote(parts), messages.braces(at, requote(parts)));
  return undefined;
}

/** `~` where a list has nothing between two commas; in a map the comma too many goes. Text in quotes is stepped over. */
function fillSlots(value: string): string {
  let out = "";
  let before = "";
  const open: string[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    const close = (character === '"' || character === "'") && "[{,:".includes(before) ? closingQuote(value, at) : -1;
    if (close !== -1) {
      out += value.slice(at, close + 1);
      at = close;
    } else if (character === "," && before !== "" && "[{,".includes(before)) {
      const list = open.at(-1) === "[";
      if (list) out += out.endsWith(",") ? " ~," : "~,";
      else while (/[ \t]/.test(value.charAt(at + 1)) && /[{\s]$/.test(out)) at += 1;
    } else out += character;
    if (character === "[" || character === "{") open.push(character);
    else if (character === "]" || character === "}") open.pop();
    if (character.trim() !== "") before = character;
  }
  return out;
}

/** A line that is neither `key: value` nor a list item. */
function withoutKey({ lines, place }: Patient, line: number, parts: LineParts): Diagnosis | undefined {
  const text = parts.value;
  if (text === "" || /^["'[{|>#]/.test(text)) return undefined;
  const blanks = " ".repeat(parts.indent);
  const make = (key: string, value: string): string =>
    `${blanks}${key}: ${/^[\w.%+-]+$/.test(value) || /^[[{"']/.test(value) ? value : quote(value)}${parts.tail}`;
  const signs: readonly [string, typeof messages.equalsSign][] = [
    ["=", messages.equalsSign],
    [":", messages.missingSpace],
    ["：", messages.missingColon],
  ];
  for (const [sign, message] of signs) {
    const at = text.indexOf(sign);
    const key = text.slice(0, at).trim();
    if (at < 1 || !/^[\p{L}\p{N}_.-]+(?: [\p{L}\p{N}_.-]+){0,3}$/u.test(key) || key.length > 60) continue;
    const fixed = make(
      key,
      text
        .slice(at + 1)
        .trim()
        .replace(/,$/, ""),
    );
    return one(line, fixed, message(place(line, parts.indent + at), fixed));
  }
  const previous = takeApart(lines[line - 1] ?? "");
  if (line > 0 && previous.value === "") return undefined;
  if (previous.key !== undefined && previous.tail === "" && parts.indent <= previous.indent && !/^["'[{]/.test(previous.value))
    return unindented(lines, line, previous, place(line, parts.indent));
  const word = /^[\p{L}\p{N}_.-]+/u.exec(text)?.[0] ?? "note";
  const fixed = make(word, text.slice(word.length).trim() || "…");
  return { problem: messages.missingColon(place(line, parts.indent), fixed), lines: blanked(lines, line) };
}

/** A sentence that goes on where keys begin: its lines are one value, up to the next key of one word. */
function unindented(lines: readonly string[], line: number, previous: LineParts, at: number): Diagnosis {
  const stop = lines.findIndex((text, index) => {
    const { key, dash } = takeApart(text);
    return index > line && (text.trim() === "" || dash || (key !== undefined && !/\s/.test(key)));
  });
  const rest = lines.slice(line, stop === -1 ? undefined : stop).map((text) => text.trim());
  const first = /^[|>][-+0-9]{0,2}$/.test(previous.value) ? [] : [previous.value];
  const fixed = requote(previous, [...first, ...rest].join(" "));
  return {
    problem: messages.unindentedText(at, fixed, `${previous.key ?? ""}: >-`),
    lines: new Map([[line - 1, fixed], ...rest.map((_, index): [number, string] => [line + index, ""])]),
  };
}

/** The line and everything indented below it, emptied. */
function blanked(lines: readonly string[], line: number): ReadonlyMap<number, string> {
  const changed = new Map([[line, ""]]);
  const indent = indentOf(lines[line] ?? "");
  for (let next = line + 1; next < lines.length && ((lines[next] ?? "").trim() === "" || indentOf(lines[next] ?? "") > indent); next += 1)
    changed.set(next, "");
  return changed;
}

function indentation(patient: Patient, line: number): Diagnosis | undefined {
  const { lines, place } = patient;
  const indent = indentOf(lines[line] ?? "");
  const parts = takeApart(lines[line] ?? "");
  const next = nextText(lines, line);
  if (next !== -1 && indentOf(lines[next] ?? "") > indent && parts.value !== "" && takeApart(lines[next] ?? "").key !== undefined) {
    return {
      problem: messages.indentedUnderValue(place(next, indentOf(lines[next] ?? "")), (lines[next] ?? "").trim()),
      lines: shifted(lines, next, indent),
    };
  }
  const first = nextText(lines, -1);
  if (first !== line && first !== -1 && indentOf(lines[first] ?? "") > indent && parts.key !== undefined)
    return reindent(patient, first, indent);
  if (parts.key !== undefined && indent === indentOf(lines[first] ?? "") && takeApart(lines[first] ?? "").dash) {
    return { problem: messages.strayListItem(place(first, indent), `  ${(lines[first] ?? "").trim()}`), lines: blanked(lines, first) };
  }
  if (parts.dash && !(patient.lines[previousText(lines, line)] ?? "").trim().startsWith("-")) {
    return { problem: messages.strayListItem(place(line, indent), `  ${(lines[line] ?? "").trim()}`), lines: blanked(lines, line) };
  }
  const expected = siblingIndent(lines, line, indent);
  return expected === undefined || expected === indent ? undefined : reindent(patient, line, expected);
}

function reindent({ lines, place }: Patient, line: number, expected: number): Diagnosis {
  const found = indentOf(lines[line] ?? "");
  return {
    problem: messages.badIndent(place(line, 0), expected, found, (lines[line] ?? "").trim()),
    lines: shifted(lines, line, expected),
  };
}

/** The line and what is indented below it, moved so that it starts at `expected`. */
function shifted(lines: readonly string[], line: number, expected: number): ReadonlyMap<number, string> {
  const indent = indentOf(lines[line] ?? "");
  const changed = new Map<number, string>();
  for (let index = line; index < lines.length; index += 1) {
    const text = lines[index] ?? "";
    if (index > line && text.trim() !== "" && indentOf(text) <= indent) break;
    changed.set(index, text.trim() === "" ? text : " ".repeat(Math.max(0, indentOf(text) + expected - indent)) + text.trimStart());
  }
  return changed;
}

/** Where the keys beside this one start: those above it that share its parent. */
function siblingIndent(lines: readonly string[], line: number, indent: number): number | undefined {
  let deeper: number | undefined;
  for (let index = line - 1; index >= 0; index -= 1) {
    const text = lines[index] ?? "";
    if (text.trim() === "" || text.trim().startsWith("#")) continue;
    const own = indentOf(text);
    if (own < indent) return deeper ?? own;
    if (own > indent && (deeper === undefined || own < deeper)) deeper = own;
  }
  return deeper;
}

function nextText(lines: readonly string[], line: number): number {
  return lines.findIndex((text, index) => index > line && text.trim() !== "" && !text.trim().startsWith("#"));
}

function previousText(lines: readonly string[], line: number): number {
  return lines.findLastIndex((text, index) => index < line && text.trim() !== "" && !text.trim().startsWith("#"));
}

/** The line above, when this one is only where the library noticed. */
function above(patient: Patient, line: number): Diagnosis | undefined {
  const previous = previousText(patient.lines, line);
  if (previous === -1) return undefined;
  const parts = takeApart(patient.lines[previous] ?? "");
  return parts.key === undefined ? undefined : badValue({ ...patient, code: "" }, previous, parts);
}

const reasons: Readonly<Record<string, string>> = {
  BAD_INDENT: "the indentation does not fit the lines above",
  MISSING_CHAR: "something is missing, a colon, a comma or a closing bracket",
  UNEXPECTED_TOKEN: "something stands here that does not belong",
  KEY_OVER_1024_CHARS: "a key of more than 1,024 characters",
  BAD_COLLECTION_TYPE: "the tag does not fit the value",
  MULTIPLE_ANCHORS: "two anchors on one value",
  MULTIPLE_TAGS: "two tags on one value",
  ALIAS_PROPS: "an alias cannot have an anchor or a tag",
  BAD_ALIAS: "an anchor or alias needs a name",
};

function giveUp({ lines, code, place, line: errorLine, column }: Patient, line: number): Diagnosis {
  const at = place(line, line === errorLine ? column : 0);
  return {
    problem: messages.unreadableYaml(at, reasons[code] ?? "its structure is not clear", lines[line] ?? ""),
    lines: blanked(lines, line),
  };
}
