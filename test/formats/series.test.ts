import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { curveTables } from "../../src/formats/curve-tables.ts";
import type { Item } from "../../src/formats/item.ts";
import { type Asked, pickResults } from "../../src/formats/results.ts";
import { Series } from "../../src/formats/series.ts";
import { Collector, type WholeTold } from "../../src/formats/told.ts";
import type { MetricSettings } from "../../src/record/settings.ts";
import { readCurves } from "../../src/report/curve-series.ts";

const point = (name: string, value: number, step?: number, more: object = {}): Item => ({
  kind: "point",
  name,
  value,
  ...(step === undefined ? {} : { step }),
  ...more,
});

function told(...items: readonly Item[]): WholeTold {
  const collector = new Collector();
  for (const item of items) collector.add(item);
  return collector.end();
}

const metric = (name: string, more: Partial<MetricSettings> = {}): MetricSettings => ({ name, from: [], ...more });

function pick(all: WholeTold, declared: Record<string, MetricSettings> = {}, known: readonly string[] = []) {
  const asked: Asked = { declared, known: new Set(known), valueAt: (_, name, x) => all.valueAt(name, x) };
  return pickResults([all], asked).map(({ name, values, pick: how, step, from }) => [
    name,
    values[0],
    how,
    step,
    ...(from === undefined ? [] : [from]),
  ]);
}

test("what adds up while a run goes on has its last point, what is to be good its best", () => {
  const points = [1, 2, 3].flatMap((step) => [point("cost", step * 10, step), point("loss", step === 2 ? 0.1 : 0.5, step)]);
  assert.deepEqual(
    pick(told(...points)).map(([name, value, how]) => [name, value, how]),
    [
      ["cost", "30", "last"],
      ["loss", "0.1", "best"],
    ],
  );
});

test("a result gives the same number again, to its last digit", () => {
  const results = (...values: readonly number[]) =>
    pick(told(...values.map((value, at) => point(`m${at}`, value)))).map(([, text]) => text);
  assert.deepEqual(results(1234567890123456, 1400000000123, 0.1 + 0.2, Math.fround(0.8632), 1e-7), [
    "1234567890123456",
    "1400000000123",
    "0.30000000000000004",
    "0.8632",
    "1e-7",
  ]);
});

describe("a curve while it grows", () => {
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );

  test("keeps the ends and the extremes of any number of points, in bounded memory and in order", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5000 }), (values) => {
        const series = new Series("loss", "step");
        for (const [step, y] of values.entries()) series.add(step, y);
        const kept = series.points();
        const finite = values.filter((y) => Number.isFinite(y));
        assert.deepEqual(kept[0], { x: 0, y: values[0] });
        assert.deepEqual(kept.at(-1), { x: values.length - 1, y: values.at(-1) });
        assert.equal(series.lowest?.y, finite.length === 0 ? undefined : Math.min(...finite));
        assert.equal(series.highest?.y, finite.length === 0 ? undefined : Math.max(...finite));
        assert.ok(kept.length <= 512 * 3 + 2);
        assert.ok(kept.every(({ x }, index) => index === 0 || x > (kept[index - 1]?.x ?? 0)));
      }),
      { numRuns: 100 },
    );
  });

  test("a million points cost a thousand", () => {
    const series = new Series("loss", "step");
    for (let step = 0; step < 1_000_000; step += 1) series.add(step, Math.sin(step) - (step === 654_321 ? 100 : 0));
    assert.equal(series.count, 1_000_000);
    assert.deepEqual(series.lowest?.x, 654_321);
    assert.ok(series.points().length < 1600);
  });
});

describe("what the items of a run say", () => {
  test("points of several files are put in order, and the later word for a place counts", () => {
    const { series, count, began } = told(
      point("a", 1, 2),
      point("a", 2, 1),
      point("a", 9, 2, { time: 500 }),
      point("a", 3, 3, { time: 400 }),
    );
    assert.deepEqual(series.get("a")?.points(), [
      { x: 1, y: 2 },
      { x: 2, y: 9 },
      { x: 3, y: 3 },
    ]);
    assert.deepEqual([count, began], [4, 400]);
  });

  test("a lone last value beside a curve is not another curve, whichever comes first", () => {
    for (const items of [
      [point("a", 7), point("a", 1, 1), point("a", 2, 2)],
      [point("a", 1, 1), point("a", 2, 2), point("a", 7)],
    ]) {
      const series = told(...items).series.get("a");
      assert.deepEqual([series?.axis, series?.count, series?.last?.y], ["step", 2, 2]);
    }
  });

  test("the first word about a fact or a parameter counts, tags add up", () => {
    const { parameters, facts } = told(
      { kind: "parameter", name: "lr", value: 1, from: "flag" },
      { kind: "parameter", name: "lr", value: 2, from: "file" },
      { kind: "fact", name: "title", value: "one" },
      { kind: "fact", name: "title", value: "two" },
      { kind: "fact", name: "tags", value: ["a"] },
      { kind: "fact", name: "tags", value: ["b", "a"] },
    );
    assert.equal(parameters.get("lr")?.value, 1);
    assert.deepEqual([facts.get("title"), facts.get("tags")], ["one", ["a", "b"]]);
  });
});

describe("which point becomes the result", () => {
  const curve = told(
    ...[0.5, 0.9, 0.7].map((value, step) => point("val_acc", value, step)),
    ...[3, 1, 2].map((value, step) => point("val_loss", value, step)),
    ...[1, 2, 3].map((value, step) => point("epoch_time", value, step)),
    ...[1, 2, 3].map((value, step) => point("lr", value, step)),
    point("n_params", 12),
  );

  test("the best of a quality, the last of the rest; curves without a meaning stay curves", () => {
    assert.deepEqual(pick(curve), [
      ["val_acc", "0.9", "best", 1],
      ["val_loss", "1", "best", 1],
      ["n_params", "12", undefined, undefined],
    ]);
  });

  test("as the settings say, under the journal's name", () => {
    const declared = {
      accuracy: metric("accuracy", { from: ["Accuracy/val", "val_acc"], unit: "%", goal: "max" }),
      loss: metric("loss", { from: ["val_loss"], pick: "at best accuracy" }),
      epoch_time: metric("epoch_time", { pick: "first" }),
      lr: metric("lr", { pick: "max" }),
    };
    assert.deepEqual(pick(curve, declared).slice(0, 4), [
      ["accuracy", "90%", "best", 1, "val_acc"],
      ["loss", "1", "at best accuracy", 1, "val_loss"],
      ["epoch_time", "1", "first", 0],
      ["lr", "3", "max", 2],
    ]);
  });

  test("bare numbers of a metric in % are percent or parts of 1 by what is usual, all points of a curve alike", () => {
    const read = (values: readonly number[], usual?: number, unit?: string, declared = true) => {
      const all = told(...values.map((value, step) => point("err", value, step, unit === undefined ? {} : { unit })));
      const asked: Asked = {
        declared: declared ? { err: metric("err", { unit: "%", goal: "min" }) } : {},
        known: new Set(),
        valueAt: () => undefined,
        ...(usual === undefined ? {} : { usual: () => ({ value: usual, unit: "%" }) }),
      };
      const [one] = pickResults([all], asked);
      return [one?.values[0], one?.guess?.doubt];
    };
    assert.deepEqual(read([0.9, 0.8, 0.7], 0.012), ["0.7%", "usual"]);
    assert.deepEqual(read([0.9, 0.8, 0.7], 0.012, undefined, false), ["0.7%", "usual"]);
    // Most errors begin near 1: what counts is where they end.
    assert.deepEqual(read([0.9, 0.1, 0.011], 0.012), ["1.1%", undefined]);
    assert.deepEqual(read([2, 0.3], 0.31), ["30%", "usual"]);
    assert.deepEqual(read([2, 0.3], 0.004), ["0.3%", undefined]);
    assert.deepEqual(read([2, 0.3]), ["0.3%", "alone"]);
    assert.deepEqual(read([1.2, 0.9], 0.85), ["90%", "usual"]);
    assert.deepEqual(read([90, 0.9], 0.85), ["0.9%", undefined]);
    assert.deepEqual(read([0.9, 0.3]), ["30%", undefined]);
    assert.deepEqual(read([2, 1.8], undefined, "%"), ["180%", undefined]);
    assert.deepEqual(read([Number.NaN], 0.5), [".nan", undefined]);
  });

  test("at most twelve that nobody declared", () => {
    const many = told(...Array.from({ length: 40 }, (_, index) => point(`loss_${index}`, index, 1)));
    assert.equal(pick(many, { loss_39: metric("loss_39") }).length, 13);
  });

  test("NaN is no best, and a run that diverged says so in its last value", () => {
    const lost = told(point("val_loss", 2, 0), point("val_loss", Number.NaN, 1));
    assert.deepEqual(pick(lost), [["val_loss", "2", "best", 0]]);
    assert.deepEqual(pick(lost, { val_loss: metric("val_loss", { pick: "last" }) }), [["val_loss", ".nan", "last", 1]]);
    assert.deepEqual(pick(told(point("val_loss", Infinity, 0))), [["val_loss", ".inf", undefined, undefined]]);
  });

  test("units and single precision as a person would write them", () => {
    const all = told(
      point("val_loss", Math.fround(0.1), 1),
      point("epoch_time", 1.6, 1, { unit: "h" }),
      point("val_acc", 0.875, 1, { unit: "%" }),
    );
    assert.deepEqual(
      pick(all).map(([name, text]) => [name, text]),
      [
        ["val_loss", "0.1"],
        ["val_acc", "87.5%"],
        ["epoch_time", "1.6 h"],
      ],
    );
  });
});

describe("curves as they are committed", () => {
  test("are read back by the site, name by name", () => {
    const all = told(
      ...["train/loss", "a, b", 'q"x', "é"].flatMap((name, at) => [point(name, at, 1), point(name, Number.NaN, 2), point(name, at + 1, 3)]),
    );
    const [table, ...more] = curveTables([all], []);
    assert.deepEqual([table?.name, more], ["curves.csv", []]);
    const read = readCurves(table?.text ?? "", "curves");
    assert.deepEqual(
      read.map(({ name, x }) => [name, x]),
      [
        ["train/loss", "step"],
        ["a, b", "step"],
        ['q"x', "step"],
        ["é", "step"],
      ],
    );
    assert.deepEqual(read[0]?.points, [
      [1, 0],
      [2, null],
      [3, 1],
    ]);
  });

  test("take less than 100 kB together, however many and long they are", () => {
    for (const [curves, points] of [
      [1, 100_000],
      [40, 3000],
      [400, 300],
      [2000, 60],
    ] as const) {
      const items: Item[] = [];
      for (let step = 0; step < points; step += 1)
        for (let at = 0; at < curves; at += 1) items.push(point(`train/metric_number_${at}`, Math.sin(step * at) / 3, step * 1000));
      const bytes = curveTables([told(...items)], []).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
      assert.ok(bytes <= 100_000, `${curves} curves of ${points} points: ${bytes} bytes`);
    }
  });

  test("keep the ends and the extremes", () => {
    const items = Array.from({ length: 50_000 }, (_, step) => point("loss", step === 31_234 ? -5 : Math.cos(step / 700), step));
    const read = readCurves(curveTables([told(...items)], [])[0]?.text ?? "", "curves")[0]?.points ?? [];
    assert.deepEqual([read[0], read.at(-1)?.[0]], [[0, 1], 49_999]);
    assert.ok(read.some(([x, y]) => x === 31_234 && y === -5));
  });

  test("count by epoch where nothing counts steps, and a single value is no curve", () => {
    const byEpoch = (name: string, value: number, epoch: number): Item => ({ kind: "point", name, value, epoch });
    const all = told(byEpoch("a", 1, 0), byEpoch("a", 2, 1), point("b", 1), point("b", 2), point("single", 1, 1));
    assert.deepEqual(
      curveTables([all], []).map(({ name }) => name),
      ["curves-by-epoch.csv", "curves-by-index.csv"],
    );
  });
});
