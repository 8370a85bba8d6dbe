// `journal run` as a process: what the command keeps, what is written about it, and what becomes of both when something goes wrong.

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { listProcesses } from "../../src/capture/process-tree.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { makeJournal, makePlace, type Place } from "./world.ts";

const program = resolve("dist/cli/main.js");
const environment = { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" };

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function journal(place: Place, words: readonly string[], more: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {}): Done {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place.root,
    encoding: "utf8",
    env: { ...environment, ...more.env },
    input: more.input ?? "",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

const begin = (place: Place, words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...words], { cwd: place.root, env: environment, stdio: ["ignore", "pipe", "pipe"] });

const ended = (child: ChildProcess): Promise<number | null> => new Promise((done) => child.on("close", (code) => done(code)));

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries += 1) {
    assert.ok(tries < 1000, "it never came");
    await new Promise((done) => setTimeout(done, 20));
  }
}

function runFiles(place: Place): readonly string[] {
  const folder = join(place.root, "experiments");
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^EXP.*\.md$/.test(name)) : [];
}

/** The newest one. */
function newest(place: Place): { readonly run: Run; readonly path: string; readonly text: string } {
  const path = `experiments/${[...runFiles(place)].sort().at(-1)}`;
  const text = place.read(path);
  return { run: parseRun(text, path).run, path, text };
}

const noSessions = process.platform !== "linux" && "only Linux tells who holds a pipe";

const attached = (place: Place, name: string): string => {
  const { run } = newest(place);
  return place.read(`experiments/${run.id}.files/${name}`);
};

const empty = (): Place => makePlace({ "journal.yaml": "title: t\n" });

describe("journal run keeps the command as it is", () => {
  it("hands on output, errors, input and exit code", () => {
    const place = empty();
    const { status, out, err } = journal(place, ["run", "--", "sh", "-c", 'read line; echo "got $line"; echo oops >&2; exit 3'], {
      input: "hello\n",
    });
    assert.deepEqual([status, out], [3, "got hello\n"]);
    assert.match(err, /^oops$/m);
    const { run } = newest(place);
    assert.deepEqual([run.status, run.run?.exit], ["failed", 3]);
  });

  it("hands on every byte, in order where both streams lead to one place", () => {
    const place = empty();
    place.write("talk.sh", 'i=0; while [ $i -lt 500 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done\n');
    const both = spawnSync("sh", ["-c", `"${process.execPath}" "${program}" run -- sh talk.sh 2>&1`], {
      cwd: place.root,
      encoding: "utf8",
      env: environment,
    });
    const expected = Array.from({ length: 500 }, (_, index) => `out ${index}\nerr ${index}\n`).join("");
    assert.ok(both.stdout.startsWith(expected));
    const bytes = journal(place, ["run", "--", process.execPath, "-e", "process.stdout.write('x'.repeat(3_000_000))"]);
    assert.equal(bytes.out.length, 3_000_000);
  });

  it("starts no shell: words stay words", () => {
    const place = empty();
    const words = ["a b", "$(touch made)", ";touch made", "line\nbreak", "*", "'", '"'];
    const { out } = journal(place, ["run", "--", process.execPath, "-e", "console.log(JSON.stringify(process.argv.slice(1)))", ...words]);
    assert.deepEqual(JSON.parse(out), words);
    assert.equal(existsSync(join(place.root, "made")), false);
    assert.deepEqual(newest(place).run.run?.command?.slice(3), words);
  });

  it("refuses what cannot be started as a shell would, and writes nothing", () => {
    const place = empty();
    place.write("train.sh", "#!/bin/sh\n");
    chmodSync(join(place.root, "train.sh"), 0o644);
    const missing = journal(place, ["run", "--", "no-such-command"]);
    const forbidden = journal(place, ["run", "--", "./train.sh"]);
    assert.deepEqual([missing.status, forbidden.status], [127, 126]);
    assert.match(missing.err, /cli\/command-not-found/);
    assert.match(forbidden.err, /cli\/command-not-executable/);
    const nothing = journal(place, ["run"]);
    assert.deepEqual([nothing.status, /cli\/nothing-to-run/.test(nothing.err)], [2, true]);
    assert.equal(existsSync(join(place.root, "experiments")), false);
  });

  it("says 128 + n for a signal, and calls the run failed", () => {
    const place = empty();
    const { status } = journal(place, ["run", "--", "sh", "-c", "kill -9 $$"]);
    const { run } = newest(place);
    assert.deepEqual([status, run.status, run.run?.exit], [137, "failed", 137]);
  });

  it("hands a signal on to the command alone", async () => {
    const place = empty();
    place.write("wait.sh", "trap 'echo caught; exit 7' TERM\necho ready\nwhile :; do sleep 0.05; done\n");
    const child = begin(place, ["run", "--", "sh", "wait.sh"]);
    let out = "";
    child.stdout?.on("data", (text) => {
      out += text;
    });
    await until(() => out.includes("ready"));
    child.kill("SIGTERM");
    assert.equal(await ended(child), 7);
    assert.match(out, /caught/);
    assert.equal(newest(place).run.status, "failed");
  });

  it("ends it and all it started after --timeout, with 124", () => {
    const place = empty();
    const { status } = journal(place, ["run", "--timeout", "0.3", "--", "sh", "-c", "(sleep 600; echo late > late) & sleep 600"]);
    const { run } = newest(place);
    assert.deepEqual([status, run.status, run.run?.exit], [124, "failed", 124]);
    assert.ok((run.run?.seconds ?? 99) < 60);
    const wrong = journal(place, ["run", "--timeout", "soon", "--", "true"]);
    assert.deepEqual([wrong.status, /cli\/not-a-timeout/.test(wrong.err)], [2, true]);
  });

  it("ends also what made a session of its own and lets TERM pass by", { skip: noSessions }, async () => {
    const place = empty();
    const own = "trap '' TERM; echo $$ > own; for i in 1 2 3 4 5 6 7 8 9; do sleep 2; done";
    const { status } = journal(place, ["run", "--timeout", "1", "--", "sh", "-c", `setsid sh -c "$0" & sleep 600`, own]);
    assert.equal(status, 124);
    const pid = Number(place.read("own"));
    assert.deepEqual(
      (await listProcesses()).filter((one) => one.pid === pid && !one.ended),
      [],
    );
  });

  it("does not wait for what the command leaves in the background", { skip: noSessions }, () => {
    const place = empty();
    const { status } = journal(place, [
      "run",
      "--",
      "sh",
      "-c",
      "echo METRIC acc=0.5; setsid sh -c 'echo $$ > own; exec sleep 20' & sleep 0.5",
    ]);
    process.kill(Number(place.read("own")));
    assert.deepEqual([status, newest(place).run.status, newest(place).run.metrics[0]?.name], [0, "finished", "acc"]);
  });

  it("keeps stdout for the document under --json", () => {
    const place = empty();
    const { status, out, err } = journal(place, ["run", "--json", "--", "sh", "-c", "echo METRIC acc=0.5; exit 4"]);
    const document = JSON.parse(out);
    assert.deepEqual([status, document.schema, document.data.exit, document.data.status], [4, "journal/run@1", 4, "failed"]);
    assert.deepEqual(document.data.metrics.acc, { after: "0.5" });
    assert.match(err, /METRIC acc=0\.5/);
  });
});

/** Of util-linux: its `-e` hands on the exit code. */
const hasScript = spawnSync("script", ["-qec", "exit 3", "/dev/null"], { stdio: "ignore" }).status === 3;

describe("journal run on a terminal", { skip: hasScript ? false : "there is no `script` of util-linux" }, () => {
  it("gives the command a terminal of its own, and reads along", () => {
    const place = empty();
    place.write("t.sh", "test -t 0 && test -t 1 && test -t 2 && echo all terminals\necho METRIC acc=0.25\nexit 3\n");
    const line = `'${process.execPath}' '${program}' run -- sh t.sh; echo "exit $?"`;
    const { stdout } = spawnSync("script", ["-qec", line, "/dev/null"], {
      cwd: place.root,
      encoding: "utf8",
      env: environment,
      timeout: 60_000,
    });
    assert.match(stdout, /all terminals/);
    assert.match(stdout, /exit 3/);
    const { run } = newest(place);
    assert.deepEqual([run.status, run.metrics.find(({ name }) => name === "acc")?.after?.mean], ["failed", 0.25]);
    assert.doesNotMatch(attached(place, "output.log"), /Script/);
  });
});

describe("journal run writes a page", () => {
  it("exists before the command starts, with its base and what the base measured", () => {
    const place = makeJournal();
    const { out, err } = journal(place, ["run", "--title", "Larger", "--", "sh", "-c", "cat experiments/EXP004*"]);
    const before = parseRun(out, "x.md").run;
    assert.deepEqual([before.status, before.title, before.base], ["running", "Larger", ["EXP001-aaaa"]]);
    assert.equal(before.metrics.find(({ name }) => name === "val_accuracy")?.before?.text, "85.5%");
    assert.match(err, /base EXP001-aaaa/);
    assert.equal(newest(place).run.status, "finished");
  });

  it("takes metrics, parameters, changes, time and memory", () => {
    const place = makeJournal();
    place.write(
      "train.sh",
      'sleep 0.3; for i in 1 2 3; do echo "{\\"epoch\\": $i, \\"val_loss\\": 0.$((i * 7 % 10))}"; done\n' +
        'echo "METRIC val_accuracy=87.2%"\necho "{\\"step\\": 5, \\"f1\\": 0.5}" >> "$JOURNAL_DIR/metrics.jsonl"\n' +
        'echo "{\\"learning_rate\\": 0.0003, \\"model\\": {\\"depth\\": 34}, \\"fresh\\": true}" > "$JOURNAL_DIR/config.json"\n',
    );
    const { status } = journal(place, ["run", "--", "sh", "train.sh", "--batch_size", "128"]);
    const { run, text } = newest(place);
    assert.equal(status, 0);
    const metric = (name: string) => run.metrics.find((one) => one.name === name);
    assert.deepEqual([metric("val_accuracy")?.before?.text, metric("val_accuracy")?.after?.text], ["85.5%", "87.2%"]);
    assert.deepEqual([metric("val_loss")?.after?.mean, metric("val_loss")?.step, metric("val_loss")?.pick], [0.1, 3, "best"]);
    assert.equal(metric("f1")?.after?.mean, 0.5);
    assert.match(metric("training_time")?.after?.text ?? "", /s$/);
    assert.match(metric("peak_memory")?.after?.text ?? "", /[MG]B$/);
    assert.deepEqual({ ...run.config }, { batch_size: 128, learning_rate: 0.0003, "model.depth": 34, fresh: true });
    // `fresh` is not recorded by the base, so it is no change.
    assert.deepEqual(
      run.changes.map(({ name, from, to }) => [name, from, to]),
      [
        ["batch_size", 32, 128],
        ["learning_rate", 0.001, 0.0003],
        ["model.depth", 18, 34],
      ],
    );
    assert.match(attached(place, "curves-by-epoch.csv"), /^epoch,metric,value\n1,val_loss,0\.7\n2,val_loss,0\.4\n3,val_loss,0\.1\n$/);
    assert.match(attached(place, "output.log"), /METRIC val_accuracy/);
    assert.match(text, /^ {2}command: \["sh", "train\.sh", "--batch_size", "128"\]$/m);
    assert.equal(journal(place, ["check"]).status, 0);
  });

  it("writes before and after in one unit, where the command names none", () => {
    const settings = "title: t\nmetrics: { wall: { goal: min, unit: s }, acc: { unit: '%' } }\n";
    const base =
      "---\nid: EXP001-aaaa\ntitle: b\ndate: 2026-11-01\nstatus: finished\nmetrics: { wall: [0.5, 0.6], cpu_time: 2.5 s, speed: 812 tok/s, peak: 7 B, acc: [0.8, 0.9], f1: 85.5%, epoch_time: 2 h }\n---\n";
    const place = makePlace({ "journal.yaml": settings, "experiments/EXP001-aaaa-b.md": base });
    const line = ["wall=0.4", "cpu_time=1.5", "speed=820", "peak=6", "acc=0.9", "f1=87", "epoch_time=1.6"].map(
      (one) => `echo METRIC ${one}`,
    );
    journal(place, ["run", "--repeat", "2", "--base", "1", "--", "sh", "-c", line.join(";")]);
    const { text, run } = newest(place);
    const sides = Object.fromEntries(run.metrics.map(({ name, before, after }) => [name, [before?.text, after?.text]]));
    assert.deepEqual(
      ["wall", "cpu_time", "speed", "peak", "acc", "f1", "epoch_time"].map((name) => sides[name]),
      [
        ["0.55", "0.4, 0.4"],
        ["2.5 s", "1.5 s, 1.5 s"],
        ["812 tok/s", "820 tok/s, 820 tok/s"],
        ["7 B", "6 B, 6 B"],
        ["85.0%", "90%, 90%"],
        ["85.5%", "87%, 87%"],
        // Seconds, or hours? That is said, and not guessed.
        ["2 h", "1.6, 1.6"],
      ],
    );
    const { problems } = parseRun(text, "x.md");
    assert.deepEqual(
      problems.map(({ code, message }) => [code, /epoch_time/.test(message)]),
      [["record/mixed-units", true]],
    );
  });

  it("reads a bare number of a metric in % by what is usual, and says so where that decided", () => {
    const place = makePlace({
      "journal.yaml": 'title: t\nmetrics: { err: { unit: "%", goal: min } }\n',
      "experiments/EXP001.md": "---\nstatus: finished\nmetrics:\n  err: 1.2%\n---\n# a\n",
    });
    const script = "for e in 0.9 0.8 0.7; do echo '{\"step\": '$((s = s + 1))', \"err\": '$e'}'; done";
    const { err } = journal(place, ["run", "--base", "1", "--", "sh", "-c", script]);
    const after = newest(place).run.metrics.find(({ name }) => name === "err")?.after;
    assert.deepEqual([after?.text, /cli\/share-guessed/.test(err), /METRIC err=0.7%/.test(err)], ["0.7%", true, true]);
    const signed = journal(place, ["run", "--base", "1", "--", "echo", "METRIC err=0.7%"]);
    assert.doesNotMatch(signed.err, /share-guessed/);
  });

  it("leaves out what no file can hold, and keeps the rest", () => {
    const place = empty();
    const said = "METRIC __proto__=1\nMETRIC constructor=2\nMETRIC loss..x=3\nMETRIC acc=0.5\n";
    const { status, err } = journal(place, ["run", "--", "printf", said]);
    const { run } = newest(place);
    const acc = run.metrics.find(({ name }) => name === "acc");
    assert.deepEqual([status, run.status, acc?.after?.text], [0, "finished", "0.5"]);
    assert.match(err, /cli\/partly-recorded/);
    assert.deepEqual(readdirSync(join(place.root, ".journal/live")), []);
  });

  it("lets what was seen beat --set, and says so", () => {
    const place = makeJournal();
    const { err } = journal(place, ["run", "--set", "batch_size=64", "--set", "dropout=0.1", "--", "true", "--batch_size=16"]);
    const { run } = newest(place);
    assert.match(err, /cli\/set-contradicted/);
    assert.equal(run.title, "batch_size = 16, dropout = 0.1");
    assert.deepEqual([run.config["batch_size"], run.config["dropout"], run.config["learning_rate"]], [16, 0.1, 0.001]);
  });

  it("shows what was before of a run that failed, too", () => {
    const place = makeJournal();
    const { err } = journal(place, ["run", "--", "sh", "-c", "echo METRIC val_accuracy=80%; exit 124"]);
    assert.match(err, /^val_accuracy +85\.5% +80\.0%/m);
    assert.match(err, /exit 124: /);
  });

  it("takes the arguments that argparse prints, defaults too, over the flags", () => {
    const place = empty();
    journal(place, ["run", "--", "sh", "-c", "echo \"Namespace(lr=1e-05, epochs=3, opt='adam', seed=1)\"", "x", "--lr", "0.1"]);
    const { run, text } = newest(place);
    assert.deepEqual(run.config, { lr: 1e-5, epochs: 3, opt: "adam", seed: 1 });
    assert.match(text, /lr: 1e-05/);
  });

  it("takes a flag without a value as true or false", () => {
    const place = empty();
    journal(place, ["run", "--", "true", "--amp", "--no-shuffle"]);
    assert.deepEqual({ ...newest(place).run.config }, { amp: true, shuffle: false });
  });

  it("names what the base did not record, where nothing counts as changed for that", () => {
    const place = empty();
    journal(place, ["run", "--", "echo", "METRIC acc=0.5"]);
    const first = newest(place).run.id;
    const { err } = journal(place, ["run", "--base", first, "--", "echo", "METRIC acc=0.5", "--lr", "3e-4"]);
    assert.ok(err.includes(`journal set ${first} lr=OLD`));
    journal(place, ["set", first, "lr=1e-3"]);
    assert.doesNotMatch(journal(place, ["run", "--base", first, "--", "echo", "METRIC acc=0.5", "--lr", "1e-4"]).err, /lr=OLD/);
  });

  it("says when nothing was measured, and offers a pattern for what was printed", () => {
    const place = empty();
    place.write("talk.sh", "echo 'Epoch 1/2 - val_acc: 0.5'; echo 'Epoch 2/2 - val_acc: 0.7'\n");
    const { err } = journal(place, ["run", "--", "sh", "talk.sh"]);
    const [, line = ""] = /(capture: \{.*\})/.exec(err) ?? [];
    assert.ok(journal(place, ["run", "--debug", "--", "sh", "talk.sh"]).err.includes(line));
    assert.match(err, /note cli\/nothing-measured/);
    place.write("journal.yaml", `title: t\n${line}\n`);
    const read = journal(place, ["run", "--", "sh", "talk.sh"]);
    const metric = newest(place).run.metrics.find(({ name }) => name === "val_acc");
    assert.deepEqual([metric?.after?.mean, metric?.step, /nothing-measured/.test(read.err)], [0.7, 2, false]);
    place.write("journal.yaml", "title: t\nstudy: { primary: training_time }\n");
    assert.doesNotMatch(journal(place, ["run", "--", "true"]).err, /nothing-measured/);
    assert.doesNotMatch(journal(place, ["run", "--", "false"]).err, /nothing-measured/);
  });

  it("leaves a hand edit of the file alone", () => {
    const place = makeJournal();
    const edit =
      "sed -i -e 's/^hypothesis:.*/hypothesis: because \\& so # mine/' -e 's/^## Next steps/## Next steps\\n- [ ] mine/' experiments/EXP004*";
    journal(place, ["run", "--", "sh", "-c", `${edit}; echo METRIC val_accuracy=90%`]);
    const { text, run } = newest(place);
    assert.match(text, /^hypothesis: because & so # mine$/m);
    assert.match(text, /^- \[ \] mine$/m);
    assert.deepEqual([run.status, run.metrics.find(({ name }) => name === "val_accuracy")?.after?.text], ["finished", "90%"]);
  });

  it("leaves nothing behind with --debug", () => {
    const place = empty();
    const { status, err } = journal(place, ["run", "--debug", "--", "sh", "-c", "echo METRIC acc=1; exit 5"]);
    assert.equal(status, 5);
    assert.match(err, /acc: 1/);
    assert.equal(existsSync(join(place.root, "experiments")), false);
    assert.equal(existsSync(join(place.root, ".journal", "live")), false);
  });

  it("writes nothing for the other ranks of a distributed training", () => {
    const place = empty();
    for (const name of ["RANK", "LOCAL_RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK"])
      assert.equal(journal(place, ["run", "--", "sh", "-c", "exit 9"], { env: { [name]: "1" } }).status, 9);
    assert.equal(existsSync(join(place.root, "experiments")), false);
    journal(place, ["run", "--", "true"], { env: { RANK: "0", LOCAL_RANK: "0" } });
    assert.equal(runFiles(place).length, 1);
  });
});

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

describe("journal run when something goes wrong", () => {
  it("lets the command go on when it is killed itself, and check --fix writes the result", async () => {
    const place = empty();
    const child = begin(place, [
      "run",
      "--",
      "sh",
      "-c",
      'echo "{\\"step\\": 1, \\"loss\\": 3}"; sleep 1; echo "{\\"step\\": 2, \\"loss\\": 2}"; exit 0',
    ]);
    await until(() => runFiles(place).length > 0 && existsSync(join(place.root, ".journal/live", newest(place).run.id, "1/pid")));
    child.kill("SIGKILL");
    await ended(child);
    assert.equal(newest(place).run.status, "running");
    const inside = join(place.root, ".journal/live", newest(place).run.id, "1/exit");
    await until(() => existsSync(inside) && readFileSync(inside, "utf8").includes("s"));
    const { out } = journal(place, ["check"]);
    assert.match(out, /cli\/run-waits/);
    assert.match(journal(place, ["check", "--fix"]).out, /is written: finished/);
    const { run } = newest(place);
    assert.deepEqual([run.status, run.run?.exit, run.metrics.find(({ name }) => name === "loss")?.after?.mean], ["finished", 0, 2]);
    assert.match(run.run?.snapshot ?? "no commit yet", /./);
    assert.equal(journal(place, ["check"]).status, 0);
  });

  it("says lost when both are killed, with the points there are", async () => {
    const place = empty();
    const child = begin(place, [
      "run",
      "--",
      "sh",
      "-c",
      'echo "{\\"step\\": 1, \\"loss\\": 3}"; echo "{\\"step\\": 2, \\"loss\\": 2}"; exec sleep 600',
    ]);
    let out = "";
    child.stdout?.on("data", (text) => {
      out += text;
    });
    await until(() => out.includes('"step": 2'));
    const { id } = newest(place).run;
    const leader = Number(place.read(`.journal/live/${id}/1/pid`));
    child.kill("SIGKILL");
    process.kill(-leader, "SIGKILL");
    await ended(child);
    assert.match(journal(place, ["check"]).out, /cli\/run-lost/);
    journal(place, ["check", "--fix"]);
    const { run } = newest(place);
    assert.deepEqual([run.status, run.metrics.find(({ name }) => name === "loss")?.after?.mean], ["lost", 2]);
  });

  it("lets the result wait while the file is away, and writes it when it is back", () => {
    const place = empty();
    place.write(".gitignore", ".journal/\n");
    place.git("add", "-A");
    place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    const stash = "git -c user.name=a -c user.email=a@b stash -q -u";
    const { status, err } = journal(place, ["run", "--", "sh", "-c", `${stash}; echo METRIC acc=0.5; exit 6`]);
    assert.equal(status, 6);
    assert.match(err, /cli\/result-waits/);
    assert.deepEqual(runFiles(place), []);
    assert.match(journal(place, ["check"]).out, /cli\/file-gone/);
    place.git("stash", "pop", "-q");
    journal(place, ["check", "--fix"]);
    const { run } = newest(place);
    assert.deepEqual([run.status, run.run?.exit, run.metrics.find(({ name }) => name === "acc")?.after?.mean], ["failed", 6, 0.5]);
  });

  it("writes a file anew that was deleted before it was committed", () => {
    const place = makeJournal();
    const { status } = journal(place, ["run", "--title", "Gone", "--", "sh", "-c", "rm experiments/*-gone.md; echo METRIC acc=0.5"]);
    assert.equal(status, 0);
    assert.match(journal(place, ["check"]).out, /cli\/file-gone/);
    journal(place, ["check", "--fix"]);
    const { run } = newest(place);
    assert.deepEqual([run.title, run.status, run.metrics.find(({ name }) => name === "acc")?.after?.mean], ["Gone", "finished", 0.5]);
    assert.doesNotMatch(journal(place, ["check"]).out, /cli\/file-gone/);
  });
});

describe("a run that was there before", () => {
  const again = ["run", "--", "sh", "-c", "echo METRIC acc=0.5", "--lr", "0.1"];

  it("is said to be one when it has ended; another value of a parameter is not", () => {
    const place = makeJournal();
    const before = runFiles(place).length;
    assert.doesNotMatch(journal(place, again).err, /tried-before/);
    assert.match(journal(place, again).err, /cli\/tried-before/);
    assert.doesNotMatch(journal(place, [...again.slice(0, -1), "0.2"]).err, /tried-before/);
    assert.equal(runFiles(place).length, before + 3);
  });

  it("is refused with --strict-novelty, and leaves nothing", () => {
    const place = makeJournal();
    const strict = ["run", "--strict-novelty", ...again.slice(1)];
    const before = runFiles(place).length;
    assert.equal(journal(place, strict).status, 0);
    assert.equal(journal(place, strict).status, 9);
    assert.equal(runFiles(place).length, before + 1);
  });

  it("is another one where another script of the same code ran", () => {
    const place = makeJournal();
    spawnSync("git", ["init", "-q"], { cwd: place.root });
    place.write("a.sh", "echo METRIC acc=0.5\n");
    place.write("b.sh", "echo METRIC acc=0.9\n");
    const strict = (script: string): number | null =>
      journal(place, ["run", "--strict-novelty", "--base", "none", "--", "sh", script, "--lr", "0.1"]).status;
    assert.deepEqual([strict("a.sh"), strict("b.sh"), strict("a.sh"), strict("b.sh")], [0, 0, 9, 9]);
  });

  it("is another one where the code differs", () => {
    const place = makeJournal();
    spawnSync("git", ["init", "-q"], { cwd: place.root });
    place.write("train.sh", "echo METRIC acc=0.5\n");
    const strict = ["run", "--strict-novelty", "--", "sh", "train.sh", "--lr", "0.1"];
    assert.equal(journal(place, strict).status, 0);
    place.write("train.sh", "echo METRIC acc=0.6\n");
    assert.equal(journal(place, strict).status, 0);
    assert.equal(journal(place, strict).status, 9);
  });
});

describe("flags that share a beginning", () => {
  for (const flags of [
    ["--optimizer", "adam", "--optimizer.lr", "0.1"],
    ["--optimizer.lr", "0.1", "--optimizer", "adam"],
  ])
    it(`are both recorded: ${flags.join(" ")}`, () => {
      const place = makeJournal();
      assert.equal(journal(place, ["run", "--base", "none", "--", "sh", "-c", "true", ...flags]).status, 0);
      assert.deepEqual({ ...newest(place).run.config }, { optimizer: "adam", "optimizer.lr": 0.1 });
    });
});

describe("a log that cannot be read", () => {
  it("is named, and the rest is recorded", () => {
    const place = makeJournal();
    const { status, err } = journal(place, ["run", "--", "sh", "-c", "echo '{broken' > $JOURNAL_DIR/config.json; echo METRIC acc=0.5"]);
    assert.equal(status, 0);
    assert.match(err, /cli\/partly-recorded.*JSON/);
    assert.equal(newest(place).run.metrics.find(({ name }) => name === "acc")?.after?.mean, 0.5);
  });
});

describe("secrets of a command", () => {
  it("reach nothing that is made of its words, nor what it says about its parameters itself", () => {
    const place = makeJournal();
    const script = `require("fs").writeFileSync(process.env.JOURNAL_DIR + "/config.json", '{"hub_token": "swordfish5", "db": {"password": "swordfish6"}, "lr": 0.5}')`;
    place.write("x.js", script);
    const header = ["-H", "Authorization: Bearer swordfish1", "--data", '{"password": "swordfish2"}', "--wandb-key", "swordfish3"];
    const { status, err } = journal(place, ["run", "--set", "api_key=swordfish7", "--", "node", "x.js", ...header]);
    assert.equal(status, 0, err);
    const first = newest(place);
    assert.ok(!/swordfish/.test(first.text + first.path), first.text);
    assert.equal(first.run.config["wandb_key"], "[redacted:api-key]");
    assert.equal(first.run.config["db.password"], "[redacted:password]");
    assert.equal(first.run.config["lr"], 0.5);
    const again = [...header.slice(0, -1), "other-swordfish"];
    journal(place, ["run", "--id", first.run.id, "--", "node", "x.js", ...again]);
    const shell = journal(place, ["run", "--base", first.run.id, "--", "sh", "-c", "PGPASSWORD=swordfish4 true"]);
    assert.equal(shell.status, 0, shell.err);
    const second = newest(place);
    assert.notEqual(second.path, first.path);
    assert.ok(!/swordfish/.test(second.text + second.path), second.text);
    assert.equal(journal(place, ["check", first.path, second.path]).status, 0);
  });
});

describe("what a command reads", () => {
  it("is named where git ignores it, by the run and by verify; declared data, output and what git knows are not", () => {
    const files = {
      ".gitignore": ".journal/\ncfg.yaml\n*.bin\n",
      "cfg.yaml": "a: 1\n",
      "x.js": "1;\n",
      "data.bin": "d",
      "out.bin": "o",
      "new.txt": "",
    };
    const place = makeJournal({ ...files, "journal.yaml": "data:\n  train: { path: data.bin }\n" });
    const words = ["x.js", "--config", "cfg.yaml", "--data=data.bin", "--out", "out.bin", "new.txt", "--lr", "0.1", "nowhere.bin"];
    const { status, err } = journal(place, ["run", "--", "node", ...words]);
    assert.equal(status, 0, err);
    assert.match(err, /cli\/inputs-ignored/);
    const { run } = newest(place);
    assert.deepEqual(run.run?.other["left_out"], { "cfg.yaml": "ignored" });
    const verified = journal(place, ["verify", run.id, "--strict", "--json"]);
    assert.equal(verified.status, 5);
    const { checks } = JSON.parse(verified.out).data.runs[0];
    assert.deepEqual(
      checks.filter(({ what }: { what: string }) => what === "files").map(({ state }: { state: string }) => state),
      ["missing"],
    );
  });

  it("is no program that is not here: verify says so", () => {
    const place = makeJournal({ ".gitignore": ".journal/\n.venv/\n", "go.sh": "#!/bin/sh\n" });
    place.write(".venv/bin/python", "#!/bin/sh\n");
    chmodSync(join(place.root, ".venv/bin/python"), 0o755);
    chmodSync(join(place.root, "go.sh"), 0o755);
    const state = (id: string): string => JSON.parse(journal(place, ["verify", id, "--json"]).out).data.runs[0].checks[0].state;
    journal(place, ["run", "--", ".venv/bin/python"]);
    const ignored = newest(place).run.id;
    journal(place, ["run", "--", "./go.sh"]);
    const kept = newest(place).run.id;
    assert.deepEqual([state(ignored), state(kept)], ["ok", "ok"]);
    rmSync(join(place.root, ".venv"), { recursive: true });
    rmSync(join(place.root, "go.sh"));
    assert.deepEqual([state(ignored), state(kept)], ["missing", "ok"]);
  });
});
