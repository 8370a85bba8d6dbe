import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { findRoot, listFiles } from "../../src/store/root.ts";
import { makeFolder, put } from "./folder.ts";

const refusal = (code: string, exit: number) => (error: unknown) =>
  error instanceof JournalError && error.problems[0]?.code === code && error.exit === exit;
const paths = (root: string) => listFiles(root).runs.map((run) => [run.path, run.study]);
const codes = (root: string) => listFiles(root).problems.map((problem) => [problem.code, problem.path]);

test("the root is the nearest folder above that holds journal.yaml", (context) => {
  const root = makeFolder(context, { "journal.yaml": "", "experiments/deep/a.md": "", "inner/journal.yaml": "" });
  assert.equal(findRoot(join(root, "experiments/deep")), root);
  assert.equal(findRoot(join(root, "experiments/deep/a.md")), root);
  assert.equal(findRoot(join(root, "inner")), join(root, "inner"));
});

test("where no folder above holds journal.yaml the refusal has exit 3", (context) => {
  assert.throws(() => findRoot(makeFolder(context)), refusal("store/no-journal", 3));
});

test("a journal.yml is named in the refusal", (context) => {
  const root = makeFolder(context, { "journal.yml": "" });
  assert.throws(
    () => findRoot(root),
    (error) => error instanceof JournalError && error.problems[0]?.hint === "mv journal.yml journal.yaml",
  );
});

test("a folder named journal.yaml is refused", (context) => {
  const root = makeFolder(context, { "journal.yaml/x": "" });
  assert.throws(() => findRoot(root), refusal("store/not-a-file", 2));
});

test("runs are the .md files below experiments, each of the nearest study above", (context) => {
  const root = makeFolder(context);
  put(root, {
    "experiments/EXP001-a.md": "",
    "experiments/README.md": "",
    "experiments/readme.md": "",
    "experiments/notes.txt": "",
    "experiments/.hidden.md": "",
    "experiments/2026/11/EXP002-b.md": "",
    "experiments/ocr/study.yaml": "",
    "experiments/ocr/EXP003-c.md": "",
    "experiments/ocr/old/EXP004-d.md": "",
    "experiments/ocr/fine/study.yaml": "",
    "experiments/ocr/fine/EXP005-e.md": "",
    "experiments/study.yaml": "",
    "experiments/EXP001.files/x.md": "",
    "experiments/EXP001.files/study.yaml": "",
    "experiments/node_modules/a.md": "",
    "experiments/.git/a.md": "",
  });
  assert.deepEqual(paths(root), [
    ["experiments/2026/11/EXP002-b.md", ""],
    ["experiments/EXP001-a.md", ""],
    ["experiments/ocr/EXP003-c.md", "ocr"],
    ["experiments/ocr/fine/EXP005-e.md", "ocr/fine"],
    ["experiments/ocr/old/EXP004-d.md", "ocr"],
  ]);
  assert.deepEqual(listFiles(root).studies, ["ocr", "ocr/fine"]);
  assert.deepEqual(listFiles(root).attachments, ["experiments/EXP001.files"]);
  assert.deepEqual(codes(root), []);
});

test("a journal without experiments is empty, not wrong", (context) => {
  assert.deepEqual(listFiles(makeFolder(context)).runs, []);
});

test("symbolic links that lead out of the journal are named and not followed", (context) => {
  const outside = makeFolder(context, { "secret.md": "---\nid: X\n---\n", "folder/a.md": "" });
  const root = makeFolder(context, { "experiments/EXP001-a.md": "" });
  symlinkSync(join(outside, "secret.md"), join(root, "experiments/EXP002-b.md"));
  symlinkSync("/etc/passwd", join(root, "experiments/EXP003-c.md"));
  symlinkSync(join(outside, "folder"), join(root, "experiments/folder"));
  symlinkSync(`${root}-elsewhere`, join(root, "experiments/EXP004-d.md"));
  symlinkSync("EXP001-a.md", join(root, "experiments/EXP005-e.md"));
  assert.deepEqual(
    paths(root).map(([path]) => path),
    ["experiments/EXP001-a.md", "experiments/EXP005-e.md"],
  );
  assert.deepEqual(codes(root), [
    ["store/outside", "experiments/EXP002-b.md"],
    ["store/outside", "experiments/EXP003-c.md"],
    ["store/broken-link", "experiments/EXP004-d.md"],
    ["store/linked-folder", "experiments/folder"],
  ]);
});

test("experiments itself may not lead out of the journal", (context) => {
  const outside = makeFolder(context, { "a.md": "" });
  const root = makeFolder(context);
  symlinkSync(outside, join(root, "experiments"));
  assert.deepEqual(codes(root), [["store/outside", "experiments"]]);
});

test("a link that circles back is not walked for ever", (context) => {
  const root = makeFolder(context, { "experiments/a.md": "" });
  symlinkSync("..", join(root, "experiments/loop"));
  assert.deepEqual(paths(root), [["experiments/a.md", ""]]);
});

test("a pipe, a folder named like a run and a file named experiments cost one problem each", (context) => {
  const root = makeFolder(context, { "experiments/EXP001-a.md": "" });
  execFileSync("mkfifo", [join(root, "experiments/EXP002-b.md")]);
  mkdirSync(join(root, "experiments/EXP003-c.md"));
  assert.deepEqual(codes(root), [
    ["store/not-a-file", "experiments/EXP002-b.md"],
    ["store/not-a-file", "experiments/EXP003-c.md"],
  ]);
  const other = makeFolder(context, { experiments: "" });
  assert.deepEqual(codes(other), [["store/not-a-folder", "experiments"]]);
});

test("a file name with control characters is named and not read", (context) => {
  const root = makeFolder(context, { "experiments/EXP001\n-a.md": "", "experiments/EXP002\u202e.md": "" });
  assert.deepEqual(
    codes(root).map(([code]) => code),
    ["store/odd-name", "store/odd-name"],
  );
  assert.deepEqual(paths(root), []);
});

test("folders nested too deep are named", (context) => {
  const root = makeFolder(context, { [`experiments/${"a/".repeat(40)}x.md`]: "" });
  assert.deepEqual(
    codes(root).map(([code]) => code),
    ["store/too-deep"],
  );
});
