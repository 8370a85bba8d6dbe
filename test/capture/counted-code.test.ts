import assert from "node:assert/strict";
import { test } from "node:test";
import { listCodeChanges, readCodeDifference } from "../../src/capture/code-change.ts";
import { countsAsCode } from "../../src/capture/counted-code.ts";
import { codePaths } from "../../src/capture/own-paths.ts";
import { nothingCounts, takeSnapshot } from "../../src/capture/snapshot.ts";
import { git, makeFolder, put } from "../store/folder.ts";

const paths = ["vision/train.py", "vision/README.md", "nlp/train.py", "lib/größe/a.py", "train.py", "visionary.py"];
const counted = (...patterns: readonly string[]): readonly string[] => paths.filter(countsAsCode(patterns));

test("patterns name files and folders; with ! they leave out", () => {
  assert.deepEqual(counted(), paths);
  assert.deepEqual(counted("vision"), ["vision/train.py", "vision/README.md"]);
  assert.deepEqual(counted("/vision/", "./lib/**"), ["vision/train.py", "vision/README.md", "lib/größe/a.py"]);
  assert.deepEqual(counted("vision", "!**/*.md"), ["vision/train.py"]);
  assert.deepEqual(counted("!nlp", "!*.py"), ["vision/train.py", "vision/README.md", "lib/größe/a.py"]);
});

test("only a change of what counts is another code, and git lists the same files", (context) => {
  const root = makeFolder(context, Object.fromEntries([...paths, "journal.yaml"].map((path) => [path, "1\n"])));
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "start");
  const patterns = ["vision", "lib", "!**/*.md"];
  const taken = () => takeSnapshot(root, undefined, { counted: patterns });
  const first = taken();
  assert.match(first.code ?? "", /^[0-9a-f]{40}$/);
  put(root, { "nlp/train.py": "2\n", "vision/README.md": "2\n", "new.py": "1\n" });
  const second = taken();
  assert.equal(second.code, first.code);
  assert.notEqual(second.snapshot, first.snapshot);
  put(root, { "lib/größe/a.py": "2\n", "vision/new.py": "1\n" });
  const third = taken();
  assert.notEqual(third.code, first.code);
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "more");
  assert.equal(taken().code, third.code);
  const [from = "", to = ""] = [first.snapshot, third.snapshot];
  const names = (words: readonly string[]): readonly string[] => listCodeChanges(root, from, to, words)?.map(({ path }) => path) ?? [];
  assert.deepEqual(names(patterns), ["lib/größe/a.py", "vision/new.py"]);
  assert.deepEqual(names([]).length, 5);
  const patched = (words: readonly string[]): number => (readCodeDifference(root, from, to, words) ?? "").split("\ndiff --git ").length;
  assert.equal(patched(patterns), 2);
  assert.equal(patched([]), 5);
  assert.ok(codePaths(root, root, ["vision"]).every((word) => word.startsWith(":(top")));
});

test("patterns that mean no file are named, and no digest is made of nothing", (context) => {
  const root = makeFolder(context, { "journal.yaml": "", "train.py": "" });
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "start");
  const taken = takeSnapshot(root, undefined, { counted: ["trian.py"] });
  assert.equal(taken.code, undefined);
  assert.deepEqual(taken.missing, [nothingCounts]);
  assert.equal(takeSnapshot(root, undefined).code, undefined);
});
