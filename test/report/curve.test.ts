import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MetricView } from "../../src/analysis/study.ts";
import { curveHeight, curveLine, curveWidth, drawCurve } from "../../src/report/curve.ts";
import type { Point, Series } from "../../src/report/curve-series.ts";

const metric = (words: Partial<MetricView> = {}): MetricView => ({
  name: "loss",
  label: "Loss",
  guessed: false,
  duration: false,
  decimals: 3,
  direction: "min",
  ...words,
});
const series = (points: readonly Point[], name = "loss"): Series => ({ name, x: "epoch", points });
const falling = Array.from({ length: 20 }, (_, x): Point => [x + 1, 1 / (x + 1)]);
const draw = (points: readonly Point[], words: Partial<MetricView> | undefined = {}, base?: number) =>
  drawCurve(series(points), {
    metric: () => (words === undefined ? undefined : metric(words)),
    ...(base === undefined ? {} : { base: { id: "EXP001-aaaa", points: () => [[0, base]] } }),
  });
const numbers = (path: string): readonly number[] => (path.match(/-?[\d.]+/g) ?? []).map(Number);

describe("a drawn curve", () => {
  test("tells its last and best value, and where the best was", () => {
    const { title, arrow, facts, name } = draw(falling);
    assert.deepEqual([title, arrow, facts], ["Loss", "↓", ["last 0.050", "best 0.050 at epoch 20"]]);
    assert.equal(name, "Loss from epoch 1 to epoch 20: last 0.050, best 0.050 at epoch 20");
  });

  test("has at most 80 corners, all inside the picture, and no number that is none", () => {
    const { line } = draw(Array.from({ length: 5000 }, (_, x): Point => [x, Math.sin(x) + x / 1000]));
    const found = numbers(line);
    assert.ok(found.length <= 160 && found.length > 100);
    assert.ok(found.every((value, index) => value >= 0 && value <= (index % 2 === 0 ? curveWidth : curveHeight)));
    assert.doesNotMatch(line, /NaN|Infinity|undefined/);
  });

  test("ends in a cross where the run diverged, and says after which step", () => {
    const { end, notes, name } = draw([...falling, [21, null], [22, null]]);
    assert.ok(end.lost);
    assert.deepEqual(notes, ["diverged after epoch 20"]);
    assert.match(name, /diverged after epoch 20/);
    assert.equal(draw([...falling, [21, null], [22, 0.1]]).end.lost, false, "one that came back did not end there");
  });

  test("is broken where a value is missing", () => {
    assert.equal(
      draw([
        [1, 1],
        [2, 2],
        [3, null],
        [4, 2],
        [5, 1],
      ]).line.match(/M/g)?.length,
      2,
    );
  });

  test("holds the base's end as a rule and says whose it is", () => {
    const { base, notes } = draw(falling, {}, 0.2);
    assert.ok(base !== undefined && base > 8 && base < 98);
    assert.deepEqual(notes, ["┄ EXP001-aaaa ended at 0.200"]);
  });

  test("leaves a wild start out of the scale, says so, and does not draw it", () => {
    const wild = Array.from({ length: 200 }, (_, x): Point => [x, x < 3 ? 1000 : 1 + Math.sin(x) / 10]);
    const { notes, line, rows } = draw(wild);
    assert.deepEqual(notes, ["the start is outside the scale"]);
    assert.ok(
      numbers(line)
        .filter((_, index) => index % 2 === 1)
        .every((y) => y >= 8 && y <= 98),
    );
    assert.ok(rows.every(({ text }) => Number(text) < 2));
  });

  test("counts what lies outside elsewhere", () => {
    const outliers = Array.from({ length: 400 }, (_, x): Point => [x, x === 200 || x === 300 ? 500 : Math.sin(x)]);
    assert.deepEqual(draw(outliers, { direction: "min" }).notes, ["2 points outside the scale"]);
  });

  test("shows percent of fractions and of percentages alike, and times in their unit", () => {
    assert.deepEqual(
      draw(
        [
          [1, 0.5],
          [2, 0.872],
        ],
        { unit: "%", decimals: 1, direction: "max" },
      ).facts,
      ["last 87.2%", "best 87.2% at epoch 2"],
    );
    assert.deepEqual(
      draw(
        [
          [1, 50],
          [2, 87.2],
        ],
        { unit: "%", decimals: 1, direction: "max" },
      ).facts,
      ["last 87.2%", "best 87.2% at epoch 2"],
    );
    assert.deepEqual(
      draw(
        [
          [1, 3600],
          [2, 5400],
        ],
        { unit: "h", decimals: 1 },
      ).facts,
      ["last 1.5 h", "best 1.0 h at epoch 1"],
    );
  });

  test("shows percent as the recorded value was read", () => {
    const percent = metric({ unit: "%", decimals: 1 });
    const ends = (values: readonly number[], value: number, theirs: readonly number[] = [], base = 0) => {
      const points = (all: readonly number[]): readonly Point[] => all.map((y, x): Point => [x + 1, y]);
      const { facts, notes } = drawCurve(series(points(values)), {
        metric: () => percent,
        value: () => value,
        base: { id: "EXP001-aaaa", points: () => points(theirs), value: () => base },
      });
      return [facts[0], notes[0]];
    };
    assert.deepEqual(ends([0.9, 0.7], 0.007, [2, 0.3], 0.3), ["last 0.7%", "┄ EXP001-aaaa ended at 30.0%"]);
    assert.deepEqual(ends([2, 0.3], 0.3, [0.9, 0.8], 0.008), ["last 30.0%", "┄ EXP001-aaaa ended at 0.8%"]);
  });

  for (const [what, points] of [
    ["one point", [[1, 5]]],
    [
      "a constant",
      [
        [1, 5],
        [2, 5],
        [3, 5],
      ],
    ],
    [
      "zeros",
      [
        [1, 0],
        [2, 0],
      ],
    ],
    [
      "huge and tiny values",
      [
        [1, 1e-12],
        [2, 1e300],
      ],
    ],
    [
      "negative values",
      [
        [1, -5],
        [2, -3],
      ],
    ],
    [
      "a gap at both ends",
      [
        [1, null],
        [2, 5],
        [3, null],
      ],
    ],
  ] as const)
    test(`can be drawn from ${what}`, () => {
      const { line, rows, end, name } = draw(points);
      assert.doesNotMatch(JSON.stringify([line, rows, end, name]), /NaN|Infinity|undefined|null/);
      assert.ok(rows.length > 0);
    });

  test("has no axis below zero where nothing is", () => {
    const lowest = (...values: readonly number[]): number => {
      const { rows } = draw(values.map((value, at): Point => [at, value]));
      return Math.min(...rows.map(({ text }) => Number(text.replace("−", "-"))));
    };
    assert.deepEqual([lowest(0, 0, 0), lowest(0.01, 1), lowest(-1, 1) < 0], [0, 0, true]);
  });
  test("writes the numbers of its axis alike", () => {
    const texts = draw(
      [
        [1, 0],
        [2, 0.001],
      ],
      undefined,
    ).rows.map(({ text }) => text);
    assert.deepEqual(texts, ["0.0000", "0.0005", "0.0010"]);
  });

  test("writes times on the axis as times", () => {
    const timed: Series = {
      name: "loss",
      x: "time",
      points: [
        [1_700_000_000, 1],
        [1_700_009_960, 2],
      ],
    };
    const { from, to } = drawCurve(timed, { metric: () => undefined });
    assert.deepEqual([from, to], ["0 s", "2 h 46 min"]);
  });
});

test("a curve that is not drawn is a line: last, best, or that it diverged", () => {
  const context = { metric: () => metric() };
  assert.deepEqual(curveLine(series(falling), context), { title: "Loss", last: "0.050", best: "0.050 at epoch 20" });
  assert.equal(curveLine(series([...falling, [21, null]]), context).last, "diverged");
  assert.deepEqual(curveLine(series([[1, 2]], "lr"), { metric: () => undefined }), { title: "lr", last: "2" });
});
