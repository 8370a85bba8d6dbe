import assert from "node:assert/strict";
import { test } from "node:test";
import { drawChart } from "../../src/build/chart.ts";
import { progressChart } from "../../src/report/progress-chart.ts";

const points = [2.26, 2.22, 2.24, 2.06].map((value, index) => ({ id: `EXP00${index}`, title: "a", value, decision: "kept" as const }));
const chart = progressChart({ points, metric: "ratio", unit: "x", direction: "min", baseline: 2.26 });

test("labels and tips keep the digits of their values, only geometry is rounded", async () => {
  assert.ok(chart, "four points make a chart");
  const svg = await drawChart(chart, "c");
  const labels = [...svg.matchAll(/>([\d.]+)<\/text>/g)].map(([, text]) => text);
  assert.equal(new Set(labels).size, labels.length, `no label stands twice: ${labels.join(" ")}`);
  assert.match(svg, /data-tip="EXP001 a · 2\.22x · kept"/);
  for (const [, path = ""] of svg.matchAll(/ d="([^"]*)"/g)) assert.doesNotMatch(path, /\.\d\d/);
});

test("a chart is the same whatever was drawn before it", async () => {
  assert.ok(chart, "four points make a chart");
  const first = await drawChart(chart, "c");
  await drawChart(chart, "other");
  assert.equal(await drawChart(chart, "c"), first);
});

test("two points make no chart", () => {
  assert.equal(progressChart({ points: points.slice(2), metric: "ratio", direction: "min" }), undefined);
});
