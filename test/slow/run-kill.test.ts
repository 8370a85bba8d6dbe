// The command, `journal run`, or both are killed at random moments. Afterwards every point that the command saw written is there, every file
// can be read, and `check --fix` settles the status. JOURNAL_ROUNDS says how often; 1,000 for a release.

import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";

const rounds = Number(process.env["JOURNAL_ROUNDS"] ?? 60);
const program = resolve("dist/cli/main.js");
const perJournal = 20;

/** Acknowledges each point after the system took it. */
const emitter = `
const { appendFileSync, openSync, writeFileSync, writeSync } = require("node:fs");
const [acks, how] = process.argv.slice(2);
writeFileSync(acks + ".pid", String(process.pid));
const target = how === "stdout" ? 1 : openSync(process.env.JOURNAL_DIR + "/metrics.jsonl", "a");
const end = Date.now() + 700;
let step = 0;
(function next() {
  for (let burst = 0; burst < 20; burst += 1) {
    step += 1;
    writeSync(target, JSON.stringify({ step, loss: step / 7 }) + "\\n");
    appendFileSync(acks, step + "\\n");
  }
  if (Date.now() < end) setTimeout(next, Math.random() * 4);
})();
`;

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function makeJournal(): string {
  const root = mkdtempSync(join(tmpdir(), "journal-kill-"));
  folders.push(root);
  writeFileSync(join(root, "journal.yaml"), "title: t\n");
  writeFileSync(join(root, "emit.js"), emitter);
  return root;
}

const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const read = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
const runsIn = (root: string): readonly string[] =>
  existsSync(join(root, "experiments")) ? readdirSync(join(root, "experiments")).filter((name) => name.endsWith(".md")) : [];

function kill(pid: number | undefined): void {
  try {
    if (pid !== undefined && pid > 1) process.kill(pid, "SIGKILL");
  } catch {
    // it was quicker
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.on("exit", () => done());
  });
}

const targets = ["command", "journal", "both"] as const;

async function playRound(root: string, round: number): Promise<{ readonly acks: number; readonly status: string }> {
  const acks = join(root, `acks-${round}`);
  const how = round % 2 === 0 ? "stdout" : "file";
  const words = ["run", "--title", `round ${round}`, "--base", "none", "--", process.execPath, "emit.js", acks, how];
  const child = spawn(process.execPath, [program, ...words], { cwd: root, stdio: ["ignore", "ignore", "ignore"] });
  const target = targets[round % 3];
  // Most kills hit while points come; some before the command is there.
  if (round % 7 !== 0) for (let tries = 0; read(`${acks}.pid`) === "" && tries < 2000; tries += 1) await sleep(5);
  await sleep(Math.random() * 700);
  if (target !== "command") kill(child.pid);
  if (target !== "journal") kill(Number(read(`${acks}.pid`)));
  await ended(child);
  const mine = runsIn(root).find((name) => name.endsWith(`-round-${round}.md`));
  if (mine === undefined) return { acks: 0, status: "none" };
  const { id } = parseRun(read(join(root, "experiments", mine)), mine).run;
  const live = join(root, ".journal/live", id);
  // Whatever was left alone comes to its end by itself.
  for (let tries = 0; tries < 1000 && existsSync(live); tries += 1) {
    spawnSync(process.execPath, [program, "check", "--fix", "experiments"], { cwd: root, stdio: "ignore" });
    if (existsSync(live)) await sleep(20);
  }
  const text = read(join(root, "experiments", mine));
  const { run, problems, broken } = parseRun(text, mine);
  assert.equal(broken, false, mine);
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
  );
  const points = read(join(root, ".journal/runs", id, "points.jsonl"))
    .trim()
    .split("\n")
    .filter(Boolean);
  const seen = new Set(points.map((line) => (JSON.parse(line) as { step: number }).step));
  const wanted = read(acks).split("\n").slice(0, -1).map(Number);
  const lost = wanted.filter((step) => !seen.has(step));
  assert.deepEqual(lost, [], `round ${round}, ${target} killed, ${how}: lost ${lost.length} of ${wanted.length}`);
  assert.equal(points.length, seen.size, `round ${round}: no point twice`);
  return { acks: wanted.length, status: run.status };
}

describe("kill -9 during journal run", { skip: process.platform === "linux" ? false : "the processes are found on Linux" }, () => {
  test(`${rounds} rounds lose no acknowledged point, and settle`, { timeout: rounds * 60_000 }, async (t) => {
    let acks = 0;
    const statuses = new Map<string, number>();
    let root = makeJournal();
    for (let round = 1; round <= rounds; round += 1) {
      if (round % perJournal === 0) root = makeJournal();
      const played = await playRound(root, round);
      acks += played.acks;
      statuses.set(played.status, (statuses.get(played.status) ?? 0) + 1);
    }
    t.diagnostic(`${acks} acknowledged points, none lost; ${[...statuses].map(([word, count]) => `${count} ${word}`).join(", ")}`);
    assert.ok(!statuses.has("running") && !statuses.has("planned"));
  });
});
