import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { recognise } from "../../src/formats/recognise.ts";

describe("which decoder fits a file", () => {
  const cases: readonly (readonly [
    path: string,
    head: string,
    expected: readonly [name: string, run: string, whole?: true] | undefined,
  ])[] = [
    ["out/metrics.jsonl", '{"step": 1, "loss": 2}\n', ["json", "out"]],
    ["metrics.jsonl", "step,loss\n", undefined],
    ["out\\config.json", "{", ["json", "out", true]],
    ["all_results.json", "{", ["json", "", true]],
    ["package.json", "{", undefined],
    ["train.py", "import os", undefined],
  ];
  for (const [path, head, expected] of cases) {
    test(`${path}: ${expected?.[0] ?? "none"}`, () => {
      const found = recognise(path, Buffer.from(head));
      assert.deepEqual(found === undefined ? undefined : [found.name, found.run, ...(found.whole ? [true] : [])], expected);
    });
  }
});
