import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import { readJournalAt } from "../../src/store/at-commit.ts";

const top = mkdtempSync(join(tmpdir(), "journal-commit-"));
after(() => rmSync(top, { recursive: true, force: true }));
const root = join(top, "journal");
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const git = (...words: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...words], { cwd: top, encoding: "utf8" }).trim();
const run = (id: string, value: string): string => `---\nid: ${id}\nmetrics: { val_accuracy: ${value} }\n---\n`;

write("journal.yaml", "title: Then\n");
write("experiments/EXP001-aaaa-größe.md", run("EXP001-aaaa", "80%"));
write("experiments/README.md", "no run\n");
write("experiments/EXP001-aaaa.files/notes.md", run("EXP009-zzzz", "1%"));
write("experiments/.hidden/EXP008-yyyy.md", run("EXP008-yyyy", "1%"));
write("experiments/ocr/study.yaml", "title: OCR\n");
write("experiments/ocr/deep/EXP002-bbbb.md", run("EXP002-bbbb", "70%"));
write("experiments/broken.md", "---\nid: [\n---\n");
write("elsewhere.md", run("EXP007-xxxx", "1%"));
symlinkSync("/etc/passwd", join(root, "experiments", "EXP006-link.md"));
git("init", "--quiet", "--initial-branch=main");
git("add", "-A");
git("commit", "--quiet", "-m", "then");
git("tag", "v1");
write("journal.yaml", "title: Now\n");
write("experiments/EXP001-aaaa-größe.md", run("EXP001-aaaa", "90%"));
rmSync(join(root, "experiments", "ocr"), { recursive: true });

test("a commit has its own settings, studies and runs, whatever is checked out", () => {
  const { settings, studies, files, commit } = readJournalAt(root, "v1");
  assert.equal(settings.title, "Then");
  assert.deepEqual([...studies.keys()], ["", "ocr"]);
  const found = files.map(({ path, study, run: { metrics } }) => [path, study, metrics[0]?.after?.text]);
  assert.deepEqual(found.toSorted(), [
    ["experiments/EXP001-aaaa-größe.md", "", "80%"],
    ["experiments/broken.md", "", undefined],
    ["experiments/ocr/deep/EXP002-bbbb.md", "ocr", "70%"],
  ]);
  assert.equal(commit, git("rev-parse", "v1"));
});

test("a run that is still what it was is taken as it was read already", () => {
  const [first] = readJournalAt(root, "v1").files.filter(({ path }) => path.endsWith("größe.md"));
  assert.ok(first);
  const marked = { ...first, run: { ...first.run, title: "read already" } };
  const titles = (known: ReadonlyMap<string, typeof first>): readonly string[] =>
    readJournalAt(root, "v1", known).files.map(({ run }) => run.title);
  assert.ok(titles(new Map([[first.hash, marked]])).includes("read already"));
  assert.ok(!titles(new Map([[first.hash, { ...marked, path: "experiments/other.md" }]])).includes("read already"));
  assert.ok(!titles(new Map([["0", marked]])).includes("read already"));
});

test("what git does not know is refused, and never read as an option", () => {
  for (const ref of ["deadbeef", "--all", "v1..v2", "", "v1\n"]) {
    assert.throws(
      () => readJournalAt(root, ref === "" ? " " : ref),
      (error: unknown) => error instanceof JournalError && error.problems[0]?.code === "store/no-ref",
      ref,
    );
  }
  const bare = mkdtempSync(join(tmpdir(), "journal-nogit-"));
  after(() => rmSync(bare, { recursive: true, force: true }));
  writeFileSync(join(bare, "journal.yaml"), "");
  assert.throws(
    () => readJournalAt(bare, "HEAD"),
    (error: unknown) => error instanceof JournalError && error.problems[0]?.code === "store/no-git",
  );
});
