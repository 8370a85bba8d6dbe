import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RunFile } from "../../src/record/experiment.ts";
import { journalRules } from "../../src/record/journal-rules.ts";
import { normalizeSettings, normalizeStudy } from "../../src/record/normalize-settings.ts";
import { read, treeOf } from "./read.ts";

const body = { worked: [], failed: [], unexpected: [], questions: [], tasks: [], links: [] };

function file(id: string, text = "title: A run", more: Partial<RunFile> = {}): RunFile {
  const { run } = read(text);
  return { path: `experiments/${id}-a-run.md`, study: "", hash: id, run: { ...run, id }, body, ...more };
}

function check(files: readonly RunFile[], journal = "", studies: Readonly<Record<string, string>> = {}) {
  const { settings } = normalizeSettings(treeOf(journal));
  const all = new Map([
    ["", settings.study],
    ...Object.entries(studies).map(([name, text]) => [name, normalizeStudy(treeOf(text), name, settings).study] as const),
  ]);
  return journalRules.flatMap((rule) => rule({ files, settings, studies: all }));
}

const codes = (...given: Parameters<typeof check>): readonly string[] =>
  check(...given).map(({ code, path, key }) =>
    [code.replace("record/", ""), path?.replace(/^experiments\/(?:(EXP\d+).*\.md)?/, "$1") ?? "?", ...(key ?? [])].join(" "),
  );

describe("the rules across runs", () => {
  test("say nothing about a good journal, nor about an empty one", () => {
    assert.deepEqual(codes([]), []);
    assert.deepEqual(codes([], "study: { primary: loss, baseline: EXP001 }"), []);
    const files = [
      file("EXP001", "config: { lr: 1 }\nmetrics: { loss: 0.30 }"),
      file("EXP002", "base: EXP001\nconfig: { lr: 2 }\nchanges: { lr: 1 -> 2 }\nmetrics: { loss: 0.30 -> 0.28 }"),
    ];
    assert.deepEqual(codes(files, "study: { primary: loss, baseline: EXP001, goals: { best: min loss } }"), []);
  });

  test("an id is taken once, in any case", () => {
    assert.deepEqual(codes([file("EXP001"), { ...file("exp001"), path: "experiments/exp001.md" }]), ["duplicate-id exp001.md id"]);
  });

  test("a file name begins with the id", () => {
    assert.deepEqual(codes([file("EXP001", "title: A Ünit", { path: "experiments/2026/trial.md" })]), ["file-name 2026/trial.md id"]);
    const hostile = (path: string, id: string) => check([file(id, "title: x", { path })])[0];
    assert.doesNotMatch(hostile("experiments/b22.md", "../../x")?.hint ?? "", /git mv/);
    assert.equal(hostile("experiments/b22.md", "$(touch y)")?.fix, undefined);
    assert.match(
      hostile("experiments/`id` $(id).md", "EXP001")?.hint ?? "",
      /git mv 'experiments\/`id` \$\(id\)\.md' experiments\/EXP001-x\.md/,
    );
    assert.match(
      check([file("EXP001", "title: A Unit", { path: "experiments/2026/trial.md" })])[0]?.hint ?? "",
      /git mv experiments\/2026\/trial\.md experiments\/2026\/EXP001-a-unit\.md/,
    );
    assert.deepEqual(codes([file("EXP001", "", { path: "experiments/EXP001.md" })]), []);
  });

  test("a reference names one run", () => {
    const files = [
      file("EXP001-aaaa"),
      file("EXP001-bbbb"),
      file("EXP002-cccc", "base: EXP001"),
      file("EXP003-dddd", "base: [EXP002, EXP01-aaaa]"),
      file("EXP004-eeee", "repeat_of: EXP099\nrerun_of: 98"),
    ];
    assert.deepEqual(codes(files), [
      "ambiguous-reference EXP002 base",
      "unknown-base EXP003 base",
      "unknown-base EXP004 repeat_of",
      "unknown-base EXP004 rerun_of",
    ]);
    assert.match(check(files)[1]?.hint ?? "", /base: EXP001-aaaa/);
    assert.match(check(files)[0]?.message ?? "", /EXP001-aaaa.*EXP001-bbbb/);
  });

  test("a baseline is a run", () => {
    assert.deepEqual(codes([file("EXP001")], "study: { baseline: EXP009 }", { ocr: "baseline: EXP008" }), [
      "unknown-base journal.yaml study baseline",
      "unknown-base ocr/study.yaml baseline",
    ]);
  });

  test("bases never lead in a circle, and each circle is named once", () => {
    const files = [
      file("EXP003", "base: EXP001"),
      file("EXP001", "base: EXP002"),
      file("EXP002", "base: EXP003"),
      file("EXP004", "base: EXP001"),
    ];
    assert.deepEqual(codes(files), ["base-cycle EXP001 base"]);
    assert.match(check(files)[0]?.message ?? "", /EXP001 → EXP002 → EXP003 → EXP001/);
    assert.deepEqual(
      codes([file("EXP001"), file("EXP002", "base: EXP001"), file("EXP003", "base: EXP001"), file("EXP004", "base: [EXP002, EXP003]")]),
      [],
    );
  });

  test("a long chain of bases is no circle and overflows nothing", () => {
    const files = Array.from({ length: 20_000 }, (_, index) => file(`EXP${index}`, index === 0 ? "" : `base: EXP${index - 1}`));
    assert.deepEqual(codes(files), []);
  });

  test("`before` is a copy of what the base has now, at the precision it was written with", () => {
    const base = (text: string) => file("EXP001", `metrics: { m: ${text} }`);
    const run = (text: string) => file("EXP002", `base: EXP001\nmetrics: { m: { before: ${text}, after: 0.9 } }`);
    for (const [now, written] of [
      ["85.53%", "85.5%"],
      ["0.8553", "85.5%"],
      ["[0.85, 0.86]", "0.855"],
      ["2 h 46 min", "166 min"],
      ["1.0e-3", "0.001"],
      ["1014.45", "'1,014.45'"],
    ] as const)
      assert.deepEqual(codes([base(now), run(written)]), [], `${now} ${written}`);
    for (const [now, written] of [
      ["85.5%", "85.6%"],
      ["0.30", "0.29"],
      ["1.0e-3", "2.0e-3"],
    ] as const)
      assert.deepEqual(codes([base(now), run(written)]), ["stale-before EXP002 metrics m before"], `${now} ${written}`);
    const [problem] = check([base("0.30"), run("0.29")]);
    assert.deepEqual([problem?.fix, problem?.severity], ["stale-before", "warning"]);
    assert.deepEqual(codes([file("EXP001"), run("0.29")]), []);
  });

  test("`changes` begin where the base is, as far as it recorded that", () => {
    const run = file("EXP002", "base: EXP001\nconfig: { lr: 2, bs: 1 }\nchanges: { lr: 1 -> 2, bs: { from: 9, to: 1 } }");
    assert.deepEqual(codes([file("EXP001", "config: { lr: 0.5 }"), run]), ["stale-change EXP002 changes lr"]);
    assert.deepEqual(codes([file("EXP001", 'config: { lr: "1" }'), run]), []);
  });

  test("repetitions share their configuration", () => {
    const files = [
      file("EXP001", "config: { lr: 1, seed: 1, out: a }"),
      file("EXP002", "repeat_of: EXP001\nconfig: { lr: 1, seed: 2, out: b, new: 1 }"),
      file("EXP003", "repeat_of: EXP001\nconfig: { lr: 2 }"),
    ];
    assert.deepEqual(codes(files, "ignore: [out]"), ["repeat-differs EXP003 repeat_of"]);
  });

  test("a protocol is one of the study's", () => {
    assert.deepEqual(codes([file("EXP001", "protocol: v2"), file("EXP002", "protocol: v3")], "study: { protocols: { v1: {}, v2: {} } }"), [
      "unknown-protocol EXP002 protocol",
    ]);
    assert.deepEqual(codes([file("EXP001", "protocol: v2")]), ["unknown-protocol EXP001 protocol"]);
  });

  test("a study that a run names is there", () => {
    assert.deepEqual(codes([file("EXP001", "study: ocrr"), file("EXP002", "study: ocr")], "", { ocr: "" }), ["unknown-study EXP001 study"]);
  });

  test("the settings name metrics that runs have", () => {
    const files = [file("EXP001", "metrics: { val_accuracy: 1 }")];
    assert.deepEqual(
      codes(
        files,
        "study: { primary: val_acuracy, goals: { a: max val_accuracy, b: min latency }, target: { loss: 1 }, protocols: { v1: { invalid: [f1] } } }",
      ),
      [
        "unknown-metric journal.yaml study primary",
        "unknown-metric journal.yaml study goals b",
        "unknown-metric journal.yaml study target loss",
        "unknown-metric journal.yaml study protocols v1 invalid",
      ],
    );
    assert.match(check(files, "study: { primary: val_acuracy }")[0]?.hint ?? "", /val_accuracy/);
    assert.deepEqual(codes(files, "metrics: { latency: min }\nstudy: { primary: latency }"), []);
  });

  test("one name has one spelling", () => {
    const files = [
      file("EXP001", "metrics: { val_acc: 1 }\nconfig: { opt: { lr: 1 } }"),
      file("EXP002", "metrics: { val_acc: 1 }"),
      file("EXP003", "metrics: { val-acc: 1 }\nconfig: { opt: { LR: 1 } }"),
    ];
    assert.deepEqual(codes(files), ["similar-name EXP003 metrics val-acc", "similar-name EXP003 config opt LR"]);
  });

  test("slips of 100 and 1000 stand out of a study, wanderers do not", () => {
    const series = (...values: readonly string[]) => values.map((value, index) => file(`EXP00${index}`, `metrics: { m: ${value} }`));
    assert.deepEqual(codes(series("85%", "0.86", "87.1", "0.88")), ["scale-slip EXP002 metrics m after"]);
    assert.deepEqual(codes(series("85%", "86.1")), ["scale-slip EXP001 metrics m after"]);
    assert.deepEqual(codes(series("1.2 h", "1.1 h", "1.3", "1.2 h", "1.3 h")), []);
    assert.deepEqual(codes(series("12 ms", "11 ms", "13", "12 ms")), ["scale-slip EXP002 metrics m after"]);
    // A loss that fell: nothing says that it has a unit.
    assert.deepEqual(codes(series("0.024", "0.023", "0.0002", "0.025")), []);
    const declared = 'metrics: { m: { unit: "%" } }';
    assert.deepEqual(codes(series("0.024", "0.023", "1.3", "0.025"), declared), ["scale-slip EXP002 metrics m after"]);
    assert.deepEqual(codes(series("0.84", "0.83", "0.0085", "0.85"), declared), ["scale-slip EXP002 metrics m after"]);
    assert.deepEqual(codes(series("1", "10", "100", "1000", "3")), []);
    assert.deepEqual(codes(series("0.1", "10")), []);
    assert.deepEqual(codes(series("30%", "85%", "87")), ["scale-slip EXP002 metrics m after"]);
    const accuracies = (...values: readonly string[]) =>
      values.map((value, index) => file(`EXP00${index}`, `metrics: { val_accuracy: ${value} }`));
    assert.deepEqual(codes(accuracies("0.3", "87")), ["scale-slip EXP001 metrics val_accuracy after"]);
    assert.deepEqual(codes(accuracies("0.8", "85%", "87")), ["scale-slip EXP002 metrics val_accuracy after"]);
    assert.deepEqual(codes(accuracies("0.8", "85", "87")), ["scale-slip EXP000 metrics val_accuracy after"]);
    assert.deepEqual(codes(accuracies("30", "87")), []);
    const other = series("85%", "86%", "87%").map((one, index) => (index === 2 ? { ...one, study: "b" } : one));
    assert.deepEqual(codes([...other, file("EXP005", "metrics: { m: 8500 }", { study: "b" })]), []);
  });
});

test("10,000 runs cost less than 150 ms", () => {
  const files = Array.from({ length: 10_000 }, (_, index) =>
    file(
      `EXP${String(index).padStart(5, "0")}-ab${index % 10}d`,
      `base: EXP${String(Math.max(0, index - 1 - (index % 7))).padStart(5, "0")}-ab${Math.max(0, index - 1 - (index % 7)) % 10}d\nconfig: { lr: ${index}, batch_size: 64, opt: { a: 1, b: 2 } }\nchanges: { lr: ${index - 1} -> ${index} }\nmetrics: { val_accuracy: { before: 0.86, after: 0.86 }, val_loss: 0.3, training_time: 2 h }\nrepeats: 1`,
    ),
  );
  check(files.slice(0, 500));
  const times = Array.from({ length: 5 }, () => {
    const fresh = [...files];
    const start = process.cpuUsage();
    check(fresh);
    return process.cpuUsage(start).user / 1000;
  }).sort((one, other) => one - other);
  assert.ok((times[0] ?? 0) < 150, `${times.map((time) => time.toFixed(0)).join(", ")} ms`);
});
