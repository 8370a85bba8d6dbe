import assert from "node:assert/strict";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { createFile, overwrite, renameFile, replaceFile } from "../../src/store/writer.ts";
import { makeFolder } from "./folder.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const refusal = (code: string, exit: number) => (error: unknown) =>
  error instanceof JournalError && error.problems[0]?.code === code && error.exit === exit;

test("a file is replaced by exactly the new bytes, with its mode", (context) => {
  const folder = makeFolder(context, { "a.md": "old" });
  chmodSync(join(folder, "a.md"), 0o640);
  assert.equal(replaceFile(join(folder, "a.md"), bytes("new\r\nbytes"), bytes("old")), true);
  assert.equal(readFileSync(join(folder, "a.md"), "utf8"), "new\r\nbytes");
  assert.equal(statSync(join(folder, "a.md")).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder), ["a.md"]);
});

test("equal bytes are not written: the times stay", (context) => {
  const folder = makeFolder(context, { "a.md": "same" });
  utimesSync(join(folder, "a.md"), 1000, 1000);
  const before = statSync(join(folder, "a.md"));
  assert.equal(replaceFile(join(folder, "a.md"), bytes("same"), bytes("same")), false);
  const after = statSync(join(folder, "a.md"));
  assert.deepEqual([after.mtimeMs, after.ctimeMs, after.ino], [before.mtimeMs, before.ctimeMs, before.ino]);
});

test("a save between read and write is refused with exit 4 and kept", (context) => {
  const folder = makeFolder(context, { "a.md": "saved by hand" });
  assert.throws(() => replaceFile(join(folder, "a.md"), bytes("ours"), bytes("old")), refusal("store/changed-meanwhile", 4));
  assert.equal(readFileSync(join(folder, "a.md"), "utf8"), "saved by hand");
  assert.deepEqual(readdirSync(folder), ["a.md"]);
});

test("a file that vanished meanwhile is refused with exit 4 and not made again", (context) => {
  const folder = makeFolder(context);
  assert.throws(() => replaceFile(join(folder, "a.md"), bytes("ours"), bytes("old")), refusal("store/vanished", 4));
  assert.deepEqual(readdirSync(folder), []);
});

test("a symbolic link stays a link and its target is replaced", (context) => {
  const folder = makeFolder(context, { "inner/a.md": "old" });
  symlinkSync("inner/a.md", join(folder, "link.md"));
  replaceFile(join(folder, "link.md"), bytes("new"), bytes("old"));
  assert.ok(lstatSync(join(folder, "link.md")).isSymbolicLink());
  assert.equal(readFileSync(join(folder, "inner/a.md"), "utf8"), "new");
});

test("a folder where the file should be is named", (context) => {
  const folder = makeFolder(context);
  mkdirSync(join(folder, "a.md"));
  assert.throws(() => replaceFile(join(folder, "a.md"), bytes("x"), bytes("y")), refusal("store/not-a-file", 2));
  assert.throws(() => createFile(join(folder, "a.md"), bytes("x")), refusal("store/exists", 4));
});

test("a read-only file or folder is refused and untouched", {
  skip: process.getuid?.() === 0 && "root may write everywhere",
}, (context) => {
  const folder = makeFolder(context, { "a.md": "old" });
  chmodSync(join(folder, "a.md"), 0o444);
  assert.throws(() => replaceFile(join(folder, "a.md"), bytes("new"), bytes("old")), refusal("store/read-only", 1));
  chmodSync(join(folder, "a.md"), 0o644);
  chmodSync(folder, 0o555);
  assert.throws(() => replaceFile(join(folder, "a.md"), bytes("new"), bytes("old")), refusal("store/read-only", 1));
  assert.throws(() => createFile(join(folder, "b.md"), bytes("new")), refusal("store/read-only", 1));
  chmodSync(folder, 0o755);
  assert.equal(readFileSync(join(folder, "a.md"), "utf8"), "old");
});

test("a new file appears whole, with the folders above it, and nothing else", (context) => {
  const folder = makeFolder(context);
  createFile(join(folder, "deep/er/a.md"), bytes("new"));
  assert.equal(readFileSync(join(folder, "deep/er/a.md"), "utf8"), "new");
  assert.deepEqual(readdirSync(join(folder, "deep/er")), ["a.md"]);
  assert.equal(statSync(join(folder, "deep/er/a.md")).nlink, 1);
});

test("a new file never overwrites one that is there", (context) => {
  const folder = makeFolder(context, { "a.md": "mine" });
  assert.throws(() => createFile(join(folder, "a.md"), bytes("other")), refusal("store/exists", 4));
  assert.equal(readFileSync(join(folder, "a.md"), "utf8"), "mine");
  assert.deepEqual(readdirSync(folder), ["a.md"]);
});

test("renaming never overwrites", (context) => {
  const folder = makeFolder(context, { "a.md": "a", "b.md": "b" });
  assert.throws(() => renameFile(join(folder, "a.md"), join(folder, "b.md")), refusal("store/exists", 4));
  renameFile(join(folder, "a.md"), join(folder, "c.md"));
  assert.deepEqual(readdirSync(folder), ["b.md", "c.md"]);
  assert.equal(readFileSync(join(folder, "c.md"), "utf8"), "a");
});

test("a file with a second hard link is replaced without writing into the other one", (context) => {
  const folder = makeFolder(context, { "a.md": "old" });
  linkSync(join(folder, "a.md"), join(folder, "b.md"));
  replaceFile(join(folder, "a.md"), bytes("new"), bytes("old"));
  assert.equal(readFileSync(join(folder, "b.md"), "utf8"), "old");
});

test("a large file is written whole", (context) => {
  const folder = makeFolder(context);
  const large = Buffer.alloc(3_000_001, "abc");
  createFile(join(folder, "a.bin"), large);
  assert.ok(readFileSync(join(folder, "a.bin")).equals(large));
});

test("a disposable file is overwritten and leaves nothing beside it", (context) => {
  const folder = makeFolder(context, { counter: "1\n" });
  overwrite(join(folder, "counter"), "2\n");
  assert.equal(readFileSync(join(folder, "counter"), "utf8"), "2\n");
  assert.throws(() => overwrite(join(folder, "none/counter"), "2\n"));
  writeFileSync(join(folder, "x"), "");
  assert.deepEqual(readdirSync(folder), ["counter", "x"]);
});
