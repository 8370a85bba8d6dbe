// What a script prints in its own way, and the pattern that is offered for it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { guessPattern } from "../../src/formats/guess-pattern.ts";
import type { Point } from "../../src/formats/item.ts";
import { openStdout } from "../../src/formats/stdout.ts";

const pointsIn = (lines: readonly string[], pattern: string): readonly Point[] => {
  const decoder = openStdout([pattern]);
  return [...decoder.push(Buffer.from(`${lines.join("\n")}\n`)), ...decoder.end()].filter((item): item is Point => item.kind === "point");
};

describe("a pattern for what a script prints", () => {
  const cases: readonly (readonly [string, readonly string[], readonly (readonly [name: string, value: number, at?: number])[]])[] = [
    [
      "a line for each epoch, and one that sums up",
      [
        "Namespace(lr=0.001)",
        "Epoch 1/2 - loss: 1.5 - val_acc: 0.31",
        "Epoch 2/2 - loss: 0.5 - val_acc: 0.72",
        "Done. best val_acc = 0.72",
      ],
      [
        ["loss", 1.5, 1],
        ["val_acc", 0.31, 1],
        ["loss", 0.5, 2],
        ["val_acc", 0.72, 2],
      ],
    ],
    ["a step in brackets", ["[step 10] loss=2.5e-1"], [["loss", 0.25, 10]]],
    [
      "a percentage",
      ["Epoch [2/3], Loss: 0.5000, Acc: 71.00%"],
      [
        ["Loss", 0.5, 2],
        ["Acc", 0.71, 2],
      ],
    ],
    [
      "blanks alone between name and number",
      ["epoch 1 loss 0.700 acc 0.300", "epoch 2 loss 0.490 acc 0.510 time 0.2", "saved after 3.5 s"],
      [
        ["loss", 0.49, 2],
        ["acc", 0.51, 2],
        ["time", 0.2, 2],
      ],
    ],
    ["a count called iter", ["iter 100: loss 3.12"], [["loss", 3.12, 100]]],
    ["no count", ["accuracy : 0.875"], [["accuracy", 0.875]]],
    ["a name that comes twice", ["Epoch: 4 loss: 0.5 (loss: 0.6)"], [["loss", 0.5, 4]]],
  ];
  for (const [title, lines, expected] of cases)
    test(title, () => {
      const pattern = guessPattern(lines);
      assert.deepEqual(
        pointsIn(lines, pattern ?? "").map(({ name, value, epoch, step }) => [
          name,
          value,
          ...[epoch ?? step].filter((at) => at !== undefined),
        ]),
        expected,
      );
    });

  test("none where nothing is told", () =>
    assert.deepEqual(
      [guessPattern([]), guessPattern(["Epoch 1: done", "Namespace(lr=0.1)", "took 3 s", "took 3.5 s", "v1.2"])],
      [undefined, undefined],
    ));
});
