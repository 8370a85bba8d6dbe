import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { world } from "../../src/store/effects.ts";
import { idOfName, numberOf, takeId } from "../../src/store/ids.ts";
import { git, makeFolder } from "./folder.ts";

const fixed = { ...world, random: (count: number) => new Uint8Array(count).map((_, index) => index * 37) };

test("the first id of an empty journal is EXP001 with a suffix of four letters", (context) => {
  assert.equal(takeId(makeFolder(context), 0, fixed), "EXP001-05af");
});

test("an id is three digits wide at least, and wider when it must be", (context) => {
  const root = makeFolder(context);
  assert.match(takeId(root, 41, world), /^EXP042-[0-9a-hjkmnp-tv-z]{4}$/);
  assert.match(takeId(root, 999, world), /^EXP1000-/);
  assert.match(takeId(root, 12344, world), /^EXP12345-/);
});

test("a number is never given twice, also when its file never came to be", (context) => {
  const root = makeFolder(context);
  assert.deepEqual(
    [1, 2, 3].map(() => numberOf(takeId(root, 0, world))),
    [1, 2, 3],
  );
});

test("a lost or damaged counter counts from the files", (context) => {
  const root = makeFolder(context);
  takeId(root, 6, world);
  writeFileSync(join(root, ".journal/counter"), "garbage");
  assert.equal(numberOf(takeId(root, 6, world)), 7);
});

test("without git the counter lives in .journal, which hides itself from git", (context) => {
  const root = makeFolder(context);
  takeId(root, 0, world);
  assert.deepEqual(readdirSync(join(root, ".journal")).sort(), [".gitignore", "counter"]);
  assert.equal(readFileSync(join(root, ".journal/.gitignore"), "utf8"), "*\n");
});

test("worktrees of one clone share the counter in git's common folder", (context) => {
  const root = makeFolder(context, { "main/journal.yaml": "" });
  const main = join(root, "main");
  git(main, "init", "-q");
  git(main, "add", ".");
  git(main, "commit", "-q", "-m", "start");
  git(main, "worktree", "add", "-q", "../second", "-b", "second");
  assert.equal(numberOf(takeId(main, 0, world)), 1);
  assert.equal(numberOf(takeId(join(root, "second"), 0, world)), 2);
  assert.equal(numberOf(takeId(main, 0, world)), 3);
  assert.deepEqual(readdirSync(join(main, ".git/journal")), ["counter"]);
  assert.equal(existsSync(join(main, ".journal")), false);
  assert.equal(git(main, "status", "--porcelain"), "");
});

test("two journals in one repository count for themselves", (context) => {
  const root = makeFolder(context, { "one/journal.yaml": "", "two/journal.yaml": "" });
  git(root, "init", "-q");
  assert.equal(numberOf(takeId(join(root, "one"), 8, world)), 9);
  assert.equal(numberOf(takeId(join(root, "two"), 0, world)), 1);
});

test("a .git file that points to something that is no repository is not written to", (context) => {
  const root = makeFolder(context, { "journal/.git": "gitdir: ../elsewhere\n", "elsewhere/precious.txt": "x" });
  takeId(join(root, "journal"), 0, world);
  assert.deepEqual(readdirSync(join(root, "elsewhere")), ["precious.txt"]);
});

test("a file name says its id and number", () => {
  assert.deepEqual(idOfName("EXP042-k7f3-double-the-batch.md"), { id: "EXP042-k7f3", number: 42 });
  assert.deepEqual(idOfName("EXP042-k7f3.md"), { id: "EXP042-k7f3", number: 42 });
  assert.deepEqual(idOfName("EXP042-baseline.md"), { id: "EXP042", number: 42 });
  assert.deepEqual(idOfName("exp7.md"), { id: "exp7", number: 7 });
  assert.equal(idOfName("notes.md"), undefined);
  assert.equal(idOfName("2026-11-20.md"), undefined);
});
