import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { attachFile, removeRun } from "../../src/store/attach.ts";
import { makeFolder } from "./folder.ts";

const refusal = (code: string, exit: number) => (error: unknown) =>
  error instanceof JournalError && error.problems[0]?.code === code && error.exit === exit;
const folder = "experiments/EXP001-ab1c.files";

test("a file is copied beside the run under its own name", (context) => {
  const root = makeFolder(context, { "plot.png": "picture" });
  assert.equal(attachFile(root, folder, join(root, "plot.png")), `${folder}/plot.png`);
  assert.equal(readFileSync(join(root, folder, "plot.png"), "utf8"), "picture");
});

test("attaching the same bytes again changes nothing, other bytes under the name are refused", (context) => {
  const root = makeFolder(context, { "plot.png": "picture" });
  attachFile(root, folder, join(root, "plot.png"));
  assert.equal(attachFile(root, folder, join(root, "plot.png")), `${folder}/plot.png`);
  writeFileSync(join(root, "plot.png"), "another");
  assert.throws(() => attachFile(root, folder, join(root, "plot.png")), refusal("store/exists", 2));
  assert.equal(readFileSync(join(root, folder, "plot.png"), "utf8"), "picture");
});

const names = [
  "",
  "..",
  "../x",
  "a/b",
  "a\\b",
  ".hidden",
  "-rf",
  "a\nb",
  "a\x1b[31m",
  "a\u202egnp",
  "con",
  "NUL.txt",
  "a:b",
  "trailing.",
  "trailing ",
  "x".repeat(151),
  "\ud800",
  "a?b",
  "/etc/passwd",
];
for (const name of names) {
  test(`the name ${JSON.stringify(name).slice(0, 30)} is refused`, (context) => {
    const root = makeFolder(context, { "plot.png": "picture" });
    assert.throws(() => attachFile(root, folder, join(root, "plot.png"), name), refusal("store/bad-name", 2));
    assert.equal(existsSync(join(root, "experiments")), false);
  });
}

test("names of all alphabets are taken", (context) => {
  const root = makeFolder(context, { "plot.png": "picture" });
  for (const name of ["größe (1).png", "图.png", "console.txt", "a.b.c"])
    assert.equal(attachFile(root, folder, join(root, "plot.png"), name), `${folder}/${name}`);
});

test("a file larger than the limit is refused before it is read", (context) => {
  const root = makeFolder(context, { "best.pt": "x".repeat(1_000_001) });
  assert.throws(() => attachFile(root, folder, join(root, "best.pt")), refusal("store/too-large", 2));
});

test("a missing file, a folder and a pipe are refused", (context) => {
  const root = makeFolder(context);
  execFileSync("mkfifo", [join(root, "pipe")]);
  assert.throws(() => attachFile(root, folder, join(root, "none")), refusal("store/no-source", 3));
  assert.throws(() => attachFile(root, folder, root, "x"), refusal("store/no-source", 2));
  assert.throws(() => attachFile(root, folder, join(root, "pipe")), refusal("store/no-source", 2));
});

test("an attachment folder that leads out of the journal is not written to", (context) => {
  const outside = makeFolder(context, { "keep.txt": "x" });
  const root = makeFolder(context, { "plot.png": "picture", "experiments/x": "" });
  symlinkSync(outside, join(root, folder));
  assert.throws(() => attachFile(root, folder, join(root, "plot.png")), refusal("store/outside", 2));
  assert.equal(existsSync(join(outside, "plot.png")), false);
});

test("removing a run removes its file and its attachments, and of a link only the link", (context) => {
  const outside = makeFolder(context, { "keep.txt": "x" });
  const root = makeFolder(context, {
    "experiments/EXP001-ab1c-a.md": "a",
    [`${folder}/deep/curve.csv`]: "1",
    "experiments/EXP002-ab1c-b.md": "b",
  });
  assert.deepEqual(removeRun(root, "experiments/EXP001-ab1c-a.md", folder), [
    "experiments/EXP001-ab1c-a.md",
    `${folder}/deep`,
    `${folder}/deep/curve.csv`,
  ]);
  assert.equal(existsSync(join(root, folder)), false);
  symlinkSync(outside, join(root, "experiments/EXP002-ab1c.files"));
  assert.deepEqual(removeRun(root, "experiments/EXP002-ab1c-b.md", "experiments/EXP002-ab1c.files"), [
    "experiments/EXP002-ab1c-b.md",
    "experiments/EXP002-ab1c.files",
  ]);
  assert.ok(existsSync(join(outside, "keep.txt")));
});
