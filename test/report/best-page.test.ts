import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { type BestPage, type BestView, bestPage } from "../../src/report/best-page.ts";
import { frontRows, noTradeOff, tradeOffOf } from "../../src/report/front-rows.ts";
import { analyseStudy } from "../support/analysis.ts";
import { frame } from "../support/frame.ts";
import { type Measured, type RunWords, run } from "../support/run.ts";

const made = (id: number, acc: Measured | undefined, words: RunWords = {}): RunFile =>
  run({
    id: `EXP00${id}`,
    date: `2026-11-0${id}`,
    config: { name: id },
    ...words,
    metrics: { ...(acc === undefined ? {} : { acc }), ...words.metrics },
  });
const page = (files: readonly RunFile[], words: Partial<StudySettings> = {}): BestPage =>
  bestPage(analyseStudy(files, { primary: "acc", ...words }), frame(), () => undefined);
const best = (files: readonly RunFile[], words: Partial<StudySettings> = {}): BestView => {
  const found = page(files, words).goals[0]?.best;
  assert.ok(found);
  return found;
};

describe("the best configuration", () => {
  test("of a single run says from how many it was chosen, and which way to doubt it", () => {
    const found = best([made(1, 0.8), made(2, 0.9), made(3, 0.7)]);
    assert.deepEqual(
      [found.run.id, found.n, found.badge.text],
      ["EXP002", "n = 1, chosen from 3 tries", "single run, chosen from 3 tries: expect less"],
    );
    const metrics = { acc: { name: "acc", from: [], goal: "min" } } as const;
    assert.equal(best([made(1, 0.8), made(2, 0.9)], { metrics }).badge.text, "single run, chosen from 2 tries: expect more");
    assert.equal(best([made(1, 0.8)]).badge.text, "single run");
  });
  test("says how much was tried since somebody made sure", () => {
    assert.equal(best([made(1, 0.8), made(2, 0.9)]).since, "2 tries, and no best was ever measured again");
    const again = made(3, 0.9, { config: { name: 2 }, repeatOf: "EXP002" });
    assert.equal(best([made(1, 0.8), made(2, 0.9), again, made(4, 0.7)]).since, "1 try since a best was last measured again (EXP003)");
  });
  test("has an interval and what is expected where the noise is known", () => {
    const found = best([1, 2, 3, 4].map((id) => made(id, 0.7 + id / 100)).concat(made(5, [0.8, 0.81, 0.82]), made(6, 0.85)));
    assert.match(found.interval?.text ?? "", /^\[0\.\d+, 0\.\d+\]$/);
    assert.match(found.badge.more ?? "", /^about 0\.8\d* is expected/);
  });
  test("is compared with the baseline, with the guard rails it holds and breaks", () => {
    const metrics = {
      memory: { name: "memory", from: [], goal: "min", guard: "+10%" },
      size: { name: "size", from: [], goal: "min", guard: "+10%" },
      gone: { name: "gone", from: [], goal: "min", guard: "+10%" },
    } as const;
    const found = best(
      [
        made(1, 0.8, { metrics: { memory: "10 GB", size: 100, gone: 1 } }),
        made(2, 0.9, { metrics: { memory: "10.5 GB", size: 120 }, base: "EXP001" }),
      ],
      { metrics },
    );
    assert.deepEqual([found.gain?.word, found.baseline?.id], ["unjudged", "EXP001"]);
    assert.deepEqual(
      found.guards.map(({ name, word, margin }) => `${name} ${word} ${margin}`),
      ["memory holds 5.0% of 10% left", "size broken 10.0% over 10%", "gone unknown not compared with the baseline"],
    );
  });
  test("marks what differs from the baseline with the value there, and names what only that one recorded", () => {
    const found = best(
      [made(1, 0.8, { config: { lr: 1, same: 2, seed: 1, gone: 9 } }), made(2, 0.9, { config: { lr: 3, same: "2", seed: 2, fresh: 4 } })],
      { ignore: ["seed"] },
    );
    const yaml = found.texts[0]?.lines ?? [];
    assert.deepEqual(
      yaml.map(({ text, old }) => [text, old]),
      [
        ["lr: 3", "1"],
        ['same: "2"', undefined],
        ["seed: 2", undefined],
        ["fresh: 4", "not recorded"],
      ],
    );
    assert.deepEqual([found.marked, found.lost], ["EXP001", ["gone 9"]]);
  });
  test("has nothing marked when it is the baseline, and nothing to copy without a configuration", () => {
    const found = best([made(1, 0.9, { config: { lr: 1 } }), made(2, 0.8)]);
    assert.ok(found.texts.every(({ lines }) => lines.every(({ old }) => old === undefined)));
    assert.equal(found.marked, undefined);
    assert.deepEqual(best([made(1, 0.9, { config: {} })]).texts, []);
  });
  test("that nobody decided on asks for a decision", () => {
    assert.match(page([made(1, 0.8)]).goals[0]?.notices[0]?.command ?? "", /^journal keep EXP001 /);
    assert.deepEqual(page([made(1, 0.8, { decision: "keep" })]).goals[0]?.notices, []);
  });
  test("that its author hid is not shown", () => {
    const goal = page([made(1, 0.8), made(2, 0.9, { hidden: true })]).goals[0];
    assert.deepEqual([goal?.best, /hidden/.test(goal?.notices[0]?.text ?? "")], [undefined, true]);
  });
});

describe("a goal without an answer says why", () => {
  const notice = (files: readonly RunFile[], where: string | undefined, metric = "acc") =>
    page(files, { goals: [{ name: "g", direction: "max", metric, ...(where === undefined ? {} : { where }) }] }).goals[0]?.notices[0];
  test("its filter is wrong", () => {
    const found = notice([made(1, 0.8)], "nonsense > 3");
    assert.deepEqual([found?.kind, found?.text.includes("nonsense")], ["bad", true]);
  });
  test("nothing satisfies it, all were discarded, or nothing has the metric", () => {
    assert.match(notice([made(1, 0.8)], "acc > 0.9")?.text ?? "", /^None of 1 try satisfies `acc > 0\.9`/);
    assert.match(notice([made(1, 0.8, { decision: "discard" })], undefined)?.text ?? "", /^The only try was discarded/);
    assert.match(notice([made(1, 0.8)], undefined, "f1")?.text ?? "", /^No finished run has a value of f1/);
  });
});

test("goals that were guessed say how to set them, in words that YAML reads", () => {
  assert.equal(page([made(1, 0.8, { metrics: { "the loss: x": 3 } })], {}).notices[0]?.command, "study: { goals: { acc: max acc } }");
  const odd = bestPage(analyseStudy([run({ metrics: { "a: accuracy": 0.5 } })]), frame(), () => undefined);
  assert.equal(odd.notices[0]?.command, 'study: { goals: { "a: accuracy": "max a: accuracy" } }');
});

test("a study without a run or a metric has one notice and no goals", () => {
  for (const files of [[], [made(1, undefined)]]) {
    const { notices, goals } = page(files);
    assert.deepEqual([notices.length, goals], [1, []]);
  }
  // The command is of a run that there is.
  assert.match(page([made(7, undefined)]).notices[0]?.command ?? "", /^journal log EXP007 /);
});

describe("the trade-off", () => {
  const timed = (id: number, acc: number, time: string, words: RunWords = {}): RunFile =>
    made(id, acc, { ...words, metrics: { training_time: time, memory: id } });
  const study = (files: readonly RunFile[], words: Partial<StudySettings> = {}): StudyAnalysis =>
    analyseStudy(files, { primary: "acc", ...words });
  test("sets quality against the other goal, else the time", () => {
    const files = [timed(1, 0.8, "1 h"), timed(2, 0.9, "2 h")];
    assert.equal(tradeOffOf(study(files))?.x.name, "training_time");
    const goals = [
      { name: "a", direction: "max", metric: "acc" },
      { name: "m", direction: "min", metric: "memory" },
    ] as const;
    assert.equal(tradeOffOf(study(files, { goals }))?.x.name, "memory");
  });
  test("lists the front by cost, what is near it after it", () => {
    const found = study([timed(1, 0.8, "1 h"), timed(2, 0.9, "2 h"), timed(3, 0.85, "3 h")]);
    const trade = tradeOffOf(found);
    assert.ok(trade);
    assert.deepEqual(
      frontRows(trade, found).rows.map(({ run: { id }, near }) => [id, near]),
      [
        ["EXP001", false],
        ["EXP002", false],
      ],
    );
  });
  test("needs two metrics, and says so", () => {
    const one = study([made(1, 0.8)]);
    assert.equal(tradeOffOf(one), undefined);
    assert.equal(noTradeOff(one), "The trade-off needs two metrics; only acc is recorded.");
  });
});
