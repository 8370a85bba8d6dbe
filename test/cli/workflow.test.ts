// The rules that keep a stranger's pull request harmless, held against the workflow that is written.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse as parseYaml } from "yaml";
import { workflow } from "../../src/cli/workflow.ts";
import { makePlace } from "./world.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "working-directory"?: string;
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly needs?: string;
  readonly if?: string;
  readonly "timeout-minutes": number;
}

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by the tests
const read = (folder = ""): any => parseYaml(workflow(folder, "1.2.3", true));
const jobsOf = (folder = ""): Readonly<Record<string, Job>> => read(folder).jobs;
const stepsOf = (folder = ""): readonly Step[] => Object.values(jobsOf(folder)).flatMap(({ steps }) => steps);
const only = "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch";

describe("the GitHub workflow", () => {
  it("runs on pull requests without the rights of the repository, and on its main branch", () => {
    const { on, permissions } = read();
    assert.deepEqual(on, { pull_request: null, push: { branches: ["main", "master"] } });
    assert.deepEqual(permissions, {});
  });

  it("gives each job what it needs: reading, and publishing to the last one alone", () => {
    const jobs = jobsOf();
    assert.deepEqual(Object.keys(jobs), ["check", "site", "publish"]);
    assert.deepEqual(jobs["check"]?.permissions, { contents: "read" });
    assert.deepEqual(jobs["site"]?.permissions, { contents: "read" });
    assert.deepEqual(jobs["publish"]?.permissions, { pages: "write", "id-token": "write" });
    assert.deepEqual([jobs["publish"]?.needs, jobs["publish"]?.if], ["site", only]);
    for (const job of Object.values(jobs)) assert.ok(job["timeout-minutes"] <= 20);
  });

  it("leaves no credentials in the checkout, and uses official actions by their major version", () => {
    for (const { uses, with: given } of stepsOf()) {
      if (uses === undefined) continue;
      assert.match(uses, /^actions\/[a-z-]+(?:\/(?:save|restore))?@v\d+$/);
      if (uses.startsWith("actions/checkout@")) assert.equal(given?.["persist-credentials"], false);
    }
    assert.match(workflow("", "1.2.3", true), /uses: actions\/checkout@<40 hex digits>/);
  });

  it("keeps a cache only from the main branch", () => {
    const caches = stepsOf().filter(({ uses }) => uses?.startsWith("actions/cache"));
    assert.ok(caches.every(({ uses }) => /^actions\/cache\/(?:save|restore)@/.test(uses ?? "")));
    const saves = caches.filter(({ uses }) => uses?.includes("/save@"));
    assert.deepEqual(
      saves.map((step) => step.if),
      ["github.event_name == 'push'"],
    );
    for (const { with: given } of caches) {
      assert.equal(given?.["path"], ".journal/cache");
      assert.equal(given?.["key"], "journal-1.2.3-${{ github.sha }}");
    }
  });

  it("puts nothing that a stranger wrote into a command", () => {
    for (const { run } of stepsOf())
      for (const [, expression = ""] of run?.matchAll(/\$\{\{(.*?)\}\}/g) ?? [])
        assert.equal(expression.trim(), "github.event_name == 'pull_request' && '--since HEAD^1' || ''");
  });

  it("has the first parent of a pull request's commit at hand, which the summary is told since", () => {
    const check = jobsOf()["check"]?.steps ?? [];
    assert.equal(check.find(({ uses }) => uses?.startsWith("actions/checkout@"))?.with?.["fetch-depth"], 2);
    assert.match(
      check.at(-1)?.run ?? "",
      /^npx --yes experiment-journal@1\.2\.3 check --format github --summary "\$GITHUB_STEP_SUMMARY" \$\{\{.*\}\}$/,
    );
  });

  it("uploads from the default branch only", () => {
    const [upload] = stepsOf().filter(({ uses }) => uses?.startsWith("actions/upload-pages-artifact@"));
    assert.equal(upload?.if, only);
    assert.equal(upload?.with?.["path"], "_site");
  });

  it("works where the journal lies in a folder of the repository, whatever its name", () => {
    for (const folder of ["sub", 'a "b": #c/d']) {
      const steps = stepsOf(folder);
      const commands = steps.filter(({ run }) => run !== undefined);
      assert.ok(commands.length > 0 && commands.every((step) => step["working-directory"] === folder));
      const paths = steps.map(({ with: given }) => given?.["path"]).filter((path) => path !== undefined);
      assert.ok(paths.every((path) => path === `${folder}/.journal/cache` || path === `${folder}/_site`));
    }
  });

  it("is written once, at the top of the repository", async () => {
    const place = makePlace({ "sub/keep": "" });
    await place.call("-C", "sub", "init");
    const path = ".github/workflows/journal.yml";
    const version = (JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as { version: string }).version;
    assert.equal(place.read(path), workflow("sub", version, true));
    assert.ok(existsSync(join(place.root, "sub/journal.yaml")));
    place.write(path, "mine\n");
    await place.call("-C", "sub", "init");
    assert.equal(place.read(path), "mine\n");
  });
});
