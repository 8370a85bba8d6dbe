import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parametersOf } from "../../src/formats/arguments.ts";

function read(argv: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(parametersOf(argv).flatMap((item) => (item.kind === "parameter" ? [[item.name, item.value]] : [])));
}

describe("the words of a command", () => {
  const cases: readonly (readonly [title: string, line: string, expected: Record<string, unknown>])[] = [
    ["flags with values, in both spellings", "python train.py --lr 3e-4 --batch-size=32", { lr: 3e-4, batch_size: 32 }],
    ["flags alone, and their opposite", "python train.py --amp --no-shuffle -v", { amp: true, shuffle: false, v: true }],
    ["short flags", "python train.py -b 32 -j8 -lr 0.1", { b: 32, j: 8, lr: 0.1 }],
    ["negative numbers", "train --shift -3 --scale -.5", { shift: -3, scale: -0.5 }],
    ["lists", "python train.py --units 512 256 --betas 0.9 0.99 --x 1", { units: [512, 256], betas: [0.9, 0.99], x: 1 }],
    ["the last of two", "python train.py --lr 1 --lr 2", { lr: 2 }],
    [
      "Hydra's overrides",
      "python train.py model=resnet +trainer.max_epochs=3 ++x.y=[1,2] ~z",
      { model: "resnet", "trainer.max_epochs": 3, "x.y": [1, 2] },
    ],
    ["flags before overrides", "python train.py --multirun lr=1", { multirun: true, lr: 1 }],
    ["nothing of the launcher", "torchrun --nproc_per_node=2 train.py --lr 1", { lr: 1 }],
    ["nothing of the interpreter", "python -u -X dev train.py --lr 1", { lr: 1 }],
    ["a module", "python -m pkg.train --lr 1", { lr: 1 }],
    ["a module that launches", "python -m torch.distributed.run --nproc_per_node 2 train.py --lr 1", { lr: 1 }],
    ["no program that stands among the words", "/bin/bash -lc x=1 zero --lr 1", { lr: 1 }],
    ["a script's own -c", "sh train.sh -c 5", { c: 5 }],
    ["the environment's words", "env A=1 ./train B=2 --lr 1", { B: 2, lr: 1 }],
    ["positional words", "python train.py data/train out", {}],
    ["what stands behind --", "./train --lr 1 -- --x", { lr: 1, x: true }],
    ["a name with dots", "./train --model.depth 3 --model.act=relu", { "model.depth": 3, "model.act": "relu" }],
    ["nothing secret", "./train --api-key abcdefghijkl --lr 1", { lr: 1 }],
    ["no words", "", {}],
  ];
  for (const [title, line, expected] of cases)
    test(title, () => assert.deepEqual(read(line.split(" ").filter((word) => word !== "")), expected));

  test("keeps how a value was written, and where it comes from", () => {
    assert.deepEqual(parametersOf(["./train", "--lr", "3e-4"]), [
      { kind: "parameter", name: "lr", value: 3e-4, text: "3e-4", from: "flag" },
    ]);
    assert.deepEqual(parametersOf(["./train", "--amp", "--no-shuffle"]), [
      { kind: "parameter", name: "amp", value: true, text: "true", from: "flag" },
      { kind: "parameter", name: "shuffle", value: false, text: "false", from: "flag" },
    ]);
  });
});
