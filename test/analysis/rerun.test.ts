import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyse } from "../../src/analysis/analyse.ts";
import { judgeRerun, type RerunQuestion, withoutReruns } from "../../src/analysis/rerun.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { normalizeSettings } from "../../src/record/normalize-settings.ts";

const { settings } = normalizeSettings(undefined);

function makeRun(id: string, matter: string): RunFile {
  const path = `experiments/${id}.md`;
  const { run, body } = parseRun(`---\nid: ${id}\n${matter.includes("status:") ? "" : "status: finished\n"}${matter}\n---\n`, path);
  return { path, study: "", hash: id, run, body };
}

/** The original, and others of its study, before the rerun. */
function ask(
  original: string,
  rerun: string,
  more: Partial<RerunQuestion> = {},
  others: readonly string[] = [],
): ReturnType<typeof judgeRerun> {
  const first = makeRun("EXP001-aaaa", original);
  const files = [first, ...others.map((matter, at) => makeRun(`EXP1${10 + at}-aaaa`, matter))];
  const [study] = analyse(withoutReruns(files, first), settings, new Map([["", settings.study]])).studies;
  const group = study?.runs.get("EXP001-aaaa")?.group;
  assert.ok(study !== undefined && group !== undefined);
  return judgeRerun({
    original: first,
    rerun: makeRun("EXP002-bbbb", rerun).run,
    study,
    group,
    settings,
    tolerance: 1e-6,
    changed: [],
    machine: [],
    data: [],
    set: [],
    ...more,
  });
}

describe("a rerun", () => {
  test("is identical when all qualities are equal, however long it took and however much memory", () => {
    const found = ask(
      "metrics: { acc: 0.8765, val_loss: 0.31, training_time: 2 h, peak_memory: 3 GB }",
      "metrics: { acc: 0.8765, val_loss: 0.31, training_time: 3 h, peak_memory: 4 GB }",
    );
    assert.equal(found.word, "identical");
    assert.deepEqual(found.metrics.map(({ name }) => name).sort(), ["acc", "val_loss"]);
  });

  test("is within tolerance when the last digits differ, or when only the bytes of an artifact do", () => {
    assert.equal(ask("metrics: { acc: 0.8765 }", "metrics: { acc: 0.87650001 }").word, "within tolerance");
    assert.equal(ask("metrics: { acc: 0.8765 }", "metrics: { acc: 0.8766 }", { tolerance: 1e-3 }).word, "within tolerance");
    const artifact = (digit: string): string => `metrics: { acc: 0.5 }\nartifacts: [{ path: best.pt, sha256: "${digit.repeat(64)}" }]`;
    assert.equal(ask(artifact("a"), artifact("a")).word, "identical");
    assert.equal(ask(artifact("a"), artifact("b")).word, "within tolerance");
  });

  test("is consistent when repeats of the original differ as much, and differs when they do not", () => {
    const repeats = "config: { a: 1 }\nmetrics: { acc: [0.871, 0.875, 0.868, 0.873] }";
    const near = ask(repeats, "metrics: { acc: 0.87 }");
    assert.equal(near.word, "statistically consistent");
    assert.ok((near.metrics[0]?.low ?? 1) < 0 && (near.metrics[0]?.high ?? -1) > 0);
    assert.equal(ask(repeats, "metrics: { acc: 0.80 }").word, "differs");
  });

  test("borrows the noise of other configurations where the original was run once", () => {
    const others = ["config: { a: 2 }\nmetrics: { acc: [0.81, 0.83, 0.82, 0.80] }"];
    assert.equal(ask("config: { a: 1 }\nmetrics: { acc: 0.87 }", "metrics: { acc: 0.875 }", {}, others).word, "statistically consistent");
    assert.equal(ask("config: { a: 1 }\nmetrics: { acc: 0.87 }", "metrics: { acc: 0.5 }", {}, others).word, "differs");
  });

  test("differs where nothing tells how much a repeat would", () => {
    const found = ask("metrics: { acc: 0.87 }", "metrics: { acc: 0.86 }");
    assert.deepEqual([found.word, found.metrics[0]?.method], ["differs", undefined]);
  });

  test("is not judged by earlier reruns, whatever came of them", () => {
    const earlier = [0.7, 0.6].map((value) => `config: { a: 1 }\nrerun_of: EXP001-aaaa\nmetrics: { acc: ${value} }`);
    assert.equal(ask("config: { a: 1 }\nmetrics: { acc: 0.8 }", "metrics: { acc: 0.5 }", {}, earlier).word, "differs");
    const others = ["config: { a: 2 }\nmetrics: { acc: 0.9 }", "config: { a: 2 }\nrerun_of: EXP110-aaaa\nmetrics: { acc: 0.4 }"];
    assert.equal(ask("config: { a: 1 }\nmetrics: { acc: 0.8 }", "metrics: { acc: 0.5 }", {}, others).word, "differs");
    const rerun = "config: { a: 1 }\nrerun_of: EXP110-aaaa\nmetrics: { acc: 0.5 }";
    assert.equal(ask(rerun, "metrics: { acc: 0.6 }", {}, ["config: { a: 1 }\nmetrics: { acc: 0.8 }"]).word, "differs");
    const repeats = ["config: { a: 1 }\nrepeat_of: EXP001-aaaa\nmetrics: { acc: [0.7, 0.6] }"];
    assert.equal(ask("config: { a: 1 }\nmetrics: { acc: 0.8 }", "metrics: { acc: 0.5 }", {}, repeats).word, "statistically consistent");
  });

  test("is as bad as its worst metric", () => {
    assert.equal(ask("metrics: { acc: 0.87, f1: 0.5 }", "metrics: { acc: 0.87, f1: 0.4 }").word, "differs");
  });

  test("is held against the value of the same seed", () => {
    const original = "repeats: [{ seed: 1 }, { seed: 2 }]\nmetrics: { acc: [0.5, 0.6] }";
    assert.equal(ask(original, "repeats: [{ seed: 2 }]\nmetrics: { acc: 0.6 }").word, "identical");
    assert.notEqual(ask(original, "repeats: [{ seed: 1 }]\nmetrics: { acc: 0.6 }").word, "identical");
    assert.equal(ask(original, "repeats: [{ seed: 7 }, { seed: 8 }]\nmetrics: { acc: [0.55, 0.58] }").word, "statistically consistent");
  });

  test("cannot be compared when it failed, was changed, measured nothing, or used other evaluation data", () => {
    const word = (rerun: string, more: Partial<RerunQuestion> = {}): string => ask("metrics: { acc: 0.87 }", rerun, more).word;
    assert.equal(word("status: failed\nmetrics: { acc: 0.87 }"), "not comparable");
    assert.equal(word("metrics: { other: 1 }"), "not comparable");
    assert.equal(word("metrics: { acc: 0.87 }", { set: ["lr"] }), "not comparable");
    assert.equal(word("protocol: v9\nmetrics: { acc: 0.87 }"), "not comparable");
    assert.equal(word("metrics: { acc: 0.87 }", { data: [{ name: "val", role: "eval" }] }), "not comparable");
    assert.equal(word("metrics: { acc: 0.87 }", { data: [{ name: "train", role: "train" }] }), "identical");
  });

  test("that differs under other software says that the cause cannot be told", () => {
    const changed = ["torch 2.1.0 → 2.2.0"];
    const found = ask("metrics: { acc: 0.87 }", "metrics: { acc: 0.86 }", { changed });
    assert.deepEqual([found.word, found.reasons.at(-1)], ["not comparable", changed[0]]);
    assert.equal(ask("metrics: { acc: 0.87 }", "metrics: { acc: 0.87 }", { changed }).word, "identical");
    assert.equal(ask("metrics: { acc: 0.87 }", "metrics: { acc: 0.86 }", { machine: changed }).word, "not comparable");
  });

  test("that is as near as repeats proves nothing with other software or data; another machine is named", () => {
    const near = (more: Partial<RerunQuestion>): ReturnType<typeof judgeRerun> =>
      ask("metrics: { acc: [0.871, 0.875, 0.868, 0.873] }", "metrics: { acc: 0.87 }", more);
    const changed = ["torch 2.1.0 → 2.2.0"];
    assert.deepEqual([near({ changed }).word, near({ changed }).reasons.at(-1)], ["not comparable", changed[0]]);
    assert.equal(near({ data: [{ name: "train", role: "train" }] }).word, "not comparable");
    const machine = ["gpu A100 → H100"];
    assert.deepEqual([near({ machine }).word, near({ machine }).reasons.at(-1)], ["statistically consistent", machine[0]]);
  });
});
