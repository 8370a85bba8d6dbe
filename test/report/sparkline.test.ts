import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RunFile } from "../../src/record/experiment.ts";
import { sparklineOf } from "../../src/report/sparkline.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

type Value = readonly [value: number | undefined, decision?: "keep" | "discard"];

const files = (values: readonly Value[]): readonly RunFile[] =>
  values.map(([value, decision], at) =>
    run({
      id: `EXP${String(at + 1).padStart(5, "0")}`,
      config: { at },
      metrics: value === undefined ? {} : { acc: [value] },
      ...(value === undefined ? { status: "failed" } : {}),
      ...(decision === undefined ? {} : { decision }),
    }),
  );
const spark = (values: readonly Value[], width?: number) => sparklineOf(analyseStudy(files(values)), width);

describe("a sparkline", () => {
  test("steps through the best kept so far, over a dotted baseline, to a dot", () => {
    const found = spark([
      [0.8, "keep"],
      [0.9, "discard"],
      [0.85, "keep"],
      [0.82, "keep"],
    ]);
    assert.equal(found?.line, "M3 21H79V3H117");
    assert.equal(found?.baseline, 21);
    assert.deepEqual(found?.dots, [{ x: 117, y: 3 }]);
    assert.equal(found?.open, false);
    assert.equal(found?.label, "acc: best 0.85 of 4, baseline 0.80");
  });

  test("goes over all tries that were not discarded while nothing is kept", () => {
    const found = spark([[0.8], [0.9, "discard"], [0.85]]);
    assert.equal(found?.open, true);
    assert.equal(found?.line, "M3 21H117V3H117");
  });

  test("is dots below three values, and nothing without any", () => {
    assert.deepEqual(spark([[0.8], [0.9]])?.dots, [
      { x: 3, y: 21 },
      { x: 117, y: 3 },
    ]);
    assert.equal(spark([[0.8], [0.9]])?.line, undefined);
    assert.equal(spark([]), undefined);
    assert.equal(spark([[undefined], [undefined]]), undefined);
  });

  test("is a flat line for values that are all one", () => {
    const found = spark([
      [0.8, "keep"],
      [0.8, "keep"],
      [0.8, "keep"],
    ]);
    assert.equal(found?.line, "M3 12H117");
  });

  test("goes down where lower is better", () => {
    const study = analyseStudy(
      [3, 2, 1].map((value, at) => run({ id: `EXP00${at + 1}`, config: { at }, metrics: { loss: [value] }, decision: "keep" })),
    );
    assert.equal(sparklineOf(study)?.line, "M3 3H60V12H117V21H117");
  });

  test("has at most one corner per pixel", () => {
    const found = spark(
      Array.from({ length: 5000 }, (_, at): Value => [at, "keep"]),
      160,
    );
    assert.ok((found?.line?.match(/V/g)?.length ?? 0) <= 160);
    assert.doesNotMatch(found?.line ?? "", /NaN|Infinity/);
  });

  test("forgets what another protocol measured", () => {
    const protocols = [
      { name: "v1", invalid: [] },
      { name: "v2", invalid: [] },
    ];
    const study = analyseStudy(
      [99, 1, 2, 3].map((value, at) =>
        run({ id: `EXP00${at + 1}`, config: { at }, metrics: { acc: [value] }, decision: "keep", protocol: at === 0 ? "v1" : "v2" }),
      ),
      { protocols },
    );
    assert.match(sparklineOf(study)?.label ?? "", /best 3 of 3/);
  });
});
