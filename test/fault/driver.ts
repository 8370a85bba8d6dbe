// One command of the store per process, for tests that kill it: driver <command> <root> …

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { JournalError } from "../../src/base/problem.ts";
import { applyFix, planFixes } from "../../src/store/fixes.ts";
import { type Journal, openJournal } from "../../src/store/journal.ts";

const [command = "", root = "", ...words] = process.argv.slice(2);
const fixed = {
  now: () => new Date("2026-11-20T10:15:00Z"),
  random: (count: number) => new Uint8Array(count).map((_, index) => 7 + index),
};
const journal = (): Journal => openJournal(root, process.env["DRIVER_FIXED"] === undefined ? {} : fixed);
const word = (index: number): string => words[index] ?? "";

const commands: Readonly<Record<string, () => unknown>> = {
  /** The negative control: a writer that tears. */
  plain: () => writeFileSync(join(root, word(0)), word(1).repeat(3000)),
  create: () =>
    journal().create(
      { title: word(0), date: "2026-11-20T10:15:00+01:00", status: "planned", config: { batch_size: 64 } },
      word(1) === "" ? {} : { study: word(1) },
    ).path,
  edit: () => journal().edit(word(0), [{ kind: "set", path: [word(1)], value: word(2) }]).changed,
  push: () => journal().edit(word(0), [{ kind: "push", path: ["tags"], value: word(1) }]).changed,
  attach: () => journal().attach(word(0), word(1)).path,
  remove: () => journal().remove(word(0)).paths,
  rename: () => journal().rename(word(0)).to,
  list: () => journal().listLines().length,
  check: () =>
    journal()
      .problems()
      .map(({ code, path, line }) => ({ code, path, line })),
  fix: () => {
    const open = journal();
    const later = new Date(Date.now() + 3_600_000);
    const plan = planFixes(open, later);
    for (const fix of plan) applyFix(open, fix);
    return plan.map(({ cure, path }) => [cure, path]);
  },
};

try {
  process.stdout.write(`${JSON.stringify(commands[command]?.())}\n`);
} catch (error) {
  if (!(error instanceof JournalError)) throw error;
  process.stderr.write(`${error.problems.map((problem) => `${problem.code}: ${problem.message}`).join("\n")}\n`);
  process.exitCode = error.exit;
}
