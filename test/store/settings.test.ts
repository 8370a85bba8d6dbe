import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { placeInSettings, readSettings, readStudies } from "../../src/store/settings.ts";
import { makeFolder } from "./folder.ts";

const where = (problems: readonly { readonly path?: string; readonly line?: number; readonly code: string }[]): readonly unknown[] =>
  problems.map(({ path, line }) => [path, line]);

test("an empty journal.yaml is a whole journal, also with a byte order mark", (context) => {
  for (const text of ["", "\ufeff", "# nothing yet\n", "\ufefftitle: Cats\r\n"]) {
    const { settings, problems } = readSettings(makeFolder(context, { "journal.yaml": text }));
    assert.deepEqual(problems, [], JSON.stringify(text));
    assert.equal(settings.study.name, "");
  }
});

test("a mistake in journal.yaml is named at its line, and the rest counts", (context) => {
  const { settings, problems } = readSettings(makeFolder(context, { "journal.yaml": "title: Cats\n\nignroe: [seed]\n" }));
  assert.equal(settings.title, "Cats");
  assert.deepEqual(where(problems), [["journal.yaml", 3]]);
});

test("journal.yaml that is a list, not UTF-8, a folder or a way out costs one problem and the defaults", (context) => {
  const root = makeFolder(context);
  mkdirSync(join(root, "journal.yaml"));
  assert.deepEqual(
    readSettings(root).problems.map(({ code }) => code),
    ["store/not-a-file"],
  );
  const outside = makeFolder(context);
  symlinkSync("/etc/passwd", join(outside, "journal.yaml"));
  assert.deepEqual(
    readSettings(outside).problems.map(({ code }) => code),
    ["store/outside"],
  );
  for (const text of ["- a\n- b\n", "\0", "title: [\n", "---js\nprocess.exit(7)\n---\n"]) {
    const { problems } = readSettings(makeFolder(context, { "journal.yaml": text }));
    assert.ok(problems.length >= 1, JSON.stringify(text));
    assert.ok(problems.every(({ path }) => path === "journal.yaml"));
  }
});

test("each study has its own settings over the journal's, and its mistakes name its file", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "metrics: { acc: { goal: max } }\n",
    "experiments/ocr/study.yaml": "title: Letters\nprimary: acc\n",
    "experiments/bad/study.yaml": "title: Bad\nprimray: acc\n",
  });
  const { settings } = readSettings(root);
  const { studies, problems } = readStudies(root, ["bad", "ocr"], settings);
  assert.deepEqual([...studies.keys()], ["", "bad", "ocr"]);
  assert.deepEqual([studies.get("ocr")?.title, studies.get("ocr")?.primary], ["Letters", "acc"]);
  assert.equal(studies.get("ocr")?.metrics["acc"]?.goal, "max");
  assert.deepEqual(where(problems), [["experiments/bad/study.yaml", 2]]);
});

test("a rule across files that blames a setting gets its line", (context) => {
  const root = makeFolder(context, { "journal.yaml": "title: Cats\nstudy:\n  primary: acc\n" });
  const problem = {
    code: "record/unknown-metric",
    severity: "warning",
    message: "x",
    path: "journal.yaml",
    key: ["study", "primary"],
  } as const;
  const placed = placeInSettings(root, "journal.yaml", problem);
  assert.deepEqual([placed.line, placed.path], [3, "journal.yaml"]);
});
