// How git is started: fixed words, no shell, no hooks, nothing asked of a person, and none of the folders that a surrounding hook names.

import { spawnSync } from "node:child_process";

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
    cwd: folder,
    env: { ...gitEnvironment(), ...options.environment },
    timeout: options.patience ?? patience,
    maxBuffer: 16 * largest,
    windowsHide: true,
    ...(options.input === undefined ? { stdio: ["ignore", "pipe", "pipe"] } : { input: options.input }),
  });
  const said = stderr?.toString("utf8").trim().split("\n").at(-1) ?? "";
  const absent = (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  return {
    ok: error === undefined && status === 0,
    out: stdout ?? Buffer.alloc(0),
    said: said === "" ? (error?.message ?? "") : said,
    absent,
  };
}
