import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "node:test";
import { driverFor } from "../../src/cli/merge-setup.ts";
import { makePlace } from "./world.ts";

describe("the command git is given", () => {
  const place = makePlace(
    { "it's 100%/main.js": "console.log(process.argv.slice(2).join(' '));", "bin/other/journal": "#!/bin/sh\n" },
    false,
  );
  const script = join(place.root, "it's 100%/main.js");
  for (const folder of ["bin/same", "project/node_modules/.bin"]) {
    mkdirSync(join(place.root, folder), { recursive: true });
    symlinkSync(script, join(place.root, folder, "journal"));
  }
  chmodSync(script, 0o755);
  chmodSync(join(place.root, "bin/other/journal"), 0o755);
  const plain = /^if command -v journal [^;]*; then journal merge-driver %O/;
  const path = (...folders: readonly string[]): string =>
    [...folders.map((folder) => join(place.root, folder)), "/nowhere"].join(delimiter);

  it("is the one of the PATH when that is this very program, or nothing is built", () => {
    assert.match(driverFor(process.execPath, script, path("bin/same", "bin/other")).command, plain);
    assert.match(driverFor(process.execPath, undefined, path()).command, plain);
  });

  it("is this program by its place when the PATH has none, another, or that of npx", () => {
    for (const folders of [[], ["bin/other", "bin/same"], ["project/node_modules/.bin"]]) {
      const { command, runs } = driverFor(process.execPath, script, path(...folders));
      assert.doesNotMatch(command, plain);
      assert.ok(runs.includes(script));
      assert.ok(command.includes("-L ours -L base -L theirs"), "labels people can read, even without the program");
      // As git does: its own words first, then a shell.
      const line = command
        .replaceAll("%%", "\0")
        .replaceAll(/%[OABP]/g, "x")
        .replaceAll("\0", "%");
      assert.equal(execFileSync("sh", ["-c", line], { encoding: "utf8" }), "merge-driver x x x --path x\n");
    }
  });
});

describe("a conflict the driver leaves", () => {
  const base = "---\nid: EXP001-aaaa\ntitle: One\nmetrics:\n  loss: 1\n---\n## Run notes\n### 2026-11-20\n\nText.\n";
  const change = (side: string): string =>
    base.replace("One", side).replace("loss: 1", `loss: ${side.length}`).replace("Text.", `Text of ${side}.`);

  it("is named by key or section, with the branches where git tells them", async () => {
    const place = makePlace({ base, ours: change("mine"), theirs: change("other") });
    const { exit, err } = await place.callIn(
      { environment: { [`GITHEAD_${"a".repeat(40)}`]: "topic" } },
      ..."merge-driver base ours theirs --path r.md".split(" "),
    );
    assert.equal(exit, 1);
    assert.equal(err, 'conflict in r.md\n  line 3: title\n  line 9: metrics.loss\n  line 18: section "Run notes › 2026-11-20"\n');
    assert.deepEqual(
      place
        .read("ours")
        .match(/^[<>]{7}.*$/gm)
        ?.slice(0, 2),
      ["<<<<<<< ours (main)", ">>>>>>> theirs (topic)"],
    );
  });

  it("has plain labels where nobody knows the branches, and where lines were merged", async () => {
    const place = makePlace({ base: `: ${base}`, ours: `: ${change("mine")}`, theirs: `: ${change("other")}` });
    const { exit, err } = await place.call("merge-driver", "base", "ours", "theirs");
    assert.equal(exit, 1);
    assert.match(err, /line \d+: /);
    assert.match(place.read("ours"), /^<{7} ours\n[\s\S]*^>{7} theirs$/m);
  });
});
