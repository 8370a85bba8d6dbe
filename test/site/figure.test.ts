import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { Figure } from "../../site/pages/parts/figure.tsx";
import type { Figure as FigureModel } from "../../src/report/page.ts";
import { left } from "../../src/report/table.ts";

const model: FigureModel = {
  slug: "ocr.progress",
  wide: '<svg id="w"></svg>',
  narrow: '<svg id="n"></svg>',
  name: "A name",
  caption: ["3 outside the scale ▼"],
  legend: [{ mark: "●", word: "kept" }],
  data: { name: "d", title: "Data of it", columns: [left("a", "A")], rows: [[{ text: "<b>1</b>" }]], notes: [], empty: "" },
  live: "data/charts/ocr.progress.js",
};
const html = (figure: FigureModel, path = "ocr/index.html"): string => renderToString(h(Figure, { figure, path }));

describe("a figure", () => {
  test("holds both drawings, its legend in words, what was left out, its data, and the way to its live form", () => {
    const text = html(model);
    for (const part of [
      'id="w"',
      'id="n"',
      "kept",
      "3 outside the scale ▼",
      "&lt;b>1",
      'data-live="../data/charts/ocr.progress.js"',
      "<summary>Data",
    ])
      assert.ok(text.includes(part), `${part} in ${text}`);
  });
  test("without a narrow drawing shows the one there is on every page", () => {
    const { narrow: _narrow, ...rest } = model;
    assert.match(html(rest), /<div class="chart"><svg id="w">/);
  });
  test("that could not be drawn says so and keeps its data", () => {
    const text = html({ ...model, wide: "", failure: "This chart could not be drawn: why." });
    assert.match(text, /could not be drawn: why\./);
    assert.doesNotMatch(text, /<svg|kept/);
    assert.match(text, /<summary>Data/);
  });
});
