// Runs brought back: their code compared, verified, shared, bundled, restored and pruned.

import assert from "node:assert/strict";
import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { test } from "node:test";
import { takeSnapshot } from "../../src/capture/snapshot.ts";
import { makePlace, type Place } from "./world.ts";

/** Two runs of `train.py`, each with the snapshot of its code. */
function makeRuns(): Place {
  const place = makePlace({ "journal.yaml": "", ".gitignore": ".journal/\n", "train.py": "lr = 1\n", "experiments/EXP001-aaaa.md": "" });
  place.git("add", ".");
  place.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "start");
  writeRun(place, "EXP001-aaaa", "decision: keep\nsoftware: { python: 3.11.7, torch: 2.1.0 }");
  place.write("train.py", "lr = 2\n");
  place.write("new file.py", "x\n");
  writeRun(place, "EXP002-bbbb", "base: EXP001-aaaa\nsoftware: { python: 3.11.7, torch: 2.2.0 }");
  return place;
}

function writeRun(place: Place, id: string, more: string, run = ""): void {
  const { snapshot, commit } = takeSnapshot(place.root, id);
  const facts = `command: [cat, train.py], cwd: ., commit: "${commit}", snapshot: "${snapshot}", exit: 0${run}`;
  place.write(
    `experiments/${id}.md`,
    `---\nid: ${id}\ntitle: Run ${id}\ndate: 2026-11-01\nstatus: finished\n${more}\nrun: { ${facts} }\n---\n`,
  );
}

test("the code of two runs is compared by their snapshots, and packages, machine and lock files old → new", async () => {
  const place = makeRuns();
  place.write("experiments/EXP001-aaaa.files/packages.txt", "numpy==1.26.0\ntorch==2.1.0\nold==1\n");
  place.write("experiments/EXP002-bbbb.files/packages.txt", "numpy==2.0.0\ntorch==2.2.0\nNew_Lib @ git+https://example.org/x@0f3a\n");
  const { data } = await place.json("compare", "1", "2", "--code");
  assert.deepEqual(data.files, [
    { path: "new file.py", added: 1, removed: 0 },
    { path: "train.py", added: 1, removed: 1 },
  ]);
  assert.match(data.patch, /-lr = 1\n\+lr = 2/);
  assert.doesNotMatch(data.patch, /experiments/);
  assert.deepEqual(data.environment, [
    { kind: "software", name: "torch", from: "2.1.0", to: "2.2.0" },
    { kind: "package", name: "new-lib", to: "git+https://example.org/x@0f3a" },
    { kind: "package", name: "numpy", from: "1.26.0", to: "2.0.0" },
    { kind: "package", name: "old", from: "1" },
  ]);
  const { out, err } = await place.call("compare", "1", "2", "--code");
  assert.match(out, /torch {2}2\.1\.0 → 2\.2\.0/);
  assert.match(err, /2 files changed, \+2 −1/);
});

test("verify says what is there and what is missing, and runs nothing", async () => {
  const place = makeRuns();
  const states = async (id: string): Promise<readonly [string, ...unknown[]]> => {
    const { data } = await place.json("verify", id);
    const [run] = data.runs;
    return [run.reproducible, ...run.checks.map(({ what, state }: { what: string; state: string }) => `${what} ${state}`)];
  };
  writeRun(place, "EXP003-cccc", "software: { x: 1 }");
  assert.deepEqual(await states("3"), ["full", "command ok", "code ok", "shared missing", "environment ok", "machine missing"]);
  const data = `data: { train: { path: train.py, sha256: "${"0".repeat(64)}" }, val: { path: nowhere, sha256: "${"1".repeat(64)}" }, new: { path: x } }`;
  writeRun(place, "EXP004-dddd", data, ", left_out: { big.bin: large }");
  assert.deepEqual(await states("4"), [
    "partial",
    "command ok",
    "code ok",
    "shared missing",
    "files missing",
    "data differs",
    "data missing",
    "data missing",
    "environment missing",
    "machine missing",
  ]);
  place.write("experiments/EXP005-eeee.md", `---\nid: EXP005-eeee\nrun: { command: "true", snapshot: "${"0".repeat(40)}" }\n---\n`);
  assert.deepEqual(await states("5"), ["no", "command ok", "code missing", "environment missing", "machine missing"]);
  assert.equal((await place.call("verify", "5")).exit, 5);
  assert.deepEqual([(await place.call("verify", "4")).exit, (await place.call("verify", "4", "--strict")).exit], [0, 5]);
});

test("snapshots go to a remote and come from one; check warns until the kept ones are there", async () => {
  const place = makeRuns();
  const codes = async (): Promise<readonly string[]> =>
    (await place.json("check")).data.problems
      .map(({ code }: { code: string }) => code)
      .filter((code: string) => code === "cli/unpushed-snapshots");
  assert.deepEqual(await codes(), []);
  assert.equal((await place.json("sync", "push")).error.code, "cli/no-remote");
  const shared = makePlace({}, false);
  shared.git("init", "-q", "--bare");
  place.git("remote", "add", "origin", shared.root);
  assert.deepEqual(await codes(), ["cli/unpushed-snapshots"]);
  assert.equal((await place.json("sync", "up")).error.code, "cli/push-or-pull");
  assert.deepEqual((await place.json("sync", "push", "--dry-run")).data.pushed, ["EXP001-aaaa", "EXP002-bbbb"]);
  assert.equal(shared.git("for-each-ref"), "");
  const { data } = await place.json("sync", "push");
  assert.deepEqual([data.pushed, data.known], [["EXP001-aaaa", "EXP002-bbbb"], 0]);
  assert.deepEqual(await codes(), []);
  assert.deepEqual((await place.json("sync", "push")).data.pushed, []);
  const other = makePlace({ "journal.yaml": "" });
  other.git("remote", "add", "origin", shared.root);
  const branches = other.git("for-each-ref", "refs/heads", "refs/remotes", "refs/tags");
  assert.deepEqual((await other.json("sync", "pull")).data.pulled, ["EXP001-aaaa", "EXP002-bbbb"]);
  assert.deepEqual((await other.json("sync", "pull")).data.pulled, []);
  assert.equal(other.git("for-each-ref", "refs/heads", "refs/remotes", "refs/tags"), branches);
  assert.equal(other.git("show", "refs/journal/snap/EXP002-bbbb:train.py"), "lr = 2\n");
  assert.equal((await other.json("sync", "push", "nowhere")).error.code, "cli/no-remote");
});

test("of two snapshots of one name with different code neither is overwritten", async () => {
  const place = makeRuns();
  const shared = makePlace({}, false);
  shared.git("init", "-q", "--bare");
  place.git("remote", "add", "origin", shared.root);
  await place.call("sync", "push");
  const other = makePlace({ "journal.yaml": "", "train.py": "other\n" });
  other.git("remote", "add", "origin", shared.root);
  const { snapshot } = takeSnapshot(other.root, "EXP002-bbbb");
  const pushed = await other.json("sync", "push");
  assert.deepEqual([pushed.data.pushed, pushed.data.differing], [[], ["EXP002-bbbb"]]);
  assert.deepEqual(
    pushed.warnings.map(({ code }: { code: string }) => code),
    ["cli/other-snapshots"],
  );
  assert.deepEqual((await other.json("sync", "pull")).data.pulled, ["EXP001-aaaa"]);
  assert.equal(other.git("rev-parse", "refs/journal/snap/EXP002-bbbb").trim(), snapshot);
});

test("a push sends what the remote has not, not the whole code again", async () => {
  const place = makeRuns();
  const shared = makePlace({}, false);
  shared.git("init", "-q", "--bare");
  place.git("remote", "add", "origin", shared.root);
  shared.git("config", "transfer.unpackLimit", "1");
  place.write("large.txt", Array.from({ length: 50_000 }, (_, at) => ((at * 2654435761) % 4294967296).toString(36)).join(""));
  place.git("add", ".");
  place.git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "large");
  const stored = (): number => Number(/size-pack: (\d+)/.exec(shared.git("count-objects", "-v"))?.[1]);
  place.git("push", "-q", "origin", "main");
  const before = stored();
  place.write("train.py", "lr = 3\n");
  takeSnapshot(place.root, "EXP003-cccc");
  assert.equal((await place.json("sync", "push")).data.pushed.length, 3);
  assert.ok(before > 100 && stored() - before < 20, `${before} KB, then ${stored()} KB`);
});

test("a bundle carries the code of a run to a clone that never saw the repository", async () => {
  const place = makeRuns();
  const { data } = await place.json("bundle", "2");
  assert.equal(data.path, "EXP002-bbbb.bundle");
  assert.equal((await place.json("bundle", "2")).error.code, "cli/file-exists");
  assert.equal(place.git("for-each-ref", "refs/journal/code"), "");
  const other = makePlace({ "journal.yaml": "", "experiments/EXP002-bbbb.md": place.read("experiments/EXP002-bbbb.md") });
  assert.equal((await other.json("restore", "2", "train.py")).error.code, "cli/no-snapshot-here");
  assert.deepEqual((await other.json("sync", "pull", `${place.root}/EXP002-bbbb.bundle`)).data.pulled, ["EXP002-bbbb"]);
  assert.deepEqual((await other.json("restore", "2", "train.py")).data.restored, ["train.py"]);
  assert.equal(other.read("train.py"), "lr = 2\n");
});

test("a lost file comes back; one that was edited since stays, unless forced", async () => {
  const place = makeRuns();
  assert.deepEqual((await place.json("restore", "1", "--list")).data.files, [".gitignore", "train.py"]);
  assert.equal((await place.json("restore", "1", "train.py")).error.code, "cli/would-overwrite");
  assert.equal(place.read("train.py"), "lr = 2\n");
  assert.equal((await place.json("restore", "1", "tran.py")).error.code, "cli/not-in-snapshot");
  const beside = await place.json("restore", "1", "--output", "old");
  assert.deepEqual(beside.data.restored, ["old/.gitignore", "old/train.py"]);
  assert.equal(place.read("old/train.py"), "lr = 1\n");
  await place.call("restore", "1", "train.py", "--force");
  assert.equal(place.read("train.py"), "lr = 1\n");
  assert.deepEqual((await place.json("restore", "1")).data, { id: "EXP001-aaaa", restored: [], unchanged: 2 });
  assert.equal(place.git("status", "--porcelain", "--", "train.py"), "");
});

test("nothing is restored through a symbolic link", async () => {
  const place = makeRuns();
  place.write("lib/a.py", "a\n");
  writeRun(place, "EXP003-cccc", "");
  const elsewhere = makePlace({}, false);
  rmSync(`${place.root}/lib`, { recursive: true });
  symlinkSync(elsewhere.root, `${place.root}/lib`);
  assert.equal((await place.json("restore", "3", "lib", "--force")).error.code, "cli/would-overwrite");
  assert.deepEqual(readdirSync(elsewhere.root), []);
});

test("old snapshots of discarded runs go; kept ones, what they were made from and young ones stay", async () => {
  const place = makeRuns();
  const old = "date: 2026-01-01\n";
  const write = (id: string, more: string): void => {
    const { snapshot } = takeSnapshot(place.root, id);
    place.write(`experiments/${id}.md`, `---\nid: ${id}\nstatus: finished\n${more}\nrun: { snapshot: "${snapshot}" }\n---\n`);
  };
  write("EXP003-cccc", `${old}decision: discard`);
  write("EXP004-dddd", `${old}decision: discard`);
  write("EXP005-eeee", `${old}decision: keep\nbase: EXP004-dddd`);
  write("EXP006-ffff", "date: 2026-11-19\ndecision: discard");
  write("EXP007-gggg", old);
  takeSnapshot(place.root, "EXP008-hhhh");
  const removed = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await place.json("gc", ...words)).data.removed.map(({ name }: { name: string }) => name);
  assert.deepEqual(await removed("--dry-run"), ["EXP003-cccc"]);
  assert.deepEqual(await removed("--dry-run", "--older", "0", "--undecided", "--orphans"), [
    "EXP002-bbbb",
    "EXP003-cccc",
    "EXP006-ffff",
    "EXP007-gggg",
    "EXP008-hhhh",
  ]);
  assert.deepEqual(await removed(), ["EXP003-cccc"]);
  assert.deepEqual(await removed(), []);
  assert.equal((await place.json("gc", "--older", "soon")).error.code, "cli/not-days");
  assert.match(place.git("for-each-ref", "refs/journal"), /EXP004-dddd/);
});

test("without git the commands say so", async () => {
  const place = makePlace({ "journal.yaml": "", "experiments/EXP001-aaaa.md": "---\nid: EXP001-aaaa\n---\n" }, false);
  for (const words of [["sync", "push"], ["bundle", "1"], ["restore", "1"], ["gc"]]) {
    assert.deepEqual((await place.json(...words)).error.code, "cli/no-repository", words.join(" "));
  }
  assert.equal((await place.json("verify", "1")).data.runs[0].reproducible, "no");
});
