import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bucketOf, buckets, compareRun, compareStudy } from "../../src/report/compare-data.ts";
import { type CompareChoice, comparePage } from "../../src/report/compare-page.ts";
import type { PageFrame } from "../../src/report/page.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run, settings } from "../support/run.ts";

const frame: PageFrame = { title: "Compare", path: "compare.html", journal: "J", several: false, assets: {}, scripts: [], live: false };

function compared(words: readonly RunWords[], choice: Partial<CompareChoice> = {}, study: Parameters<typeof analyseStudy>[1] = {}) {
  const files = words.map((one, at) => run({ id: `EXP00${at + 1}`, title: `Run ${at + 1}`, date: `2026-11-0${at + 1}`, ...one }));
  const found = analyseStudy(files, study);
  const runs = [...found.runs].map(([, { file, group }]) => compareRun(file, group, settings()));
  // As the browser gets them.
  const sent = JSON.parse(JSON.stringify({ runs, studies: [compareStudy(found, "J")] })) as Pick<CompareChoice, "runs" | "studies">;
  return comparePage({ ...sent, unknown: [], ...choice }, frame);
}
const texts = (line: ReturnType<typeof compared>["metrics"][number] | undefined) =>
  line?.cells.map(({ text, word }) => text ?? word ?? "–");

describe("a comparison of runs of one configuration", () => {
  const config = { lr: 0.1 };
  const repeats: readonly RunWords[] = [
    { config, metrics: { acc: 0.8, epoch_time: "10 s" } },
    { config, metrics: { acc: 0.9, epoch_time: "11 s" } },
    { config, metrics: { acc: 0.85 } },
    { config: { lr: 0.2 }, metrics: { acc: 0.95 } },
  ];
  const chosen = (...numbers: readonly number[]) => {
    const found = analyseStudy(
      repeats.map((one, at) => run({ id: `EXP00${at + 1}`, date: `2026-11-0${at + 1}`, ...one })),
      {},
    );
    const runs = [...found.runs].map(([, { file, group }]) => compareRun(file, group, settings()));
    const sent = JSON.parse(JSON.stringify({ runs, studies: [compareStudy(found, "J")] })) as Pick<CompareChoice, "runs" | "studies">;
    const ids = numbers.map((number) => `EXP00${number}`);
    return comparePage({ ...sent, runs: sent.runs.filter((one) => ids.includes(one.run.id)), unknown: [] }, frame);
  };
  test("shows what each measured alone, and what all of them measured together", () => {
    const page = chosen(1, 2);
    const [acc, time] = page.metrics;
    assert.deepEqual(
      acc?.cells.map(({ n, reading }) => [n, reading?.mean]),
      [
        [1, 0.8],
        [1, 0.9],
      ],
    );
    assert.equal(acc?.cells[1]?.delta?.gain.toFixed(3), "0.100");
    assert.deepEqual(
      time?.cells.map(({ reading }) => reading?.mean),
      [10, 11],
    );
    const [notice] = page.notices;
    assert.equal(notice?.kind, "info");
    assert.match(notice?.text ?? "", /^EXP001 and EXP002 .* 3 .*0\.85/);
  });
  test("keeps the configuration together where only one run of it is compared", () => {
    const [acc] = chosen(1, 4).metrics;
    assert.deepEqual(
      acc?.cells.map(({ n, reading }) => [n, reading?.mean?.toFixed(2)]),
      [
        [3, "0.85"],
        [1, "0.95"],
      ],
    );
    assert.deepEqual(chosen(1, 4).notices, []);
  });
});

describe("a comparison", () => {
  const three: readonly RunWords[] = [
    { config: { lr: 0.1, size: 8 }, metrics: { acc: [0.8, 0.81, 0.79] } },
    { config: { lr: 0.2, size: 8 }, metrics: { acc: [0.9, 0.91, 0.89] } },
    { config: { lr: 0.1, width: 4 }, metrics: { acc: 0.801 } },
  ];
  test("holds every run against one, with evidence", () => {
    const [line] = compared(three).metrics;
    assert.deepEqual(
      line?.cells.map(({ delta }) => delta?.word),
      [undefined, "better", "unclear"],
    );
    assert.equal(line?.cells[1]?.n, 3);
  });
  test("takes the base that was asked for", () => {
    const page = compared(three, { base: "EXP002" });
    assert.deepEqual(
      page.heads.map(({ base, series }) => [base, series]),
      [
        [false, 1],
        [true, 0],
        [false, 2],
      ],
    );
    assert.equal(page.metrics[0]?.cells[0]?.delta?.word, "worse");
  });
  test("shows the parameters that differ, all on request, and never calls the unrecorded a difference", () => {
    const page = compared(three);
    assert.deepEqual(
      page.parameters.map(({ name }) => name),
      ["lr"],
    );
    assert.deepEqual(
      page.parameters[0]?.cells.map(({ differs }) => differs),
      [false, true, false],
    );
    const all = compared(three, { all: true });
    assert.deepEqual(
      all.parameters.map(({ name }) => name),
      ["lr", "size", "width"],
    );
    assert.deepEqual(
      all.parameters[2]?.cells.map(({ text, differs }) => [text, differs]),
      [
        ["?", undefined],
        ["?", undefined],
        ["4", false],
      ],
    );
    assert.equal(page.equal, 2);
  });
  test("leaves out what the study ignores", () => {
    const page = compared([{ config: { lr: 1, seed: 1 } }, { config: { lr: 2, seed: 2 } }], {}, { ignore: ["seed"] });
    assert.deepEqual(
      page.parameters.map(({ name }) => name),
      ["lr"],
    );
  });
  test("does not compare across protocols, machines and evaluation data, and says so", () => {
    const data = (sha256: string) => [{ name: "val", sha256, role: "eval" }];
    const metrics = { acc: 0.5, training_time: "1 h" };
    const page = compared([
      { metrics, protocol: "v1", hardware: "t4", data: data("a") },
      { metrics, protocol: "v2", hardware: "t4", data: data("a"), config: { a: 1 } },
      { metrics, protocol: "v1", hardware: "a100", data: data("a"), config: { a: 2 } },
      { metrics, protocol: "v1", hardware: "t4", data: data("b"), config: { a: 3 } },
    ]);
    const apart = (at: number) => page.metrics.map(({ cells }) => [cells[at]?.apart !== undefined, cells[at]?.delta !== undefined]);
    assert.deepEqual(apart(1), [
      [true, false],
      [true, false],
    ]);
    assert.deepEqual(apart(2), [
      [false, true],
      [true, false],
    ]);
    assert.deepEqual(apart(3), [
      [true, false],
      [false, true],
    ]);
    assert.equal(page.notices.length, 3);
  });
  test("pairs by seed where both name them", () => {
    const repeats = ["1", "2", "3"].map((seed) => ({ seed }));
    const page = compared([
      { config: { a: 1 }, repeats, metrics: { acc: [0.812, 0.805, 0.82] } },
      { config: { a: 2 }, repeats, metrics: { acc: [0.831, 0.826, 0.838] } },
    ]);
    assert.match(page.metrics[0]?.cells[1]?.delta?.method ?? "", /^paired t over seeds 1 2 3/);
  });
  test("says failed, diverged and invalid where there is no value", () => {
    const page = compared([
      { metrics: { acc: 0.5 } },
      { status: "failed", config: { a: 1 } },
      { metrics: { acc: [Number.NaN] }, config: { a: 2 } },
      { metrics: { acc: 0.9 }, invalid: { acc: "leak" }, config: { a: 3 } },
    ]);
    assert.deepEqual(texts(page.metrics[0])?.slice(1), ["failed", "diverged", "invalid"]);
  });
  test("shows what a run measured before it failed, and judges nothing by it", () => {
    const words: readonly RunWords[] = [
      { metrics: { acc: 0.5 } },
      { status: "failed", decision: "discard", config: { a: 1 }, metrics: { acc: 0.1 } },
      { metrics: { acc: 0.6 }, config: { a: 2 } },
    ];
    const page = compared(words);
    assert.deepEqual(
      page.metrics[0]?.cells.map(({ text, delta, apart }) => [text, delta?.text, apart]),
      [
        ["0.5", undefined, undefined],
        ["0.1", undefined, "failed"],
        ["0.6", "+0.1", undefined],
      ],
    );
    assert.deepEqual(
      page.forest?.rows.map(({ run }) => run.id),
      ["EXP003"],
    );
    assert.deepEqual(page.forest?.notes, ["EXP002 failed."]);
    const other = compared(words, { base: "EXP002" });
    assert.deepEqual(other.metrics[0]?.cells.map(({ delta, apart }) => [delta, apart])[0], [undefined, "not comparable (EXP002 failed)"]);
  });
  test("sorts the changes by gain, better to the right also where lower is better, within the axis", () => {
    const page = compared([
      { metrics: { loss: 1 } },
      { metrics: { loss: 1.5 }, config: { a: 1 } },
      { metrics: { loss: 0.7 }, config: { a: 2 } },
    ]);
    assert.deepEqual(
      page.forest?.rows.map(({ run, at }) => [run.id, Math.sign(at)]),
      [
        ["EXP003", 1],
        ["EXP002", -1],
      ],
    );
    for (const { at } of page.forest?.rows ?? []) assert.ok(Math.abs(at) <= 1);
    assert.deepEqual(
      page.forest?.ticks.map(({ text }) => text[0]),
      ["+", "+", "0", "−", "−"],
    );
  });
  test("writes the ticks of the changes without zeros behind", () => {
    const page = compared([{ metrics: { loss: "0.727507" } }, { metrics: { loss: "0.757123" }, config: { a: 1 } }]);
    assert.deepEqual(
      page.forest?.ticks.map(({ text }) => text),
      ["+0.05", "+0.025", "0", "−0.025", "−0.05"],
    );
  });
  test("of nothing, of one and of a run without metrics still makes sense", () => {
    assert.deepEqual(compared([]).heads, []);
    assert.equal(compared([{}]).forest, undefined);
    assert.deepEqual(compared([{}, {}]).metrics, []);
  });
});

test("a run keeps its data file when others come and go, and all files are used", () => {
  const used = new Set(Array.from({ length: 2000 }, (_, at) => bucketOf(`EXP${at}-abcd`)));
  assert.equal(used.size, buckets);
});
