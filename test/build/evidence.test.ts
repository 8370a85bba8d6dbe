import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { parameterAddress } from "../../src/base/address.ts";
import { readAssets } from "../../src/build/assets.ts";
// Loaded before any test runs: a test file that waits for it while a test loads it would become a part of that test.
import "../../src/build/chart.ts";
import type { Plan } from "../../src/build/plan.ts";
import { planEvidence } from "../../src/build/plan-evidence.ts";
import { openSite } from "../../src/build/site.ts";
import { openJournal } from "../../src/store/journal.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-evidence-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const assets = readAssets();

const write = (name: string, files: Readonly<Record<string, string>>): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
};
const plan = (root: string): Plan => new Map(planEvidence(openSite(openJournal(root), assets, {})));
const page = async (root: string, path: string): Promise<string> => {
  const file = plan(root).get(path);
  assert.ok(file, path);
  return String(await file.make());
};
const allPages = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const made = new Map<string, string>();
  for (const [path, file] of plan(root)) made.set(path, String(await file.make()));
  return made;
};

const evil = "<script>alert(1)</script>";
const hostile = (at: number): string => `---
id: EXP00${at}
title: "${evil} \\u202e {{ x }} \${y}"
date: 2026-11-0${at}
status: finished
${at > 1 ? `base: EXP00${at - 1}\n` : ""}config:
  "a/../../b": "${evil}${at % 3}"
  "a.b": ${at % 2}
  a: { b_: ${at % 4}, c: ["${evil}", ${at % 2}] }
  A.B: ${at}
  "$(rm -rf)": "it's \\"${at % 2}\\" \\n new line"
  "": ${at}
  "日本語": "値${at % 2}"
  con: ${at}
  "${"k".repeat(110)}1": ${at}
  "${"k".repeat(110)}2": ${at}
metrics: { "acc <b>": ${0.5 + at / 100}, time: ${at} s }
decision: ${at % 2 === 0 ? "keep" : "discard"}
reason: "${evil}"
---
## Observations
### What worked
- ${evil} \`con\` and \`a.b\` <lr>
`;
const journals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: { "journal.yaml": "title: Nothing\n" },
  one: { "journal.yaml": "title: One\n", "experiments/a.md": "---\nid: EXP001\nconfig: { lr: 1 }\nmetrics: { acc: 0.5 }\n---\n" },
  "no metrics": {
    "journal.yaml": "title: None\n",
    ...Object.fromEntries([1, 2].map((at) => [`experiments/${at}.md`, `---\nid: EXP00${at}\nconfig: { lr: ${at} }\n---\n`])),
  },
  failures: {
    "journal.yaml": "title: Failures\n",
    ...Object.fromEntries(
      [1, 2, 3].map((at) => [`experiments/${at}.md`, `---\nid: EXP00${at}\nstatus: failed\nconfig: { lr: ${at} }\n---\n`]),
    ),
  },
  "odd values": {
    "journal.yaml": "title: Odd\nstudy: { primary: loss }\n",
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `experiments/${at}.md`,
        `---\nid: EXP0${at + 10}\ndate: 2026-11-01\nstatus: finished\n${at === 0 ? "" : `base: EXP0${at + 9}\n`}config: { a: ${[1e-300, 1e300, 0, -1][at % 4]}, b: ${[".inf", "~", "[1, [2]]", "{}"][at % 4]} }\nmetrics: { loss: ${[0.1, 1e300, ".nan", "-.inf", 0][at % 5]}, flat: 1 }\n---\n`,
      ]),
    ),
  },
  hostile: {
    "journal.yaml": `title: "${evil}"\nstudy: { primary: "acc <b>" }\n`,
    ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`experiments/EXP00${at + 1}.md`, hostile(at + 1)])),
  },
};

for (const [name, files] of Object.entries(journals)) {
  test(`every page of a journal with ${name} is made, says no undefined and no NaN, and lets nothing in`, async () => {
    const pages = await allPages(write(name, files));
    for (const path of ["parameters.html", "best.html", "lineage.html"]) assert.ok(pages.has(path), path);
    for (const [path, html] of pages) {
      const text = html.replace(/<[^>]*>/g, " ");
      assert.doesNotMatch(text, /\bundefined\b|\bNaN\b|\[object /, path);
      assert.doesNotMatch(html, /could not be drawn/, path);
      assert.doesNotMatch(html.replace(/="[^"]*"/g, "="), /<script(?! )|<b>|<lr>| style=| on[a-z]+=/, path);
      assert.ok(!html.includes("\u202e"), path);
    }
  });
}

describe("addresses of parameters", () => {
  const root = write("hostile", journals["hostile"] ?? {});
  const paths = [...plan(root).keys()].filter((path) => path.startsWith("parameters/"));
  test("stay within the site, apart on every disk, and free of names that a disk refuses", () => {
    assert.equal(paths.length, 11);
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
    for (const path of paths) {
      assert.match(path, /^parameters\/[A-Za-z0-9_~-]{1,80}\.html$/);
      assert.doesNotMatch(path, /\/con\.html$/i);
    }
  });
  test("are those that the parameters page leads to", async () => {
    const html = await page(root, "parameters.html");
    const links = [...html.matchAll(/href="(parameters\/[^"]+)"/g)].map((found) => found[1]);
    assert.equal(new Set(links).size, 11);
    for (const link of links) assert.ok(paths.includes(link ?? ""), link);
  });
  test("follow from the name alone", () => {
    assert.equal(parameterAddress("ocr/", "batch_size"), "ocr/parameters/batch_size.html");
    assert.notEqual(parameterAddress("", "a.b"), parameterAddress("", "a_b"));
    assert.notEqual(parameterAddress("", "LR"), parameterAddress("", "lr"));
    assert.match(parameterAddress("", "../../x"), /^parameters\/_+x~/);
  });
});

const runFile = (id: string, more: string): string => `---\nid: ${id}\ndate: 2026-11-01\nstatus: finished\n${more}---\n`;

describe("keys", () => {
  const files = {
    "journal.yaml": "title: Keys\n",
    "experiments/EXP001.md": runFile("EXP001", "config: { lr: 1 }\nmetrics: { acc: 0.5 }\n"),
    "experiments/EXP002.md": runFile("EXP002", "base: EXP001\nconfig: { lr: 2 }\nmetrics: { acc: 0.6 }\n"),
    "experiments/ocr/study.yaml": "title: OCR\n",
    "experiments/ocr/EXP003.md": runFile("EXP003", "config: { lr: 1 }\nmetrics: { acc: 0.5 }\n"),
  };
  const root = write("keys", files);
  const keys = (): ReadonlyMap<string, string> => new Map([...plan(root)].map(([path, { key }]) => [path, key?.() ?? ""]));
  const changed = (before: ReadonlyMap<string, string>): readonly string[] =>
    [...keys()].filter(([path, key]) => before.get(path) !== key).map(([path]) => path);
  test("are the same for the same journal, and so are the bytes", async () => {
    assert.deepEqual(changed(keys()), []);
    assert.deepEqual(await allPages(root), await allPages(root));
  });
  test("of a study change with its runs, those of another one do not", () => {
    const before = keys();
    write("keys", { "experiments/EXP002.md": files["experiments/EXP002.md"].replace("0.6", "0.7") });
    const now = changed(before);
    assert.ok(now.length >= 4);
    assert.ok(
      now.every((path) => path.startsWith("main/")),
      now.join(),
    );
  });
  test("of a study with a base elsewhere change with every run", () => {
    write("keys", { "experiments/EXP002.md": files["experiments/EXP002.md"].replace("base: EXP001", "base: EXP003") });
    const before = keys();
    write("keys", { "experiments/ocr/EXP003.md": files["experiments/ocr/EXP003.md"].replace("0.5", "0.4") });
    assert.ok(changed(before).some((path) => path.startsWith("main/")));
  });
});

describe("keys of pages that weigh all runs", () => {
  const settings = "title: Weighed\nmetrics: { mem: { goal: min, guard: +10% } }\nstudy:\n  primary: acc\n";
  const texts = new Map([1, 2, 3].map((at) => [`experiments/EXP00${at}.md`, weighed(at)]));
  const root = write("weighed", {
    "journal.yaml": settings,
    ...Object.fromEntries(texts),
  });
  const change = (old: string, now: string): readonly string[] => {
    const path = "experiments/EXP002.md";
    const before = new Map([...plan(root)].map(([address, { key }]) => [address, key?.()]));
    write("weighed", { [path]: weighed(2).replace(old, now) });
    const changed = [...plan(root)].filter(([address, { key }]) => before.get(address) !== key?.()).map(([address]) => address);
    write("weighed", { [path]: weighed(2) });
    return changed;
  };
  const all = ["best.html", "lineage.html", "parameters.html", "parameters/lr.html", "parameters/width.html"];
  test("change with facts, with the primary metric and with the time", () => {
    for (const [old, now] of [
      ["title: Run 2", "title: Another"],
      ["acc: 0.62", "acc: 0.63"],
      ["training_time: 2 h", "training_time: 3 h"],
      ["decision: keep", "decision: discard"],
      ["lr: 2", "lr: 7"],
    ] as const)
      assert.deepEqual([...change(old, now)].sort(), all, now);
  });
  test("do not change with another metric", () => assert.deepEqual(change("loss: 0.32", "loss: 0.4"), []));
  test("change with a guard rail, which the best alone is held to", () => assert.deepEqual(change("mem: 12", "mem: 13"), ["best.html"]));
  test("change with what the condition of a goal asks for", () => {
    write("weighed", { "journal.yaml": `${settings}  goals: { small: { min: training_time, where: loss < 1 } }\n` });
    assert.deepEqual(change("loss: 0.32", "loss: 0.4"), ["best.html"]);
    assert.deepEqual(change("All went well", "All went very well"), []);
    write("weighed", { "journal.yaml": `${settings}  goals: { small: { min: training_time, where: worked ~ well } }\n` });
    assert.deepEqual(change("All went well", "All went very well"), ["best.html"]);
    write("weighed", { "journal.yaml": settings });
  });
  test("change with how a configuration is nested", () => assert.deepEqual([...change("env: { size: 2 }", '"env.size": 2')].sort(), all));
  test("do not change with prose, but where it names the parameter", () => {
    assert.deepEqual(change("All went well", "All went very well"), []);
    assert.deepEqual(change("All went well", "More width helps"), ["parameters/width.html"]);
  });
});

function weighed(at: number): string {
  const base = at === 1 ? "" : `base: EXP00${at - 1}\n`;
  const metrics = `{ acc: 0.6${at}, loss: 0.3${at}, mem: 1${at}, training_time: ${at} h }`;
  const head = `title: Run ${at}\n${base}config: { lr: ${at}, width: ${at % 2}, env: { size: 2 } }\nmetrics: ${metrics}\ndecision: keep\n`;
  return `${runFile(`EXP00${at}`, head)}## Observations\n### What worked\n- All went well\n`;
}

test("the configuration is nested as its file has it, dots in names and all", async () => {
  const root = write("nested", {
    "journal.yaml": "title: Nested\n",
    "experiments/EXP001.md": runFile("EXP001", 'config: { "a.b": 1e-3, a: { c: 2 } }\nmetrics: { acc: 0.5 }\n'),
  });
  const html = await page(root, "best.html");
  assert.match(html, /a\.b: 1\.0e-3\na:\n {2}c: 2\n/);
});

test("what is private stays off the pages: home folders, hosts, users", async () => {
  const runs = [1, 2, 3].map((at) => [
    `experiments/EXP00${at}.md`,
    runFile(
      `EXP00${at}`,
      `${at > 1 ? `base: EXP00${at - 1}\n` : ""}config: { data_dir: /home/ada/data${at}, host: gpu-secret-${at}, env: { user: ada.secret }, lr: ${at} }\nmetrics: { acc: 0.${at}, time: ${at} s }\n`,
    ),
  ]);
  const root = write("private", { "journal.yaml": "title: Private\n", ...Object.fromEntries(runs) });
  for (const [path, html] of await allPages(root)) assert.doesNotMatch(html, /\/home\/|gpu-secret|ada\.secret/, path);
  write("private", { "journal.yaml": "title: Private\nsite: { private: true }\n" });
  assert.match(await page(root, "best.html"), /gpu-secret-3/);
});
