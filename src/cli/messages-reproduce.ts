// What the commands that bring runs back have to say; strings and numbers in, a Problem out.

import type { Problem, Severity } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";

const make = (code: string, severity: Severity, message: string, hint?: string): Problem => ({
  code: `cli/${code}`,
  severity,
  message,
  ...(hint === undefined ? {} : { hint }),
});

const few = (names: readonly string[]): string => names.slice(0, 3).join(", ") + (names.length > 3 ? `, and ${names.length - 3} more` : "");

export const noRepository = (): Problem =>
  make("no-repository", "error", "this folder is no git repository, so there are no snapshots", "make it one: `git init`");
export const noRemote = (name: string | undefined, known: readonly string[]): Problem =>
  make(
    "no-remote",
    "error",
    name === undefined
      ? known.length === 0
        ? "this repository has no remote"
        : `this repository has several remotes: ${few(known)}`
      : `there is no remote \`${name}\`${known.length === 0 ? "" : `, there is ${few(known)}`}`,
    known[0] === undefined ? "name one: `git remote add origin <address>`" : `say which: journal sync push ${shellWord(known[0])}`,
  );
export const pushOrPull = (word: string): Problem =>
  make("push-or-pull", "error", `\`${word}\` is no way to sync`, "journal sync push, or journal sync pull");
export const unreachable = (remote: string, said: string): Problem =>
  make("unreachable", "error", `\`${remote}\` did not answer: ${said}`, `try it with git: git ls-remote ${shellWord(remote)}`);
export const refusedRefs = (remote: string, names: readonly string[], said: string): Problem =>
  make(
    "refused-snapshots",
    "error",
    `\`${remote}\` did not take ${names.length === 1 ? "a snapshot" : `${names.length} snapshots`} (${few(names)}): ${said}`,
    "you need the right to push to it; a host may allow branches and tags only",
  );
export const otherSnapshots = (names: readonly string[]): Problem =>
  make(
    "other-snapshots",
    "warning",
    `here and there ${names.length === 1 ? "a snapshot of the same name holds" : `${names.length} snapshots of the same names hold`} different code: ${few(names)}`,
    "nothing was overwritten; a run whose `run.snapshot` is not here cannot be rerun here",
  );
export const noSnapshotHere = (id: string, snapshot: string): Problem =>
  make("no-snapshot-here", "error", `the code of \`${id}\` (${snapshot.slice(0, 12)}) is not in this clone`, "fetch it: journal sync pull");
export const gitFailed = (what: string, said: string): Problem =>
  make("git-failed", "error", `${what}: git said \`${said}\``, "look at the repository: git fsck; is there room on the disk?");
export const fileExists = (path: string): Problem =>
  make("file-exists", "error", `\`${path}\` is there already, so nothing was written`, "give another name: `--output <path>`");
export const notInSnapshot = (path: string, id: string, closest?: string): Problem =>
  make(
    "not-in-snapshot",
    "error",
    `the code of \`${id}\` has no \`${path}\``,
    closest === undefined
      ? `see what it has: journal restore ${id} --list`
      : `did you mean \`${closest}\`? see what it has: journal restore ${id} --list`,
  );
export const wouldOverwrite = (paths: readonly string[]): Problem =>
  make(
    "would-overwrite",
    "error",
    `${paths.length === 1 ? "a file is" : `${paths.length} files are`} there with other content: ${few(paths)}; nothing was written`,
    "`--force` writes over them; `--output <folder>` puts the files elsewhere",
  );
export const notDays = (text: string): Problem =>
  make("not-days", "error", `\`${text}\` is no number of days`, "write it like `--older 90`");
export const unpushed = (count: number, ids: readonly string[]): Problem =>
  make(
    "unpushed-snapshots",
    "warning",
    `the code of ${count === 1 ? "a kept run" : `${count} kept runs`} is in this clone alone: ${few(ids)}`,
    "share the snapshots: journal sync push",
  );

export const noCommandRecorded = (id: string): Problem =>
  make(
    "no-command-recorded",
    "error",
    `\`${id}\` does not say what was run`,
    `write it down: journal set ${id} 'run.command=[python, train.py]'`,
  );
export const setNotInCommand = (id: string, names: readonly string[], known: readonly string[]): Problem =>
  make(
    "set-not-in-command",
    "error",
    `the command of \`${id}\` has no place for ${few(names.map((name) => `\`${name}\``))}${known.length === 0 ? "" : `; it has one for ${known.slice(0, 12).join(", ")}`}`,
    `start another run from it: journal run --base ${id} -- …`,
  );
export const maskedCommand = (id: string, words: readonly string[]): Problem =>
  make(
    "masked-command",
    "error",
    `a secret was masked in the command of \`${id}\`: ${few(words.map((word) => `\`${word}\``))}`,
    "give the value where the command has a name for it (`--set api-key=…`); better, let the script read it from a variable",
  );
export const badSeeds = (text: string): Problem =>
  make("bad-seeds", "error", `\`${text}\` is no list of seeds`, "write it like `--seeds 4-6` or `--seeds 1,2,7`");
export const badTolerance = (text: string): Problem =>
  make("bad-tolerance", "error", `\`${text}\` is no tolerance`, "give a share of the value, from 0 to 1: `--tolerance 1e-4`");
export const noSeedInCommand = (id: string): Problem =>
  make(
    "no-seed-in-command",
    "error",
    `the command of \`${id}\` has no place for a seed`,
    `repeat it without: journal rerun ${id} --repeat 3`,
  );
export const environmentDiffers = (id: string, texts: readonly string[]): Problem =>
  make(
    "environment-differs",
    "error",
    `not everything is as it was when \`${id}\` ran: ${few(texts)}`,
    `see all of it: journal verify ${id}; run it anyway: journal rerun ${id} --env warn`,
  );
