import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RunFile } from "../../src/record/experiment.ts";
import { readingOf } from "../../src/record/reading.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { blockPage, blockRows, blocksOf, type LogPage, logPage, openLog } from "../../src/report/log-page.ts";
import { alignedText, type LogCell } from "../../src/report/log-row.ts";
import { analyseStudy } from "../support/analysis.ts";
import { frame } from "../support/frame.ts";
import { generatedFiles } from "../support/generated.ts";
import { type RunWords, run, settings } from "../support/run.ts";

const id = (number: number): string => `EXP${String(number).padStart(3, "0")}-aaaa`;
const made = (number: number, words: RunWords = {}): RunFile =>
  run({
    id: id(number),
    title: `Run ${number}`,
    date: `2026-01-${String(number).padStart(2, "0")}`,
    config: { lr: number },
    metrics: { acc: `${80 + number}%` },
    ...words,
  });

function pageOf(files: readonly RunFile[], words: Partial<StudySettings> = {}, isPrivate = false): LogPage {
  return logPage(openLog(analyseStudy(files, words), "", settings({ site: { private: isPrivate } })), frame());
}

const cell = (page: LogPage, row: number, name: string): LogCell | undefined =>
  page.rows[row]?.cells[page.columns.findIndex((column) => column.name === name)];
const names = (page: LogPage): readonly string[] => page.columns.map((column) => column.name);
const counts = (page: LogPage): string => page.counts.map(({ text }) => text).join(" · ");

describe("the log", () => {
  test("does not call planned what cannot be read", () => {
    const broken = { ...made(3, { status: "planned" }), broken: true as const };
    const page = pageOf([made(1), made(2, { config: { lr: 1 } }), made(4, { status: "planned" }), broken]);
    assert.equal(counts(page), "2 runs in 1 configuration · 1 planned in Next · 1 cannot be read");
    assert.deepEqual(page.counts.map(({ address }) => address).filter(Boolean), ["next.html", "problems.html"]);
  });
  test("has a row per configuration, the newest first, and none for what is planned or hidden", () => {
    const page = pageOf([made(1), made(2, { config: { lr: 1 } }), made(3), made(4, { status: "planned" }), made(5, { hidden: true })]);
    assert.deepEqual(
      page.rows.map((row) => row.run.id),
      [id(3), id(1)],
    );
    assert.equal(counts(page), "3 runs in 2 configurations · 1 planned in Next · newest first");
    assert.equal(page.counts[1]?.address, "next.html");
  });

  test("gives a wider column to a name whose words would break in its head", () => {
    const page = pageOf([
      made(1, { config: { augmentation: 1, train_samples: 3 } }),
      made(2, { config: { augmentation: 2, train_samples: 4 } }),
    ]);
    const width = (name: string): string | undefined => page.columns.find((column) => column.name === name)?.width;
    assert.deepEqual([width("augmentation"), width("train_samples")], ["wide", "parameter"]);
  });

  test("counts what failed", () => {
    assert.equal(counts(pageOf([made(1), made(2, { status: "failed" }), made(3, { status: "lost" })])), "3 runs · 2 failed · newest first");
    assert.equal(counts(pageOf([made(1)])), "1 run");
  });

  test("pools repeats into one value with n, and lists them under it", () => {
    const page = pageOf([
      made(1),
      made(2, { config: { lr: 1 }, metrics: { acc: "83%" } }),
      made(3, { metrics: { acc: [0.8, 0.9] }, repeats: [{ seed: "7" }, {}] }),
    ]);
    assert.deepEqual(cell(page, 1, "acc"), { kind: "value", text: "82.0%", n: 2, title: "82.0% ± 1.4, n = 2" });
    assert.deepEqual(
      page.rows[1]?.inside.map((part) => [part.run?.id, part.cells[1]]),
      [
        [id(1), { kind: "value", text: "81%\u2008\u2007" }],
        [id(2), { kind: "value", text: "83%\u2008\u2007" }],
      ],
    );
    assert.deepEqual(
      page.rows[0]?.inside.map(({ label }) => label),
      ["seed 7", "repeat 2"],
    );
  });

  test("says why there is no value", () => {
    const page = pageOf([
      made(1),
      made(2, { status: "failed", metrics: {} }),
      made(3, { metrics: { acc: [Number.NaN] } }),
      made(4, { invalid: { acc: "wrong split" } }),
      made(5, { metrics: {}, status: "running" }),
      made(6, { metrics: { other: 1 } }),
      made(7, { status: "failed", decision: "discard", metrics: { acc: 0.1, other: 1 } }),
    ]);
    assert.equal(page.rows[0]?.run.glyph.word, "failed");
    const texts = page.rows.map((_, row) => cell(page, row, "acc")).reverse();
    assert.deepEqual(
      texts.map((found) => (found?.kind === "value" ? [found.text, found.state] : found?.kind)),
      [
        ["81%", undefined],
        ["failed", "failed"],
        ["diverged", "failed"],
        ["84%", "invalid"],
        ["running", "open"],
        "absent",
        ["failed", "failed"],
      ],
    );
    assert.equal(texts[3]?.kind === "value" && texts[3].title, "invalid: wrong split");
  });

  test("shows at most 12 columns: goals first, then parameters by their impact, time and note last", () => {
    const config = (number: number): Record<string, number> =>
      Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`p${at}`, number * (at + 1)]));
    const files = [1, 2, 3].map((number) =>
      made(number, { config: config(number), metrics: { acc: "80%", f1: 0.5, loss: 0.1, extra: 1, training_time: "2 h" } }),
    );
    const goals = ["acc", "f1", "loss", "extra", "training_time"].map((metric) => ({ name: metric, metric, direction: "max" as const }));
    const page = pageOf(files, { primary: "acc", goals });
    assert.equal(names(page).length + 1, 12);
    assert.deepEqual(names(page).slice(0, 5), ["changes", "acc", "vs_base", "f1", "loss"]);
    assert.deepEqual(names(page).slice(-2), ["training_time", "note"]);
  });

  test("calls a parameter by its scope where its name means something else", () => {
    const page = pageOf([1, 2].map((number) => made(number, { config: { date: number, acc: number, plain: number } })));
    assert.deepEqual(
      names(page)
        .filter((name) => /date|acc|plain/.test(name))
        .sort(),
      ["config.acc", "config.date", "metric.acc", "plain"],
    );
  });

  test("times runs by the program's clock where nobody measured", () => {
    const page = pageOf([made(1, { run: { seconds: 7200, other: {} } }), made(2, { run: { seconds: 9000, other: {} } })]);
    assert.deepEqual(
      [cell(page, 1, "run.seconds"), cell(page, 0, "run.seconds")],
      [
        { kind: "value", text: "2.0 h" },
        { kind: "value", text: "2.5 h" },
      ],
    );
  });

  test("draws bars to the 95th percentile of the changes, so that an outlier flattens nothing", () => {
    const files = [
      made(0, { metrics: { acc: 100 } }),
      ...Array.from({ length: 39 }, (_, at) =>
        made(at + 1, { date: "2026-02-01", base: id(0), metrics: { acc: 100 + (at === 38 ? 900 : 1 + (at % 10)) } }),
      ),
    ];
    const page = pageOf(files, { primary: "acc" });
    const bars = page.rows.flatMap(({ cells }) =>
      cells.flatMap((found) => (found.kind === "delta" && found.bar !== undefined ? [Math.abs(found.bar.at)] : [])),
    );
    assert.equal(bars.filter((at) => at > 1).length, 1);
    assert.equal(Math.max(...bars.filter((at) => at <= 1)), 1);
  });

  test("folds what is the same in all rows, and nothing that a run did not record", () => {
    const page = pageOf([made(1, { config: { opt: "adam", lr: 1, size: 2 } }), made(2, { config: { opt: "adam", lr: 2 } })]);
    assert.deepEqual(page.same, { title: "Same in all 2", values: [{ name: "opt", text: "adam" }] });
    assert.equal(pageOf([made(1)]).same, undefined);
  });

  test("never shows more digits than the author wrote, and keeps the points below each other", () => {
    const metric = { name: "acc", label: "acc", guessed: false, unit: "%", duration: false, decimals: 2 };
    const reading = (text: string, value: number) => ({ ...readingOf([value], "%"), text });
    assert.equal(alignedText(reading("87.2%", 0.872), metric), "87.2%\u2007");
    assert.equal(alignedText(reading("87%", 0.87), metric), "87%\u2008\u2007\u2007");
    assert.equal(alignedText(reading("87.21%", 0.8721), metric), "87.21%");
    assert.equal(alignedText(readingOf([0.87, 0.88], "%"), metric), "87.50%");
  });

  test("says what is missing in words", () => {
    assert.match(pageOf([]).notices[0]?.command ?? "", /journal new/);
    assert.match(pageOf([made(1, { status: "planned", metrics: {} })]).notices[0]?.text ?? "", /1 run is planned/);
    assert.equal(
      pageOf([1, 2, 3].map((number) => made(number, { status: "failed", metrics: {}, reason: "CUDA out of memory." }))).notices[0]?.text,
      "All 3 runs failed; the last: CUDA out of memory.",
    );
    assert.match(
      pageOf([1, 2].map((number) => made(number, { status: "failed", config: { a: 1 }, metrics: {} }))).notices[0]?.text ?? "",
      /All 2 runs/,
    );
    assert.match(pageOf([made(1, { metrics: {} })]).notices[0]?.command ?? "", /journal log EXP001-aaaa/);
    assert.match(pageOf([made(1)]).notices[0]?.text ?? "", /name one under primary/);
    assert.deepEqual(pageOf([made(1)], { primary: "acc" }).notices, []);
    assert.match(pageOf([made(1)], { primary: "acc" }).notes[0] ?? "", /higher is better, guessed/);
  });

  test("leaves out what a published page leaves out", () => {
    const files = [
      made(1, { title: "By ada@example.org", reason: "see /home/ada/x", config: { data: "/home/ada/data" } }),
      made(2, { base: id(1), config: { data: "/home/ada/other" } }),
    ];
    assert.doesNotMatch(JSON.stringify(pageOf(files)), /home\/ada|@example/);
    assert.match(JSON.stringify(pageOf(files, {}, true)), /home\/ada\/data/);
  });
});

describe("older rows", () => {
  const open = (runs: number) => openLog(analyseStudy(generatedFiles(runs)), "ocr/", settings());

  test("stand in fixed blocks of 200 counted from the oldest", () => {
    const log = open(2 * blockRows + 7);
    assert.deepEqual(
      blocksOf(log).map(({ address }) => address),
      ["ocr/log/1-200.html", "ocr/log/201-400.html", "ocr/log/401-600.html"],
    );
    assert.deepEqual(
      blocksOf(log).map(({ text }) => text),
      ["1–200", "201–400", "401–407"],
    );
    const ids = [1, 2, 3].flatMap((number) =>
      blockPage(log, number, frame())
        .rows.map((row) => row.run.id)
        .reverse(),
    );
    assert.deepEqual(
      ids,
      log.entries.map(({ group }) => group.key),
    );
    assert.equal(logPage(log, frame()).rows.length, blockRows);
  });

  test("keep their page when a run is added", () => {
    const shown = (runs: number, number: number): string =>
      JSON.stringify(blockPage(open(runs), number, frame()).rows.map(({ run: ref }) => ref));
    assert.equal(shown(2 * blockRows + 7, 1), shown(2 * blockRows + 8, 1));
    assert.notEqual(shown(2 * blockRows + 7, 3), shown(2 * blockRows + 8, 3));
  });

  test("have no pages where one page holds all", () => assert.deepEqual(blocksOf(open(blockRows)), []));
});
