// Files of the journal that move while a build runs, and are back when it has ended: the next build is right.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn } from "../support/edits.ts";

const folder = mkdtempSync(join(tmpdir(), "journal-moved-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const files = {
  "journal.yaml": "title: t\n",
  "experiments/README.md": "As it is.\n",
  "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\ntitle: one\nstatus: finished\nmetrics: { loss: 1 }\n---\nAs it is.\n",
  "experiments/EXP002-bbbb.md": "---\nid: EXP002-bbbb\ntitle: two\nstatus: finished\nmetrics: { loss: 2 }\n---\nAs it is.\n",
};

let count = 0;
/** What the site is after a build during which `away` happened and `back` after it, and one more; and what it should be. */
async function sites(away: (root: string) => void, back: (root: string) => void): Promise<readonly [unknown, unknown]> {
  const root = join(folder, `journal-${count++}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const site = join(root, "..", `site-${count}`);
  let gone = false;
  const progress = (): void => {
    if (!gone) away(root);
    gone = true;
  };
  await buildSite(openJournal(root), site, { progress });
  back(root);
  // Later, when the files have come to rest.
  const now = (): number => Date.now() + 3_600_000;
  await buildSite(openJournal(root), site, { now });
  const clean = join(root, "..", `clean-${count}`);
  await buildSite(openJournal(root), clean, { clean: true, now });
  return [filesIn(site), filesIn(clean)];
}

const other = (path: string, text: string): readonly [(root: string) => void, (root: string) => void] => {
  let was = "";
  return [
    (root) => {
      was = readFileSync(join(root, path), "utf8");
      writeFileSync(join(root, path), text);
    },
    (root) => writeFileSync(join(root, path), was),
  ];
};

describe("a file that moves under a build and back", () => {
  test("is on its page as it is now: a run", async () => {
    const path = "experiments/EXP002-bbbb.md";
    const [site, clean] = await sites(...other(path, files[path].replace("As it is", "As it was for a moment")));
    assert.deepEqual(site, clean);
  });

  test("is on its page as it is now: a README", async () => {
    const [site, clean] = await sites(...other("experiments/README.md", "As it was for a moment.\n"));
    assert.deepEqual(site, clean);
  });

  test("is missed by the next build alone: a run that was gone", async () => {
    const path = "experiments/EXP002-bbbb.md";
    const [site, clean] = await sites(
      (root) => renameSync(join(root, path), join(root, "aside")),
      (root) => renameSync(join(root, "aside"), join(root, path)),
    );
    assert.deepEqual(site, clean);
  });
});
