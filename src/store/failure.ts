// What the operating system refused, as a problem somebody can act on.

import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type ExitCode, exits, JournalError, type Problem } from "../base/problem.ts";
import { diskFull, notAFile, notAFolder, readOnly, takesNothing, unreadable, vanished, writeFailed } from "./messages.ts";

/** The errno name of a failed system call, or "" for anything else. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}

/** e.g., "ENOSPC, no space left on device" */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === "") return error instanceof Error ? error.message : String(error);
  const words = error instanceof Error ? /^\w+: ([^,]*)/.exec(error.message)?.[1] : undefined;
  return words === undefined ? code : `${code}, ${words}`;
}

type Say = (path: string, why: string, kept: string, blocked: string) => Problem;
const writing: Readonly<Record<string, readonly [Say, ExitCode]>> = {
  ENOSPC: [diskFull, exits.internal],
  EDQUOT: [diskFull, exits.internal],
  EFBIG: [diskFull, exits.internal],
  EROFS: [readOnly, exits.internal],
  EACCES: [readOnly, exits.internal],
  EPERM: [readOnly, exits.internal],
  ENOENT: [vanished, exits.notFound],
  EISDIR: [notAFile, exits.usage],
  ENOTDIR: [(_path, _why, _kept, blocked) => notAFolder(blocked), exits.usage],
};

/** `kept` says what became of the data: "the old file is untouched". A refusal of our own passes through. */
export function writeFailure(error: unknown, path: string, kept: string): JournalError {
  if (error instanceof JournalError) return error;
  const blocked = blockedBy(error) ?? path;
  if (isTakenNowhere(error, blocked)) return new JournalError(takesNothing(path, blocked, kept), exits.usage);
  const [say, exit] = writing[errorCode(error)] ?? [writeFailed, exits.internal];
  return new JournalError(say(path, reasonOf(error), kept, blocked), exit);
}

/** Nothing vanished: the folder is there, and something new was to be made in it. (A system folder like `/proc` says ENOENT.) */
function isTakenNowhere(error: unknown, folder: string): boolean {
  const { code, syscall = "", path = "" } = error as NodeJS.ErrnoException;
  return code === "ENOENT" && ["mkdir", "mkdtemp", "open"].includes(syscall) && folder === dirname(path);
}

/** Only `access` asks about a file; whatever else is refused was to happen in a folder, here the nearest that exists. */
function blockedBy(error: unknown): string | undefined {
  const { syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === "access" || path === undefined) return path;
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

export function readProblem(error: unknown, path: string): Problem {
  const code = errorCode(error);
  if (code === "EISDIR") return notAFile(path);
  return code === "ENOENT" ? vanished(path) : unreadable(path, reasonOf(error));
}
