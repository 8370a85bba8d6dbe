// What git must know to merge run files by key and section: one attribute, committed, and two lines of this clone's settings.

import { exits, JournalError } from "../base/problem.ts";
import { askGit } from "../store/git.ts";
import { findGit } from "../store/git-folder.ts";
import { noGit } from "../store/messages.ts";

export const attributeLine = "experiments/**/*.md merge=journal";

/** Where the command is not installed, git's own merge does the work. */
const driver = "if command -v journal >/dev/null 2>&1; then journal merge-driver %O %A %B --path %P; else git merge-file %A %O %B; fi";

const settings = [
  ["merge.journal.name", "merge journal runs by key and section"],
  ["merge.journal.driver", driver],
] as const;

/** Writes this clone's settings; says which were new. */
export function installMergeDriver(start: string): readonly string[] {
  if (findGit(start) === undefined) throw new JournalError(noGit("the merge driver"), exits.notFound);
  return settings.map(([name, value]) => {
    if (askGit(start, ["config", "--local", "--get", name])?.trimEnd() === value) return `git config ${name} (unchanged)`;
    if (askGit(start, ["config", "--local", name, value]) === undefined) throw new JournalError(noGit("the merge driver"), exits.notFound);
    return `git config ${name}`;
  });
}
