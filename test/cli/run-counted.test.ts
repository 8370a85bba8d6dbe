// A repository of several projects: what changes elsewhere is no change of a study's code.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRun } from "../../src/markdown/parse.ts";
import { journal, newest } from "./run-process.ts";
import { makePlace, type Place } from "./world.ts";

const files = {
  "journal.yaml": "title: t\ncode: [vision]\n",
  ".gitignore": ".journal/\n",
  "vision/train.sh": "echo METRIC acc=0.5\n",
  "nlp/train.sh": "echo METRIC acc=0.4\n",
};

function start(more: Readonly<Record<string, string>> = {}): Place {
  const place = makePlace({ ...files, ...more });
  save(place);
  return place;
}

function save(place: Place): void {
  place.git("add", "-A");
  place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
}

const run = (place: Place, ...words: readonly string[]): ReturnType<typeof journal> => {
  const done = journal(place, ["run", ...words, "--", "sh", "vision/train.sh"]);
  assert.equal(done.status, 0, done.err);
  return done;
};

describe("code that counts", () => {
  it("stays the same when something else changes, and is another one when it does", async () => {
    const place = start();
    run(place);
    const first = newest(place).run;
    place.write("nlp/train.sh", "echo METRIC acc=0.6\n");
    save(place);
    const again = run(place);
    const second = newest(place).run;
    assert.notEqual(second.run?.snapshot, first.run?.snapshot);
    assert.equal(second.run?.code, first.run?.code);
    assert.equal(second.code, undefined);
    assert.match(again.err, /cli\/tried-before|EXP001/);
    place.write("vision/train.sh", "echo METRIC acc=0.7\n");
    run(place);
    const third = newest(place).run;
    assert.notEqual(third.run?.code, first.run?.code);
    assert.deepEqual([third.code?.files, third.code?.added], [1, 1]);
    const compared = await place.json("compare", "2", "3", "--code");
    assert.deepEqual(
      compared.data.files.map(({ path }: { path: string }) => path),
      ["vision/train.sh"],
    );
    assert.deepEqual((await place.json("compare", "1", "2", "--code")).data.files, []);
  });

  it("makes repeats of one configuration of runs between which only other projects changed", () => {
    const place = start();
    run(place, "--set", "lr=1");
    place.write("nlp/train.sh", "echo METRIC acc=0.6\n");
    run(place, "--set", "lr=1");
    place.write("vision/train.sh", "echo METRIC acc=0.7\n");
    run(place, "--set", "lr=1");
    assert.match(journal(place, ["verdict", "3"]).out, /0\.5 ± 0\.0, n = 2 → 0\.7/);
  });

  it("is said by a study for itself", () => {
    const place = start({ "experiments/nlp/study.yaml": "code: [nlp]\n" });
    run(place, "--study", "nlp");
    const path = /experiments\/nlp\/EXP\S+\.md/.exec(journal(place, ["list", "--json"]).out)?.[0] ?? "";
    const before = parseRun(place.read(path), path).run.run?.code;
    run(place);
    assert.notEqual(newest(place).run.run?.code, before);
  });

  it("is said to lack a file that the command names, and a pattern that means none", () => {
    const place = start({ "journal.yaml": "title: t\ncode: [nlp, visoin, '!*.md']\n" });
    const { err } = run(place);
    assert.match(err, /cli\/named-not-code[^\n]*`vision\/train\.sh`/);
    assert.match(err, /cli\/no-code-counts[^\n]*`visoin`, `!\*\.md`/);
    assert.match(newest(place).run.run?.code ?? "", /^[0-9a-f]{40}$/);
    place.write("journal.yaml", "title: t\ncode: [nlp, vision]\n");
    assert.doesNotMatch(run(place).err, /cli\/(?:named-not-code|no-code-counts)/);
  });

  it("is every file, and said, where the patterns mean none", () => {
    const place = start({ "journal.yaml": "title: t\ncode: [visoin]\n" });
    assert.match(run(place).err, /cli\/no-code-counts/);
    const { run: recorded, text } = newest(place);
    assert.equal(recorded.run?.code, undefined);
    assert.match(text, /no file counts as code/);
  });
});
