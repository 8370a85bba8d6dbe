// JSON as programs write it: with bare NaN and Infinity, and as Python prints a dict (`{'loss': 0.5, 'done': True}`).

import type { Json } from "../record/tree.ts";

const deepest = 100;

/** Nothing for anything that is no such text, or nests too deep. */
export function parseLooseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const reader = new Reader(text);
    const value = reader.value(0);
    return value !== undefined && reader.atEnd() ? value : undefined;
  }
}

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
  ["NaN", Number.NaN],
  ["nan", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["inf", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);
const word = /-?[A-Za-z]+/y;
const number = /-?\d+\.?\d*(?:[eE][+-]?\d+)?/y;
const blank = /\s*/y;
const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    this.scan(blank);
    return this.at === this.text.length;
  }

  value(depth: number): Json | undefined {
    this.scan(blank);
    const first = this.text[this.at];
    if (depth > deepest || first === undefined) return undefined;
    if (first === "{") return this.map(depth);
    if (first === "[") return this.list("]", depth);
    if (first === "(") return this.list(")", depth);
    if (first === '"' || first === "'") return this.string(first);
    const digits = this.scan(number);
    if (digits !== undefined) return Number(digits);
    const found = this.scan(word);
    return found === undefined ? undefined : words.get(found);
  }

  private map(depth: number): Json | undefined {
    const out: { [key: string]: Json } = Object.create(null);
    this.at += 1;
    for (;;) {
      if (this.take("}")) return out;
      const key = this.value(depth + 1);
      if (key === undefined || typeof key === "object" || !this.take(":")) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      out[String(key)] = value;
      if (!this.take(",")) return this.take("}") ? out : undefined;
    }
  }

  private list(close: string, depth: number): Json | undefined {
    const out: Json[] = [];
    this.at += 1;
    for (;;) {
      if (this.take(close)) return out;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      out.push(value);
      if (!this.take(",")) return this.take(close) ? out : undefined;
    }
  }

  private string(quote: string): string | undefined {
    let out = "";
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const char = this.text.charAt(at);
      if (char === quote) {
        this.at = at + 1;
        return out;
      }
      if (char !== "\\") out += char;
      else {
        at += 1;
        const kind = this.text.charAt(at);
        const digits = kind === "u" ? 4 : kind === "x" ? 2 : 0;
        const code = this.text.slice(at + 1, at + 1 + digits);
        if (digits > 0 && !new RegExp(`^[\\da-fA-F]{${digits}}$`).test(code)) return undefined;
        out += digits === 0 ? (escapes[kind] ?? kind) : String.fromCharCode(Number.parseInt(code, 16));
        at += digits;
      }
    }
    return undefined;
  }

  private take(mark: string): boolean {
    this.scan(blank);
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  private scan(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
