// How a version is made and published, and what the workflows of this repository may do.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => [name, parse(readFileSync(join(folder, name), "utf8")) as Workflow] as const);
/** The only jobs that may do more than read. */
const rights: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "pages.yml publish": { pages: "write", "id-token": "write" },
  "release.yml publish": { contents: "read", "id-token": "write" },
};

describe("the workflows of this repository", () => {
  test("are three", () => assert.deepEqual(workflows.map(([name]) => name).sort(), ["ci.yml", "pages.yml", "release.yml"]));

  for (const [name, { on, permissions, jobs }] of workflows) {
    test(`${name} gives a pull request no rights of the repository, and each job what it needs`, () => {
      assert.deepEqual(permissions, {});
      const privileged = Object.keys(on).filter((event) => !["push", "pull_request"].includes(event));
      assert.deepEqual(privileged, []);
      for (const [job, { permissions: given, "timeout-minutes": minutes }] of Object.entries(jobs)) {
        assert.deepEqual(given, rights[`${name} ${job}`] ?? { contents: "read" }, job);
        assert.ok((minutes ?? 360) <= 60, job);
      }
      if ("pull_request" in on) assert.ok(Object.keys(jobs).every((job) => rights[`${name} ${job}`] === undefined));
    });

    test(`${name} holds its actions to a commit, keeps no credentials and caches nothing`, () => {
      const steps = Object.values(jobs).flatMap(({ steps: own }) => own);
      for (const { uses, with: given } of steps) {
        if (uses === undefined) continue;
        assert.match(uses, /^actions\/(checkout|setup-node|upload-pages-artifact|deploy-pages)@[0-9a-f]{40}$/);
        assert.equal(given?.["cache"], undefined, uses);
        if (uses.startsWith("actions/checkout@")) assert.equal(given?.["persist-credentials"], false);
      }
      for (const line of readFileSync(join(folder, name), "utf8").split("\n"))
        if (line.includes("uses: ")) assert.match(line, / # v\d+\.\d+\.\d+$/, "the version, for readers");
    });

    test(`${name} puts nothing that a stranger wrote into a command, and runs no install script`, () => {
      const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
      assert.deepEqual(
        commands.filter((command) => command.includes("${{")),
        [],
      );
      assert.deepEqual(
        commands.filter((command) => /npm (ci|install|publish)/.test(command) && !command.includes("--ignore-scripts")),
        [],
      );
    });
  }
});

const place = mkdtempSync(join(tmpdir(), "journal-release-"));
after(() => rmSync(place, { recursive: true, force: true }));

/** Runs the script where package.json says 0.2.0. */
function release(changes: string, ...words: readonly string[]): { readonly status: number | null; readonly changes: string } {
  writeFileSync(join(place, "package.json"), '{ "version": "0.2.0" }\n');
  writeFileSync(join(place, "CHANGELOG.md"), changes);
  const { status } = spawnSync(process.execPath, [resolve("scripts/release.mjs"), ...words], { cwd: place });
  return { status, changes: readFileSync(join(place, "CHANGELOG.md"), "utf8") };
}

const today = /\(\d{4}-\d{2}-\d{2}\)/;

describe("a release", () => {
  test("gives what is unreleased the version's name and the day", () => {
    const made = release("# Changelog\n\n## Unreleased\n\n### Added\n\n- a thing\n\n## 0.1.0 (2026-01-01)\n\n- the first\n", "open");
    assert.equal(made.status, 0);
    assert.equal(
      made.changes.replace(today, "(day)"),
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (day)\n\n### Added\n\n- a thing\n\n## 0.1.0 (2026-01-01)\n\n- the first\n",
    );
  });

  test("works for the first version too", () => {
    const made = release("# Changelog\n\n## Unreleased\n\n- a thing\n", "open");
    assert.equal(made.changes.replace(today, "(day)"), "# Changelog\n\n## Unreleased\n\n## 0.2.0 (day)\n\n- a thing\n");
  });

  test("is refused when there is nothing to tell, or it was told already", () => {
    for (const changes of [
      "# Changelog\n",
      "## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- a\n",
      "## Unreleased\n\n- a\n\n## 0.2.0 (2026-01-01)\n\n- b\n",
    ])
      assert.deepEqual(release(changes, "open"), { status: 1, changes });
  });

  test("is published only where tag, package and changelog agree", () => {
    const told = "## 0.2.0 (2026-01-01)\n\n- a\n";
    assert.equal(release(told, "check", "v0.2.0").status, 0);
    assert.equal(release(told, "check", "v0.2.1").status, 1);
    assert.equal(release(told, "check").status, 1);
    assert.equal(release("## Unreleased\n\n- a\n", "check", "v0.2.0").status, 1);
  });

  test("has something to tell now", () => assert.match(readFileSync("CHANGELOG.md", "utf8"), /^## Unreleased$/m));
});
