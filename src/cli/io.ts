// The world as a command sees it: comes in as the last parameter, so that tests can hand in their own.

import { createRequire } from "node:module";
import { isatty } from "node:tty";
import type { Problem } from "../base/problem.ts";
import { type Paint, painter, wantsColor } from "../base/terminal.ts";
import type { Ask } from "./ask.ts";

export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start; "" when that folder was deleted. */
  readonly cwd: string;
  now(): Date;
  /** Data. */
  out(text: string): void;
  /** Talk. */
  err(text: string): void;
  /** Columns of the terminal that shows stdout; absent when stdout is not a terminal: nothing is cut then. */
  readonly columns?: number;
  /** Columns of the terminal that shows stderr; absent when stderr is not a terminal, or one that cannot wipe a line. */
  readonly errColumns?: number;
  /** Whether a person can answer: stdin and stderr are terminals and nobody asked for silence. */
  readonly interactive: boolean;
  readonly paint: { readonly out: Paint; readonly err: Paint };
  /** Loads the library that asks; only ever called when `interactive`. */
  ask(): Promise<Ask>;
  /** Runs a command on the user's terminal and waits; undefined when it could not start. */
  terminal(command: string, files: readonly string[]): number | undefined;
  /** Something worth knowing that does not stop the command; printed at the end. */
  warn(problem: Problem): void;
}

/** The real world. */
export function realIo(): Io {
  const environment = process.env;
  const terminal = { input: isatty(0), out: isatty(1), err: isatty(2) };
  const silent = Boolean(environment["CI"] || environment["JOURNAL_NONINTERACTIVE"]);
  return {
    environment,
    cwd: currentFolder(),
    now: () => new Date(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ...(terminal.out ? { columns: columnsOf(environment, process.stdout.columns) } : {}),
    ...(terminal.err && environment["TERM"] !== "dumb" ? { errColumns: columnsOf(environment, process.stderr.columns) } : {}),
    interactive: terminal.input && terminal.err && !silent,
    paint: { out: painter(wantsColor(environment, terminal.out)), err: painter(wantsColor(environment, terminal.err)) },
    ask: async () => (await import("./ask.ts")).clackAsk(),
    terminal: runOnTerminal,
    warn: () => {},
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return "";
  }
}

/** `COLUMNS` wins, as in other tools; 80 where nobody knows. */
function columnsOf(environment: Io["environment"], columns: number | undefined): number {
  const wanted = Number(environment["COLUMNS"]);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : columns || 80;
}

/** Loads what starts processes only for a command that does: 4 ms of every other. */
function runOnTerminal(command: string, files: readonly string[]): number | undefined {
  const { spawnSync } = createRequire(import.meta.url)("node:child_process") as typeof import("node:child_process");
  // `code --wait` is one setting with two words, so a shell reads it, as git does; the files stay out of its hands.
  const windows = process.platform === "win32";
  const result = windows
    ? spawnSync(`${command} ${files.map((file) => `"${file}"`).join(" ")}`, { shell: true, stdio: "inherit" })
    : spawnSync("sh", ["-c", `${command} "$@"`, command, ...files], { stdio: "inherit" });
  return result.error === undefined ? (result.status ?? undefined) : undefined;
}
