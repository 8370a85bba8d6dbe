// The template filled in by somebody new to YAML. A case is a folder: the file as typed, and the problems it must get, by line and code.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseRun, placeKeys } from "../../src/markdown/parse.ts";
import { runRules } from "../../src/record/run-rules.ts";

const root = join(import.meta.dirname, "../cases/mistakes");
const path = "experiments/EXP007-ab3d-double-the-batch.md";

function problemsOf(text: string) {
  const parsed = parseRun(text, path);
  const subject = { run: parsed.run, body: parsed.body, path, today: "2026-11-20" };
  const rules = runRules.flatMap((rule) => rule(subject)).map((problem) => placeKeys(problem, parsed, text));
  return { parsed, problems: [...parsed.problems, ...rules] };
}

describe("a run typed by somebody new to YAML", () => {
  for (const name of readdirSync(root).sort()) {
    const text = readFileSync(join(root, name, "input.md"), "utf8");

    test(`gets the message that mends it: ${name}`, () => {
      const { problems } = problemsOf(text);
      const found = problems
        .map(({ line, code }) => ({ line: line ?? null, code }))
        .sort((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.code < other.code ? -1 : 1));
      const file = join(root, name, "expected.json");
      if (!existsSync(file) && process.env["CI"] === undefined) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      assert.deepEqual(found, JSON.parse(readFileSync(file, "utf8")));
      for (const { code, hint } of problems) assert.ok(hint, `${code} says what to do`);
    });

    test(`is still a run: ${name}`, () => {
      const { parsed } = problemsOf(text);
      assert.equal(parsed.run.id, "EXP007-ab3d");
      assert.notEqual(parsed.run.title, "");
    });
  }

  test("a file without a mistake gets no message", () => {
    const text = readFileSync(join(root, "17-section-deleted/input.md"), "utf8");
    assert.deepEqual(problemsOf(text).problems, []);
  });
});
