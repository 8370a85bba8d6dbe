import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CurveOptions, type CurveRun, counters, curvePanels, curveTicks, hasRepeats, smoothed } from "../../src/report/curve-chart.ts";
import type { Point, Series } from "../../src/report/curve-series.ts";

const plain: CurveOptions = { smooth: 0, log: false, each: false };
const series = (name: string, values: readonly (number | null)[], x = "step"): Series => ({
  name,
  x,
  points: values.map((y, at): Point => [at, y]),
});
const run = (id: string, ...list: readonly Series[]): CurveRun => ({ id, label: id, color: "var(--s1)", series: list });
const falling = Array.from({ length: 100 }, (_, at) => 0.3 + 2 * Math.exp(-at / 15));

describe("curves", () => {
  test("of one name share a panel, in the order in which the runs name them", () => {
    const panels = curvePanels([run("a", series("loss", [1, 2]), series("acc", [3, 4])), run("b", series("acc", [5, 6]))], plain);
    assert.deepEqual(
      panels.map(({ name, lines }) => [name, lines.map((line) => line.run.id)]),
      [
        ["loss", ["a"]],
        ["acc", ["a", "b"]],
      ],
    );
  });

  test("do not let the start of a run squeeze what follows", () => {
    const [panel] = curvePanels([run("a", series("loss", [500, 90, 30, ...falling.map((_, at) => (at % 5) / 10)]))], plain);
    assert.ok(panel !== undefined && panel.range.high < 3, String(panel?.range.high));
    assert.ok(panel.notes.includes("the start is outside the scale"), panel.notes.join());
  });

  test("of a few points are shown whole", () => {
    const few = [1.2, 0.5, 0.4, 0.36, 0.35];
    const [panel] = curvePanels([run("a", series("loss", few)), run("b", series("loss", [1.4, ...few.slice(1)]))], plain);
    assert.ok(panel !== undefined && panel.range.high >= 1.4, String(panel?.range.high));
    assert.deepEqual(panel.notes, []);
  });

  test("always show where each run ended", () => {
    const [panel] = curvePanels([run("a", series("loss", [...falling, 9]))], plain);
    assert.ok(panel !== undefined && panel.range.high > 9);
  });

  test("end with a cross where a run diverged, and say so", () => {
    const [panel] = curvePanels([run("a", series("loss", [3, 2, null, null]))], plain);
    assert.deepEqual(panel?.lines[0]?.lost, [1, 2]);
    assert.ok(panel?.notes.includes("a diverged after step 1"), panel?.notes.join());
    assert.equal(curvePanels([run("a", series("loss", [3, null, 2]))], plain)[0]?.lines[0]?.lost, undefined);
  });

  test("of repeats become a mean with a band, or stand each by itself", () => {
    const runs = [run("a", series("loss (seed 1)", [1, 2]), series("loss (seed 2)", [3, 2]), series("loss (seed 3)", [5, 2]))];
    assert.equal(hasRepeats(runs), true);
    const [panel] = curvePanels(runs, plain);
    assert.equal(panel?.name, "loss");
    assert.deepEqual(panel?.lines[0]?.points, [
      [0, 3],
      [1, 2],
    ]);
    assert.deepEqual(panel?.lines[0]?.band, [
      [0, 1, 5],
      [1, 2, 2],
    ]);
    assert.ok(panel?.notes.includes("a: mean of 3 repeats ± sd"));
    assert.equal(curvePanels(runs, { ...plain, each: true })[0]?.lines.length, 3);
  });

  test("of two repeats have a band from the lower to the higher", () => {
    const runs = [run("a", series("loss (seed 1)", [1, 2]), series("loss (seed 2)", [3, 2]))];
    assert.deepEqual(curvePanels(runs, plain)[0]?.lines[0]?.band, [
      [0, 1, 3],
      [1, 2, 2],
    ]);
  });

  test("recorded at other places are not averaged", () => {
    const odd: Series = {
      name: "loss (seed 2)",
      x: "step",
      points: [
        [0.5, 1],
        [1.5, 2],
      ],
    };
    assert.equal(curvePanels([run("a", series("loss (seed 1)", [1, 2]), odd)], plain)[0]?.lines.length, 2);
  });

  test("on a log scale leave out and count what is not positive", () => {
    const [panel] = curvePanels([run("a", series("loss", [10, 0, -1, 1, 0.1]))], { ...plain, log: true });
    assert.equal(panel?.range.log, true);
    assert.ok(panel !== undefined && panel.range.low > 0);
    assert.ok(panel.notes.includes("2 not positive, left out of the log scale"), panel.notes.join());
  });

  test("show a stretch, and one that ended before it whole", () => {
    const runs = [run("a", series("long", falling)), run("b", series("short", [1, 2, 3]))];
    const [long, short] = curvePanels(runs, { ...plain, from: 40, to: 60 });
    assert.deepEqual([long?.from, long?.to, long?.whole.to], [40, 60, 99]);
    assert.deepEqual([short?.from, short?.to], [0, 2]);
    assert.ok(long !== undefined && long.range.high < 0.5);
  });

  test("counted in different things are kept apart", () => {
    const runs = [run("a", series("loss", [1, 2]), series("val", [1, 2], "epoch"), series("acc", [1, 2]))];
    assert.deepEqual(counters(runs), ["step", "epoch"]);
    assert.deepEqual(
      curvePanels(runs, plain).map(({ name }) => name),
      ["loss", "acc"],
    );
    assert.deepEqual(
      curvePanels(runs, { ...plain, x: "epoch" }).map(({ name }) => name),
      ["val"],
    );
  });

  test("without any number leave a range that can be drawn", () => {
    for (const values of [[null, null], [], [0], [1e308, -1e308]]) {
      for (const log of [false, true]) {
        for (const { range } of curvePanels([run("a", series("loss", values))], { ...plain, log }))
          assert.ok(range.low < range.high && Number.isFinite(range.low), JSON.stringify([values, range]));
      }
    }
  });
});

describe("smoothing", () => {
  const noisy = Array.from({ length: 200 }, (_, at): Point => [at, at % 2]);
  const roughness = (points: readonly Point[]): number =>
    points.slice(1).reduce((sum, [, y], at) => sum + Math.abs((y ?? 0) - (points[at]?.[1] ?? 0)), 0);
  test("of weight 0 changes nothing, of a larger one smooths more", () => {
    assert.deepEqual(smoothed(noisy, 0, 199), noisy);
    const [some, more] = [0.5, 0.95].map((weight) => roughness(smoothed(noisy, weight, 199)));
    assert.ok((some ?? 0) < roughness(noisy) && (more ?? 0) < (some ?? 0) / 2);
  });
  test("starts at the first value and leaves a constant as it is", () => {
    for (const [, y] of smoothed(
      [
        [0, 5],
        [1, 5],
        [7, 5],
      ],
      0.9,
      7,
    ))
      assert.ok(Math.abs((y ?? 0) - 5) < 1e-12);
    assert.equal(
      smoothed(
        [
          [0, 9],
          [1, 1],
        ],
        0.99,
        1000,
      )[0]?.[1],
      9,
    );
  });
  test("fades with distance, not with the count of points", () => {
    const dense = Array.from({ length: 401 }, (_, at): Point => [at / 2, Math.sin(at / 80)]);
    const sparse = dense.filter((_, at) => at % 2 === 0);
    const last = (points: readonly Point[]): number => smoothed(points, 0.9, 200).at(-1)?.[1] ?? 0;
    assert.ok(Math.abs(last(dense) - last(sparse)) < 0.01);
  });
  test("goes on after a gap", () => {
    assert.deepEqual(
      smoothed(
        [
          [0, 1],
          [1, null],
          [2, 1],
        ],
        0.5,
        2,
      ).map(([, y]) => y),
      [1, null, 1],
    );
  });
});

describe("ticks of curves", () => {
  const texts = (low: number, high: number, log = false): readonly string[] => curveTicks({ low, high, log }, 4).map(({ text }) => text);
  test("are round, few and alike", () => {
    assert.deepEqual(texts(0, 1), ["0.0", "0.5", "1.0"]);
    assert.deepEqual(texts(0.28, 1.9), ["0.5", "1.0", "1.5"]);
    assert.deepEqual(texts(-20, 30), ["−20", "0", "20"]);
    assert.deepEqual(texts(0, 20_000), ["0", "5000", "10,000", "15,000", "20,000"]);
    assert.deepEqual(texts(0, 0.001), ["0.0000", "0.0005", "0.0010"]);
    assert.deepEqual(texts(0, 1e-5), ["0", "5e−6", "1e−5"]);
  });
  test("of a log scale are powers, with steps between where these are few", () => {
    assert.deepEqual(texts(0.01, 100, true), ["0.01", "0.1", "1", "10", "100"]);
    assert.deepEqual(texts(1, 10, true), ["1", "2", "5", "10"]);
    assert.deepEqual(texts(0.31, 0.39, true), ["0.32", "0.34", "0.36", "0.38"]);
  });
});
