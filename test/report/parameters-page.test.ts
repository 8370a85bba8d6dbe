import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answersOf } from "../../src/analysis/answers.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { indexNotes } from "../../src/report/parameter-notes.ts";
import { type ParameterPage, parameterPage } from "../../src/report/parameter-page.ts";
import { resultsOf, usesOf } from "../../src/report/parameter-values.ts";
import { type ImpactRow, parametersPage } from "../../src/report/parameters-page.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy, judged, singleRuns } from "../support/evidence.ts";
import { frame } from "../support/frame.ts";
import { type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: number, base: number | undefined, acc: Measured | undefined, config: RunWords["config"], words: RunWords = {}): RunFile =>
  run({
    id: `EXP0${10 + id}`,
    date: "2026-11-01",
    ...(base === undefined ? {} : { base: `EXP0${10 + base}` }),
    config: config ?? {},
    ...words,
    metrics: { ...(acc === undefined ? {} : { acc }), ...words.metrics },
  });
const at = frame({ study: { title: "S", folder: "s/", name: "s" } });
const pageOf = (study: StudyAnalysis) => parametersPage(study, at);
const rowOf = (rows: readonly ImpactRow[], name: string): ImpactRow => {
  const row = rows.find((one) => one.name === name);
  assert.ok(row, name);
  return row;
};

describe("the impact summary", () => {
  const study = evidenceStudy();
  const page = pageOf(study);
  const row = rowOf(page.rows, "lr");
  test("shows the surest contrast with its interval, how it was judged, and of how many pairs", () => {
    assert.equal(row.contrast, "1 → 2");
    assert.equal(row.effect?.text, "+3.00 pp");
    assert.match(row.effect?.interval ?? "", /^\[2\.\d+, 3\.\d+\]$/);
    assert.deepEqual(row.evidence, [["better", "1 of 4 pairs", "Welch t", "p < 0.001, < 0.001 among 4"]]);
    assert.deepEqual([row.bar?.word, row.range, row.edge, row.address], ["better", "2", undefined, "s/parameters/lr.html"]);
  });
  test("lists the values that were tried, with how many configurations", () => {
    assert.deepEqual(
      row.tested.map(({ text, n }) => `${text} ${n}`),
      ["1 1", "2 1", "3 1", "4 1", "5 1"],
    );
  });
  test("says that nobody can judge single runs, and draws them nevertheless", () => {
    const single = rowOf(pageOf(evidenceStudy(singleRuns)).rows, "lr");
    assert.deepEqual([single.effect?.word, single.evidence[0]?.[0], single.bar !== undefined], ["unjudged", "not judged", true]);
  });
  test("puts the surest first and keeps all bars within one axis", () => {
    const { rows } = pageOf(
      analyseStudy(
        [
          made(1, undefined, [0.8, 0.81, 0.79], { a: 1, b: 1, c: 1 }),
          made(2, 1, [0.82, 0.83, 0.81], { a: 2, b: 1, c: 1 }),
          made(3, 1, [0.9, 0.91, 0.89], { a: 1, b: 2, c: 1 }),
          made(4, 1, [0.805, 0.79, 0.81], { a: 1, b: 1, c: 2 }),
        ],
        { metrics: { acc: { name: "acc", from: [], goal: "max" } } },
      ),
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      ["b", "a", "c"],
    );
    for (const { bar } of rows) assert.ok(Math.abs(bar?.at ?? 9) <= 1);
  });
  test("asks to extend a range whose best is its end", () => {
    const { rows } = pageOf(analyseStudy([made(1, undefined, 0.8, { a: 1 }), made(2, 1, 0.9, { a: 2 })]));
    assert.equal(rowOf(rows, "a").edge, "highest tried: extend");
  });
});

describe("parameters that cannot be told", () => {
  const page = pageOf(
    analyseStudy([
      made(1, undefined, 0.8, { a: 1, b: 1, c: 1, d: 1, fixed: 7 }),
      made(2, 1, 0.9, { a: 2, b: 2, c: 1, d: 1, fixed: 7 }),
      made(3, 1, 0.9, { a: 3, b: 3, c: 2, d: 1, fixed: 7 }),
      made(4, undefined, 0.9, { a: 1, b: 1, c: 1, d: 2 }),
    ]),
  );
  test("say why", () => {
    assert.deepEqual(
      ["a", "b", "c", "d"].map((name) => rowOf(page.weak, name).evidence[0]?.[0]),
      [
        "Not enough to say: 2 runs vary a, both with other changes.",
        "Not enough to say: 2 runs vary b, both with other changes.",
        "Not enough to say: 1 run varies c, with other changes.",
        "Not enough to say: no run and its base differ in d with values to compare.",
      ],
    );
    assert.deepEqual(page.rows, []);
  });
  test("are named where they never varied or never parted", () => {
    assert.deepEqual(page.fixed, [{ name: "fixed", text: "7", part: "recorded by 3 of 4" }]);
    assert.deepEqual(page.inseparable, [{ names: ["a", "b"], rest: 0, runs: "2 runs" }]);
  });
});

test("400 parameters of 3 runs are summed up: twenty rows, the rest by name", () => {
  const config = (seed: number) =>
    Object.fromEntries(Array.from({ length: 400 }, (_, name) => [`p${name}`, name % 2 === 0 ? name : name * seed]));
  const page = pageOf(analyseStudy([made(1, undefined, 0.1, config(1)), made(2, 1, 0.2, config(2)), made(3, 2, 0.3, config(3))]));
  assert.deepEqual([page.rows.length, page.weak.length, page.more.length, page.fixed.length], [0, 20, 180, 200]);
  assert.deepEqual(
    page.inseparable.map(({ names, rest }) => [names.length, rest]),
    [[8, 192]],
  );
});

describe("a study with nothing to say", () => {
  const notice = (files: readonly RunFile[]) => {
    const { notices, rows, weak, method } = pageOf(analyseStudy(files));
    assert.deepEqual([rows, weak, method], [[], [], undefined]);
    return notices[0];
  };
  test("says what to do without a run, a metric, a parameter, a second run", () => {
    assert.equal(notice([])?.command, 'journal new "Baseline"');
    assert.match(notice([made(1, undefined, undefined, { a: 1 })])?.command ?? "", /^journal log EXP011 /);
    assert.match(notice([made(1, undefined, 0.5, {}), made(2, undefined, 0.6, {})])?.command ?? "", /^journal set /);
    assert.equal(notice([made(1, undefined, 0.5, { a: 1 })])?.command, "journal new --base EXP011");
    assert.match(notice([made(1, undefined, 0.5, { a: 1 }), made(2, undefined, 0.6, { a: 1 })])?.text ?? "", /No parameter was varied yet/);
  });
  test("says that all runs failed, with what the last one said", () => {
    const failed = (id: number): RunFile => made(id, undefined, undefined, {}, { status: "failed", reason: `out of memory ${id}` });
    assert.equal(notice([failed(1), failed(2)])?.text, "All 2 runs failed; the last: out of memory 2");
    const again = (id: number): RunFile => made(id, undefined, undefined, { a: 1 }, { status: "failed", reason: `out of memory ${id}` });
    assert.equal(notice([again(1), again(2)])?.text, "All 2 runs failed; the last: out of memory 2");
  });
});

const parameter = (study: StudyAnalysis, name: string): ParameterPage => {
  const impact = study.impact.find((one) => one.parameter === name);
  assert.ok(impact);
  return parameterPage({ impact, uses: usesOf(study, name, resultsOf(study)), notes: indexNotes(study) }, study, at);
};

describe("the page of one parameter", () => {
  const page = parameter(evidenceStudy(), "lr");
  test("has a row per value, with its mean over configurations and its best run", () => {
    assert.deepEqual(
      page.values.map(({ text, n, best }) => [text, n, best?.run.id]),
      [
        ["1", 1, "EXP001-aaaa"],
        ["2", 1, judged.better],
        ["3", 1, judged.worse],
        ["4", 1, judged.same],
        ["5", 1, judged.unclear],
      ],
    );
    assert.match(page.values[1]?.mean ?? "", /^88\.0\d*%$/);
  });
  test("has every pair with its evidence, the surest contrast first", () => {
    assert.deepEqual(
      page.pairs.map(({ run: { id }, from, to, delta: { word } }) => `${id} ${from} ${to} ${word}`),
      [`${judged.better} 1 2 better`, `${judged.worse} 1 3 worse`, `${judged.unclear} 1 5 unclear`, `${judged.same} 1 4 same`],
    );
    assert.equal(page.pairs[0]?.base?.id, "EXP001-aaaa");
  });
  test("counts failures per value and leads to the runs that changed more", () => {
    const study = analyseStudy([
      made(1, undefined, 0.8, { a: 1, b: 1 }),
      made(2, 1, undefined, { a: 2, b: 1 }, { status: "failed" }),
      made(3, 1, 0.9, { a: 2, b: 2 }),
    ]);
    const found = parameter(study, "a");
    assert.equal(found.values.find(({ text }) => text === "2")?.failed, "1 of 2, 50%");
    assert.equal(found.confounded?.log, `s/log.html#where=${encodeURIComponent('changed = "a"')}`);
    assert.match(found.summary, /Not enough to say: 1 run varies a/);
  });
  test("puts many numbers into tenths and says how many words it leaves out", () => {
    const many = (value: (at: number) => number | string) =>
      parameter(analyseStudy(Array.from({ length: 60 }, (_, id) => made(id, undefined, 0.5 + id / 1000, { a: value(id) }))), "a");
    const numbers = many((id) => id);
    assert.deepEqual([numbers.values.length, numbers.values[0]?.text, numbers.values[0]?.n, numbers.untold], [10, "0 to 5", 6, 0]);
    const words = many((id) => `w${id}`);
    assert.deepEqual([words.values.length, words.untold], [24, 36]);
  });
  test("says once what several runs noted in the same words", () => {
    const note = { worked: ["a_long_name matters"] };
    const study = analyseStudy([made(1, undefined, 0.8, { a_long_name: 1 }, note), made(2, 1, 0.9, { a_long_name: 2 }, note)]);
    assert.deepEqual(
      parameter(study, "a_long_name").notes.map(({ text, also, run: { id } }) => [text, also, id]),
      [["a_long_name matters", 1, "EXP012"]],
    );
  });
  test("knows values that only the files tell of", () => {
    const study = analyseStudy([
      run({ id: "EXP001", metrics: { acc: 0.8 } }),
      run({ id: "EXP002", base: "EXP001", metrics: { acc: 0.9 }, changes: [{ name: "a", from: 1, to: 2 }] }),
    ]);
    const found = parameter(study, "a");
    assert.deepEqual(
      found.values.map(({ text }) => text),
      ["1", "2"],
    );
    assert.equal(found.pairs.length, 1);
  });
});

test("a page of a parameter says what matched runs, association and failures tell, with their n", () => {
  const files = Array.from({ length: 16 }, (_, id) =>
    run({
      id: `EXP${100 + id}`,
      date: "2026-11-01",
      config: { a: id % 4, b: Math.floor(id / 4) },
      metrics: { acc: [0.5 + (id % 4) / 10 + ((id * 7) % 5) / 1000] },
    }),
  );
  const study = analyseStudy(files, { primary: "acc" });
  const answer = answersOf(study).find(({ impact }) => impact.parameter === "a");
  assert.ok(answer);
  const { impact } = answer;
  const { facts } = parameterPage({ impact, answer, uses: usesOf(study, "a", resultsOf(study)), notes: indexNotes(study) }, study, at);
  assert.equal(facts.length, 2);
  assert.match(facts[0] ?? "", /^Equal in all else: 0 → 3 gave \+0\.30?.*t over 4 blocks.*n = 4$/);
  assert.match(facts[1] ?? "", /^Association: ρ = \+.*n = 16/);
});
