// `journal merge-driver %O %A %B`: git's three versions of a run file, merged by key and section into %A.
// Exit code 0 means merged, 1 that conflict markers are left, more than 128 that nothing was done, as git expects.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { decode } from "../../markdown/decode.ts";
import { mergeRuns } from "../../markdown/merge.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { installMergeDriver } from "../merge-setup.ts";
import { nothingToDo } from "../messages.ts";
import type { Outcome } from "../outcome.ts";

interface Merged {
  readonly text: string;
  readonly conflicts: boolean;
}

export async function mergeDriver(
  start: string,
  options: Pick<Options, "install" | "path"> & { readonly files: readonly string[] },
  io: Io,
): Promise<Outcome> {
  if (options.install === true)
    return {
      data: { installed: true },
      text: installMergeDriver(start)
        .map((line) => `${line}\n`)
        .join(""),
    };
  const [base, ours, theirs] = options.files.map((file) => resolve(start, file));
  if (base === undefined || ours === undefined || theirs === undefined)
    throw new JournalError(nothingToDo("merge-driver", "three files", "journal merge-driver %O %A %B"));
  const merged = mergeByMeaning(base, ours, theirs);
  const clean = merged === undefined ? mergeAsText(ours, base, theirs) : write(ours, merged);
  if (!clean) io.err(`conflict in ${options.path ?? ours}\n`);
  // A conflict is not a failure of the command: git reads 1 as "markers are left".
  return {
    data: { path: options.path ?? ours, conflicts: !clean, byMeaning: merged !== undefined },
    text: "",
    exit: clean ? exits.ok : exits.internal,
  };
}

/** Nothing on any doubt: unreadable text, a file that is no run, a merge that would not read back. */
function mergeByMeaning(base: string, ours: string, theirs: string): Merged | undefined {
  const texts = [base, ours, theirs].map((path) => decode(readFileSync(path)));
  const [a, b, c] = texts.map((read) => ("text" in read ? read.text : undefined));
  if (a === undefined || b === undefined || c === undefined) return undefined;
  try {
    return mergeRuns(a, b, c, mergeTexts);
  } catch {
    return undefined;
  }
}

function write(path: string, { text, conflicts }: Merged): boolean {
  writeFileSync(path, text);
  return !conflicts;
}

/** What git would have done without us. */
function mergeAsText(ours: string, base: string, theirs: string): boolean {
  const { status, error } = spawnSync("git", ["merge-file", "-q", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs], {
    stdio: "ignore",
  });
  if (error !== undefined || status === null || status > 127)
    throw new JournalError(nothingToDo("merge-driver", "a way to merge", "git merge-file"), exits.internal);
  return status === 0;
}

/** Three texts by git's own merge. */
function mergeTexts(base: string, ours: string, theirs: string): Merged {
  const folder = mkdtempSync(join(tmpdir(), "journal-merge-"));
  try {
    const paths = [ours, base, theirs].map((text, index) => {
      const path = join(folder, String(index));
      writeFileSync(path, text);
      return path;
    });
    const { status, stdout, error } = spawnSync("git", ["merge-file", "-p", "-q", "-L", "ours", "-L", "base", "-L", "theirs", ...paths], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined || status === null || status > 127) throw new Error("git merge-file failed");
    return { text: stdout, conflicts: status !== 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
