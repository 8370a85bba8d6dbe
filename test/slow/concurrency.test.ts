// Many commands at once, from separate processes: no run lost, no id given twice, no lock left, no edit swallowed.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openJournal } from "../../src/store/journal.ts";
import { git, put } from "../store/folder.ts";
import { buildDriver, type Outcome, pool, run } from "./processes.ts";

const work = realpathSync(mkdtempSync(join(tmpdir(), "journal-many-")));
const rounds = Number(process.env["JOURNAL_ROUNDS"] ?? 2);
let driver = "";
before(() => {
  driver = buildDriver(work);
});
after(() => rmSync(work, { recursive: true, force: true }));

let made = 0;
function makeJournal(withGit: boolean): string {
  const root = join(work, `journal-${++made}`);
  mkdirSync(root);
  put(root, {
    "journal.yaml": "",
    ".gitignore": ".journal/\n",
    "experiments/EXP001-aaaa-first.md": "---\nid: EXP001-aaaa\ntitle: First\ntags: []\n---\n",
  });
  if (!withGit) return root;
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "start");
  return root;
}

const create = (root: string, title: string): Promise<Outcome> => run([driver, "create", root, title]);

/** Every file readable and distinct, nothing left of locks and temporary files. */
function inspect(root: string, common: string = root): readonly string[] {
  const journal = openJournal(root);
  const ids = journal.files().map((file) => file.run.id);
  assert.deepEqual(
    journal.problems().filter(({ severity }) => severity === "error"),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
  for (const folder of [join(root, "experiments"), join(root, ".journal"), join(root, ".journal/locks"), join(common, ".git/journal")]) {
    assert.deepEqual(
      names(folder).filter((name) => name.includes("lock~") || name === "lock" || name.endsWith(".tmp")),
      [],
    );
  }
  assert.deepEqual(names(join(root, ".journal/locks")), []);
  return ids;
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

for (const withGit of [true, false]) {
  test(`100 processes that create a run at once make 100 runs with 100 ids, ${withGit ? "with" : "without"} git`, async () => {
    for (let round = 0; round < rounds; round++) {
      const root = makeJournal(withGit);
      const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => create(root, `Run ${index}`)));
      assert.deepEqual(
        outcomes.filter(({ exit }) => exit !== 0),
        [],
      );
      const ids = inspect(root);
      assert.deepEqual(new Set(ids.map((id) => Number(id.slice(3, -5)))), new Set(Array.from({ length: 101 }, (_, index) => index + 1)));
    }
  });
}

test("100 processes in four worktrees of one clone share the numbers", async () => {
  for (let round = 0; round < rounds; round++) {
    const root = makeJournal(true);
    const trees = [root, ...["b", "c", "d"].map((name) => `${root}-${name}`)];
    for (const tree of trees.slice(1)) git(root, "worktree", "add", "-q", tree, "-b", tree.slice(-1));
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => create(trees[index % 4] ?? root, `Run ${index}`)));
    assert.deepEqual(
      outcomes.filter(({ exit }) => exit !== 0),
      [],
    );
    const ids = trees.flatMap((tree) => inspect(tree, root).filter((id) => id !== "EXP001-aaaa"));
    assert.equal(new Set(ids.map((id) => Number(id.slice(3, -5)))).size, 100);
    assert.deepEqual(names(join(root, ".git/journal")), ["counter"]);
  }
});

test("killing commands at random leaves whole files, and the next command is not blocked", async () => {
  const root = makeJournal(true);
  let random = 12345;
  const next = (): number => {
    random = (Math.imul(random, 1103515245) + 12345) >>> 0;
    return random / 2 ** 32;
  };
  const outcomes = await pool(
    Array.from({ length: 120 }, (_, index) => index),
    12,
    (index) => killed(root, `Run ${index}`, next() < 0.6 ? 40 + next() * 160 : undefined),
  );
  const finished = outcomes.filter((path) => path !== undefined);
  const { exit, stderr } = await create(root, "The next one");
  assert.equal(exit, 0, stderr);
  const journal = openJournal(root);
  assert.deepEqual(
    journal.problems().filter(({ severity }) => severity === "error"),
    [],
  );
  const paths = new Set(journal.files().map(({ path }) => path));
  assert.deepEqual(
    finished.filter((path) => !paths.has(path)),
    [],
    "a run that was reported is there",
  );
  const numbers = journal.files().map(({ run: { id } }) => id.slice(3, -5));
  assert.equal(new Set(numbers).size, numbers.length);
  await run([driver, "fix", root]);
  inspect(root);
});

/** The path that the command printed; nothing when it was killed. */
function killed(root: string, title: string, after: number | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(process.execPath, [driver, "create", root, title], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const timer = after === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), after);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? (JSON.parse(output) as string) : undefined);
    });
  });
}

test("commands that edit one run at once are all kept", async () => {
  const root = makeJournal(true);
  for (let round = 0; round < 20 * rounds; round += 10) {
    const tags = Array.from({ length: 10 }, (_, index) => `t${round + index}`);
    const outcomes = await Promise.all(tags.map((tag) => run([driver, "push", root, "1", tag])));
    const written = new Set(openJournal(root).find("1").run.tags);
    for (const [index, { exit, stderr }] of outcomes.entries()) {
      assert.ok(exit === 0 || exit === 4, stderr);
      assert.equal(written.has(tags[index] ?? ""), exit === 0, `${tags[index]} with exit ${exit}`);
    }
  }
  inspect(root);
});

test("a reader beside a writer never sees half a run", async () => {
  const root = makeJournal(true);
  let writing = true;
  const writer = pool(
    Array.from({ length: 40 }, (_, index) => index),
    2,
    async (index) => (index % 2 === 0 ? create(root, `Run ${index}`) : run([driver, "edit", root, "1", "reason", "x".repeat(index * 100)])),
  ).then((outcomes) => {
    writing = false;
    return outcomes;
  });
  const seen: unknown[] = [];
  while (writing) {
    const { exit, stdout, stderr } = await run([driver, "check", root]);
    assert.equal(exit, 0, stderr);
    seen.push(
      ...(JSON.parse(stdout) as readonly { readonly code: string }[]).filter(
        ({ code }) => code.startsWith("markdown/") || code === "store/vanished",
      ),
    );
  }
  assert.deepEqual(seen, []);
  assert.deepEqual(
    (await writer).filter(({ exit }) => exit !== 0),
    [],
  );
  assert.match(readFileSync(join(root, "experiments/EXP001-aaaa-first.md"), "utf8"), /reason: .*x{3700}/);
});
