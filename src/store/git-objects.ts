// What git still holds of the code that runs were made with: hashes dangle after a reset, a squash or a shallow clone.

import { callGit } from "./git-call.ts";

const full = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const short = /^[0-9a-f]{7,64}$/;

/** Of commits as they are written, full or short, those that lead nowhere here; asked at once. Nothing when git gives no answer. */
export function findDangling(root: string, commits: readonly string[]): ReadonlySet<string> | undefined {
  const asked = [...new Set(commits)].filter((commit) => short.test(commit));
  if (asked.length === 0) return new Set();
  const { ok, out } = callGit(root, ["cat-file", "--batch-check=%(objecttype)"], {
    input: asked.map((commit) => `${commit}^{commit}\n`).join(""),
    environment: { GIT_NO_LAZY_FETCH: "1" },
  });
  const lines = out.toString("utf8").split("\n");
  return ok ? new Set(asked.filter((_, at) => lines[at] !== "commit")) : undefined;
}

export interface CommitPair {
  readonly from: string;
  readonly to: string;
}

/** Paths that differ between each two commits, from the top of the repository; commits must be full and here. Asked at once. */
export function readChangedPaths(root: string, pairs: readonly CommitPair[]): ReadonlyMap<CommitPair, readonly string[]> {
  const asked = pairs.filter(({ from, to }) => full.test(from) && full.test(to) && from !== to);
  const changed = new Map<CommitPair, string[]>();
  if (asked.length === 0) return changed;
  const { ok, out } = callGit(root, ["diff-tree", "--stdin", "-r", "-z", "--name-only", "--no-ext-diff", "--no-renames"], {
    input: asked.map(({ from, to }) => `${to} ${from}\n`).join(""),
    environment: { GIT_NO_LAZY_FETCH: "1" },
  });
  if (!ok) return changed;
  let next = 0;
  let paths: string[] = [];
  for (const word of out.toString("utf8").split("\0")) {
    const pair = asked[next];
    if (word === "") continue;
    if (pair === undefined || word.trim() !== pair.to) paths.push(word);
    else {
      paths = [];
      changed.set(pair, paths);
      next += 1;
    }
  }
  return changed;
}

/** Paths that differ between a revision and the files as they are now, new ones too; nothing for a revision that git does not know. */
export function readChangedHere(root: string, revision: string): readonly string[] | undefined {
  const { ok, out } = callGit(root, ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--end-of-options", revision, "--"]);
  if (!ok) return undefined;
  const fresh = callGit(root, ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"]);
  return [...new Set([...out.toString("utf8").split("\0"), ...(fresh.ok ? fresh.out.toString("utf8").split("\0") : [])])].filter(
    (path) => path !== "",
  );
}
