// What holds for every chart of the evidence pages, whatever the journal: it draws, in tokens, within its marks, with its numbers.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { descentOf } from "../../src/analysis/descent.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { drawChart } from "../../src/build/chart.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { Chart, Spec } from "../../src/report/chart.ts";
import { descentChart } from "../../src/report/descent-chart.ts";
import { tradeOffOf } from "../../src/report/front-rows.ts";
import { parallelChart } from "../../src/report/parallel-chart.ts";
import { bestRows, parallelOf } from "../../src/report/parallel-rows.ts";
import { resultsOf, usesOf } from "../../src/report/parameter-values.ts";
import { stripChart } from "../../src/report/strip-chart.ts";
import { tradeOffChart } from "../../src/report/tradeoff-chart.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy } from "../support/evidence.ts";
import { type RunWords, run } from "../support/run.ts";

const chartsOf = (study: StudyAnalysis): Readonly<Record<string, Chart | undefined>> => {
  const parallel = parallelOf(study);
  const trade = tradeOffOf(study);
  const results = resultsOf(study);
  const strips = study.impact
    .slice(0, 3)
    .map((impact): readonly [string, Chart | undefined] => [
      `strip of ${impact.parameter}`,
      stripChart({ impact, uses: usesOf(study, impact.parameter, results), range: results.range }, study, "strip"),
    ]);
  return {
    ...Object.fromEntries(strips),
    parallel: parallel === undefined ? undefined : parallelChart(parallel, study, "parallel"),
    trade: trade === undefined ? undefined : tradeOffChart(trade, study, "trade"),
    descent: descentChart(descentOf(study), study, "descent"),
  };
};

const made = (at: number, words: RunWords): RunFile =>
  run({
    id: `EXP${String(at).padStart(5, "0")}`,
    title: `Try ${at} <b> & "x"`,
    date: new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString(),
    ...(at === 0 ? {} : { base: `EXP${String(at - (at % 3 === 0 ? 3 : 1)).padStart(5, "0")}` }),
    ...(at % 2 === 0 ? { decision: "keep" } : at % 3 === 0 ? {} : { decision: "discard" }),
    hardware: "t4",
    ...words,
  });
const many = (count: number, words: (at: number) => RunWords): readonly RunFile[] =>
  Array.from({ length: count }, (_, at) => made(at, words(at)));

const studies: Readonly<Record<string, () => StudyAnalysis>> = {
  judged: () => evidenceStudy(),
  plain: () =>
    analyseStudy(
      many(40, (at) => ({
        config: { lr: [1e-4, 1e-3, 1e-2][at % 3] ?? 1, opt: ["adam", "sgd"][at % 2] ?? "", width: at % 5 },
        metrics: { acc: 0.8 + (at % 7) / 100, training_time: `${1 + (at % 4)} h` },
        status: at % 11 === 5 ? "failed" : "finished",
      })),
    ),
  outliers: () =>
    analyseStudy(
      many(30, (at) => ({
        config: { lr: [0, -1, 1e-300, 1e300][at % 4] ?? 1, mixed: [1, "two", [3, 4], null, true][at % 5] ?? null },
        metrics: { val_loss: at === 7 ? 3.2 : at === 12 ? 1e300 : 0.97 + (at % 11) / 1000, throughput: at % 2 === 0 ? 1e12 : 3 },
      })),
      { primary: "val_loss" },
    ),
  constant: () => analyseStudy(many(12, (at) => ({ config: { a: at }, metrics: { acc: 0.9, training_time: "1 h" } }))),
  negative: () =>
    analyseStudy(
      many(12, (at) => ({ config: { a: at % 3 }, metrics: { reward: -5 + (at % 4), cost: -at } })),
      { primary: "reward" },
    ),
  undirected: () =>
    analyseStudy(
      many(12, (at) => ({ config: { a: at % 3 }, metrics: { thing: at, other: -at } })),
      { primary: "thing" },
    ),
  large: () =>
    analyseStudy(
      many(3000, (at) => ({
        config: { a: at % 5, b: at, c: `w${at % 40}`, d: (at * 7919) % 1000 },
        metrics: { acc: 0.5 + ((at * 7919) % 1000) / 4000, training_time: `${1 + ((at * 104_729) % 500) / 100} h` },
      })),
    ),
};

const strings = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
const numbers = (value: unknown): readonly number[] =>
  typeof value === "number" ? [value] : value !== null && typeof value === "object" ? Object.values(value).flatMap(numbers) : [];
const marksIn = (svg: string): number => (svg.match(/<(?:path|text|rect|line|image)\b/g) ?? []).length;

for (const [name, make] of Object.entries(studies)) {
  describe(`the charts of a ${name} study`, () => {
    const charts = Object.entries(chartsOf(make())).flatMap(([what, chart]) => (chart === undefined ? [] : [{ what, chart }]));
    test("are there", () => assert.ok(charts.length > 0));
    for (const { what, chart } of charts) {
      test(`${what}: has finite numbers, colours as tokens, a name, and at most 50 rows of data`, () => {
        for (const spec of [chart.wide, chart.narrow]) {
          assert.ok(numbers(spec).every(Number.isFinite));
          assert.ok(!strings(spec).some((text) => /#[0-9a-f]{3,8}\b|rgb\(|\bundefined\b|\bNaN\b/.test(text)));
        }
        const said = [chart.name, ...chart.caption, ...strings(chart.data)].join("\n");
        assert.doesNotMatch(said, /undefined|NaN|\[object|Infinity/);
        assert.ok(chart.data.rows.length > 0 && chart.data.rows.length <= 50);
      });
      test(`${what}: is drawn at both widths, with at most 1,000 marks`, async () => {
        for (const [spec, width] of [
          [chart.wide, 1216],
          [chart.narrow, undefined],
        ] as const) {
          assert.ok(spec !== undefined);
          const svg = await drawChart({ spec, name: chart.name }, "x");
          assert.ok(marksIn(svg) <= 1000, `${marksIn(svg)} marks`);
          assert.doesNotMatch(svg, /NaN|undefined|style=|<b>/);
          if (width !== undefined) assert.match(svg, new RegExp(`width="${width}"`));
        }
      });
    }
  });
}

const values = (spec: Spec | undefined): readonly Readonly<Record<string, unknown>>[] =>
  ((spec?.["layer"] as readonly Spec[] | undefined) ?? []).flatMap(
    (layer) => (layer["data"] as { readonly values?: readonly Spec[] } | undefined)?.values ?? [],
  );

describe("what a chart leaves out", () => {
  const plain = (studies["plain"] ?? evidenceStudy)();
  test("it says: failed runs, what lies outside the scale, what is too much", () => {
    assert.match(chartsOf(plain)["parallel"]?.caption.join() ?? "", /\d failed runs? left out/);
    assert.match(chartsOf((studies["outliers"] ?? evidenceStudy)())["descent"]?.caption.join() ?? "", /2 outside the scale/);
    const large = chartsOf((studies["large"] ?? evidenceStudy)());
    assert.match(large["parallel"]?.caption.join() ?? "", /150 of 3000 runs/);
    assert.match(large["trade"]?.caption.join() ?? "", /as points, the others as cells/);
    assert.match(large["descent"]?.caption.join() ?? "", /of 3000: the way to the best/);
  });
  test("nothing is drawn of too few", () => {
    const two = analyseStudy(many(2, (at) => ({ config: { a: at }, metrics: { acc: at / 10 } })));
    assert.deepEqual(
      Object.values(chartsOf(two)).filter((chart) => chart !== undefined),
      [],
    );
  });
  test("of one configuration the trade-off draws its point", () => {
    const one = analyseStudy(many(1, () => ({ metrics: { acc: 0.5, training_time: "1 h" } })));
    assert.ok(chartsOf(one)["trade"]);
  });
});

describe("parallel axes", () => {
  const study = (studies["plain"] ?? evidenceStudy)();
  const parallel = parallelOf(study);
  assert.ok(parallel);
  test("have the primary metric last, and every line a place on each", () => {
    assert.equal(parallel.axes.at(-1)?.kind, "metric");
    for (const { places } of parallel.lines) for (const at of places) assert.ok(at !== undefined && at >= 0 && at <= 1);
  });
  test("fan lines of one value out by their rank", () => {
    const at = parallel.axes.findIndex(({ name }) => name === "opt");
    const adam = parallel.lines.filter(({ group }) => group.first.run.config["opt"] === "adam").map(({ places }) => places[at] ?? 0);
    assert.ok(new Set(adam).size > 3 && Math.max(...adam) - Math.min(...adam) <= 0.1 + 1e-9);
  });
  test("keep constants out and stop at ten", () => {
    const wide = analyseStudy(
      many(12, (at) => ({
        config: { own: at, ...Object.fromEntries(Array.from({ length: 20 }, (_, name) => [`p${name}`, name < 15 ? (at + name) % 3 : 1])) },
        metrics: { acc: at / 12 },
      })),
    );
    const found = parallelOf(wide);
    assert.deepEqual([found?.axes.length, found?.left], [10, 7]);
  });
  test("send what was not recorded, or has no place, through the gutter", () => {
    const gaps = analyseStudy(
      many(12, (at) => ({ config: at % 3 === 0 ? { b: at } : { a: 10 ** (at % 5), b: at }, metrics: { acc: at / 12 } })),
    );
    const chart = parallelOf(gaps);
    assert.ok(chart);
    assert.match(parallelChart(chart, gaps, "x").caption.join(), /"none" where a run did not record/);
    assert.ok(values(parallelChart(chart, gaps, "x").wide).some((value) => value["text"] === "none"));
  });
  test("come with the twenty best, the best first whichever way is better", () => {
    const { primary } = study;
    assert.ok(primary);
    const rows = bestRows(parallel, primary);
    assert.equal(rows.rows.length, 20);
    assert.equal(rows.rows[0]?.value, "0.86");
    const down = analyseStudy(many(12, (at) => ({ config: { a: at % 3, b: at }, metrics: { loss: at } })));
    const lines = parallelOf(down);
    assert.ok(lines && down.primary);
    assert.equal(bestRows(lines, down.primary).rows[0]?.run.id, "EXP00000");
    assert.equal(lines.axes.at(-1)?.turned, true);
  });
});

test("a pair is drawn as its evidence: solid and filled where it is judged, hollow where it cannot tell", () => {
  const strip = chartsOf(evidenceStudy())["strip of lr"];
  const layers = (strip?.wide["layer"] as readonly Spec[] | undefined) ?? [];
  const squares = layers.flatMap((layer) => {
    const mark = layer["mark"] as Spec;
    return mark["shape"] === "square" ? [`${mark["fill"]} ${mark["stroke"]}`] : [];
  });
  assert.deepEqual([...squares].sort(), [
    "var(--bad) var(--bad)",
    "var(--bg) var(--muted)",
    "var(--keep) var(--keep)",
    "var(--muted) var(--muted)",
  ]);
});
