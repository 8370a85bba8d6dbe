import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedIn, namesIn, parseSeeds, rewrite, withSeedPlace } from "../../src/cli/rerun-words.ts";

const words = (line: string): readonly string[] => line.split(" ");
const set = (line: string, ...pairs: readonly string[]): string => {
  const assignments = pairs.map((pair) => ({ key: pair.split("=")[0] ?? "", value: pair.slice(pair.indexOf("=") + 1) }));
  const { words: done, missing } = rewrite(words(line), assignments);
  return missing.length > 0 ? `missing ${missing}` : done.join(" ");
};

test("a value is replaced where the command has a place for it", () => {
  assert.equal(set("python train.py --lr 3e-4 --bs=32", "lr=1e-4", "bs=64"), "python train.py --lr 1e-4 --bs=64");
  assert.equal(set("python train.py --batch-size 32 -x 1", "batch_size=64"), "python train.py --batch-size 64 -x 1");
  assert.equal(set("python train.py -b 32", "b=64"), "python train.py -b 64");
  assert.equal(
    set("python main.py model.lr=1 +opt.name=sgd ++x=1", "model.lr=2", "opt.name=adam", "x=3"),
    "python main.py model.lr=2 +opt.name=adam ++x=3",
  );
  assert.equal(set("t --dims 512 256 --z -1", "dims=[128, 64]", "z=-2"), "t --dims 128 64 --z -2");
  assert.equal(set("t --lr 1 --lr 2", "lr=3"), "t --lr 3 --lr 3");
  assert.equal(set("t --path a", "path=b=c d"), "t --path b=c d");
});

test("a name without a place is named", () => {
  for (const line of ["python train.py", "python train.py --lrs 1", "python train.py --lr", "lr=1 train"])
    assert.equal(set(line, "lr=3"), "missing lr");
  assert.deepEqual(namesIn(words("python train.py --lr 1 --amp")), ["lr", "amp"]);
});

test("seeds are single numbers and ranges", () => {
  assert.deepEqual(parseSeeds("4-6,9"), ["4", "5", "6", "9"]);
  assert.deepEqual(parseSeeds("0"), ["0"]);
  for (const text of ["", "four", "6-4", "1-5000", "1,1", "-1", "1.5"]) assert.equal(parseSeeds(text), undefined, text);
});

test("a seed has a place in braces or in an option that is named so", () => {
  assert.deepEqual(withSeedPlace(words("t --out runs/{seed}")), words("t --out runs/{seed}"));
  assert.deepEqual(withSeedPlace(words("python t.py --random-seed 3 --lr 1")), words("python t.py --random-seed {seed} --lr 1"));
  assert.deepEqual(withSeedPlace(words("python t.py trainer.seed=3")), words("python t.py trainer.seed={seed}"));
  assert.equal(withSeedPlace(words("python t.py --seedling 3")), undefined);
});

test("a masked secret is found", () => {
  assert.deepEqual(maskedIn(["a", "--key=[redacted:api-key]"]), ["--key=[redacted:api-key]"]);
});
