import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseDocument } from "yaml";
import { makeJournal, makePlace } from "./world.ts";

const made = (id: string, more: string): string =>
  `---\nid: ${id}\ntitle: Try ${id}\ndate: 2026-11-${id.slice(4, 6)}\nstatus: finished\n${more}---\n`;

const journal = `metrics:
  acc: { goal: max, unit: "%" }
  peak_memory: { goal: min, guard: +10% }
study:
  primary: acc
  goals: { accuracy: max acc, memory: min peak_memory }
  target: { acc: ">= 86% at p < 0.05" }
`;

const place = () =>
  makePlace({
    "journal.yaml": journal,
    "experiments/EXP001-aaaa.md": made(
      "EXP001-aaaa",
      "config: { lr: 1e-3, model: { depth: 18 } }\nmetrics: { acc: 85%, peak_memory: 10 GB }\ndecision: keep\n",
    ),
    "experiments/EXP002-bbbb.md": made(
      "EXP002-bbbb",
      "base: EXP001-aaaa\nconfig: { lr: 3e-4, model: { depth: 18 } }\nmetrics: { acc: 87%, peak_memory: 10.5 GB }\ndecision: keep\n",
    ),
    "experiments/EXP003-cccc.md": made(
      "EXP003-cccc",
      "repeat_of: EXP002-bbbb\nconfig: { lr: 3e-4, model: { depth: 18 } }\nmetrics: { acc: [86.9%, 87.1%], peak_memory: 10.5 GB }\n",
    ),
    "experiments/EXP004-dddd.md": made(
      "EXP004-dddd",
      "base: EXP002-bbbb\nconfig: { lr: 1e-4, model: { depth: 18 } }\nmetrics: { acc: 88%, peak_memory: 12 GB }\ndecision: discard\n",
    ),
    "experiments/EXP005-eeee.md": made(
      "EXP005-eeee",
      "base: EXP002-bbbb\nconfig: { lr: 2e-4, model: { depth: 18 } }\nmetrics: { acc: 86.5%, peak_memory: 10 GB }\n",
    ),
    "experiments/EXP006-ffff.md": made("EXP006-ffff", "base: EXP005-eeee\nchanges: { dropout: { from: 0.1, to: 0.2 } }\n").replace(
      "finished",
      "failed",
    ),
  });

describe("journal best", () => {
  it("tells each goal's best, how far to believe it, and how much was tried since that was made sure", async () => {
    const { exit, out } = await place().call("best");
    assert.equal(exit, 0);
    assert.match(out, /^accuracy: highest acc$/m);
    assert.match(out, /^run +EXP002-bbbb/m);
    assert.match(out, /^belief +confirmed by fresh repeats/m);
    assert.match(out, /^tried +2 tries since a best was last measured again \(EXP003-cccc\)/m);
    assert.match(out, /^target +>= 86% at p < 0\.05: reached, one-sample t, p = /m);
    assert.match(out, /^guard peak_memory +holds/m);
    const { data } = await place().json("best", "--goal", "accuracy");
    assert.equal(data.goals.length, 1);
    const [goal] = data.goals;
    assert.deepEqual([goal.run, goal.decision, goal.value.n, goal.tries], ["EXP002-bbbb", "keep", 3, 4]);
    assert.deepEqual([goal.confidence.word, goal.sinceConfirmation.tries], ["confirmed", 2]);
    assert.deepEqual(goal.config, { lr: 3e-4, model: { depth: 18 } });
    assert.equal(goal.guards[0].holds, true);
  });
  it("prints the configuration alone, in the language that was asked for", async () => {
    const text = async (format: string): Promise<string> => (await place().call("best", "--goal", "acc", "--format", format)).out;
    assert.deepEqual(JSON.parse(await text("json")).data.goals[0].config, { lr: 3e-4, model: { depth: 18 } });
    assert.deepEqual(parseDocument(await text("yaml")).toJS(), { lr: 3e-4, model: { depth: 18 } });
    assert.match(await text("flags"), /^--lr=3e-4 \\\n--model\.depth=18\n$/);
    assert.match(await text("python"), /^\{\n {4}"lr": 3e-4,/);
  });
  it("keeps to kept runs when told, and says what no goal or no run means", async () => {
    const { data } = await place().json("best", "--kept", "--goal", "memory");
    assert.equal(data.goals[0].run, "EXP001-aaaa");
    assert.equal((await place().json("best", "--goal", "speed")).error.code, "cli/no-such-goal");
    const empty = makePlace({ "journal.yaml": "title: Empty\n" });
    const { exit, err } = await empty.call("best", "--format", "yaml");
    assert.deepEqual([exit, /cli\/no-best/.test(err)], [3, true]);
    assert.deepEqual((await empty.json("best")).data.goals, []);
  });
  it("guesses goals where none are set, and shows what is worth its cost", async () => {
    const { out } = await makeJournal().call("best");
    assert.match(out, /val_accuracy: highest val_accuracy/);
    assert.match(out, /worth its cost|training_time: lowest training_time/);
  });
});

describe("journal lineage", () => {
  it("goes from the first ancestor to a run, with what each step changed and the configuration that resulted", async () => {
    const { out } = await place().call("lineage", "6");
    const ids = out.match(/^EXP00\d-\w{4}/gm) ?? [];
    assert.deepEqual(ids.slice(0, 4), ["EXP001-aaaa", "EXP002-bbbb", "EXP005-eeee", "EXP006-ffff"]);
    const { data } = await place().json("lineage", "6");
    assert.deepEqual(
      data.config.map(({ name, value, from }: Record<string, string>) => [name, value, from]),
      [
        ["dropout", "0.2", "EXP006-ffff"],
        ["lr", "2e-4", "EXP005-eeee"],
        ["model.depth", "18", "EXP005-eeee"],
      ],
    );
  });
  it("names the best of each time, what was tried on it, and what measured it again", async () => {
    const { data } = await place().json("lineage");
    assert.deepEqual(
      data[0].incumbents.map(({ run, tries, confirmations }: { run: string; tries: number; confirmations: string[] }) => [
        run,
        tries,
        confirmations,
      ]),
      [
        ["EXP001-aaaa", 1, []],
        ["EXP002-bbbb", 2, ["EXP003-cccc"]],
      ],
    );
    assert.match((await place().call("lineage")).out, /EXP002-bbbb/);
  });
  it("compares nothing across protocols, and says so", async () => {
    const two = makePlace({
      "journal.yaml": "metrics: { acc: { goal: max } }\nstudy: { primary: acc, protocols: { v1: {}, v2: { what: split by document } } }\n",
      "experiments/EXP001-aaaa.md": made("EXP001-aaaa", "metrics: { acc: 0.8 }\nprotocol: v1\n"),
      "experiments/EXP002-bbbb.md": made("EXP002-bbbb", "base: EXP001-aaaa\nmetrics: { acc: 0.7 }\nprotocol: v2\n"),
    });
    const { data } = await two.json("lineage", "2");
    assert.equal(data.way[1].notCompared, "protocol");
    const all = (await two.json("lineage")).data[0];
    assert.deepEqual(
      all.incumbents.map(({ protocol }: { protocol: string }) => protocol),
      ["v1", "v2"],
    );
  });
});
