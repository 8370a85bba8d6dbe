// A worktree with the code of a run and nothing else, outside the repository's own tree; gone when the work is done.

import { existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { readCommit } from "../store/git.ts";
import { callGit } from "../store/git-call.ts";
import { markWorktree, prefix } from "./left-worktrees.ts";

export interface CleanWorktree {
  /** Of the worktree. */
  readonly top: string;
  /** Why a submodule is not there. */
  readonly missing: readonly string[];
  /** Makes something of the own tree visible in it, from the top; nothing where the code has its own. */
  link(path: string): void;
  remove(): void;
}

/**
 * On the commit the run was on where that is here, so that the script sees the same one. One that is not to stay is swept away later when
 * this process is killed. What git said when it failed.
 */
export function makeWorktree(
  top: string,
  code: string,
  commit: string | undefined,
  stays = false,
): CleanWorktree | { readonly failed: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const path = join(folder, basename(top));
  const remove = (): void => {
    callGit(top, ["worktree", "remove", "--force", "--force", path]);
    rmSync(folder, { recursive: true, force: true });
  };
  const head = commit !== undefined && readCommit(top, commit) !== undefined ? commit : code;
  for (const [where, words] of [
    [top, ["worktree", "add", "--quiet", "--detach", "--no-checkout", path, head]],
    [path, ["read-tree", code]],
    [path, ["checkout-index", "--all", "--quiet", "-u"]],
  ] as const) {
    const answer = callGit(where, words, { patience: 10 * 60_000 });
    if (!answer.ok) {
      remove();
      return { failed: answer.said };
    }
    if (where === top && !stays) markWorktree(path);
  }
  return { top: path, missing: readModules(path), link: (own) => link(top, path, own), remove };
}

function readModules(path: string): readonly string[] {
  if (!existsSync(join(path, ".gitmodules"))) return [];
  const answer = callGit(path, ["submodule", "--quiet", "update", "--init", "--recursive"], { patience: 10 * 60_000 });
  return answer.ok ? [] : [answer.said];
}

function link(from: string, to: string, path: string): void {
  const place = join(to, path);
  const inside = relative(to, place);
  if (inside === "" || inside.startsWith("..") || !existsSync(join(from, path))) return;
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(join(from, path), place, process.platform === "win32" ? "junction" : undefined);
}
