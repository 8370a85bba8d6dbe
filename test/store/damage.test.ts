// What cannot be read, or not be believed, is neither published as data nor taken for an empty journal.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { JournalError, type Problem } from "../../src/base/problem.ts";
import { type Journal, openJournal } from "../../src/store/journal.ts";
import { makeFolder } from "./folder.ts";

const run = (id: string, more = ""): string => `---\nid: ${id}\ntitle: Title of ${id}\nstatus: finished\n${more}---\n`;
const conflict = `metrics:
<<<<<<< ours
  val_accuracy: 0.95
=======
  val_accuracy: 0.96
>>>>>>> theirs
config: { lr: 1 }
changes: { lr: 0 -> 1 }
decision: keep
reason: It won.
repeats: [{ seed: 1 }]
`;

function makeJournal(context: TestContext, files: Readonly<Record<string, string>> = {}): string {
  return makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP001-aaaa-one.md": run("EXP001-aaaa", "metrics: { acc: 1 }\n"),
    ...files,
  });
}

function heard(root: string): { readonly journal: Journal; readonly warnings: Problem[] } {
  const warnings: Problem[] = [];
  return { journal: openJournal(root, { warn: (problem) => void warnings.push(problem) }), warnings };
}

test("a damaged file is listed without its values, also from the cache, and said once", (context) => {
  const root = makeJournal(context, { "experiments/EXP002-bbbb-two.md": run("EXP002-bbbb", conflict) });
  for (const _ of ["fresh", "cached"]) {
    const { journal, warnings } = heard(root);
    const file = journal.files().find(({ path }) => path.includes("EXP002"));
    assert.equal(file?.broken, true);
    assert.deepEqual([file.run.id, file.run.title, file.run.status], ["EXP002-bbbb", "Title of EXP002-bbbb", "finished"]);
    const { metrics, config, changes, repeats, decision } = file.run;
    assert.deepEqual([metrics, config, changes, repeats, decision], [[], {}, [], [], undefined]);
    const line = journal
      .listLines()
      .map((text) => JSON.parse(text))
      .find(({ id }) => id === "EXP002-bbbb");
    assert.deepEqual(line, {
      id: "EXP002-bbbb",
      broken: true,
      title: "Title of EXP002-bbbb",
      status: "finished",
      study: "",
      path: "experiments/EXP002-bbbb-two.md",
    });
    assert.deepEqual(journal.find("2").run.metrics, []);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["store/damaged-runs"],
    );
  }
});

test("a whole journal is no reason for a warning, nor is a word in a title", (context) => {
  const { journal, warnings } = heard(
    makeJournal(context, {
      "experiments/EXP002-bbbb.md": run("EXP002-bbbb", 'x: {"broken":true}\nchanges: { a: { from: 1, to: { broken: true } } }\n'),
    }),
  );
  journal.listLines();
  assert.deepEqual(warnings, []);
});

test("a file that is left out is said", (context) => {
  const { journal, warnings } = heard(makeJournal(context, { "experiments/EXP002-bbbb.md": "\0" }));
  assert.equal(journal.files().length, 1);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["store/unread-runs"],
  );
});

test("whoever asks for the problems hears no warning besides", (context) => {
  const { journal, warnings } = heard(makeJournal(context, { "experiments/EXP002-bbbb.md": "\0" }));
  journal.problems();
  journal.files();
  assert.deepEqual(warnings, []);
});

const isRefused = (work: () => unknown): void => assert.throws(work, (error: unknown) => error instanceof JournalError && error.exit === 1);

test("an `experiments` that leads nowhere or outside is no empty journal", (context) => {
  for (const target of ["nowhere", "/"]) {
    const root = makeJournal(context);
    rmSync(join(root, "experiments"), { recursive: true });
    symlinkSync(target, join(root, "experiments"));
    const journal = openJournal(root);
    for (const work of [() => journal.files(), () => journal.listLines(), () => journal.summaries()]) isRefused(work);
    assert.ok(journal.problems().some(({ code }) => code === (target === "/" ? "store/outside" : "store/broken-link")));
  }
});

const asOther = process.getuid?.() === 0 ? ["setpriv", "--reuid", "65534", "--clear-groups"] : [];
const cannot =
  process.platform === "win32"
    ? "no permissions of this kind"
    : asOther.length > 0 && spawnSync(asOther[0] ?? "", [...asOther.slice(1), "true"]).status !== 0
      ? "root reads everything, and there is no setpriv"
      : false;

/** What an ordinary user meets. */
function ask(
  root: string,
  expression: string,
): { readonly value?: unknown; readonly codes?: readonly string[]; readonly hint?: string; readonly warned: readonly string[] } {
  const script = `
    import { openJournal } from ${JSON.stringify(new URL("../../src/store/journal.ts", import.meta.url).href)};
    const warned = [];
    const journal = openJournal(${JSON.stringify(root)}, { warn: ({ code }) => void warned.push(code) });
    let answer;
    try { answer = { value: ${expression} }; } catch (error) { answer = { codes: error.problems?.map(({ code }) => code) ?? [String(error)], hint: error.problems?.[0]?.hint }; }
    console.log(JSON.stringify({ ...answer, warned }));`;
  const [program = process.execPath, ...words] = [...asOther, process.execPath, "--import", "tsx", "--input-type=module", "-e", script];
  const { stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout);
}

test("a folder that cannot be read is a refusal, not a journal with fewer runs", { skip: cannot }, (context) => {
  for (const folder of ["experiments", "experiments/deep"]) {
    for (const bits of [0, 1, 4]) {
      const root = makeJournal(context, { "experiments/deep/EXP003-cccc.md": run("EXP003-cccc") });
      chmodSync(root, 0o755);
      chmodSync(join(root, folder), asOther.length > 0 ? 0o700 | bits : bits << 6);
      for (const expression of ["journal.files().length", "journal.listLines().length", "journal.summaries().length"])
        assert.deepEqual(ask(root, expression).codes, ["store/unreadable"], `${folder} ${bits}`);
      assert.ok((ask(root, "journal.problems().map(({ code }) => code)").value as string[]).includes("store/unreadable"));
      chmodSync(join(root, folder), 0o755);
    }
  }
});

test("one file that cannot be read costs a warning, and an error for who checks", { skip: cannot }, (context) => {
  const root = makeJournal(context, { "experiments/EXP003-cccc.md": run("EXP003-cccc") });
  chmodSync(root, 0o755);
  chmodSync(join(root, "experiments/EXP003-cccc.md"), 0);
  const { value, warned } = ask(root, "journal.files().length");
  assert.deepEqual([value, warned.filter((code) => code.startsWith("store/unread"))], [1, ["store/unread-runs"]]);
  assert.ok((ask(root, "journal.problems().map(({ code }) => code)").value as string[]).includes("store/unreadable"));
});

test("what is refused in a read-only folder names the folder", { skip: cannot }, (context) => {
  const root = makeJournal(context, { "curve.png": "x" });
  if (asOther.length > 0) chmodSync(join(root, "experiments/EXP001-aaaa-one.md"), 0o666);
  chmodSync(root, 0o755);
  chmodSync(join(root, "experiments"), 0o555);
  for (const expression of [
    'journal.edit("1", [{ kind: "set", path: ["title"], value: "x" }])',
    'journal.remove("1")',
    `journal.attach("1", ${JSON.stringify(join(root, "curve.png"))})`,
  ]) {
    const { codes, hint } = ask(root, expression);
    assert.deepEqual([codes, hint], [["store/read-only"], `allow it: chmod u+w ${root}/experiments`], expression);
  }
  chmodSync(join(root, "experiments"), 0o755);
});
