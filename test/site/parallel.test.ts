import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { placer } from "../../site/browser/parallel/lines.ts";
import { fieldsTerm, placesTerm, wordsTerm } from "../../site/browser/parallel/terms.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { compile } from "../../src/query/matcher.ts";
import { parseFilter } from "../../src/query/parser.ts";
import { type Vocabulary, vocabulary } from "../../src/query/vocabulary.ts";
import { axesOf } from "../../src/report/parallel-chart.ts";
import { type ParallelAxis, parallelOf, within } from "../../src/report/parallel-rows.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run, settings, study as studyWords } from "../support/run.ts";

const metrics = { acc: { name: "acc", from: [], goal: "max", unit: "%" } } as const;
const files = Array.from({ length: 16 }, (_, at) =>
  run({
    id: `EXP0${at + 10}`,
    date: "2026-11-01",
    config: {
      lr: [1e-4, 1e-3, 1e-2, 1e-1][at % 4] ?? 1,
      opt: ["adam", "two words", "and"][at % 3] ?? "",
      width: at,
      "odd name": at % 2,
      acc: at % 2,
    },
    metrics: { acc: `${80 + at}%` },
  }),
);
const study: StudyAnalysis = analyseStudy(files, { metrics, primary: "acc" });
const known: Vocabulary = vocabulary(files, settings({ metrics }), new Map([["", studyWords({ metrics })]]), () => ({
  changes: [],
  unrecorded: [],
}));
const parallel = parallelOf(study);
assert.ok(parallel);
const axis = (name: string, kind?: ParallelAxis["kind"]): ParallelAxis => {
  const found = parallel.axes.find((one) => one.name === name && (kind === undefined || one.kind === kind));
  assert.ok(found, name);
  return found;
};
const matching = (term: string | undefined): readonly string[] => {
  assert.ok(term !== undefined);
  const predicate = compile(parseFilter(term), known);
  return files.filter((file) => predicate(file)).map((file) => file.run.id);
};

describe("a part of an axis", () => {
  test("finds the runs whose lines cross it, on a linear and a logarithmic axis", () => {
    const width = axis("width");
    assert.equal(matching(placesTerm(width, within(0.5), 1, known)).length, 8);
    const lr = placesTerm(axis("lr"), within(0.2), within(0.8), known);
    assert.deepEqual(
      matching(lr),
      files.filter(({ run: { config } }) => config["lr"] === 1e-3 || config["lr"] === 1e-2).map(({ run: { id } }) => id),
    );
  });
  test("may be drawn either way, and is nothing when it is all of it", () => {
    assert.equal(placesTerm(axis("width"), 1, within(0.5), known), placesTerm(axis("width"), within(0.5), 1, known));
    assert.equal(placesTerm(axis("width"), 0, 1, known), undefined);
    assert.equal(placesTerm(axis("opt"), -0.2, 1, known), undefined);
  });
  test("of the metric is in its unit, for a bare number would be a fraction", () => {
    const term = placesTerm(axis("acc", "metric"), within(0.5), 1, known);
    assert.match(term ?? "", /^metric\.acc >= 87\.\d+%$/);
    assert.equal(matching(term).length, 8);
  });
  test("of words is one of them, quoted where the filter would read something else", () => {
    const opt = axis("opt");
    assert.equal(wordsTerm(opt, ["and", "two words"], known), '(opt = "and" or opt = "two words")');
    assert.equal(matching(wordsTerm(opt, ["and", "two words"], known)).length, 10);
    assert.equal(matching(placesTerm(opt, 0, 0.2, known)).length, 6);
    assert.deepEqual([wordsTerm(opt, [], known), wordsTerm(opt, opt.words, known)], [undefined, undefined]);
  });
  test("names a parameter whose name is odd, or that of a metric too, beyond doubt", () => {
    assert.match(fieldsTerm(axis("odd name"), "1", "", known) ?? "", /^"odd name" >= 1$/);
    assert.match(fieldsTerm(axis("acc", "number"), "", "0.5", known) ?? "", /^config\.acc <= 0\.5$/);
    assert.equal(matching(fieldsTerm(axis("acc", "number"), "", "0.5", known)).length, 8);
  });
  test("may be typed: the fields take the axis's unit, or their own", () => {
    assert.equal(fieldsTerm(axis("acc", "metric"), "85", "90", known), "metric.acc = 85%..90%");
    assert.equal(fieldsTerm(axis("acc", "metric"), "85%", "", known), "metric.acc >= 85%");
    assert.equal(fieldsTerm(axis("width"), " ", "", known), undefined);
  });
});

test("a line drawn by a script stands where the picture has it, but for the fan", () => {
  for (const [at, one] of parallel.axes.entries()) {
    const place = placer(one);
    for (const { group, places } of parallel.lines) assert.ok(Math.abs((place(group) ?? 9) - (places[at] ?? 0)) <= 0.05 + 1e-9, one.name);
  }
});

test("the axes are told where they stand in the picture", () => {
  const frame = axesOf(parallel);
  assert.equal(frame.left + frame.step * (parallel.axes.length - 1) + frame.left, frame.width);
  assert.equal(frame.low, 0);
});
