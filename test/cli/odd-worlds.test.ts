// Worlds in which something is missing that every program takes for granted.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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
