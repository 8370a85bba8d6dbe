// The examples of docs/problems/record.md do give the problems they stand for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { normalize } from "../../src/record/normalize.ts";
import { normalizeSettings } from "../../src/record/normalize-settings.ts";
import { runRules } from "../../src/record/run-rules.ts";
import { treeOf } from "./read.ts";

const body = { worked: [], failed: [], unexpected: [], questions: [], tasks: [], links: [] };
/** These need other files beside the example. */
const across =
  /ambiguous-reference|base-cycle|duplicate-id|file-name|repeat-differs|scale-slip|similar-name|stale-|unknown-base|unknown-metric|unknown-protocol|unknown-study/;
const settings = /unknown-choice|unreadable-goal/;

function codesOf(text: string, code: string): readonly string[] {
  const tree = treeOf(text.replace(/^---$/gm, ""));
  if (settings.test(code))
    return normalizeSettings(treeOf(code.includes("goal") ? `study:\n${text.replace(/^/gm, "  ")}` : text)).problems.map(
      (problem) => problem.code,
    );
  const { run, problems } = normalize(tree?.kind === "dict" ? tree : undefined, { id: "EXP001-aaaa", title: "x" });
  return [...problems, ...runRules.flatMap((rule) => rule({ run, body, path: "x.md", today: "2026-11-20" }))].map(
    (problem) => problem.code,
  );
}

describe("docs/problems/record.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/problems/record.md"), "utf8");
  for (const [, code = "", example = ""] of page.matchAll(/^## (record\/[a-z-]+)\n[\s\S]*?```yaml\n([\s\S]*?)```/gm)) {
    if (!across.test(code))
      test(`shows ${code}`, () => assert.ok(codesOf(example, code).includes(code), codesOf(example, code).join(", ")));
  }
});
