// The files of a snapshot, brought out of git: into a folder, or back to where one was lost.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callGit } from "../store/git-call.ts";

export interface CodeFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly mode: string;
}

/** Of a commit; those at or below `paths` (from the top) alone. Nothing where git gives no answer. */
export function listCodeFiles(top: string, commit: string, paths: readonly string[] = []): readonly CodeFile[] | undefined {
  const { ok, out } = callGit(top, ["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", ...paths]);
  if (!ok) return undefined;
  return out
    .toString("utf8")
    .split("\0")
    .flatMap((line): readonly CodeFile[] => {
      const [, mode, path] = /^(\d{6}) \w+ [0-9a-f]+\t(.+)$/s.exec(line) ?? [];
      return mode === undefined || path === undefined || mode === "160000" ? [] : [{ path, mode }];
    });
}

/** Writes them below `folder`, which must hold none of them; what git said when it failed. */
export function writeCode(top: string, commit: string, folder: string, paths?: readonly string[]): string | undefined {
  const scratch = mkdtempSync(join(tmpdir(), "journal-index-"));
  const environment = { GIT_INDEX_FILE: join(scratch, "index") };
  try {
    const read = callGit(top, ["read-tree", commit], { environment });
    if (!read.ok) return read.said;
    const words = ["checkout-index", "--quiet", `--prefix=${folder}/`];
    const written =
      paths === undefined
        ? callGit(top, [...words, "--all"], { environment })
        : callGit(top, [...words, "-z", "--stdin"], { environment, input: paths.map((path) => `${path}\0`).join("") });
    return written.ok ? undefined : written.said;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A file that holds the code of these snapshots and no history; what git said when it failed. */
export function writeBundle(top: string, file: string, refs: string, snapshots: ReadonlyMap<string, string>): string | undefined {
  const names = [...snapshots.keys()].map((name) => `${refs}/${name}`);
  const set = [...snapshots].map(([name, hash]) => `update ${refs}/${name} ${hash}\n`).join("");
  const made = callGit(top, ["update-ref", "--stdin"], { input: set });
  try {
    const written = made.ok ? callGit(top, ["bundle", "create", "--quiet", file, ...names], { patience: 10 * 60_000 }) : made;
    return written.ok ? undefined : written.said;
  } finally {
    callGit(top, ["update-ref", "--stdin"], { input: names.map((name) => `delete ${name}\n`).join("") });
  }
}
