// The served journal in memory, without a server.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sha256 } from "../../src/base/hash.ts";
import { type Live, openLive } from "../../src/build/live.ts";
import { git, makeFolder, put } from "../store/folder.ts";

const assets = { addresses: {}, files: new Map(), hash: "" };
const run = (id: string, more = ""): string => `---\nid: ${id}\ntitle: Title of ${id}\nstatus: finished\n${more}---\n`;
const first = "experiments/EXP001-9qd2-one.md";
const second = "experiments/EXP002-aaaa-two.md";

function open(context: TestContext, files: Readonly<Record<string, string>> = {}): { readonly root: string; readonly live: Live } {
  const root = makeFolder(context, {
    "journal.yaml": "title: Cats\n",
    [first]: run("EXP001-9qd2"),
    [second]: run("EXP002-aaaa"),
    ...files,
  });
  const live = openLive(root, assets, "test");
  assert.ok(live.look());
  return { root, live };
}

const text = async (live: Live, address: string): Promise<string> => String((await live.page(address))?.content);

test("looking without a change is no new version", (context) => {
  const { live, root } = open(context);
  const version = live.version();
  assert.equal(live.look(), false);
  put(root, { [first]: run("EXP001-9qd2"), "experiments/notes.txt": "x" });
  assert.equal(live.look(), false);
  assert.equal(live.version(), version);
});

test("a page that does not depend on a change keeps its hash, one that does gets another", async (context) => {
  const { live, root } = open(context);
  const before = [await live.page(`runs/EXP001-9qd2.html`), await live.page("runs/EXP002-aaaa.html")];
  put(root, { [second]: run("EXP002-aaaa", "reason: Because\n") });
  assert.ok(live.look());
  assert.equal((await live.page("runs/EXP001-9qd2.html"))?.hash, before[0]?.hash);
  assert.notEqual((await live.page("runs/EXP002-aaaa.html"))?.hash, before[1]?.hash);
});

test("a run's own mistakes are on pages at once, those across files when it settles", async (context) => {
  const { live, root } = open(context);
  await live.page("problems.html");
  put(root, { [second]: run("EXP002-aaaa", "titel: x\nbase: EXP777-zzzz\n") });
  assert.ok(live.look());
  assert.match(await text(live, "problems.html"), /titel/);
  assert.ok(live.settle(), "the missing base is found");
  assert.match(await text(live, "problems.html"), /EXP777-zzzz/);
  assert.equal(live.settle(), false);
  put(root, { [second]: run("EXP002-aaaa", "reason: x\n") });
  assert.ok(live.look());
  live.settle();
  assert.doesNotMatch(await text(live, "problems.html"), /titel|EXP777/);
});

test("old damage makes no alarm, new damage does", (context) => {
  const { live, root } = open(context, { [first]: "---\ntitle: [x\n---\n" });
  assert.deepEqual(live.problems(), []);
  put(root, { [second]: "---\ntitle: [x\n---\n" });
  live.look();
  assert.deepEqual([...new Set(live.problems().map(({ path }) => path))], [second]);
  rmSync(join(root, second));
  live.look();
  assert.deepEqual(live.problems(), []);
});

test("a folder where journal.yaml should be leaves the last version standing", async (context) => {
  const { live, root } = open(context);
  rmSync(join(root, "journal.yaml"));
  mkdirSync(join(root, "journal.yaml"));
  assert.ok(live.look());
  assert.equal(live.problems().length, 1);
  assert.match(await text(live, "runs/EXP001-9qd2.html"), /Title of EXP001/);
  assert.equal(live.look(), false, "the same failure is no news");
});

test("an address is found whichever part of the plan holds it, and none beside it", async (context) => {
  const { live } = open(context);
  for (const address of ["index.html", "log.html", "data/site.js", "runs/EXP001-9qd2.html", "runs/EXP001-9qd2.md", "data/runs.csv"])
    assert.ok(await live.page(address), address);
  for (const address of ["runs/EXP999.html", "journal.yaml", "__proto__", ""]) assert.equal(await live.page(address), undefined, address);
});

test("the folders that grow are those of running runs and of open pages", (context) => {
  const { live } = open(context, { "experiments/EXP003-bbbb-three.md": run("EXP003-bbbb").replace("finished", "running") });
  assert.deepEqual(live.follow([]), ["experiments/EXP003-bbbb.files"]);
  assert.deepEqual([...live.follow(["runs/EXP001-9qd2.html", "index.html"])].sort(), [
    "experiments/EXP001-9qd2.files",
    "experiments/EXP003-bbbb.files",
  ]);
});

/** Another start in the same folder, some time after its files came to rest. */
function restart(root: string): Live {
  const live = openLive(root, assets, "again", later);
  live.look();
  return live;
}

const later = (): number => Date.now() + 10_000;

/** Of the pages that are kept, each with its words changed as nobody would make them; says how many there are. */
function mark(root: string): number {
  const folder = join(root, ".journal/cache/served");
  const names = readdirSync(folder);
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    const end = text.indexOf("\n");
    const content = `${text.slice(end + 1)}<!-- kept -->`;
    writeFileSync(join(folder, name), `${text.slice(0, end).split(" ")[0]} ${sha256(content)}\n${content}`);
  }
  return names.length;
}

const isKept = async (live: Live, address: string): Promise<boolean> => (await text(live, address)).endsWith("<!-- kept -->");

async function keep(root: string, ...addresses: readonly string[]): Promise<void> {
  const live = restart(root);
  for (const address of addresses) await live.page(address);
  assert.equal(live.look(), false);
  await live.keep();
}

test("a start on the same files finds the pages of the one before, until a file changes", async (context) => {
  const { root } = open(context, { "reports/one.md": "# One\n", [`${first.slice(0, -7)}.files/log.txt`]: "x\n" });
  await keep(root, "index.html", "runs/EXP002-aaaa.html");
  assert.equal(mark(root), 2);
  assert.ok(await isKept(restart(root), "index.html"));
  assert.ok(!(await isKept(restart(root), "log.html")), "nobody asked for it");
  const saves: readonly Readonly<Record<string, string>>[] = [
    { [second]: run("EXP002-aaaa", "reason: Because\n") },
    { "journal.yaml": "title: Dogs\n" },
    { "reports/one.md": "# Another\n" },
    { "README.md": "# Read\n" },
    { "experiments/EXP001-9qd2.files/more.csv": "step,loss\n1,2\n" },
  ];
  for (const files of saves) {
    await keep(root, "index.html");
    mark(root);
    put(root, files);
    assert.ok(!(await isKept(restart(root), "index.html")), JSON.stringify(files));
  }
});

test("what was saved while pages were made is kept of none of them", async (context) => {
  const { root } = open(context);
  const live = openLive(root, assets, "test");
  live.look();
  await live.page("index.html");
  await live.keep();
  assert.throws(() => readdirSync(join(root, ".journal/cache/served")), { code: "ENOENT" });
});

test("a damaged page, and one that asked about files nobody watches, is made anew", async (context) => {
  const { root } = open(context, { [second]: `${run("EXP002-aaaa")}\nSee [the code](../src/train.py).\n`, "src/train.py": "" });
  await keep(root, "runs/EXP002-aaaa.html", "runs/EXP001-9qd2.html");
  assert.equal(mark(root), 1);
  const [name = ""] = readdirSync(join(root, ".journal/cache/served"));
  assert.ok(await isKept(restart(root), "runs/EXP001-9qd2.html"));
  const path = join(root, ".journal/cache/served", name);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll("Title of", "Titel of"));
  assert.match(await text(restart(root), "runs/EXP001-9qd2.html"), /Title of/);
});

test("what a page tells of git is of now", async (context) => {
  const { root } = open(context, { ".gitignore": ".journal/\n" });
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-qm", "one");
  await keep(root, "data/site.js", "index.html");
  mark(root);
  assert.ok(await isKept(restart(root), "data/site.js"));
  git(root, "commit", "-qm", "two", "--allow-empty");
  assert.ok(!(await isKept(restart(root), "data/site.js")));
  assert.ok(await isKept(restart(root), "index.html"));
});
