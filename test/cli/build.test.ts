import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makeJournal, makePlace } from "./world.ts";

/** What a terminal was told, bars included. */
const terminal = { errColumns: 80 };

/** A clock on which every look takes a while. */
function slowly(): { readonly now: () => Date } {
  let clock = Date.parse("2026-11-20T12:00:00Z");
  const now = (): Date => {
    clock += 200;
    return new Date(clock);
  };
  return { now };
}

describe("journal build", () => {
  test("says what it did, in words and as data", async () => {
    const place = makeJournal();
    const first = await place.json("build");
    assert.equal(first.ok, true);
    assert.ok(first.data.written > 0);
    assert.equal(first.data.folder, join(place.root, "_site"));
    assert.equal(typeof first.data.seconds, "number");
    const again = await place.call("build");
    assert.match(again.out, /_site: 0 written, \d+ unchanged, 0 removed in \d/);
    assert.equal(again.exit, 0);
  });

  test("problems of single files stop nothing, are counted, and end a strict build with 5", async () => {
    const place = makeJournal({ "experiments/EXP004-dddd-broken.md": "---\nid: EXP004-dddd\ntitle: [open\n---\n" });
    const usual = await place.call("build");
    assert.equal(usual.exit, 0);
    assert.match(usual.err, /\d errors? in the journal: see journal check/);
    assert.equal((await place.call("build", "--strict")).exit, 5);
    assert.ok(existsSync(join(place.root, "_site/runs/EXP004-dddd.html")));
    const { data } = await place.json("build");
    assert.ok(data.problems.errors > 0);
  });

  test("a zip stands beside the folder, or where it was asked for, and holds the list of pages", async () => {
    const place = makeJournal();
    const { data } = await place.json("build", "-o", "web", "--zip");
    assert.equal(data.zip.path, join(place.root, "web.zip"));
    const bytes = readFileSync(join(place.root, "web.zip"));
    assert.equal(bytes.length, data.zip.bytes);
    assert.ok(bytes.includes("cats-and-dogs/index.html") && !bytes.includes(".journal-site"));
    await place.call("build", "-o", "web", "--zip", "all.zip");
    assert.deepEqual(readFileSync(join(place.root, "all.zip")), bytes);
  });

  test("--clean makes everything anew, and finds the same bytes", async () => {
    const place = makeJournal();
    await place.call("build");
    assert.match((await place.call("build", "--clean")).out, /: 0 written/);
  });

  test("--no-lanes makes the same bytes", async () => {
    const place = makeJournal();
    await place.call("build");
    assert.match((await place.call("build", "--no-lanes")).out, /: 0 written/);
  });

  test("a bar is drawn on a terminal only, and wiped away", async () => {
    const place = makeJournal();
    const shown = await place.callIn({ ...terminal, ...slowly() }, "build", "--clean", "-o", "a");
    assert.match(shown.err, /\rwriting a \[#*\.+\] +\d+ of \d+/);
    assert.ok(shown.err.includes("\r\u001b[2K"));
    assert.doesNotMatch(shown.out, /\r/);
    assert.equal((await place.callIn(slowly(), "build", "--clean", "-o", "b")).err, "");
  });

  test("a narrow terminal gets numbers without a bar", async () => {
    const { err } = await makeJournal().callIn({ errColumns: 24, ...slowly() }, "build");
    for (const line of err.split("\r")) assert.ok(line.length < 24, JSON.stringify(line));
  });

  test("a folder with somebody's files is refused with 2", async () => {
    const place = makePlace({ "journal.yaml": "title: x\n", "web/mine.txt": "mine" });
    assert.equal((await place.call("build", "-o", "web")).exit, 2);
    assert.equal((await place.call("build", "-o", ".")).exit, 2);
  });
});
