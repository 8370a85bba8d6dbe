// Where git keeps its things, found by reading `.git` as gitrepository-layout(5) describes it: no process is started.

import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface GitFolders {
  /** The checked out tree: the folder that holds `.git`. */
  readonly top: string;
  /** Of this worktree alone. */
  readonly own: string;
  /** Shared by all worktrees of one clone. */
  readonly common: string;
}

/** Looks in `start` and the folders above it; nothing outside a repository. */
export function findGit(start: string): GitFolders | undefined {
  for (let top = resolve(start); ; top = dirname(top)) {
    const own = readPointer(join(top, ".git"), top);
    if (own !== undefined) {
      const common = commonOf(own);
      return common === undefined ? undefined : { top, own, common };
    }
    if (dirname(top) === top) return undefined;
  }
}

/** `.git` is the folder itself, or in worktrees and submodules a file `gitdir: <path>`. */
function readPointer(path: string, top: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isDirectory()) return path;
  if (!stats.isFile() || stats.size > 10_000) return undefined;
  const line = /^gitdir: (.+?)\s*$/.exec(readFileSync(path, "utf8"))?.[1];
  return line === undefined ? undefined : resolve(top, line);
}

function commonOf(own: string): string | undefined {
  const pointer = readIfThere(join(own, "commondir"))?.trim();
  const common = pointer === undefined ? own : resolve(own, pointer);
  const looksReal =
    readIfThere(join(own, "HEAD")) !== undefined && statSync(join(common, "objects"), { throwIfNoEntry: false })?.isDirectory() === true;
  return looksReal ? common : undefined;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
