import assert from "node:assert/strict";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { openJournal } from "../../src/store/journal.ts";
import { makeFolder, put } from "./folder.ts";

const run = (id: string, more = ""): string => `---\nid: ${id}\ntitle: Title of ${id}\ndate: 2026-11-01\n${more}---\n`;
const first = "experiments/EXP001-9qd2-baseline.md";
const second = "experiments/EXP042-k7f3-double.md";

function makeJournal(context: TestContext): string {
  return makeFolder(context, { "journal.yaml": "title: Cats\n", [first]: run("EXP001-9qd2"), [second]: run("EXP042-k7f3") });
}

test("rereading a journal that did not change finds nothing, and the same values", (context) => {
  const journal = openJournal(makeJournal(context));
  const files = journal.files();
  const next = journal.reread();
  assert.deepEqual([next.runs, next.setup], [[], false]);
  assert.deepEqual(
    next.journal.files().map((file, at) => file === files[at]),
    [true, true],
  );
});

test("rereading reads a changed run anew, keeps the others' values, and leaves the old journal as it was", (context) => {
  const root = makeJournal(context);
  const journal = openJournal(root);
  const before = journal.files();
  put(root, { [second]: run("EXP042-k7f3", "decision: keep\n") });
  const next = journal.reread();
  assert.deepEqual([next.runs, next.setup], [[second], false]);
  const after = next.journal.files();
  assert.equal(after[0], before[0]);
  assert.equal(after[1]?.run.decision, "keep");
  assert.equal(journal.files()[1]?.run.decision, undefined);
});

test("rereading names runs that are new, gone or renamed", (context) => {
  const root = makeJournal(context);
  const journal = openJournal(root);
  journal.files();
  put(root, { "experiments/EXP043-x1ze-new.md": run("EXP043-x1ze") });
  rmSync(join(root, first));
  renameSync(join(root, second), join(root, "experiments/EXP042-k7f3-other.md"));
  const next = journal.reread();
  assert.deepEqual([...next.runs].sort(), [first, second, "experiments/EXP042-k7f3-other.md", "experiments/EXP043-x1ze-new.md"].sort());
  assert.deepEqual(
    next.journal.files().map((file) => file.run.id),
    ["EXP042-k7f3", "EXP043-x1ze"],
  );
});

test("rereading finds changed settings and their mistakes, and a study that moved its runs", (context) => {
  const root = makeJournal(context);
  const journal = openJournal(root);
  journal.files();
  put(root, { "journal.yaml": "title: Dogs\n" });
  const dogs = journal.reread();
  assert.deepEqual([dogs.setup, dogs.journal.settings.title], [true, "Dogs"]);
  put(root, { "journal.yaml": "title: [\n" });
  const broken = dogs.journal.reread();
  assert.ok(broken.setup && broken.journal.problems().some(({ path, severity }) => path === "journal.yaml" && severity === "error"));
  put(root, { "journal.yaml": "title: Dogs\n", "experiments/ocr/study.yaml": "title: Letters\n" });
  renameSync(join(root, second), join(root, "experiments/ocr/EXP042-k7f3-double.md"));
  const moved = broken.journal.reread();
  assert.equal(moved.journal.files().find(({ run: { id } }) => id === "EXP042-k7f3")?.study, "ocr");
});

test("a save in the same instant and of the same length is not missed", (context) => {
  const root = makeJournal(context);
  let journal = openJournal(root);
  journal.files();
  for (const letter of "abcdefgh") {
    writeFileSync(join(root, first), run("EXP001-9qd2", `reason: ${letter}\n`));
    const next = letter < "e" ? journal.reread() : journal.reread(new Set([first]));
    assert.equal(next.journal.files()[0]?.run.reason, letter);
    journal = next.journal;
  }
});

test("rereading refuses when journal.yaml is gone, and the old journal still answers", (context) => {
  const root = makeJournal(context);
  const journal = openJournal(root);
  rmSync(join(root, "journal.yaml"));
  assert.throws(() => journal.reread(), JournalError);
  assert.equal(journal.files().length, 2);
});

test("with the names of what was saved no other file is looked at, and nothing that they tell is missed", (context) => {
  const root = makeJournal(context);
  let journal = openJournal(root);
  journal.files();
  const reread = (...paths: readonly string[]) => {
    const next = journal.reread(new Set(paths));
    journal = next.journal;
    return next.runs;
  };
  put(root, { [first]: run("EXP001-9qd2", "reason: one\n"), [second]: run("EXP042-k7f3", "reason: two\n") });
  assert.deepEqual(reread(first), [first]);
  assert.deepEqual(
    journal.files().map((file) => file.run.reason),
    ["one", undefined],
  );
  assert.deepEqual(reread(second), [second]);
  assert.deepEqual(reread(second), []);
  put(root, { "experiments/EXP043-x1ze-new.md": run("EXP043-x1ze") });
  assert.deepEqual(reread("experiments/EXP043-x1ze-new.md"), ["experiments/EXP043-x1ze-new.md"]);
  rmSync(join(root, first));
  assert.deepEqual(reread(first), [first]);
  assert.deepEqual(
    journal.files().map((file) => file.run.id),
    ["EXP042-k7f3", "EXP043-x1ze"],
  );
  put(root, { "journal.yaml": "title: Dogs\n" });
  assert.deepEqual(reread("journal.yaml"), []);
  assert.equal(journal.settings.title, "Dogs");
});
