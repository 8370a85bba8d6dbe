// Every file operation of `journal run` and of the programs it starts fails once, for a disk that is full or broken. The command never
// notices: its output and its exit code are its own.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { buildShim, project, run } from "./processes.ts";

const work = realpathSync(mkdtempSync(join(tmpdir(), "journal-run-fault-")));
const shim = buildShim(work);
after(() => rmSync(work, { recursive: true, force: true }));

const program = join(project, "dist/cli/main.js");
/** All of them with JOURNAL_FAULTS=all; else a sample, another one for each kind of fault. */
const stride = process.env["JOURNAL_FAULTS"] === "all" ? 1 : 6;

const script = 'for i in 1 2 3; do echo "{\\"step\\": $i, \\"loss\\": $i}"; done; echo told >&2; echo METRIC acc=0.5; exit 5';
const expected = '{"step": 1, "loss": 1}\n{"step": 2, "loss": 2}\n{"step": 3, "loss": 3}\nMETRIC acc=0.5\n';

function makeRoot(name: string): string {
  const root = mkdtempSync(join(work, `${name}-`));
  writeFileSync(join(root, "journal.yaml"), "title: t\n");
  return root;
}

const start = (root: string, more: NodeJS.ProcessEnv) =>
  run([program, "-C", root, "run", "--", "/bin/sh", "-c", script], { ...process.env, LD_PRELOAD: shim ?? "", FI_DIR: root, ...more });

describe("a disk that fails under journal run", { skip: shim === undefined ? "no C compiler, or no LD_PRELOAD" : false }, () => {
  for (const [word, action, at] of [
    ["full", "err:28", 0],
    ["broken", "err:5", 3],
  ] as const) {
    const offset = at % stride;
    test(`leaves the command alone when it is ${word}, at whatever operation`, { timeout: 1_200_000 }, async (t) => {
      const clean = makeRoot("clean");
      const log = join(work, `${word}.log`);
      assert.deepEqual((await start(clean, { FI_LOG: log })).exit, 5);
      const operations = Math.max(
        ...readFileSync(log, "utf8")
          .split("\n")
          .map((line) => Number(line.split("\t")[0])),
      );
      const wrong: string[] = [];
      for (let number = 1 + offset; number <= operations; number += stride) {
        const root = makeRoot(word);
        const { exit, stdout } = await start(root, { FI_N: String(number), FI_ACT: action });
        if (exit !== 5 || stdout !== expected) wrong.push(`${number}: exit ${exit}, ${JSON.stringify(stdout)}`);
        rmSync(root, { recursive: true, force: true });
      }
      t.diagnostic(`${operations} operations`);
      assert.deepEqual(wrong, []);
    });
  }
});
