// A build that keeps what an earlier one made must end with the very bytes of a build from nothing.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn, makeWorld } from "../support/edits.ts";
import { holdAgainstClean, noon } from "../support/incremental.ts";

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

test("a file in the place of the folder is refused, and a build that only began is taken up", async () => {
  const { root } = makeWorld(join(folder, "odd"), 2);
  writeFileSync(join(root, "site"), "a file");
  await assert.rejects(buildSite(openJournal(root, { now }), join(root, "site")), /build/);
  mkdirSync(join(root, "begun/.journal-new"), { recursive: true });
  await buildSite(openJournal(root, { now }), join(root, "begun"));
  assert.equal(filesIn(join(root, "begun"))[".journal-new"], undefined);
});
