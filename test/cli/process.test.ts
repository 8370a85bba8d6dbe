// The program as a process: exit codes, pipes that close, no terminal, git calling it.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { doubled, makeJournal, makePlace, type Place } from "./world.ts";

const loader = pathToFileURL(resolve("node_modules/tsx/dist/esm/index.mjs")).href;
const program = ["--import", loader, resolve("src/cli/main.ts")];

/** Of util-linux: its `-e` hands on the exit code. */
const hasScript = spawnSync("script", ["-qec", "exit 3", "/dev/null"], { stdio: "ignore" }).status === 3;

function start(
  place: Place,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...argv], {
    cwd: place.root,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    input: "",
  });
  return { status, out: stdout, err: stderr };
}

/** A `journal` that git and a shell can call. */
function install(place: Place): NodeJS.ProcessEnv {
  const folder = join(place.root, ".git", "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "journal"),
    `#!/bin/sh\nexec "${process.execPath}" --import "${loader}" "${resolve("src/cli/main.ts")}" "$@"\n`,
  );
  chmodSync(join(folder, "journal"), 0o755);
  return { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
}

describe("the process", () => {
  it("ends with the exit codes of the contract", () => {
    const place = makeJournal({ "experiments/EXP004-dddd.md": "---\nid: EXP004-dddd\ndecision: kep\n---\n" });
    assert.equal(start(place, ["list"]).status, 0);
    assert.equal(start(place, ["lst"]).status, 2);
    assert.equal(start(place, ["show", "99"]).status, 3);
    assert.equal(start(place, ["check"]).status, 5);
  });

  it("asks nothing and colours nothing without a terminal", () => {
    const place = makeJournal();
    const { status, err } = start(place, ["new"]);
    assert.equal(status, 2);
    assert.match(err, /cli\/no-title/);
    assert.equal(start(place, ["drop", "3"]).status, 2);
    assert.doesNotMatch(start(place, ["list"], { NO_COLOR: "" }).out, /\x1b/);
    assert.match(start(place, ["list"], { FORCE_COLOR: "1", NO_COLOR: "" }).out, /\x1b\[1m/);
  });

  it("ends quietly when the reader closes the pipe", async () => {
    const rows = Array.from({ length: 300 }, (_, index) => [
      `experiments/EXP${100 + index}-eeee.md`,
      `---\nid: EXP${100 + index}-eeee\ntitle: ${"long ".repeat(60)}\n---\n`,
    ]);
    const place = makeJournal(Object.fromEntries(rows));
    const child = spawn(process.execPath, [...program, "list"], { cwd: place.root, stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.stdout.destroy();
    const [code, signal] = await new Promise<[number | null, string | null]>((ended) => child.on("close", (...how) => ended(how)));
    assert.deepEqual([code, signal, err], [0, null, ""]);
  });

  it("opens the editor that is set, with its options and a path that has blanks", () => {
    const place = makePlace({ "a b/journal.yaml": "" });
    const { status, out } = start(place, ["-C", "a b", "new", "Edited", "--edit"], { VISUAL: "", EDITOR: "sed -i s/planned/finished/" });
    assert.equal(status, 0);
    assert.match(place.read(`a b/${out.trim()}`), /status: finished/);
  });

  for (const [key, typed] of [
    ["Ctrl+D", "\x04"],
    ["Ctrl+C", "\x03"],
  ] as const) {
    it(`takes ${key} at a question as a no`, { skip: hasScript ? false : "there is no `script` that makes a terminal" }, async () => {
      const place = makeJournal();
      const line = `stty cols 80; ${[process.execPath, ...program, "drop", "3"].map((word) => `'${word}'`).join(" ")}`;
      const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: place.root, env: { ...process.env, CI: "" } });
      let shown = "";
      child.stdout.on("data", (chunk) => {
        const asked = shown.includes("Remove 1 run");
        shown += chunk;
        if (!asked && shown.includes("Remove 1 run")) child.stdin.write(typed);
      });
      const code = await new Promise((ended) => child.on("close", ended));
      assert.equal(code, 2, shown);
      assert.match(shown, /cli\/cancelled/);
      assert.ok(existsSync(join(place.root, "experiments/EXP003-cccc-cosine-decay.md")));
    });
  }

  it("says that the disk refuses, without a stack", { skip: process.getuid?.() === 0 ? "root may write everywhere" : false }, () => {
    const place = makeJournal();
    chmodSync(join(place.root, "experiments"), 0o555);
    const { status, err } = start(place, ["set", "1", "batch_size=1"]);
    chmodSync(join(place.root, "experiments"), 0o755);
    assert.notEqual(status, 0);
    assert.match(err, /store\/|cli\/system/);
    assert.doesNotMatch(err, /\n\s+at /);
  });
});

describe("git with the merge driver", () => {
  const run = "experiments/EXP002-bbbb-double-the-batch.md";

  /** Two branches with their own edits, and the merge of one into the other. */
  function merge(
    place: Place,
    ours: (text: string) => string,
    theirs: (text: string) => string,
    path = run,
  ): { clean: boolean; text: string } {
    const env = install(place);
    const git = (...words: readonly string[]): string =>
      execFileSync("git", words, { cwd: place.root, encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
    execFileSync("journal", ["init", "--merge-driver", "--no-ci"], { cwd: place.root, env, stdio: "ignore" });
    const base = place.read(path);
    git("add", ".");
    git("commit", "-qm", "base");
    git("switch", "-qc", "topic");
    place.write(path, theirs(base));
    git("commit", "-qam", "theirs");
    git("switch", "-q", "main");
    place.write(path, ours(base));
    git("commit", "-qam", "ours");
    const { status } = spawnSync("git", ["merge", "-q", "-m", "merge", "topic"], { cwd: place.root, env });
    return { clean: status === 0, text: place.read(path) };
  }

  it("merges two neighbouring fields and two list items that git alone would not", () => {
    const { clean, text } = merge(
      makeJournal(),
      (base) => base.replace("\n---\n## Obs", "\ndecision: keep\n---\n## Obs").replace("- Faster\n", "- Faster\n- Cheaper\n"),
      (base) => base.replace("\n---\n## Obs", "\nverdict: fine\n---\n## Obs").replace("- Faster\n", "- Faster\n- Simpler\n"),
    );
    assert.ok(clean, text);
    for (const part of ["decision: keep", "verdict: fine", "- Cheaper", "- Simpler"]) assert.ok(text.includes(part), text);
    assert.doesNotMatch(text, /^<{7}/m);
  });

  it("leaves a real conflict to people, marked as git does", () => {
    const { clean, text } = merge(
      makeJournal(),
      (base) => base.replace("title: Double the batch", "title: Ours"),
      (base) => base.replace("title: Double the batch", "title: Theirs"),
    );
    assert.ok(!clean);
    assert.match(text, /^<{7}[\s\S]*Ours[\s\S]*^={7}[\s\S]*Theirs[\s\S]*^>{7}/m);
  });

  it("does what git does with a file that is no run", () => {
    const { clean, text } = merge(
      makeJournal({ "experiments/README.md": "# A\n\none\n\ntwo\n\nthree\n" }),
      (base) => base.replace("one", "ONE"),
      (base) => base.replace("three", "THREE"),
      "experiments/README.md",
    );
    assert.ok(clean);
    assert.equal(text, "# A\n\nONE\n\ntwo\n\nTHREE\n");
  });

  it("can be called by hand, and is installed for this clone on request", () => {
    const place = makePlace({ base: doubled, ours: doubled.replace("64", "65"), theirs: doubled.replace("Faster", "Slower") });
    assert.equal(start(place, ["merge-driver", "base", "ours", "theirs"]).status, 0);
    assert.equal(place.read("ours"), doubled.replace("64", "65").replace("Faster", "Slower"));
    assert.equal(start(place, ["merge-driver", "base"]).status, 2);
    assert.equal(start(place, ["merge-driver", "--install"]).status, 0);
    assert.match(place.git("config", "merge.journal.driver"), /merge-driver/);
  });
});
