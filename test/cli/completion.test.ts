import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, describe, it } from "node:test";
import { makeJournal, makePlace } from "./world.ts";

const has = (shell: string): boolean => spawnSync(shell, ["--version"]).error === undefined;

describe("journal completion", () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    it(`prints a script that ${shell} can read`, { skip: has(shell) ? false : `${shell} is not installed` }, async () => {
      const { exit, out } = await makePlace().call("completion", shell);
      assert.equal(exit, 0);
      const folder = mkdtempSync(join(tmpdir(), "journal-completion-"));
      after(() => rmSync(folder, { recursive: true, force: true }));
      writeFileSync(join(folder, "script"), out);
      execFileSync(shell, ["-n", join(folder, "script")]);
    });
  }

  it("completes commands, options and ids in bash, and runs nothing that an id holds", {
    skip: has("bash") ? false : "bash is not installed",
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "journal-completion-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const { out } = await makePlace().call("completion", "bash");
    writeFileSync(join(folder, "journal"), "#!/bin/sh\n[ \"$2\" = ids ] && printf 'EXP001-aaaa\\nEXP002-bbbb\\n$(touch owned)\\n'\n");
    chmodSync(join(folder, "journal"), 0o755);
    const complete = (...words: readonly string[]): readonly string[] => {
      const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _journal; printf '%s\\n' "\${COMPREPLY[@]}"; ls`;
      const lines = execFileSync("bash", ["-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
      })
        .trim()
        .split("\n");
      assert.equal(lines.pop(), "journal");
      return lines;
    };
    assert.deepEqual(complete("journal", "sch"), ["schema"]);
    assert.deepEqual(complete("journal", "keep", "EXP002"), ["EXP002-bbbb"]);
    assert.deepEqual(complete("journal", "new", "--base", "EXP001"), ["EXP001-aaaa"]);
    assert.deepEqual(complete("journal", "list", "--so"), ["--sort"]);
    assert.deepEqual(complete("journal", "list", "--format", ""), ["table", "markdown", "csv", "latex", "json"]);
    assert.deepEqual(complete("journal", "check", "--format", "g"), ["github"]);
    assert.deepEqual(complete("journal", "completion", "").slice(0, 3), ["bash", "zsh", "fish"]);
    assert.deepEqual(complete("journal", "-C", "x", "keep", "EXP001"), ["EXP001-aaaa"]);
  });

  for (const shell of ["zsh", "fish"]) {
    it(`offers what an option or an argument can be in ${shell}`, async () => {
      const { out } = await makePlace().call("completion", shell);
      assert.match(out, /check.*--?format.*github|--format.*compadd text json github|-l format -x -a 'text json github'/);
      assert.match(out, /completion\W.*bash zsh fish/);
    });
  }

  it("refuses an unknown shell", async () => {
    assert.equal((await makePlace().json("completion", "basch")).error.code, "cli/unknown-value");
  });
});

describe("the words for completion", () => {
  it("are ids that no shell expands, and nothing outside of a journal", async () => {
    const place = makeJournal({ "experiments/odd.md": '---\nid: "$(touch owned)"\n---\n' });
    assert.equal((await place.call("__complete", "ids")).out, "EXP001-aaaa\nEXP002-bbbb\nEXP003-cccc\n");
    assert.deepEqual(await makePlace().call("__complete", "ids"), { exit: 0, out: "", err: "" });
  });
});
