// The worktrees that a rerun makes carry the mark of its process, in git's own folder of the worktree: one whose process is gone was left
// behind by a kill. A worktree without the mark is somebody's own and is never looked at twice.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { callGit } from "../store/git-call.ts";
import { findGit } from "../store/git-folder.ts";
import { isGone, isHolder, self } from "../store/process.ts";
import { listLive } from "./live.ts";

/** Begins the name of the folder that holds the worktree. */
export const prefix = "journal-rerun-";
const mark = "journal-rerun";

/** Says that the worktree goes when this process is gone. */
export function markWorktree(path: string): void {
  const own = findGit(path)?.own;
  if (own !== undefined) writeFileSync(join(own, mark), JSON.stringify(self()));
}

export interface LeftWorktree {
  readonly path: string;
  /** What git knows about it. */
  readonly known: string;
}

/** Those of this machine whose process has ended. One that a run goes on in, or waits in for its result to be written, is in use. */
export function leftWorktrees(root: string): readonly LeftWorktree[] {
  const common = findGit(root)?.common;
  const names = common === undefined ? [] : readNames(join(common, "worktrees"));
  const left = names.flatMap((name) => readLeft(join(common ?? "", "worktrees", name)) ?? []);
  if (left.length === 0) return [];
  const used = listLive(root).map(({ state }) => state.cwd);
  return left.filter(({ path }) => !used.some((cwd) => cwd === path || cwd.startsWith(path + sep)));
}

/** Also where the folder itself is gone: a machine that starts again clears its temporary files. */
export function removeLeft(top: string, { path, known }: LeftWorktree): void {
  callGit(top, ["worktree", "remove", "--force", "--force", path]);
  rmSync(known, { recursive: true, force: true });
  rmSync(dirname(path), { recursive: true, force: true });
}

function readLeft(known: string): LeftWorktree | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(known, mark), "utf8"));
    const path = dirname(readFileSync(join(known, "gitdir"), "utf8").trim());
    const ours = isHolder(holder) && isGone(holder) && basename(dirname(path)).startsWith(prefix);
    return ours ? { path, known } : undefined;
  } catch {
    return undefined;
  }
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
