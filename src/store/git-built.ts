// What a site was built from, as far as git knows.

import { askGitSoon, readCommit } from "./git.ts";
import { findGit } from "./git-folder.ts";
import { runFolder, settingsFile } from "./root.ts";

export interface BuiltFrom {
  readonly commit?: string;
  readonly dirty?: true;
  readonly uncommitted?: number;
}

/** The journal's own paths, from its root: what they hold makes no code dirty. */
const own = [settingsFile, runFolder, "reports", "charts", "templates"];

/** Nothing outside a repository; a repository that does not answer in time leaves out what it did not say. */
export async function readBuiltFrom(root: string): Promise<BuiltFrom> {
  if (findGit(root) === undefined) return {};
  const commit = readCommit(root);
  if (commit === undefined) return {};
  const status = ["status", "--porcelain=v1", "--no-renames", "-z"];
  const [inside, outside] = await Promise.all([
    askGitSoon(root, [...status, "--untracked-files=all", "--", ...own]),
    askGitSoon(root, [...status, "--untracked-files=no", "--", ":(top)", ...own.map((path) => `:(exclude)${path}`)]),
  ]);
  const uncommitted = inside?.split("\0").filter((line) => line !== "").length ?? 0;
  return { commit, ...(outside === undefined || outside === "" ? {} : { dirty: true }), ...(uncommitted === 0 ? {} : { uncommitted }) };
}
