// `journal drop`: removes runs that should never have been made. Asks first; a run that others refer to stays.

import { JournalError } from "../../base/problem.ts";
import { shellWord } from "../../base/shell.ts";
import { safeLine } from "../../base/terminal.ts";
import type { RunFile } from "../../record/experiment.ts";
import { indexIds, resolve } from "../../record/reference.ts";
import { askGit } from "../../store/git.ts";
import { findGit } from "../../store/git-folder.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { cancelled, needsConfirmation, usedAsBase } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { findTargets } from "../targets.ts";

export async function drop(
  journal: Journal,
  options: Pick<Options, "yes" | "force" | "where"> & { readonly ids: readonly string[] },
  io: Io,
): Promise<Outcome> {
  const files = await findTargets(journal, options, "drop", "journal drop 44");
  if (options.force !== true) refuseUsed(journal, files);
  if (options.yes !== true) await confirm(files, io);
  const committed = isCommitted(journal.root, files);
  const removed = files.map((file) => ({ id: file.run.id, paths: journal.remove(file.path).paths }));
  return {
    data: { removed },
    text: removed.flatMap(({ paths }) => paths.map((path) => `removed ${safeLine(path)}\n`)).join(""),
    talk: committed ? ["what was committed is still in git: `git log --diff-filter=D -- experiments`"] : [],
  };
}

/** Whether the last commit holds one of the files. */
function isCommitted(root: string, files: readonly RunFile[]): boolean {
  const paths = files.map(({ path }) => path);
  return findGit(root) !== undefined && Boolean(askGit(root, ["ls-tree", "--name-only", "-z", "HEAD", "--", ...paths]));
}

function refuseUsed(journal: Journal, files: readonly RunFile[]): void {
  const all = journal.files();
  const ids = indexIds(all);
  const going = new Set(files.map((file) => file.run.id));
  const users = new Map<string, string[]>();
  const use = (reference: string | undefined, user: string): void => {
    if (reference === undefined) return;
    const target = resolve(reference, ids);
    if ("id" in target && going.has(target.id)) users.set(target.id, [...(users.get(target.id) ?? []), user]);
  };
  for (const { run } of all) {
    if (!going.has(run.id)) for (const reference of [...run.base, run.repeatOf, run.rerunOf]) use(reference, run.id);
  }
  for (const study of journal.studies.values()) use(study.baseline, study.name === "" ? "the journal's settings" : `study ${study.name}`);
  if (users.size > 0) throw new JournalError([...users].map(([id, by]) => usedAsBase(id, by)));
}

async function confirm(files: readonly RunFile[], io: Io): Promise<void> {
  const names = files.map(({ run }) => safeLine(run.id)).join(", ");
  if (!io.interactive) throw new JournalError(needsConfirmation(`journal drop ${files.map(({ run }) => shellWord(run.id)).join(" ")}`));
  const ask = await io.ask();
  const sure = await ask.confirm({ message: `Remove ${plural(files.length, "run")} (${names}) and what is attached?` });
  if (!sure) throw new JournalError(cancelled());
}
