import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as fc from "fast-check";
import { shellWord } from "../../src/base/shell.ts";

test("plain names stay as they are", () => {
  const name = "experiments/EXP001-aaaa-größe.md";
  assert.equal(shellWord(name), name);
});

test("whatever a name holds, the shell reads it as that one word", { skip: process.platform === "win32" && "no POSIX shell" }, () => {
  const names = fc.sample(fc.string({ unit: "grapheme" }), { numRuns: 300, seed: 1 }).filter((name) => !name.includes("\0"));
  const hostile = ["$(touch x)", "`id`", "a'b", "'; rm x; '", "a b", "*", "~", "-x", "=ls", "", "\\", "#x", "!x", "a\nb", ...names];
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${hostile.map(shellWord).join(" ")}`], { encoding: "utf8" });
  assert.deepEqual(stdout.split("\0").slice(0, -1), hostile);
});
