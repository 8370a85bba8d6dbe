// `journal merge-driver %O %A %B`: git's three versions of a run file, merged by key and section into %A.
// Exit code 0 means merged, 1 that conflict markers are left, more than 128 that nothing was done, as git expects.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { decode } from "../../markdown/decode.ts";
import { mergeRuns } from "../../markdown/merge.ts";
import { conflictPlaces } from "../../markdown/merge-places.ts";
import { readBranch } from "../../store/git.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { installMergeDriver } from "../merge-setup.ts";
import { noFile, nothingToDo } from "../messages.ts";
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
      text: installMergeDriver(start, io.environment["PATH"] ?? "")
        .map((line) => `${line}\n`)
        .join(""),
    };
  const [base, ours, theirs] = options.files.map((file) => resolve(start, file));
  if (base === undefined || ours === undefined || theirs === undefined)
    throw new JournalError(nothingToDo("merge-driver", "three files", "journal merge-driver %O %A %B"));
  for (const file of [base, ours, theirs]) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) throw new JournalError(noFile(file), exits.notFound);
  }
  const names = sidesOf(start, io.environment);
  const merged = mergeByMeaning(base, ours, theirs, names);
  const clean = merged === undefined ? mergeAsText(ours, base, theirs, names) : write(ours, merged);
  const path = options.path ?? ours;
  const places = clean ? [] : conflictPlaces(readFileSync(ours, "utf8"));
  if (!clean) io.err(`conflict in ${safeLine(path)}\n${places.map((place) => `  ${safeLine(place)}\n`).join("")}`);
  // A conflict is not a failure of the command: git reads 1 as "markers are left".
  return {
    data: { path, conflicts: !clean, places, byMeaning: merged !== undefined },
    text: "",
    exit: clean ? exits.ok : exits.internal,
  };
}

/** What the markers call the sides. */
interface Sides {
  readonly ours: string;
  readonly theirs: string;
}

/** With the branches, where git tells them: it names what it merges in `GITHEAD_…`. */
function sidesOf(start: string, environment: Io["environment"]): Sides {
  const heads = Object.keys(environment).filter((name) => /^GITHEAD_[0-9a-f]{40,64}$/.test(name));
  const other = heads.length === 1 ? environment[heads[0] ?? ""] : undefined;
  const own = other === undefined ? undefined : readBranch(start);
  return { ours: own === undefined ? "ours" : `ours (${own})`, theirs: other === undefined ? "theirs" : `theirs (${other})` };
}

/** Nothing on any doubt: unreadable text, a file that is no run, a merge that would not read back. */
function mergeByMeaning(base: string, ours: string, theirs: string, names: Sides): Merged | undefined {
  const texts = [base, ours, theirs].map((path) => decode(readFileSync(path)));
  const [a, b, c] = texts.map((read) => ("text" in read ? read.text : undefined));
  if (a === undefined || b === undefined || c === undefined) return undefined;
  try {
    const merged = mergeRuns(a, b, c, mergeTexts);
    return merged?.conflicts ? { text: named(merged.text, names), conflicts: true } : merged;
  } catch {
    return undefined;
  }
}

function named(text: string, { ours, theirs }: Sides): string {
  return text.replace(/^<{7} ours(?=\r?$)/gm, () => `<<<<<<< ${ours}`).replace(/^>{7} theirs(?=\r?$)/gm, () => `>>>>>>> ${theirs}`);
}

function write(path: string, { text, conflicts }: Merged): boolean {
  writeFileSync(path, text);
  return !conflicts;
}

/** What git would have done without us. */
function mergeAsText(ours: string, base: string, theirs: string, names: Sides): boolean {
  const labels = ["-L", names.ours, "-L", "base", "-L", names.theirs];
  const { status, error } = spawnSync("git", ["merge-file", "-q", ...labels, ours, base, theirs], { stdio: "ignore" });
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
