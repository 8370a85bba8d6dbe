// The machinery that says whether the rest is right: it must be able to say no.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, describe, test } from "node:test";

const place = mkdtempSync(join(tmpdir(), "journal-house-"));
after(() => rmSync(place, { recursive: true, force: true }));

function report(source: string): { readonly status: number | null; readonly output: string } {
  const file = join(place, "made-up.mjs");
  writeFileSync(file, `import { describe, it, test } from "node:test";\n${source}`);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(process.execPath, ["--test-reporter=./scripts/reporter.mjs", file], { encoding: "utf8", env });
  return { status, output: stdout };
}

describe("the reporter", () => {
  test("counts tests, not the suites around them, and ends with the totals", () => {
    const { status, output } = report(
      'describe("a", () => { it("b", () => {}); it("c", () => {}); });\ntest("d", { skip: "no corpus" }, () => {});',
    );
    assert.equal(status, 0);
    assert.equal(output, "skipped: d (no corpus)\n\n1 skipped, 2 passed, 0 failed\n");
  });

  test("shows a failure once, under its full name, and ends red", () => {
    const { status, output } = report('describe("a", () => { it("b", () => { throw new Error("boom"); }); });');
    assert.equal(status, 1);
    assert.equal(output.match(/FAILED/g)?.length, 1);
    assert.match(output, /FAILED: a > b \(.*made-up\.mjs\)\n {2}Error: boom\n[\s\S]*\n\n0 passed, 1 failed\n$/);
  });
});

/** Runs .ci/run with an `npm` and a `node` that only say what each call is to answer. */
function ci(
  answers: Readonly<Record<string, string>>,
  ...words: readonly string[]
): { readonly status: number | null; readonly last: string | undefined } {
  const { node = "exit 1", ...calls } = answers;
  const cases = Object.entries(calls).map(([call, answer]) => `  *"${call}"*) ${answer} ;;`);
  const fake = (name: string, text: string): void => {
    writeFileSync(join(place, name), `#!/bin/sh\ncase "$*" in\n${text}\nesac\n`);
    chmodSync(join(place, name), 0o755);
  };
  fake("npm", [...cases, "  *) exit 0 ;;"].join("\n"));
  fake("node", `  *-p*versions*) echo 20 ;;\n  *-p*) echo linux-x64 ;;\n  *) ${node} ;;`);
  fake("chromium", "  *) exit 0 ;;");
  const env = { ...process.env, patience: "3s", PATH: `${place}${delimiter}${process.env["PATH"] ?? ""}` };
  const { status, stdout } = spawnSync("bash", [".ci/run", ...words], { encoding: "utf8", env });
  return { status, last: stdout.trimEnd().split("\n").at(-1) };
}

describe(".ci/run", () => {
  const green = {
    "run --silent slow": "echo 5 passed, 0 failed",
    "run --silent clients": "echo 3 passed, 0 failed",
    "run --silent browser": "echo 2 passed, 0 failed",
    test: "echo 1 skipped, 10 passed, 0 failed",
    node: "echo 10 passed, 0 failed",
  };

  test("adds up all suites: npm ci, check, tests, slow, client and browser suites, two further Nodes and their installation", () => {
    assert.deepEqual(ci(green), { status: 0, last: "44 passed, 0 failed" });
  });

  test("leaves the tests and the other Nodes to the matrix of CI when only the slow suites are asked for", () => {
    assert.deepEqual(ci(green, "slow"), { status: 0, last: "11 passed, 0 failed" });
  });

  test("is red when a test failed, even one of many", () => {
    assert.deepEqual(ci({ ...green, "run --silent slow": "echo 4 passed, 1 failed; exit 1" }), { status: 1, last: "43 passed, 1 failed" });
  });

  test("is red when the check failed", () => {
    assert.deepEqual(ci({ ...green, "run --silent check": "exit 1" }), { status: 1, last: "43 passed, 1 failed" });
  });

  test("is red when a suite dies without its totals", () => {
    assert.deepEqual(ci({ ...green, node: "echo boom; exit 1" }), { status: 1, last: "24 passed, 2 failed" });
  });

  test("is red when a suite ends red after green totals", () => {
    assert.deepEqual(ci({ ...green, test: "echo 10 passed, 0 failed; exit 1" }), { status: 1, last: "44 passed, 1 failed" });
  });

  test("ends a suite that hangs, and goes on", () => {
    assert.deepEqual(ci({ ...green, test: "exec sleep 600" }), { status: 1, last: "34 passed, 1 failed" });
  });

  test("is red when a suite ran nothing", () => {
    assert.deepEqual(ci({ ...green, test: "echo 0 passed, 0 failed" }), { status: 1, last: "34 passed, 1 failed" });
  });

  test("stops when the packages cannot be installed", () => {
    assert.deepEqual(ci({ ...green, "ci --ignore": "exit 1" }), { status: 1, last: "0 passed, 1 failed" });
  });
});
