// Reads TypeScript source just far enough to know what it imports and which names it uses. TypeScript 7 has no JS API, esbuild drops
// type imports, and a plain regex would read comments and strings.

export interface Token {
  readonly kind: "word" | "string" | "template" | "other";
  readonly text: string;
  readonly line: number;
}

export interface Import {
  /** As written, e.g. `./problem.ts`; empty when it is computed. */
  readonly from: string;
  readonly line: number;
  /** `import type` and `export type`: gone at run time. */
  readonly type: boolean;
  readonly dynamic: boolean;
  /** `export … from`. */
  readonly reexport: boolean;
}

const blank = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const word = /[\p{L}_$#][\p{L}\p{N}_$]*/uy;
const quoted = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
const regex = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** After these words a slash opens a regular expression, not a division. */
const beforeRegex = new Set(["return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield", "instanceof"]);

export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  const braces: ("{" | "template")[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token["kind"] | undefined, taken: string): void => {
    if (kind) found.push({ kind, text: taken, line });
    at += taken.length;
    for (let next = taken.indexOf("\n"); next !== -1; next = taken.indexOf("\n", next + 1)) line += 1;
  };
  const template = (opening: string): void => {
    at += opening.length;
    const part = take(templatePart) ?? text.slice(at);
    at -= opening.length;
    if (part.endsWith("${")) braces.push("template");
    push("template", opening + part);
  };
  while (at < text.length) {
    const space = take(blank);
    if (space) push(undefined, space);
    else if (text[at] === "`") template("`");
    else if (text[at] === "}" && braces.pop() === "template") template("}");
    else {
      const name = take(word);
      const literal = name ? undefined : (take(quoted) ?? (opensRegex(found.at(-1)) ? take(regex) : undefined));
      const taken = name ?? literal ?? text[at] ?? "";
      if (taken === "{") braces.push("{");
      push(name ? "word" : literal?.match(/^["']/) ? "string" : "other", taken);
    }
  }
  return found;
}

function opensRegex(previous: Token | undefined): boolean {
  if (previous?.kind === "word") return beforeRegex.has(previous.text);
  return previous?.kind !== "string" && previous?.kind !== "template" && !/^[)\]}\d]$/.test(previous?.text ?? "");
}

export function imports(all: readonly Token[]): readonly Import[] {
  return all.flatMap((token, index) => {
    if (token.kind !== "word" || all[index - 1]?.text === ".") return [];
    if (token.text === "import") return importAt(all, index);
    return token.text === "export" ? exportAt(all, index) : [];
  });
}

function importAt(all: readonly Token[], index: number): readonly Import[] {
  const { line } = all[index] as Token;
  const next = all[index + 1];
  if (next?.text === "." || next?.text === ":" || next?.text === "?") return []; // import.meta, a key called import
  if (next?.text === "(") {
    const argument = all[index + 2];
    return [{ from: argument?.kind === "string" ? inner(argument) : "", line, type: false, dynamic: true, reexport: false }];
  }
  if (next?.kind === "string") return [{ from: inner(next), line, type: false, dynamic: false, reexport: false }];
  const from = source(all, index + 1);
  const type = next?.text === "type" && all[index + 2]?.text !== "from" && all[index + 2]?.text !== ",";
  return from ? [{ from: inner(from), line, type, dynamic: false, reexport: false }] : [];
}

function exportAt(all: readonly Token[], index: number): readonly Import[] {
  const { line } = all[index] as Token;
  const type = all[index + 1]?.text === "type";
  const open = all[index + (type ? 2 : 1)]?.text;
  if (open !== "{" && open !== "*") return [];
  const from = source(all, index + 1);
  return from ? [{ from: inner(from), line, type, dynamic: false, reexport: true }] : [];
}

/** The string of the `from "…"` that ends the clause which starts at `index`. */
function source(all: readonly Token[], index: number): Token | undefined {
  for (let at = index; at < all.length; at += 1) {
    const token = all[at];
    if (token?.text === "from" && all[at + 1]?.kind === "string") return all[at + 1];
    if (token?.text === ";" || token?.text === "=" || token?.text === "(" || (token?.text === "}" && all[at + 1]?.text !== "from"))
      return undefined;
  }
  return undefined;
}

function inner(token: Token): string {
  return token.text.slice(1, -1);
}

/** Where a run of tokens such as `process . exit` occurs; the lines. */
export function linesOf(all: readonly Token[], sequence: readonly string[]): readonly number[] {
  return all.flatMap((token, index) => {
    const here = sequence.every((text, offset) => all[index + offset]?.text === text && all[index + offset]?.kind !== "string");
    return here && all[index - 1]?.text !== "." ? [token.line] : [];
  });
}
