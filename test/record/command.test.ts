import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { programOf } from "../../src/record/command.ts";

const of = (line: string, cwd?: string): string | undefined =>
  programOf({ command: line.split(" "), ...(cwd === undefined ? {} : { cwd }), other: {} });

describe("the program of a command", () => {
  const same: readonly (readonly [string, string])[] = [
    ["python3 train.py --lr 0.1 --seed 1", "python3 train.py --seed 2 --lr=0.2"],
    ["/opt/venv/bin/python3.11 ./train.py", "python train.py"],
    ["python -m pkg.train lr=1 -b 32", "python -m pkg.train lr=2 -b64"],
    ["./train -- --lr 1", "./train --lr 1"],
  ];
  for (const [one, other] of same) test(`is one for \`${one}\` and \`${other}\``, () => assert.equal(of(one), of(other)));
  const apart: readonly (readonly [string, string])[] = [
    ["python3 train_mlp.py", "python3 train_cnn.py"],
    ["python3 t.py configs/a.yaml --lr 1", "python3 t.py configs/b.yaml --lr 1"],
    ["python3 -m modelA.train", "python3 -m modelB.train"],
    ["torchrun --nproc_per_node=2 train.py", "torchrun --nproc_per_node=4 train.py"],
    ["sh -c one", "sh -c two"],
    ["./a", "./b"],
  ];
  for (const [one, other] of apart) test(`is another for \`${one}\` than for \`${other}\``, () => assert.notEqual(of(one), of(other)));
  test("is of the folder, which is the root where none was recorded", () => {
    assert.notEqual(of("python t.py", "modelA"), of("python t.py", "modelB"));
    assert.equal(of("python t.py", "."), of("python t.py"));
    assert.equal(of("python t.py --lr 1", "model A"), "cd 'model A' && python t.py");
  });
  test("is unknown where no command was recorded", () => {
    assert.equal(programOf(undefined), undefined);
    assert.equal(programOf({ other: {} }), undefined);
    assert.equal(programOf({ command: [], other: {} }), undefined);
  });
});
