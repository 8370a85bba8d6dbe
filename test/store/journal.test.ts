import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { JournalError } from "../../src/base/problem.ts";
import type { Json } from "../../src/record/tree.ts";
import { applyFix, planFixes } from "../../src/store/fixes.ts";
import { type Journal, openJournal } from "../../src/store/journal.ts";
import { makeFolder, put, snapshot } from "./folder.ts";

const refusal = (code: string, exit: number) => (error: unknown) =>
  error instanceof JournalError && error.problems[0]?.code === code && error.exit === exit;
const now = new Date("2026-11-20T10:00:00Z");
const open = (root: string): Journal => openJournal(root, { now: () => now });
const run = (id: string, more = ""): string => `---\nid: ${id}\ntitle: Title of ${id}\ndate: 2026-11-01\n${more}---\n`;
const fresh = { title: "Double the batch", date: "2026-11-20T10:00:00+01:00", status: "planned" } as const;
const set = (path: readonly string[], value: Json) => [{ kind: "set", path, value } as const];

function makeJournal(context: TestContext, files: Readonly<Record<string, string>> = {}): string {
  return makeFolder(context, {
    "journal.yaml": "title: Cats\n",
    "experiments/EXP001-9qd2-baseline.md": run("EXP001-9qd2", "aliases: [first-one]\n"),
    "experiments/EXP042-k7f3-double.md": run("EXP042-k7f3", "base: EXP001-9qd2\n"),
    "experiments/ocr/study.yaml": "title: Letters\n",
    "experiments/ocr/EXP043-x1ze-letters.md": run("EXP043-x1ze"),
    ...files,
  });
}

test("a journal opens from any folder or file inside it", (context) => {
  const root = makeJournal(context);
  for (const start of [root, join(root, "experiments/ocr"), join(root, "experiments/EXP042-k7f3-double.md")])
    assert.equal(openJournal(start).root, root);
  assert.equal(open(root).settings.title, "Cats");
  assert.deepEqual([...open(root).studies.keys()], ["", "ocr"]);
  assert.deepEqual(
    open(root)
      .files()
      .map(({ run, study }) => [run.id, study]),
    [
      ["EXP001-9qd2", ""],
      ["EXP042-k7f3", ""],
      ["EXP043-x1ze", "ocr"],
    ],
  );
});

for (const reference of [
  "EXP042-k7f3",
  "exp042-k7f3",
  "EXP042",
  "42",
  "#42",
  "experiments/EXP042-k7f3-double.md",
  "EXP042-k7f3-double.md",
]) {
  test(`${reference} finds the run without reading the others`, (context) => {
    const root = makeJournal(context);
    assert.equal(open(root).find(reference).run.id, "EXP042-k7f3");
    assert.equal(existsSync(join(root, ".journal")), false);
  });
}

test("an alias finds its run", (context) => {
  assert.equal(open(makeJournal(context)).find("first-one").run.id, "EXP001-9qd2");
});

test("a path counts from where the person stands, then from the root", (context) => {
  const root = makeJournal(context);
  assert.equal(openJournal(join(root, "experiments")).find("ocr/EXP043-x1ze-letters.md").run.id, "EXP043-x1ze");
  assert.equal(openJournal(join(root, "experiments")).find("experiments/ocr/EXP043-x1ze-letters.md").run.id, "EXP043-x1ze");
});

test("a reference that is several runs lists the candidates and has exit 3", (context) => {
  const root = makeJournal(context, { "experiments/EXP042-zzzz-other.md": run("EXP042-zzzz") });
  assert.throws(() => open(root).find("42"), refusal("store/ambiguous", 3));
  assert.throws(
    () => open(root).find("EXP042"),
    (error) => error instanceof JournalError && /EXP042-k7f3.*EXP042-zzzz/.test(error.message),
  );
  assert.throws(() => open(root).find("EXP099"), refusal("store/no-run", 3));
});

test("one id in two files is ambiguous by id and found by path", (context) => {
  const root = makeJournal(context, { "experiments/EXP042-k7f3-copy.md": run("EXP042-k7f3") });
  assert.throws(() => open(root).find("EXP042-k7f3"), refusal("store/ambiguous", 3));
  assert.equal(open(root).find("experiments/EXP042-k7f3-copy.md").path, "experiments/EXP042-k7f3-copy.md");
});

test("a file whose name lies is found by the id it holds", (context) => {
  const root = makeJournal(context, { "experiments/EXP007-aaaa-x.md": run("EXP008-bbbb"), "experiments/my-notes.md": run("EXP009-cccc") });
  assert.equal(open(root).find("EXP008-bbbb").path, "experiments/EXP007-aaaa-x.md");
  assert.equal(open(root).find("9").path, "experiments/my-notes.md");
  assert.throws(() => open(root).find("EXP007-aaaa"), refusal("store/no-run", 3));
});

test("an unreadable file is found by name and refused with its own problem", (context) => {
  const root = makeJournal(context, { "experiments/EXP050-aaaa-x.md": "\0" });
  assert.throws(
    () => open(root).read("50"),
    (error) => error instanceof JournalError && error.exit === 2 && error.problems[0]?.path === "experiments/EXP050-aaaa-x.md",
  );
  assert.equal(open(root).files().length, 3);
});

test("an edit changes the named value and nothing else", (context) => {
  const root = makeJournal(context);
  const path = join(root, "experiments/EXP042-k7f3-double.md");
  const before = readFileSync(path, "utf8");
  const result = open(root).edit("42", set(["title"], "Other"));
  assert.deepEqual([result.path, result.changed], ["experiments/EXP042-k7f3-double.md", true]);
  assert.equal(readFileSync(path, "utf8"), before.replace("Title of EXP042-k7f3", "Other"));
  assert.deepEqual(readdirSync(join(root, ".journal/locks")), []);
});

test("an edit that changes nothing leaves bytes and times alone", (context) => {
  const root = makeJournal(context);
  const path = join(root, "experiments/EXP042-k7f3-double.md");
  utimesSync(path, 1000, 1000);
  const { mtimeMs, ctimeMs } = statSync(path);
  assert.equal(open(root).edit("42", set(["title"], "Title of EXP042-k7f3")).changed, false);
  assert.deepEqual([statSync(path).mtimeMs, statSync(path).ctimeMs], [mtimeMs, ctimeMs]);
});

test("an edit of a damaged file is refused with exit 2 and leaves the bytes", (context) => {
  const text = "---\nid: EXP050-aaaa\ntags: [a\n---\n";
  const root = makeJournal(context, { "experiments/EXP050-aaaa-x.md": text });
  assert.throws(
    () => open(root).edit("EXP050-aaaa", set(["title"], "x")),
    (error) => error instanceof JournalError && error.exit === 2,
  );
  assert.equal(readFileSync(join(root, "experiments/EXP050-aaaa-x.md"), "utf8"), text);
});

test("an open journal sees its own writes", (context) => {
  const journal = open(makeJournal(context));
  assert.equal(journal.files().length, 3);
  const { id } = journal.create(fresh);
  assert.equal(journal.files().length, 4);
  assert.deepEqual(journal.problems(), []);
  journal.edit(id, set(["title"], "Renamed"));
  assert.equal(journal.files().find(({ run }) => run.id === id)?.run.title, "Renamed");
  journal.remove(id);
  assert.equal(journal.files().length, 3);
});

test("a new run gets the next number of all studies, a suffix, and a name of id and title", (context) => {
  const root = makeJournal(context);
  const { id, path } = open(root).create(fresh);
  assert.match(id, /^EXP044-[0-9a-hjkmnp-tv-z]{4}$/);
  assert.equal(path, `experiments/${id}-double-the-batch.md`);
  const { file, parsed } = open(root).read(id);
  assert.deepEqual([file.run.id, file.run.title, parsed.problems], [id, "Double the batch", []]);
  assert.equal(open(root).create(fresh, { study: "ocr" }).path.startsWith("experiments/ocr/EXP045-"), true);
  assert.throws(() => open(root).create(fresh, { study: "orc" }), refusal("store/no-study", 3));
});

test("files without a number in their name count by the id they hold", (context) => {
  const root = makeJournal(context, { "experiments/mine.md": run("EXP100-aaaa") });
  assert.match(open(root).create(fresh).id, /^EXP101-/);
});

test("the first run of a journal without experiments makes the folder", (context) => {
  const root = makeFolder(context, { "journal.yaml": "" });
  assert.match(open(root).create(fresh).path, /^experiments\/EXP001-/);
});

test("a template of one's own is used, and one that breaks the file is refused before anything is written", (context) => {
  const root = makeJournal(context, { "templates/experiment.md": "---\nid:\ntitle:\ntags: [mine]\n---\n## Observations\n" });
  const { id } = open(root).create(fresh);
  assert.deepEqual(open(root).find(id).run.tags, ["mine"]);
  put(root, { "templates/experiment.md": "---\nid:\ntags: [mine\n---\n" });
  const before = snapshot(join(root, "experiments"));
  assert.throws(
    () => open(root).create(fresh),
    (error) => error instanceof JournalError && error.exit === 2,
  );
  assert.deepEqual(snapshot(join(root, "experiments")), before);
});

test("problems name path, line and column: of settings, of a file, across files, of the folder", (context) => {
  const root = makeJournal(context, {
    "experiments/EXP044-aaaa-x.md": run("EXP044-aaaa", "base: EXP999-zzzz\nlerning: 1\n"),
    "experiments/ocr/study.yaml": "title: [\n",
    "experiments/EXP077-gone.files/x.csv": "1",
  });
  symlinkSync("/etc/passwd", join(root, "experiments/EXP050-aaaa-x.md"));
  const problems = open(root).problems();
  const at = (path: string): readonly unknown[] =>
    problems.filter((problem) => problem.path === path).map(({ code, line }) => [code, line]);
  assert.deepEqual(at("experiments/EXP050-aaaa-x.md"), [["store/outside", undefined]]);
  assert.deepEqual(at("experiments/EXP077-gone.files"), [["store/orphan", undefined]]);
  const mine = at("experiments/EXP044-aaaa-x.md") as readonly (readonly [string, number])[];
  assert.deepEqual(mine.map(([, line]) => line).sort(), [5, 6]);
  assert.ok(problems.some(({ path, line }) => path === "experiments/ocr/study.yaml" && line !== undefined));
  assert.deepEqual(open(root).problems(), problems);
});

test("an honest journal has no problems", (context) => {
  assert.deepEqual(open(makeJournal(context)).problems(), []);
});

test("attachments live beside the run, by id, and go with it", (context) => {
  const root = makeJournal(context, { "plot.png": "picture" });
  assert.equal(open(root).attach("43", "plot.png").path, "experiments/ocr/EXP043-x1ze.files/plot.png");
  assert.deepEqual(open(root).problems(), []);
  assert.deepEqual(open(root).remove("43").paths, ["experiments/ocr/EXP043-x1ze-letters.md", "experiments/ocr/EXP043-x1ze.files/plot.png"]);
  assert.deepEqual(readdirSync(join(root, "experiments/ocr")), ["study.yaml"]);
});

test("an id that leads elsewhere never becomes a path", (context) => {
  const root = makeJournal(context, {
    "experiments/EXP050-aaaa-x.md": run('"../../EXP050"'),
    "plot.png": "picture",
    "EXP050.files/keep.txt": "x",
  });
  const path = "experiments/EXP050-aaaa-x.md";
  assert.throws(() => open(root).attach(path, "plot.png"), refusal("store/unusable-id", 2));
  assert.throws(() => open(root).rename(path), refusal("store/unusable-id", 2));
  assert.deepEqual(open(root).remove(path).paths, [path]);
  assert.ok(existsSync(join(root, "EXP050.files/keep.txt")));
});

test("fixes are planned first: a stale copy, a wrong name, a file left behind; then applied, and nothing is left to do", (context) => {
  const root = makeJournal(context, {
    "experiments/EXP051-aaaa-base.md": run(
      "EXP051-aaaa",
      "config: { lr: 1.0e-3 }\nmetrics:\n  acc: { after: [87.2%, 87.0%] }\n  f1: 0.5\n",
    ),
    "experiments/EXP052-bbbb-next.md": run(
      "EXP052-bbbb",
      "base: EXP051-aaaa\nconfig: { lr: 0.1 }\nchanges:\n  lr: { from: 0.5, to: 0.1 } # mine\nmetrics:\n  acc: { before: 80%, after: 88% }\n  f1: 0.4 -> 0.6\n",
    ),
    "experiments/mine.md": run("EXP053-cccc"),
    "experiments/.journal-0123456789abcdef.tmp": "half",
  });
  utimesSync(join(root, "experiments/.journal-0123456789abcdef.tmp"), 1000, 1000);
  const before = snapshot(root);
  const plan = planFixes(open(root), now);
  assert.deepEqual(plan.map(({ cure, path }) => [cure, path]).sort(), [
    ["file-name", "experiments/mine.md"],
    ["stale-before", "experiments/EXP052-bbbb-next.md"],
    ["stale-before", "experiments/EXP052-bbbb-next.md"],
    ["stale-change", "experiments/EXP052-bbbb-next.md"],
    ["temp-files", "experiments/.journal-0123456789abcdef.tmp"],
  ]);
  rmSync(join(root, ".journal"), { recursive: true });
  assert.deepEqual(snapshot(root), before);
  const journal = open(root);
  for (const fix of plan) applyFix(journal, fix);
  const text = readFileSync(join(root, "experiments/EXP052-bbbb-next.md"), "utf8");
  assert.match(text, /lr: \{ from: 1\.0e-3, to: 0\.1 \} # mine\n/);
  assert.match(text, /acc: \{ before: \[87\.2%, 87\.0%\], after: 88% \}\n/);
  assert.match(text, /f1: "?0\.5 → 0\.6"?\n/);
  assert.ok(existsSync(join(root, "experiments/EXP053-cccc-title-of-exp053-cccc.md")));
  assert.deepEqual(planFixes(open(root), now), []);
  assert.deepEqual(
    open(root)
      .problems()
      .filter(({ fix }) => fix !== undefined),
    [],
  );
});

test("a change that says otherwise than the run's own configuration is mended on both sides, with a base or without", (context) => {
  const path = "experiments/EXP052-bbbb-next.md";
  const root = makeJournal(context, {
    "experiments/EXP051-aaaa-base.md": run("EXP051-aaaa", "config: { lr: 1.0e-3, batch: 32 }\n"),
    [path]: run(
      "EXP052-bbbb",
      "base: EXP051-aaaa\nconfig: { lr: 0.2, batch: 64 }\nchanges:\n  lr: 0.5 -> 0.1\n  batch: { from: 32, to: 128 }\n",
    ),
    "experiments/EXP053-cccc-alone.md": run("EXP053-cccc", "config: { lr: 0.2 }\nchanges: { lr: { from: 1, to: 2 } }\n"),
  });
  const journal = open(root);
  for (const fix of planFixes(journal, now)) applyFix(journal, fix);
  const text = readFileSync(join(root, path), "utf8");
  assert.match(text, /lr: "?1\.0e-3 → 0\.2"?\n {2}batch: \{ from: 32, to: 64 \}\n/);
  assert.match(readFileSync(join(root, "experiments/EXP053-cccc-alone.md"), "utf8"), /\{ from: 1, to: 0\.2 \}/);
  assert.deepEqual(
    open(root)
      .problems()
      .filter(({ fix }) => fix !== undefined),
    [],
  );
});

test("a young temporary file may belong to a command at work: it is neither named nor swept", (context) => {
  const root = makeJournal(context, { "experiments/.journal-0123456789abcdef.tmp": "half" });
  const journal = openJournal(root);
  assert.deepEqual(planFixes(journal, new Date()), []);
  assert.equal(
    journal.problems().some(({ code }) => code === "store/leftover"),
    false,
  );
});

test("settings that cannot be read cost a problem, not the journal", (context) => {
  const root = makeJournal(context, { "journal.yaml": "title: [\n" });
  assert.equal(open(root).files().length, 3);
  assert.ok(
    open(root)
      .problems()
      .some(({ path, line }) => path === "journal.yaml" && line !== undefined),
  );
});

test("a read-only folder refuses create and edit with one clear problem and loses nothing", {
  skip: process.getuid?.() === 0 && "root may write everywhere",
}, (context) => {
  const root = makeJournal(context);
  const before = snapshot(join(root, "experiments"));
  mkdirSync(join(root, ".journal"));
  chmodSync(join(root, "experiments"), 0o555);
  try {
    assert.throws(() => open(root).create(fresh), refusal("store/read-only", 1));
    assert.throws(() => open(root).edit("42", set(["title"], "x")), refusal("store/read-only", 1));
  } finally {
    chmodSync(join(root, "experiments"), 0o755);
  }
  assert.deepEqual(snapshot(join(root, "experiments")), before);
});

test("a file that may not be read is one problem, and the others are listed", {
  skip: process.getuid?.() === 0 && "root may read everywhere",
}, (context) => {
  const root = makeJournal(context);
  chmodSync(join(root, "experiments/EXP042-k7f3-double.md"), 0);
  assert.deepEqual(
    open(root)
      .files()
      .map(({ run }) => run.id),
    ["EXP001-9qd2", "EXP043-x1ze"],
  );
  assert.deepEqual(
    open(root)
      .problems()
      .map(({ code, path }) => [code, path]),
    [["store/unreadable", "experiments/EXP042-k7f3-double.md"]],
  );
});

/** An edit during which the file is saved: each time its value is read, with what `text` says then. */
function interrupted(path: string, text: (time: number) => string | undefined) {
  let time = 0;
  const edit = {
    kind: "set",
    path: ["title"],
    get value() {
      const saved = text(++time);
      if (saved !== undefined) writeFileSync(path, saved);
      return "ours";
    },
  } as const;
  return [edit];
}

test("a save by hand between our read and our write is kept, and the edit made upon it", (context) => {
  const root = makeJournal(context);
  const path = join(root, "experiments/EXP042-k7f3-double.md");
  const edits = interrupted(path, (time) => (time === 1 ? run("EXP042-k7f3", "tags: [by hand]\n") : undefined));
  assert.equal(open(root).edit("42", edits).changed, true);
  assert.equal(readFileSync(path, "utf8"), run("EXP042-k7f3", "tags: [by hand]\n").replace("Title of EXP042-k7f3", "ours"));
});

test("a save that touches what is edited, or saves without end, are refused with exit 4", (context) => {
  const root = makeJournal(context);
  const path = join(root, "experiments/EXP042-k7f3-double.md");
  const theirs = run("EXP042-k7f3").replace("Title of", "By hand");
  for (const text of [() => theirs, (time: number) => run("EXP042-k7f3", `tags: [by hand ${time}]\n`)]) {
    writeFileSync(path, run("EXP042-k7f3"));
    assert.throws(() => open(root).edit("42", interrupted(path, text)), refusal("store/changed-meanwhile", 4));
    assert.match(readFileSync(path, "utf8"), /by hand/i);
  }
});
