// The repository of a journal, for the commands that need its snapshots.

import { exits, JournalError } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import { readCommit } from "../store/git.ts";
import { findGit, type GitFolders } from "../store/git-folder.ts";
import { noCode } from "./messages.ts";
import { noRepository, noSnapshotHere } from "./messages-reproduce.ts";

/** Refuses with exit 3 outside a repository. */
export function repositoryOf(root: string): GitFolders {
  const git = findGit(root);
  if (git === undefined) throw new JournalError(noRepository(), exits.notFound);
  return git;
}

/** The snapshot of a run, else its commit. Refuses with exit 3 where it is not recorded or not here. */
export function codeHere(root: string, { run }: RunFile): string {
  const code = run.run?.snapshot ?? run.run?.commit;
  if (code === undefined) throw new JournalError(noCode(run.id), exits.notFound);
  const commit = readCommit(root, code);
  if (commit === undefined) throw new JournalError(noSnapshotHere(run.id, code), exits.notFound);
  return commit;
}
