// Text for a terminal: nothing from a file reaches it raw, widths are what a reader sees, tables fit the screen.

/** Control and bidirectional characters, which could repaint the screen or reorder a line; tab and newline are not among them. */
const unsafe = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Text of any origin, made harmless: `\x1b` becomes the six visible characters `\u001b`. Newline and tab stay. */
export function safe(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Harmless and on one line: runs of blanks and line ends become one blank. */
export function safeLine(text: string): string {
  return safe(text.replace(/[\r\n\t ]+/g, " ")).trim();
}

/** Whether the terminal understands escape sequences; `terminal` says whether the stream is one. */
export function wantsColor(environment: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  const force = environment["FORCE_COLOR"];
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (environment["NO_COLOR"]) return false;
  return terminal && environment["TERM"] !== "dumb";
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "cyan";
export type Paint = (style: Style, text: string) => string;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

/** A painter for a stream; without colour it returns the text as it is. */
export function painter(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => (text === "" ? "" : `\x1b[${codes[style][0]}m${text}\x1b[${codes[style][1]}m`);
}

/** One column each: what most texts and all numbers, arrows and deviations are made of. */
const plain = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2013-\u2026\u2190-\u21ff\u2212\u2248]*$/;
const mark = /^(?:\p{M}|[\u200b-\u200d\u2060\ufeff]|[\ufe00-\ufe0e]|[\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007f}])$/u;
const emoji = /^\p{Emoji_Presentation}$/u;

/** First and last code points of the ranges that take two columns (East Asian Wide and Fullwidth). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

function isWide(point: number): boolean {
  return wide.some(([first, last]) => point >= first && point <= last);
}

/** What a reader sees as one character, with the columns it takes. */
interface Cluster {
  text: string;
  width: number;
}

/** Near enough to grapheme clusters for laying out tables: marks, joiners, variation selectors and flags stay with their base. */
function clusters(text: string): Cluster[] {
  const list: Cluster[] = [];
  let joined = false;
  let flag = false;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const last = list.at(-1);
    const regional = point >= 0x1f1e6 && point <= 0x1f1ff;
    if (last !== undefined && (joined || point === 0xfe0f || mark.test(character) || (regional && flag))) {
      last.text += character;
      if (point === 0xfe0f || regional) last.width = 2;
      flag = false;
    } else {
      const width = mark.test(character) || point === 0xfe0f ? 0 : regional ? 1 : isWide(point) || emoji.test(character) ? 2 : 1;
      list.push({ text: character, width });
      flag = regional;
    }
    joined = point === 0x200d;
  }
  return list;
}

/** Columns that already safe text takes on a terminal: CJK and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  return clusters(text).reduce((sum, cluster) => sum + cluster.width, 0);
}

/** At most `width` columns, the last one an ellipsis where something was cut. A number is whole or not there: `32 → 6…` would be another. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return "";
  let out = "";
  let used = 0;
  for (const cluster of clusters(text)) {
    if (used + cluster.width > width - 1) break;
    out += cluster.text;
    used += cluster.width;
  }
  return `${wholeNumbers(out, text).trimEnd()}…`;
}

const ofNumber = /^[\d.,eE+-]$/;

/** The beginning of a text without the number that it ends inside of. */
function wholeNumbers(start: string, text: string): string {
  const next = text[start.length] ?? "";
  if (!ofNumber.test(next) && next !== "%") return start;
  let from = start.length;
  while (from > 0 && ofNumber.test(start[from - 1] ?? "")) from--;
  return /\d/.test(start.slice(from)) ? start.slice(0, from) : start;
}

export interface TextColumn {
  readonly label: string;
  readonly align?: "left" | "right";
  /** Never narrower than this, nor than its own text; 8 by default. Numbers and ids want their whole width: `Infinity`. */
  readonly least?: number;
  /** Where there is no room the column with the highest goes first, `-Infinity` never does; by default the last column. */
  readonly leaves?: number;
  /** Colours a cell after it was laid out. */
  readonly paint?: (text: string, row: number) => string;
}

export interface TextTable {
  readonly text: string;
  /** Labels of the columns that did not fit. */
  readonly left: readonly string[];
}

const gap = 2;
/** Without a width nothing is cut, but one cell of thousands of characters does not widen every line. */
const padLimit = 120;

/** Aligned columns; with `width` the widest give way first, and columns are left out when even that is not enough. */
export function renderTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width?: number,
  paint: Paint = painter(false),
): TextTable {
  const cells = rows.map((row) => columns.map((_column, index) => safeLine(row[index] ?? "")));
  const natural = columns.map((column, index) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[index] ?? "")), displayWidth(column.label)),
  );
  const kept = width === undefined ? columns.map((_column, index) => index) : staying(columns, natural, width);
  const shown = kept.map((index) => columns[index] ?? { label: "" });
  const most = kept.map((index) => natural[index] ?? 0);
  const widths = width === undefined ? most.map((one) => Math.min(one, padLimit)) : narrowed(shown, most, width);
  const whole = width === undefined;
  const head = line(
    shown,
    widths,
    whole,
    shown.map((column) => column.label),
    (text) => paint("bold", text),
  );
  const body = cells.map((row, at) =>
    line(
      shown,
      widths,
      whole,
      kept.map((index) => row[index] ?? ""),
      (text, column) => column.paint?.(text, at) ?? text,
    ),
  );
  return {
    text: [head, ...body].map((text) => `${text}\n`).join(""),
    left: columns.filter((_column, index) => !kept.includes(index)).map((column) => column.label),
  };
}

const leastWidth = ({ label, least = Math.max(8, displayWidth(label)) }: TextColumn, most: number): number => Math.min(most, least);
const roomFor = (count: number, width: number): number => width - gap * (count - 1);

/** The columns that fit at their least widths, in order. */
function staying(columns: readonly TextColumn[], natural: readonly number[], width: number): readonly number[] {
  const leaves = (index: number): number => columns[index]?.leaves ?? index;
  const kept = columns.map((_column, index) => index);
  const order = kept.filter((index) => leaves(index) !== Number.NEGATIVE_INFINITY).sort((left, right) => leaves(right) - leaves(left));
  const least = columns.map((column, index) => leastWidth(column, natural[index] ?? 0));
  for (const index of order) {
    if (kept.length === 1 || sum(kept.map((one) => least[one] ?? 0)) <= roomFor(kept.length, width)) break;
    kept.splice(kept.indexOf(index), 1);
  }
  return kept;
}

/** The widest give way until the rest fits. */
function narrowed(columns: readonly TextColumn[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  const least = columns.map((column, index) => leastWidth(column, natural[index] ?? 0));
  for (let over = sum(widths) - roomFor(columns.length, width); over > 0; over--) {
    const widest = widths.reduce(
      (best, now, index) => (now > (least[index] ?? 0) && (best === -1 || now > (widths[best] ?? 0)) ? index : best),
      -1,
    );
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function line(
  columns: readonly TextColumn[],
  widths: readonly number[],
  whole: boolean,
  row: readonly string[],
  paint: (text: string, column: TextColumn) => string,
): string {
  const parts = columns.map((column, index) => {
    const text = whole ? (row[index] ?? "") : truncate(row[index] ?? "", widths[index] ?? 0);
    const blank = " ".repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(text)));
    if (column.align === "right") return blank + paint(text, column);
    return index === columns.length - 1 ? paint(text, column) : paint(text, column) + blank;
  });
  return parts.join(" ".repeat(gap)).trimEnd();
}
