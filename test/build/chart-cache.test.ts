import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
// Loaded now: a test that loads it while other files are read would take their tests for its own.
import "../../src/build/chart.ts";
import { hasDrawings, openChartCache } from "../../src/build/chart-cache.ts";
import { drawFigure } from "../../src/build/figure.ts";
import type { Chart } from "../../src/report/chart.ts";
import { progressChart } from "../../src/report/progress-chart.ts";
import { tries } from "../support/tries.ts";

const roots: string[] = [];
after(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});
function folder(): string {
  const root = mkdtempSync(join(tmpdir(), "journal-charts-"));
  roots.push(root);
  return root;
}
const kept = (root: string): readonly string[] => readdirSync(join(root, ".journal", "cache", "charts"));

describe("drawings of earlier builds", () => {
  test("are found again by what they were drawn from, and by nothing else", async () => {
    const root = folder();
    let drawn = 0;
    const draw = (): Promise<{ readonly wide: string }> => Promise.resolve({ wide: `<svg>${++drawn}</svg>` });
    assert.equal(hasDrawings(root), false);
    assert.deepEqual(await openChartCache(root).find([1], draw), { wide: "<svg>1</svg>" });
    assert.equal(hasDrawings(root), true);
    assert.deepEqual(await openChartCache(root).find([1], draw), { wide: "<svg>1</svg>" });
    assert.deepEqual(await openChartCache(root).find([2], draw), { wide: "<svg>2</svg>" });
    assert.equal(drawn, 2);
    assert.equal(kept(root).length, 2);
  });
  test("are not believed once they are damaged", async () => {
    const root = folder();
    const draw = (): Promise<{ readonly wide: string }> => Promise.resolve({ wide: "<svg/>" });
    await openChartCache(root).find([1], draw);
    const [name = ""] = kept(root);
    const path = join(root, ".journal", "cache", "charts", name);
    for (const text of ["", "x", readFileSync(path, "utf8").replace("<svg/>", "<evil/>")]) {
      writeFileSync(path, text);
      assert.deepEqual(await openChartCache(root).find([1], draw), { wide: "<svg/>" });
    }
  });
  test("are done without where they cannot be kept", async () => {
    const root = join(folder(), "file");
    writeFileSync(root, "");
    assert.deepEqual(await openChartCache(root).find([1], () => Promise.resolve({ wide: "<svg/>" })), { wide: "<svg/>" });
  });
});

describe("a figure", () => {
  const study = tries(["80%", "81%", "82%"], { unit: "%" });
  test("holds both widths and the address of its live form", async () => {
    const chart = progressChart(study, "ocr.progress");
    assert.ok(chart);
    const figure = await drawFigure(chart, openChartCache(folder()));
    assert.match(figure.wide, / width="1216"/);
    assert.match(figure.narrow ?? "", / width="368"/);
    assert.equal(figure.live, "data/charts/ocr.progress.js");
  });
  test("that cannot be drawn says why, and the next one is drawn", async () => {
    const cache = openChartCache(folder());
    const broken: Chart = {
      slug: "c",
      name: "n",
      wide: { mark: "point", encoding: 7 },
      caption: [],
      legend: [],
      data: { name: "d", title: "D", columns: [], rows: [], notes: [], empty: "" },
    };
    const figure = await drawFigure({ ...broken, wide: { marks: [] } }, cache);
    assert.match(figure.failure ?? "", /^This chart could not be drawn: /);
    const chart = progressChart(study, "c");
    assert.ok(chart);
    assert.equal((await drawFigure(chart, cache)).failure, undefined);
  });
});
