// `journal run` again, several times, in a study, and in the background.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { attached, begin, empty, ended, journal, newest, runFiles, until } from "./run-process.ts";
import { makeJournal, makePlace } from "./world.ts";

describe("journal run --id and --repeat", () => {
  it("fills a planned run, and goes on with one that failed", () => {
    const place = makeJournal();
    journal(place, [
      "run",
      "--id",
      "3",
      "--",
      "sh",
      "-c",
      'echo "{\\"step\\": 1, \\"loss\\": 3}"; echo "{\\"step\\": 2, \\"loss\\": 2}"; exit 1',
    ]);
    assert.equal(newest(place).run.status, "failed");
    journal(place, ["run", "--id", "3", "--", "sh", "-c", 'echo "{\\"step\\": 2, \\"loss\\": 4}"; echo "{\\"step\\": 3, \\"loss\\": 1}"']);
    const { run } = newest(place);
    assert.deepEqual([run.id, run.status, run.attempts.map(({ exit }) => exit)], ["EXP003-cccc", "finished", [1, 0]]);
    assert.equal(attached(place, "curves.csv"), "step,metric,value\n1,loss,3\n2,loss,4\n3,loss,1\n");
    const again = journal(place, ["run", "--id", "3", "--", "true"]);
    assert.deepEqual([again.status, /cli\/already-finished/.test(again.err)], [4, true]);
  });

  it("refuses a run that is running", async () => {
    const place = makeJournal();
    const child = begin(place, ["run", "--id", "3", "--", "sh", "-c", "exec sleep 600"]);
    await until(() => existsSync(join(place.root, ".journal/live/EXP003-cccc/1/pid")));
    const second = journal(place, ["run", "--id", "3", "--", "true"]);
    assert.deepEqual([second.status, /cli\/already-running/.test(second.err)], [4, true]);
    child.kill("SIGTERM");
    assert.equal(await ended(child), 143);
  });

  it("runs repetitions into one file, each with its seed", () => {
    const place = empty();
    const line =
      'echo "{\\"step\\": 1, \\"loss\\": $1}"; echo "{\\"step\\": 2, \\"loss\\": 0.$1}"; echo METRIC acc=0.$JOURNAL_REPEAT; exit $(($1 == 2))';
    const { status, err } = journal(place, ["run", "--repeat", "3", "--", "sh", "-c", line, "x", "{seed}"]);
    const { run, text } = newest(place);
    assert.deepEqual([status, /cli\/repeats-failed/.test(err)], [1, true]);
    // What went well is a result; the one that failed has an empty slot in each metric, and its curve.
    assert.deepEqual([run.status, run.run?.exit], ["finished", 0]);
    const acc = run.metrics.find(({ name }) => name === "acc")?.after;
    assert.deepEqual([acc?.values, acc?.n, acc?.mean], [[0.1, null, 0.3], 2, 0.2]);
    assert.match(text, /training_time: \[[^,]+, ~, [^,]+\]/);
    assert.deepEqual(
      run.repeats.map(({ seed, exit }) => [seed, exit]),
      [
        ["1", 0],
        ["2", 1],
        ["3", 0],
      ],
    );
    assert.match(attached(place, "curves.csv"), /^step,metric,repeat,value\n1,loss,1,1\n2,loss,1,0\.1\n1,loss,2,2\n/);
    const all = journal(place, ["run", "--repeat", "2", "--", "sh", "-c", "echo METRIC acc=0.$JOURNAL_REPEAT; exit 3"]);
    const failed = newest(place).run;
    assert.deepEqual([all.status, failed.status, failed.run?.exit], [3, "failed", 3]);
    assert.deepEqual(failed.metrics.find(({ name }) => name === "acc")?.after?.values, [0.1, 0.2]);
    const few = journal(place, ["run", "--repeat", "few", "--", "true"]);
    assert.deepEqual([few.status, /cli\/not-a-repeat/.test(few.err)], [2, true]);
  });
});

describe("journal run in a study", () => {
  const study = { "journal.yaml": "title: t\n", "experiments/ocr/study.yaml": "metrics: { acc: { goal: max, pick: last } }\n" };
  const line = 'echo "{\\"step\\": 1, \\"acc\\": 0.5}"; echo "{\\"step\\": 2, \\"acc\\": 0.4}"';

  it("picks as the study says, with --debug too", () => {
    const { err } = journal(makePlace(study), ["run", "--debug", "--study", "ocr", "--", "sh", "-c", line]);
    assert.match(err, /^ {2}acc: 0\.4/m);
  });

  it("refuses a study that is not there before anything runs, with --debug too", () => {
    const { status, out, err } = journal(makePlace(study), ["run", "--debug", "--study", "orc", "--", "echo", "ran"]);
    assert.deepEqual([status, out, /store\/no-study/.test(err)], [3, "", true]);
  });

  it("records no hints for a hand, and no seed of one repetition as the configuration of all", () => {
    const place = makePlace({ "journal.yaml": "title: t\n", "templates/experiment.md": readFileSync("templates/experiment.md", "utf8") });
    const config = 'echo "{\\"lr\\": 0.1, \\"seed\\": $1}" > $JOURNAL_DIR/config.json; echo METRIC acc=0.5';
    journal(place, ["run", "--repeat", "2", "--", "sh", "-c", config, "x", "{seed}", "--seed", "{seed}"]);
    const { run, text } = newest(place);
    assert.deepEqual(run.config, { lr: 0.1 });
    assert.doesNotMatch(text.slice(0, text.indexOf("\n---\n")), / # /);
  });
});

describe("journal run --grid, --checks and --detach", () => {
  it("makes a run for each point against one base, and takes up what is missing", () => {
    const place = makeJournal();
    place.write("ok", "");
    const words = [
      "run",
      "--grid",
      "lr=1,2",
      "--grid",
      "bs=8,16",
      "--",
      "sh",
      "-c",
      'echo METRIC val_accuracy=9$1%; test "$1$2" != 216 || test -e fixed',
      "x",
      "{lr}",
      "{bs}",
    ];
    assert.equal(journal(place, words).status, 1);
    const all = (): readonly Run[] =>
      [...runFiles(place)]
        .sort()
        .slice(3)
        .map((name) => parseRun(place.read(`experiments/${name}`), name).run);
    assert.deepEqual(
      all().map(({ title, status }) => [title, status]),
      [
        ["lr = 1, bs = 8", "finished"],
        ["lr = 1, bs = 16", "finished"],
        ["lr = 2, bs = 8", "finished"],
        ["lr = 2, bs = 16", "failed"],
      ],
    );
    journal(place, ["keep", all()[2]?.id ?? "", "-m", "best"]);
    place.write("fixed", "");
    assert.equal(journal(place, words).status, 0);
    assert.equal(all().length, 4);
    assert.deepEqual([...new Set(all().flatMap(({ base }) => base))], ["EXP001-aaaa"]);
    assert.deepEqual([all()[3]?.status, all()[3]?.attempts.length], ["finished", 2]);
    for (const [wrong, code] of [
      [["--grid", "lr"], "cli/not-a-grid"],
      [["--grid", "lr=1,2"], "cli/unused-name"],
      [["--grid", "lr=1", "--id", "3"], "cli/grid-with-id"],
    ] as const) {
      const { status, err } = journal(place, ["run", ...wrong, "--", "true"]);
      assert.deepEqual([status, err.includes(code)], [2, true], code);
    }
  });

  it("keeps a run whose checks failed from being kept", () => {
    const place = empty();
    const failed = journal(place, ["run", "--checks", "exit 3", "--", "sh", "-c", "echo METRIC acc=0.5"]);
    const { run } = newest(place);
    assert.deepEqual([failed.status, run.status, /cli\/checks-failed/.test(failed.err)], [6, "finished", true]);
    assert.equal(journal(place, ["keep", run.id, "-m", "nice"]).status, 6);
    assert.equal(newest(place).run.decision, undefined);
    assert.equal(journal(place, ["run", "--checks", "true", "--", "true"]).status, 0);
    assert.equal(journal(place, ["keep", newest(place).run.id, "-m", "nice"]).status, 0);
  });

  it("goes on in the background", async () => {
    const place = empty();
    const { status, out } = journal(place, ["run", "--detach", "--", "sh", "-c", "sleep 1; echo METRIC acc=0.5"]);
    assert.deepEqual([status, out.trim()], [0, newest(place).path]);
    await until(() => newest(place).run.status === "finished");
    assert.equal(newest(place).run.metrics.find(({ name }) => name === "acc")?.after?.mean, 0.5);
    const refused = journal(place, ["run", "--detach", "--base", "999", "--", "true"]);
    assert.deepEqual([refused.status, /cli\/not-detached/.test(refused.err)], [1, true]);
  });
});
