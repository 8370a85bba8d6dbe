import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readCommit } from "../../src/store/git.ts";
import { readBuiltFrom } from "../../src/store/git-built.ts";
import { git, makeFolder, put } from "./folder.ts";

function makeRepository(context: TestContext, inside: string): { readonly top: string; readonly root: string } {
  const journal = (path: string): string => join(inside, path);
  const top = makeFolder(context, { [journal("journal.yaml")]: "", [journal("experiments/EXP001-a.md")]: "one", "train.py": "x" });
  git(top, "init", "-q");
  git(top, "add", ".");
  git(top, "commit", "-q", "-m", "start");
  return { top, root: join(top, inside) };
}

for (const inside of ["", "deep/journal"]) {
  test(`a site knows its commit, and tells the journal's own changes from the code's${inside === "" ? "" : " in a subfolder"}`, async (context) => {
    const { top, root } = makeRepository(context, inside);
    const commit = readCommit(root);
    assert.deepEqual(await readBuiltFrom(root), { commit });
    put(root, { "experiments/EXP001-a.md": "two", "experiments/EXP002-b.md": "new", "reports/one.md": "new" });
    assert.deepEqual(await readBuiltFrom(root), { commit, uncommitted: 3 });
    put(top, { "train.py": "y", "scratch.txt": "never added" });
    assert.deepEqual(await readBuiltFrom(root), { commit, dirty: true, uncommitted: 3 });
  });
}

test("outside a repository, and before the first commit, a site knows nothing", async (context) => {
  const root = makeFolder(context, { "journal.yaml": "" });
  assert.deepEqual(await readBuiltFrom(root), {});
  git(root, "init", "-q");
  assert.deepEqual(await readBuiltFrom(root), {});
});
