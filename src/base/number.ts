// Numbers as people type them: text from web pages and papers is folded to ASCII first, then one number is read from its start.

/** Longer text is prose, not a number; also what keeps every pattern below cheap. */
const longest = 400;

const invisible = /\u200b|\u200c|\u200d|\u2060|\ufeff/g;
const minus = /[\u2212\ufe63\uff0d]/g;
const dashBeforeDigit = /^[\u2010-\u2015](?=[\d.])/;
const fullwidth = /[\uff01-\uff5e]/g;
const thinSpace = /[\u2007\u2009\u202f]/g;

/** Fullwidth forms, the typographic minus and invisible characters become ASCII; unbreakable blanks become U+00A0; no blanks at the ends. */
export function foldNumberText(text: string): string {
  const trimmed = text.trim();
  if (isAscii(trimmed)) return trimmed;
  return trimmed
    .replace(invisible, "")
    .replace(minus, "-")
    .replace(fullwidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(thinSpace, "\u00a0")
    .trim()
    .replace(dashBeforeDigit, "-");
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}

/** Why a number could not simply be taken. */
export type NumberTrouble =
  /** `1,014`: thousands or a decimal comma; `options` are the two spellings that leave no doubt. */
  | { readonly kind: "ambiguous"; readonly options: readonly [string, string] }
  /** `1e400`, `1e-400`: beyond what a number here can hold. */
  | { readonly kind: "range" }
  /** An integer beyond 2^53: `value` is the nearest number, the text says more. */
  | { readonly kind: "inexact" };

export interface ScannedNumber {
  /** Absent when ambiguous or out of range. */
  readonly value?: number;
  readonly trouble?: NumberTrouble;
  /** What follows, with its leading blanks. */
  readonly rest: string;
}

const based = /^([+-]?)(0x[\da-f]+|0o[0-7]+)$/i;
const head = /^([+-]?)((?:\d(?:\d|[,._'\u00a0](?=\d))*\.?|\.\d+))([eE][+-]?\d+)?/;
const timesTen = /^\s*[x\u00d7\u00b7*]\s*10\^([+-]?\d+)/;
const power = /^\^([+-]?\d+)/;

/**
 * The number at the start of folded text, or nothing when there is none. `1,014.45`, `1_000`, `1'014`, `0,38` and `1.014,45` are read;
 * so are `0x1F`, `0o17`, `2^16` and `1.2×10^-3`.
 */
export function scanNumber(text: string): ScannedNumber | undefined {
  if (text.length > longest) return undefined;
  const other = based.exec(text);
  if (other) return judged((other[1] === "-" ? -1 : 1) * Number(other[2]?.toLowerCase()), "1", true, "");
  const match = head.exec(text);
  if (!match) return undefined;
  const [all, sign = "", body = "", exponent = ""] = match;
  const spelled = spell(body);
  if (spelled === undefined) return undefined;
  let rest = text.slice(all.length);
  if (typeof spelled !== "string") {
    const options = [sign + spelled[0] + exponent, sign + spelled[1] + exponent] as const;
    return { trouble: { kind: "ambiguous", options }, rest };
  }
  let value = Number(sign + spelled + exponent);
  const raised = exponent === "" ? (power.exec(rest) ?? timesTen.exec(rest)) : null;
  if (raised) {
    rest = rest.slice(raised[0].length);
    const by = Number(raised[1]);
    value = raised[0].startsWith("^") ? Number(sign + Number(spelled) ** by) : Number(`${sign}${spelled}e${by}`);
  }
  return judged(value, spelled, !spelled.includes(".") && exponent === "", rest);
}

function judged(value: number, digits: string, whole: boolean, rest: string): ScannedNumber {
  if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(digits))) return { trouble: { kind: "range" }, rest };
  if (whole && Math.abs(value) > Number.MAX_SAFE_INTEGER) return { value, trouble: { kind: "inexact" }, rest };
  // A zero has no sign here: JSON would lose it, and no measurement means it.
  return { value: value === 0 ? 0 : value, rest };
}

const plain = /^(?:\d+\.?\d*|\.\d+)$/;

/** How digits may be grouped; the first that fits is rewritten with a point and no groups. */
const spellings: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^\d+(?:_\d+)+(?:\.\d*)?$/, (text) => text.replaceAll("_", "")],
  [/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/, (text) => text.replaceAll(",", "")],
  [/^[1-9]\d{0,2}(?:['\u00a0]\d{3})+(?:[.,]\d*)?$/, (text) => text.replace(/['\u00a0]/g, "").replace(",", ".")],
  [/^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/, (text) => text.replaceAll(".", "").replace(",", ".")],
  [/^\d+,\d+$/, (text) => text.replace(",", ".")],
];
const oneComma = /^[1-9]\d{0,2},\d{3}$/;

/** The digits as JavaScript reads them; two spellings when a single comma could be either separator. */
function spell(body: string): string | readonly [string, string] | undefined {
  if (plain.test(body)) return body;
  if (oneComma.test(body)) return [body.replace(",", ""), body.replace(",", ".")];
  const found = spellings.find(([pattern]) => pattern.test(body));
  return found?.[1](body);
}

const written = /(?:\d(?:\d|[,._'\u00a0](?=\d))*|\.\d+)(?:[eE][+-]?\d+|\s*[x\u00d7\u00b7*]\s*10\^[+-]?\d+)?/g;

/** Decimals of each number in a text: `1.0e-3 → 64` is 4 and 0. */
export function decimalsIn(text: string): readonly number[] {
  return (foldNumberText(text).match(written) ?? []).map((number) => {
    const [body = "", exponent = "0"] = number.split(/\s*[x\u00d7\u00b7*]\s*10\^|e/i);
    const spelled = spell(body);
    const digits = typeof spelled === "string" ? spelled : "";
    const point = digits.indexOf(".");
    const decimals = point === -1 ? 0 : digits.length - point - 1;
    return Math.min(Math.max(decimals - Number(exponent), 0), 20);
  });
}

/** Decimals that survive: `toFixed` within what a number can promise. */
export function fixed(value: number, decimals: number): string {
  return value.toFixed(Math.min(Math.max(decimals, 0), 20));
}

/** `12345.6` → `12,345.6`, from 10,000 on. */
export function groupThousands(digits: string): string {
  const match = /^(-?)(\d{5,})(\.\d+)?$/.exec(digits);
  if (!match) return digits;
  return `${match[1] ?? ""}${(match[2] ?? "").replace(/\B(?=(?:\d{3})+$)/g, ",")}${match[3] ?? ""}`;
}

/** The shortest text of at most `digits` significant digits: `0.1 + 0.2` → 0.3. */
export function shortest(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}
