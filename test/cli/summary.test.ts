import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { baseline, doubled, makeJournal, type Place, planned } from "./world.ts";

/** On a branch of a journal whose main holds three runs. */
function makeBranch(more: Readonly<Record<string, string>> = {}): Place {
  const place = makeJournal(more);
  const config = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
  place.git("add", ".");
  place.git(...config, "commit", "-qm", "start");
  place.git("checkout", "-qb", "work");
  return place;
}

const third = doubled
  .replace("EXP002-bbbb", "EXP004-dddd")
  .replace("Double the batch", "Double | it *again* <b>")
  .replace("base: EXP001-aaaa", "base: EXP002-bbbb")
  .replace("  batch_size: 64", "  batch_size: 128")
  .replace("after: 87.2%", "after: 88.0%");

describe("journal check --summary", () => {
  it("tells what a branch adds: runs with their change against the base, decisions, what is gone", async () => {
    const place = makeBranch();
    place.write("experiments/EXP004-dddd-again.md", third);
    place.write("experiments/EXP002-bbbb-double-the-batch.md", doubled.replace("tags:", "decision: keep\nreason: It holds.\ntags:"));
    place.git("rm", "-q", "experiments/EXP003-cccc-cosine-decay.md");
    const { exit } = await place.call("check", "--summary", "pr.md", "--since", "main");
    assert.equal(exit, 0);
    const text = place.read("pr.md");
    assert.match(text, /^## Journal: 1 new run, 1 changed, 1 removed, 1 decision/);
    const row = text.split("\n").find((line) => line.includes("EXP004-dddd"));
    assert.match(row ?? "", /batch\\?_size 64 → 128/);
    assert.match(row ?? "", /88\.0?%.*\+0\.8 pp/);
    assert.match(text, /EXP002-bbbb.*◇ undecided → ● kept.*It holds\./);
    assert.match(text, /### Removed runs[\s\S]*EXP003-cccc/);
  });

  it("keeps text of files text, and a run that was only renamed no new run", async () => {
    const place = makeBranch();
    place.write("experiments/EXP004-dddd-again.md", third);
    place.git("mv", "experiments/EXP001-aaaa-baseline.md", "experiments/EXP001-aaaa-start.md");
    await place.call("check", "--summary", "pr.md", "--since", "main");
    const text = place.read("pr.md");
    assert.match(text, /^## Journal: 1 new run, 1 changed/);
    assert.doesNotMatch(text, /[^\\]<b>|Double \| it/);
  });

  it("adds to the file, and without a revision tells the problems alone", async () => {
    const place = makeBranch();
    place.write("pr.md", "before\n");
    place.write("experiments/EXP003-cccc-cosine-decay.md", planned.replace("status: planned", "status: plannd"));
    await place.call("check", "--summary", "pr.md");
    const text = place.read("pr.md");
    assert.match(text, /^before\n## Journal: 3 runs, /);
    assert.match(text, /### Problems[\s\S]*EXP003-cccc-cosine-decay\.md:\d+/);
    assert.doesNotMatch(text, /### (?:New|Changed)/);
  });

  it("says so when a branch touches no run", async () => {
    const place = makeBranch();
    await place.call("check", "--summary", "pr.md", "--since", "main");
    assert.match(place.read("pr.md"), /^## Journal: no run touched, no problem\n/);
  });

  it("fails like check when something is wrong, with the summary written", async () => {
    const place = makeBranch({ "experiments/EXP009-eeee-x.md": "---\ntitle: [x\n---\n" });
    const { exit } = await place.call("check", "--summary", "pr.md", "--since", "main", "--format", "github");
    assert.equal(exit, 5);
    assert.match(place.read("pr.md"), /^## Journal: no run touched, \d errors?\n/);
  });

  it("works in a subfolder of a repository", async () => {
    const place = makeBranch({ "sub/journal.yaml": "title: Sub\n", "sub/experiments/EXP001-aaaa-baseline.md": baseline });
    place.write("sub/experiments/EXP002-bbbb-x.md", doubled);
    await place.call("-C", "sub", "check", "--summary", "pr.md", "--since", "main");
    assert.match(place.read("sub/pr.md"), /^## Journal: 1 new run, no problem/);
  });

  it("refuses --since without a file, and a revision that is not there", async () => {
    const place = makeBranch();
    const alone = await place.call("check", "--since", "main");
    assert.equal(alone.exit, 2);
    assert.match(alone.err, /cli\/since-alone/);
    assert.equal((await place.call("check", "--summary", "pr.md", "--since", "nowhere")).exit, 3);
  });
});
