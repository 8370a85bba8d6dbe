// Real journals by other people: what their authors found, and what they did not notice. Skipped where the corpus is not here.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { incumbentsOf, sinceConfirmation } from "../../src/analysis/incumbents.ts";
import { mean, sd } from "../../src/analysis/statistics.ts";
import type { StudyAnalysis } from "../../src/analysis/study.ts";
import { judgeTarget, targetOf } from "../../src/analysis/target.ts";
import { verdictOf } from "../../src/analysis/verdict.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import { analyseStudy } from "../support/analysis.ts";
import { run } from "../support/run.ts";

const corpus = join("..", "shared", "corpus");
const here = (...parts: readonly string[]): string => join(corpus, ...parts);
const skip = existsSync(corpus) ? false : "the corpus is not here";

describe("a log that an agent kept of 126 runs", { skip }, () => {
  const min = { val_bpb: { name: "val_bpb", from: [], goal: "min" } } as const;
  let known: StudyAnalysis | undefined;
  const study = (): StudyAnalysis => {
    known ??= analyseStudy(readTries(), { primary: "val_bpb", metrics: min });
    return known;
  };

  test("flags the 14 keeps that gained less than another seed alone did", () => {
    const found = study();
    assert.equal(found.files.length, 126);
    const kept = found.files.filter(({ run }) => run.decision === "keep");
    assert.equal(kept.length, 23);
    const noise = found.noise.get("val_bpb");
    assert.ok(Math.abs((noise?.sd ?? 0) * Math.SQRT2 - 0.000695) < 2e-6, String(noise?.sd));
    const within = kept.filter((file) => verdictOf(file.run.id, found)?.disagreement === "kept although within noise");
    assert.equal(within.length, 14);
    assert.ok(["7f63c17", "97dda85"].every((commit) => within.some(({ run }) => run.title.startsWith(commit))));
    for (const file of within) {
      const verdict = verdictOf(file.run.id, found);
      assert.deepEqual([verdict?.word, verdict?.disagreement], ["inconclusive", "kept although within noise"], file.run.title);
    }
  });
  test("never calls the crash with its 0.000000 the best, and keeps the author's own decisions", () => {
    const found = study();
    const [best] = found.best;
    assert.deepEqual([best?.group?.first.run.title.slice(0, 7), best?.reading?.mean], ["438a26e", 0.969686]);
    const flat = found.files.find(({ run }) => run.title.startsWith("6b59591"));
    assert.equal(flat?.run.decision, "discard");
    assert.notEqual(verdictOf(flat?.run.id ?? "", found)?.word, "improved");
  });
  test("knows the best of each time, and that nothing was tried twice since the one seed", () => {
    const found = study();
    assert.ok(found.primary);
    const line = incumbentsOf(found, found.primary);
    assert.equal(line.length, 23);
    assert.ok(line.every(({ value }, at) => at === 0 || value < (line[at - 1]?.value ?? 0)));
    const { tries, last } = sinceConfirmation(found, found.primary);
    assert.ok(last?.run.title.startsWith("889dbed"));
    assert.ok(tries > 100, String(tries));
  });
});

/** One row, one run; each on the best kept one before it. A crash has no value, whatever stands in the column. */
function readTries(): readonly RunFile[] {
  const [, ...lines] = readFileSync(here("md-logs", "karpathy__autoresearch", "results.tsv"), "utf8")
    .trimEnd()
    .split("\n");
  let base: string | undefined;
  return lines.map((line, at) => {
    const [commit = "", value = "", , status = "", description = ""] = line.split("\t");
    const id = `EXP${String(at + 1).padStart(3, "0")}`;
    const seed = description.startsWith("random seed");
    const made = run({
      id,
      title: `${commit} ${description}`,
      date: new Date(Date.UTC(2026, 2, 8) + at * 300_000).toISOString(),
      status: status === "crash" ? "failed" : "finished",
      ...(seed ? { repeatOf: base ?? "" } : base === undefined ? {} : { base }),
      ...(status === "crash" ? {} : { metrics: { val_bpb: Number(value) }, decision: status === "keep" ? "keep" : "discard" }),
    });
    // Another seed of the incumbent is no decision against it.
    const { decision, ...rest } = made.run;
    if (status === "keep") base = id;
    return seed ? { ...made, run: rest } : made;
  });
}

describe("the logs of a speedrun, six configurations of ten seeds", { skip }, () => {
  const folder = here("train-logs", "KellerJordan__modded-nanogpt", "records", "track_1_short", "2026-04-22_MuddFormer");
  const lines = (name: string): readonly (readonly [loss: number, seconds: number])[] =>
    readdirSync(join(folder, name)).map((file) => {
      const last = [...readFileSync(join(folder, name, file), "utf8").matchAll(/val_loss:(\S+) train_time:(\d+)ms/g)].at(-1);
      return [Number(last?.[1]), Number(last?.[2]) / 1000];
    });

  test("give the author's means, deviations and p-values against 3.28", () => {
    const names = readdirSync(folder);
    assert.equal(names.length, 6);
    const files = names.flatMap((name, at) =>
      lines(name).map(([loss, seconds], seed) =>
        run({
          id: `EXP${at}${seed}0`,
          config: { branch: name },
          metrics: { val_loss: loss, training_time: seconds },
          repeats: [{ seed: String(seed) }],
        }),
      ),
    );
    assert.equal(files.length, 60);
    const found = analyseStudy(files, { primary: "val_loss", ignore: ["seed"], target: { val_loss: "<= 3.28 at p < 0.01" } });
    assert.deepEqual(
      found.groups.map(({ files: members }) => members.length),
      [10, 10, 10, 10, 10, 10],
    );
    assert.ok(found.primary);
    const target = targetOf(found.settings, found.primary);
    assert.ok(target);
    const published: Readonly<Record<string, readonly [loss: number, seconds?: number | undefined, p?: number]>> = {
      "baseline-s1480": [3.2788, 84.7039, 0.0036],
      "baseline-s1430": [3.2867],
      this_pr_v1: [3.2783, 83.202, 0.004],
      "this_pr_v1-s1415": [3.2815, undefined, 0.9982],
      this_pr_v2: [3.2781, 82.1289, 0.0001],
      this_pr_v3: [3.278, 81.9146],
    };
    for (const group of found.groups) {
      const name = String(group.first.run.config["branch"]);
      const [loss = 0, seconds, p] = published[name] ?? [];
      const reading = group.readings.get("val_loss");
      assert.ok(reading);
      assert.ok(Math.abs((reading.mean ?? 0) - loss) < 1e-4, `${name} ${reading.mean}`);
      const judged = judgeTarget(reading, target);
      if (p !== undefined) assert.ok(Math.abs((judged?.p ?? 0) - p) < 5.1e-5, `${name} ${judged?.p}`);
      assert.equal(judged?.word, (p ?? (loss < 3.28 ? 0 : 1)) < 0.01 ? "reached" : "missed", name);
      if (seconds !== undefined) assert.ok(Math.abs((group.readings.get("training_time")?.mean ?? 0) - seconds) < 5.1e-5, name);
    }
    const v3 = found.groups.find(({ first }) => first.run.config["branch"] === "this_pr_v3");
    assert.ok(Math.abs((v3?.readings.get("training_time")?.sd ?? 0) - 0.0418) < 5.1e-5);
    const base = found.groups.find(({ first }) => first.run.config["branch"] === "baseline-s1480");
    assert.ok(Math.abs((base?.readings.get("val_loss")?.sd ?? 0) - 0.0011) < 5.1e-5);
  });
  test("say that the time got better for sure, and that the loss cannot be told apart", () => {
    const readings = (name: string, at: 0 | 1): number[] => lines(name).map((pair) => pair[at]);
    const made = (id: string, name: string, base?: string): RunFile =>
      run({
        id,
        config: { branch: name },
        ...(base === undefined ? {} : { base }),
        metrics: { val_loss: readings(name, 0), training_time: readings(name, 1) },
      });
    const found = analyseStudy([made("EXP001", "baseline-s1480"), made("EXP002", "this_pr_v1", "EXP001")], { primary: "val_loss" });
    const loss = verdictOf("EXP002", found);
    assert.equal(loss?.word, "inconclusive");
    const time = found.metrics.find(({ duration }) => duration);
    assert.ok(time);
    const faster = verdictOf("EXP002", found, { metric: time });
    assert.deepEqual([faster?.word, faster?.grade, faster?.delta?.evidence.method], ["improved", "A", "Welch t of logarithms"]);
    const [old, now] = [readings("baseline-s1480", 1), readings("this_pr_v1", 1)];
    assert.ok((mean(now) ?? 0) < (mean(old) ?? 0) && (sd(now) ?? 0) > 0);
  });
});

describe("a journal of one file per version", { skip }, () => {
  test("has a replication that turned a failure into noise", () => {
    const text = readFileSync(here("md-logs", "BrownHujay__Curvature-Unified-Muon", "experiments", "10v_c.md"), "utf8");
    // | Config | Run 1 | Run 2 | Delta | Ranking |
    const rows = [...text.matchAll(/^\| (8v1 input-blend|5v6 s2 b=0\.25|9v1 pre|Muon NS=5) \| (1\.\d+) \| (1\.\d+) \|/gm)];
    assert.equal(rows.length, 4);
    const files = rows.flatMap(([, name = "", first, second], at) => {
      const muon = name.startsWith("Muon");
      return [Number(first), Number(second)].map((val_loss, time) =>
        run({
          id: `EXP${muon ? 0 : at + 1}0${time}`,
          title: name,
          date: `2026-01-0${time + 1}T0${muon ? 0 : at + 1}:00:00Z`,
          config: { optimizer: name },
          ...(time === 1 ? { repeatOf: `EXP${muon ? 0 : at + 1}00` } : muon ? {} : { base: "EXP000" }),
          metrics: { val_loss },
        }),
      );
    });
    const found = analyseStudy(files, { primary: "val_loss" });
    assert.equal(found.groups.length, 4);
    const verdict = (name: string) => {
      const group = found.groups.find(({ first }) => first.run.title.startsWith(name));
      return verdictOf(group?.first.run.id ?? "", found);
    };
    // +0.004 in the first run, -0.005 in the second: "revised from failed to noise".
    assert.equal(verdict("9v1")?.word, "inconclusive");
    assert.ok(Math.abs(verdict("9v1")?.delta?.absolute ?? 1) < 0.001);
    assert.ok((verdict("8v1")?.delta?.absolute ?? 0) < -0.01);
  });
});
