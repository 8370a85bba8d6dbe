import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { ParsedRun } from "../../src/markdown/parse.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { parseYaml } from "../../src/markdown/yaml.ts";
import { plain } from "../../src/record/tree.ts";
import { stopwatch } from "../support/stopwatch.ts";

const path = "experiments/EXP007-k7f3-name-of-the-file.md";
const around = (line: string): string => `---\nid: EXP007-k7f3\n${line}\nexperimenter: Ada\n---\n## Run notes\n- prose\n`;

function codes(parsed: ParsedRun): readonly string[] {
  return parsed.problems.map((problem) => `${problem.code} ${problem.line}:${problem.column}`);
}

/** Line typed → the one problem it costs, and what the value is read as. */
const traps: readonly (readonly [line: string, problem: string, key: string, value: unknown])[] = [
  ["title: Try: more", "markdown/colon-in-text 3:8", "title", "Try: more"],
  ["title: Try: more\n  and better", "markdown/colon-in-text 3:8", "title", "Try: more and better"],
  ["title: @home", "markdown/reserved-start 3:8", "title", "@home"],
  ["title: `x` and y", "markdown/reserved-start 3:8", "title", "`x` and y"],
  ["title: %5 more", "markdown/reserved-start 3:8", "title", "%5 more"],
  ["title: & more", "markdown/reserved-start 3:8", "title", "& more"],
  ["title: ? what", "markdown/reserved-start 3:8", "title", "? what"],
  ["title: [X%] of it", "markdown/reserved-start 3:8", "title", "[X%] of it"],
  ["tags: [a, @b]", "markdown/reserved-start 3:11", "tags", ["a", "@b"]],
  ["hypothesis: *best*", "markdown/unknown-alias 3:13", "hypothesis", "*best*"],
  ["hypothesis: *best* is better", "markdown/unknown-alias 3:13", "hypothesis", "*best* is better"],
  ["reason: a #1 fix", "markdown/comment-cuts-text 3:10", "reason", "a"],
  ["base: #42", "markdown/comment-cuts-text 3:6", "base", null],
  ["tags:\n  - #fast", "markdown/comment-cuts-text 4:4", "tags", [null]],
  ["assumptions:\n  - a #1 fix", "markdown/comment-cuts-text 4:6", "assumptions", ["a"]],
  ["title: {seed}", "markdown/braces 3:8", "title", "{seed}"],
  ["title: {seed} and more", "markdown/reserved-start 3:8", "title", "{seed} and more"],
  ["run: { command: [python, --seed={seed}, x] }", "markdown/braces", "run", undefined],
  ["tags: [a, --seed={seed}]", "markdown/braces", "tags", ["a", "--seed={seed}"]],
  ["title: “Double”", "markdown/smart-quotes 3:8", "title", "“Double”"],
  ["title: >50% better", "markdown/block-header 3:8", "title", ">50% better"],
  ["title: |x| falls", "markdown/block-header 3:8", "title", "|x| falls"],
  ["title: 'it's fine'", "markdown/text-after-quote 3:12", "title", "it's fine"],
  ['title: "Double" the batch', "markdown/text-after-quote 3:16", "title", '"Double" the batch'],
  ['title: "Double the batch', "markdown/unclosed-quote 3:8", "title", "Double the batch"],
  ["title: 'Double the batch", "markdown/unclosed-quote 3:8", "title", "Double the batch"],
  ['title: "C:\\data"', "markdown/bad-escape 3:11", "title", "C:\\data"],
  ["tags: [a, b", "markdown/unclosed-bracket 3:7", "tags", ["a", "b"]],
  ["config: { a: 1", "markdown/unclosed-bracket 3:9", "config", { a: 1 }],
  ["tags: [a, b]]", "markdown/stray-bracket 3:13", "tags", ["a", "b"]],
  ["tags: [a,, b]", "markdown/empty-slot 3:10", "tags", ["a", null, "b"]],
  ["config: {f: 64, , g: 1}", "markdown/empty-slot 3:17", "config", { f: 64, g: 1 }],
  ['config: {f: [1,, 2], g: ", ,"}', "markdown/empty-slot 3:16", "config", { f: [1, null, 2], g: ", ," }],
  ["tags: - a", "markdown/list-on-key-line 3:7", "tags", ["a"]],
  ["tags: [a]\n- b", "markdown/stray-list-item 4:1", "tags", ["a"]],
  ["decision: -", "markdown/lone-dash 3:11", "decision", null],
  ["metrics: { loss: { before: -, after: [1, -] } }", "markdown/lone-dash 3:28", "metrics", { loss: { before: null, after: [1, null] } }],
  ["title:Double", "markdown/missing-space 3:6", "title", "Double"],
  ["title = Double the batch", "markdown/equals-sign 3:7", "title", "Double the batch"],
  ["title=Double", "markdown/equals-sign 3:6", "title", "Double"],
  ["title：Double", "markdown/missing-colon 3:6", "title", "Double"],
  ["title: Double\nthe batch", "markdown/missing-colon 4:1", "title", "Double the batch"],
  ["title: Double\nthe batch\nand faster: by far", "markdown/missing-colon 4:1", "title", "Double the batch and faster: by far"],
  ["reason: >-\nDouble\nthe batch", "markdown/missing-colon 4:1", "reason", "Double the batch"],
  ["config:\n  lr = 3", "markdown/equals-sign 4:6", "config", { lr: 3 }],
  ["config:\n  lr:3", "markdown/missing-space 4:5", "config", { lr: 3 }],
  ["config:\n\tlr: 3\n\tbs: 4", "markdown/tab-indent 4:1", "config", { lr: 3, bs: 4 }],
  ["config:\n   lr: 3\n  bs: 4", "markdown/bad-indent 5:1", "config", { lr: 3, bs: 4 }],
  ["config:\n  lr: 3\n   bs: 4", "markdown/bad-indent 5:4", "config", { lr: 3, bs: 4 }],
  ["title: x\n  decision: keep", "markdown/bad-indent 4:3", "decision", "keep"],
  ["title: x\ntitle: y", "markdown/duplicate-key 4:1", "title", "x"],
  ["title: &x y", "markdown/unused-anchor 3:11", "title", "y"],
  ["title: !important thing", "markdown/unknown-tag 3:8", "title", "thing"],
  ["config: !!python/object:src.models.Config\n  hidden: 32", "markdown/unknown-tag 3:9", "config", { hidden: 32 }],
  ["config: &a [*a]", "markdown/circular-alias 3:13", "config", ["*a"]],
  ["config:\n  <<: { a: 1 }", "markdown/merge-key 4:3", "config", { "<<": { a: 1 } }],
  ["config:\n  __proto__: { polluted: true }", "markdown/reserved-key 4:3", "config", {}],
  ["config:\n  ? [a]\n  : 1", "markdown/complex-key 4:5", "config", { "[a]": 1 }],
  ["<<<<<<< HEAD\ntitle: ours\n=======\ntitle: theirs\n>>>>>>> branch", "markdown/conflict-markers 3:1", "title", "ours"],
];

test("each misreading costs one problem with its place, and everything else is read", () => {
  for (const [line, problem, key, value] of traps) {
    const parsed = parseRun(around(line), path);
    const found = codes(parsed).filter((code) => code.startsWith("markdown/"));
    assert.equal(found.length, 1, `${line}\n${found.join("\n")}`);
    assert.ok(
      found[0] === problem || (!problem.includes(" ") && found[0]?.startsWith(`${problem} `)),
      `${line}: ${found[0]}, not ${problem}`,
    );
    assert.equal(parsed.run.id, "EXP007-k7f3", line);
    assert.equal(parsed.run.experimenter, "Ada", line);
    assert.equal(parsed.sections.length, 1, line);
    const entry = parsed.tree?.entries.find((candidate) => candidate.key === key);
    if (value !== undefined) assert.deepEqual(entry && JSON.parse(JSON.stringify(plain(entry.value))), value, line);
    assert.ok((parsed.problems[0]?.hint ?? "").length > 5);
  }
});

test("the line in a hint can be pasted: afterwards the file is fine", () => {
  let pasted = 0;
  for (const [line] of traps) {
    const text = around(line);
    const problem = parseRun(text, path).problems.find((candidate) => candidate.code.startsWith("markdown/"));
    const fixed = /^write: `(.*)`(?: with (?:(no|\d+) spaces? before it|two spaces).*)?$/s.exec(problem?.hint ?? "");
    if (problem?.line === undefined || fixed?.[1] === undefined || line.includes("\n")) continue;
    const lines = text.split("\n");
    lines[problem.line - 1] = fixed[1];
    const after = parseRun(lines.join("\n"), path);
    assert.deepEqual(
      codes(after).filter((code) => code.startsWith("markdown/")),
      [],
      `${line}\n${fixed[1]}`,
    );
    pasted += 1;
  }
  assert.ok(pasted > 25, `${pasted}`);
});

test("several broken lines each cost their own problem", () => {
  const parsed = parseRun(around("title: Try: more\nreason: @x\nbase = EXP001\ntags: [a, b"), path);
  assert.deepEqual(codes(parsed), [
    "markdown/colon-in-text 3:8",
    "markdown/reserved-start 4:9",
    "markdown/equals-sign 5:6",
    "markdown/unclosed-bracket 6:7",
  ]);
  assert.equal(parsed.run.title, "Try: more");
  assert.deepEqual(parsed.run.base, ["EXP001"]);
});

const files: readonly (readonly [text: string, problem: string, broken?: boolean])[] = [
  ["", "markdown/empty-file 1:1"],
  ["\ufeff\n \n", "markdown/empty-file 1:1"],
  ["# Only prose\n", "markdown/no-front-matter 1:1"],
  ["\n\n---\ntitle: x\n---\n", "markdown/front-matter-not-first 3:1"],
  ["---\nid: EXP007-k7f3\ntitle: x\n\n## Notes\n- a\n", "markdown/unclosed-front-matter 1:1"],
  ["---\nid: EXP007-k7f3\ntitle: x\n", "markdown/unclosed-front-matter 1:1"],
  ["---", "markdown/unclosed-front-matter 1:1"],
  ["---\n- a\n- b\n---\n", "markdown/not-a-map 2:1"],
  ["---\njust words\n---\n", "markdown/not-a-map 2:1"],
  ["---js\nmodule.exports = {}\n---\n", "markdown/front-matter-language 1:1"],
  ["---javascript\n1\n---\n", "markdown/front-matter-language 1:1"],
  ["---constructor\n1\n---\n", "markdown/front-matter-language 1:1"],
  ["----\na: 1\n----\n", "markdown/front-matter-language 1:1"],
  ["+++\ntitle = 'x'\n+++\n", "markdown/front-matter-language 1:1"],
  ["---\ntitle: x\n...\nid: y\n---\n", "markdown/document-end 3:1"],
  ["---\ntitle: x\n--- y\nid: z\n---\n", "markdown/several-documents 3:1"],
  ["---\ntitle: x\n---y: z\n---\n", "markdown/unclear-fence 3:1", false],
  [`---\ntitle: x\nconfig:\n  a: ${"[".repeat(2000)}\n---\n`, "markdown/too-deep 4:1"],
  [`---\ntitle: x\n${Array.from({ length: 60 }, (_, depth) => `${" ".repeat(depth)}k:`).join("\n")}\n---\n`, "markdown/too-deep"],
  [`---\ntitle: x\n${Array.from({ length: 5000 }, (_, index) => `k${index}: 1`).join("\n")}\n---\n`, "markdown/too-many-keys"],
  [
    `---\ntitle: x\n${Array.from({ length: 10_000 }, (_, index) => `key${index}: 1`).join("\n")}\n---\n`,
    "markdown/front-matter-too-large 2:1",
  ],
  [
    `---\ntitle: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(", ")}]`).join("\n")}\n---\n`,
    "markdown/too-many-aliases",
  ],
];

test("a file that is no run costs one problem and is still listed by its name", () => {
  for (const [text, problem, broken = true] of files) {
    const spent = stopwatch();
    const parsed = parseRun(text, path);
    const took = spent();
    const found = codes(parsed).filter((code) => code.startsWith("markdown/"));
    assert.equal(found.length, 1, `${JSON.stringify(text.slice(0, 60))}: ${found.join(", ")}`);
    assert.ok(found[0]?.startsWith(problem), `${JSON.stringify(text.slice(0, 60))}: ${found[0]}, not ${problem}`);
    assert.equal(parsed.broken, broken, problem);
    assert.match(parsed.run.id, /^EXP007-k7f3$/);
    assert.ok(took < 2500, `${problem}: ${took} ms`);
  }
});

test("every unresolved merge is named, also in prose, and our side is shown", () => {
  const both = "<<<<<<< HEAD\nstatus: failed\n=======\nstatus: lost\n>>>>>>> b\n";
  const text = `---\nid: EXP007-k7f3\n${both}tags: [a]\n---\n## Next steps\n<<<<<<< HEAD\n- [ ] ours\n||||||| base\n- [ ] old\n=======\n- [ ] theirs\n>>>>>>> b\n`;
  const parsed = parseRun(text, path);
  assert.deepEqual(codes(parsed), ["markdown/conflict-markers 3:1", "markdown/conflict-markers 11:1"]);
  assert.match(parsed.problems[0]?.message ?? "", /lines 3–7/);
  assert.deepEqual([parsed.run.status, parsed.run.tags, parsed.body.tasks.map((task) => task.text)], ["failed", ["a"], ["ours"]]);
});

test("a run without readable front matter is named by its file and its first heading", () => {
  assert.deepEqual([parseRun("x", path).run.id, parseRun("x", path).run.title], ["EXP007-k7f3", "name of the file"]);
  assert.equal(parseRun("# Double the batch\n", path).run.title, "Double the batch");
  assert.equal(parseRun("---\nid: EXP009-aaaa\ntitle: Kept\n\n## Notes\n", path).run.title, "Kept");
});

test("honest aliases are read, and more than a hundred of them", () => {
  const text = `---\nbase: &b { x: 1 }\n${Array.from({ length: 150 }, (_, index) => `k${index}: *b`).join("\n")}\n---\n`;
  const parsed = parseRun(text, path);
  assert.equal(parsed.anchors, true);
  assert.deepEqual(
    parsed.problems.filter((problem) => problem.code.startsWith("markdown/")),
    [],
  );
  const [first, second] = parsed.tree?.entries ?? [];
  assert.deepEqual(first && plain(first.value), second && plain(second.value));
  const behind = second?.value;
  assert.ok(
    behind?.kind === "dict" && (behind.entries[0]?.keyStart ?? 0) < behind.start,
    "a child behind an alias lies outside its parent",
  );
});

test("no key of a file reaches a prototype", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
    for (const lane of [true, false])
      parseRun(
        `---\n${key}: { polluted: 1 }\nconfig:\n  ${key}:\n    polluted: 1\n    prototype: { polluted: 1 }\nmetrics: { ${key}: 1 }\ndata: { ${key}: { path: x } }\n---\n`,
        path,
        { lane },
      );
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).join(), before);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
});

test("long hostile lines take linear time", () => {
  const size = 60_000;
  const lines = [
    " ",
    "\t",
    "a",
    ":",
    "- ",
    "[",
    "{",
    "'",
    '"',
    "#",
    " #",
    "a: ",
    "*",
    "&a ",
    "!",
    "=",
    "a=",
    "? ",
    "\\",
    ",",
    "[,",
    "{a: ",
    "“",
    "|",
    "\n",
    "\n\n ",
    "a:\n",
    "- - ",
    "<<<<<<< x\n",
    "---x\n",
    "a: b\n c\n",
  ].map((unit) => unit.repeat(Math.floor(size / unit.length)));
  for (const line of lines) {
    for (const text of [`---\ntitle: ${line}\n---\n`, `---\n${line}\n---\n`, line]) {
      const spent = stopwatch();
      parseRun(text, path);
      const took = spent();
      assert.ok(took < 2500, `${JSON.stringify(line.slice(0, 12))}: ${took} ms`);
    }
  }
});

test("whatever the text, reading it returns, and its problems stand inside it", () => {
  const unit = fc.constantFrom(
    "---\n",
    "a",
    "b",
    ": ",
    ":",
    "\n",
    "\n  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "#",
    " #",
    "&a",
    "*a",
    "!t",
    "|",
    ">",
    "%",
    "@",
    "`",
    "=",
    "\t",
    "…",
    "\r\n",
    ",",
    "1",
    "\ufeff",
    "<<<<<<< ",
    "=======\n",
    ">>>>>>> ",
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (middle) => {
      const text = `---\n${middle}\n---\n`;
      const parsed = parseRun(text, path);
      const lines = text.split("\n");
      for (const problem of parsed.problems) {
        const line = lines[(problem.line ?? 0) - 1];
        assert.ok(
          line !== undefined && problem.column !== undefined && problem.column >= 1 && problem.column <= line.length + 1,
          JSON.stringify({ text, problem }),
        );
      }
    }),
    { numRuns: 1500 },
  );
});

test("after any broken document the tree that is left is made of real text", () => {
  const { tree } = parseYaml("a: 1\nb: @x\nc: [1, 2\nd: 4\n", 0, 25, { lane: false });
  assert.deepEqual(tree && JSON.parse(JSON.stringify(plain(tree))), { a: 1, b: "@x", c: [1, 2], d: 4 });
});
