// `journal restore ID [path]`: files of a run's code, back to their place or into another folder.

import { lstatSync, mkdtempSync, readFileSync, readlinkSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import { safeLine } from "../../base/terminal.ts";
import { type CodeFile, listCodeFiles, writeCode } from "../../capture/code-files.ts";
import { writeFailure } from "../../store/failure.ts";
import type { Journal } from "../../store/journal.ts";
import { makeFolder } from "../../store/make-folder.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { gitFailed, notInSnapshot, wouldOverwrite } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { codeHere, repositoryOf } from "../repository.ts";

type RestoreOptions = Pick<Options, "output" | "force" | "list"> & { readonly id: string; readonly paths: readonly string[] };

/** Without a path all of it. What is there with other content stops everything (exit 4) unless forced. */
export async function restore(journal: Journal, options: RestoreOptions, io: Io): Promise<Outcome> {
  const file = journal.find(options.id);
  const { top } = repositoryOf(journal.root);
  const commit = codeHere(journal.root, file);
  const files = chooseFiles(top, commit, file.run.id, options, io);
  if (options.list === true) {
    const paths = files.map(({ path }) => path);
    return { data: { id: file.run.id, files: paths }, text: paths.map((path) => `${safeLine(path)}\n`).join("") };
  }
  const target = options.output === undefined ? top : resolve(io.cwd, options.output);
  const { written, same } = place(top, commit, files, target, options.force === true);
  const shown = written.map((path) => relative(resolve(io.cwd), join(target, path)).split(sep).join("/"));
  return {
    data: { id: file.run.id, restored: shown, unchanged: same },
    text: shown.map((path) => `restored ${safeLine(path)}\n`).join(""),
    talk: [`${plural(written.length, "file")} of ${file.run.id} restored${same === 0 ? "" : `, ${same} already as it was`}`],
  };
}

function chooseFiles(top: string, commit: string, id: string, { paths }: RestoreOptions, io: Io): readonly CodeFile[] {
  const all = listCodeFiles(top, commit) ?? [];
  if (paths.length === 0) return all;
  const chosen = new Map<string, CodeFile>();
  for (const word of paths) {
    const path = relative(top, resolve(io.cwd, word)).split(sep).join("/");
    const found = all.filter((file) => path === "" || file.path === path || file.path.startsWith(`${path}/`));
    if (found.length === 0) {
      const known = all.map((file) => file.path);
      throw new JournalError(notInSnapshot(word, id, suggest(path, known)), exits.notFound);
    }
    for (const file of found) chosen.set(file.path, file);
  }
  return [...chosen.values()];
}

/** Everything is made beside the target and looked at first, so a refusal leaves no half of it. */
function place(
  top: string,
  commit: string,
  files: readonly CodeFile[],
  target: string,
  force: boolean,
): { readonly written: readonly string[]; readonly same: number } {
  makeFolder(target);
  const made = makeBeside(target);
  try {
    const paths = files.map(({ path }) => path);
    const said = writeCode(top, commit, made, paths);
    if (said !== undefined) throw new JournalError(gitFailed("the files could not be read", said), exits.internal);
    const missing = paths.filter((path) => !isSame(join(made, path), join(target, path)));
    const blocked = missing.filter((path) => isThere(join(target, path)));
    const linked = missing.filter((path) => isBelowLink(target, path));
    if (linked.length > 0) throw new JournalError(wouldOverwrite(linked), exits.conflict);
    if (blocked.length > 0 && !force) throw new JournalError(wouldOverwrite(blocked), exits.conflict);
    for (const path of missing) {
      makeFolder(dirname(join(target, path)));
      renameSync(join(made, path), join(target, path));
    }
    return { written: missing, same: paths.length - missing.length };
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function makeBeside(target: string): string {
  try {
    return mkdtempSync(join(target, ".journal-restore-"));
  } catch (error) {
    throw writeFailure(error, target, "nothing was written");
  }
}

/** Not below a file either, which is said of the file. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Through a link a file would land elsewhere. */
function isBelowLink(target: string, path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  return folders.some((_, at) => {
    const stats = lstatSync(join(target, ...folders.slice(0, at + 1)), { throwIfNoEntry: false });
    return stats !== undefined && !stats.isDirectory();
  });
}

/** Kind, execute bit and bytes. */
function isSame(left: string, right: string): boolean {
  if (!isThere(right)) return false;
  const [one, other] = [lstatSync(left), lstatSync(right)];
  if (one.isSymbolicLink() !== other.isSymbolicLink()) return false;
  if (one.isSymbolicLink()) return readlinkSync(left) === readlinkSync(right);
  return (
    other.isFile() &&
    (one.mode & 0o100) === (other.mode & 0o100) &&
    one.size === other.size &&
    readFileSync(left).equals(readFileSync(right))
  );
}
