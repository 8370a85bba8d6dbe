// Runs brought back: their code compared, verified, shared, bundled, restored and pruned.

import assert from "node:assert/strict";
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
