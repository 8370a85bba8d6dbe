// Where the code of a run is to be had in this clone.

import type { Execution } from "../record/experiment.ts";
import { readCommit } from "../store/git.ts";
import { snapshotOfCommit } from "./snapshot.ts";

type Recorded = Pick<Execution, "commit" | "snapshot"> | undefined;

/**
 * The commit that holds the files of a run's code; nothing where it is not here. A snapshot that was not fetched is made of the run's commit:
 * it has the same hash when nothing else was in it, and is taken for it only then.
 */
export function findCode(root: string, recorded: Recorded): string | undefined {
  const { snapshot, commit } = recorded ?? {};
  if (snapshot === undefined) return commit === undefined ? undefined : readCommit(root, commit);
  return readCommit(root, snapshot) ?? (isCommitAlone(root, recorded) ? snapshot : undefined);
}

/** Whether the run's commit is here, and holds all of its code: then it needs no snapshot. */
export function isCommitAlone(root: string, recorded: Recorded): boolean {
  const { snapshot, commit } = recorded ?? {};
  const here = snapshot === undefined || commit === undefined ? undefined : readCommit(root, commit);
  return here !== undefined && snapshotOfCommit(root, here) === snapshot;
}
