import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { suggest } from "../../src/base/suggest.ts";

const known = ["val_accuracy", "val_loss", "batch_size", "learning_rate", "tag", "id"];

describe("suggest", () => {
  for (const [typed, meant] of [
    ["val_acuracy", "val_accuracy"],
    ["lerning_rate", "learning_rate"],
    ["learnign_rate", "learning_rate"],
    ["bacth_sice", "batch_size"],
    ["Batch-Size", "batch_size"],
    ["batchSize", "batch_size"],
    ["val loss", "val_loss"],
    ["tags", "tag"],
    ["tga", "tag"],
  ] as const) {
    test(`takes ${typed} for ${meant}`, () => assert.equal(suggest(typed, known), meant));
  }

  test("says nothing where nothing is near", () => {
    for (const typed of ["dropout", "xy", "a", "", "ix", "vall_accurracyy_x", "x".repeat(100_000)])
      assert.equal(suggest(typed, known), undefined, typed.slice(0, 20));
  });

  test("allows one slip per three letters", () => {
    assert.equal(suggest("ab", ["ac"]), undefined);
    assert.equal(suggest("abc", ["abd"]), "abd");
    assert.equal(suggest("abcde", ["abxye"]), undefined);
    assert.equal(suggest("abcdef", ["abxyef"]), "abxyef");
  });

  test("prefers the nearer word, and the first of equals", () => {
    assert.equal(suggest("val_los", ["val_lr", "val_loss"]), "val_loss");
    assert.equal(suggest("abcx", ["abca", "abcb"]), "abca");
  });

  test("never suggests the word itself, but another spelling of it", () => {
    assert.equal(suggest("val_loss", ["val_loss"]), undefined);
    assert.equal(suggest("valloss", ["val_loss"]), "val_loss");
  });

  test("finds a word of six letters or more again after any one slip", () => {
    const letters = fc.constantFrom(..."abcdefgh");
    fc.assert(
      fc.property(fc.array(letters, { minLength: 6, maxLength: 12 }), fc.nat(), letters, fc.nat(2), (word, at, letter, kind) => {
        const slipped = [...word];
        slipped.splice(at % word.length, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [letter]));
        const text = slipped.join("");
        if (text !== word.join("")) assert.equal(suggest(text, [word.join("")]), word.join(""));
      }),
    );
  });
});
