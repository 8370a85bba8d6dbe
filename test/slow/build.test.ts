// A build that is killed, or finds the disk full, at any file operation leaves each page old or new, whole; the next one makes the rest.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { sha256 } from "../../src/base/hash.ts";
import { stageName } from "../../src/build/folder.ts";
import { filesIn } from "../support/edits.ts";
import { writeJournal } from "../support/generate.ts";
import { buildShim, type Outcome, pool, project, run } from "./processes.ts";

const cli = join(project, "dist/cli/main.js");
const work = realpathSync(mkdtempSync(join(tmpdir(), "journal-kill-")));
const shim = buildShim(work);
const base = join(work, "base");
type Files = Readonly<Record<string, string>>;
let old: Files = {};
let fresh: Files = {};
after(() => rmSync(work, { recursive: true, force: true }));

const build = (root: string, environment: NodeJS.ProcessEnv = {}): Promise<Outcome> => run([cli, "build", "-C", root], environment);
const siteOf = (root: string): Files => filesIn(join(root, "_site"));

function copy(name: string): string {
  const root = join(work, name);
  rmSync(root, { recursive: true, force: true });
  cpSync(base, root, { recursive: true });
  return root;
}

before(() => makeBase(14));

/** A journal with the site of an earlier state beside it; what its files were, and what they are to be. */
async function makeBase(runs: number): Promise<void> {
  rmSync(base, { recursive: true, force: true });
  writeJournal(base, { runs, studies: 1 });
  assert.equal((await build(base)).exit, 0);
  old = siteOf(base);
  const files = readdirSync(join(base, "experiments")).filter((name) => name.endsWith(".md"));
  for (const name of files) {
    const path = join(base, "experiments", name);
    writeFileSync(path, readFileSync(path, "utf8").replace(/^title: .*$/m, "title: Renamed meanwhile"));
  }
  rmSync(join(base, "experiments", files[2] ?? ""));
  writeJournal(base, { runs: runs + 2, studies: 1, seed: 5 });
  const clean = copy("clean");
  rmSync(join(clean, "_site"), { recursive: true });
  rmSync(join(clean, ".journal"), { recursive: true });
  assert.equal((await build(clean)).exit, 0);
  fresh = siteOf(clean);
  assert.notDeepEqual(old, fresh);
}

/** What is neither the old nor the new file. */
function torn(root: string): readonly string[] {
  return Object.entries(siteOf(root))
    .filter(([path, hash]) => !path.startsWith(stageName) && path !== ".journal-site" && hash !== old[path] && hash !== fresh[path])
    .map(([path]) => path);
}

async function repaired(root: string): Promise<void> {
  const again = await build(root);
  assert.equal(again.exit, 0, again.stderr);
  assert.deepEqual(siteOf(root), fresh);
}

describe("a build that ends early", () => {
  test("by a fault at any operation in the site", { skip: shim === undefined && "no C compiler, or not Linux" }, async () => {
    const log = join(work, "operations.log");
    const site = (root: string): string => join(root, "_site");
    const first = copy("first");
    const clean = await build(first, { LD_PRELOAD: shim, FI_DIR: site(first), FI_LOG: log });
    assert.equal(clean.exit, 0, clean.stderr);
    assert.deepEqual(siteOf(first), fresh);
    const operations = readFileSync(log, "utf8").trim().split("\n").length;
    assert.ok(operations > 100, `${operations} operations`);
    const faults = Array.from({ length: 40 }, (_, at) => ({
      number: 1 + Math.floor((at * operations) / 40),
      act: ["killb", "full", "err:28", "short", "err:5"][at % 5] ?? "killb",
    }));
    const wrong = await pool(faults, 2, async ({ number, act }, index) => {
      const root = copy(`fault-${index}`);
      const { exit, stderr } = await build(root, { LD_PRELOAD: shim, FI_DIR: site(root), FI_N: String(number), FI_ACT: act });
      const found = torn(root).map((path) => `${number} ${act}: ${path} is torn`);
      if (exit === 1 && (act === "full" || act === "err:28") && !/disk-full|no room|no space/i.test(stderr))
        found.push(`${number} ${act}: unclear: ${stderr}`);
      await repaired(root);
      rmSync(root, { recursive: true, force: true });
      return found;
    });
    assert.deepEqual(wrong.flat(), []);
  });

  test("by SIGKILL at any time", async () => {
    for (let round = 0; round < 6; round++) {
      const root = copy("killed");
      const child = execFile(process.execPath, [cli, "build", "-C", root]);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => child.kill("SIGKILL"), 100 + round * 60);
        child.once("exit", () => {
          clearTimeout(timer);
          resolve();
        });
      });
      assert.deepEqual(torn(root), []);
      await repaired(root);
    }
  });

  test("in a new folder, before anything is there", { skip: shim === undefined && "no C compiler, or not Linux" }, async () => {
    for (let number = 1; number <= 9; number += 2) {
      const root = copy("new");
      rmSync(join(root, "_site"), { recursive: true });
      await build(root, { LD_PRELOAD: shim, FI_DIR: join(root, "_site"), FI_N: String(number), FI_ACT: "killb" });
      await repaired(root);
    }
  });
});

describe("a build that ends early while a second thread writes", () => {
  before(() => makeBase(1_000));

  test("by a fault at some operation in the site", { skip: shim === undefined && "no C compiler, or not Linux" }, async () => {
    const log = join(work, "threads.log");
    const first = copy("first");
    const clean = await build(first, { LD_PRELOAD: shim, FI_DIR: join(first, "_site"), FI_LOG: log });
    assert.equal(clean.exit, 0, clean.stderr);
    assert.deepEqual(siteOf(first), fresh);
    const written = readFileSync(log, "utf8").trim().split("\n");
    assert.ok(written.filter((line) => line.includes(`${stageName}/second`)).length > 1_000, "by the second thread");
    for (const [at, act] of ["killb", "err:28", "full"].entries()) {
      const number = Math.floor((written.length * (at + 1)) / 4);
      const root = copy("fault");
      const { exit, stderr } = await build(root, { LD_PRELOAD: shim, FI_DIR: join(root, "_site"), FI_N: String(number), FI_ACT: act });
      assert.deepEqual(torn(root), [], `${number} ${act}`);
      if (act === "err:28" || act === "full") assert.match(`${exit} ${stderr}`, /^1 [\s\S]*store\/disk-full/, `${number} ${act}`);
      await repaired(root);
    }
  });

  test("by SIGKILL at any time", async () => {
    const changed = Object.keys(fresh).filter((path) => /^runs\/.*\.html$/.test(path) && path in old && fresh[path] !== old[path]);
    for (const at of [20, 300]) {
      const page = changed[at] ?? "";
      const root = copy("killed");
      const child = execFile(process.execPath, [cli, "build", "-C", root]);
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const isNew = (): boolean => sha256(readFileSync(join(root, "_site", page))) === fresh[page];
      while (child.exitCode === null && !isNew()) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(child.exitCode, null, "it was still at work");
      child.kill("SIGKILL");
      await ended;
      assert.deepEqual(torn(root), []);
      await repaired(root);
    }
  });
});
