// The code as it runs, as a commit that no branch knows. It is made with an index of its own: branch, index, worktree and stash stay as
// they are. Its hash depends on the code alone (no parent, no date, none of the journal's own files), so equal code has one snapshot;
// the ref holds it together with the commit it was made on, which keeps both alive and lets a push send only what differs.

import { lstatSync, mkdtempSync, readFileSync, rmSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { GitAnswer, GitOptions } from "../store/git-call.ts";
import { findGit, type GitFolders } from "../store/git-folder.ts";
import { type GitScript, playNow, playSoon } from "../store/git-script.ts";
import { type Made, recallMade, rememberMade } from "./code-memory.ts";
import { type Counted, countCode } from "./counted-code.ts";
import { ownPaths } from "./own-paths.ts";
import { type Redact, redactor } from "./redact.ts";
import { parseRemote, remoteWords } from "./remote.ts";
import { isSecretFile } from "./secret-files.ts";
import { type Entry, parseStatus, parseUnwatched } from "./status.ts";

export const snapshotRefs = "refs/journal/snap";

export type Left = "secret" | "large" | "total" | "submodule" | "repository" | "unreadable" | "ignored";

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
  /** Digest of the files that count as code, where patterns say which. */
  readonly code?: string;
  readonly counting?: Counted;
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

interface Wishes {
  readonly limits: Limits;
  readonly redact: Redact;
  /** Files that the command names, from the top. */
  readonly named: readonly string[];
  /** Patterns of the files that count as code. */
  readonly counted: readonly string[];
}

const usual: Limits = { file: 1024 * 1024, total: 10 * 1024 * 1024 };

/** Never throws: what git refuses is named in `missing`. Without an id no ref holds it yet. */
export function takeSnapshot(
  root: string,
  id: string | undefined,
  { limits = usual, redact = redactor(process.env), counted = [] }: Partial<Wishes> = {},
): Snapshot {
  const git = findGit(root);
  if (git === undefined) return outside;
  const folder = makeFolder();
  try {
    const taken = playNow(git.top, new Taking(git, root, folder, limits, redact).take([], counted));
    if (id !== undefined) playNow(git.top, hold(id, taken));
    return taken;
  } catch (error) {
    return failed(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same while other work goes on; no ref holds it yet. */
export async function takeSnapshotSoon(
  root: string,
  redact: Redact,
  { named = [], counted = [] }: Partial<Wishes> = {},
): Promise<Snapshot> {
  const git = findGit(root);
  if (git === undefined) return outside;
  const folder = makeFolder();
  try {
    return await playSoon(git.top, new Taking(git, root, folder, usual, redact).take(named, counted));
  } catch (error) {
    return failed(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a snapshot on a commit with nothing on top of it is: wherever the commit is, the code can be had again, and is proved to be the same. */
export function snapshotOfCommit(root: string, commit: string): string | undefined {
  const git = findGit(root);
  if (git === undefined) return undefined;
  const folder = makeFolder();
  try {
    return playNow(git.top, new Taking(git, root, folder, usual, (text) => text).write(commit, [])).snapshot;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of patterns that mean no file: it is said, and every file counts. */
export const nothingCounts = "no file counts as code";

const outside: Snapshot = { dirty: false, left: [], missing: ["no git"] };

const failed = (error: unknown): Snapshot => ({
  dirty: false,
  left: [],
  missing: [error instanceof Refused ? error.message : `no snapshot: ${String(error)}`],
});

/** For an index of our own. */
const makeFolder = (): string => mkdtempSync(join(tmpdir(), "journal-index-"));

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
  private readonly root: string;
  private readonly isOwn: (path: string) => boolean;
  private readonly index: { readonly GIT_INDEX_FILE: string };
  private readonly limits: Limits;
  private readonly redact: Redact;
  private readonly folder: string;
  /** Files that git might keep with other line ends than they have. */
  private readonly ended: string[] = [];

  /** `folder` is for the index. */
  constructor(git: GitFolders, root: string, folder: string, limits: Limits, redact: Redact) {
    this.git = git;
    this.root = root;
    this.isOwn = ownPaths(git.top, root);
    this.index = { GIT_INDEX_FILE: join(folder, "index") };
    this.folder = folder;
    this.limits = limits;
    this.redact = redact;
  }

  *take(named: readonly string[], counted: readonly string[]): GitScript<Snapshot> {
    const asked = [
      { words: ["status", "--porcelain=v2", "-z", "--branch", ...thorough] },
      { words: remoteWords },
      { words: ["ls-files", "-v", "-z"] },
    ];
    const [found = nothing, remotes = nothing, listed = nothing] = yield asked;
    if (!found.ok) throw refused(found);
    const status = parseStatus(found.out);
    const remote = parseRemote(remotes, status.branch);
    const seen = status.entries.filter(({ path }) => !this.isOwn(path));
    const known = new Set(seen.map(({ path }) => path));
    const unwatched = parseUnwatched(listed.out).filter((path) => !known.has(path) && !this.isOwn(path) && this.isFile(path));
    const entries = [...seen, ...(yield* this.changed(status.commit, unwatched))];
    const { taken, left } = this.choose(entries);
    const { snapshot, tree } =
      status.commit !== undefined && taken.length === 0 ? yield* this.recall(status.commit) : yield* this.write(status.commit, taken);
    const counting = counted.length === 0 ? undefined : countCode(yield* ask(["ls-tree", "-r", "-z", "--full-tree", tree]), counted, named);
    return {
      ...(status.commit === undefined ? {} : { commit: status.commit }),
      ...(status.branch === undefined ? {} : { branch: status.branch }),
      ...(remote === undefined ? {} : { remote }),
      snapshot,
      tree,
      ...(counting?.digest === undefined ? {} : { code: counting.digest }),
      ...(counting === undefined ? {} : { counting }),
      dirty: entries.length > 0,
      left: [...left, ...this.ignored(named, listed, status.entries)],
      missing: [
        ...(status.commit === undefined ? ["no commit yet"] : []),
        ...(counting !== undefined && counting.digest === undefined ? [nothingCounts] : []),
      ],
    };
  }

  private *recall(commit: string): GitScript<Made> {
    const inside = relative(this.git.top, this.root);
    const known = recallMade(this.git, commit, inside);
    if (known !== undefined) return known;
    const made = yield* this.write(commit, []);
    rememberMade(this.git, commit, inside, made);
    return made;
  }

  *write(commit: string | undefined, changed: readonly string[]): GitScript<Made> {
    yield* this.fill(commit, changed);
    const tree = (yield* ask(["write-tree", "--missing-ok"], { environment: this.index })).toString("latin1").trim();
    return { snapshot: yield* commitTree([tree, "-m", "The code of a run"], always), tree };
  }

  /** Of the files that the command names, those that neither git nor its status knows. */
  private ignored(named: readonly string[], listed: GitAnswer, entries: readonly Entry[]): readonly LeftOut[] {
    if (named.length === 0 || !listed.ok) return [];
    const lines = listed.out.toString("latin1").split("\0");
    const known = new Set([...lines.map((line) => line.slice(2)), ...entries.map(({ path }) => path)]);
    return named.flatMap((path): readonly LeftOut[] => {
      const words = Buffer.from(path, "utf8").toString("latin1").split("/");
      // Also what lies in a submodule or in a repository of its own.
      const isKnown = words.some((_, at) => known.has(words.slice(0, at + 1).join("/"))) || this.isOwn(words.join("/"));
      return isKnown ? [] : [{ path, bytes: look(this.real(words.join("/")))?.size ?? 0, why: "ignored" }];
    });
  }

  /** Files that git was told not to look at may differ all the same. */
  private *changed(commit: string | undefined, paths: readonly string[]): GitScript<readonly Entry[]> {
    if (paths.length === 0) return [];
    const input = Buffer.from(paths.map((path) => `${path}\n`).join(""), "latin1");
    const [hashed = nothing, listed = nothing] = yield [
      { words: ["hash-object", "--stdin-paths"], options: { input } },
      { words: ["ls-tree", "-r", "-z", "--full-tree", commit ?? "HEAD"] },
    ];
    const committed = new Map(
      listed.out
        .toString("latin1")
        .split("\0")
        .map((line) => [line.slice(line.indexOf("\t") + 1), line.split(/[ \t]/, 3)[2]] as const),
    );
    const hashes = hashed.out.toString("latin1").split("\n");
    // Where git could not read them, each is taken as it is.
    const told = hashed.ok && hashes.length === paths.length + 1;
    return paths.flatMap((path, at) => (told && hashes[at] === committed.get(path) ? [] : [{ path }]));
  }

  private isFile(path: string): boolean {
    return look(this.real(path))?.isFile() === true;
  }

  private real(path: string): Buffer {
    return Buffer.concat([Buffer.from(`${this.git.top}/`), Buffer.from(path, "latin1")]);
  }

  /** What can go into the snapshot, and what must not. */
  private choose(entries: readonly Entry[]): { readonly taken: readonly string[]; readonly left: readonly LeftOut[] } {
    const taken: string[] = [];
    const left: LeftOut[] = [];
    let total = 0;
    for (const { path, modules } of entries) {
      const real = this.real(path);
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
    return this.read(path, real);
  }

  private read(path: string, real: Buffer): Left | undefined {
    try {
      const text = readFileSync(real, "latin1");
      if (!text.slice(0, 8000).includes("\0") && this.redact(text) !== text) return "secret";
      if (text.includes("\r\n")) this.ended.push(path);
      return undefined;
    } catch {
      return "unreadable";
    }
  }

  /** The index of the snapshot: the files of the commit, then what differs in the worktree. */
  private *fill(commit: string | undefined, changed: readonly string[]): GitScript<void> {
    if (commit !== undefined) {
      const listed = (yield* ask(["ls-tree", "-r", "-z", "--full-tree", commit])).toString("latin1").split("\0");
      const code = listed.filter((line) => line !== "" && !this.isOwn(line.slice(line.indexOf("\t") + 1)));
      yield* this.update(["--index-info"], code);
    }
    if (changed.length > 0) yield* this.update(["--add", "--remove", "--replace", "--stdin"], changed);
    if (this.ended.length > 0) yield* this.keepEnds(this.ended);
  }

  /** What git would give back with other bytes goes in as it is. What it gives back the same (CRLF on Windows, LFS) stays as git keeps it. */
  private *keepEnds(paths: readonly string[]): GitScript<void> {
    const given = join(this.folder, "given", "/");
    const options = { environment: this.index, input: Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1") };
    yield* ask(["checkout-index", "--quiet", "-f", `--prefix=${given}`, "-z", "--stdin"], options);
    const other = paths.filter((path) => !path.includes("\n") && !isSame(this.real(path), Buffer.from(given + path, "latin1")));
    if (other.length === 0) return;
    const input = Buffer.from(other.map((path) => `${path}\n`).join(""), "latin1");
    const hashes = (yield* ask(["hash-object", "-w", "--no-filters", "--stdin-paths"], { input })).toString("latin1").split("\n");
    const listed = (yield* ask(["ls-files", "--stage", "-z"], { environment: this.index })).toString("latin1").split("\0");
    const modes = new Map(listed.map((line) => [line.slice(line.indexOf("\t") + 1), line.split(" ", 1)[0]]));
    yield* this.update(
      ["--index-info"],
      other.map((path, at) => `${modes.get(path)} ${hashes[at]}\t${path}`),
    );
  }

  private *update(words: readonly string[], lines: readonly string[]): GitScript<void> {
    const input = Buffer.from(lines.map((line) => `${line}\0`).join(""), "latin1");
    yield* ask(["update-index", "-z", ...words], { environment: this.index, input });
  }
}

/** Refuses with what git said. */
function* ask(words: readonly string[], options: GitOptions = {}): GitScript<Buffer> {
  const [answer = nothing] = yield [{ words, options }];
  if (!answer.ok) throw refused(answer);
  return answer.out;
}

const nothing: GitAnswer = { ok: false, out: Buffer.alloc(0), said: "", absent: false };

type Held = Pick<Snapshot, "snapshot" | "tree" | "commit">;

/**
 * The ref of a run, which keeps its snapshot and the commit it began on from git's collection. A run that is resumed with other code has one
 * for each.
 */
export function holdSnapshot(top: string, id: string, held: Held): void {
  playNow(top, hold(id, held));
}

/** The same while other work goes on. What git said where it refused. */
export async function holdSnapshotSoon(root: string, id: string, taken: Snapshot): Promise<Snapshot> {
  const git = findGit(root);
  try {
    if (git !== undefined) await playSoon(git.top, hold(id, taken));
    return taken;
  } catch (error) {
    return failed(error);
  }
}

function* hold(id: string, { snapshot, tree, commit }: Held): GitScript<void> {
  if (snapshot === undefined || tree === undefined) return;
  const parents = commit === undefined ? [] : ["-p", commit, "-p", snapshot];
  const held = commit === undefined ? snapshot : yield* commitTree([tree, ...parents, "-m", "The code of a run, and where it began"]);
  for (let attempt = 1; attempt <= 1000; attempt++) {
    const ref = `${snapshotRefs}/${id}${attempt === 1 ? "" : `.${attempt}`}`;
    const [made = nothing] = yield [{ words: ["update-ref", ref, held, "0".repeat(held.length)] }];
    if (made.ok) return;
    const [there = nothing] = yield [{ words: ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{tree}`] }];
    if (!there.ok) throw refused(made);
    if (there.out.toString("latin1").trim() === tree) return;
  }
}

function* commitTree(words: readonly string[], environment: Readonly<Record<string, string>> = {}): GitScript<string> {
  const options = { environment: { ...nobody, ...environment } };
  const made = yield* ask(["-c", "i18n.commitEncoding=UTF-8", "commit-tree", ...words], options);
  return made.toString("latin1").trim();
}

function isSame(left: Buffer, right: Buffer): boolean {
  try {
    return readFileSync(left).equals(readFileSync(right));
  } catch {
    return false;
  }
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
