import assert from "node:assert/strict";
import { test } from "node:test";
import { parseChoice, printChoice } from "../../site/browser/compare/choice.ts";
import { rank } from "../../site/browser/compare/rank.ts";

test("the address says which runs are compared, and says the usual by silence", () => {
  const hash = "#runs=EXP001-a,EXP002-b&base=EXP002-b&metric=val%20loss&rows=all&smooth=0.6";
  const choice = parseChoice(hash);
  assert.deepEqual(choice, { runs: ["EXP001-a", "EXP002-b"], base: "EXP002-b", metric: "val loss", all: true, rest: [["smooth", "0.6"]] });
  assert.equal(printChoice(choice), hash);
  assert.equal(printChoice({ runs: ["a", "b"], base: "a", all: false, rest: [] }), "#runs=a,b");
});

test("an address made by hand is read as far as it makes sense", () => {
  assert.deepEqual(parseChoice("#runs=,a, a,,b").runs, ["a", "b"]);
  assert.deepEqual(parseChoice("").runs, []);
  assert.equal(parseChoice(`#runs=${Array.from({ length: 900 }, (_, at) => at).join(",")}`).runs.length, 500);
});

test("runs are found by id, number, beginning and title, in that order", () => {
  const list = [
    { id: "EXP120-abcd", title: "Batch of 12" },
    { id: "EXP012-efgh", title: "Dropout" },
    { id: "EXP001-ijkl", title: "Baseline exp012-efgh" },
  ];
  const ids = (words: string): readonly string[] => rank(list, words).map(({ id }) => id);
  assert.deepEqual(ids("12"), ["EXP012-efgh", "EXP120-abcd", "EXP001-ijkl"]);
  assert.deepEqual(ids("exp012-efgh"), ["EXP012-efgh", "EXP001-ijkl"]);
  assert.deepEqual(ids("EXP12"), ["EXP120-abcd"]);
  assert.deepEqual(ids("nothing"), []);
});
