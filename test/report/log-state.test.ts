import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { type LogState, parseState, plainState, stateHash } from "../../src/report/log-state.ts";

describe("the address of a view", () => {
  test("is plain for a plain view, and readable for others", () => {
    assert.equal(stateHash(plainState), "");
    assert.equal(
      stateHash({ ...plainState, where: "val_accuracy > 87% and tag:x", sort: "-val_accuracy,date" }),
      "#where=val_accuracy+%3E+87%25+and+tag:x&sort=-val_accuracy,date",
    );
  });

  test("says the same when it is read again", () => {
    const text = fc.string({ unit: "grapheme" }).map((value) => value.trim());
    fc.assert(
      fc.property(fc.record<LogState>({ where: text, sort: text, columns: text, group: text, runs: text }), (state) => {
        assert.deepEqual(parseState(stateHash(state)), { ...state });
      }),
    );
  });

  test("is read as other pages write it, and as far as it makes sense", () => {
    assert.equal(parseState(`#where=${encodeURIComponent("a + b = 100%")}`).where, "a + b = 100%");
    assert.deepEqual(parseState("#what=1&where=tag:x&__proto__=2&sort"), { ...plainState, where: "tag:x" });
    assert.equal(parseState("#where=100%&sort=-a").where, "100%");
    assert.equal(parseState("#where=100%&sort=-a").sort, "-a");
  });
});
