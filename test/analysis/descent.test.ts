import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyse } from "../../src/analysis/analyse.ts";
import { type Descent, descentOf } from "../../src/analysis/descent.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run, settings, study } from "../support/run.ts";

const made = (id: number, base: string | readonly string[] | undefined, words: RunWords = {}): RunFile =>
  run({
    id: `EXP00${id}`,
    date: `2026-11-0${id}`,
    ...(base === undefined ? {} : { base }),
    config: { step: id },
    metrics: { acc: 0.5 + id / 100 },
    ...words,
  });
const edges = ({ all }: Descent): readonly string[] =>
  all.map(({ group, parents }) => `${group.key} < ${parents.map((parent) => parent.group.key).join(" ")}`.trim());

test("each configuration stands below its bases, the best one's way up is known", () => {
  const found = descentOf(analyseStudy([made(1, undefined), made(2, "EXP001"), made(3, "EXP001"), made(4, ["EXP002", "EXP003"])]));
  assert.deepEqual(edges(found), ["EXP001 <", "EXP002 < EXP001", "EXP003 < EXP001", "EXP004 < EXP002 EXP003"]);
  assert.deepEqual(
    found.path.map(({ group }) => group.key),
    ["EXP001", "EXP002", "EXP004"],
  );
});

test("repeats are one configuration, and none is its own base", () => {
  const found = descentOf(analyseStudy([made(1, undefined), made(2, "EXP001", { config: { step: 1 } }), made(3, "EXP002")]));
  assert.deepEqual(edges(found), ["EXP001 <", "EXP003 < EXP001"]);
});

test("a hidden run is passed over to what it was made from", () => {
  const found = descentOf(analyseStudy([made(1, undefined), made(2, "EXP001", { hidden: true }), made(3, "EXP002")]));
  assert.deepEqual(edges(found), ["EXP001 <", "EXP003 < EXP001"]);
});

describe("what is not there", () => {
  test("is named: a base outside the journal, a line that would close a circle", () => {
    const found = descentOf(analyseStudy([made(1, "EXP009"), made(2, "EXP003"), made(3, "EXP002")]));
    assert.deepEqual(found.all[0]?.missing, ["EXP009"]);
    assert.deepEqual(
      found.all.flatMap(({ cut }) => cut.map((file) => file.run.id)),
      ["EXP002"],
    );
  });
  test("is named: a base in another study", () => {
    const files = [made(1, undefined, { in: "ocr" }), made(2, "EXP001")];
    const [found] = analyse(files, settings(), new Map([["", study()]])).studies;
    assert.ok(found);
    assert.deepEqual(
      descentOf(found).all.map(({ elsewhere }) => elsewhere.map((file) => file.run.id)),
      [["EXP001"]],
    );
  });
});

test("configurations that are each other's base through their repeats close no circle", () => {
  // EXP003 repeats EXP001 and was made from EXP002, which was made from it: as configurations they would be each other's base.
  const found = descentOf(
    analyseStudy([
      made(1, "EXP004", { config: { step: 1 } }),
      made(2, "EXP003", { config: { step: 2 } }),
      made(3, undefined, { config: { step: 1 } }),
      made(4, undefined, { config: { step: 2 } }),
    ]),
  );
  assert.equal(edges(found).filter((edge) => /< \S/.test(edge)).length, 1);
});
