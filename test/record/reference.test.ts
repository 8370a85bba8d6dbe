import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { indexIds, resolve } from "../../src/record/reference.ts";

const ids = ["EXP001-9qd2", "EXP004-aaaa", "EXP042-k7f3", "EXP042-m2m2", "EXP043-bbbb", "EXP1000-cccc", "baseline"];
const index = indexIds([...ids.map((id) => ({ run: { id, aliases: id === "EXP001-9qd2" ? ["First"] : [] } as never })), "EXP2000-dddd"]);

describe("resolve", () => {
  for (const [reference, id] of [
    ["EXP001-9qd2", "EXP001-9qd2"],
    ["exp001-9QD2", "EXP001-9qd2"],
    ["EXP001", "EXP001-9qd2"],
    ["EXP4", "EXP004-aaaa"],
    ["1", "EXP001-9qd2"],
    ["#1", "EXP001-9qd2"],
    ["001", "EXP001-9qd2"],
    ["EXP042-k", "EXP042-k7f3"],
    ["first", "EXP001-9qd2"],
    ["1000", "EXP1000-cccc"],
    ["base", "baseline"],
    ["experiments/ocr/EXP001-9qd2-a-title.md", "EXP001-9qd2"],
    ["EXP043-bbbb.md", "EXP043-bbbb"],
    ["baseline.md", "baseline"],
    ["2000", "EXP2000-dddd"],
  ] as const)
    test(`finds ${id} by ${reference}`, () => assert.deepEqual(resolve(reference, index), { id }));

  for (const [reference, candidates] of [
    ["42", ["EXP042-k7f3", "EXP042-m2m2"]],
    ["EXP042", ["EXP042-k7f3", "EXP042-m2m2"]],
    ["EXP1", ["EXP001-9qd2", "EXP1000-cccc"]],
    ["EXP04", ["EXP004-aaaa", "EXP042-k7f3", "EXP042-m2m2", "EXP043-bbbb"]],
    ["99", []],
    ["", []],
    ["EXP", ids.filter((id) => id.startsWith("EXP")).concat("EXP2000-dddd")],
    ["__proto__", []],
  ] as const)
    test(`names the candidates of ${reference || "nothing"}`, () => {
      const found = resolve(reference, index);
      assert.deepEqual("candidates" in found ? [...found.candidates].sort() : found, [...candidates].sort());
    });

  test("takes the id without its suffix for that id, though longer numbers begin alike", () => {
    assert.deepEqual(resolve("EXP042", ["EXP042-aaaa", "EXP0421-bbbb"]), { id: "EXP042-aaaa" });
  });

  test("takes bare ids too", () => assert.deepEqual(resolve("3", ["A003-x1y2", "B004-x1y2"]), { id: "A003-x1y2" }));
});
