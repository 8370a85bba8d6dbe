// `journal run` as a process: what the command keeps, and what is written about it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { listProcesses } from "../../src/capture/process-tree.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import { attached, begin, empty, ended, environment, journal, newest, noSessions, program, runFiles, until } from "./run-process.ts";
import { makeJournal, makePlace } from "./world.ts";

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
    for (const line of ["#!/no/such/shell -e", "#!/bin/sh\r"]) {
      place.write("go.sh", `${line}\necho hi\n`);
      chmodSync(join(place.root, "go.sh"), 0o755);
      const headless = journal(place, ["run", "--", "./go.sh"]);
      assert.deepEqual([headless.status, /cli\/interpreter-not-found/.test(headless.err)], [127, true], line);
    }
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

  it("reads it so too where only the run's own plan says that it is in %", () => {
    const planned =
      "---\nid: EXP001-aaaa\nstatus: planned\nmetrics:\n  miss: { before: 0.9%, after: ~ }\n  hit: { before: 85%, after: ~ }\n---\n";
    const place = makePlace({ "journal.yaml": "title: t\n", "experiments/EXP001-aaaa.md": planned });
    journal(place, ["run", "--id", "1", "--", "sh", "-c", "echo METRIC miss=0.8; echo METRIC hit=87"]);
    assert.match(place.read("experiments/EXP001-aaaa.md"), /miss: \{ before: 0\.9%, after: 0\.8% .*\n {2}hit: \{ before: 85%, after: 87% /);
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

  it("reads lines that count without a pattern", () => {
    const place = empty();
    const { err } = journal(place, ["run", "--", "sh", "-c", "echo 'Epoch [1/2], val_acc: 0.5'; echo 'Epoch [2/2], val_acc: 0.7'"]);
    const metric = newest(place).run.metrics.find(({ name }) => name === "val_acc");
    assert.deepEqual([metric?.after?.mean, metric?.step, /nothing-measured/.test(err)], [0.7, 2, false]);
  });

  it("says when nothing was measured, and offers a pattern for what was printed", () => {
    const place = empty();
    place.write("talk.sh", "echo 'epoch 1 val_acc 0.5'; echo 'epoch 2 val_acc 0.7'\n");
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
