// What a branch did to the run files since it left another one.

import { decode } from "../markdown/decode.ts";
import { parseRun } from "../markdown/parse.ts";
import type { Run } from "../record/experiment.ts";
import { listBlobs, readBlobs, readChangedSince, readFork } from "./git.ts";
import { runFolder } from "./root.ts";

export interface BranchChanges {
  /** From the root: files that differ, are new or gone. */
  readonly paths: ReadonlySet<string>;
  /** The runs that those files held where the branch began, by id. */
  readonly before: ReadonlyMap<string, Run>;
}

/** Refuses with exit 3 outside a repository and for a revision that is not there. */
export function readBranchChanges(root: string, ref: string): BranchChanges {
  const paths = readChangedSince(root, ref);
  const blobs = (listBlobs(root, readFork(root, ref), [runFolder]) ?? []).filter(({ path }) => paths.has(path) && isRun(path));
  const contents = readBlobs(
    root,
    blobs.map(({ hash }) => hash),
  );
  const before = new Map<string, Run>();
  for (const { path, hash } of blobs) {
    const bytes = contents?.get(hash);
    const text = bytes === undefined ? undefined : decode(bytes).text;
    if (text === undefined) continue;
    const { run } = parseRun(text, path);
    before.set(run.id, run);
  }
  return { paths, before };
}

const isRun = (path: string): boolean => path.endsWith(".md") && !path.includes(".files/") && !/(?:^|\/)readme\.md$/i.test(path);
