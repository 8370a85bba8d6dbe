// `journal bundle ID`: the code of runs as one file, for somebody without access to the repository.

import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { writeBundle } from "../../capture/code-files.ts";
import { bundleRefs } from "../../capture/snapshot-refs.ts";
import type { Journal } from "../../store/journal.ts";
import { createFile } from "../../store/writer.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { fileExists, gitFailed } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { codeHere, repositoryOf } from "../repository.ts";
import { findTargets } from "../targets.ts";

type BundleOptions = Pick<Options, "where" | "output"> & { readonly ids: readonly string[] };

export async function bundle(journal: Journal, options: BundleOptions, io: Io): Promise<Outcome> {
  const files = await findTargets(journal, options, "bundle", "journal bundle 42");
  const { top } = repositoryOf(journal.root);
  const snapshots = new Map(files.map((file) => [file.run.id, codeHere(journal.root, file)]));
  const shown = options.output ?? `${files.length === 1 ? files[0]?.run.id : "runs"}.bundle`;
  const path = resolve(io.cwd, shown);
  if (existsSync(path)) throw new JournalError(fileExists(shown), exits.conflict);
  tryPlace(path, shown);
  const said = writeBundle(top, path, bundleRefs, snapshots);
  if (said !== undefined) throw new JournalError(gitFailed("the bundle could not be written", said), exits.internal);
  return {
    data: { path: shown, runs: [...snapshots.keys()] },
    text: `${safeLine(shown)}\n`,
    talk: [`in another clone: \`journal sync pull ${safeLine(shown)}\``],
  };
}

/** A place where no file can be made is refused in our words: git's are about a lock. */
function tryPlace(path: string, shown: string): void {
  createFile(path, Buffer.of(), shown);
  rmSync(path);
}
