import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { makePlace } from "./world.ts";

const study = "experiments/digits";
const names = readdirSync(study).filter((name) => /^EXP.*\.md$/.test(name));

describe("journal demo", () => {
  let folder = "";
  let next: readonly string[] = [];
  const place = makePlace();

  before(async () => {
    const { exit, out, err } = await place.call("demo", "--json");
    assert.deepEqual([exit, err], [0, ""]);
    const { data } = JSON.parse(out) as { data: { folder: string; site: string; runs: number; git: boolean; next: string[] } };
    ({ folder, next } = data);
    assert.deepEqual(data, { folder, site: join(folder, "_site", "index.html"), runs: names.length, git: true, next });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...words: readonly string[]): string => execFileSync("git", words, { cwd: folder, encoding: "utf8" });

  it("holds the runs of the study as they were recorded, with their curves", () => {
    for (const name of names)
      assert.equal(readFileSync(join(folder, "experiments", name), "utf8"), readFileSync(join(study, name), "utf8"));
    const curves = (where: string): number =>
      readdirSync(where, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".csv")).length;
    assert.equal(curves(join(folder, "experiments")), curves(study));
    assert.ok(curves(study) > 30);
  });

  it("is a repository with all of it committed, in a new folder of the temporary ones", () => {
    assert.match(basename(folder), /^journal-demo-/);
    assert.equal(resolve(folder, ".."), resolve(tmpdir()));
    assert.equal(git("status", "--porcelain"), "");
    assert.equal(git("rev-list", "--count", "HEAD").trim(), "1");
    assert.deepEqual(readdirSync(place.root), [".git"]);
  });

  it("has a site, tables that are up to date, and nothing to mend", async () => {
    for (const page of ["index.html", "best.html", "log.html"])
      assert.match(readFileSync(join(folder, "_site", page), "utf8"), /Handwritten digits/);
    assert.equal((await place.call("-C", folder, "index", "--check")).exit, 0);
    // The runs lie after the noon of other tests.
    assert.equal((await place.callIn({ now: () => new Date() }, "-C", folder, "check", "--strict")).exit, 0);
  });

  it("names three commands that work in it: one reads, one judges, one writes", async () => {
    const outs: string[] = [];
    for (const line of next) {
      const [, ...words] = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
      const { exit, out } = await place.call("-C", folder, ...words);
      assert.equal(exit, 0, line);
      outs.push(out);
    }
    assert.equal(outs.length, 3);
    assert.match(outs[0] ?? "", /(EXP\d+.*\n){5}/);
    assert.match(outs[1] ?? "", /improved/);
    assert.match(git("diff", "--numstat"), /^2\t2\texperiments\/EXP025\S*\n$/);
  });

  it("fits a package: less than 300 kB", () => assert.ok(statSync("dist/demo.json").size < 300_000));

  it("goes into no folder that holds something, and into no other journal", async () => {
    const used = makePlace({ "notes/mine.txt": "mine", file: "" });
    for (const folder of ["notes", "file", "."]) {
      const { exit, err } = await used.call("demo", folder);
      assert.equal(exit, 2);
      assert.match(err, /cli\/not-empty/);
    }
    assert.deepEqual([used.read("notes/mine.txt"), readdirSync(join(used.root, "notes"))], ["mine", ["mine.txt"]]);
    const journal = makePlace({ "journal.yaml": "" });
    assert.match((await journal.call("demo", "inside")).err, /cli\/inside-journal/);
    assert.ok(!existsSync(join(journal.root, "inside")));
  });

  it("says what to do where there is no temporary folder", () => {
    const { status, stderr } = spawnSync(process.execPath, [resolve("dist/cli/main.js"), "demo"], {
      encoding: "utf8",
      env: { ...process.env, TMPDIR: join(place.root, "none") },
    });
    assert.deepEqual([status, /cli\/no-folder/.test(stderr), /journal demo digits/.test(stderr)], [3, true, true]);
  });

  it("works without git, in the folder it is given, and says how `npx` goes on", () => {
    const home = mkdtempSync(join(tmpdir(), "journal-no-git-"));
    after(() => rmSync(home, { recursive: true, force: true }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("dist/cli/main.js"), "demo", "shown"], {
      cwd: home,
      encoding: "utf8",
      env: { PATH: home, HOME: home, TMPDIR: home, npm_command: "exec" },
    });
    assert.deepEqual([status, resolve(home, stdout.trim())], [0, join(home, "shown", "_site", "index.html")]);
    assert.match(stderr, /cli\/outside-git/);
    assert.equal(stderr.match(/^ {2}npx experiment-journal \w+ /gm)?.length, 3);
    assert.ok(existsSync(stdout.trim()));
    assert.deepEqual(readdirSync(home), ["shown"]);
  });
});
