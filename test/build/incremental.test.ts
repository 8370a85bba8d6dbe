// A build that keeps what an earlier one made must end with the very bytes of a build from nothing.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { buildSite } from "../../src/build/build.ts";
import { groupInputs } from "../../src/build/inputs-rows.ts";
import { openJournal } from "../../src/store/journal.ts";
import { analyseStudy } from "../support/analysis.ts";
import { filesIn, makeWorld } from "../support/edits.ts";
import { holdAgainstClean, noon } from "../support/incremental.ts";
import { run } from "../support/run.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-incremental-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const now = noon;

test("after any row of edits and accidents a build equals a clean one", () => holdAgainstClean(folder, 1, 10));

test("a site that came along to another clone is kept by content", async () => {
  const { root } = makeWorld(join(folder, "first"), 1);
  await buildSite(openJournal(root, { now }), join(root, "_site"));
  const clone = join(folder, "clone");
  cpSync(root, clone, { recursive: true });
  const site = join(clone, "_site");
  const made: number[] = [];
  const { written, same } = await buildSite(openJournal(clone, { now }), site, { progress: (_, all) => void made.push(all) });
  assert.equal(written, 0);
  assert.ok((made[0] ?? 0) < same / 2, `${made[0]} of ${same} files were made again`);
  assert.deepEqual(filesIn(site), filesIn(join(root, "_site")));
});

/** The site after `edit`, beside one that was made from nothing. */
async function differing(name: string, files: Readonly<Record<string, string>>, edit: Readonly<Record<string, string>>) {
  const root = join(folder, name);
  const put = (texts: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  put(files);
  await buildSite(openJournal(root, { now }), join(root, "_site"));
  put(edit);
  await buildSite(openJournal(root, { now }), join(root, "_site"));
  await buildSite(openJournal(root, { now }), join(root, "_clean"), { clean: true });
  const [found, expected] = [filesIn(join(root, "_site")), filesIn(join(root, "_clean"))];
  return Object.keys(expected).filter((path) => found[path] !== expected[path]);
}

describe("a base in another study", () => {
  const run = (id: string, day: number, rest: string, accuracy: string): string =>
    `---\nid: ${id}\ntitle: ${id}\ndate: 2026-01-0${day}\nstatus: finished\ntags: [x]\n${rest}metrics: { accuracy: { after: ${accuracy} } }\n---\n`;
  const files = {
    "journal.yaml": "metrics: { accuracy: { goal: max } }\n",
    "experiments/a/study.yaml": "title: A\n",
    "experiments/b/study.yaml": "title: B\n",
    "experiments/a/EXP001-aaaa.md": run("EXP001-aaaa", 1, "config: { lr: 1 }\n", "80"),
    "experiments/a/EXP002-aaaa.md": run("EXP002-aaaa", 2, "repeat_of: EXP001-aaaa\nconfig: { lr: 1 }\n", "81"),
    "experiments/b/EXP003-aaaa.md": run("EXP003-aaaa", 3, "base: EXP001-aaaa\nconfig: { lr: 2 }\n", "85"),
    "experiments/b/EXP004-aaaa.md": run("EXP004-aaaa", 4, "base: EXP003-aaaa\nconfig: { lr: 3 }\n", "86"),
  };
  const repeated = { "experiments/a/EXP002-aaaa.md": files["experiments/a/EXP002-aaaa.md"].replace("81", "84") };

  test("is shown anew when one of its repeats changes", async () => {
    assert.deepEqual(await differing("elsewhere", files, repeated), []);
  });

  test("is so too where the own study has another run of its id", async () => {
    const twin = { "experiments/b/EXP001-aaaa.md": run("EXP001-aaaa", 5, "config: { lr: 4 }\n", "87") };
    assert.deepEqual(await differing("twins", { ...files, ...twin }, repeated), []);
  });

  test("is measured as its own study says", async () => {
    const valid = "title: A\nprotocols: [{ name: p, from: 2026-01-01 }]\nmetrics: { accuracy: { goal: max, unit: '%' } }\n";
    assert.deepEqual(await differing("settings", files, { "experiments/a/study.yaml": valid }), []);
  });
});

test("a file in the place of the folder is refused, and a build that only began is taken up", async () => {
  const { root } = makeWorld(join(folder, "odd"), 2);
  writeFileSync(join(root, "site"), "a file");
  await assert.rejects(buildSite(openJournal(root, { now }), join(root, "site")), /build/);
  mkdirSync(join(root, "begun/.journal-new"), { recursive: true });
  await buildSite(openJournal(root, { now }), join(root, "begun"));
  assert.equal(filesIn(join(root, "begun"))[".journal-new"], undefined);
});

test("the row of a run asks for the other run of its id, which is shown in its place", () => {
  const inputs = (path: string): string => {
    const study = analyseStudy([
      run({ id: "EXP001-aaaa", path, date: "2026-01-01", config: { lr: 1 }, metrics: { accuracy: 1 } }),
      run({ id: "EXP001-aaaa", title: "own", date: "2026-01-02", config: { lr: 2 }, metrics: { accuracy: 2 }, path: "experiments/b.md" }),
    ]);
    const group = study.groups.find(({ first }) => first.run.title === "own");
    assert.ok(group);
    return groupInputs(study, group);
  };
  assert.equal(inputs("a.md"), inputs("a.md"));
  assert.notEqual(inputs("a.md"), inputs("c.md"));
});
