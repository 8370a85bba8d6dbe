import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Point, readCurves, thin } from "../../src/report/curve-series.ts";

const read = (text: string) => readCurves(text, "curves").map(({ name, x, points }) => ({ name, x, points }));

describe("a table of curves", () => {
  test("has a column that counts and a curve per further column of numbers", () => {
    assert.deepEqual(read("epoch,loss,acc\n1,0.5,50%\n2,0.4,60%\n"), [
      {
        name: "loss",
        x: "epoch",
        points: [
          [1, 0.5],
          [2, 0.4],
        ],
      },
      {
        name: "acc",
        x: "epoch",
        points: [
          [1, 0.5],
          [2, 0.6],
        ],
      },
    ]);
  });

  test("is counted by steps where it also counts epochs", () => {
    assert.deepEqual(
      read("epoch;step;loss\n0;10;1\n0;20;2\n").map(({ name, x }) => [name, x]),
      [["loss", "step"]],
    );
  });

  test("leaves empty cells and words out and keeps NaN and infinity as gaps", () => {
    assert.deepEqual(read("step\tloss\tnote\n1\t2\tx\n2\t\ty\n3\tnan\tz\n4\t-inf\tz\n5\t1\tz\n"), [
      {
        name: "loss",
        x: "step",
        points: [
          [1, 2],
          [3, null],
          [4, null],
          [5, 1],
        ],
      },
    ]);
  });

  test("is ordered by the place; what a resumed run wrote last stands", () => {
    assert.deepEqual(read("step,loss\n1,9\n2,8\n3,7\n2,5\n4,4\n")[0]?.points, [
      [1, 9],
      [2, 5],
      [3, 7],
      [4, 4],
    ]);
  });

  test("may be long: a column says which curve a row belongs to", () => {
    assert.deepEqual(
      read("metric,step,value\nloss,1,2\nacc,1,3\nloss,2,1\n").map(({ name }) => name),
      ["loss", "acc"],
    );
    assert.deepEqual(
      read("seed,step,loss\n1,1,2\n2,1,3\n").map(({ name }) => name),
      ["loss (seed 1)", "loss (seed 2)"],
    );
    assert.deepEqual(
      read("seed,step,loss\n1,1,2\n1,2,3\n").map(({ name }) => name),
      ["loss"],
      "one seed tells nothing apart",
    );
    // As `journal run` writes them, whatever the order of the columns.
    for (const [head, row] of [
      ["epoch,metric,repeat,value", (name: string, repeat: number) => `1,${name},${repeat},2`],
      ["epoch,repeat,metric,value", (name: string, repeat: number) => `1,${repeat},${name},2`],
    ] as const)
      assert.deepEqual(
        read(`${head}\n${["loss", "acc"].flatMap((name) => [1, 2].map((repeat) => row(name, repeat))).join("\n")}\n`).map(
          ({ name }) => name,
        ),
        ["loss (repeat 1)", "loss (repeat 2)", "acc (repeat 1)", "acc (repeat 2)"],
      );
    assert.deepEqual(
      read("epoch,metric,value\n1,loss,2\n2,loss,1\n").map(({ name }) => name),
      ["loss"],
      "the only one has its name too",
    );
  });

  test("names a column that is just called value by its file", () => {
    assert.deepEqual(
      readCurves("Wall time,Step,Value\n1.5,1,0.4\n", "val_loss").map(({ name, x }) => [name, x]),
      [["val_loss", "Step"]],
    );
  });

  test("reads quotes, a byte order mark, comments and Windows line ends", () => {
    assert.deepEqual(read('\ufeff# made by x\r\nstep,"a, ""b"""\r\n1,2\r\n'), [{ name: 'a, "b"', x: "step", points: [[1, 2]] }]);
  });

  for (const [what, text] of [
    ["nothing", ""],
    ["one column", "step\n1\n"],
    ["a matrix", "cat,dog\n1,2\n"],
    ["words only", "step,note\n1,x\n"],
    ["what is no table", "Traceback (most recent call last):\n"],
  ] as const)
    test(`is not ${what}`, () => assert.deepEqual(read(text), []));
});

describe("thinning", () => {
  const points: readonly Point[] = Array.from({ length: 10_000 }, (_, x) => [x, x === 5000 ? 99 : x === 7000 ? -99 : Math.sin(x / 100)]);

  test("keeps both ends and the extremes and at most as many as asked for", () => {
    const thinned = thin(points, 80);
    assert.ok(thinned.length <= 80);
    assert.deepEqual([thinned[0], thinned.at(-1)], [points[0], points.at(-1)]);
    assert.ok(thinned.some(([, y]) => y === 99) && thinned.some(([, y]) => y === -99));
    assert.deepEqual(
      [...thinned].sort(([a], [b]) => a - b),
      thinned,
      "in order",
    );
  });

  test("keeps gaps", () => {
    const broken = points.map(([x, y]): Point => [x, x > 4000 && x < 6000 ? null : y]);
    assert.ok(thin(broken, 80).some(([x, y]) => y === null && x > 4000 && x < 6000));
  });

  test("leaves short curves alone", () => assert.equal(thin(points.slice(0, 80), 80).length, 80));
});
