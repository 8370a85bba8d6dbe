import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fenceProblem, findFences } from "../../src/markdown/fences.ts";
import { parseFrontMatter } from "../../src/markdown/frontmatter.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { find, plain } from "../../src/record/tree.ts";

test("fences are lines of exactly three dashes and blanks, with offsets into the text", () => {
  const text = "\ufeff--- \t\r\na: 1\r\n---  \r\nbody";
  const fences = findFences(text);
  assert.deepEqual(fences, { bom: true, open: 1, yamlStart: 8, yamlEnd: 14, close: 14, bodyStart: 21, eol: "\r\n" });
  assert.equal(text.slice(fences?.yamlStart, fences?.yamlEnd), "a: 1\r\n");
  assert.equal(text.slice(fences?.bodyStart), "body");
  assert.deepEqual(findFences("---\n---"), { bom: false, open: 0, yamlStart: 4, yamlEnd: 4, close: 4, bodyStart: 7, eol: "\n" });
  assert.equal(findFences("---\na: 1\n---x\n--- y\n ---\n---\nbody")?.close, 25);
});

test("what is no front matter has no fences and a reason", () => {
  for (const [text, code] of [
    ["", "empty-file"],
    ["x", "no-front-matter"],
    ["---", "unclosed-front-matter"],
    ["---\n", "unclosed-front-matter"],
    ["----\n---\n", "front-matter-language"],
    ["--- yaml\n---\n", "front-matter-language"],
    ["\n---\n---\n", "front-matter-not-first"],
    [" ---\n---\n", "front-matter-not-first"],
  ] as const) {
    assert.equal(findFences(text), undefined, text);
    assert.equal(fenceProblem(text).code, `markdown/${code}`, text);
  }
});

test("the place for a missing closing line is named", () => {
  const hint = (text: string): string => fenceProblem(text).hint ?? "";
  assert.match(hint("---\ntitle: x\nconfig:\n  a: 1\n\n## Notes\n"), /after line 5/);
  assert.match(hint("---\ntitle: x\nSome prose follows here, without a fence.\n"), /after line 2/);
});

/** Every way by which gray-matter is known to run code, or to look an engine up where it should not. */
const executing = [
  "---js",
  "---javascript",
  "---JS",
  "---JavaScript",
  "---  js",
  "---js\r",
  "--- js ",
  "---coffee",
  "---json",
  "---constructor",
  "---toString",
  "---valueOf",
  "---hasOwnProperty",
  "---__proto__",
  "---\tjavascript",
];

test("nothing in a file is executed, whatever language its first line names", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  const sentinel = join(folder, "ran");
  const code = `(globalThis.ran = true, process.getBuiltinModule?.("node:fs").writeFileSync(${JSON.stringify(sentinel)}, ""), {})`;
  try {
    for (const first of executing) {
      for (const text of [
        `${first}\n${code}\n---\nbody\n`,
        `\ufeff${first}\n${code}\n---\n`,
        `---\ntitle: x\n---\n${first}\n${code}\n---\n`,
        `---\n---\n${first}\n${code}\n---\n`,
        `---\n# only a comment\n---\n${first}\n${code}\n`,
      ]) {
        const { problems } = parseRun(text, "experiments/EXP001-aaaa.md");
        if (text.replace("\ufeff", "").startsWith(first)) assert.equal(problems[0]?.code, "markdown/front-matter-language", first);
      }
      for (const tag of ["!!js/function", "!!js/undefined", "!!python/object/apply:os.system", "!!js/regexp"])
        parseRun(`---\ntitle: ${tag} '${code}'\n---\n`, "x.md");
    }
    assert.equal(existsSync(sentinel), false);
    assert.equal("ran" in globalThis, false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("one file imports gray-matter, and none evaluates code", () => {
  const sources = (readdirSync("src", { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));
  const holding = (pattern: RegExp): readonly string[] => sources.filter((name) => pattern.test(readFileSync(join("src", name), "utf8")));
  assert.deepEqual(holding(/from "gray-matter"|require\("gray-matter"\)/), [join("markdown", "frontmatter.ts")]);
  assert.deepEqual(holding(/\beval\(|new Function\(/), []);
});

test("gray-matter is asked without its cache and agrees on where the block ends", () => {
  const matter = createRequire(import.meta.url)("gray-matter") as { cache: object };
  const before = Object.keys(matter.cache).length;
  for (const text of [
    "---\na: 1\n---\n",
    "---  \na: 1\n---\t\nx\n---\n",
    "---\r\na: 1\r\n---\r\nx",
    "\ufeff---\na: 1\n---",
    "---\n---\n",
    "---\n# x\n---\n",
    "---\n\n---\n",
    "---\na: '\n  ---'\n---\n",
  ]) {
    assert.deepEqual(parseFrontMatter(text).problems, [], JSON.stringify(text));
  }
  assert.equal(parseFrontMatter("---\na: 1\n---b: 2\n---\n").problems[0]?.code, "markdown/unclear-fence");
  assert.equal(Object.keys(matter.cache).length, before);
});

test("empty and comment-only front matter is an empty map", () => {
  for (const text of ["---\n---\n", "---\n\n---\n", "---\n# note\n---\n", "---\n \n---"]) {
    const { tree, problems } = parseFrontMatter(text);
    assert.deepEqual([tree?.entries, problems], [[], []], JSON.stringify(text));
  }
});

test("every value knows its place and its text, by either reader", () => {
  const text = "---\ntitle: Größe 😀\nlr: 1.0e-3 # x\nsha: 12e4567\nlong: |\n  two\n  lines\nlist: [ 'a b', ~ ]\n---\n";
  for (const lane of [true, false]) {
    const { tree } = parseFrontMatter(text, { lane });
    const at = (key: string): string => text.slice(find(tree, key)?.start, find(tree, key)?.end);
    assert.equal(at("title"), "Größe 😀");
    assert.equal(at("lr"), "1.0e-3");
    assert.equal(at("list"), "[ 'a b', ~ ]");
    assert.ok(at("long").startsWith("|\n  two"));
    const sha = find(tree, "sha");
    assert.deepEqual(sha?.kind === "scalar" && [sha.value, sha.source, sha.style], ["12e4567", "12e4567", "plain"]);
    const long = find(tree, "long");
    assert.deepEqual(long?.kind === "scalar" && [long.value, long.style], ["two\nlines\n", "block"]);
    assert.equal(tree && (plain(tree) as { lr: number }).lr, 0.001);
  }
});

test("a rule's key is turned into line and column, or the nearest key above it", async () => {
  const { placeKeys } = await import("../../src/markdown/parse.ts");
  const text = "---\nmetrics:\n  val_loss: { before: 1, after: [2, 3] }\nconfig:\n  a.b: 1\n---\n";
  const parsed = parseRun(text, "x.md");
  const spot = (...key: string[]): readonly unknown[] => {
    const { line, column } = placeKeys({ code: "record/x", severity: "error", message: "m", key }, parsed, text);
    return [line, column];
  };
  assert.deepEqual(spot("metrics", "val_loss", "before"), [3, 15]);
  assert.deepEqual(spot("metrics", "val_loss", "after", "1"), [3, 37]);
  assert.deepEqual(spot("config", "a", "b"), [5, 3]);
  assert.deepEqual(spot("metrics", "other"), [2, 1]);
  assert.deepEqual(spot("title"), [1, 1]);
});
