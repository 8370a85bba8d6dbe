// `journal rerun` as a process, over runs that `journal run` made.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, test } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { type Document, makePlace, type Place } from "./world.ts";

const program = resolve("dist/cli/main.js");

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function journal(place: Place, words: readonly string[], env: NodeJS.ProcessEnv = {}): Done {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place.root,
    encoding: "utf8",
    env: { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1", ...env },
    input: "",
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

const runs = (place: Place): readonly Run[] =>
  readdirSync(join(place.root, "experiments"))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseRun(place.read(`experiments/${name}`), name).run);

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries += 1) {
    assert.ok(tries < 500, "it never came");
    await new Promise((done) => setTimeout(done, 20));
  }
}

function rerun(
  place: Place,
  ...words: readonly string[]
): { readonly document: Document; readonly status: number | null; readonly run: Run } {
  const { status, out, err } = journal(place, ["rerun", ...words, "--json"]);
  assert.notEqual(out, "", err);
  const document = JSON.parse(out) as Document;
  const path: string | undefined = document.data?.path;
  return { document, status, run: path === undefined ? ({} as Run) : parseRun(place.read(path), path).run };
}

/** A training that says what it was told, and reads a file beside it. */
const script = `
const { existsSync, readFileSync } = require("node:fs");
const value = (name, usual) => { const at = process.argv.indexOf("--" + name); return at < 0 ? usual : Number(process.argv[at + 1]); };
const seed = Number(process.env.JOURNAL_SEED ?? value("seed", 0));
const data = existsSync("data/x.csv") ? Number(readFileSync("data/x.csv", "utf8")) : -1;
console.log("METRIC acc=" + (0.5 + value("lr", 0) / 10 + data / 100 + seed / 1000 + Number(process.env.SHIFT ?? 0)));
`;

const settings = "data: { train: { path: data, role: train } }\nmetrics: { acc: max }\n";

function makeTraining(...words: readonly string[]): Place {
  const place = makePlace({ "journal.yaml": settings, ".gitignore": ".journal/\ndata/\n", "train.js": script, "data/x.csv": "3" });
  place.git("add", ".");
  place.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "start");
  // What is not committed is code, too.
  place.write("train.js", `${script}// not committed\n`);
  const made = journal(place, ["run", ...words]);
  assert.equal(made.status, 0, made.err);
  place.write("train.js", "throw new Error('another code');\n");
  return place;
}

const command = ["node", "train.js", "--lr", "1"];

test("a run comes out again from its own code, whatever the code is now, and leaves no worktree", () => {
  const place = makeTraining("--", ...command);
  const before = place.git("status", "--porcelain");
  const { document, status, run } = rerun(place, "1");
  assert.deepEqual([document.data.verdict.word, status], ["identical", 0], JSON.stringify(document));
  assert.match(run.rerunOf ?? "", /^EXP001-/);
  const first = parseRun(place.read(`experiments/${document.data.rerun_of}-train-js-lr-1.md`), "x.md").run;
  assert.deepEqual([run.run?.snapshot, run.run?.commit, run.run?.cwd], [first.run?.snapshot, first.run?.commit, "."]);
  assert.deepEqual(run.config, first.config);
  assert.equal(place.git("worktree", "list").trim().split("\n").length, 1);
  assert.equal(place.git("status", "--porcelain").replace(/^.*experiments\/.*\n/gm, ""), before.replace(/^.*experiments\/.*\n/gm, ""));
  assert.match(place.git("for-each-ref", "refs/journal"), new RegExp(run.id));
});

test("one that comes out otherwise differs, with exit code 6; one that fails cannot be compared, with its own", () => {
  const place = makeTraining("--", ...command);
  const differing = journal(place, ["rerun", "1", "--json"], { SHIFT: "0.1" });
  assert.deepEqual([JSON.parse(differing.out).data.verdict.word, differing.status], ["differs", 6]);
  const near = journal(place, ["rerun", "1", "--tolerance", "0.5", "--json"], { SHIFT: "0.1" });
  assert.deepEqual([JSON.parse(near.out).data.verdict.word, near.status], ["within tolerance", 0]);
  const failing = makeTraining("--", "sh", "-c", "test -e data/x.csv && echo METRIC acc=1 && test ! -e data/stop");
  failing.write("data/stop", "");
  const failed = rerun(failing, "1");
  assert.deepEqual([failed.document.data.verdict.word, failed.status], ["not comparable", 1]);
});

test("data that is not what it was is said before, stops a strict rerun, and is the reason of a difference", () => {
  const place = makeTraining("--", ...command);
  place.write("data/x.csv", "4");
  const strict = rerun(place, "1", "--env", "strict");
  assert.deepEqual([strict.document.error.code, strict.status], ["cli/environment-differs", 6]);
  const { document, status } = rerun(place, "1");
  assert.deepEqual([document.data.verdict.word, status], ["not comparable", 7]);
  assert.match(document.data.verdict.reasons.join("\n"), /`train`/);
});

test("another value makes a run of its own that says what was changed, and nothing is judged by the exit code", () => {
  const place = makeTraining("--", ...command);
  const { run, status, document } = rerun(place, "1", "--set", "lr=2");
  assert.equal(status, 0, JSON.stringify(document));
  assert.deepEqual(run.run?.command, ["node", "train.js", "--lr", "2"]);
  assert.match(run.base[0] ?? "", /^EXP001-/);
  assert.equal(run.title, "train.js --lr 2");
  assert.deepEqual(
    run.changes.map(({ name, from, to }) => [name, from, to]),
    [["lr", 1, 2]],
  );
  const refused = rerun(place, "1", "--set", "depth=2");
  assert.deepEqual([refused.document.error.code, refused.status], ["cli/set-not-in-command", 2]);
});

test("more seeds are repetitions of the run, held against its own", () => {
  const place = makeTraining("--repeat", "3", "--", ...command, "--seed", "{seed}");
  const { run, document } = rerun(place, "1", "--seeds", "4-5");
  assert.match(run.repeatOf ?? "", /^EXP001-/);
  assert.deepEqual(
    run.repeats.map(({ seed }) => seed),
    ["4", "5"],
  );
  assert.deepEqual(
    run.metrics.find(({ name }) => name === "acc")?.after?.values.map((value) => Number(value?.toFixed(6))),
    [0.634, 0.635],
  );
  assert.ok(["statistically consistent", "differs"].includes(document.data.verdict.word));
  const again = rerun(place, "1", "--repeat", "2");
  assert.equal(again.document.data.verdict.word, "identical");
  assert.deepEqual(
    again.run.repeats.map(({ seed }) => seed),
    ["1", "2"],
  );
  const single = makeTraining("--", ...command);
  assert.equal(rerun(single, "1", "--seeds", "4-6").document.error.code, "cli/no-seed-in-command");
  assert.equal(rerun(single, "1", "--seeds", "four").document.error.code, "cli/bad-seeds");
  assert.equal(rerun(single, "1", "--tolerance", "2").document.error.code, "cli/bad-tolerance");
});

test("the worktree stays where that is wanted", () => {
  const place = makeTraining("--", ...command);
  const { document } = rerun(place, "1", "--keep");
  assert.ok(existsSync(`${document.data.worktree}/train.js`));
  place.git("worktree", "remove", "--force", document.data.worktree);
});

test("a rerun that is killed leaves a worktree that goes when nothing needs it; those of others stay", async () => {
  const place = makeTraining("--", ...command);
  const wait = 'while [ ! -e "$GO" ]; do sleep 0.02; done; echo METRIC acc=0.5';
  const go = join(place.root, ".journal/go");
  place.write(".journal/go", "");
  assert.equal(journal(place, ["run", "--", "sh", "-c", wait], { GO: go }).status, 0);
  rmSync(go);
  const { id } = runs(place).at(-1) ?? { id: "" };
  // Somebody's own: one that is there, and one on a disk that is not.
  const own = mkdtempSync(join(tmpdir(), "own-"));
  after(() => rmSync(own, { recursive: true, force: true }));
  place.git("worktree", "add", "-q", "--detach", join(own, "here"));
  place.git("worktree", "add", "-q", "--detach", join(own, "away"));
  rmSync(join(own, "away"), { recursive: true });
  const child = spawn(process.execPath, [program, "rerun", id], {
    cwd: place.root,
    env: { ...process.env, GIT_AUTHOR_NAME: "Ada", GO: go },
    stdio: "ignore",
  });
  const live = join(place.root, ".journal/live");
  await until(() => existsSync(live) && readdirSync(live).some((name) => existsSync(join(live, name, "1/pid"))));
  child.kill("SIGKILL");
  await once(child, "close");
  const ours = (): number => place.git("worktree", "list").match(/journal-rerun-/g)?.length ?? 0;
  // The command goes on in it.
  assert.equal(journal(place, ["check", "--fix"]).status, 0);
  assert.equal(journal(place, ["rerun", "1"]).status, 0);
  assert.equal(ours(), 1);
  writeFileSync(go, "");
  await until(() => {
    journal(place, ["check", "--fix"]);
    return runs(place).every(({ status }) => status === "finished");
  });
  assert.equal(ours(), 0);
  assert.deepEqual(
    readdirSync(tmpdir()).filter((name) => name.startsWith("journal-rerun-") && existsSync(join(tmpdir(), name, basename(place.root)))),
    [],
  );
  assert.equal(place.git("worktree", "list", "--porcelain").match(/^worktree .*own-/gm)?.length, 2);
});

test("the next rerun takes away what a killed one left, and check says it is there", async () => {
  const place = makeTraining("--", ...command);
  const folder = mkdtempSync(join(tmpdir(), "journal-rerun-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const left = join(folder, "x");
  place.git("worktree", "add", "-q", "--detach", left);
  const mark = join(place.root, ".git/worktrees/x/journal-rerun");
  const notes = (): readonly string[] =>
    (JSON.parse(journal(place, ["check", "--json"]).out) as Document).data.problems.map(({ code }: { code: string }) => code);
  const self = { pid: 2 ** 22 + 1, host: hostname(), boot: "another boot", space: "", started: "1" };
  // Without a mark, or with one of another machine, it is none of ours.
  assert.ok(!notes().includes("cli/worktree-left"));
  writeFileSync(mark, JSON.stringify({ ...self, host: "elsewhere" }));
  assert.ok(!notes().includes("cli/worktree-left"));
  writeFileSync(mark, JSON.stringify(self));
  assert.ok(notes().includes("cli/worktree-left"));
  // A machine that starts again clears the folder, and git still knows the worktree.
  rmSync(left, { recursive: true });
  assert.equal(journal(place, ["rerun", "1"]).status, 0);
  assert.equal(place.git("worktree", "list").trim().split("\n").length, 1);
  assert.ok(!existsSync(folder));
});

test("a run without a command, with a masked one, or without its code here is refused before anything is made", () => {
  const place = makeTraining("--", ...command, "--api-key", "aB3dE5fG7hJ9kL1mN2pQ4");
  assert.doesNotMatch(place.git("grep", "--no-index", "-h", "api"), /aB3dE5fG7hJ9kL1mN2pQ4/);
  assert.equal(rerun(place, "1").document.error.code, "cli/masked-command");
  place.write("experiments/EXP002-bbbb.md", "---\nid: EXP002-bbbb\n---\n");
  assert.equal(rerun(place, "2").document.error.code, "cli/no-command-recorded");
  place.write("experiments/EXP003-cccc.md", `---\nid: EXP003-cccc\nrun: { command: "true", snapshot: "${"0".repeat(40)}" }\n---\n`);
  const { document, status } = rerun(place, "3");
  assert.deepEqual([document.error.code, status], ["cli/no-snapshot-here", 3]);
});

test("a run says how many files and lines of code differ from its base, the journal's own aside", () => {
  const place = makeTraining("--", ...command);
  place.write("train.js", script);
  place.write("lib/more.js", "1;\n2;\n");
  assert.equal(journal(place, ["run", "--base", "1", "--", ...command]).status, 0);
  const { code, run } = parseRun(place.read(`experiments/${runFiles(place)[1]}`), "x.md").run;
  assert.deepEqual([code?.files, code?.added, code?.removed, code?.to], [2, 2, 1, run?.snapshot]);
  assert.equal(journal(place, ["run", "--base", "2", "--", ...command]).status, 0);
  assert.equal(parseRun(place.read(`experiments/${runFiles(place)[2]}`), "x.md").run.code, undefined);
});

const runFiles = (place: Place): readonly string[] =>
  readdirSync(`${place.root}/experiments`)
    .filter((name) => /^EXP.*\.md$/.test(name))
    .sort();

test("a journal below the repository's root records where it ran from that root, and a rerun goes there", () => {
  const place = makePlace({ "part/journal.yaml": settings, "part/src/train.js": script, ".gitignore": ".journal/\n" });
  place.git("add", ".");
  place.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "start");
  const made = journal(place, ["--cwd", "part/src", "run", "--json", "--", "node", "train.js"]);
  assert.equal(made.status, 0, made.err);
  const { path } = JSON.parse(made.out).data;
  assert.equal(parseRun(place.read(`part/${path}`), path).run.run?.cwd, "part/src");
  const again = journal(place, ["--cwd", "part", "rerun", "1", "--json", "--env", "skip"]);
  assert.equal(JSON.parse(again.out).data.verdict?.word, "identical", again.err);
});

test("a clone has the code of a run that was made on a clean tree, by its commit alone; with more than that it needs the snapshot", () => {
  const place = makePlace({ "journal.yaml": "metrics: { acc: max }\n", ".gitignore": ".journal/\n", "train.js": script });
  const commit = (): void => {
    place.git("add", ".");
    place.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "more");
  };
  commit();
  assert.equal(journal(place, ["run", "--", ...command]).status, 0);
  place.write("train.js", `${script}// not committed\n`);
  assert.equal(journal(place, ["run", "--base", "1", "--", ...command]).status, 0);
  commit();
  const other = makePlace({});
  // Over a transport, as from a host: what no branch reaches does not come along.
  other.git("fetch", "-q", `file://${place.root}`, "HEAD");
  other.git("checkout", "-q", "FETCH_HEAD");
  assert.equal(other.git("for-each-ref", "refs/journal"), "");
  const { checks } = JSON.parse(journal(other, ["verify", "1", "--json"]).out).data.runs[0];
  assert.deepEqual(
    checks
      .filter(({ what }: { what: string }) => what === "code" || what === "shared")
      .map(({ what, state }: { what: string; state: string }) => `${what} ${state}`),
    ["code ok"],
  );
  assert.equal(rerun(other, "1").document.data.verdict.word, "identical");
  assert.equal(rerun(other, "2").document.error.code, "cli/no-snapshot-here");
});

test("leaves no run where the program is not there to start", () => {
  const place = makePlace({ "journal.yaml": "", ".gitignore": ".journal/\nbin/\n", "bin/go": "#!/bin/sh\n" });
  chmodSync(join(place.root, "bin/go"), 0o755);
  assert.equal(journal(place, ["run", "--", "bin/go"]).status, 0);
  rmSync(join(place.root, "bin"), { recursive: true });
  assert.equal(journal(place, ["rerun", "1"]).status, 127);
  assert.equal(runs(place).length, 1);
});

test("keeps the failed run of a shell that found no command, as `run` does", () => {
  const place = makePlace({ "journal.yaml": "", ".gitignore": ".journal/\n" });
  const words = ["sh", "-c", "no-such-command"];
  assert.equal(journal(place, ["run", "--", ...words]).status, 127);
  assert.equal(journal(place, ["rerun", "1"]).status, 127);
  assert.deepEqual(
    runs(place).map(({ status, run }) => [status, run?.exit]),
    [
      ["failed", 127],
      ["failed", 127],
    ],
  );
});
