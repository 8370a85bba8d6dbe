import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileChart, drawChart } from "../../src/build/chart.ts";
import { tidySvg } from "../../src/build/chart-svg.ts";
import type { Chart, Spec } from "../../src/report/chart.ts";
import { chartSpec, numberLabel, xAxis } from "../../src/report/chart-parts.ts";
import { progressChart } from "../../src/report/progress-chart.ts";
import { tries, tryId } from "../support/tries.ts";

function chartOf(...words: Parameters<typeof tries>): Chart {
  const chart = progressChart(tries(...words), "c");
  assert.ok(chart, "enough runs for a chart");
  return chart;
}

const keep = (): "keep" => "keep";
const draw = ({ wide, name }: Chart, slug = "c"): Promise<string> => drawChart({ spec: wide, name }, slug);

describe("a drawing", () => {
  test("keeps the digits of its labels and rounds only where things stand", async () => {
    const svg = await draw(chartOf([2.26, 2.22, 2.24, 2.06], { goal: "min", decide: keep }));
    const labels = [...svg.matchAll(/>([\d.]+)<\/text>/g)].map(([, text]) => text);
    assert.equal(new Set(labels).size, labels.length, `no label stands twice: ${labels.join(" ")}`);
    for (const [, path = ""] of svg.matchAll(/ (?:d|transform)="([^"]*)"/g)) assert.doesNotMatch(path, /\.\d\d/);
  });

  test("is the same whatever was drawn before it, and its ids are its own", async () => {
    const chart = chartOf([1, 20, 300], { decide: keep });
    const first = await draw(chart);
    await draw(chartOf([1, 2, 3]), "other");
    assert.equal(await draw(chart), first);
    const { live } = chart;
    const clipped = Object.values(live?.().specs ?? {})[0];
    assert.ok(clipped);
    const svg = await drawChart({ spec: clipped, name: "n" }, "ocr.x");
    assert.equal(await drawChart({ spec: clipped, name: "n" }, "ocr.x"), svg);
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);
    assert.ok(ids.length > 0 && ids.every((id) => id.startsWith("ocr.x-")), ids.join());
    for (const [, id = ""] of svg.matchAll(/url\(#([^)]*)\)/g)) assert.ok(ids.includes(id), id);
  });

  test("has a name, tips with their runs, and nothing that a strict policy forbids", async () => {
    const svg = await draw(
      chartOf(["80%", "81%", "82%"], { unit: "%", decide: keep, title: (at) => (at === 1 ? `<img src=x onerror="x"> & 'more'` : "Plain") }),
    );
    assert.match(svg, /^<svg role="img" aria-label="acc of 3 runs/);
    assert.match(svg, new RegExp(`data-run data-tip="${tryId(0)} Plain · 80% · kept"`));
    assert.match(svg, /&lt;img src=x onerror=&quot;x&quot;&gt; &amp; 'more'/);
    assert.doesNotMatch(svg, / style=|<style|<script|<image|href=|aria-roledescription|pointer-events|[\u0000-\u0008\u000b-\u001f]/);
  });

  test("writes numbers as the site does", async () => {
    const labelsOf = async (...words: Parameters<typeof tries>): Promise<readonly string[]> =>
      [...(await draw(chartOf(...words))).matchAll(/text-anchor="end"[^>]*>([^<]+)<\/text>/g)].map(([, text = ""]) => text);
    assert.deepEqual(await labelsOf(["85%", "86%", "87%"], { unit: "%", decide: keep }), [
      "84.5%",
      "85.0%",
      "85.5%",
      "86.0%",
      "86.5%",
      "87.0%",
      "87.5%",
    ]);
    const small = await labelsOf([2e-5, 4e-5, 6e-5], { decide: keep });
    assert.ok(small.includes("2e−5"), small.join(" "));
    const large = await labelsOf([25_000, 30_000, 35_000], { decide: keep });
    assert.ok(large.includes("30,000"), large.join(" "));
    const thousands = await labelsOf([2500, 3000, 3500], { decide: keep });
    assert.ok(thousands.includes("3000"), thousands.join(" "));
    const below = await labelsOf([-200, -150, -100], { decide: keep });
    assert.ok(below.includes("−160"), below.join(" "));
    const times = await labelsOf(["2.5 h", "2 h", "1.5 h"], { metric: "train_time", goal: "min", decide: keep });
    assert.ok(times.includes("2.0"), times.join(" "));
  });

  test("of odd values holds no odd number", async () => {
    for (const values of [
      [0, 0, 0],
      [1e307, 2e307, 3e307],
      [-1, 0, 1],
      [5e-324, 1e-300, 1],
      [85, 85, 85],
      [1, Number.NaN, 2, 3],
    ]) {
      for (const goal of ["min", "max"] as const) {
        const svg = await draw(chartOf(values, { goal, decide: keep }));
        assert.doesNotMatch(svg, /NaN|undefined|Infinity|null/, `${values} ${goal}`);
      }
    }
  });

  test("of 400 runs and of 10,000 is light", async () => {
    const { gzipSync } = await import("node:zlib");
    const decide = (at: number): "keep" | "discard" | undefined => (at % 11 === 0 ? "keep" : at % 7 === 0 ? undefined : "discard");
    const value = (at: number): string => `${(80 + (at % 97) / 10).toFixed(1)}%`;
    for (const count of [400, 10_000]) {
      const chart = chartOf(
        Array.from({ length: count }, (_, at) => value(at)),
        { unit: "%", decide, perDay: 20 },
      );
      const wide = await draw(chart);
      const narrow = await drawChart({ spec: chart.narrow ?? {}, name: chart.name }, "s");
      const marks = [...wide.matchAll(/<(?:path|line|rect|text)/g)].length;
      assert.ok(marks <= 1000, `${marks} marks`);
      const [l, s] = [wide, narrow].map((svg) => gzipSync(svg).length / 1024);
      assert.ok((l ?? 99) < 9.5 && (s ?? 99) < 6 && (l ?? 99) + (s ?? 99) < 14, `${count}: ${l?.toFixed(1)} and ${s?.toFixed(1)} KB`);
    }
  });
});

describe("labels of an axis", () => {
  /** Drawn, for the labels are expressions. */
  async function labels(values: readonly number[], unit: string, scale: Spec): Promise<readonly string[]> {
    const axis = { ...xAxis(numberLabel(unit, scale["type"] === "log")), tickCount: 4 };
    const x = { field: "v", type: "quantitative", scale: { nice: false, zero: false, ...scale }, axis };
    const frame = { width: 600, height: 100, left: 10, right: 10, top: 10, bottom: 30 };
    const spec = chartSpec(frame, { data: { values: values.map((v) => ({ v })) }, mark: { type: "point", aria: false }, encoding: { x } });
    const svg = await drawChart({ spec, name: "n" }, "x");
    return [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text = ""]) => text).filter((text) => text !== "v");
  }
  test("hold a unit that is text, whatever it is made of", async () => {
    assert.deepEqual(await labels([0, 2], "%", {}), ["0.0%", "0.5%", "1.0%", "1.5%", "2.0%"]);
    assert.deepEqual(await labels([0, 4], "$", {}), ["$0", "$1", "$2", "$3", "$4"]);
    assert.deepEqual(await labels([0, 4], `"+datum.x+"`, {}), ["0", "1", "2", "3", "4"]);
  });
  test("of a log scale are powers", async () => {
    const found = await labels([0.0001, 1000], "", { type: "log" });
    for (const text of ["1e−4", "0.01", "1", "100"]) assert.ok(found.includes(text), found.join(" "));
  });
});

test("a specification that makes no sense fails with words", async () => {
  await assert.rejects(async () => drawChart({ spec: { mark: "nothing" }, name: "n" }, "c"), Error);
  assert.throws(() => compileChart({} as Spec), Error);
});

test("a tag that a text only looks like stays a text", () => {
  const tidy = tidySvg(
    '<svg class="marks" width="10.123"><g transform="translate(0,0)"><g class="x"><text style="fill: red" font-size="12px">a style=&quot;b&quot; 1.23456</text></g></g></svg>',
    "c",
    'say "x" <b>',
  );
  assert.equal(
    tidy,
    '<svg role="img" aria-label="say &quot;x&quot; &lt;b&gt;" width="10.1"><text>a style=&quot;b&quot; 1.23456</text></svg>',
  );
});
