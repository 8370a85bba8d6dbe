// The promise of test/build/incremental.test.ts over long rows of edits and accidents.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { holdAgainstClean } from "../support/incremental.ts";

const seeds = (process.env["JOURNAL_SEEDS"] ?? "2,3,4").split(",").map(Number);
const steps = Number(process.env["JOURNAL_STEPS"] ?? 40);
const folder = mkdtempSync(join(tmpdir(), "journal-edits-"));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const seed of seeds)
  test(`after ${steps} edits and accidents a build equals a clean one (seed ${seed})`, () => holdAgainstClean(folder, seed, steps));
