import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, describe, test } from "node:test";
// Loaded now: a test that loads it while other files are read would take their tests for its own.
import { compileAll, drawBoth, drawChart } from "../../src/build/chart.ts";
import { compileApart, drawApart, endCharts, longPatience } from "../../src/build/chart-apart.ts";
import { openChartCache } from "../../src/build/chart-cache.ts";
import type { SiteContext } from "../../src/build/context.ts";
import { drawFigure } from "../../src/build/figure.ts";
import type { Found } from "../../src/build/look.ts";
import { nothingLeft } from "../../src/build/manifest.ts";
import type { Made, Output } from "../../src/build/output.ts";
import { begun, type Content, type Entry } from "../../src/build/plan.ts";
import { writeAll } from "../../src/build/write-all.ts";
import { progressChart } from "../../src/report/progress-chart.ts";
import { tries } from "../support/tries.ts";

const root = mkdtempSync(join(tmpdir(), "journal-charts-apart-"));
const node = process.execPath;
afterEach(() => {
  process.execPath = node;
});
after(async () => {
  rmSync(root, { recursive: true, force: true });
  await endCharts();
});

const chart = progressChart(tries(["80%", "81%", "82%", "nan"], { unit: "%" }), "c");
assert.ok(chart);
const { slug, name, wide, narrow } = chart;
const drawing = { slug, name, wide, ...(narrow === undefined ? {} : { narrow }) };

describe("a chart of the site, drawn by another process", () => {
  test("has the bytes that this process draws", async () => {
    assert.deepEqual(await drawApart(drawing, longPatience), await drawBoth(drawing));
  });
  test("is compiled for the browser to what this process compiles", async () => {
    const specs = chart.live?.().specs ?? {};
    assert.ok(Object.keys(specs).length > 0);
    const answer = await compileApart(specs);
    assert.ok("compiled" in answer);
    assert.equal(JSON.stringify(answer.compiled), JSON.stringify(compileAll(specs)));
  });
  test("has them also where several are drawn at once", async () => {
    const clipped = {
      mark: { type: "point", clip: true },
      data: { values: [{ a: 1 }] },
      encoding: { x: { field: "a", type: "quantitative" } },
    };
    const alone = await drawChart({ spec: clipped, name }, slug);
    assert.match(alone, /clip/);
    assert.deepEqual(await Promise.all([1, 2].map(() => drawChart({ spec: clipped, name }, slug))), [alone, alone]);
  });
  test("is drawn here where none can be started, and apart again once one can", async () => {
    await endCharts();
    process.execPath = join(root, "nothing");
    assert.ok("failure" in (await drawApart(drawing, longPatience)));
    const figure = await drawFigure(chart, openChartCache(root));
    assert.equal(figure.wide, (await drawBoth(drawing)).wide);
    process.execPath = node;
    assert.ok("wide" in (await drawApart(drawing, longPatience)));
  });
  test("ends when it is told, and again when nothing runs", async () => {
    await drawApart(drawing, longPatience);
    await endCharts();
    await endCharts();
  });
});

describe("what is begun before its turn", () => {
  test("is waited for once and then made anew", async () => {
    let starts = 0;
    const work = begun(() => Promise.resolve(++starts));
    work.ahead();
    assert.equal(starts, 1);
    assert.deepEqual([await work.make(), await work.make()], [1, 2]);
  });
  test("and fails where it is waited for, not before", async () => {
    const work = begun(() => Promise.reject(new Error("no")));
    work.ahead();
    await new Promise(setImmediate);
    await assert.rejects(work.make(), /no/);
  });
});

test("a page that is begun early keeps what it asked, and no other page gets it", async () => {
  let asked: Record<string, Found> = {};
  const ask = (path: string): void => {
    asked[path] = "file";
  };
  const order: string[] = [];
  const late = begun(() => {
    order.push("late begins");
    ask("late");
    return Promise.resolve("late");
  });
  const plain = (path: string): Entry => [
    path,
    {
      make() {
        order.push(path);
        ask(path);
        return path;
      },
    },
  ];
  const plan = new Map([plain("first"), ["late", late] satisfies Entry, plain("last")]);
  const left = new Map<string, string>();
  await writeAll([...plan.keys()], {
    site: {} as SiteContext,
    plan,
    keys: new Map(),
    before: nothingLeft,
    output: { write: (path: string, _: Content, made: Made) => left.set(path, made.asked) !== undefined } as unknown as Output,
    asked() {
      const all = asked;
      asked = {};
      return all;
    },
  });
  assert.deepEqual(order, ["late begins", "first", "last"]);
  assert.deepEqual(
    [...left],
    [...plan.keys()].map((path) => [path, JSON.stringify({ [path]: "file" })]),
  );
});
