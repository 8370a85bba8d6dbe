// What git remembers of files: their earlier contents.

import { askGit } from "./git.ts";
import { findGit } from "./git-folder.ts";

/** Hashes of the contents each path had in the history of this branch, oldest first; empty where there is no git. */
export function readVersions(root: string, paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, string[]>();
  if (findGit(root) === undefined || paths.length === 0) return versions;
  const words = [
    "log",
    "--reverse",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--relative",
    "--format=",
    "-z",
    "--",
    ...paths,
  ];
  const parts = (askGit(root, words) ?? "").split("\0");
  for (const [at, part] of parts.entries()) {
    const hash = /^\n*:\d+ 100\d{3} [0-9a-f]+ ([0-9a-f]{40,64}) [AM]$/.exec(part)?.[1];
    const path = parts[at + 1];
    if (hash === undefined || path === undefined) continue;
    const known = versions.get(path);
    if (known === undefined) versions.set(path, [hash]);
    else known.push(hash);
  }
  return versions;
}
