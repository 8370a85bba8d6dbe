// Front matter as people and programs write it. Each shape is the text between the fences; `locked` names keys that an edit has to refuse.

export interface Shape {
  readonly name: string;
  readonly yaml: string;
  readonly locked?: readonly string[];
  /** Line end of the fences and the body. */
  readonly eol?: string;
  readonly bom?: boolean;
  readonly body?: string;
}

export const shapes: readonly Shape[] = [
  { name: "plain scalars", yaml: "title: Double the batch\nn: 64\nlr: 1e-3\nok: true\n" },
  { name: "comments everywhere", yaml: "# head\ntitle: x # beside\n# between\n\nn: 1   # far\n# tail\n" },
  { name: "aligned comments and values", yaml: "lr:     0.001   # rate\nbatch:  64      # size\nname:   base    # who\n" },
  { name: "single and double quotes", yaml: "a: 'it''s'\nb: \"x: y\"\nc: \"12.2\"\nd: 'plain'\n" },
  { name: "unicode escapes", yaml: 'a: "caf\\u00e9"\nb: "\\x41\\n"\nc: café ☕ 漢字\n' },
  { name: "literal block scalar", yaml: "reason: |\n  one\n  two\n\nn: 1\n" },
  { name: "folded block scalar, stripped", yaml: "reason: >-\n  one\n  two\nn: 1\n" },
  { name: "kept block scalar with trailing blanks", yaml: "reason: |+\n  one\n\n\nn: 1\n" },
  { name: "block scalar with indicator and comment", yaml: "reason: |2 # why\n    one\n  two\nn: 1\n" },
  { name: "block scalar at the end", yaml: "n: 1\nreason: |\n  one\n\n" },
  { name: "anchors and aliases", yaml: "a: &x 1\nb: *x\nc: 2\n", locked: ["a", "b"] },
  { name: "merge key", yaml: "base: &b\n  k: 1\nrun:\n  <<: *b\n  own: 2\n", locked: ["base.k", "run.<<"] },
  { name: "flow map on one line", yaml: "m: { a: 1, b: two, c: 'x' }\nn: 1\n" },
  { name: "tight flow map", yaml: "m: {a: 1,b: two}\nn: 1\n" },
  { name: "flow map over lines with comments", yaml: "m: {\n  a: 1, # first\n  b: two # second\n}\nn: 1\n" },
  { name: "flow map with trailing comma", yaml: "m: {\n  a: 1,\n  b: two,\n}\nl: [1, 2, ]\n" },
  { name: "flow list of lists", yaml: "l: [[1, 2], [3, 4]]\nm: [{ a: 1 }, { a: 2 }]\n" },
  { name: "block list", yaml: "l:\n  - 1\n  - two # c\n  - 'three'\n" },
  { name: "unindented list", yaml: "l:\n- 1\n- 2\nn: 1\n" },
  { name: "list of maps", yaml: "l:\n  - a: 1\n    b: 2\n  -   c: 3\n      d: 4\n" },
  { name: "nested lists", yaml: "l:\n  - - 1\n    - 2\n  - - 3\n" },
  { name: "nested maps with deep indent", yaml: "a:\n    b:\n        c: 1\n        d: 2\n    e: 3\n" },
  { name: "nulls", yaml: "a:\nb: ~\nc: null\nd:   \ne: # c\nf: x\n" },
  { name: "nulls in lists", yaml: "l:\n  -\n  - ~\n  - 1\nm: [~, 1]\n" },
  { name: "float spellings", yaml: "a: 0.10\nb: 1E5\nc: 1.0e-3\nd: .5\ne: -0.0\nf: +1\ng: 0x1F\nh: .nan\ni: -.inf\n" },
  {
    name: "odd scalars",
    yaml: "a: 12:30:00\nb: 017\nc: 1_000\nd: 12e4567\ne: 0o17\nf: no\ng: 87.2%\nh: 2h46m\ni: 85.5% → 87.2%\nj: 1,014.45\n",
  },
  { name: "dates", yaml: "date: 2026-11-20T10:15:00+01:00\nday: 2024-01-02\nwhen: 2024-01-02 10:00\n" },
  { name: "tabs as separators", yaml: "a:\t1\nb:  \t two\nc: 3\t# c\n" },
  { name: "trailing blanks", yaml: "a: 1   \nb: two\t\n\n   \nc: 3\n" },
  { name: "blank lines", yaml: "\n\na: 1\n\n\nb: 2\n\n" },
  { name: "long lines", yaml: `a: ${"word ".repeat(200).trim()}\nb: "${"w".repeat(500)}"\n` },
  { name: "plain text over lines", yaml: "a: one\n  two\n  three\nb: 2\n" },
  { name: "quoted text over lines", yaml: 'a: "one\n  two"\nb: 2\n' },
  { name: "value on the next line", yaml: "a:\n  one\nb:\n  'two'\nc: 3\n" },
  { name: "complex keys", yaml: "? a\n: 1\n? [x, y]\n: 2\nb: 3\n", locked: ["a"] },
  { name: "quoted keys", yaml: '"a key": 1\n\'b\': 2\n"c.d": 3\n' },
  { name: "dotted and odd keys", yaml: "a.b: 1\nval/acc: 2\nlr (max): 3\n12: 4\n" },
  { name: "tags", yaml: "a: !!str 12\nb: !mine x\nc: 1\n", locked: ["a", "b"] },
  { name: "CRLF", yaml: "a: 1 # c\r\nb: 'x'\r\nl:\r\n  - 1\r\n  - 2\r\nt: |\r\n  one\r\n  two\r\n", eol: "\r\n" },
  { name: "mixed line ends", yaml: "a: 1\r\nb: 2\nm:\r\n  x: 1\n  y: 2\r\n" },
  { name: "byte order mark", yaml: "a: 1\nb: two\n", bom: true },
  { name: "no final newline", yaml: "a: 1\nb: two\n", body: "last line" },
  { name: "colons and hashes inside words", yaml: "url: https://e.org/a#b\nt: 10:15\nc: a#b\nd: a:b\n" },
  { name: "document with flow root", yaml: "{ a: 1, b: { c: two } }\n" },
  { name: "alias by mistake", yaml: "h: *best*\na: 1\n" },
  { name: "emoji and wide text", yaml: 'title: 🚀 go\n🔑: 1\nnote: "👩‍👩‍👧 zero‍width"\n' },
];

export function fileOf(shape: Shape): string {
  const eol = shape.eol ?? "\n";
  return `${shape.bom === true ? "\ufeff" : ""}---${eol}${shape.yaml}---${eol}${shape.body ?? `# Prose${eol}${eol}- [ ] task${eol}trailing  ${eol}`}`;
}
