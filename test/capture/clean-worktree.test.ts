import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeWorktree } from "../../src/capture/clean-worktree.ts";
import { takeSnapshot } from "../../src/capture/snapshot.ts";
import { git, makeFolder, put } from "../store/folder.ts";

test("the code of a run stands in a worktree of its own, on the commit of the run, and goes without a trace", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "train.py": "1\n",
    ".gitignore": "data/\n",
    "data/x.csv": "1",
    "experiments/EXP001-a.md": "",
  });
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-qm", "start");
  put(root, { "train.py": "2\n", "new.py": "n\n" });
  const { snapshot = "", commit } = takeSnapshot(root, "EXP002-bbbb");
  put(root, { "train.py": "3\n" });
  const status = git(root, "status", "--porcelain=v2");
  const made = makeWorktree(root, snapshot, commit);
  assert.ok(!("failed" in made));
  assert.equal(readFileSync(join(made.top, "train.py"), "utf8"), "2\n");
  assert.ok(existsSync(join(made.top, "new.py")) && !existsSync(join(made.top, "experiments")) && !existsSync(join(made.top, "data")));
  assert.equal(git(made.top, "rev-parse", "HEAD").trim(), commit);
  assert.equal(takeSnapshot(made.top, "EXP003-cccc").snapshot, snapshot);
  made.link("data/x.csv");
  made.link("train.py");
  made.link("../outside");
  assert.ok(lstatSync(join(made.top, "data/x.csv")).isSymbolicLink());
  assert.equal(readFileSync(join(made.top, "train.py"), "utf8"), "2\n");
  made.remove();
  assert.ok(!existsSync(made.top));
  assert.equal(readFileSync(join(root, "data/x.csv"), "utf8"), "1");
  assert.equal(git(root, "worktree", "list").trim().split("\n").length, 1);
  assert.equal(git(root, "status", "--porcelain=v2"), status);
  assert.ok("failed" in makeWorktree(root, "0".repeat(40), undefined));
});
