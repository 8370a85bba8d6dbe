// New YAML text. Whatever is printed reads back the same in YAML 1.2 core, YAML 1.1 and js-yaml 3: plain only when that is
// certain, JSON-quoted otherwise. Text a person typed is kept as typed under the same condition.

import type { Field, FieldType } from "../record/field.ts";
import { fieldsByKey } from "../record/template.ts";
import type { Json } from "../record/tree.ts";

/** Where the text will stand: a plain scalar inside `[…]` or `{…}` is held to stricter rules. */
export type Context = "block" | "flow";

/** Longest flow map or list put on one line; beyond it a list or map goes to lines of its own. */
const lineWidth = 120;

const words: ReadonlySet<string> = new Set([
  "",
  "~",
  "null",
  "true",
  "false",
  "yes",
  "no",
  "on",
  "off",
  "y",
  "n",
  "=",
  "<<",
  ".nan",
  ".inf",
  "+.inf",
  "-.inf",
]);

/** Could be a number, time, date, hash or marker to some reader. A superset on purpose: quoting too much only costs two characters. */
function looksTyped(text: string): boolean {
  if (words.has(text.toLowerCase())) return true;
  // `e5` is a number to some YAML 1.1 readers.
  if (/^[0-9A-Fa-f]{7,64}$/.test(text) || /^[-+]?[eE][-+]?\d+$/.test(text)) return true;
  const first = text.charCodeAt(0);
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return false;
  if (/^\d+\.\d+\.\d[\d.]*$/.test(text)) return false;
  return /^[-+.:,_\dA-Fa-fxXoO]*$/.test(text) || /^\d{4}-\d{1,2}-\d{1,2}/.test(text);
}

/** Characters that every YAML reader takes as they are inside a plain scalar on one line. */
const printable =
  /^(?:\u200c|\u200d|[\ufe00-\ufe0f]|[\x20-\x7e\u00a0-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\uff01-\uffee\u{10000}-\u{1ffff}])*$/u;
const blockStart = /^[\p{L}\p{N}_./(+$^;<]|^-[^\s-]/u;
const flowText = /^[\p{L}\p{N}_./+(][\p{L}\p{N}_./+()%±→^ -]*$/u;

/** Whether the text, unquoted, is this very string to every reader. */
export function isPlainText(text: string, context: Context): boolean {
  if (text.length > 2000 || looksTyped(text) || text.endsWith(" ") || !printable.test(text)) return false;
  if (context === "flow") return flowText.test(text);
  return blockStart.test(text) && !text.endsWith(":") && !text.includes(": ") && !text.includes(" #");
}

/** A JSON string in which nothing is left that a YAML reader folds, strips or refuses. */
export function quoteText(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(
    /[\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export const printText = (text: string, context: Context): string => (isPlainText(text, context) ? text : quoteText(text));

/** `0.001`, `1.0e-7`: a float that YAML 1.1 readers take for a number too. */
export function printNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  const text = String(value);
  const exponent = text.indexOf("e");
  return exponent === -1 || text.includes(".") ? text : `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}

export function printKey(key: string): string {
  return /^[A-Za-z_][\w./-]*(?: [\w./()%-]+)*$/.test(key) && key.length <= 120 && !looksTyped(key) ? key : quoteText(key);
}

/** On one line: strings in lists always quoted, elsewhere when in doubt. */
export function printFlow(value: Json, inList = false): string {
  if (typeof value === "string") return inList ? quoteText(value) : printText(value, "flow");
  if (Array.isArray(value)) return `[${value.map((item: Json) => printFlow(item, true)).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printFlow(item)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return printScalar(value as null | boolean | number, "flow");
}

function printScalar(value: string | number | boolean | null, context: Context): string {
  if (typeof value === "string") return printText(value, context);
  if (typeof value === "number") return printNumber(value);
  return value === null ? "~" : String(value);
}

/**
 * What follows `key:` in block style, its leading blank or line end included, the last line end not.
 * `indent` is the column of the key; lines of their own are indented by two more.
 */
export function printAfterKey(value: Json, indent: string, eol: string): string {
  if (typeof value === "string" && value.includes("\n")) return ` ${printLines(value, `${indent}  `, eol)}`;
  if (value === null || typeof value !== "object") return ` ${printScalar(value, "block")}`;
  const flow = printFlow(value);
  const nested = Object.values(value).some((item) => item !== null && typeof item === "object" && Object.keys(item).length > 0);
  const short = indent.length + flow.length <= lineWidth;
  if (Array.isArray(value)) {
    const maps = value.some((item) => item !== null && typeof item === "object" && !Array.isArray(item));
    if (short && !maps) return ` ${flow}`;
    return value.map((item: Json) => `${eol}${indent}  - ${printFlow(item, true)}`).join("");
  }
  if (short && !nested) return ` ${flow}`;
  return Object.entries(value)
    .map(([key, item]) => `${eol}${indent}  ${printKey(key)}:${printAfterKey(item as Json, `${indent}  `, eol)}`)
    .join("");
}

/** Several lines as a block scalar, which reads and diffs well; JSON-quoted where a block scalar could not hold them. */
export function printLines(value: string, indent: string, eol: string): string {
  const body = value.endsWith("\n") ? value.slice(0, -1) : value;
  const lines = body.split("\n");
  const safe =
    lines.every((line) => printable.test(line) && line.trimEnd() === line) &&
    lines[0] !== "" &&
    !lines[0]?.startsWith(" ") &&
    lines.at(-1) !== "";
  if (!safe) return quoteText(value);
  return `|${body === value ? "-" : ""}${lines.map((line) => (line === "" ? eol : `${eol}${indent}${line}`)).join("")}`;
}

/** Type the template gives to a path of front matter keys, where it knows it. */
export function typeAt(path: readonly string[]): FieldType | undefined {
  let known: Field | undefined = fieldsByKey.get(path[0] ?? "");
  let type = known?.type;
  for (const key of path.slice(1)) {
    if (/^\d+$/.test(key) && (type === "entries" || type === "texts")) continue;
    const inner = known?.fields?.find((candidate) => candidate.key === key);
    if (type === "map") type = known?.of;
    else if (inner !== undefined && type !== "text") [known, type] = [inner, inner.type];
    else return undefined;
  }
  return type;
}

const typedNumber = /^[-+]?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?$|^\.\d+$|^0x[\dA-Fa-f]+$/;
const typedWord = /^(?:true|false|True|False|TRUE|FALSE|~|null|Null|NULL|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[-+]\d{2}:\d{2})?)?$/;
const textTypes: ReadonlySet<FieldType | undefined> = new Set<FieldType | undefined>(["text", "texts", "choice", "hash", "date"]);

/** A scalar a person typed, as it goes into the file: as typed, or quoted so that it stays the text it is. */
export function printTyped(typed: string, type: FieldType | undefined, context: Context): string {
  const text = typed.trim();
  if (text === "" || text === "~" || text === "null") return text;
  if (type === "date" && isoDate.test(text)) return text;
  if (textTypes.has(type)) return printText(text, context);
  const exact = typedNumber.test(text) && Number.isFinite(Number(text)) && (/[.eE]/.test(text) || Number.isSafeInteger(Number(text)));
  if (exact || typedWord.test(text)) return text;
  return printText(text === typed ? typed : text, context);
}
