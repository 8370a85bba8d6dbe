// Everything the store says. Codes are permanent; docs/problems/store.md has a heading for each.

import type { Problem, Severity } from "../base/problem.ts";
import { shellWord } from "../base/shell.ts";

const make = (code: string, severity: Severity, message: string, hint?: string, more?: Partial<Problem>): Problem => ({
  code: `store/${code}`,
  severity,
  message,
  ...(hint === undefined ? {} : { hint }),
  ...more,
});
const error = (code: string, message: string, hint: string, path?: string): Problem =>
  make(code, "error", message, hint, path === undefined ? {} : { path });
const warning = (code: string, message: string, hint: string, path?: string): Problem =>
  make(code, "warning", message, hint, path === undefined ? {} : { path });

// Finding and reading

export const noJournal = (start: string): Problem =>
  error("no-journal", `no journal.yaml in \`${start}\` or in a folder above it`, "make one here: journal init");
export const misspelledSettings = (found: string): Problem =>
  error(
    "no-journal",
    `\`${found}\` is not read: the settings file is named \`journal.yaml\``,
    `mv ${shellWord(found)} journal.yaml`,
    found,
  );
export const noRun = (reference: string, closest?: string): Problem =>
  error(
    "no-run",
    `no run is named \`${reference}\``,
    closest === undefined ? "see what there is: journal list" : `did you mean \`${closest}\`? see what there is: journal list`,
  );
export const ambiguous = (reference: string, candidates: readonly string[]): Problem =>
  error(
    "ambiguous",
    `\`${reference}\` names ${candidates.length} runs: ${few(candidates)}`,
    `give more of the id or the path: ${candidates[0] ?? reference}`,
  );
export const noStudy = (name: string, known: readonly string[], closest?: string): Problem =>
  error(
    "no-study",
    `no study is named \`${name}\`${known.length === 0 ? ": this journal has only its default study" : `, there is ${few(known)}`}`,
    closest === undefined
      ? `make it: mkdir -p ${shellWord(`experiments/${name}`)} && touch ${shellWord(`experiments/${name}/study.yaml`)}`
      : `did you mean \`${closest}\`?`,
  );
export const outside = (path: string, target: string): Problem =>
  error(
    "outside",
    `the symbolic link \`${path}\` leads out of the journal (to \`${target}\`), so it is not followed`,
    `copy the file instead: rm ${shellWord(path)} && cp ${shellWord(target)} ${shellWord(path)}`,
    path,
  );
export const linkedFolder = (path: string): Problem =>
  warning(
    "linked-folder",
    `the folder \`${path}\` is a symbolic link, so the runs in it are not read`,
    "move the folder itself into experiments/",
    path,
  );
export const brokenLink = (path: string): Problem =>
  error("broken-link", `the symbolic link \`${path}\` leads nowhere`, `remove it: rm ${shellWord(path)}`, path);
export const oddName = (path: string): Problem =>
  error(
    "odd-name",
    "a file name holds control characters, so the file is not read",
    "give it a plain name: git mv <old name> <new name>",
    path,
  );
export const notAFile = (path: string): Problem =>
  error(
    "not-a-file",
    `\`${path}\` should be a file but is a folder or a device`,
    `move it away: mv ${shellWord(path)} ${shellWord(`${path}.old`)}`,
    path,
  );
export const notAFolder = (path: string): Problem =>
  error(
    "not-a-folder",
    `\`${path}\` should be a folder but is a file`,
    `name another place, or move the file away if it is yours: mv ${shellWord(path)} ${shellWord(`${path}.old`)}`,
    path,
  );
export const takesNothing = (path: string, folder: string, kept: string): Problem =>
  error("takes-nothing", `\`${path}\` cannot be made, the system takes nothing new in \`${folder}\`: ${kept}`, "name another place", path);
export const tooDeep = (path: string, limit: number): Problem =>
  warning("too-deep", `folders below \`${path}\` are not read: they are nested more than ${limit} deep`, "move them up", path);
export const unreadable = (path: string, why: string): Problem =>
  error("unreadable", `\`${path}\` cannot be read: ${why}`, `look at its permissions: ls -ld ${shellWord(path)}`, path);
export const damagedRuns = (paths: readonly string[]): Problem =>
  make(
    "damaged-runs",
    "warning",
    `${count(paths)} damaged, so no value in ${paths.length === 1 ? "it" : "them"} counts: ${few(paths)}`,
    "see what is wrong: journal check",
  );
export const unreadRuns = (paths: readonly string[]): Problem =>
  make(
    "unread-runs",
    "warning",
    `${count(paths)} left out, because nothing could be read: ${few(paths)}`,
    "see what is wrong: journal check",
  );
export const vanished = (path: string): Problem =>
  error(
    "vanished",
    `\`${path}\` is no longer there, nothing was written`,
    "look whether a branch was switched or the file renamed: git status",
  );

// Writing

export const changedMeanwhile = (path: string): Problem =>
  error(
    "changed-meanwhile",
    `\`${path}\` was changed by somebody else while this command ran, so nothing was written`,
    "save your editor, then run the command again",
    path,
  );
export const exists = (path: string): Problem =>
  error("exists", `\`${path}\` exists already and is never overwritten`, "choose another name", path);
export const diskFull = (path: string, why: string, kept: string): Problem =>
  error(
    "disk-full",
    `there is no room to write \`${path}\` (${why}): ${kept}`,
    "free some space, then run the command again: df -h .",
    path,
  );
/** `blocked` is the file or the folder whose permissions are in the way. */
export const readOnly = (path: string, why: string, kept: string, blocked: string): Problem =>
  error("read-only", `\`${path}\` may not be written (${why}): ${kept}`, `allow it: chmod u+w ${shellWord(blocked)}`, path);
export const writeFailed = (path: string, why: string, kept: string): Problem =>
  error(
    "write-failed",
    `\`${path}\` could not be written (${why}): ${kept}`,
    "look at the disk, then run the command again: dmesg | tail",
    path,
  );
export const notFlushed = (path: string, why: string): Problem =>
  error(
    "not-flushed",
    `\`${path}\` is written, but the disk did not confirm it (${why}): a power cut now may bring the old state back`,
    `look at the file: cat ${shellWord(path)}`,
    path,
  );
export const locked = (lock: string, holder: string, seconds: number): Problem =>
  error(
    "locked",
    `another command (${holder}) is holding \`${lock}\`, waited ${seconds} s`,
    `run the command again; if no journal command is running on any machine: rm ${shellWord(lock)}`,
  );
export const cacheUnwritable = (path: string, why: string): Problem =>
  make(
    "cache-unwritable",
    "note",
    `the cache \`${path}\` could not be written (${why}); everything works, only slower`,
    `make it writable or remove it: rm -rf ${shellWord(path)}`,
  );

// Creating, attaching, removing

export const brokenTemplate = (why: string): Problem =>
  error(
    "broken-template",
    `the template gives a file that cannot be read back: ${why}`,
    "mend templates/experiment.md, or move it away to use the built-in one",
    "templates/experiment.md",
  );
export const badName = (name: string, why: string): Problem =>
  error(
    "bad-name",
    `\`${name}\` cannot be the name of an attachment: ${why}`,
    "give it a plain name: journal attach <run> <file> --name curve.png",
  );
export const unusableId = (path: string, id: string): Problem =>
  error(
    "unusable-id",
    `the id \`${id}\` cannot be part of a file name`,
    "use letters, digits, `-`, `_` and `.`: journal set <file> id=EXP042-k7f3",
    path,
  );
export const tooLarge = (source: string, bytes: number, limit: number): Problem =>
  error(
    "too-large",
    `\`${source}\` has ${bytes} bytes, more than the ${limit} an attachment may have: it would stay in the git history for ever`,
    "make it smaller, or name it under `artifacts:` with its path and sha256 instead",
  );
export const noSource = (source: string, why: string): Problem =>
  error("no-source", `\`${source}\` cannot be attached: ${why}`, "give the path of an existing file");
export const idTooLarge = (highest: number): Problem =>
  error(
    "number-too-large",
    `the highest run number, ${highest}, leaves no room for a next one`,
    "rename the run with that number and mend its `id:`",
  );

// Litter

export const leftover = (path: string): Problem =>
  make(
    "leftover",
    "note",
    `\`${path}\` was left behind by a command that was killed; nothing in it is needed`,
    "remove it: journal check --fix",
    { path, fix: "temp-files" },
  );
export const orphan = (path: string): Problem =>
  make(
    "orphan",
    "note",
    `the attachments in \`${path}\` belong to no run of this branch`,
    `look whether their run is on another branch: git log --all -- ${shellWord(path.replace(/\.files$/, "*.md"))}`,
    { path },
  );

// Git

export const noRef = (ref: string): Problem => error("no-ref", `git knows no commit named \`${ref}\``, "fetch it first: git fetch origin");
export const noGit = (what: string): Problem =>
  error("no-git", `${what} needs git: this journal is not in a git repository, or git is not installed`, "make one: git init");
export const noGitProgram = (what: string): Problem =>
  error("no-git", `${what} needs git, and no program \`git\` was found`, "install git, or add its folder to `PATH`");

const count = (paths: readonly string[]): string => (paths.length === 1 ? "1 run file is" : `${paths.length} run files are`);

function few(names: readonly string[]): string {
  const shown = names
    .slice(0, 5)
    .map((name) => `\`${name}\``)
    .join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
