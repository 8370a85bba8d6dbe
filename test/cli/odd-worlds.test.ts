// Worlds in which something is missing that every program takes for granted.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { makeJournal, makePlace } from "./world.ts";

/** The built program: the loader of the sources cannot start in a deleted folder. */
const program = resolve("dist/cli/main.js");
const cannot = process.platform === "win32" ? "such a folder cannot be deleted" : !existsSync(program) && "the program is not built";

describe("a shell in a deleted folder", { skip: cannot }, () => {
  /** The shell enters a folder, removes it and starts the program there. */
  function start(...argv: readonly string[]): { readonly status: number | null; readonly out: string; readonly err: string } {
    const folder = mkdtempSync(join(tmpdir(), "journal-gone-"));
    const words = [process.execPath, program, ...argv];
    const { status, stdout, stderr } = spawnSync("sh", ["-c", 'rmdir "$PWD" && exec "$@"', "sh", ...words], {
      cwd: folder,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true, force: true });
    return { status, out: stdout, err: stderr };
  }

  it("is told so, in JSON too", () => {
    const { status, err } = start("list");
    assert.equal(status, 3, err);
    assert.match(err, /^error cli\/no-current-folder: /);
    const { error } = JSON.parse(start("list", "--json").out);
    assert.equal(error.code, "cli/no-current-folder");
    assert.equal(start("-C", "deep", "list").status, 3);
  });

  it("can work elsewhere", () => {
    const { status, out, err } = start("-C", makeJournal().root, "list", "--json");
    assert.equal(status, 0, err);
    assert.equal(JSON.parse(out).data.length, 3);
  });
});

describe("a machine without git", () => {
  it("is told what the check could not look for", async () => {
    const place = makeJournal();
    const path = process.env["PATH"];
    try {
      process.env["PATH"] = "";
      const { data } = await place.json("check");
      assert.deepEqual(
        data.problems.map(({ code }: { code: string }) => code),
        ["cli/uncommitted-unknown"],
      );
      assert.equal((await place.json("list", "--since", "main")).error.code, "store/no-git");
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("files that are not there", () => {
  it("are no bug of the merge driver", async () => {
    const place = makePlace({ "a.md": "", "b.md": "" });
    for (const files of [
      ["/nope", "/nope", "/nope"],
      ["a.md", "b.md", "nope"],
      ["a.md", "nope", "b.md"],
      ["a.md", ".", "b.md"],
    ]) {
      const { error } = await place.json("merge-driver", ...files);
      assert.deepEqual([error.code, error.exit], ["cli/no-file", 3]);
    }
  });
});

describe("two files with one id", () => {
  const text = "---\nid: EXP009-zzzz\ntitle: Copy\n---\n";
  it("are both listed, and found by path", async () => {
    const [one, two] = ["experiments/EXP009-zzzz-one.md", "experiments/EXP009-zzzz-two.md"] as const;
    const place = makeJournal({ [one]: text, [two]: text });
    const { data } = await place.json("list");
    assert.deepEqual(
      data.flatMap(({ id, path }: { id: string; path: string }) => (id === "EXP009-zzzz" ? [path] : [])),
      [one, two],
    );
    for (const path of [one, two]) assert.equal((await place.json("show", path)).data.path, path);
    assert.equal((await place.json("set", two, "lr=1")).data.written[0].path, two);
    assert.match(place.read(two), /lr: 1/);
    const { error } = await place.json("show", "9");
    assert.equal(error.code, "store/ambiguous");
    assert.match(error.message, /one\.md.*two\.md/);
  });
});

describe("a place where nothing can be made", () => {
  /** The built program, with an end: Node's own way of making folders does not come back from `/proc`. */
  function start(cwd: string, ...argv: readonly string[]): readonly [status: number | null, code: string] {
    const { status, stdout } = spawnSync(process.execPath, [program, ...argv, "--json"], { cwd, encoding: "utf8", timeout: 60_000 });
    return [status, stdout === "" ? "" : JSON.parse(stdout).error.code];
  }

  /** A journal in which run 1 has a snapshot of its code. */
  function makeRecorded(): string {
    const { root, git, write } = makeJournal({ "code/a.txt": "a" });
    git("add", ".");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message=all");
    write(
      "experiments/EXP009-zzzz-run.md",
      `---\nid: EXP009-zzzz\nstatus: finished\nrun: { commit: ${git("rev-parse", "HEAD").trim()} }\n---\n`,
    );
    return root;
  }

  it("is refused at once where the system takes no folder", { skip: cannot || (!existsSync("/proc/self") && "no /proc here") }, () => {
    const root = makeRecorded();
    const refused = [2, "store/takes-nothing"];
    assert.deepEqual(start(root, "demo", "/proc/x"), refused);
    assert.deepEqual(start(root, "demo", "/proc/x/y"), refused);
    assert.deepEqual(start(root, "build", "-o", "/proc/x"), refused);
    assert.deepEqual(start(root, "build", "--zip", "/proc/x.zip"), refused);
    assert.deepEqual(start(root, "restore", "9", "-o", "/proc/x"), refused);
    assert.deepEqual(start(root, "restore", "9", "-o", "/proc"), refused);
    assert.deepEqual(start(root, "bundle", "9", "-o", "/proc/x"), refused);
    assert.deepEqual(start("/proc", "init"), refused);
  });

  it("is refused below a file, as no bug of the program", async () => {
    const root = makeRecorded();
    const { root: other, json } = makePlace({ file: "mine" });
    const here = async (...argv: readonly string[]) => (await json("-C", root, ...argv)).error.code;
    const below = join(other, "file", "x");
    for (const wanted of [below, join(below, "y")]) {
      assert.equal((await json("demo", wanted)).error.code, "store/not-a-folder");
      assert.equal(await here("build", "-o", wanted), "store/not-a-folder");
      assert.equal(await here("restore", "9", "-o", wanted), "store/not-a-folder");
      assert.equal(await here("bundle", "9", "-o", wanted), "store/not-a-folder");
      assert.equal((await json("-C", wanted, "list")).error.code, "cli/no-folder");
      assert.equal(await here("import", wanted), "exchange/no-folder");
    }
    assert.equal(await here("restore", "9", "-o", join(other, "file")), "store/not-a-folder");
  });

  it("keeps a file that stands where a folder of the code was", async () => {
    const root = makeRecorded();
    rmSync(join(root, "code"), { recursive: true });
    writeFileSync(join(root, "code"), "a file now");
    assert.equal((await makePlace().json("-C", root, "restore", "9", "code/a.txt")).error.code, "cli/would-overwrite");
    assert.equal(readFileSync(join(root, "code"), "utf8"), "a file now");
  });
});
