// What git remembers of files: their earlier contents, and which paths differ between the code of two runs.

import { relative, sep } from "node:path";
import { askGit, readCommit } from "./git.ts";
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

/** From the journal's root; nothing where one of the two is not here. A path outside of the journal keeps its way up: `../eval/data.json`. */
export function readChangedPaths(root: string, from: string, to: string): readonly string[] | undefined {
  const [old, now] = [readTree(root, from), readTree(root, to)];
  const git = findGit(root);
  if (old === undefined || now === undefined || git === undefined) return undefined;
  const changed = askGit(root, ["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", old, now]);
  const above = relative(git.top, root).split(sep).join("/");
  return changed
    ?.split("\0")
    .filter((path) => path !== "")
    .map((path) => (above === "" ? path : path.startsWith(`${above}/`) ? path.slice(above.length + 1) : `../${path}`));
}

/** A snapshot may be a commit or a tree. */
function readTree(root: string, name: string): string | undefined {
  const tree = askGit(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{tree}`])?.trim();
  return tree !== undefined && /^[0-9a-f]{40,64}$/.test(tree) ? tree : readCommit(root, name);
}
