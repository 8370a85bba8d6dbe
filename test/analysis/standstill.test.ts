import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findStandstill } from "../../src/analysis/standstill.ts";
import { plainText } from "../../src/report/sentence.ts";
import { standstillOf } from "../../src/report/standstill-text.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

const metrics = { acc: { name: "acc", from: [], goal: "max", minEffect: "0.02" } } as const;
const first = run({ id: "EXP100", date: "2026-11-01", config: { a: 0 }, metrics: { acc: [0.8, 0.801, 0.799] }, decision: "keep" });
const next = (id: number, acc: number, words: RunWords = {}) =>
  run({
    id: `EXP${100 + id}`,
    date: "2026-11-02",
    base: "EXP100",
    config: { a: id },
    metrics: { acc: [acc, acc + 0.001, acc - 0.001] },
    ...words,
  });
const study = (...files: ReturnType<typeof run>[]) => analyseStudy([first, ...files], { primary: "acc", metrics });

describe("a study stands still", () => {
  const flat = [1, 2, 3, 4, 5].map((id) => next(id, 0.8 + id / 10_000, { decision: "discard" }));
  test("when none of its last five configurations can have gained what is worth having", () => {
    const { plateau, discards } = findStandstill(study(...flat));
    assert.ok(plateau !== undefined && plateau.runs === 5 && plateau.most < 0.02 && plateau.minEffect === 0.02);
    assert.deepEqual([discards?.count, discards?.since?.key], [5, "EXP100"]);
    const [one = "", two = ""] = standstillOf(study(...flat)).map(plainText);
    assert.match(one, /last 5 runs none gained 0\.02\d* in acc/);
    assert.match(two, /5 discards in a row since EXP100 was kept/);
  });
  test("but not after four, nor where the newest gained something", () => {
    assert.deepEqual(findStandstill(study(...flat.slice(1))), {});
    assert.deepEqual(findStandstill(study(...flat, next(6, 0.9, { decision: "keep" }))), {});
  });
  test("repeats count once", () => {
    const repeats = [1, 2, 3, 4, 5].map((id) => next(id, 0.8, { config: { a: 1 } }));
    assert.equal(findStandstill(study(...repeats)).plateau, undefined);
  });
  test("nobody knows where nothing was ever repeated", () => {
    const single = [1, 2, 3, 4, 5].map((id) => next(id, 0, { metrics: { acc: [0.8] } }));
    const alone = analyseStudy([run({ id: "EXP100", config: { a: 0 }, metrics: { acc: [0.8] } }), ...single], { primary: "acc", metrics });
    assert.deepEqual(findStandstill(alone), {});
    assert.deepEqual(standstillOf(analyseStudy([])), []);
  });
});
