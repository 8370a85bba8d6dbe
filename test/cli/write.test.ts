import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answering, baseline, doubled, makeJournal } from "./world.ts";

const first = "experiments/EXP001-aaaa-baseline.md";
const second = "experiments/EXP002-bbbb-double-the-batch.md";

describe("journal keep and discard", () => {
  it("writes the decision and its reason", async () => {
    const place = makeJournal();
    const { exit, out, err } = await place.call("keep", "2", "-m", "+1.7 points for no extra cost.");
    assert.equal(exit, 0);
    assert.equal(err, "");
    assert.match(out, /decision: keep/);
    const { data } = await place.json("show", "2");
    assert.equal(data.run.decision, "keep");
    assert.equal(data.run.reason, "+1.7 points for no extra cost.");
  });

  it("moves a replaced decision with its reason to earlier", async () => {
    const place = makeJournal();
    await place.call("discard", "1", "-m", "leaked pages");
    const { data } = await place.json("show", "1");
    assert.equal(data.run.decision, "discard");
    assert.equal(data.run.reason, "leaked pages");
    assert.deepEqual(data.run.earlier, [{ decision: "keep", reason: "It is where we start.", date: "2026-11-20" }]);
  });

  it("prints the decision that moved in words", async () => {
    const place = makeJournal();
    assert.match((await place.call("discard", "1", "-m", "leaked pages")).out, /^ {2}earlier: keep, It is where we start\.$/m);
    assert.match((await place.call("keep", "1", "-m", "they did not")).out, /^ {2}earlier: discard, leaked pages$/m);
  });

  it("does not let an old reason speak for a new decision", async () => {
    const place = makeJournal();
    const { err } = await place.call("discard", "1");
    assert.match(err, /cli\/no-reason/);
    const { data } = await place.json("show", "1");
    assert.equal(data.run.reason, undefined);
    assert.equal(data.run.earlier[0].reason, "It is where we start.");
  });

  it("changes nothing when it says what the file says", async () => {
    const place = makeJournal();
    assert.match((await place.call("keep", "1", "-m", "It is where we start.")).out, /\(unchanged\)/);
    assert.match((await place.call("keep", "1")).out, /\(unchanged\)/);
    assert.match((await place.call("keep", "1", "-m", " ")).out, /\(unchanged\)/);
    assert.equal(place.read(first), baseline);
  });
});

describe("journal invalidate", () => {
  it("marks one metric or the whole run, never without a reason", async () => {
    const place = makeJournal();
    await place.call("invalidate", "1", "val_accuracy", "-m", "leaked pages");
    await place.call("invalidate", "2", "-m", "wrong checkpoint");
    assert.deepEqual((await place.json("show", "1")).data.run.invalid, { val_accuracy: "leaked pages" });
    assert.deepEqual((await place.json("show", "2")).data.run.invalid, { "*": "wrong checkpoint" });
    await place.call("invalidate", "2", "val_accuracy", "-m", "too");
    assert.deepEqual((await place.json("show", "2")).data.run.invalid, { "*": "wrong checkpoint", val_accuracy: "too" });
    assert.equal((await place.json("invalidate", "1")).error.code, "cli/needs-reason");
    assert.equal((await place.json("invalidate", "1", "val_acc", "-m", "x")).error.code, "cli/unknown-metric");
  });
});

describe("journal note", () => {
  it("puts each text into its section", async () => {
    const place = makeJournal();
    const { exit } = await place.call(
      "note",
      "2",
      "--worked",
      "Half the time",
      "--failed",
      "No gain above 128",
      "--next",
      "Try 256",
      "--question",
      "Is it noise?",
      "--issue",
      "Out of memory",
      "--resolved",
      "smaller images",
    );
    assert.equal(exit, 0);
    const text = place.read(second);
    assert.match(text, /### What worked\n- Faster\n- Half the time\n/);
    assert.match(text, /### What didn't work\n+- No gain above 128/);
    assert.match(text, /- \[ \] Try 128\n- \[ \] Try 256\n/);
    assert.match(text, /### Follow-up questions\n+- Is it noise\?/);
    assert.match(text, /- Out of memory: smaller images/);
    assert.ok(text.startsWith(doubled.slice(0, doubled.indexOf("## Observations"))));
  });

  it("dates a plain text in the run notes, once per day", async () => {
    const place = makeJournal();
    await place.call("note", "1", "2", "Loss flat until step 300");
    await place.call("note", "2", "Then it fell");
    const text = place.read(second);
    assert.match(text, /## Run notes\n+### 2026-11-20\n+Loss flat until step 300\n+Then it fell\n/);
    assert.equal(text.split("### 2026-11-20").length, 2);
    assert.match(place.read(first), /Loss flat until step 300/);
  });

  it("takes a text beside options too", async () => {
    const place = makeJournal();
    assert.equal((await place.call("note", "2", "--worked", "Half the time", "Measured on an idle machine")).exit, 0);
    assert.match(place.read(second), /- Half the time\n/);
    assert.match(place.read(second), /### 2026-11-20\n+Measured on an idle machine\n/);
  });

  it("asks for quotes when the words of a note were taken for runs", async () => {
    const place = makeJournal();
    const { error } = await place.json("note", "2", "loss", "was", "flat");
    assert.equal(error.code, "cli/unquoted-text");
    assert.equal((await place.json("note", "2")).error.code, "cli/nothing-to-do");
    assert.equal((await place.json("note", "2", "--resolved", "x")).error.code, "cli/unpaired-resolved");
    assert.equal(place.read(second), doubled);
  });
});

describe("a blank filter", () => {
  it("names no run, so nothing is written", async () => {
    const place = makeJournal();
    for (const call of [
      ["drop", "--yes"],
      ["set", "x=1"],
      ["keep", "-m", "x"],
    ]) {
      assert.equal((await place.json(...call, "--where", " ")).error.code, "cli/blank-filter", call[0]);
    }
    assert.equal(place.read(second), doubled);
  });
});

describe("journal attach", () => {
  it("copies files beside the run and shows the link to paste", async () => {
    const place = makeJournal({ "out/loss curve.png": "png", "out/train.log": "log" });
    const { exit, out, err } = await place.call("attach", "2", "out/loss curve.png", "out/train.log");
    assert.equal(exit, 0);
    assert.equal(out, "experiments/EXP002-bbbb.files/loss curve.png\nexperiments/EXP002-bbbb.files/train.log\n");
    assert.match(err, /!\[loss curve\.png\]\(EXP002-bbbb\.files\/loss%20curve\.png\)/);
    assert.equal(place.read("experiments/EXP002-bbbb.files/train.log"), "log");
  });

  it("attaches the others when one file is missing", async () => {
    const place = makeJournal({ "a.png": "a" });
    const { ok, data, errors } = await place.json("attach", "2", "none.png", "a.png");
    assert.equal(ok, false);
    assert.equal(errors.length, 1);
    assert.equal(data.attached.length, 1);
    assert.equal((await place.json("attach", "2", "a.png", "b.png", "--name", "c.png")).error.code, "cli/one-name");
  });
});

describe("journal drop", () => {
  it("asks on a terminal, and only a yes removes anything", async () => {
    const place = makeJournal();
    const no = answering([false]);
    assert.equal((await place.callIn({ interactive: true, ask: async () => no }, "drop", "3")).exit, 2);
    assert.equal(no.asked.length, 1);
    assert.ok(existsSync(join(place.root, "experiments/EXP003-cccc-cosine-decay.md")));
    const yes = answering([true]);
    assert.equal((await place.callIn({ interactive: true, ask: async () => yes }, "drop", "3")).exit, 0);
    assert.ok(!existsSync(join(place.root, "experiments/EXP003-cccc-cosine-decay.md")));
  });

  it("wants --yes where nobody can be asked", async () => {
    const place = makeJournal();
    assert.equal((await place.json("drop", "3")).error.code, "cli/needs-confirmation");
    assert.equal((await place.call("drop", "3", "--yes")).exit, 0);
  });

  it("says that git still has it only where git has it", async () => {
    const place = makeJournal();
    assert.equal((await place.call("drop", "3", "--yes")).err, "");
    place.git("add", ".");
    place.git("-c", "user.name=Ada", "-c", "user.email=a@b.c", "commit", "-qm", "runs");
    assert.match((await place.call("drop", "2", "--yes")).err, /still in git/);
  });

  it("refuses a run that others refer to, unless forced or dropped together with them", async () => {
    const place = makeJournal();
    const { error } = await place.json("drop", "2", "--yes");
    assert.deepEqual([error.code, error.exit, error.retryable], ["cli/used-as-base", 2, false]);
    assert.match(error.message, /EXP003-cccc/);
    assert.ok(existsSync(join(place.root, second)));
    assert.equal((await place.call("drop", "2", "3", "--yes")).exit, 0);
    assert.equal((await makeJournal().call("drop", "2", "--yes", "--force")).exit, 0);
  });
});
