// What the data files tell is what the analysis knows: the log is drawn the same from both, and one filter grammar holds for both.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { jsx } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { parse } from "yaml";
import { LogValue } from "../../site/pages/parts/log-row.tsx";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { compile } from "../../src/query/matcher.ts";
import { parseFilter } from "../../src/query/parser.ts";
import { type Vocabulary, vocabulary } from "../../src/query/vocabulary.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { normalize } from "../../src/record/normalize.ts";
import { readingOf } from "../../src/record/reading.ts";
import { type Json, tree } from "../../src/record/tree.ts";
import { usualColumns } from "../../src/report/log-columns.ts";
import { groupRuns, type LogEntry } from "../../src/report/log-data.ts";
import { openLog, publicly } from "../../src/report/log-page.ts";
import { asWritten, type LogColumn, logParts, logRow } from "../../src/report/log-row.ts";
import { hashDigits, shardCount, shardName, shardRows } from "../../src/report/runs-data.ts";
import { packReading, unpackReading } from "../../src/report/runs-data-cell.ts";
import { packColumn, valueAt } from "../../src/report/runs-data-column.ts";
import { shardText } from "../../src/report/runs-data-pack.ts";
import { analyseStudy } from "../support/analysis.ts";
import { evidenceStudy } from "../support/evidence.ts";
import { generatedFiles } from "../support/generated.ts";
import { run, settings } from "../support/run.ts";
import { loaded, shardsOf } from "../support/shards.ts";

/** Every row as the reader sees it. */
function drawn(entries: readonly LogEntry[], columns: readonly LogColumn[], study: StudyAnalysis): readonly string[] {
  const setting = { columns, settings: study.settings, show: asWritten };
  return entries.map((entry) => {
    const row = logRow(entry, setting);
    const cells = [row, ...logParts(entry, setting)].flatMap((line) => line.cells.map((cell) => renderToString(jsx(LogValue, { cell }))));
    return JSON.stringify([row.run, row.parts, cells]);
  });
}

function assertSameRows(study: StudyAnalysis): void {
  const log = openLog(study, "", settings({ site: { private: true } }));
  const { head, runs } = loaded(study);
  const entries = groupRuns(runs, head).filter(({ group }) => group.status !== "planned");
  const columns = usualColumns({ ...head, entries });
  assert.deepEqual(columns, log.columns);
  assert.deepEqual(drawn(entries, columns, study), drawn(log.entries, log.columns, study));
}

const odd: readonly RunFile[] = [
  run({
    id: "EXP001-aaaa",
    title: "Base",
    date: "2026-01-01",
    config: { lr: 0.001, n: null, list: [1, [2]] },
    configText: { lr: "1e-3" },
    metrics: { acc: "85.50%", time: "2 h" },
  }),
  run({
    id: "EXP002-bbbb",
    title: "",
    date: "2026-01-02",
    base: "EXP001-aaaa",
    config: { lr: 0.01, "a b": "x" },
    metrics: { acc: [0.87, null, 0.871], time: "90 min" },
    repeats: [{ seed: "1" }, {}, { seed: "3" }],
  }),
  run({
    id: "EXP003-cccc",
    date: "2026-01-03",
    base: ["EXP002-bbbb", "EXP001"],
    config: { lr: 0.01, "a b": "x" },
    metrics: { acc: "872/1000" },
    repeatOf: "EXP002-bbbb",
    decision: "discard",
    reason: "no",
  }),
  run({
    id: "EXP004-dddd",
    date: "2026-01-04",
    base: "EXP001-aaaa",
    config: { lr: 3 },
    metrics: { acc: [Number.NaN], other: "about a lot" },
    invalid: { acc: "wrong split" },
  }),
  run({
    id: "EXP005-eeee",
    date: "2026-01-05",
    base: "EXP001-aaaa",
    status: "failed",
    config: { lr: 4 },
    failed: ["Out of memory"],
    code: { files: 2, added: 14, removed: 3 },
  }),
  run({
    id: "EXP006-ffff",
    date: "2026-01-06",
    base: "EXP001-aaaa",
    config: { lr: 5 },
    metrics: { acc: "0.38 ± 0.01 (n=3)" },
    decision: "keep",
    decisionWord: "adopted",
  }),
  run({
    id: "EXP007-gggg",
    date: "2026-01-07",
    base: "EXP404-zzzz",
    changes: [{ name: "lr", from: 1, to: 2 }],
    config: {},
    metrics: { acc: { before: "80%", after: "81%" } },
  }),
  run({ id: "EXP008-hhhh", date: "2026-01-08", base: "EXP001-aaaa", config: { lr: 6 }, metrics: { acc: "86%" }, invalid: { acc: "" } }),
  run({ id: "EXP009-iiii", status: "planned", config: { lr: 7 } }),
  run({ id: "EXP010-jjjj", config: { lr: 8 }, run: { command: ["sh", "a.sh"], snapshot: "a", other: {} } }),
  run({ id: "EXP011-kkkk", base: "EXP010-jjjj", config: { lr: 8 }, run: { command: ["sh", "b.sh"], snapshot: "a", other: {} } }),
];

describe("the rows drawn from data files equal the static ones", () => {
  test("of a generated journal over several files", () => assertSameRows(analyseStudy(generatedFiles(1200), { ignore: ["seed"] })));
  test("with every word of the evidence", () => assertSameRows(evidenceStudy()));
  test("with repeats elsewhere, failures, summaries, counts, missing bases and withdrawn values", () => assertSameRows(analyseStudy(odd)));
  test("of a metric that has an older name", () => {
    const metrics = { acc: { name: "acc", from: ["Accuracy/val"], label: "Accuracy" } };
    const files = [
      run({ id: "EXP001-aaaa", metrics: { "Accuracy/val": "80%" } }),
      run({ id: "EXP002-bbbb", base: "EXP001-aaaa", metrics: { acc: "81%" } }),
    ];
    assertSameRows(analyseStudy(files, { metrics, primary: "acc" }));
  });
  test("of no run at all", () => assertSameRows(analyseStudy([])));
});

function matching(filter: string, files: readonly RunFile[], words: Vocabulary): readonly string[] {
  const predicate = compile(parseFilter(filter), words);
  return files.filter((file) => predicate(file)).map(({ run: { id } }) => id);
}

describe("the filter", () => {
  const page = readFileSync(new URL("../../docs/filter.md", import.meta.url), "utf8");
  const block = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const documented = (parse(block) as readonly Json[]).map((facts): RunFile => {
    const written = tree(facts);
    return { ...run(), run: normalize(written.kind === "dict" ? written : undefined, { id: "?", title: "?" }).run };
  });
  const study = analyseStudy(documented);
  const { head, runs } = loaded(study);
  const files = runs.map(({ file }) => file);
  const words = vocabulary(
    files,
    settings(),
    new Map([["", head.settings]]),
    (file) => runs.find((one) => one.file === file) ?? { changes: [], unrecorded: [] },
  );
  for (const [, filter = "", ids = ""] of page.matchAll(/^\| `([^`]+)` \| ([^|]*) \|$/gm))
    test(`${filter} finds ${ids} in data files`, () => {
      const found = matching(filter, files, words).map((id) => id.slice(0, 6));
      assert.deepEqual(found, ids.split(", "));
    });

  test("finds the same over 300 generated runs as over their files", () => {
    const all = generatedFiles(300);
    const analysed = analyseStudy(all);
    const data = loaded(analysed);
    const theirs = data.runs.map(({ file }) => file);
    const known = vocabulary(analysed.files, settings());
    const knownThere = vocabulary(theirs, settings());
    for (const filter of [
      "val_accuracy > 91%",
      "training_time < 1h 30min and batch_size = 64",
      "text ~ smoother",
      "worked ~ memory or failed ~ spikes",
      "tag:sweep and not tag:dropout",
      "decision:keep",
      "status:failed",
      "date >= 2024-01-05",
      "base:EXP100",
      "has:decision and learning_rate >= 1e-3",
      "hardware.class = t4 and software.python >= 3.11",
      'run.command ~ "--dropout"',
      "run.seconds > 2h",
      "dense_units = 512",
      "path ~ schedule",
      "repeats = 3",
      "number:10..20",
      "experimenter:ada",
    ]) {
      const ours = matching(filter, analysed.files, known);
      const there = matching(filter, theirs, knownThere);
      assert.ok(ours.length > 0, filter);
      assert.deepEqual(there, ours, filter);
    }
  });
});

describe("a data file", () => {
  test("changes alone when a run is added behind it", () => {
    const files = generatedFiles(shardRows * 2 + 5);
    const text = (study: StudyAnalysis): readonly string[] => shardsOf(study).map((shard) => JSON.stringify(shard));
    const before = text(analyseStudy(files.slice(0, -1)));
    const after = text(analyseStudy(files));
    assert.equal(before.length, 3);
    assert.deepEqual(after.slice(0, 2), before.slice(0, 2));
    assert.notEqual(after[2], before[2]);
  });

  test("is one assignment that no page takes for markup", () => {
    const [shard] = shardsOf(analyseStudy([run({ title: "</script><script>alert(1)</script>\u2028\u2029" })]));
    assert.ok(shard);
    const text = shardText("main-1", shard, asWritten);
    assert.doesNotMatch(text, /[<\u2028\u2029]/);
    const window: { journal?: { shards?: Record<string, unknown> } } = {};
    new Function("window", text)(window);
    assert.deepEqual(window.journal?.shards?.["main-1"], JSON.parse(JSON.stringify(shard)));
  });

  test("leaves out what a published site leaves out", () => {
    const file = run({
      id: "EXP001-aaaa",
      experimenter: "Ada <ada@example.org>",
      config: { data: "/home/ada/data" },
      reason: "see /home/ada/x and ada@example.org",
      data: [{ name: "val", path: "/home/ada/val" }],
      run: { command: ["/home/ada/bin/python", "train.py"], other: {} },
      hardware: { gpu: "T4", other: { hostname: "ada-pc", gpu_count: 2 } },
      metrics: { acc: 1 },
    });
    const study = analyseStudy([file]);
    const secret = /ada@example|home\/ada|ada-pc/;
    const text = (isPrivate: boolean): string => {
      const show = publicly(settings({ site: { private: isPrivate } }));
      return shardsOf(study, show)
        .map((shard) => shardText("main-1", shard, show))
        .join("");
    };
    assert.match(text(true), secret);
    assert.doesNotMatch(text(false), secret);
    assert.match(text(false), /gpu_count/);
  });

  test("weighs at most 100 bytes a run", () => {
    const study = analyseStudy(generatedFiles(shardRows));
    const packed = shardsOf(study).reduce((sum, shard) => sum + gzipSync(JSON.stringify(shard)).length, 0);
    assert.ok(packed / shardRows <= 100, `${packed / shardRows}`);
  });

  test("holds the beginnings of hashes, and no hidden run", () => {
    const [hidden, shown] = [
      run({ id: "EXP001-aaaa", hidden: true }),
      run({ id: "EXP002-bbbb", run: { commit: "0123456789abcdef0123456789abcdef01234567", other: {} } }),
    ];
    const { runs, head } = loaded(analyseStudy([hidden, shown]));
    assert.deepEqual(
      runs.map(({ file }) => file.run.id),
      ["EXP002-bbbb"],
    );
    assert.equal(runs[0]?.file.run.run?.commit?.length, hashDigits);
    assert.equal(head.runs, 1);
  });

  test("has a name of its own, whatever the study is called", () => {
    const names = ["", "main", "ocr", "OCR", "ocr/deep", "ocr_deep", "ocr-1", "a b", "ä", "ö", ".."].map((study) => shardName(study, 1));
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    for (const name of names) assert.match(name, /^[\w~-]+$/);
    assert.deepEqual([shardCount(0), shardCount(1000), shardCount(1001)], [1, 1, 2]);
  });
});

describe("a packed value", () => {
  test("is the same reading again", () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const slots = fc.array(fc.oneof(number, fc.constant(null), fc.constant(Number.NaN)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(slots, fc.constantFrom("%", "h", undefined), fc.integer({ min: 0, max: 6 }), (values, unit, decimals) => {
        const reading = readingOf(values, unit);
        const usual = { decimals, ...(unit === undefined ? {} : { unit }) };
        const again = unpackReading(JSON.parse(JSON.stringify(packReading(reading, usual))) as Json, usual);
        assert.deepEqual({ ...again, text: "" }, { ...reading, text: "" });
        if (values.length === 1) assert.equal(again.text, reading.text);
      }),
    );
  });

  test("stands in a column as often as it occurs, and nowhere else", () => {
    const value = fc.oneof(fc.constantFrom("a", "b"), fc.integer(), fc.constant(undefined), fc.constantFrom(["x"], ["y"]), fc.boolean());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const packed = packColumn(values);
        assert.deepEqual(
          values.map((_, row) => valueAt(packed, row)),
          values,
        );
      }),
    );
  });
});
