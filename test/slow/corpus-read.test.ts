import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { decode, encode } from "../../src/markdown/decode.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { parseYaml } from "../../src/markdown/yaml.ts";
import type { Tree } from "../../src/record/tree.ts";
import { plain } from "../../src/record/tree.ts";

const corpus = join("..", "shared", "corpus");

function files(folder: string, ending: RegExp): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** Every place lies in the text, and a plain scalar stands there as its source says. */
function checkPlaces(tree: Tree, text: string): void {
  assert.ok(tree.start <= tree.end && tree.end <= text.length);
  if (tree.kind === "scalar" && tree.style === "plain" && !text.slice(tree.start, tree.end).includes("\n"))
    assert.equal(text.slice(tree.start, tree.end), tree.source);
  if (tree.kind === "list") for (const item of tree.items) checkPlaces(item, text);
  if (tree.kind === "dict") for (const entry of tree.entries) checkPlaces(entry.value, text);
}

test("real markdown files are read alike with and without the lane, and none of them throws", () => {
  const names = [...files("node_modules", /\.md$/i), ...(existsSync(corpus) ? files(corpus, /\.(md|markdown|html)$/i) : [])];
  let [read, framed, slowest] = [0, 0, 0];
  for (const name of names) {
    const bytes = readFileSync(name);
    const { text } = decode(bytes);
    if (text === undefined) continue;
    assert.ok(Buffer.from(encode(text)).equals(bytes), name);
    const begin = performance.now();
    const parsed = parseRun(text, name);
    slowest = Math.max(slowest, performance.now() - begin);
    assert.deepEqual(parsed, parseRun(text, name, { lane: false }), name);
    const breaks = text.split("\n");
    for (const problem of parsed.problems)
      assert.ok((problem.line ?? 0) >= 1 && (problem.line ?? 0) <= breaks.length, `${name}: ${problem.code}`);
    if (parsed.tree !== undefined && !parsed.broken) checkPlaces(parsed.tree, text);
    read += 1;
    if (parsed.fences !== undefined) framed += 1;
  }
  console.log(`${read} markdown files, ${framed} with front matter, slowest ${slowest.toFixed(0)} ms`);
  assert.ok(read > 400 && slowest < 2500);
});

test("real YAML files are read as the library reads them", { skip: existsSync(corpus) ? false : "the corpus is not here" }, () => {
  let [read, warned] = [0, 0];
  for (const name of files(corpus, /\.ya?ml$/)) {
    if (name.includes("yaml-test-suite")) continue;
    const { text } = decode(readFileSync(name));
    if (text === undefined) continue;
    const lane = parseYaml(text, 0, text.length);
    assert.deepEqual(lane, parseYaml(text, 0, text.length, { lane: false }), name);
    if (lane.problems.some((problem) => problem.severity === "error")) {
      warned += 1;
      continue;
    }
    if (lane.tree === undefined) continue;
    checkPlaces(lane.tree, text);
    assert.deepEqual(
      JSON.parse(JSON.stringify(plain(lane.tree))),
      JSON.parse(
        JSON.stringify(parse(text, { logLevel: "silent", uniqueKeys: false, intAsBigInt: false }), (_, value: unknown) =>
          typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value,
        ),
      ),
      name,
    );
    read += 1;
  }
  console.log(`${read} YAML files equal, ${warned} with an error`);
  assert.ok(read > 100);
});

const suite = join(corpus, "adversarial", "yaml__yaml-test-suite");
test("the YAML test suite: what must fail has a diagnostic or a warning, what is plain data is read", {
  skip: existsSync(suite) ? false : "the corpus is not here",
}, () => {
  let [failing, silent, equal] = [0, 0, 0];
  for (const name of files(suite, /in\.yaml$/)) {
    const text = readFileSync(name, "utf8");
    const { tree, problems } = parseYaml(text, 0, text.length);
    if (existsSync(join(name, "..", "error"))) {
      failing += 1;
      if (problems.length === 0) silent += 1;
      continue;
    }
    const json = join(name, "..", "in.json");
    if (!existsSync(json) || problems.length > 0 || tree === undefined) continue;
    const wanted = readFileSync(json, "utf8");
    // Two documents, of which the second is empty.
    if (name.includes("PUW8")) continue;
    assert.deepEqual(JSON.parse(JSON.stringify(plain(tree))), JSON.parse(wanted), name);
    equal += 1;
  }
  console.log(`${failing} must fail, ${silent} of them silent; ${equal} equal`);
  assert.ok(failing === 94 && silent === 0 && equal > 190);
});

test("the lightning settings with Python tags are plain data with a warning", {
  skip: existsSync(corpus) ? false : "the corpus is not here",
}, () => {
  let tagged = 0;
  for (const name of files(join(corpus, "lightning"), /hparams\.yaml$/)) {
    const text = readFileSync(name, "utf8");
    if (!text.includes("!!python/object")) continue;
    const { tree, problems } = parseYaml(text, 0, text.length);
    assert.ok(problems.every((problem) => problem.code === "markdown/unknown-tag") && tree?.kind === "dict", name);
    tagged += 1;
  }
  assert.equal(tagged, 14);
});
