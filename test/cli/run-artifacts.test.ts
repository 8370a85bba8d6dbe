// The files that a run leaves behind: declared in each way, recorded by size and hash, looked for by `verify`.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { sha256 } from "../../src/base/hash.ts";
import { parseRun } from "../../src/markdown/parse.ts";
import type { Run } from "../../src/record/experiment.ts";
import { makePlace, type Place } from "./world.ts";

const program = resolve("dist/cli/main.js");
const environment = { ...process.env, GIT_AUTHOR_NAME: "Ada", NO_COLOR: "1" };

function journal(
  place: Place,
  ...words: readonly string[]
): { readonly status: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: place.root,
    encoding: "utf8",
    env: environment,
    timeout: 60_000,
  });
  return { status, out: stdout, err: stderr };
}

function newestPath(place: Place): string {
  const names = readdirSync(join(place.root, "experiments")).filter((name) => /^EXP.*\.md$/.test(name));
  return `experiments/${names.sort().at(-1)}`;
}

const newest = (place: Place): Run => parseRun(place.read(newestPath(place)), newestPath(place)).run;

const artifactOf = (path: string, content: string, role?: string): object => ({
  ...(role === undefined ? {} : { role }),
  path,
  bytes: content.length,
  sha256: sha256(content),
});

const start = (settings = "title: t\n"): Place => makePlace({ "journal.yaml": settings, ".gitignore": ".journal/\nout/\n" });

/** Writes each word `path=content` into its file. */
const write = (...pairs: readonly string[]): readonly string[] => [
  "sh",
  "-c",
  'for pair; do mkdir -p "$(dirname "${pair%%=*}")"; printf %s "${pair#*=}" > "${pair%%=*}"; done',
  "x",
  ...pairs,
];

describe("the artifacts of a run", () => {
  it("are recorded by size and hash, whoever names them, and are not copied", () => {
    const place = start('title: t\ncapture: { artifacts: ["out/*.onnx", "none/*"] }\n');
    const line =
      'mkdir -p out && printf best > out/best.pt && printf m > out/m.onnx && printf a > "out/a b.txt" && printf "report\\tout/a b.txt\\n" >> "$JOURNAL_DIR/artifacts"';
    const { status, err } = journal(place, "run", "--artifact", "out/*.pt", "--", "sh", "-c", line);
    assert.equal(status, 0, err);
    assert.doesNotMatch(err, /artifact-missing/);
    assert.deepEqual(newest(place).artifacts, [
      artifactOf("out/a b.txt", "a", "report"),
      artifactOf("out/best.pt", "best"),
      artifactOf("out/m.onnx", "m"),
    ]);
    assert.ok(!place.git("ls-files", "--others", "--exclude-standard").includes("out/"));
    assert.match(journal(place, "show", newest(place).id).out, /out\/best\.pt/);
  });

  it("are named where they are missing or old, and the run is what its command was", async () => {
    const place = start();
    place.write("out/best.pt", "of an earlier run");
    await new Promise((done) => setTimeout(done, 100));
    const { status, err } = journal(
      place,
      "run",
      "--artifact",
      "out/best.pt",
      "--artifact",
      "out/no.pt",
      "--",
      "sh",
      "-c",
      "echo METRIC acc=1",
    );
    assert.equal(status, 0);
    assert.equal(err.match(/cli\/artifact-missing/g)?.length, 2);
    assert.deepEqual([newest(place).status, newest(place).artifacts], ["finished", []]);
    assert.doesNotMatch(journal(place, "run", "--artifact", "out/no.pt", "--", "false").err, /artifact-missing/);
  });

  it("are of each repetition, and stay those of an earlier attempt where they were not written anew", () => {
    const place = start();
    const line = "mkdir -p out; printf $JOURNAL_SEED > out/$JOURNAL_SEED.pt";
    assert.equal(journal(place, "run", "--repeat", "2", "--artifact", "out/{seed}.pt", "--", "sh", "-c", line).status, 0);
    assert.deepEqual(newest(place).artifacts, [artifactOf("out/1.pt", "1"), artifactOf("out/2.pt", "2")]);
    const again =
      'mkdir -p out; echo x >> tries; printf x > out/$(wc -l < tries | tr -d " ").pt; printf $(wc -l < tries) > out/last.pt; test $(wc -l < tries) = 2';
    assert.equal(journal(place, "run", "--artifact", "out/*.pt", "--", "sh", "-c", again).status, 1);
    const { id } = newest(place);
    place.write(newestPath(place), place.read(newestPath(place)).replace("out/1.pt", "out/first.pt"));
    assert.equal(journal(place, "run", "--id", id, "--artifact", "out/*.pt", "--", "sh", "-c", again).status, 0);
    assert.deepEqual(
      newest(place).artifacts.map(({ path }) => path),
      ["out/first.pt", "out/2.pt", "out/last.pt"],
    );
  });

  it("are looked for by verify, which names what is gone or changed and lets that hinder nothing", () => {
    const place = start();
    place.git("add", "-A");
    place.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
    assert.equal(journal(place, "run", "--artifact", "out/*", "--", ...write("out/a=1", "out/b=2", "out/c=3")).status, 0);
    const { id } = newest(place);
    place.write("out/b", "other");
    spawnSync("rm", [join(place.root, "out/c")]);
    const checks = (
      JSON.parse(journal(place, "verify", id, "--json").out) as {
        data: { runs: { checks: { what: string; state: string; note?: boolean }[] }[] };
      }
    ).data.runs[0]?.checks;
    assert.deepEqual(
      checks?.filter(({ what }) => what === "artifact").map(({ state, note }) => [state, note === true]),
      [
        ["ok", false],
        ["differs", true],
        ["missing", true],
      ],
    );
  });

  it("are compared by a rerun, which writes them in its own worktree", () => {
    const place = start();
    place.write("train.sh", "mkdir -p out; printf weights > out/best.pt; echo METRIC acc=0.5\n");
    assert.equal(journal(place, "run", "--artifact", "out/best.pt", "--", "sh", "train.sh").status, 0);
    const { id } = newest(place);
    const { status, out, err } = journal(place, "rerun", id, "--json");
    assert.equal(status, 0, err);
    assert.equal((JSON.parse(out) as { data: { verdict: { word: string } } }).data.verdict.word, "identical");
    assert.deepEqual(newest(place).artifacts, [artifactOf("out/best.pt", "weights")]);
    assert.notEqual(newest(place).id, id);
  });

  it("are found by check --fix when journal run was killed", async () => {
    const place = start();
    const line =
      'mkdir -p out; echo \'{"role": "checkpoint", "path": "out/a"}\' >> "$JOURNAL_DIR/artifacts"; touch ready; sleep 1; printf 1 > out/a; printf 2 > out/b';
    const child = spawn(process.execPath, [program, "run", "--artifact", "out/b", "--", "sh", "-c", line], {
      cwd: place.root,
      env: environment,
      stdio: "ignore",
    });
    const until = async (what: () => boolean): Promise<void> => {
      for (let tries = 0; tries < 1000 && !what(); tries += 1) await new Promise((done) => setTimeout(done, 20));
    };
    await until(() => existsSync(join(place.root, "ready")));
    child.kill("SIGKILL");
    const { id } = newest(place);
    await until(() => existsSync(join(place.root, ".journal/live", id, "1", "exit")));
    await until(() => /is written/.test(journal(place, "check", "--fix").out));
    assert.deepEqual(
      [newest(place).status, newest(place).artifacts],
      ["finished", [artifactOf("out/a", "1", "checkpoint"), artifactOf("out/b", "2")]],
    );
  });
});
