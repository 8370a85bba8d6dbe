// A team: branches that each add to one journal come together by git alone.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeJournal, type Place } from "./world.ts";

const branches = ["ada", "bo", "cy"] as const;
const orders: readonly (readonly string[])[] = [
  ["ada", "bo", "cy"],
  ["ada", "cy", "bo"],
  ["bo", "ada", "cy"],
  ["bo", "cy", "ada"],
  ["cy", "ada", "bo"],
  ["cy", "bo", "ada"],
];

/** On its own branch each adds a run, seeds of a run there was, a decision, and refreshes the tables or not. */
async function work(place: Place, index: boolean): Promise<void> {
  const decide: Readonly<Record<(typeof branches)[number], readonly string[]>> = {
    ada: ["keep", "2", "-m", "better"],
    bo: ["discard", "1", "-m", "superseded"],
    cy: ["note", "3", "--worked", "planned well"],
  };
  for (const name of branches) {
    place.git("switch", "--quiet", "-c", name, "main");
    const { data } = await place.json("new", `Idea of ${name}`, "--base", "2", "--set", `batch_size=${100 + branches.indexOf(name)}`);
    await place.call("log", data.id, "val_accuracy=88%");
    const { data: seeds } = await place.json("new", `Seeds of ${name}`, "--base", "none");
    await place.call("set", seeds.id, "repeat_of=EXP002-bbbb");
    await place.call("log", seeds.id, "val_accuracy=87.1%,87.3%");
    assert.equal((await place.call(...decide[name])).exit, 0);
    if (index) await place.call("index");
    place.git("add", ".");
    place.git("commit", "--quiet", "-m", name);
  }
}

describe("branches that each add runs, seeds and decisions", () => {
  it("merge cleanly in every order, and nothing is lost", async () => {
    const place = makeJournal();
    place.git("add", ".");
    place.git("commit", "--quiet", "-m", "start");
    await work(place, false);
    for (const [at, order] of orders.entries()) {
      place.git("switch", "--quiet", "-c", `order-${at}`, "main");
      for (const name of order) place.git("merge", "--quiet", "--no-edit", name);
      const { data } = await place.json("list");
      assert.equal(new Set(data.map(({ id }: { id: string }) => id)).size, 9, order.join(" "));
      assert.deepEqual((await place.json("check")).data.counts.error, 0);
      assert.equal((await place.json("show", "2")).data.run.decision, "keep");
      assert.equal((await place.json("show", "1")).data.run.decision, "discard");
      assert.match((await place.call("show", "3")).out, /planned well/);
    }
  });

  it("need nothing but `journal index` where each refreshed the tables", async () => {
    const place = makeJournal();
    await place.call("index");
    place.git("add", ".");
    place.git("commit", "--quiet", "-m", "start");
    await work(place, true);
    place.git("switch", "--quiet", "main");
    for (const name of branches) {
      try {
        place.git("merge", "--quiet", "--no-edit", name);
      } catch {
        assert.deepEqual(place.git("diff", "--name-only", "--diff-filter=U").trim(), "experiments/README.md");
        const { exit, err } = await place.call("index");
        assert.equal(exit, 0, err);
        place.git("add", ".");
        place.git("commit", "--quiet", "--no-edit");
      }
    }
    await place.call("index");
    assert.doesNotMatch(place.read("experiments/README.md"), /^(?:<{7}|={7}|>{7})/m);
    for (const name of branches) assert.ok(place.read("experiments/README.md").includes(`Idea of ${name}`));
    assert.equal((await place.call("index", "--check")).exit, 0);
  });
});
