import assert from "node:assert/strict";
import { test } from "node:test";
import { parseChoice, printChoice } from "../../site/browser/compare/choice.ts";
import { parseCurveChoice, printCurveChoice } from "../../site/browser/compare/curve-choice.ts";

test("how curves are shown goes into the address and comes back, whatever is usual for them", () => {
  for (const usual of [false, true])
    for (const choice of [
      { smooth: 0, log: false, each: false },
      { smooth: 0.6, log: true, each: true, x: "epoch" },
      { smooth: 0.99, log: false, each: false, x: "a=b&c,d" },
    ]) {
      const words = printCurveChoice(choice, usual);
      const hash = printChoice({ runs: ["EXP001-aaaa"], all: false, rest: words });
      assert.deepEqual(parseCurveChoice(parseChoice(hash).rest, usual), choice);
    }
  assert.deepEqual(printCurveChoice({ smooth: 0, log: true, each: false }, true), []);
});

test("a smoothing that makes no sense is none", () => {
  for (const smooth of ["1", "-1", "x", "1e9", "NaN", ""]) assert.equal(parseCurveChoice([["smooth", smooth]], false).smooth, 0);
});
