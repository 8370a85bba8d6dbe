// The command's output on its way: through a named pipe to `tee`, which hands it on and keeps a copy. `tee` is a process of its own, so
// that the command never waits for us and goes on when we are killed, and a copy that finds the disk full stops nothing.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isatty } from "node:tty";
import { findProgram } from "./lookup.ts";

/** How the output is taken; docs/run.md says what each keeps and survives. */
export type Mode =
  /** stdout and stderr are terminals: the command gets one of its own. */
  | "terminal"
  /** Through `tee`. A stream that is a terminal, when the other is not, stays untouched and is not read. */
  | "pipe"
  /** Where the tools are missing: through this process. */
  | "plain";

export interface Tools {
  readonly tee?: string;
  readonly mkfifo?: string;
  readonly script?: string;
}

export function findTools(path: string | undefined): Tools {
  if (process.platform === "win32") return {};
  const [tee, mkfifo] = [findProgram("tee", path), findProgram("mkfifo", path)];
  // Only util-linux's `script` takes these options and hands on the exit code.
  const script = process.platform === "linux" ? findProgram("script", path) : undefined;
  return {
    ...(tee === undefined ? {} : { tee }),
    ...(mkfifo === undefined ? {} : { mkfifo }),
    ...(script === undefined ? {} : { script }),
  };
}

export interface Terminals {
  readonly input: boolean;
  readonly out: boolean;
  readonly err: boolean;
}

export const readTerminals = (): Terminals => ({ input: isatty(0), out: isatty(1), err: isatty(2) });

/** Whether two descriptors lead to the same file, so that what is written to both keeps its order. */
export function leadToOne(one: number, other: number): boolean {
  try {
    const [a, b] = [fstatSync(one), fstatSync(other)];
    return a.dev === b.dev && a.ino === b.ino && a.rdev === b.rdev;
  } catch {
    return false;
  }
}

/** A pipe with a name, and `tee` at its end. */
export interface Branch {
  /** What the command writes to; to be closed when it has it. */
  readonly descriptor: number;
  readonly path: string;
  /** `device:inode`. */
  readonly pipe: string;
  readonly tee: ChildProcess;
  /** Whether the copy is whole. */
  readonly done: Promise<boolean>;
}

/** Named pipes in a folder; rejects with what the system says. */
export async function makePipes(mkfifo: string, folder: string, names: readonly string[]): Promise<readonly string[]> {
  const paths = names.map((name) => join(folder, `${name}.pipe`));
  for (const path of paths) rmSync(path, { force: true });
  if (paths.length > 0)
    await new Promise<void>((resolve, reject) => {
      execFile(mkfifo, ["-m", "600", ...paths], (error) => (error === null ? resolve() : reject(error)));
    });
  return paths;
}

/** `target` is the descriptor that the output goes on to; nothing for nowhere. */
export function openBranch(tee: string, path: string, log: string, target: number | undefined): Branch {
  // Held open for reading and writing, so that neither end has to wait for the other.
  const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const reading = openSync(path, constants.O_RDONLY);
  const descriptor = openSync(path, constants.O_WRONLY);
  const child = spawn(tee, ["-a", log], { stdio: [reading, target ?? "ignore", "ignore"], detached: true });
  const done = new Promise<boolean>((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
  for (const file of [both, reading]) closeSync(file);
  const { dev, ino } = fstatSync(descriptor);
  return { descriptor, path, pipe: `${dev}:${ino}`, tee: child, done };
}
