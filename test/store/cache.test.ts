import assert from "node:assert/strict";
import { chmodSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Problem } from "../../src/base/problem.ts";
import { Cache } from "../../src/store/cache.ts";
import { world } from "../../src/store/effects.ts";
import { Index } from "../../src/store/index.ts";
import { openJournal } from "../../src/store/journal.ts";
import { listFiles } from "../../src/store/root.ts";
import { readSettings } from "../../src/store/settings.ts";
import { generate } from "../support/generate.ts";
import { makeFolder, put } from "./folder.ts";

const noon = "2026-11-20";
function open(root: string, key = "key", today = noon, said: Problem[] = []): Index {
  const listing = listFiles(root);
  const cache = new Cache(root, key, { ...world, warn: (problem) => said.push(problem) });
  return new Index({ root, settings: readSettings(root).settings, studies: new Set(["", ...listing.studies]), today }, cache, listing.runs);
}
const cacheFile = (root: string): string => join(root, ".journal/cache/runs.ndjson");
/** Makes every run look as if it had been saved long ago, so that its look may be believed. */
function age(root: string): void {
  for (const { path } of listFiles(root).runs) utimesSync(join(root, path), 1_000_000, 1_000_000);
}
const firstRun = (root: string): string => join(root, listFiles(root).runs[0]?.path ?? "");

test("what the cache says is what the files say: list lines, facts and problems", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 40, studies: 2 })));
  put(root, { "experiments/broken.md": "---\nid: [\n---\n", "experiments/bytes.md": "\0" });
  const cold = open(root);
  const [lines, files, problems] = [cold.lines(), cold.files(), cold.problems()];
  const warm = open(root);
  assert.deepEqual(warm.lines(), lines);
  assert.deepEqual(warm.files(), files);
  assert.deepEqual(warm.problems(), problems);
  assert.equal(lines.length, 41);
  assert.ok(problems.some(({ path }) => path === "experiments/bytes.md"));
});

test("list lines are in the order start, number, id, and each is one JSON object", (context) => {
  const run = (id: string, date: string): string => `---\nid: ${id}\ntitle: x\ndate: ${date}\n---\n`;
  const root = makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP010-aaaa.md": run("EXP010-aaaa", "2026-01-02"),
    "experiments/EXP009-bbbb.md": run("EXP009-bbbb", "2026-01-02"),
    "experiments/EXP001-cccc.md": run("EXP001-cccc", "2026-01-03T00:00:00Z"),
    "experiments/EXP009-aaaa.md": run("EXP009-aaaa", "2026-01-02"),
  });
  assert.deepEqual(
    open(root)
      .lines()
      .map((line) => (JSON.parse(line) as { id: string }).id),
    ["EXP009-aaaa", "EXP009-bbbb", "EXP010-aaaa", "EXP001-cccc"],
  );
});

test("an edit is seen, whatever the times say", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 3 })));
  age(root);
  open(root);
  open(root);
  const path = firstRun(root);
  const { size } = statSync(path);
  writeFileSync(path, readFileSync(path, "utf8").replace(/title: .{5}/, "title: Other"));
  utimesSync(path, 1_000_000, 1_000_000);
  assert.equal(statSync(path).size, size);
  assert.match(open(root).lines()[0] ?? "", /"title":"Other/);
});

/** Says that the cache was written long after the files, so that only their look is compared. */
function believe(root: string): void {
  const cache = new Cache(root, "key", world);
  cache.saveEntries([...cache.entries().values()], Date.now() + 1e9);
}

test("a file that looks the same is not read again; one other byte of its look, and it is", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 1 })));
  open(root);
  const cache = new Cache(root, "key", world);
  const entry = [...cache.entries().values()][0];
  assert.ok(entry !== undefined);
  const { size, mtime, ctime } = entry;
  assert.equal(cache.trusts(entry, entry), false, "read in the same second as it was saved");
  believe(root);
  cache.entries();
  assert.equal(cache.trusts(entry, { size, mtime, ctime }), true);
  for (const look of [
    { size: size + 1, mtime, ctime },
    { size, mtime: mtime + 1, ctime },
    { size, mtime, ctime: ctime + 1 },
  ])
    assert.equal(cache.trusts(entry, look), false);
});

test("a believed file in a folder that became a study moves there", (context) => {
  const root = makeFolder(context, { "journal.yaml": "", "experiments/ocr/EXP001-aaaa.md": "---\nid: EXP001-aaaa\n---\n" });
  open(root);
  believe(root);
  put(root, { "experiments/ocr/study.yaml": "" });
  assert.match(open(root).lines()[0] ?? "", /"study":"ocr"/);
});

test("a run that could not be read once is tried again, although it looks the same", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 2 })));
  open(root);
  const cache = new Cache(root, "key", world);
  cache.saveEntries(
    [...cache.entries().values()].map((entry) => ({ ...entry, line: "" })),
    Date.now() + 1e9,
  );
  assert.equal(open(root).lines().length, 2);
});

test("another key reads nothing of it", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 2 })));
  const { path, hash } = open(root).entries[0] ?? { path: "", hash: "" };
  assert.equal(new Cache(root, "key", world).entries().size, 2);
  assert.equal(new Cache(root, "other", world).entries().size, 0);
  assert.notEqual(new Cache(root, "key", world).facts(path, hash), undefined);
  assert.equal(new Cache(root, "key", world).facts(path, "other"), undefined);
  assert.equal(new Cache(root, "other", world).facts(path, hash), undefined);
});

test("a file saved again within two seconds of being read is hashed, not believed", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 1 })));
  const path = firstRun(root);
  for (let round = 0; round < 20; round++) {
    writeFileSync(path, readFileSync(path, "utf8").replace(/title: .*/, `title: Round ${round % 10}`));
    assert.match(open(root).lines()[0] ?? "", new RegExp(`Round ${round % 10}`));
  }
});

test("new, removed and renamed files are seen", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 3 })));
  open(root);
  const path = firstRun(root);
  renameSync(path, join(root, "experiments/other-name.md"));
  assert.match(open(root).lines().join("\n"), /other-name\.md/);
  rmSync(join(root, "experiments/other-name.md"));
  assert.equal(open(root).lines().length, 2);
  assert.equal(open(root).files().length, 2);
  assert.doesNotMatch(readFileSync(cacheFile(root), "utf8"), /other-name/);
});

test("a folder that becomes a study moves its runs there, with the same bytes", (context) => {
  const root = makeFolder(context, { "journal.yaml": "", "experiments/ocr/EXP001-aaaa.md": "---\nid: EXP001-aaaa\n---\n" });
  assert.equal(open(root).files()[0]?.study, "");
  put(root, { "experiments/ocr/study.yaml": "" });
  assert.equal(open(root).files()[0]?.study, "ocr");
  assert.match(open(root).lines()[0] ?? "", /"study":"ocr"/);
});

for (const [what, spoil] of [
  [
    "a flipped byte",
    (bytes: Buffer) => {
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      return bytes;
    },
  ],
  ["a cut end", (bytes: Buffer) => bytes.subarray(0, bytes.length - 7)],
  ["nothing in it", () => Buffer.alloc(0)],
  ["garbage", () => Buffer.from("\0\xff garbage\n\t\t\n", "latin1")],
] as const) {
  test(`a cache with ${what} is ignored and made again`, (context) => {
    const root = makeFolder(context, Object.fromEntries(generate({ runs: 5 })));
    const [lines, files] = [open(root).lines(), open(root).files()];
    for (const name of readdirSync(join(root, ".journal/cache"))) {
      const path = join(root, ".journal/cache", name);
      writeFileSync(path, spoil(readFileSync(path)));
    }
    assert.deepEqual(open(root).lines(), lines);
    assert.deepEqual(open(root).files(), files);
    assert.deepEqual(open(root).files(), files);
  });
}

test("a cache of another program or other settings is ignored", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 2 })));
  age(root);
  open(root);
  const first = readFileSync(cacheFile(root), "utf8").split(" ")[0];
  open(root, "another key");
  assert.notEqual(readFileSync(cacheFile(root), "utf8").split(" ")[0], first);
});

test("a cache that was carried to a fresh clone is used by content, and never by looks", (context) => {
  const [root, clone] = [1, 2].map(() => makeFolder(context, Object.fromEntries(generate({ runs: 3 }))));
  assert.ok(root !== undefined && clone !== undefined);
  open(root);
  const path = firstRun(clone);
  writeFileSync(path, readFileSync(path, "utf8").replace(/title: .{5}/, "title: Other"));
  age(clone);
  // The worst case: by chance every file of the clone looks as the cache remembers it, also the one that says something else.
  const cache = new Cache(root, "key", world);
  const entries = [...cache.entries().values()].map((entry) => {
    const { size, mtimeMs: mtime, ctimeMs: ctime } = statSync(join(clone, entry.path));
    return { ...entry, size, mtime, ctime, line: entry.line.replace('"title":"', '"title":"cached ') };
  });
  cache.saveEntries(entries, Date.now() + 1e9);
  cpSync(join(root, ".journal"), join(clone, ".journal"), { recursive: true });
  const titles = open(clone)
    .lines()
    .map((line) => (JSON.parse(line) as { title: string }).title);
  assert.match(titles[0] ?? "", /^Other/);
  assert.ok(titles.slice(1).every((title) => title.startsWith("cached ")));
  assert.equal(open(clone).files().length, 3);
});

test("a cache that cannot be written costs one note, not the answer", (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 3 })));
  writeFileSync(join(root, ".journal"), "in the way");
  const said: Problem[] = [];
  assert.equal(open(root, "key", noon, said).lines().length, 3);
  assert.deepEqual(
    said.map(({ code, severity }) => [code, severity]),
    [["store/cache-unwritable", "note"]],
  );
});

test("a read-only checkout is listed", { skip: process.getuid?.() === 0 && "root may write everywhere" }, (context) => {
  const root = makeFolder(context, Object.fromEntries(generate({ runs: 3 })));
  chmodSync(root, 0o555);
  const lines = open(root).lines();
  chmodSync(root, 0o755);
  assert.equal(lines.length, 3);
});

test("problems that depend on the day are judged again on another day", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\ntitle: x\ndate: 2026-11-25\n---\n",
  });
  const codes = (today: string): readonly string[] =>
    open(root, "key", today)
      .problems()
      .map(({ code }) => code);
  const early = codes("2026-11-20");
  assert.ok(early.length > 0);
  assert.deepEqual(codes("2026-11-20"), early);
  assert.deepEqual(codes("2026-11-26"), []);
});

test("the day changes the state of a journal only where a problem depends on it", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\ntitle: x\ndate: 2026-11-25\n---\n",
  });
  const state = (day: string): string => openJournal(root, { now: () => new Date(`${day}T12:00:00`) }).state();
  assert.notEqual(state("2026-11-20"), state("2026-11-21"));
  put(root, { "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\ntitle: x\ndate: 2026-11-19\n---\n" });
  assert.equal(state("2026-11-20"), state("2026-11-21"));
});

test("a hostile title reaches a list line escaped", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP001-aaaa.md": '---\nid: EXP001-aaaa\ntitle: "a\\e[31m\\u202e\\x9b\\tb"\n---\n',
  });
  const line = open(root).lines()[0] ?? "";
  assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
  assert.equal((JSON.parse(line) as { title: string }).title, "a\x1b[31m\u202e\x9b\tb");
  assert.deepEqual(open(root).lines(), [line]);
});

test("a file that is too large is named and neither read nor listed", (context) => {
  const root = makeFolder(context, {
    "journal.yaml": "",
    "experiments/EXP001-aaaa.md": `---\nid: EXP001-aaaa\n---\n${"x".repeat(2_000_000)}`,
  });
  for (const index of [open(root), open(root)]) {
    assert.deepEqual(index.lines(), []);
    assert.equal(index.problems().length, 1);
    assert.equal(index.problems()[0]?.path, "experiments/EXP001-aaaa.md");
  }
});
