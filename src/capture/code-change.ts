// What changed in the code between two commits or snapshots, without the journal's own files.

import type { CodeChange } from "../record/experiment.ts";
import { readCommit } from "../store/git.ts";
import { callGit } from "../store/git-call.ts";
import { findGit } from "../store/git-folder.ts";
import { countsAsCode } from "./counted-code.ts";
import { codePaths, ownPaths } from "./own-paths.ts";

export interface ChangedFile {
  /** From the top of the repository. */
  readonly path: string;
  /** Absent for bytes that are no text. */
  readonly added?: number;
  readonly removed?: number;
}

/** Of the files that count. Nothing where one of the commits is not in this repository. */
export function listCodeChanges(root: string, from: string, to: string, counted: readonly string[]): readonly ChangedFile[] | undefined {
  const git = findGit(root);
  const listed = git === undefined ? undefined : diff(git.top, root, from, to, ["--numstat", "-z", "--no-renames"]);
  if (git === undefined || listed === undefined) return undefined;
  const isOwn = ownPaths(git.top, root);
  const counts = countsAsCode(counted);
  return listed
    .toString("utf8")
    .split("\0")
    .flatMap((line): readonly ChangedFile[] => {
      const [, added, removed, path] = /^(\d+|-)\t(\d+|-)\t(.+)$/s.exec(line) ?? [];
      if (path === undefined || isOwn(path) || !counts(path)) return [];
      return [added === "-" ? { path } : { path, added: Number(added), removed: Number(removed) }];
    });
}

/** `files` is 0 where nothing changed that counts. */
export function readCodeChange(root: string, from: string, to: string, counted: readonly string[]): CodeChange | undefined {
  const files = listCodeChanges(root, from, to, counted);
  if (files === undefined) return undefined;
  const sum = (key: "added" | "removed"): number => files.reduce((total, file) => total + (file[key] ?? 0), 0);
  return { from, to, files: files.length, added: sum("added"), removed: sum("removed") };
}

/** The same as a patch. */
export function readCodeDifference(root: string, from: string, to: string, counted: readonly string[]): string | undefined {
  const git = findGit(root);
  if (git === undefined) return undefined;
  return diff(git.top, root, from, to, ["--no-color", "--", ...codePaths(git.top, root, counted)])?.toString("utf8");
}

function diff(top: string, root: string, from: string, to: string, words: readonly string[]): Buffer | undefined {
  const [old, now] = [readCommit(root, from), readCommit(root, to)];
  if (old === undefined || now === undefined) return undefined;
  const { ok, out } = callGit(top, ["diff", "--no-ext-diff", "--no-textconv", old, now, ...words]);
  return ok ? out : undefined;
}
