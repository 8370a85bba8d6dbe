import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeJournal, type Place } from "./world.ts";

const cosine = `---
id: EXP004-dddd
title: Cosine decay again
date: 2026-11-04
status: finished
base: EXP001-aaaa
config: { batch_size: 32, learning_rate: 3.0e-3, model: { name: resnet, depth: 18 } }
metrics: { val_accuracy: 84.0% }
decision: discard
reason: worse than the base
---
`;
const place = (): Place => makeJournal({ "experiments/EXP004-dddd-cosine.md": cosine });

describe("journal tried", () => {
  it("finds the nearest parameters, with outcome, reason and context", async () => {
    const { data } = await place().json("tried", "learning_rate=3e-3");
    const [first] = data.runs;
    assert.deepEqual(
      [first.id, first.likeness, first.moved, first.decision, first.reason, first.had.learning_rate],
      ["EXP004-dddd", 1, ["learning_rate"], "discard", "worse than the base", 3e-3],
    );
    assert.ok(first.change < 0 && first.n === 1 && first.evidence.word === "unjudged");
    assert.deepEqual(first.context.slice(0, 1), ["on EXP001-aaaa"]);
  });
  it("says of a finished run that nobody decided, and of one that measured nothing, what they are", async () => {
    const silent = "---\nid: EXP005-eeee\ntitle: t\nstatus: finished\nconfig: { learning_rate: 7.0e-3 }\n---\n";
    const { out } = await makeJournal({ "experiments/EXP005-eeee.md": silent }).call("tried", "learning_rate=7e-3");
    assert.match(out, /EXP005-eeee .* no value +undecided/);
  });
  it("gives a value of the group to none of it that measured nothing itself", async () => {
    const twin = cosine
      .replace("EXP004-dddd", "EXP005-eeee")
      .replace(/^metrics:.*$/m, "repeat_of: EXP004-dddd")
      .replace(/^decision:.*\nreason:.*$/m, "decision:");
    const journal = makeJournal({ "experiments/EXP004-dddd-cosine.md": cosine, "experiments/EXP005-eeee-twin.md": twin });
    const { data } = await journal.json("tried", "learning_rate=3e-3", "--limit", "2");
    const told = data.runs.map(({ id, n, change }: { id: string; n?: number; change?: number }) => [id, n, change === undefined]);
    assert.deepEqual(Object.fromEntries(told.map(([id, ...rest]: unknown[]) => [id, rest])), {
      "EXP004-dddd": [1, false],
      "EXP005-eeee": [undefined, true],
    });
    const { out } = await journal.call("tried", "learning_rate=3e-3");
    assert.match(out, /EXP005-eeee .*see EXP004-dddd/);
  });
  it("finds words, runs like another one, and keeps to a distance", async () => {
    const journal = place();
    const ids = async (...words: string[]): Promise<readonly string[]> =>
      (await journal.json("tried", ...words)).data.runs.map(({ id }: { id: string }) => id);
    assert.deepEqual((await ids("cosine")).slice().sort(), ["EXP003-cccc", "EXP004-dddd"]);
    assert.ok(!(await ids("--like", "1")).includes("EXP001-aaaa"));
    assert.deepEqual(await ids("batch_size=64", "--near", "0"), ["EXP002-bbbb", "EXP003-cccc"]);
    assert.deepEqual(await ids("batch_size=64", "--limit", "1"), ["EXP002-bbbb"]);
    assert.deepEqual(await ids("--text", "zebra"), []);
  });
  it("finds who changed the same files", async () => {
    const journal = place();
    const commit = (text: string): string => {
      writeFileSync(join(journal.root, "train.py"), text);
      journal.git("add", "train.py", ".gitignore");
      journal.git("commit", "-qm", text.trim());
      return journal.git("rev-parse", "HEAD").trim();
    };
    const [first, second] = [commit("lr = 1\n"), commit("lr = 2\n")];
    await journal.call("set", "1", `run.commit=${first}`);
    await journal.call("set", "4", `run.commit=${second}`);
    writeFileSync(join(journal.root, "train.py"), "lr = 3\n");
    const { data } = await journal.json("tried", "--diff-from", "HEAD");
    assert.deepEqual(
      data.runs.map(({ id, paths }: { id: string; paths: number }) => [id, paths]),
      [["EXP004-dddd", 1]],
    );
    assert.equal((await journal.json("tried", "--diff-from", "nowhere")).error.exit, 3);
  });
  it("prints a table, markdown, or that nobody tried it", async () => {
    assert.match((await place().call("tried", "learning_rate=3e-3")).out, /100% +EXP004-dddd .* worse than the base/);
    assert.match((await place().call("tried", "cosine", "--format", "markdown")).out, /^\| like \| id \|/);
    const { exit, out, err } = await place().call("tried", "zebra");
    assert.deepEqual([exit, out], [0, ""]);
    assert.match(err, /nobody tried anything like it among 4 runs/);
  });
  it("wants something to look for, and a distance between 0 and 1", async () => {
    assert.deepEqual([(await place().json("tried")).error.code, (await place().json("tried")).error.exit], ["cli/nothing-asked", 2]);
    assert.equal((await place().json("tried", "a=1", "--near", "2")).error.code, "cli/not-a-nearness");
    assert.equal((await place().json("tried", "--param", "a")).error.code, "cli/not-an-assignment");
  });
});

describe("journal new", () => {
  it("warns of an exact repeat, and refuses it with 9 when asked to", async () => {
    const journal = place();
    const { warnings, ok } = await journal.json("new", "Again", "--base", "1", "--set", "learning_rate=0.003");
    assert.deepEqual([ok, warnings.map(({ code }: { code: string }) => code)], [true, ["cli/tried-before"]]);
    const refused = await journal.json("new", "Again", "--base", "1", "--set", "learning_rate=0.003", "--strict-novelty");
    assert.deepEqual([refused.error.code, refused.error.exit], ["cli/tried-before", 9]);
  });
  it("takes another seed for a repetition, and a run without a named change for something new", async () => {
    const journal = place();
    journal.write("journal.yaml", `${journal.read("journal.yaml")}ignore: [seed]\n`);
    for (const words of [
      ["--set", "learning_rate=0.003", "--set", "seed=2"],
      ["--set", "learning_rate=0.005"],
    ])
      assert.deepEqual(
        (await journal.json("new", "Again", "--base", "1", ...words, "--strict-novelty")).warnings.filter(
          ({ code }: { code: string }) => code === "cli/tried-before",
        ),
        [],
      );
    assert.equal((await journal.json("new", "A better loader", "--base", "1", "--strict-novelty")).ok, true);
  });
});

describe("journal list", () => {
  it("says on stderr that the newest runs lead nowhere, to whoever looks at all of them", async () => {
    const discarded = Object.fromEntries(
      [5, 6, 7, 8, 9].map((number) => [
        `experiments/EXP00${number}-dddd-try.md`,
        `---\nid: EXP00${number}-dddd\ndate: 2026-11-05\nstatus: finished\nbase: EXP001\nconfig: { batch_size: ${number} }\nmetrics: { val_accuracy: 80% }\ndecision: discard\nreason: no\n---\n`,
      ]),
    );
    const journal = makeJournal(discarded);
    const { err } = await journal.call("list");
    assert.match(err, /5 discards in a row/);
    for (const words of [
      ["list", "status:finished"],
      ["list", "--format", "csv"],
    ])
      assert.doesNotMatch((await journal.call(...words)).err, /in a row/);
  });
});
