import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Best } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { type RunWords, run } from "../support/run.ts";

const made = (id: number, acc: string | readonly number[] | undefined, words: RunWords = {}): RunFile =>
  run({
    id: `EXP00${id}`,
    date: `2026-11-0${id}`,
    config: { a: id },
    ...words,
    metrics: { ...(acc === undefined ? {} : { acc }), ...words.metrics },
  });
const goal = (where?: string, metric = "acc", direction: "min" | "max" = "max") => ({
  goals: [{ name: "it", direction, metric, ...(where === undefined ? {} : { where }) }],
});
const best = (files: readonly RunFile[], words: Parameters<typeof analyseStudy>[1] = goal()): Best | undefined =>
  analyseStudy(files, words).best[0];
const summary = (found: Best | undefined): string => `${found?.group?.key ?? "none"} of ${found?.tries}`;

describe("the best", () => {
  test("is the highest mean, with its n and what it was chosen from", () => {
    const found = best([made(1, "80%"), made(2, [0.9, 0.92]), made(3, "85%")]);
    assert.equal(summary(found), "EXP002 of 3");
    assert.equal(found?.reading?.n, 2);
    assert.equal(summary(best([made(1, "80%"), made(2, "70%")], goal(undefined, "acc", "min"))), "EXP002 of 2");
  });
  test("is the older of equals", () => assert.equal(summary(best([made(2, "80%"), made(1, "80%")])), "EXP001 of 2"));
  const out: readonly (readonly [string, RunWords, number])[] = [
    ["discarded (but it was tried)", { decision: "discard" }, 2],
    ["failed", { status: "failed" }, 1],
    ["running", { status: "running" }, 1],
    ["planned", { status: "planned" }, 1],
    ["declared invalid", { invalid: { acc: "leak" } }, 1],
    ["invalid as a whole", { invalid: { "*": "" } }, 1],
  ];
  for (const [title, words, tries] of out)
    test(`is never ${title}`, () => assert.equal(summary(best([made(1, "80%"), made(2, "90%", words)])), `EXP001 of ${tries}`));
  test("is of the current era, or measured again in it", () => {
    const protocols = [
      { name: "v1", invalid: [] },
      { name: "v2", invalid: [] },
    ];
    const files = [made(1, "90%"), made(2, "80%", { protocol: "v2" })];
    assert.equal(summary(best(files, { ...goal(), protocols })), "EXP002 of 1");
    const again = made(3, "95%", { remeasured: { v2: { acc: "85%" } } });
    const found = best([...files, again], { ...goal(), protocols });
    assert.equal(summary(found), "EXP003 of 2");
    assert.equal(found?.reading?.mean, 0.85);
    assert.equal(summary(best(files, { ...goal(), protocols: protocols.map((known) => ({ ...known, invalid: ["acc"] })) })), "none of 0");
    assert.equal(summary(best(files)), "EXP002 of 1");
  });
  test("of a time is chosen within the machine class with the most runs", () => {
    const timed = (id: number, time: string, hardware: string) => made(id, undefined, { hardware, metrics: { training_time: time } });
    const found = best([timed(1, "3 h", "t4"), timed(2, "2 h", "t4"), timed(3, "1 h", "a100")], goal(undefined, "training_time", "min"));
    assert.equal(summary(found), "EXP002 of 2");
    assert.equal(found?.machine, "t4");
    assert.equal(best([timed(1, "3 h", "t4")], goal(undefined, "training_time", "min"))?.machine, undefined);
  });
  test("is nothing without runs or values", () => {
    assert.equal(summary(best([])), "none of 0");
    assert.equal(summary(best([made(1, undefined), made(2, [Number.NaN])])), "none of 0");
  });
});

describe("a condition", () => {
  const files = [
    made(1, "90%", { metrics: { training_time: "3 h" } }),
    made(2, "89.5%", { metrics: { training_time: "2 h" } }),
    made(3, "80%", { metrics: { training_time: "1 h" }, tags: ["small"] }),
    made(4, "95%", { metrics: { training_time: "1 min" }, decision: "discard" }),
  ];
  const fastest = (where: string) => best(files, goal(where, "training_time", "min"));
  test("compares with the best of another metric, without the discarded", () => {
    assert.equal(summary(fastest("acc >= best - 1pp")), "EXP002 of 4");
    assert.equal(summary(fastest("acc >= best")), "EXP001 of 4");
    assert.equal(summary(fastest("acc >= best - 50%")), "EXP003 of 4");
    assert.equal(summary(fastest("tag:small and acc > 0.5")), "EXP003 of 4");
    assert.equal(summary(fastest("acc > 99%")), "none of 4");
  });
  test("sees pooled values, not those of the first run", () => {
    const pooled = [made(1, [0.9], { config: { a: 1 } }), made(2, [0.7], { config: { a: 1 } }), made(3, [0.81])];
    assert.equal(summary(best(pooled, goal("acc < 0.85"))), "EXP003 of 2");
    assert.equal(summary(best(pooled, goal("acc < 0.805"))), "EXP001 of 2");
  });
  test("that makes no sense is a problem of its goal, not of the others", () => {
    const found = analyseStudy(files, {
      goals: [...goal("acc > > 3").goals, ...goal("nope = 1").goals, ...goal("things < best").goals, ...goal().goals],
    }).best;
    assert.deepEqual(
      found.map(({ problem }) => problem?.code),
      ["query/missing-value", "query/unknown-name", "query/unknown-name", undefined],
    );
    assert.equal(found[3]?.group?.key, "EXP001");
  });
});

describe("goals nobody set", () => {
  test("follow from the primary metric and the time, and say so", () => {
    const found = analyseStudy([made(1, "90%", { metrics: { training_time: "3 h" } })]);
    assert.deepEqual(
      found.best.map(({ goal: { direction, metric } }) => `${direction} ${metric}`),
      ["max acc", "min training_time"],
    );
    assert.equal(found.goalsGuessed, true);
    assert.deepEqual(analyseStudy([made(1, undefined, { metrics: { things: 3 } })]).best, []);
  });
});

describe("the baseline", () => {
  const baseline = (files: readonly RunFile[], words: Parameters<typeof analyseStudy>[1] = {}) => {
    const found = analyseStudy(files, words);
    return `${found.baseline?.key} ${found.baselineWhy}`;
  };
  test("is the one the settings name, by any reference", () =>
    assert.equal(baseline([made(1, "1%"), made(2, "2%")], { baseline: "2" }), "EXP002 named"));
  test("is else the oldest finished run without a base in the current era", () => {
    const files = [
      made(1, "1%", { status: "failed" }),
      made(2, "2%", { base: "EXP001" }),
      made(3, "3%"),
      made(4, "4%", { protocol: "v2" }),
    ];
    assert.equal(baseline(files, { baseline: "EXP999", protocols: [{ name: "v1", invalid: [] }] }), "EXP003 without base");
    assert.equal(
      baseline(files, {
        protocols: [
          { name: "v1", invalid: [] },
          { name: "v2", invalid: [] },
        ],
      }),
      "EXP004 without base",
    );
    assert.equal(baseline(files.slice(0, 2)), "EXP002 oldest");
    assert.equal(baseline([]), "undefined undefined");
  });
});
