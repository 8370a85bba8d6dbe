import assert from "node:assert/strict";
import { test } from "node:test";
import { drawChart } from "../../src/build/chart.ts";
import { progressChart } from "../../src/report/progress-chart.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const study = analyseStudy(
  [2.26, 2.22, 2.24, 2.06].map((ratio, index) => run({ id: `EXP00${index}`, title: "a", decision: "keep", metrics: { ratio } })),
  { primary: "ratio", metrics: { ratio: { name: "ratio", from: [], goal: "min", unit: "x" } } },
);
const chart = progressChart(study, "c");

test("labels and tips keep the digits of their values, only geometry is rounded", async () => {
  assert.ok(chart, "four points make a chart");
  const svg = await drawChart({ spec: chart.wide, name: chart.name }, "c");
  const labels = [...svg.matchAll(/>([\d.]+)<\/text>/g)].map(([, text]) => text);
  assert.equal(new Set(labels).size, labels.length, `no label stands twice: ${labels.join(" ")}`);
  for (const [, path = ""] of svg.matchAll(/ d="([^"]*)"/g)) assert.doesNotMatch(path, /\.\d\d/);
});

test("a chart is the same whatever was drawn before it", async () => {
  assert.ok(chart, "four points make a chart");
  const first = await drawChart({ spec: chart.wide, name: chart.name }, "c");
  await drawChart({ spec: chart.wide, name: chart.name }, "other");
  assert.equal(await drawChart({ spec: chart.wide, name: chart.name }, "c"), first);
});
