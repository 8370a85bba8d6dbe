// The examples of docs/publishing.md as their programs read them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse as parseYaml } from "yaml";
import { commands } from "../../src/cli/program.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/publishing.md"), "utf8");
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);

interface Job {
  readonly script: readonly string[];
  readonly rules: readonly { readonly if: string }[];
  readonly artifacts: { readonly paths: readonly string[] };
}

test("every example is YAML", () => {
  assert.ok(blocks.length >= 4);
  for (const block of blocks) assert.ok(parseYaml(block) !== null);
});

test("the GitLab example checks merge requests, publishes the default branch, and keeps a cache per branch", () => {
  const text = blocks.find((block) => block.includes("pages:")) ?? "";
  const { cache, check, pages } = parseYaml(text) as { cache: { key: string; paths: readonly string[] }; check: Job; pages: Job };
  assert.match(cache.key, /\$CI_COMMIT_REF_SLUG/);
  assert.deepEqual(cache.paths, [".journal/cache"]);
  assert.deepEqual(check.rules, [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
  assert.deepEqual(pages.rules, [{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }]);
  assert.deepEqual(pages.artifacts.paths, ["public"]);
  assert.ok(pages.script.some((line) => line.endsWith("build -o public")));
});

test("every command and option of the page is one there is", () => {
  const lines = [...page.matchAll(/(?:journal|experiment-journal) (init|build|check|serve)((?: --?[a-z-]+[^`\n]*)?)/g)];
  assert.ok(lines.length > 5);
  for (const [line, name, rest = ""] of lines) {
    const spec = commands.find((command) => command.name === name);
    const flags = (spec?.options ?? []).map(({ flags: text }) => text);
    for (const [option] of rest.matchAll(/(?<=\s)--?[a-z][a-z-]*/g)) {
      const known = flags.some((text) => text.split(/[ ,]+/).includes(option)) || option === "--json";
      assert.ok(known, line);
    }
  }
});
