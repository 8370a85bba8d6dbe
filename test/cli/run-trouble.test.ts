// `journal run` when something goes wrong, was there before, cannot be read, or must not be shown.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Status } from "../../src/record/experiment.ts";
import { begin, empty, ended, journal, newest, runFiles, until } from "./run-process.ts";
import { makeJournal, type Place } from "./world.ts";

/** A command that tells the loss of two steps. */
function twoSteps(between: string, end: string): readonly string[] {
  const tell = (step: number, loss: number): string => `echo '{"step": ${step}, "loss": ${loss}}'`;
  return ["run", "--", "sh", "-c", [tell(1, 3), between, tell(2, 2), end].join("; ")];
}

describe("journal run when something goes wrong", () => {
  it("lets the command go on when it is killed itself, and check --fix writes the result", async () => {
    const place = empty();
    const child = begin(place, twoSteps("sleep 1", "exit 0"));
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
    const child = begin(place, twoSteps(":", "exec sleep 600"));
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

  // A git that never answers what changed holds `journal run` between the run's file and its command.
  async function killedBefore(place: Place, words: readonly string[], status: Status): Promise<void> {
    place.write("bin/git", `#!/bin/sh\ncase "$*" in *status*) exec sleep 600 ;; esac\nPATH="\${PATH#*:}" exec git "$@"\n`);
    chmodSync(join(place.root, "bin/git"), 0o755);
    const child = begin(place, ["run", ...words], { PATH: `${join(place.root, "bin")}:${process.env["PATH"]}` });
    await until(() => runFiles(place).length > 0 && newest(place).run.status === status);
    child.kill("SIGKILL");
    await ended(child);
  }

  it("says lost when it is killed between the file and the command, and the run can be run again", async () => {
    const place = empty();
    await killedBefore(place, ["--", "true"], "running");
    assert.match(journal(place, ["check"]).out, /cli\/run-lost/);
    journal(place, ["check", "--fix"]);
    assert.equal(newest(place).run.status, "lost");
    assert.equal(journal(place, ["check"]).status, 0);
    await killedBefore(place, ["--id", "1", "--", "true"], "running");
    journal(place, ["check", "--fix"]);
    assert.equal(newest(place).run.status, "lost");
    assert.equal(journal(place, ["run", "--id", "1", "--", "true"]).status, 0);
    assert.equal(newest(place).run.status, "finished");
  });

  it("leaves a plan alone whose file it never reached", async () => {
    const place = empty();
    journal(place, ["new", "a plan"]);
    const plan = newest(place).text;
    await killedBefore(place, ["--id", "1", "--", "true"], "running");
    place.write(newest(place).path, plan);
    journal(place, ["check", "--fix"]);
    assert.equal(newest(place).text, plan);
    assert.equal(journal(place, ["check"]).status, 0);
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
