import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { progressChart } from "../../src/report/progress-chart.ts";
import { findProgress } from "../../src/report/progress-chart-data.ts";
import { spreadText } from "../../src/report/progress-chart-words.ts";
import { tries, tryId } from "../support/tries.ts";

const percent = (value: number): string => `${value.toFixed(1)}%`;
const rising = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => percent(80 + (10 * at) / count));
const chartOf = (...words: Parameters<typeof tries>) => progressChart(tries(...words), "c");

interface Layer {
  readonly mark: {
    readonly type: string;
    readonly shape?: string;
    readonly strokeDash?: readonly number[];
    readonly fill?: string;
    readonly dy?: number;
  };
  readonly data: { readonly values: readonly Readonly<Record<string, number | string>>[] };
}
const layers = (spec: Readonly<Record<string, unknown>> | undefined): readonly Layer[] => (spec?.["layer"] ?? []) as readonly Layer[];
const lineOf = (spec: Readonly<Record<string, unknown>> | undefined): Layer | undefined =>
  layers(spec).find(({ mark }) => mark.type === "line");
const pointsOf = (spec: Readonly<Record<string, unknown>> | undefined, fill: string): Layer | undefined =>
  layers(spec).find(({ mark }) => mark.type === "point" && mark.fill === fill);
const symbols = (spec: Readonly<Record<string, unknown>> | undefined): number =>
  layers(spec)
    .filter(({ mark }) => mark.type === "point")
    .reduce((sum, { data }) => sum + data.values.length, 0);

describe("the progress chart", () => {
  test("is not drawn below three values, nor for failures alone", () => {
    assert.equal(chartOf([]), undefined);
    assert.equal(chartOf(["80%", "81%"]), undefined);
    assert.equal(chartOf([undefined, undefined, undefined], { status: () => "failed" }), undefined);
    assert.ok(chartOf(["80%", "81%", "82%"]));
  });

  test("leads the best along the kept runs only, in the direction of the metric", () => {
    const decide = (at: number): "keep" | "discard" => (at % 2 === 0 ? "keep" : "discard");
    const up = lineOf(chartOf([80, 99, 82, 70, 81], { decide })?.wide);
    assert.deepEqual(
      up?.data.values.map(({ x, y }) => [x, y]),
      [
        [1, 80],
        [3, 82],
        [5.5, 82],
      ],
    );
    const down = lineOf(chartOf([80, 10, 82, 70, 79], { decide, goal: "min" })?.wide);
    assert.deepEqual(
      down?.data.values.map(({ x, y }) => [x, y]),
      [
        [1, 80],
        [5, 79],
        [5.5, 79],
      ],
    );
  });

  test("is dashed, and says so, while nothing is kept", () => {
    const open = chartOf([80, 82, 81]);
    assert.ok(lineOf(open?.wide)?.mark.strokeDash);
    assert.ok(open?.caption.some((sentence) => sentence.includes("dashed")));
    assert.equal(lineOf(chartOf([80, 82, 81], { decide: () => "keep" })?.wide)?.mark.strokeDash, undefined);
  });

  test("starts the best anew under another protocol, and takes none of an older one into it", () => {
    const study = tries([80, 90, 70, 99, 75], { decide: () => "keep", protocol: (at) => (at < 2 || at === 3 ? "v1" : "v2") });
    const progress = findProgress(study);
    assert.deepEqual(
      progress?.best.map(({ y, era }) => [y, era]),
      [
        [80, 0],
        [90, 0],
        [70, 1],
        [75, 1],
      ],
    );
    assert.deepEqual(
      progress?.eras.map(({ name, from, to }) => [name, from, to]),
      [
        ["v1", 1, 2],
        ["v2", 3, 5],
      ],
    );
    assert.equal(progress?.top?.y, 75);
  });

  test("keeps one value far away from flattening the others, and tells it at the edge", () => {
    const values = Array.from({ length: 40 }, (_, at) => (at === 12 ? 3.2 : Number((0.97 - at / 1000).toFixed(3))));
    for (const decide of [() => undefined, (at: number) => (at === 12 ? "discard" : "keep") as "keep", () => "keep" as const]) {
      const study = tries(values, { goal: "min", metric: "loss", decide });
      const range = findProgress(study)?.range;
      assert.ok(range !== undefined && range.high < 1.1, `up to ${range?.high}`);
      const chart = progressChart(study, "c");
      assert.ok(
        chart?.caption.some((sentence) => sentence.startsWith("1 outside the scale ▲")),
        chart?.caption.join(),
      );
      assert.match(JSON.stringify(chart?.wide), /3\.2/);
    }
  });

  test("shows most of the runs also where only the first is kept", () => {
    const values = ["90%", ...Array.from({ length: 30 }, (_, at) => percent(60 + at))];
    const progress = findProgress(tries(values, { unit: "%", decide: (at) => (at === 0 ? "keep" : "discard") }));
    const inside = progress?.points.filter(({ y }) => y >= progress.range.low && y <= progress.range.high).length ?? 0;
    assert.ok(inside > 15, `${inside} of 31 inside`);
  });

  test("puts runs that failed or diverged under the plot and counts those without a value", () => {
    const chart = chartOf([80, undefined, Number.NaN, 82, undefined, 83], {
      status: (at) => (at === 1 ? "failed" : "finished"),
      decide: () => undefined,
    });
    const failed = layers(chart?.wide).find(({ mark }) => mark.shape?.startsWith("M-1"));
    assert.deepEqual(
      failed?.data.values.map(({ x }) => x),
      [2, 3],
    );
    assert.ok(chart?.caption.includes("1 without acc"), chart?.caption.join());
    assert.ok(chart?.legend.some(({ word }) => word === "failed"));
    assert.doesNotMatch(JSON.stringify(chart?.wide), /NaN|Infinity/);
  });

  test("names runs on the side that the line of the best does not come from, and the noise as values are written", () => {
    const sideOf = (goal: "min" | "max"): unknown => {
      const chart = progressChart(tries([3, 2, 1], { goal, metric: "loss" }), "c");
      return layers(chart?.wide).find(({ data }) => data.values.some((row) => row["id"] === tryId(0)))?.mark.dy;
    };
    assert.deepEqual([sideOf("max"), sideOf("min")], [-14, 16]);
    assert.equal(spreadText(1.34, { unit: "x" }), "1.3x");
    assert.equal(spreadText(0.54, { unit: "%" }), "0.54 pp");
  });

  test("draws an interval where a kept run was repeated, and the noise beside the plot", () => {
    const chart = chartOf([[80, 81, 82], 83, [84, 84.5, 85]], { decide: () => "keep" });
    const rules = layers(chart?.wide).filter(({ mark, data }) => mark.type === "rule" && data.values.some((row) => "y2" in row));
    assert.equal(rules.length, 2, "intervals, noise");
    // 81 ± 4.303 · 1 / √3
    assert.deepEqual(rules[0]?.data.values.map(({ y, y2 }) => [Number(y).toFixed(2), Number(y2).toFixed(2)])[0], ["78.52", "83.48"]);
    assert.ok(chart?.caption.some((sentence) => sentence.includes("noise of one value")));
    assert.ok(chartOf([80, 81, 82])?.caption.some((sentence) => sentence.startsWith("noise unknown")));
  });

  test("shows a target as its author wrote it", () => {
    const chart = chartOf(["80%", "81%", "82%"], { unit: "%", study: { target: { acc: "95 %" } } });
    assert.match(JSON.stringify(chart?.wide), /"target 95 %"/);
    assert.ok((findProgress(tries(["80%", "81%", "82%"], { unit: "%", study: { target: { acc: "95%" } } }))?.range.high ?? 0) > 95);
  });

  test("names its runs while there is room, and not after", () => {
    const named = (count: number): boolean => JSON.stringify(chartOf(rising(count), { unit: "%" })?.wide).includes(`"id":"${tryId(0)}"`);
    assert.equal(named(10), true);
    assert.equal(named(40), false);
  });

  test("has one mark per run up to 400, on a phone up to 120, and columns above", () => {
    const decide = (at: number): "keep" | "discard" => (at % 10 === 0 ? "keep" : "discard");
    const at400 = chartOf(rising(400), { unit: "%", decide });
    assert.equal(symbols(at400?.wide), 400);
    assert.equal(
      layers(at400?.wide).some(({ mark }) => mark.type === "rect"),
      false,
    );
    assert.ok(symbols(at400?.narrow) <= 80 && layers(at400?.narrow).some(({ mark }) => mark.type === "rect"));
    const at401 = chartOf(rising(401), { unit: "%", decide });
    assert.ok(symbols(at401?.wide) <= 240);
    assert.equal(layers(at401?.wide).filter(({ mark }) => mark.type === "rect")[0]?.data.values.length, 96);
    assert.ok(pointsOf(at401?.wide, "var(--keep)"));
  });

  test("counts what stands outside when these are many, instead of drawing a row of arrows", () => {
    const values = Array.from({ length: 300 }, (_, at) => (at > 0 && at % 3 === 0 ? 10 + (at % 7) : 80 + (at % 5)));
    const chart = chartOf(values, { decide: (at) => (at % 3 === 1 ? "keep" : "discard") });
    assert.ok(
      chart?.caption.some((sentence) => sentence === "99 outside the scale, not drawn"),
      chart?.caption.join(),
    );
    assert.equal(symbols(chart?.wide), 201);
  });

  test("turns many failures into bars of their share", () => {
    const values = Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? undefined : 80 + (at % 5)));
    const chart = chartOf(values, { status: (at) => (at % 3 === 0 ? "failed" : "finished") });
    const bars = layers(chart?.wide).find(({ mark, data }) => mark.type === "rect" && data.values.some((row) => "h" in row));
    assert.ok(bars?.data.values.every(({ h }) => Number(h) > 0 && Number(h) <= 10));
  });

  test("says in one sentence what the picture says", () => {
    const chart = chartOf(["80%", "82%", "81%", undefined], {
      unit: "%",
      decide: (at) => (at === 3 ? undefined : at === 2 ? "discard" : "keep"),
      status: (at) => (at === 3 ? "failed" : "finished"),
    });
    assert.equal(
      chart?.name,
      `acc of 4 runs in order: 2 kept, 1 discarded, 1 failed; best ${tryId(1)} 82%, +2 pp (+2.5% rel) on the baseline ${tryId(0)}`,
    );
  });

  test("has room for its plot whatever its texts are", () => {
    const long = "x".repeat(500);
    const values = ["1", "2", "3"].map((value) => `${value} ${"u".repeat(30)}`);
    const chart = chartOf(values, {
      metric: long,
      decide: () => "keep",
      title: () => `\u001f\u202e${long}`,
      study: { target: { [long]: long } },
    });
    for (const spec of [chart?.wide, chart?.narrow]) assert.ok(Number(spec?.["width"]) > 200, String(spec?.["width"]));
    assert.doesNotMatch(JSON.stringify(chart?.live?.().data["kept"]?.map(({ tip }) => String(tip).slice(13))), /\u001f|\\u001f|\u202e/);
  });

  test("lists at most fifty runs, the newest first", () => {
    const chart = chartOf(rising(60), { unit: "%" });
    assert.equal(chart?.data.rows.length, 50);
    assert.equal(chart?.data.rows[0]?.[0]?.text, tryId(59));
  });
});

describe("the live progress chart", () => {
  test("holds every run, with its time, and the ranges to choose from", () => {
    const live = chartOf(rising(500), { unit: "%", decide: (at) => (at % 2 === 0 ? "keep" : "discard") })?.live?.();
    const { kept = [], discarded = [] } = live?.data ?? {};
    assert.equal(kept.length + discarded.length, 500);
    assert.ok(kept.every(({ t }) => typeof t === "number"));
    assert.deepEqual(
      live?.zoom?.ranges.map(({ text }) => text),
      ["all", "last 200"],
    );
    assert.equal(live?.zoom?.dates?.from, Date.UTC(2025, 10, 17, 8));
  });
  test("offers true dates only where every run has one", () => {
    assert.equal(chartOf(rising(5), { perDay: 0 })?.live?.().zoom?.dates, undefined);
  });
  test("offers the other scale where it can tell something", () => {
    assert.deepEqual(Object.keys(chartOf([1, 2, 3], { decide: () => "keep" })?.live?.().specs ?? {}), ["linear"]);
    assert.deepEqual(Object.keys(chartOf([1, 20, 30], { decide: () => "keep" })?.live?.().specs ?? {}), ["linear", "log"]);
    assert.deepEqual(Object.keys(chartOf([1, 20, 300], { decide: () => "keep" })?.live?.().specs ?? {}), ["log", "linear"]);
  });
});
