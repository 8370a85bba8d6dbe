import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { parseRun } from "../../src/markdown/parse.ts";
import { type Dict, find, type Json } from "../../src/record/tree.ts";
import { type ConfigurationText, configurationTexts, nested, type OldValue } from "../../src/report/configuration-text.ts";

const text = `---
id: EXP001
config:
  lr: 1e-3
  "a.b": 1
  a: { c: [1, "two", null, true, { x: "yes" }], d: -0.50 }
  big: 12345678901234567890
  quoted: "it's \\"x\\" \\n \\u2028 \\u0085 ünï $HOME \`id\`"
  word: "yes"
  digits: "007"
  exponent: "1e5"
  none: ~
  empty: {}
  list: []
  path: /data/train set
  one: 1.0
  plus: +5
  half: .5
  "odd key: x": 2
  "": 3
  日本語: 値
  "__html": "</script><b>"
---
`;
const { tree, run } = parseRun(text, "a.md");
const found = find(tree, "config");
assert.ok(found?.kind === "dict");
const config: Dict = found;
const meant = {
  lr: 0.001,
  "a.b": 1,
  a: { c: [1, "two", null, true, { x: "yes" }], d: -0.5 },
  big: 12345678901234567890n,
  quoted: 'it\'s "x" \n \u2028 \u0085 ünï $HOME `id`',
  word: "yes",
  digits: "007",
  exponent: "1e5",
  none: null,
  empty: {},
  list: [],
  path: "/data/train set",
  one: 1,
  plus: 5,
  half: 0.5,
  "odd key: x": 2,
  "": 3,
  日本語: "値",
  __html: "</script><b>",
};
const textIn = (language: ConfigurationText["language"], dict: Dict = config, old?: OldValue): string =>
  (configurationTexts(dict, old).find((one) => one.language === language)?.lines ?? []).map((line) => line.text).join("\n");
const withoutBig = ({ big: _, ...rest }: Readonly<Record<string, unknown>>): unknown => rest;

describe("a configuration to copy", () => {
  test("means the same as YAML to readers of 1.2 and 1.1", () => {
    for (const version of ["1.2", "1.1"] as const)
      assert.deepEqual(
        parse(textIn("YAML"), { version, intAsBigInt: false, prettyErrors: true, schema: version === "1.1" ? "yaml-1.1" : "core" }),
        {
          ...meant,
          big: Number(meant.big),
        },
      );
  });
  test("means the same as JSON", () => {
    assert.deepEqual(withoutBig(JSON.parse(textIn("JSON"))), withoutBig(meant));
    assert.match(textIn("JSON"), /"big": 12345678901234567890,/);
  });
  test("means the same as Python", (t) => {
    let out = "";
    try {
      out = execFileSync("python3", ["-c", "import json, sys; print(json.dumps(eval(sys.stdin.read())))"], {
        input: textIn("Python"),
        encoding: "utf8",
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return t.skip("python3 is not here");
      throw error;
    }
    assert.deepEqual(withoutBig(JSON.parse(out)), withoutBig(meant));
  });
  test("means the same on the command line of a shell", () => {
    const words = execFileSync("sh", ["-c", `printf '%s\\0' ${textIn("flags")}`], { encoding: "utf8" }).split("\0");
    for (const word of [
      "--lr=1e-3",
      "--a.d=-0.50",
      "--word=yes",
      "--none=null",
      "--path=/data/train set",
      "--odd key: x=2",
      `--quoted=${meant.quoted}`,
      '--a.c=[1, "two", null, true, {"x": "yes"}]',
    ])
      assert.ok(words.includes(word), word);
    assert.equal(words.length, 21);
  });
  test("keeps the digits of its author where the language reads them", () => {
    for (const language of ["JSON", "Python"] as const) assert.match(textIn(language), /"lr": 1e-3,[\s\S]*"d": -0\.50[\s\S]*"one": 1\.0,/);
    assert.match(textIn("YAML"), /^lr: 1\.0e-3$/m);
    const steps = find(parseRun("---\nid: EXP001\nconfig: { steps: 1e5, more: 2.5E6 }\n---\n", "a.md").tree, "config");
    assert.ok(steps?.kind === "dict");
    assert.equal(textIn("YAML", steps), "steps: 1.0e+5\nmore: 2.5e+6");
    assert.match(textIn("JSON"), /"plus": 5,\s+"half": 0\.5/);
  });
});

describe("flags", () => {
  test("are spelled as the command of the run spells them", () => {
    const own = find(
      parseRun("---\nid: EXP001\nconfig: { batch_size: 64, amp: true, bf16: false, new_one: 2 }\n---\n", "a.md").tree,
      "config",
    );
    assert.ok(own?.kind === "dict");
    const flags = configurationTexts(own, undefined, ["python", "train.py", "--batch-size", "64", "--amp", "--bf16=false"]).at(-1);
    assert.deepEqual(
      flags?.lines.map((line) => line.text),
      ["--batch-size=64 \\", "--amp \\", "--bf16=false \\", "--new_one=2"],
    );
  });
});

describe("odd numbers", () => {
  const infinite = find(parseRun("---\nid: EXP001\nconfig: { up: .inf, down: -.INF, not: .nan, text: inf }\n---\n", "a.md").tree, "config");
  assert.ok(infinite?.kind === "dict");
  test("are what each language has for them, and the word for one is a word", () => {
    assert.equal(textIn("YAML", infinite), "up: .inf\ndown: -.inf\nnot: .nan\ntext: inf");
    assert.match(textIn("Python", infinite), /float\("inf"\),\n.*float\("-inf"\),\n.*float\("nan"\),\n.*"text": "inf"/);
    assert.match(textIn("JSON", infinite), /"up": "inf"/);
    assert.match(textIn("flags", infinite), /--up=inf \\\n--down=-inf/);
  });
});

test("a line says what the baseline had beside its text, in every language, and nothing on lines of structure", () => {
  const old: OldValue = (path) => (path === "a.d" ? "0.25" : undefined);
  for (const { language, lines } of configurationTexts(config, old)) {
    const marked = lines.filter((line) => line.old !== undefined);
    assert.deepEqual(
      marked.map((line) => [line.old, /0\.50/.test(line.text)]),
      [["0.25", true]],
      language,
    );
  }
});

test("without the file it is nested by its dots again, but for names that stand in each other's way", () => {
  const flat: Readonly<Record<string, Json>> = {
    "optimizer.name": "adam",
    "optimizer.eps": 1e-8,
    lr: 0.1,
    "lr.min": 0.01,
    ".x": 1,
    "y.": 2,
  };
  assert.deepEqual(JSON.parse(textIn("JSON", nested(flat, {}))), {
    optimizer: { name: "adam", eps: 1e-8 },
    lr: 0.1,
    "lr.min": 0.01,
    ".x": 1,
    "y.": 2,
  });
  assert.match(textIn("JSON", nested(run.config, run.configText)), /"lr": 1e-3/);
});

test("an empty configuration is one in every language", () => {
  assert.deepEqual(
    configurationTexts({ kind: "dict", entries: [], start: 0, end: 0 }).map(({ lines }) => lines.map((line) => line.text).join("")),
    ["{}", "{}", "{}", ""],
  );
});
