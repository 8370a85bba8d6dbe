// The few questions asked to git: fixed words, no shell, nothing a file or a person wrote ever read as an option. Where
// there is no git the answers are absent.

import { execFile, spawnSync } from "node:child_process";
import { relative, sep } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { gitEnvironment, largest, patience, quiet } from "./git-call.ts";
import { findGit } from "./git-folder.ts";
import { noGit, noGitProgram, noRef } from "./messages.ts";
import { runFolder } from "./root.ts";

/** stdout, or nothing when git is absent or refuses. */
export function askGit(folder: string, words: readonly string[]): string | undefined {
  const { status, stdout, error } = start(folder, words);
  return error === undefined && status === 0 ? stdout : undefined;
}

/** The same without waiting: a large repository takes its time. */
export function askGitSoon(folder: string, words: readonly string[]): Promise<string | undefined> {
  const options = {
    cwd: folder,
    env: gitEnvironment(),
    encoding: "utf8",
    timeout: patience / 4,
    maxBuffer: largest,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    execFile("git", [...quiet, ...words], options, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}

/** Whether there is a program `git` that can be started at all. */
function isInstalled(folder: string): boolean {
  return start(folder, ["--version"]).error === undefined;
}

function start(folder: string, words: readonly string[]) {
  return spawnSync("git", [...quiet, ...words], {
    cwd: folder,
    env: gitEnvironment(),
    encoding: "utf8",
    timeout: patience,
    maxBuffer: largest,
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
}

const userName = ["config", "--get", "user.name"];

export const readUserName = (root: string): string | undefined => oneLine(askGit(root, userName));

export const readUserNameSoon = async (root: string): Promise<string | undefined> => oneLine(await askGitSoon(root, userName));

/** 40 (or 64) hex digits; nothing before the first commit. */
export function readCommit(root: string, ref = "HEAD"): string | undefined {
  const commit = oneLine(askGit(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]));
  return commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

export function readBranch(root: string): string | undefined {
  return oneLine(askGit(root, ["symbolic-ref", "--quiet", "--short", "HEAD"]));
}

/** The commit at which this branch left `ref`. Refuses with exit 3. */
export function readFork(root: string, ref: string): string {
  if (findGit(root) === undefined) throw new JournalError(noGit("`--since`"), exits.notFound);
  const commit = readCommit(root, ref);
  if (commit === undefined) throw new JournalError(isInstalled(root) ? noRef(ref) : noGitProgram("`--since`"), exits.notFound);
  return oneLine(askGit(root, ["merge-base", commit, "HEAD"])) ?? commit;
}

/** Paths from the root below `experiments/` that differ from where this branch left `ref`: committed, not yet committed, and new files. Refuses with exit 3. */
export function readChangedSince(root: string, ref: string): ReadonlySet<string> {
  const fork = readFork(root, ref);
  const changed = askGit(root, ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", fork, "--", runFolder]);
  const fresh = askGit(root, ["ls-files", "--others", "--exclude-standard", "-z", "--", runFolder]);
  if (changed === undefined || fresh === undefined) throw new JournalError(noGit("`--since`"), exits.notFound);
  return new Set([...split(changed), ...split(fresh)]);
}

/** Paths from the root below `experiments/` that a commit of this moment would still miss. Empty outside a repository, nothing when git gives no answer. */
export function readUncommitted(root: string): readonly string[] | undefined {
  const git = findGit(root);
  if (git === undefined) return [];
  const status = askGit(root, ["status", "--porcelain=v1", "--untracked-files=all", "--no-renames", "-z", "--", runFolder]);
  if (status === undefined) return undefined;
  const above = relative(git.top, root).split(sep).join("/");
  const paths = split(status).map((line) => line.slice(3));
  return above === "" ? paths : paths.map((path) => path.slice(above.length + 1));
}

export interface Blob {
  /** From the root. */
  readonly path: string;
  readonly hash: string;
  readonly size: number;
}

/** Plain files below `paths` (from the root) at a commit; links and submodules are none. Nothing when git gives no answer. */
export function listBlobs(root: string, commit: string, paths: readonly string[]): readonly Blob[] | undefined {
  const listed = askGit(root, ["ls-tree", "-r", "-l", "-z", commit, "--", ...paths]);
  if (listed === undefined) return undefined;
  return split(listed).flatMap((line): readonly Blob[] => {
    const [, hash, size, path] = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/s.exec(line) ?? [];
    return hash === undefined || path === undefined ? [] : [{ path, hash, size: Number(size) }];
  });
}

const batch = 2000;

/** Contents by hash. Nothing when git gives no answer; what it does not have is not asked for elsewhere. */
export function readBlobs(root: string, hashes: readonly string[]): ReadonlyMap<string, Uint8Array> | undefined {
  const contents = new Map<string, Uint8Array>();
  for (let at = 0; at < hashes.length; at += batch) {
    const part = hashes.slice(at, at + batch);
    const { status, stdout, error } = spawnSync("git", [...quiet, "cat-file", "--batch"], {
      cwd: root,
      env: { ...gitEnvironment(), GIT_NO_LAZY_FETCH: "1" },
      input: `${part.join("\n")}\n`,
      timeout: patience,
      maxBuffer: largest,
      stdio: ["pipe", "pipe", "ignore"],
      windowsHide: true,
    });
    if (error !== undefined || status !== 0) return undefined;
    collect(stdout, contents);
  }
  return contents;
}

/** `<hash> blob <size>`, a line end, the bytes, a line end; `<hash> missing` for what is not there. */
function collect(answer: Buffer, contents: Map<string, Uint8Array>): void {
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    if (end === -1) return;
    const [, hash, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(answer.toString("latin1", at, end)) ?? [];
    if (hash !== undefined) contents.set(hash, answer.subarray(end + 1, end + 1 + Number(size)));
    at = hash === undefined ? end + 1 : end + 2 + Number(size);
  }
}

function split(text: string): readonly string[] {
  return text.split("\0").filter((part) => part !== "");
}

function oneLine(text: string | undefined): string | undefined {
  const line = text?.split("\n")[0]?.trim();
  return line === "" ? undefined : line;
}
