import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../src/analysis/analyse.ts";
import { pairsOf } from "../../src/analysis/deltas.ts";
import { isExactRepeat } from "../../src/analysis/tried.ts";
import { seedOf } from "../../src/record/seed.ts";
import type { Json } from "../../src/record/tree.ts";
import { run, settings, study } from "../support/run.ts";

const repeats = [{ seed: "7", other: {} }];

test("a value's seed is that of its repeat, else of the configuration where it is the only one", () => {
  assert.equal(seedOf({ config: { seed: 3 }, repeats: [] }, 0, 1), "3");
  assert.equal(seedOf({ config: { seed: "x" }, repeats: [] }, 0, 1), "x");
  assert.equal(seedOf({ config: { seed: 3 }, repeats: [] }, 0, 2), undefined);
  assert.equal(seedOf({ config: { seed: 3 }, repeats }, 0, 1), "7");
  assert.equal(seedOf({ config: {}, repeats: [] }, 0, 1), undefined);
});

const none: Json = Object.assign(Object.create(null), {});

test("a list or a map is no seed: it pairs nothing, and stops nothing", () => {
  for (const seed of [{ a: 1 }, {}, [1, 2], none, true, null] as readonly Json[]) {
    assert.equal(seedOf({ config: { seed }, repeats: [] }, 0, 1), undefined);
    const files = [1, 2].map((at) => run({ id: `EXP00${at}`, config: { a: at, seed }, metrics: { acc: at } }));
    const made = study({ ignore: ["seed"] });
    const { studies } = analyse(files, settings({ study: made }), new Map([["", made]]));
    const [before, after] = studies[0]?.groups ?? [];
    const metric = studies[0]?.metrics.find(({ name }) => name === "acc");
    assert.ok(before !== undefined && after !== undefined && metric !== undefined);
    assert.deepEqual(pairsOf(before, after, metric), []);
    assert.ok(files.every((file) => !isExactRepeat({ run: file.run, study: made }, run({ id: "EXP009" }), settings())));
  }
});
