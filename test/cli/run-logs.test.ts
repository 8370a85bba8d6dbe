// Log files of other tools during `journal run`: each run reads its own, and no other's.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { makePlace, type Place } from "./world.ts";

const program = resolve("dist/cli/main.js");
const linux = process.platform === "linux";

function journal(place: Place, words: readonly string[]): Promise<number | null> {
  const environment = { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" };
  const child = spawn(process.execPath, [program, ...words], { cwd: place.root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((done) => child.on("close", done));
}

function journalSaid(place: Place, words: readonly string[]): Promise<{ readonly exit: number | null; readonly err: string }> {
  const environment = { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" };
  const child = spawn(process.execPath, [program, ...words], { cwd: place.root, env: environment, stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((done) => child.on("close", (exit) => done({ exit, err })));
}

function runsOf(place: Place): readonly Run[] {
  const names = readdirSync(join(place.root, "experiments")).filter((name) => /^EXP.*\.md$/.test(name));
  return names.sort().map((name) => parseRun(place.read(`experiments/${name}`), name).run);
}

const measured = (run: Run | undefined, name: string): number | undefined =>
  run?.metrics.find((metric) => metric.name === name)?.after?.mean;

/** Holds its file open while it trains, as loggers do; `who` goes into every number. */
const trainer = `
const { mkdirSync, openSync, writeSync } = require("node:fs");
const { dirname } = require("node:path");
const [path, who] = process.argv.slice(2);
mkdirSync(dirname(path), { recursive: true });
const file = openSync(path, "w");
writeSync(file, "step,loss,acc\\n");
let step = 0;
const timer = setInterval(() => {
  step += 1;
  writeSync(file, step + "," + (Number(who) + 1 / step) + "," + (Number(who) + step / 100) + "\\n");
  if (step === 20) clearInterval(timer);
}, 40);
`;

const start = (more: Readonly<Record<string, string>> = {}): Place =>
  makePlace({ "journal.yaml": "title: t\n", "train.js": trainer, ...more });

describe("the log files of a run", { skip: linux ? false : "processes tell which files they write on Linux only" }, () => {
  it("are those its processes write, in whatever place: four runs side by side mix nothing", async () => {
    const place = start();
    const words = (who: number): readonly string[] => [
      "run",
      "--title",
      `run ${who}`,
      "--",
      "sh",
      "-c",
      `node train.js logs/metrics-${who}.csv ${who}`,
    ];
    const exits = await Promise.all([1, 2, 3, 4].map((who) => journal(place, words(who))));
    assert.deepEqual(exits, [0, 0, 0, 0]);
    const runs = runsOf(place);
    assert.equal(runs.length, 4);
    for (const run of runs) {
      const who = Number(run.title.slice(4));
      assert.equal(measured(run, "loss"), who + 0.05);
      assert.equal(measured(run, "acc"), who + 0.2);
      const curves = place.read(`experiments/${run.id}.files/curves.csv`).trim().split("\n");
      assert.equal(curves.length, 41);
    }
  });

  it("are those in a folder that its arguments name, from the moment it started", async () => {
    const place = start({ "out/old.csv": "step,loss\n1,9\n", "out/both.csv": "step,f1\n1,0.9\n" });
    const line =
      'printf "step,loss\\n1,3\\n2,2\\n" > "$1/new.csv"; printf "2,0.4\\n3,0.5\\n" >> "$1/both.csv"; printf "step,bleu\\n1,7\\n" > elsewhere.csv';
    assert.equal(await journal(place, ["run", "--", "sh", "-c", line, "x", "out"]), 0);
    const [run] = runsOf(place);
    assert.deepEqual([measured(run, "loss"), measured(run, "f1"), measured(run, "bleu")], [2, 0.5, undefined]);
  });

  it("are those made meanwhile that were open for a moment only, where no other run went on and nobody else holds them", async () => {
    const place = start({ "old/metrics.csv": "step,f1\n1,0.9\n", "metrics.txt": "x" });
    // Somebody else's, who opens it when the run goes on.
    const other = setTimeout(() => {
      held = openSync(join(place.root, "log-of-another.csv"), "w");
      writeSync(held, "step,mine\n1,5\n");
    }, 100);
    const flash = 'mkdir -p logs/a; printf "step,loss\\n1,3\\n2,2\\n" > logs/a/metrics.csv; printf "step,bleu\\n1,7\\n" > elsewhere.csv';
    let held: number | undefined;
    const line = `until [ -s log-of-another.csv ]; do sleep 0.02; done; ${flash}; printf "2,0.1\\n" >> old/metrics.csv`;
    const { exit, err } = await journalSaid(place, ["run", "--", "sh", "-c", line]);
    clearTimeout(other);
    if (held !== undefined) closeSync(held);
    const [run] = runsOf(place);
    // A table that may be anything is not read, and what was there before is named.
    assert.deepEqual([exit, ...["loss", "bleu", "f1", "mine"].map((name) => measured(run, name))], [0, 2, undefined, undefined, undefined]);
    assert.match(err, /cli\/logs-in-doubt/);
    assert.match(err, /old\/metrics\.csv/);
  });

  it("are nobody's where two runs went on in a folder and nobody saw which of them wrote", async () => {
    const place = start();
    const flash = (who: number): string => `printf "step,loss\\n1,${who}\\n" > metrics-${who}.csv; sleep 1.5`;
    const said = await Promise.all([1, 2].map((who) => journalSaid(place, ["run", "--title", `run ${who}`, "--", "sh", "-c", flash(who)])));
    for (const [at, { exit, err }] of said.entries()) {
      const run = runsOf(place).find(({ title }) => title === `run ${at + 1}`);
      // Where one was seen, it is its writer's; else it is said that nobody knows.
      if (measured(run, "loss") === undefined) assert.match(err, /cli\/logs-in-doubt/);
      else assert.equal(measured(run, "loss"), at + 1);
      assert.equal(exit, 0);
    }
    // The one that ended is remembered: a run that overlapped with it and ends later guesses no more than one beside it.
    const late = "sleep 1.5; printf 'step,loss\\n1,9\\n' > metrics-9.csv";
    const [slow] = await Promise.all([
      journalSaid(place, ["run", "--title", "slow", "--", "sh", "-c", late]),
      journalSaid(place, ["run", "--title", "quick", "--", "sh", "-c", "sleep 0.2"]),
    ]);
    assert.equal(slow.exit, 0);
    const last = runsOf(place).find(({ title }) => title === "slow");
    if (measured(last, "loss") === undefined) assert.match(slow.err, /cli\/logs-in-doubt/);
    assert.equal(
      measured(
        runsOf(place).find(({ title }) => title === "quick"),
        "loss",
      ),
      undefined,
    );
  });

  it("are read again by whoever settles a run whose keeper was killed", async () => {
    const place = start();
    const child = spawn(process.execPath, [program, "run", "--", "node", "train.js", "logs/metrics.csv", "5"], {
      cwd: place.root,
      stdio: "ignore",
    });
    for (let tries = 0; tries < 500; tries += 1) {
      const live = readLive(place);
      if (live.includes('"claims"')) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    child.kill("SIGKILL");
    const { id } = runsOf(place)[0] ?? { id: "" };
    for (let tries = 0; tries < 500 && !readdirSync(join(place.root, ".journal/live", id, "1")).includes("exit"); tries += 1)
      await new Promise((done) => setTimeout(done, 20));
    await journal(place, ["check", "--fix"]);
    const [run] = runsOf(place);
    assert.deepEqual([run?.status, measured(run, "loss"), measured(run, "acc")], ["finished", 5.05, 5.2]);
  });
});

function readLive(place: Place): string {
  try {
    const [id = ""] = readdirSync(join(place.root, ".journal/live"));
    return place.read(`.journal/live/${id}/state.json`);
  } catch {
    return "";
  }
}
