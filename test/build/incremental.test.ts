// A build that keeps what an earlier one made must end with the very bytes of a build from nothing.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn, makeWorld, step, type World } from "../support/edits.ts";

const seeds = (process.env["JOURNAL_SEEDS"] ?? "1").split(",").map(Number);
const length = Number(process.env["JOURNAL_STEPS"] ?? 24);

const folder = mkdtempSync(join(tmpdir(), "journal-incremental-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const now = (): Date => new Date("2026-11-20T12:00:00Z");

/** From a copy of the journal at another place, without any cache. */
async function cleanBuild({ root }: World): Promise<Readonly<Record<string, string>>> {
  const copy = join(folder, "clean");
  rmSync(copy, { recursive: true, force: true });
  cpSync(root, copy, { recursive: true, filter: (path) => !path.includes("/_site") && !path.includes("/.journal") });
  await buildSite(openJournal(copy, { now }), join(copy, "_site"));
  return filesIn(join(copy, "_site"));
}

for (const seed of seeds) {
  test(`after any sequence of edits and accidents a build equals a clean one (seed ${seed})`, async () => {
    const world = makeWorld(join(folder, `seed-${seed}`), seed);
    const told: string[] = [];
    for (let count = 0; count < length; count++) {
      // Every other time everything seems to have come to rest long ago, so that looks are believed.
      const later = (): number => Date.now() + (count % 2) * 60_000;
      const options = { now: later };
      await buildSite(openJournal(world.root, { now }), world.site, options);
      const expected = await cleanBuild(world);
      const found = filesIn(world.site);
      const differ = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter((path) => expected[path] !== found[path]);
      assert.deepEqual(differ, [], `seed ${seed}, after: ${told.join("; ")}`);
      const again = await buildSite(openJournal(world.root, { now }), world.site, options);
      assert.deepEqual([again.written, again.removed], [0, 0], `a second build changes nothing; seed ${seed}, after: ${told.join("; ")}`);
      told.push(step(world));
    }
  });
}

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

test("a file in the place of the folder is refused, and a build that only began is taken up", async () => {
  const { root } = makeWorld(join(folder, "odd"), 2);
  writeFileSync(join(root, "site"), "a file");
  await assert.rejects(buildSite(openJournal(root, { now }), join(root, "site")), /build/);
  mkdirSync(join(root, "begun/.journal-new"), { recursive: true });
  await buildSite(openJournal(root, { now }), join(root, "begun"));
  assert.equal(filesIn(join(root, "begun"))[".journal-new"], undefined);
});
