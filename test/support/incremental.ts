// An incremental build against one from nothing, after each of a row of edits and accidents.

import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSite } from "../../src/build/build.ts";
import { openJournal } from "../../src/store/journal.ts";
import { filesIn, makeWorld, step, type World } from "./edits.ts";
import { pretend } from "./scribe.ts";

export const noon = (): Date => new Date("2026-11-20T12:00:00Z");

/** `folder` may hold anything afterwards. */
export async function holdAgainstClean(folder: string, seed: number, steps: number): Promise<void> {
  const world = makeWorld(join(folder, `seed-${seed}`), seed);
  const told: string[] = [];
  for (let count = 0; count <= steps; count++) {
    // Every other time everything seems to have come to rest long ago, so that looks are believed.
    const thread = { enough: count % 3 === 1 ? 1 : Number.POSITIVE_INFINITY, start: pretend(() => true) };
    const options = { now: (): number => Date.now() + (count % 2) * 60_000, thread };
    const build = () => buildSite(openJournal(world.root, { now: noon }), world.site, options);
    await build();
    const expected = await cleanBuild(world, join(folder, `clean-${seed}`));
    const found = filesIn(world.site);
    const differ = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter((path) => expected[path] !== found[path]);
    assert.deepEqual(differ, [], `seed ${seed}, after: ${told.join("; ")}`);
    const again = await build();
    assert.deepEqual([again.written, again.removed], [0, 0], `a second build changes nothing; seed ${seed}, after: ${told.join("; ")}`);
    told.push(step(world));
  }
}

/** From a copy of the journal at another place, without any cache. */
async function cleanBuild({ root }: World, copy: string): Promise<Readonly<Record<string, string>>> {
  rmSync(copy, { recursive: true, force: true });
  cpSync(root, copy, { recursive: true, filter: (path) => !path.includes("/_site") && !path.includes("/.journal") });
  await buildSite(openJournal(copy, { now: noon }), join(copy, "_site"));
  return filesIn(join(copy, "_site"));
}
