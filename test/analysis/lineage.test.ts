import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { trace } from "../../src/analysis/lineage.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { run } from "../support/run.ts";

const ids = (files: readonly RunFile[] | undefined): string => (files ?? []).map((file) => file.run.id).join(" ");

describe("the order of runs", () => {
  test("is start, then number, then id; runs without a date come last", () => {
    const files = [
      run({ id: "EXP010-aaaa", date: "2026-11-02" }),
      run({ id: "EXP009-aaaa", date: "2026-11-02" }),
      run({ id: "EXP011-bbbb" }),
      run({ id: "EXP008-aaaa", date: "2026-11-01T23:30:00-05:00" }),
      run({ id: "EXP012-aaaa", date: "2026-12-01", run: { started: "2026-10-01T00:00:00Z", other: {} } }),
      run({ id: "EXP009-bbbb", date: "2026-11-02" }),
    ];
    assert.equal(ids(trace(files).order), "EXP012-aaaa EXP009-aaaa EXP009-bbbb EXP010-aaaa EXP008-aaaa EXP011-bbbb");
  });
  test("does not depend on the order of the files", () => {
    const files = Array.from({ length: 8 }, (_, at) =>
      run({ id: `EXP00${at % 4}-${at}`, ...(at % 3 === 0 ? {} : { date: `2026-11-0${1 + (at % 2)}` }) }),
    );
    const expected = ids(trace(files).order);
    fc.assert(fc.property(fc.shuffledSubarray(files, { minLength: 8 }), (shuffled) => assert.equal(ids(trace(shuffled).order), expected)));
  });
});

describe("bases", () => {
  const a = run({ id: "EXP001-aaaa", date: "2026-11-01" });
  const b = run({ id: "EXP002-bbbb", date: "2026-11-02", base: ["1", "EXP009", "EXP001-aaaa"] });
  const c = run({ id: "EXP003-cccc", date: "2026-11-03", base: ["EXP002", "exp001"] });
  const twin = run({ id: "EXP003-dddd", date: "2026-11-03", base: "EXP003" });
  const lineage = trace([c, b, a, twin]);
  test("resolve from short references, each once, and know their children", () => {
    assert.equal(ids(lineage.bases.get(b)), "EXP001-aaaa");
    assert.equal(ids(lineage.bases.get(c)), "EXP002-bbbb EXP001-aaaa");
    assert.equal(ids(lineage.children.get(a)), "EXP002-bbbb EXP003-cccc");
  });
  test("that lead nowhere or to several runs are missing, as written", () => {
    assert.deepEqual(lineage.missing.get(b), ["EXP009"]);
    assert.deepEqual(lineage.missing.get(twin), ["EXP003"]);
  });
});

describe("a circle", () => {
  const ring = (...bases: readonly string[]): readonly RunFile[] =>
    bases.map((base, at) => run({ id: `EXP00${at + 1}`, date: `2026-11-0${at + 1}`, base }));
  const cuts = (files: readonly RunFile[]): string => {
    const { cut } = trace(files);
    return [...cut].map(([file, list]) => `${file.run.id}>${ids(list)}`).join(" ");
  };
  test("is cut once, at the edge of its newest run", () => {
    assert.equal(cuts(ring("EXP001")), "EXP001>EXP001");
    assert.equal(cuts(ring("EXP002", "EXP001")), "EXP002>EXP001");
    assert.equal(cuts(ring("EXP002", "EXP003", "EXP001")), "EXP003>EXP001");
    assert.equal(cuts(ring("EXP003", "EXP001", "EXP002")), "EXP003>EXP002");
  });
  test("of 10,000 runs costs little, forwards and backwards", () => {
    const start = process.cpuUsage();
    for (const step of [1, 9_999]) {
      const files = Array.from({ length: 10_000 }, (_, at) =>
        run({ id: `EXP${String(at).padStart(5, "0")}`, base: `EXP${String((at + step) % 10_000).padStart(5, "0")}` }),
      );
      assert.equal(trace(files).cut.size, 1);
    }
    assert.ok(process.cpuUsage(start).user < 8e6);
  });
  test("never remains, whatever the bases are", () => {
    const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(graph, (edges) => {
        const files = edges.map((bases, at) => run({ id: `EXP00${at}`, base: bases.map((base) => `EXP00${base}`) }));
        const { bases } = trace(files);
        const ends = (file: RunFile, path: readonly RunFile[]): void => {
          assert.ok(!path.includes(file));
          for (const base of bases.get(file) ?? []) ends(base, [...path, file]);
        };
        for (const file of files) ends(file, []);
      }),
    );
  });
});
