import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../src/record/tree.ts";
import { chartData } from "../../src/report/chart-data.ts";
import { mostDataRows, type UserChart, userChart } from "../../src/report/user-chart.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const study = analyseStudy([
  run({
    id: "EXP001",
    date: "2026-11-20T10:15:00+09:00",
    config: { lr: 0.1, "optimizer.name": "adam", dense: [1, 2], val_loss: "clash" },
    metrics: { val_accuracy: "80%", val_loss: 0.4 },
  }),
  run({ id: "EXP002", date: "2026-11-21", decision: "keep", base: "EXP001", metrics: { val_accuracy: [0.81, 0.83] } }),
  run({ id: "EXP003", hidden: true, metrics: { val_accuracy: 0.9 } }),
]);

const codes = (spec: Json): readonly string[] => {
  const made = userChart(spec, [study], "c");
  return "wide" in made ? [] : made.map(({ code }) => code);
};
const made = (spec: Json): UserChart => {
  const chart = userChart(spec, [study], "c");
  assert.ok("wide" in chart, JSON.stringify(chart));
  return chart;
};
const x = { x: { field: "lr", type: "quantitative" } };

describe("the journal's data for charts", () => {
  test("are a row per configuration that is not hidden, oldest first, with the author's own clock", () => {
    const rows = chartData("runs", [study]);
    assert.deepEqual(
      rows.map(({ id, date, decision, n, order }) => [id, date, decision, n, order]),
      [
        ["EXP001", "2026-11-20T10:15:00", "undecided", 1, 1],
        ["EXP002", "2026-11-21T00:00", "kept", 1, 2],
      ],
    );
  });

  test("hold parameters and metrics by name, nested where the name is, and both where they share one", () => {
    const [row] = chartData("runs", [study]);
    assert.deepEqual(
      JSON.parse(JSON.stringify([row?.["lr"], row?.["optimizer"], row?.["dense"], row?.["val_accuracy"], row?.["val_loss"]])),
      [0.1, { name: "adam" }, "[1,2]", 0.8, "clash"],
    );
    assert.deepEqual(JSON.parse(JSON.stringify(row?.["metric"])), { val_accuracy: 0.8, val_loss: 0.4 });
  });

  test("are also a row per measured value", () => {
    const rows = chartData("metrics", [study]).filter(({ metric }) => metric === "val_accuracy");
    assert.deepEqual(
      rows.map(({ id, value, repeat }) => [id, value, repeat]),
      [
        ["EXP001", 0.8, 1],
        ["EXP002", 0.81, 1],
        ["EXP002", 0.83, 2],
      ],
    );
  });
});

describe("a chart of one's own", () => {
  test("draws the runs where it names no data, under our look and within the page", () => {
    const { wide, narrow, data } = made({ mark: "point", encoding: x });
    const {
      datasets,
      data: named,
      config,
    } = wide as { datasets: { runs: unknown[] }; data: unknown; config: { view: { continuousWidth: number } } };
    assert.deepEqual([datasets.runs.length, named, config.view.continuousWidth], [2, { name: "runs" }, 640]);
    assert.ok((narrow as typeof wide & { config: { view: { continuousWidth: number } } }).config.view.continuousWidth < 300);
    assert.deepEqual(
      data.columns.map(({ key }) => key),
      ["lr"],
    );
  });

  test("keeps what its author says about its look", () => {
    const { wide } = made({ mark: "point", encoding: x, width: 200, config: { axis: { labelColor: "red" } } });
    const { config, width } = wide as { config: { axis: Record<string, unknown> }; width: number };
    assert.deepEqual([config.axis["labelColor"], config.axis["labelFontSize"], width], ["red", 12, 200]);
  });

  test("has its title above it, and its words for those who cannot see it", () => {
    const { wide, title, name } = made({ title: "Rates", description: "All of them", mark: "point", encoding: x });
    assert.deepEqual([title, name, "title" in wide], ["Rates", "All of them", false]);
    assert.equal("title" in made({ title: { text: "Rates", subtitle: "b" }, mark: "point", encoding: x }).wide, true);
  });

  test("shows decisions in their colours unless it says otherwise", () => {
    const colour = (encoding: Json): unknown =>
      (made({ mark: "point", encoding } as Json).wide as { encoding: { color: { scale: unknown } } }).encoding.color.scale;
    assert.deepEqual(colour({ color: { field: "decision" } }), {
      domain: ["kept", "undecided"],
      range: ["var(--keep)", "var(--undecided)"],
    });
    assert.deepEqual(colour({ color: { field: "decision", scale: { scheme: "dark2" } } }), { scheme: "dark2" });
  });

  test("loads nothing, whatever the key is called and wherever it stands", () => {
    for (const spec of [
      { data: { url: "x.csv" }, mark: "point" },
      { mark: "point", transform: [{ lookup: "id", from: { data: { url: "http://a" }, key: "a" } }] },
      { mark: "image", encoding: { url: { field: "u" } } },
      { mark: { type: "image" } },
      { mark: "point", encoding: { href: { field: "u" } } },
      { mark: { type: "point", href: "javascript:alert(1)" } },
      { mark: { type: "bar", color: "url(http://a/b#c)" } },
      { layer: [{ mark: "point" }, { hconcat: [{ mark: "image" }] }] },
    ] as readonly Json[])
      assert.ok(codes(spec).includes("report/chart-loads"), JSON.stringify(spec));
    assert.deepEqual(
      codes({ data: { values: [{ url: "a", href: "b" }] }, mark: "point", encoding: { x: { field: "url", type: "nominal" } } }),
      [],
    );
  });

  test("is refused with words where it cannot be meant", () => {
    for (const [spec, code] of [
      ["text", "not-a-chart"],
      [[1], "not-a-chart"],
      [{ encoding: {} }, "not-a-chart"],
      [{ $schema: "https://vega.github.io/schema/vega/v5.json", marks: [] }, "not-a-chart"],
      [{ mark: "point", config: { signals: [] } }, "not-a-chart"],
      [{ mark: "dots" }, "chart-word"],
      [{ mark: "point", encoding: { x: { field: "lr", type: "number" } } }, "chart-word"],
      [{ mark: "point", data: { name: "rums" } }, "chart-data"],
      [{ mark: "point", encoding: { x: { field: "los", type: "quantitative" } } }, "chart-field"],
      [{ mark: "point", transform: [{ calculate: "now()", as: "a" }] }, "chart-clock"],
      [{ mark: "point", data: { values: Array.from({ length: mostDataRows + 1 }, () => ({ a: 1 })) } }, "chart-too-large"],
    ] as readonly (readonly [Json, string])[])
      assert.deepEqual(codes(spec), [`report/${code}`], JSON.stringify(spec).slice(0, 80));
  });

  test("may use fields that its transforms make, and data that it brings along", () => {
    for (const spec of [
      { mark: "point", transform: [{ calculate: "datum.lr * 2", as: "twice" }], encoding: { x: { field: "twice", type: "quantitative" } } },
      {
        mark: "bar",
        transform: [{ fold: ["val_accuracy"], as: ["what", "much"] }],
        encoding: { x: { field: "what" }, y: { field: "much", type: "quantitative" } },
      },
      {
        mark: "point",
        transform: [{ pivot: "metric", value: "value" }],
        data: { name: "metrics" },
        encoding: { x: { field: "val_loss" } },
      },
      { mark: "point", datasets: { mine: [{ q: 1 }] }, data: { name: "mine" }, encoding: { x: { field: "q", type: "quantitative" } } },
      { mark: "point", encoding: { x: { field: "optimizer.name" }, y: { field: "metric.val_loss", type: "quantitative" } } },
      { mark: "point", title: "Where we are now (2026)", encoding: x },
    ] as readonly Json[])
      assert.deepEqual(codes(spec), [], JSON.stringify(spec));
  });

  test("hostile keys cost nothing", () => {
    const spec = JSON.parse(
      '{"mark":"point","__proto__":{"a":1},"constructor":{"prototype":{"b":1}},"encoding":{"x":{"field":"toString","type":"nominal"}}}',
    ) as Json;
    assert.deepEqual(codes(spec), ["report/chart-field"]);
    let deep: Json = {};
    for (let depth = 0; depth < 5000; depth += 1) deep = { layer: [deep] };
    assert.ok(codes({ mark: "point", a: deep }).includes("report/chart-too-large"));
  });
});
