// The everyday commands as subjects, over a journal of any size.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeJournal } from "../test/support/generate.ts";
import type { Subject } from "./measure.ts";

const bin = resolve(import.meta.dirname, "../dist/cli/main.js");

/** What all others are compared with. */
export const floor: Subject = { name: "node", command: [process.execPath, "-e", "0"] };

/** A generated journal in a repository; whoever makes it removes it. */
export function makeJournal(runs: number): string {
  const folder = mkdtempSync(join(tmpdir(), "journal-bench-"));
  writeJournal(folder, { runs });
  spawnSync("git", ["init", "-q"], { cwd: folder });
  return folder;
}

/** `set` and `keep` change a file at each call, as they do when a person uses them; what `new` makes is gone before the next call. */
export function everyday(folder: string): readonly Subject[] {
  const runs = join(folder, "experiments");
  const generated = new Set(readdirSync(runs));
  const id = [...generated].sort()[0]?.split("-").slice(0, 2).join("-") ?? "1";
  let count = 0;
  const journal = (name: string, words: () => readonly string[], before?: () => void): Subject => ({
    name,
    cwd: folder,
    ...(before === undefined ? {} : { before }),
    get command() {
      return [process.execPath, bin, ...words()] as const;
    },
  });
  const clean = (): void => {
    for (const name of readdirSync(runs)) if (!generated.has(name)) rmSync(join(runs, name), { recursive: true });
  };
  // The cache knows the journal as it is, so that each command pays for its own work alone.
  const settle = (): void => {
    clean();
    spawnSync(process.execPath, [bin, "list", "--json"], { cwd: folder, stdio: "ignore" });
  };
  return [
    journal("set", () => ["set", id, `learning_rate=0.0${1000 + count++}`], clean),
    journal("keep", () => ["keep", id, "-m", `measured ${count++}`], clean),
    journal("new_base", () => ["new", "Bench run", "--base", id], clean),
    journal("new", () => ["new", "Bench run"], settle),
    journal("list", () => ["list", "--json"], settle),
    journal("check_warm", () => ["check", "--json"], settle),
    journal(
      "check_cold",
      () => ["check", "--json"],
      () => {
        clean();
        rmSync(join(folder, ".journal"), { recursive: true, force: true });
      },
    ),
  ];
}
