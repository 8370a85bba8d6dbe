import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import { generate, generateRuns } from "./generate.ts";

test("the same plan gives the same bytes, another seed other ones", () => {
  const texts = (seed: number): string => [...generateRuns({ runs: 20, seed })].map(({ text }) => text).join();
  assert.equal(texts(1), texts(1));
  assert.notEqual(texts(1), texts(2));
});

test("runs have about 2.2 KB and read without a problem", () => {
  const runs = [...generateRuns({ runs: 200, studies: 2 })];
  const mean = runs.reduce((sum, { text }) => sum + text.length, 0) / runs.length;
  assert.ok(mean > 2000 && mean < 2500, String(mean));
  for (const { text, path } of runs) assert.deepEqual(parseRun(text, path).problems, [], path);
});

test("studies, bases, repeats and decisions occur", () => {
  const files = generate({ runs: 100, studies: 2 });
  const all = [...files.values()].join("\n");
  assert.equal(files.size, 103);
  for (const pattern of [/^base: EXP/m, /^repeats:/m, /^decision: keep/m, /^decision: discard/m, /^status: failed/m])
    assert.match(all, pattern);
});
