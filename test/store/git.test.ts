import assert from "node:assert/strict";
import { existsSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { readBranch, readChangedSince, readCommit, readUncommitted, readUserName } from "../../src/store/git.ts";
import { findGit } from "../../src/store/git-folder.ts";
import { git, makeFolder, put } from "./folder.ts";

const refusal = (code: string) => (error: unknown) => error instanceof JournalError && error.problems[0]?.code === code && error.exit === 3;

function makeRepository(context: TestContext, inside = ""): { readonly top: string; readonly root: string } {
  const top = makeFolder(context, {
    [join(inside, "journal.yaml")]: "",
    [join(inside, "experiments/EXP001-a.md")]: "one",
    "other.txt": "x",
  });
  git(top, "init", "-q");
  git(top, "config", "user.name", "Ada Lovelace");
  git(top, "add", ".");
  git(top, "commit", "-q", "-m", "start");
  return { top, root: join(top, inside) };
}

for (const inside of ["", "deep/journal"]) {
  test(`a journal ${inside === "" ? "at the top" : "inside a folder"} of a repository sees what changed since a ref and what is not committed`, (context) => {
    const { top, root } = makeRepository(context, inside);
    git(top, "checkout", "-q", "-b", "work");
    put(root, { "experiments/EXP002-größe.md": "two" });
    git(top, "add", ".");
    git(top, "commit", "-q", "-m", "second");
    put(root, { "experiments/EXP003 with blank.md": "three", "experiments/EXP001-a.md": "changed" });
    writeFileSync(join(top, "other.txt"), "changed too");
    assert.deepEqual([...readChangedSince(root, "main")].sort(), [
      "experiments/EXP001-a.md",
      "experiments/EXP002-größe.md",
      "experiments/EXP003 with blank.md",
    ]);
    assert.deepEqual([...(readUncommitted(root) ?? [])].sort(), ["experiments/EXP001-a.md", "experiments/EXP003 with blank.md"]);
  });
}

test("what main did after the branch began is not a change of the branch", (context) => {
  const { top, root } = makeRepository(context);
  git(top, "checkout", "-q", "-b", "work");
  git(top, "checkout", "-q", "main");
  put(root, { "experiments/EXP002-b.md": "two" });
  git(top, "add", ".");
  git(top, "commit", "-q", "-m", "on main");
  git(top, "checkout", "-q", "work");
  assert.deepEqual([...readChangedSince(root, "main")], []);
});

test("commit, branch and user name are read", (context) => {
  const { root } = makeRepository(context);
  assert.equal(readCommit(root), git(root, "rev-parse", "HEAD").trim());
  assert.equal(readBranch(root), "main");
  assert.equal(readUserName(root), "Ada Lovelace");
});

test("a ref that looks like an option is a ref that does not exist", (context) => {
  const { root } = makeRepository(context);
  for (const ref of ["--output=stolen", "-h", "--exec=touch stolen", "nothing", "$(touch stolen)", "main; touch stolen"]) {
    assert.throws(() => readChangedSince(root, ref), refusal("store/no-ref"));
    assert.equal(existsSync(join(root, "stolen")), false);
  }
});

test("without a repository the answers are absent, and --since is refused with exit 3", (context) => {
  const root = makeFolder(context, { "journal.yaml": "" });
  assert.equal(findGit(root), undefined);
  assert.equal(readCommit(root), undefined);
  assert.deepEqual(readUncommitted(root), []);
  assert.throws(() => readChangedSince(root, "main"), refusal("store/no-git"));
});

test("a repository without a commit has no commit, and its runs are uncommitted", (context) => {
  const root = makeFolder(context, { "experiments/EXP001-a.md": "" });
  git(root, "init", "-q");
  assert.equal(readCommit(root), undefined);
  assert.deepEqual(readUncommitted(root), ["experiments/EXP001-a.md"]);
});

test("the common folder is the same from every worktree, read without starting git", (context) => {
  const { top } = makeRepository(context);
  git(top, "worktree", "add", "-q", `${top}-second`, "-b", "second");
  const second = realpathSync(`${top}-second`);
  context.after(() => rmSync(second, { recursive: true, force: true }));
  assert.equal(findGit(top)?.common, join(top, ".git"));
  assert.equal(findGit(join(second, "experiments"))?.common, join(top, ".git"));
  assert.equal(findGit(second)?.top, second);
});

test("without a git program --since says so, and nobody claims that all is committed", (context) => {
  const { root } = makeRepository(context);
  const path = process.env["PATH"];
  context.after(() => {
    process.env["PATH"] = path;
  });
  process.env["PATH"] = "";
  assert.throws(() => readChangedSince(root, "main"), refusal("store/no-git"));
  assert.equal(readUncommitted(root), undefined);
});
