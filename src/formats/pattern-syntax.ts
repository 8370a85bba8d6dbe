// The text of a line pattern → a tree. A part of JavaScript's regular expressions: what can be matched in one pass over the line.

/** Inclusive ranges of UTF-16 units. */
export interface Class {
  readonly kind: "class";
  readonly ranges: readonly (readonly [number, number])[];
  readonly not: boolean;
}

export type Node =
  | Class
  | { readonly kind: "sequence"; readonly items: readonly Node[] }
  | { readonly kind: "choice"; readonly items: readonly Node[] }
  | { readonly kind: "repeat"; readonly item: Node; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly kind: "group"; readonly name: string; readonly item: Node }
  | { readonly kind: "assert"; readonly what: "start" | "end" | "word" | "inside" };

/** Why a pattern is not taken, in words that follow "the pattern". */
export class Unfit extends Error {}

const mostRepeats = 1000;
const deepest = 50;

const digit: Class["ranges"] = [[48, 57]];
const wordly: Class["ranges"] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const blank: Class["ranges"] = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const breaks: Class["ranges"] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const classes: Readonly<Record<string, Class>> = {
  d: { kind: "class", ranges: digit, not: false },
  D: { kind: "class", ranges: digit, not: true },
  w: { kind: "class", ranges: wordly, not: false },
  W: { kind: "class", ranges: wordly, not: true },
  s: { kind: "class", ranges: blank, not: false },
  S: { kind: "class", ranges: blank, not: true },
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

export function has({ ranges, not }: Class, code: number): boolean {
  for (const [from, to] of ranges) if (code >= from && code <= to) return !not;
  return not;
}

/** Throws `Unfit`. */
export function parsePattern(source: string): Node {
  const reader = new Reader(source);
  const node = reader.choice(0);
  if (!reader.done()) throw new Unfit("has a `)` too many");
  return node;
}

const unit = (code: number): Class => ({ kind: "class", ranges: [[code, code]], not: false });

class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  done(): boolean {
    return this.at >= this.text.length;
  }

  choice(depth: number): Node {
    if (depth > deepest) throw new Unfit("nests too deep");
    const items = [this.sequence(depth)];
    while (this.take("|")) items.push(this.sequence(depth));
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: "choice", items };
  }

  private sequence(depth: number): Node {
    const items: Node[] = [];
    while (!this.done() && this.peek() !== "|" && this.peek() !== ")") items.push(this.repeated(this.atom(depth)));
    return { kind: "sequence", items };
  }

  private repeated(item: Node): Node {
    const counts = this.counts();
    if (counts === undefined) return item;
    if (item.kind === "assert") throw new Unfit("repeats a place, such as `^*`");
    const lazy = this.take("?");
    if (this.counts() !== undefined) throw new Unfit("repeats a repetition, such as `a**`");
    return { kind: "repeat", item, ...counts, lazy };
  }

  private counts(): { readonly least: number; readonly most: number } | undefined {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(this.text.slice(this.at, this.at + 20));
    if (found === null) return undefined;
    this.at += found[0].length;
    const [mark, low = "", comma, high] = found;
    if (mark === "*") return { least: 0, most: Number.POSITIVE_INFINITY };
    if (mark === "+") return { least: 1, most: Number.POSITIVE_INFINITY };
    if (mark === "?") return { least: 0, most: 1 };
    const least = Number(low);
    const most = comma === "" ? least : high === "" ? Number.POSITIVE_INFINITY : Number(high);
    if (least > mostRepeats || (Number.isFinite(most) && most > mostRepeats)) throw new Unfit(`repeats more than ${mostRepeats} times`);
    if (most < least) throw new Unfit(`has a repetition that ends before it begins: \`${mark}\``);
    return { least, most };
  }

  private atom(depth: number): Node {
    const char = this.next();
    if (char === "(") return this.group(depth);
    if (char === "[") return this.set();
    if (char === "\\") return this.escape();
    if (char === "^") return { kind: "assert", what: "start" };
    if (char === "$") return { kind: "assert", what: "end" };
    if (char === ".") return { kind: "class", ranges: breaks, not: true };
    if (char === "*" || char === "+" || char === "?") throw new Unfit(`has a \`${char}\` with nothing before it to repeat`);
    return unit(char.charCodeAt(0));
  }

  private group(depth: number): Node {
    const opening = /^\?(?:(:)|<([\p{L}_$][\p{L}\p{N}_$]*)>|(<?[=!]))/u.exec(this.text.slice(this.at, this.at + 100));
    if (opening === null && this.peek() === "?") throw new Unfit("has a group of a kind that is not known here");
    if (opening?.[3] !== undefined) throw new Unfit(`looks around with \`(?${opening[3]}\`, which is not supported`);
    this.at += opening?.[0].length ?? 0;
    const item = this.choice(depth + 1);
    if (!this.take(")")) throw new Unfit("has a `(` that is not closed");
    return opening?.[2] === undefined ? item : { kind: "group", name: opening[2], item };
  }

  private escape(): Node {
    const char = this.next();
    if (char === "b") return { kind: "assert", what: "word" };
    if (char === "B") return { kind: "assert", what: "inside" };
    return classes[char] ?? unit(this.escaped(char));
  }

  /** The unit an escape stands for. */
  private escaped(char: string): number {
    const digits = char === "x" ? 2 : char === "u" ? 4 : 0;
    const code = this.text.slice(this.at, this.at + digits);
    if (digits > 0 && new RegExp(`^[\\da-fA-F]{${digits}}$`).test(code)) {
      this.at += digits;
      return Number.parseInt(code, 16);
    }
    if (/[1-9kpP]/.test(char)) throw new Unfit(`uses \`\\${char}\`, which is not supported`);
    return char === "0" ? 0 : (controls[char] ?? char.charCodeAt(0));
  }

  private set(): Node {
    const not = this.take("^");
    const ranges: (readonly [number, number])[] = [];
    while (!this.take("]")) {
      const from = this.member();
      if (typeof from !== "number") ranges.push(...from);
      else if (this.peek() === "-" && this.text[this.at + 1] !== "]") {
        this.at += 1;
        const to = this.member();
        if (typeof to !== "number") ranges.push([from, from], [45, 45], ...to);
        else if (to < from) throw new Unfit("has a range that ends before it begins");
        else ranges.push([from, to]);
      } else ranges.push([from, from]);
    }
    return { kind: "class", ranges, not };
  }

  private member(): number | Class["ranges"] {
    const char = this.next("has a `[` that is not closed");
    if (char !== "\\") return char.charCodeAt(0);
    const kind = this.next("has a `[` that is not closed");
    const known = classes[kind];
    if (known?.not) throw new Unfit(`uses \`\\${kind}\` inside brackets, which is not supported`);
    return known?.ranges ?? (kind === "b" ? 8 : this.escaped(kind));
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private next(otherwise = "ends in the middle of an escape"): string {
    const char = this.text[this.at];
    if (char === undefined) throw new Unfit(otherwise);
    this.at += 1;
    return char;
  }

  private take(mark: string): boolean {
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }
}
