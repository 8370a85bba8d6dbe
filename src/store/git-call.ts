// How git is started: fixed words, no shell, no hooks, nothing asked of a person, and none of the folders that a surrounding hook names.

import { execFile, spawnSync } from "node:child_process";

export const patience = 20_000;
export const largest: number = 64 * 1024 * 1024;
/** Programs that a repository's own configuration could start, and files that looking could change. */
export const quiet: readonly string[] = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
/** What writing could start besides, or print. */
const silent: readonly string[] = ["-c", "core.hooksPath=/dev/null", "-c", "core.safecrlf=false", "-c", "gc.auto=0"];

/** They name another repository than the folder does. */
const local = new Set([
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_COMMON_DIR",
  "GIT_PREFIX",
  "GIT_NAMESPACE",
]);

export function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !local.has(name)));
  return { ...kept, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

export interface GitAnswer {
  readonly ok: boolean;
  readonly out: Buffer;
  /** The last line on stderr. */
  readonly said: string;
  /** There is no program `git`. */
  readonly absent: boolean;
}

export interface GitOptions {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly patience?: number;
}

export function callGit(folder: string, words: readonly string[], options: GitOptions = {}): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync("git", [...quiet, ...silent, ...words], {
    ...common(folder, options),
    ...(options.input === undefined ? { stdio: ["ignore", "pipe", "pipe"] } : { input: options.input }),
  });
  return answerOf(error, error === undefined && status === 0, stdout, stderr);
}

/** The same without waiting. */
export function callGitSoon(folder: string, words: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const given = { ...common(folder, options), encoding: "buffer" } as const;
    const child = execFile("git", [...quiet, ...silent, ...words], given, (error, stdout, stderr) =>
      resolve(answerOf(typeof error?.code === "number" ? undefined : (error ?? undefined), error === null, stdout, stderr)),
    );
    // One that ends before it has read everything says so by its exit code.
    child.stdin?.on("error", () => {}).end(options.input ?? "");
  });
}

const common = (folder: string, { environment, patience: own = patience }: GitOptions) => ({
  cwd: folder,
  env: { ...gitEnvironment(), ...environment },
  timeout: own,
  maxBuffer: 16 * largest,
  windowsHide: true,
});

function answerOf(error: Error | undefined, ok: boolean, stdout: Buffer | null, stderr: Buffer | null): GitAnswer {
  const said = stderr?.toString("utf8").trim().split("\n").at(-1) ?? "";
  const absent = (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  return { ok, out: stdout ?? Buffer.alloc(0), said: said === "" ? (error?.message ?? "") : said, absent };
}
