import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exits, JournalError } from "../../src/base/problem.ts";
import { type Edit, edit } from "../../src/markdown/edit.ts";
import type { Json } from "../../src/record/tree.ts";

const file = (yaml: string, body = "body\n"): string => `---\n${yaml}---\n${body}`;
const set = (path: string, source: string): Edit => ({ kind: "set", path: path.split("."), value: { source } });
const give = (path: string, value: Json): Edit => ({ kind: "set", path: path.split("."), value });
const push = (path: string, value: Json): Edit => ({ kind: "push", path: path.split("."), value });
const remove = (path: string): Edit => ({ kind: "remove", path: path.split(".") });

/** Applies edits to front matter alone. */
function front(yaml: string, ...edits: readonly Edit[]): string {
  const { text } = edit(file(yaml), edits);
  assert.ok(text.startsWith("---\n") && text.endsWith("---\nbody\n"));
  return text.slice(4, -9);
}

function refusal(text: string, ...edits: readonly Edit[]): { readonly code: string; readonly hint: string } {
  try {
    edit(text, edits);
  } catch (error) {
    assert.ok(error instanceof JournalError, String(error));
    assert.equal(error.exit, exits.usage);
    return { code: error.problems[0]?.code ?? "", hint: error.problems[0]?.hint ?? "" };
  }
  return assert.fail("not refused");
}

/** Each row: front matter, edits, what it becomes. */
type Rows = readonly (readonly [title: string, before: string, edits: readonly Edit[], after: string])[];

const corners: Rows = [
  [
    "a list over lines keeps the lines of the items that stay, and its comments",
    "tags: # all\n  # x\n  - a # aa\n  - b # bb\n  # tail\n  - d\nn: 1\n",
    [set("tags", "[a, c, 1e-3]")],
    "tags: # all\n  # x\n  - a # aa\n  - c\n  - 1e-3\n  # tail\nn: 1\n",
  ],
  [
    "items go in between and before the others",
    "tags:\n- a\n- d # dd\n",
    [give("tags", ["n", "a", "b", "d"])],
    'tags:\n- "n"\n- a\n- "b"\n- d # dd\n',
  ],
  [
    "a list over lines with comments is never replaced as a whole",
    "tags:\n  # x\n  - a\n",
    [give("tags", ["q"])],
    'tags:\n  # x\n  - "q"\n',
  ],
  ["a hash in the text of a list is no comment", 'tags: ["a #b"]\n', [give("tags", ["q"])], 'tags: ["q"]\n'],
  [
    "a map that ends in a block of text is replaced without what follows",
    "config:\n  a:\n    b: |\n      text\n  c: 1\n",
    [set("config.a", "1")],
    "config:\n  a: 1\n  c: 1\n",
  ],
  [
    "a key with null value and a comment gains a child",
    "config: # none yet\nmetrics:\n",
    [set("config.model.width", "64")],
    "config: # none yet\n  model:\n    width: 64\nmetrics:\n",
  ],
  ["a written null gains a child", "config: ~ # none\nn: 1\n", [set("config.a", "1")], "config: # none\n  a: 1\nn: 1\n"],
  [
    "maps are made on the way where nothing is",
    "title: x\n",
    [set("config.model.width", "64")],
    "title: x\nconfig:\n  model:\n    width: 64\n",
  ],
  [
    "a flow map stays a flow map",
    "config: {}\n",
    [set("config.model.width", "64"), set("config.lr", "0.1")],
    "config: { model: { width: 64 }, lr: 0.1 }\n",
  ],
  [
    "a flow map over lines with comments grows by a line",
    "c: {\n  a: 1, # one\n  b: 2 # two\n}\n",
    [set("c.d", "3")],
    "c: {\n  a: 1, # one\n  b: 2, # two\n  d: 3\n}\n",
  ],
  ["an empty flow map over lines keeps its comment", "c: {\n  # nothing yet\n}\n", [set("c.d", "3")], "c: {\n  # nothing yet\n  d: 3\n}\n"],
  [
    "a trailing comma stays one",
    "c: {\n  a: 1,\n}\nl: [1, ]\n",
    [set("c.d", "3"), push("l", 2)],
    "c: {\n  a: 1,\n  d: 3,\n}\nl: [1, 2, ]\n",
  ],
  [
    "a key goes beside its siblings, before trailing blanks and comments",
    "c:\n  a: 1\n\n  # b: 2\n\nn: 1\n",
    [set("c.d", "3")],
    "c:\n  a: 1\n  d: 3\n\n  # b: 2\n\nn: 1\n",
  ],
  [
    "a key after a kept block scalar leaves its trailing blanks",
    "m:\n  t: |+\n    one\n\n\nn: 1\n",
    [set("m.u", "2")],
    "m:\n  t: |+\n    one\n\n\n  u: 2\nn: 1\n",
  ],
  [
    "a key after a block scalar with trailing blanks",
    "m:\n  t: |\n    one\n\n\nn: 1\n",
    [set("m.u", "2")],
    "m:\n  t: |\n    one\n  u: 2\n\n\nn: 1\n",
  ],
  ["the first key of empty front matter", "", [set("title", "x")], "title: x\n"],
  ["the first key of front matter that holds only a comment", "# later\n", [set("title", "x")], "# later\ntitle: x\n"],
  [
    "a literal key wins over a path",
    "config:\n  a.b: 1\n  a:\n    b: 2\n",
    [set("config.a.b", "3")],
    "config:\n  a.b: 3\n  a:\n    b: 2\n",
  ],
  [
    "a path is found below a literal key",
    "config:\n  a.b:\n    c: 1\n",
    [set("config.a.b.c", "3"), set("config.a.b.d", "4")],
    "config:\n  a.b:\n    c: 3\n    d: 4\n",
  ],
  ["0.10 to 0.1 is an edit", "a: 0.10\n", [set("a", "0.1")], "a: 0.1\n"],
  ["a comment beside a value stays", "a: 1   # one\n", [set("a", "22")], "a: 22   # one\n"],
  [
    "known fields go where the template has them",
    "title: x\nmetrics:\n  a: 1\n",
    [set("decision", "keep"), set("date", "2026-11-20"), set("id", "EXP001-aaaa")],
    "id: EXP001-aaaa\ntitle: x\ndate: 2026-11-20\nmetrics:\n  a: 1\ndecision: keep\n",
  ],
  [
    "the file's own indentation is used",
    "metrics:\n    a: 1\n",
    [set("config.b.c", "1")],
    "config:\n    b:\n        c: 1\nmetrics:\n    a: 1\n",
  ],
  ["a block scalar is replaced as a whole", "r: |\n  one\n  two\n\nn: 1\n", [set("r", "short")], "r: short\n\nn: 1\n"],
  ["the comment of a block scalar stays", "r: | # why\n  one\nn: 1\n", [set("r", "short")], "r: short # why\nn: 1\n"],
  ["text of several lines becomes a block scalar", "r: x\n", [give("r", "one\n\ntwo")], "r: |-\n  one\n\n  two\n"],
  ["a block list is replaced as a whole", "tags: # mine\n  - a\n  - b\nn: 1\n", [set("tags", "[c, d]")], "tags: [c, d] # mine\nn: 1\n"],
  ["a block map is replaced by a value", "h:\n  gpu: T4\n  ram: 16 GB\nn: 1\n", [set("h", "T4")], "h: T4\nn: 1\n"],
  [
    "a map given over a map changes only what differs",
    "run: { cwd: ., exit: 1 } # c\nh:\n  gpu: T4 # card\n  ram: 8 GB\n",
    [give("run", { cwd: ".", exit: 0, seconds: 12 }), give("h", { gpu: "T4", cpu: "Xeon" })],
    "run: { cwd: ., exit: 0, seconds: 12 } # c\nh:\n  gpu: T4 # card\n  cpu: Xeon\n",
  ],
  [
    "a longer list given over a list only grows",
    "l:\n  - 1 # one\n  - 0.20\n",
    [give("l", [1, 0.2, 3])],
    "l:\n  - 1 # one\n  - 0.20\n  - 3\n",
  ],
  [
    "a list is pushed to in its own style",
    "a: [x]\nb:\n- 1\nc:\n  - 1\n  # tail\nd:\n",
    [push("a", "y"), push("b", 2), push("c", 2), push("d", 1)],
    'a: [x, "y"]\nb:\n- 1\n- 2\nc:\n  - 1\n  - 2\n  # tail\nd: [1]\n',
  ],
  [
    "a list is made where there is none",
    "n: 1\n",
    [push("tags", "no"), push("earlier", { decision: "keep", reason: "a: b" })],
    'n: 1\ntags: ["no"]\nearlier:\n  - { decision: keep, reason: "a: b" }\n',
  ],
  [
    "one value becomes a list of two",
    "base: EXP001-aaaa\nafter: 87.2%\n",
    [push("base", "EXP002-bbbb"), push("after", 0.5)],
    'base: [EXP001-aaaa, "EXP002-bbbb"]\nafter: [87.2%, 0.5]\n',
  ],
  ["a key is removed with its lines", "a: 1\nb:\n  c: 1 # c\n  d: 2\ne: 3\n", [remove("b.c"), remove("e")], "a: 1\nb:\n  d: 2\n"],
  ["the only key below another leaves that empty", "a:\n  b: 1\nc: 2\n", [remove("a.b")], "a:\nc: 2\n"],
  [
    "keys are removed from flow maps with their commas",
    "m: { a: 1, b: 2, c: 3 }\n",
    [remove("m.a"), remove("m.c"), remove("m.b")],
    "m: {}\n",
  ],
  [
    "list items are removed",
    "l:\n  - a: 1\n    b: 2\n  - 3\nf: [1, 2]\n",
    [remove("l.0.a"), remove("l.1"), remove("f.0")],
    "l:\n  - b: 2\nf: [2]\n",
  ],
  ["an empty value empties and comes back", "a: 1 # c\n", [set("a", ""), set("a", "2")], "a: 2 # c\n"],
  [
    "quotes an author chose are kept",
    'a: "word"\nb: \'x\'\nc: "12.2"\n',
    [set("a", "other"), set("b", "it's"), set("c", "13.0")],
    "a: \"other\"\nb: 'it''s'\nc: \"13.0\"\n",
  ],
  ["quotes of need go when the need does", "a: plain\n", [set("a", "Try: more"), set("a", "plain")], "a: plain\n"],
  ["a number given as a number is written as one", 'a: "12.2"\n', [give("a", 12.5)], "a: 12.5\n"],
  [
    "a typed list whose words readers disagree about is quoted",
    "a: x\n",
    [set("a", "[no, 1, 2024-01-02]")],
    'a: ["no", 1, "2024-01-02"]\n',
  ],
  ["braces around a name are text", "a: x\n", [set("a", "--seed={seed}"), set("b", "{seed}")], 'a: "--seed={seed}"\nb: "{seed}"\n'],
];

describe("edit of the front matter", () => {
  for (const [title, before, edits, after] of corners) it(title, () => assert.equal(front(before, ...edits), after));

  it("is a no-op that returns the identical string when the value is the same", () => {
    const text = file("a: 0.10\nb: 'x'\nc: |\n  one\nd: [1, 'x']\n");
    for (const each of [
      set("a", "0.10"),
      give("a", 0.1),
      set("b", "x"),
      give("b", "x"),
      give("c", "one\n"),
      give("d", [1, "x"]),
      remove("none"),
      remove("a.b"),
    ]) {
      assert.deepEqual(edit(text, [each]), { text, done: [] });
    }
  });

  it("says what it changed in the file's own writing", () => {
    assert.deepEqual(edit(file("a: 'x'\nm: { b: 0.10 }\n"), [set("a", "y"), set("m.b", "0.2")]).done, [
      { path: ["a"], old: "'x'", new: "'y'" },
      { path: ["m", "b"], old: "0.10", new: "0.2" },
    ]);
  });

  it("uses the neighbouring line's end in a file with both", () => {
    const text = "---\r\na: 1\r\nm:\r\n  x: 1\n---\r\nbody\n";
    assert.equal(edit(text, [set("m.w", "2"), set("z", "3")]).text, "---\r\na: 1\r\nm:\r\n  x: 1\n  w: 2\nz: 3\n---\r\nbody\n");
    assert.equal(
      edit("---\ntitle: x\r\nn: 1\n---\n", [set("date", "2026-11-20")]).text,
      "---\ntitle: x\r\ndate: 2026-11-20\r\nn: 1\n---\n",
    );
  });

  it("gives front matter to a file without, after its byte order mark", () => {
    assert.equal(edit("\ufeff# Hi\r\n", [set("title", "x")]).text, "\ufeff---\r\ntitle: x\r\n---\r\n# Hi\r\n");
    assert.equal(edit("", [set("title", "x")]).text, "---\ntitle: x\n---\n");
    assert.deepEqual(edit("# Hi\n", [remove("title")]), { text: "# Hi\n", done: [] });
  });

  it("refuses what would change something else too, and shows the patch", () => {
    const rows: readonly (readonly [yaml: string, change: Edit, code: string])[] = [
      ["a: &x 1\nb: *x\n", set("a", "2"), "anchor"],
      ["a: &x 1\nb: *x\n", set("b", "2"), "alias"],
      ["a: &x { k: 1 }\nb: *x\n", set("b.k", "2"), "alias"],
      ["a: &x { k: 1 }\nb: *x\n", set("a.k", "2"), "anchor"],
      ["a: &x\n  k: 1\nb: *x\n", set("a.new", "2"), "anchor"],
      ["a: &x { k: 1 }\nb:\n  <<: *x\n  l: 2\n", set("b.k", "2"), "merge-key"],
      ["a: !!str 1\n", set("a", "2"), "tag"],
      ["? a\n: 1\n", set("a", "2"), "explicit-key"],
      ["a: 1\na: 2\n", set("a", "3"), "repeated-key"],
      ["a: 1\n", set("a.b", "3"), "not-a-map"],
      ["a: { b: 1 }\n", push("a", 3), "not-a-list"],
    ];
    for (const [yaml, change, code] of rows) {
      const found = refusal(file(yaml), change);
      assert.equal(found.code, `markdown/edit-${code}`, yaml);
      assert.ok(found.hint.includes("`"), found.hint);
    }
  });

  it("leaves values alone that only stand near an alias", () => {
    assert.equal(front("a: &x 1\nb: *x\nc: 1\n", set("c", "2")), "a: &x 1\nb: *x\nc: 2\n");
    assert.equal(front("b:\n  <<: *x\n  l: 2\nx: &x { k: 1 }\n", set("b.l", "3")), "b:\n  <<: *x\n  l: 3\nx: &x { k: 1 }\n");
  });

  it("refuses files that it cannot read", () => {
    for (const text of [file("a: [1\n"), file("a: 1\n  b: 2\n"), file("\ta: 1\n"), file("- a\n"), file("text\n")])
      assert.equal(refusal(text, set("z", "1")).code, "markdown/edit-broken-file", text);
    assert.equal(refusal("---\na: 1\n", set("z", "1")).code, "markdown/edit-no-front-matter");
    for (const other of ["---js\nmodule.exports = 1\n---\n", "+++\na = 1\n+++\n"])
      assert.equal(refusal(other, set("z", "1")).code, "markdown/front-matter-language");
    assert.equal(
      refusal(file("<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n"), set("z", "1")).code,
      "markdown/edit-conflict-markers",
    );
    assert.equal(
      refusal(file("a: 1\n", "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"), set("a", "1")).code,
      "markdown/edit-conflict-markers",
    );
  });

  it("refuses keys that programs take for something else, and values that are half written", () => {
    for (const key of ["__proto__", "constructor", "prototype"])
      assert.equal(refusal(file("a: 1\n"), set(`config.${key}`, "1")).code, "markdown/edit-reserved-key");
    assert.equal(refusal(file("a: 1\n"), { kind: "set", path: [], value: 1 }).code, "markdown/edit-no-key");
    assert.equal(refusal(file("a: 1\n"), set("a", "[1, 2")).code, "markdown/edit-bad-value");
  });

  it("applies all edits or none", () => {
    assert.throws(() => edit(file("a: 1\nb: !!str 2\n"), [set("a", "2"), set("b", "3")]), JournalError);
  });

  it("refuses to lose the comments inside a list or map", () => {
    assert.equal(refusal(file("tags:\n  - a # aa\n"), set("tags", "word")).code, "markdown/edit-drops-comments");
    assert.equal(refusal(file("tags: [ # why\n  a ]\n"), give("tags", ["q"])).code, "markdown/edit-drops-comments");
    assert.equal(refusal(file("c:\n  # x\n  a: 1\n"), set("c", "{ a: 2 }")).code, "markdown/edit-drops-comments");
  });
});
