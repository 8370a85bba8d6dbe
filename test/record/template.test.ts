// One source: the templates' data, the reader, the schemas, the docs and the empty files say the same.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import { parseYaml } from "../../src/markdown/yaml.ts";
import type { Field } from "../../src/record/field.ts";
import { formatDocument, settingsTemplate, studyTemplate } from "../../src/record/format-doc.ts";
import { example, values } from "../../src/record/format-text.ts";
import { normalizeSettings, normalizeStudy } from "../../src/record/normalize-settings.ts";
import { runSchema, type Schema, settingsSchema, studySchema } from "../../src/record/schema.ts";
import { settingsFields, studyFields } from "../../src/record/settings-template.ts";
import { fields, findSection, sections, templateText } from "../../src/record/template.ts";
import { type Json, plain } from "../../src/record/tree.ts";
import { read, treeOf } from "./read.ts";
import { valid, vocabulary } from "./schema.ts";

const root = join(import.meta.dirname, "../..");
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const dataOf = (text: string): Json => {
  const tree = treeOf(text);
  return tree === undefined ? null : plain(tree);
};
const lists = [
  ["a run", fields, runSchema()],
  ["journal.yaml", settingsFields, settingsSchema()],
  ["study.yaml", studyFields, studySchema()],
] as const;

/** Every key with its path, nested ones included. */
function keysIn(known: readonly Field[], prefix = ""): readonly string[] {
  return known.flatMap((field) => [prefix + field.key, ...keysIn(field.fields ?? [], `${prefix}${field.key}.`)]);
}

describe("the template", () => {
  test("is what templates/experiment.md holds", () => assert.equal(textOf("templates/experiment.md"), templateText()));

  test("is no data: an unfilled run holds nothing", () => {
    const { run, body, problems, broken } = parseRun(templateText(), "experiments/EXP001-aaaa-x.md");
    assert.deepEqual([broken, problems.map((problem) => problem.code)], [false, ["record/missing-id"]]);
    assert.deepEqual([body.worked, body.failed, body.unexpected, body.questions, body.tasks], [[], [], [], [], []]);
    const { id, status, title, ...rest } = run;
    assert.deepEqual([id, status, title], ["EXP001-aaaa", "planned", "x"]);
    for (const [key, value] of Object.entries(rest))
      assert.ok(value === false || Object.keys(value as object).length === 0, `${key} is empty`);
  });

  test("holds the sections in the order of the docs", () => {
    const { sections: found } = parseRun(templateText(), "x.md");
    assert.deepEqual(
      found.map((section) => section.key),
      sections.filter((section) => section.printed).map((section) => section.key),
    );
  });

  test("names every key once", () => {
    for (const [, known] of lists) assert.equal(new Set(keysIn(known)).size, keysIn(known).length);
  });

  for (const field of fields)
    test(`the example of \`${field.key}\` is read without a word`, () => {
      const { run, problems } = field.key === "id" ? { run: read("").run, problems: [] } : read(`${field.key}: ${field.example}`);
      assert.deepEqual([problems.filter((problem) => problem.code !== "record/placeholder"), run.other], [[], {}]);
    });

  test("the examples of the settings are read without a word", () => {
    const journal = normalizeSettings(treeOf(settingsFields.map((field) => `${field.key}: ${field.example}\n`).join("")));
    const study = normalizeStudy(treeOf(studyFields.map((field) => `${field.key}: ${field.example}\n`).join("")), "ocr", journal.settings);
    assert.deepEqual([journal.problems, study.problems], [[], []]);
  });
});

describe("the sections", () => {
  for (const [typed, key] of [
    ["What worked", "worked"],
    ["Worked", "worked"],
    ["What did not work", "failed"],
    ["What didn’t work", "failed"],
    ["What didn't work:", "failed"],
    ["## 2. WHAT DIDNT WORK ##", "failed"],
    ["Unexpected", "unexpected"],
    ["⚠️ Unexpected behaviours", "unexpected"],
    ["Next", "next"],
    ["TODO", "next"],
    ["Whats next?", "next"],
    ["To-do", "next"],
    ["**Next steps**", "next"],
    ["Follow-up questions", "questions"],
    ["Follow up questions?", "questions"],
    ["Training curves", "curves"],
    ["Issues encountered and resolved", "issues"],
  ] as const)
    test(`\`${typed}\` is ${key}`, () => assert.equal(findSection(typed)?.key, key));

  test("a heading of one's own is none of them", () => {
    for (const typed of ["What worked in EXP001", "Nextcloud", "", "#", "__proto__", "x".repeat(10_000)])
      assert.equal(findSection(typed), undefined);
  });

  test("no heading means two", () => {
    for (const section of sections)
      for (const heading of [section.heading, ...section.aliases]) assert.equal(findSection(heading)?.key, section.key, heading);
  });
});

describe("the schemas", () => {
  for (const [name, known, schema] of lists) {
    test(`know the keys of ${name}, and no others`, () => {
      assert.deepEqual(
        Object.keys(schema["properties"] as Schema),
        known.map((field) => field.key),
      );
      for (const field of known) {
        const property = (schema["properties"] as Schema)[field.key] as Schema;
        assert.equal(String(property["description"]).slice(0, field.description.length), field.description);
        assert.deepEqual(property["examples"], [field.example]);
        assert.ok(valid(property, dataOf(field.example)), `${field.key}: ${field.example}`);
      }
    });

    test(`use only words of JSON Schema for ${name}`, () => {
      const look = (value: unknown, name = ""): void => {
        if (Array.isArray(value)) for (const item of value) look(item);
        else if (value !== null && typeof value === "object" && name !== "examples") {
          for (const [key, inner] of Object.entries(value)) {
            if (name !== "properties") assert.ok(vocabulary.has(key), key);
            look(inner, name === "properties" ? "" : key);
          }
        }
      };
      look(schema);
    });
  }

  test("accept the handwriting of the docs and the empty template", () => {
    const matter = (text: string): Json => dataOf(text.split("---\n")[1] ?? "");
    for (const text of [example, templateText()]) assert.ok(valid(runSchema(), matter(text)), text);
    for (const text of [
      "metrics: { a: 0.3, b: 85.5% -> 87.2%, c: [0.1, ~], d: { mean: 1, sd: 2, n: 3 } }",
      "changes: [batch 32 to 64]",
      "changes: { a: 32 -> 64, b: 3 }",
      "repeats: 3",
      "repeats: [1, 2]",
      "hardware: M3",
      "run: python train.py",
      "tags: a, b",
      "invalid: leak",
      "data: [a]",
      "decision: revert (noise)",
      "own: { anything: [1] }",
    ])
      assert.ok(valid(runSchema(), dataOf(text)), text);
    for (const text of ["metrics: { a: min }", "study: { goals: { a: max b }, protocols: { v1: what } }", "data: { val: path }"])
      assert.ok(valid(settingsSchema(), dataOf(text)), text);
  });

  test("refuse wrong types and words", () => {
    for (const text of ["status: purple", "title: [a]", "config: 3", "hidden: 3", "metrics: { a: { before: { b: 1 } } }"])
      assert.ok(!valid(runSchema(), dataOf(text)), text);
    for (const text of ["metrics: { a: { goal: best } }", "parameters: { a: { scale: cubic } }", "site: [a]"])
      assert.ok(!valid(settingsSchema(), dataOf(text)), text);
  });
});

describe("docs/format.md and the empty settings", () => {
  test("are what the data says", () => {
    assert.equal(textOf("docs/format.md"), formatDocument());
    assert.equal(textOf("templates/journal.yaml"), settingsTemplate());
    assert.equal(textOf("templates/study.yaml"), studyTemplate());
  });

  test("name every key, section and alias", () => {
    const page = formatDocument();
    for (const key of lists.flatMap(([, known]) => keysIn(known))) assert.ok(page.includes(`\`${key.split(".").at(-1)}\``), key);
    for (const section of sections) for (const heading of [section.heading, ...section.aliases]) assert.ok(page.includes(heading), heading);
  });

  test("count for nothing until the `#` is taken away, and for everything then", () => {
    for (const [text, known, schema] of [
      [settingsTemplate(), settingsFields, settingsSchema()],
      [studyTemplate(), studyFields, studySchema()],
    ] as const) {
      assert.equal(treeOf(text), undefined);
      const filled = text
        .split("\n")
        .filter((line) => /^# {1,5}[a-z_]+:(?: |$)/.test(line))
        .map((line) => line.slice(2))
        .join("\n");
      const data = dataOf(filled);
      assert.deepEqual(
        Object.keys(data as object),
        known.map((field) => field.key),
      );
      assert.equal(valid(schema, data), true);
    }
    assert.deepEqual(normalizeSettings(undefined).problems, []);
  });

  test("show values as the reader takes them", () => {
    const read1 = (source: string, name = "x") => read(`metrics:\n  ${name}: ${source}\n`).run.metrics[0];
    const expected: Readonly<Record<string, number | undefined>> = {
      "87.2%": 0.872,
      "85.5% -> 87.2%": 0.872,
      "85.5% → 87.2%": 0.872,
      "0.38": 0.38,
      "[0.38, 0.39, ~]": 0.385,
      "2 h": 7200,
      "2h46m": 9960,
      "45 minutes": 2700,
      "12:30:00": 45_000,
      "16 GB": 16e9,
      "1.0e-3": 0.001,
      "1e-3": 0.001,
      "0.38 ± 0.01 (n=3)": 0.38,
      "{ mean: 0.38, sd: 0.01, n: 3 }": 0.38,
      "872/1000": 0.872,
      "1,014.45": 1014.45,
      "~": undefined,
      "N/A": undefined,
      "-": undefined,
      "[X%]": undefined,
      TBD: undefined,
      ".nan": undefined,
      inf: undefined,
      "64,": undefined,
    };
    const shown = values.flatMap(([written]) => [...written.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""));
    assert.deepEqual(shown.sort(), Object.keys(expected).sort());
    for (const source of shown) {
      const found = read1(source, /[hm:]/.test(source) && !/mean/.test(source) ? "training_time" : "x")?.after?.mean;
      assert.ok(
        found === expected[source] || Math.abs((found ?? Number.NaN) - (expected[source] ?? Number.NaN)) < 1e-9,
        `${source} is ${found}`,
      );
    }
  });
});

const contract = join(root, "../shared/format.md");
test("the contract's examples are read without a word", { skip: existsSync(contract) ? false : "../shared/format.md is not here" }, () => {
  const [run = "", journal = ""] = [...readFileSync(contract, "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const parsed = parseRun(run, "experiments/EXP042-k7f3-double-the-batch.md");
  assert.deepEqual(
    parsed.problems.filter((problem) => problem.code !== "record/placeholder"),
    [],
  );
  assert.deepEqual(parsed.run.other, {});
  const { tree, problems } = parseYaml(journal, 0, journal.length);
  assert.deepEqual([problems, normalizeSettings(tree).problems], [[], []]);
});
