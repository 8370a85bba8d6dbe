// The code as it runs, as a commit that no branch knows. It is made with an index of its own: branch, index, worktree and stash stay as
// they are. Its hash depends on the code alone (no parent, no date, none of the journal's own files), so equal code has one snapshot;
// the ref holds it together with the commit it was made on, which keeps both alive and lets a push send only what differs.

import { lstatSync, mkdtempSync, readFileSync, rmSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callGit, type GitAnswer } from "../store/git-call.ts";
import { findGit, type GitFolders } from "../store/git-folder.ts";
import { ownPaths } from "./own-paths.ts";
import { type Redact, redactor } from "./redact.ts";
import { readRemote } from "./remote.ts";
import { isSecretFile } from "./secret-files.ts";
import { type Entry, parseStatus } from "./status.ts";

export const snapshotRefs = "refs/journal/snap";

export type Left = "secret" | "large" | "total" | "submodule" | "repository" | "unreadable";

export interface LeftOut {
  /** From the top of the repository. */
  readonly path: string;
  readonly bytes: number;
  readonly why: Left;
}

export interface Snapshot {
  readonly commit?: string;
  readonly branch?: string;
  /** Without credentials. */
  readonly remote?: string;
  readonly snapshot?: string;
  readonly tree?: string;
  /** Whether there is code that the commit does not hold. */
  readonly dirty: boolean;
  /** Uncommitted files that the snapshot has not, or has as the commit has them. */
  readonly left: readonly LeftOut[];
  /** What was not to be had: "no git", "no commit yet". */
  readonly missing: readonly string[];
}

export interface Limits {
  /** Bytes of one uncommitted file. */
  readonly file: number;
  /** Bytes of all of them. */
  readonly total: number;
}

const usual: Limits = { file: 1024 * 1024, total: 10 * 1024 * 1024 };

/** Never throws: what git refuses is named in `missing`. Without an id no ref holds it yet. */
export function takeSnapshot(
  root: string,
  id: string | undefined,
  limits: Limits = usual,
  redact: Redact = redactor(process.env),
): Snapshot {
  const git = findGit(root);
  if (git === undefined) return { dirty: false, left: [], missing: ["no git"] };
  try {
    return withIndex((index) => new Taking(git, root, index, limits, redact).take(id));
  } catch (error) {
    return { dirty: false, left: [], missing: [error instanceof Refused ? error.message : `no snapshot: ${String(error)}`] };
  }
}

/** What a snapshot on a commit with nothing on top of it is: wherever the commit is, the code can be had again, and is proved to be the same. */
export function snapshotOfCommit(root: string, commit: string): string | undefined {
  const git = findGit(root);
  if (git === undefined) return undefined;
  try {
    return withIndex((index) => new Taking(git, root, index, usual, (text) => text).write(commit, [])).snapshot;
  } catch {
    return undefined;
  }
}

function withIndex<T>(work: (index: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "journal-index-"));
  try {
    return work(join(folder, "index"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class Refused extends Error {}

/** Nobody's name and no day: the same code gives the same commit. */
const nobody = {
  GIT_AUTHOR_NAME: "journal",
  GIT_AUTHOR_EMAIL: "journal@localhost",
  GIT_COMMITTER_NAME: "journal",
  GIT_COMMITTER_EMAIL: "journal@localhost",
};
const always = { GIT_AUTHOR_DATE: "946684800 +0000", GIT_COMMITTER_DATE: "946684800 +0000" };

class Taking {
  private readonly git: GitFolders;
  private readonly isOwn: (path: string) => boolean;
  private readonly index: { readonly GIT_INDEX_FILE: string };
  private readonly limits: Limits;
  private readonly redact: Redact;

  constructor(git: GitFolders, root: string, index: string, limits: Limits, redact: Redact) {
    this.git = git;
    this.isOwn = ownPaths(git.top, root);
    this.index = { GIT_INDEX_FILE: index };
    this.limits = limits;
    this.redact = redact;
  }

  take(id: string | undefined): Snapshot {
    const status = parseStatus(this.ask(["status", "--porcelain=v2", "-z", "--branch", ...thorough]));
    const remote = readRemote(this.git.top, status.branch);
    const entries = status.entries.filter(({ path }) => !this.isOwn(path));
    const { taken, left } = this.choose(entries);
    const { snapshot, tree } = this.write(status.commit, taken);
    if (id !== undefined)
      holdSnapshot(this.git.top, id, { snapshot, tree, ...(status.commit === undefined ? {} : { commit: status.commit }) });
    return {
      ...(status.commit === undefined ? {} : { commit: status.commit }),
      ...(status.branch === undefined ? {} : { branch: status.branch }),
      ...(remote === undefined ? {} : { remote }),
      snapshot,
      tree,
      dirty: entries.length > 0,
      left,
      missing: status.commit === undefined ? ["no commit yet"] : [],
    };
  }

  write(commit: string | undefined, changed: readonly string[]): { readonly snapshot: string; readonly tree: string } {
    this.fill(commit, changed);
    const tree = this.ask(["write-tree", "--missing-ok"], this.index).toString("latin1").trim();
    return { snapshot: commitTree(this.git.top, [tree, "-m", "The code of a run"], always), tree };
  }

  /** What can go into the snapshot, and what must not. */
  private choose(entries: readonly Entry[]): { readonly taken: readonly string[]; readonly left: readonly LeftOut[] } {
    const taken: string[] = [];
    const left: LeftOut[] = [];
    let total = 0;
    for (const { path, modules } of entries) {
      const real = Buffer.concat([Buffer.from(`${this.git.top}/`), Buffer.from(path, "latin1")]);
      const stats = look(real);
      const size = stats?.isFile() ? stats.size : 0;
      const why = modules === undefined ? this.objection(path, real, stats, total) : modules;
      if (why === undefined) {
        taken.push(path);
        total += size;
      } else left.push({ path: Buffer.from(path, "latin1").toString("utf8"), bytes: size, why });
      // The commit of a submodule is code; what is uncommitted inside it is not to be had.
      if (modules === "submodule") taken.push(path);
    }
    return { taken, left };
  }

  private objection(path: string, real: Buffer, stats: Stats | undefined, total: number): Left | undefined {
    if (stats === undefined || stats.isSymbolicLink()) return undefined;
    if (isSecretFile(path)) return "secret";
    if (!stats.isFile()) return undefined;
    if (stats.size > this.limits.file) return "large";
    if (total + stats.size > this.limits.total) return "total";
    return this.read(real);
  }

  private read(path: Buffer): Left | undefined {
    try {
      const text = readFileSync(path, "latin1");
      return text.slice(0, 8000).includes("\0") || this.redact(text) === text ? undefined : "secret";
    } catch {
      return "unreadable";
    }
  }

  /** The index of the snapshot: the files of the commit, then what differs in the worktree. */
  private fill(commit: string | undefined, changed: readonly string[]): void {
    if (commit !== undefined) {
      const listed = this.ask(["ls-tree", "-r", "-z", "--full-tree", commit]).toString("latin1").split("\0");
      const code = listed.filter((line) => line !== "" && !this.isOwn(line.slice(line.indexOf("\t") + 1)));
      this.ask(["update-index", "-z", "--index-info"], this.index, code.map((line) => `${line}\0`).join(""));
    }
    if (changed.length > 0) {
      const words = ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"];
      this.ask(words, this.index, changed.map((path) => `${path}\0`).join(""));
    }
  }

  private ask(words: readonly string[], environment: Readonly<Record<string, string>> = {}, input?: string): Buffer {
    const answer = callGit(this.git.top, words, { environment, ...(input === undefined ? {} : { input: Buffer.from(input, "latin1") }) });
    if (!answer.ok) throw refused(answer);
    return answer.out;
  }
}

/**
 * The ref of a run, which keeps its snapshot and the commit it began on from git's collection. A run that is resumed with other code has one
 * for each.
 */
export function holdSnapshot(top: string, id: string, { snapshot, tree, commit }: Pick<Snapshot, "snapshot" | "tree" | "commit">): void {
  if (snapshot === undefined || tree === undefined) return;
  const parents = commit === undefined ? [] : ["-p", commit, "-p", snapshot];
  const held = commit === undefined ? snapshot : commitTree(top, [tree, ...parents, "-m", "The code of a run, and where it began"]);
  for (let attempt = 1; attempt <= 1000; attempt++) {
    const ref = `${snapshotRefs}/${id}${attempt === 1 ? "" : `.${attempt}`}`;
    const made = callGit(top, ["update-ref", ref, held, "0".repeat(held.length)]);
    if (made.ok) return;
    const there = callGit(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{tree}`]);
    if (!there.ok) throw refused(made);
    if (there.out.toString("latin1").trim() === tree) return;
  }
}

function commitTree(top: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const answer = callGit(top, ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", ...words], { environment: { ...nobody, ...environment } });
  if (!answer.ok) throw refused(answer);
  return answer.out.toString("latin1").trim();
}

/** Nothing for what is not there, or lies below what is now a file. */
function look(path: Buffer): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

const thorough = ["--untracked-files=all", "--no-renames", "--ignore-submodules=none"];

const refused = ({ absent, said }: GitAnswer): Refused => new Refused(absent ? "git is not installed" : `git refused: ${said}`);
