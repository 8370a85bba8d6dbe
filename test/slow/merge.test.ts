// Two people and one run, with real git and the built program as its driver; and branches that each add to the journal.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { project } from "./processes.ts";

const place = mkdtempSync(join(tmpdir(), "journal-merge-"));
const main = join(place, "program", "dist", "cli", "main.js");

interface Repository {
  readonly root: string;
  git(...words: readonly string[]): string;
  /** `git merge`: what it left unmerged. */
  merge(branch: string): readonly string[];
  journal(...words: readonly string[]): { readonly exit: number | null; readonly out: string; readonly err: string };
}

/** A journal on branch `main`, with the driver of the program under test or without any. */
function makeRepository(name: string, driver: boolean): Repository {
  const root = join(place, name);
  mkdirSync(root);
  const settings = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_AUTHOR_NAME: "Ada", GIT_COMMITTER_NAME: "Ada" };
  const env = { ...process.env, ...settings, EMAIL: "ada@example.org", NO_COLOR: "1" };
  const git = (...words: readonly string[]): string =>
    execFileSync("git", words, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const journal: Repository["journal"] = (...words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { cwd: root, env, encoding: "utf8" });
    return { exit: status, out: stdout, err: stderr };
  };
  const merge = (branch: string): readonly string[] => {
    spawnSync("git", ["merge", "--quiet", "--no-edit", branch], { cwd: root, env, stdio: "ignore" });
    return git("diff", "--name-only", "--diff-filter=U").split("\n").filter(Boolean);
  };
  git("init", "--quiet", "-b", "main");
  assert.equal(journal("init", "--no-ci", ...(driver ? ["--merge-driver"] : [])).exit, 0);
  return { root, git, merge, journal };
}

const start = (id: string): string => `---
id: ${id}
title: Double the batch
date: 2026-11-20
status: finished
tags: [batch-size]
config:
  batch_size: 64
  learning_rate: 1.0e-3
metrics:
  val_accuracy: { before: 85.5%, after: [87.2%, 87.0%] }
repeats:
  - { seed: 1 }
  - { seed: 2 }
---

## Observations

### What worked

- Faster

Table of ${id}:

| seed | loss |
| ---- | ---- |
| 1    | 0.40 |

## Next steps

- [ ] Try 128

## Run notes

### 2026-11-20

Motivation: cost of ${id}.
`;

type Edit = (text: string) => string;

interface Case {
  readonly one: Edit;
  readonly two: Edit;
  /** Texts that both have to arrive. */
  readonly arrive: readonly string[];
  /** Two values for one thing: nobody can merge that. */
  readonly conflict?: string;
}

const swap =
  (old: string, next: string): Edit =>
  (text) => {
    assert.ok(text.includes(old), old);
    return text.replace(old, () => next);
  };
const grow = (old: string, more: string): Edit => swap(old, old + more);
const seed =
  (number: number, value: string): Edit =>
  (text) =>
    grow("  - { seed: 2 }\n", `  - { seed: ${number} }\n`)(swap("87.0%]", `87.0%, ${value}]`)(text));
const note =
  (text: string): Edit =>
  (run) =>
    `${run}\n${text}\n`;
const dated = (text: string): Edit => note(`### 2026-11-21\n\n${text}`);

const cases: Readonly<Record<string, Case>> = {
  "same-field": { one: swap("title: Double", "title: Triple"), two: swap("title: Double", "title: Halve"), arrive: [], conflict: "title" },
  "adjacent-fields": {
    one: swap("title: Double", "title: Triple"),
    two: swap("date: 2026-11-20", "date: 2026-11-19"),
    arrive: ["title: Triple", "date: 2026-11-19"],
  },
  tags: { one: swap("[batch-size]", "[batch-size, fast]"), two: swap("[batch-size]", "[batch-size, slow]"), arrive: ["fast", "slow"] },
  "list-items": { one: grow("- Faster\n", "- Cheaper\n"), two: grow("- Faster\n", "- Simpler\n"), arrive: ["- Cheaper", "- Simpler"] },
  notes: { one: note("Ada's note."), two: note("Bo's note."), arrive: ["\n\nAda's note.\n", "\n\nBo's note.\n"] },
  "dated-notes": { one: dated("Ada's day."), two: dated("Bo's day."), arrive: ["\n\nAda's day.\n", "\n\nBo's day.\n"] },
  seeds: { one: seed(3, "87.1%"), two: seed(4, "86.9%"), arrive: ["seed: 3", "seed: 4", "87.1%", "86.9%"] },
  "decision-metrics": {
    one: grow("  - { seed: 2 }\n", "decision: keep\nreason: better\n"),
    two: swap("before: 85.5%", "before: 85.4%"),
    arrive: ["decision: keep", "85.4%"],
  },
  "tick-note": { one: swap("- [ ] Try", "- [x] Try"), two: note("A note."), arrive: ["- [x] Try 128", "A note."] },
  "table-rows": {
    one: grow("| 1    | 0.40 |\n", "| 2    | 0.41 |\n"),
    two: grow("| 1    | 0.40 |\n", "| 3    | 0.39 |\n"),
    arrive: ["| 2    | 0.41 |", "| 3    | 0.39 |"],
  },
  "line-ends": {
    one: (text) => swap("title: Double", "title: Triple")(text).replaceAll("\n", "\r\n"),
    two: note("A note."),
    arrive: ["title: Triple the batch\r\n", "A note.\r\n"],
  },
};
const names = Object.keys(cases);
const idOf = (name: string): string => `EXP${String(names.indexOf(name) + 1).padStart(3, "0")}-aaaa`;
const pathOf = (name: string): string => `experiments/${idOf(name)}-${name}.md`;
const gone = "experiments/EXP090-aaaa-gone.md";
const [moved, arrived] = ["experiments/EXP091-aaaa-old-name.md", "experiments/EXP091-aaaa-new-name.md"] as const;

/** Every case as a file of its own; `one` also deletes a run and renames another, which `two` both edits. */
function branch(repository: Repository): void {
  const { root, git } = repository;
  const edit = (path: string, change: Edit): void => writeFileSync(join(root, path), change(readFileSync(join(root, path), "utf8")));
  for (const name of names) writeFileSync(join(root, pathOf(name)), start(idOf(name)));
  // Else git itself would write the line ends of one side.
  appendFileSync(join(root, ".gitattributes"), "*-line-ends.md -text\n");
  for (const path of [gone, moved]) {
    const own = Array.from({ length: 40 }, (_, line) => `${path} ${line} ${"x".repeat(line)}\n`).join("\n");
    writeFileSync(join(root, path), start(path.slice(12, 23)) + own);
  }
  git("add", ".");
  git("commit", "--quiet", "-m", "start");
  for (const side of ["one", "two"] as const) {
    git("switch", "--quiet", "-c", side, "main");
    for (const name of names) edit(pathOf(name), cases[name]?.[side] ?? String);
    if (side === "one") {
      git("rm", "--quiet", gone);
      git("mv", moved, arrived);
      edit(arrived, swap("title: Double", "title: Triple"));
    } else for (const path of [gone, moved]) edit(path, swap("date: 2026-11-20", "date: 2026-11-19"));
    git("commit", "--quiet", "-am", side);
  }
}

const read = ({ root }: Repository, path: string): string => readFileSync(join(root, path), "utf8");
const marker = /^(?:<{7}|={7}|>{7})(?:\s|$)/m;

/** Every file with markers is named at its first one, and no listing or table shows them. */
function assertPinpointed(repository: Repository, paths: readonly string[]): void {
  const marked = paths.filter((path) => existsSync(join(repository.root, path)) && marker.test(read(repository, path)));
  const text = repository.journal("check", "--json").out;
  const found = JSON.parse(text) as { data?: { problems: readonly Found[] }; errors?: readonly Found[] };
  const problems = found.data?.problems ?? found.errors ?? [];
  for (const path of marked) {
    const line =
      read(repository, path)
        .split("\n")
        .findIndex((row) => row.startsWith("<<<<<<<")) + 1;
    const named = problems.some(
      (problem) => problem.code === "markdown/conflict-markers" && problem.path === path && problem.line === line,
    );
    assert.ok(named, `${path}:${line}\n${text.slice(0, 2000)}`);
  }
  const published = /<{7}|={7}|>{7} /;
  assert.doesNotMatch(repository.journal("list", "--json").out, published);
  repository.journal("index");
  assert.doesNotMatch(read(repository, "experiments/README.md"), published);
}

interface Found {
  readonly code: string;
  readonly path?: string;
  readonly line?: number;
}

before(() => {
  for (const part of ["dist", "package.json", "site/styles", "templates"])
    cpSync(join(project, part), join(place, "program", part), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(place, "program", "node_modules"));
});
after(() => rmSync(place, { recursive: true, force: true }));

describe("two branches that edit the same runs", () => {
  for (const [into, from] of [["one", "two"] as const, ["two", "one"] as const]) {
    test(`come together with the driver, ${from} into ${into}: everything arrives, and one field is left to people`, () => {
      const repository = makeRepository(`on-${into}`, true);
      branch(repository);
      repository.git("switch", "--quiet", into);
      const unmerged = repository.merge(from);
      const left = names.filter((name) => cases[name]?.conflict !== undefined).map(pathOf);
      assert.deepEqual([...unmerged].sort(), [...left, gone].sort());
      for (const name of names) {
        const text = read(repository, pathOf(name));
        for (const part of cases[name]?.arrive ?? []) assert.ok(text.includes(part), `${name}: ${part}\n${text}`);
        assert.equal(marker.test(text), cases[name]?.conflict !== undefined, `${name}\n${text}`);
      }
      const both = read(repository, arrived);
      assert.ok(both.includes("title: Triple") && both.includes("date: 2026-11-19") && !existsSync(join(repository.root, moved)));
      const text = read(repository, pathOf("same-field"));
      assert.match(
        text,
        new RegExp(`^<<<<<<< ours \\(${into}\\)\ntitle: .*\n=======\ntitle: .*\n>>>>>>> theirs \\(${from}\\)\ndate:`, "m"),
      );
      assertPinpointed(repository, names.map(pathOf));
    });

    test(`without the driver, ${from} into ${into}: each run is merged, or its conflict is named and never taken for data`, () => {
      const repository = makeRepository(`off-${into}`, false);
      branch(repository);
      repository.git("switch", "--quiet", into);
      const unmerged = repository.merge(from);
      assert.ok(unmerged.includes(pathOf("same-field")) && unmerged.includes(pathOf("notes")), "the driver is worth its while");
      for (const name of names) {
        const text = read(repository, pathOf(name));
        assert.equal(marker.test(text), unmerged.includes(pathOf(name)), name);
        if (!unmerged.includes(pathOf(name))) for (const part of cases[name]?.arrive ?? []) assert.ok(text.includes(part), name);
      }
      assertPinpointed(repository, [...names.map(pathOf), arrived, gone]);
    });
  }
});

describe("branches that each add runs, seeds and a decision", () => {
  const people = ["ada", "bo", "cy"] as const;
  const orders = people.flatMap((first) =>
    people.flatMap((second) => people.flatMap((third) => (new Set([first, second, third]).size === 3 ? [[first, second, third]] : []))),
  );

  for (const driver of [true, false])
    test(`merge cleanly in every order, with distinct ids, ${driver ? "with" : "without"} the driver`, () => {
      const repository = makeRepository(`team-${driver ? "on" : "off"}`, driver);
      const { root, git, journal } = repository;
      const must = (...words: readonly string[]): string => {
        const { exit, out, err } = journal(...words);
        assert.equal(exit, 0, `${words.join(" ")}\n${err}`);
        return out;
      };
      const ids = people.map((_, index) => `EXP00${index + 1}-aaaa`);
      for (const id of ids) writeFileSync(join(root, `experiments/${id}-start.md`), start(id));
      git("add", ".");
      git("commit", "--quiet", "-m", "start");
      for (const [index, name] of people.entries()) {
        git("switch", "--quiet", "-c", name, "main");
        must("new", `Idea of ${name}`, "--set", `batch_size=${100 + index}`);
        const seeds = (JSON.parse(must("new", `Seeds of ${name}`, "--base", "none", "--json")) as { data: { id: string } }).data.id;
        must("set", seeds, `repeat_of=${ids[0]}`);
        must("keep", ids[index] ?? "", "-m", `good, says ${name}`);
        git("add", ".");
        git("commit", "--quiet", "-m", name);
      }
      for (const [at, order] of orders.entries()) {
        git("switch", "--quiet", "-c", `order-${at}`, "main");
        for (const name of order) assert.deepEqual(repository.merge(name), [], order.join(" "));
        const { data } = JSON.parse(must("list", "--json")) as { data: readonly { id: string; decision?: string }[] };
        assert.equal(new Set(data.map(({ id }) => id.toLowerCase())).size, 9, order.join(" "));
        for (const [index, id] of ids.entries())
          assert.match(read(repository, `experiments/${id}-start.md`), new RegExp(`says ${people[index]}`));
      }
    });
});
