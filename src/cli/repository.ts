// The repository of a journal, for the commands that need its snapshots.

import { exits, JournalError } from "../base/problem.ts";
import { findCode } from "../capture/find-code.ts";
import type { RunFile } from "../record/experiment.ts";
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
  const recorded = run.run?.snapshot ?? run.run?.commit;
  if (recorded === undefined) throw new JournalError(noCode(run.id), exits.notFound);
  const code = findCode(root, run.run);
  if (code === undefined) throw new JournalError(noSnapshotHere(run.id, recorded), exits.notFound);
  return code;
}
