// The durable writer. After a kill, a full disk or an I/O error at any step a file is the old one or the new one, whole;
// returning means that the new one is on disk. (The popular npm writers call `write` once and take a short count for
// success, which on a full disk replaces a good file by a truncated one.)

import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { errorCode, reasonOf, writeFailure } from "./failure.ts";
import { makeFolder } from "./make-folder.ts";
import { changedMeanwhile, exists, notFlushed, vanished } from "./messages.ts";

/** Temporary files, so that `check --fix` can sweep what a killed writer left. */
export const temporary: RegExp = /^\.journal-[0-9a-f]{16}\.tmp$/;

const untouched = "the old file is untouched";
const nothingMade = "no file was made";

/** Errors of `link` on file systems without hard links (FAT, some network and phone mounts). */
const noLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES", "EXDEV", "EMLINK", "EINVAL"]);
/** Errors of `fsync` on a folder where the system has no such thing. */
const noFolderSync: ReadonlySet<string> = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EISDIR", "EBADF", "EACCES"]);

/**
 * Replaces the bytes of an existing file, which must still be `expected`: a save in between is never overwritten (exit 4).
 * Equal bytes are not written, so the file keeps its times. `path` may be a symbolic link: its target is replaced.
 * @param shown the path as messages name it
 * @returns whether anything was written
 */
export function replaceFile(path: string, bytes: Uint8Array, expected: Uint8Array, shown: string = path): boolean {
  if (Buffer.compare(bytes, expected) === 0) return false;
  let temp: string | undefined;
  let target = path;
  try {
    target = realpathSync(path);
    accessSync(target, constants.W_OK);
    temp = writeTemporary(dirname(target), bytes, statSync(target));
    if (Buffer.compare(readFileSync(target), expected) !== 0) throw new JournalError(changedMeanwhile(shown), exits.conflict);
    renamePatiently(temp, target);
  } catch (error) {
    discard(temp);
    if (errorCode(error) === "ENOENT") throw new JournalError(vanished(shown), exits.conflict);
    throw writeFailure(error, shown, untouched);
  }
  flushFolder(dirname(target), shown);
  return true;
}

/** Makes a file that must not exist yet; it is never half visible. Missing folders above it are made. */
export function createFile(path: string, bytes: Uint8Array, shown: string = path): void {
  const folder = dirname(path);
  let temp: string | undefined;
  try {
    makeFlushed(folder);
    temp = writeTemporary(folder, bytes);
    publish(temp, path);
  } catch (error) {
    discard(temp);
    if (errorCode(error) === "EEXIST") throw new JournalError(exists(shown), exits.conflict);
    throw writeFailure(error, shown, nothingMade);
  }
  discard(temp);
  flushFolder(folder, shown);
}

/** Gives a file another name in the same folder; an existing file of that name is never overwritten. */
export function renameFile(from: string, to: string, shown: string = to): void {
  try {
    publish(from, to);
    discard(from);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw new JournalError(exists(shown), exits.conflict);
    throw writeFailure(error, shown, untouched);
  }
  flushFolder(dirname(to), shown);
}

/** For disposable files (cache, counter): atomic, but neither flushed nor compared. Throws what the system throws. */
export function overwrite(path: string, bytes: Uint8Array | string): void {
  const temp = temporaryName(dirname(path));
  try {
    const file = openSync(temp, "wx");
    try {
      writeAll(file, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    } finally {
      closeSync(file);
    }
    renamePatiently(temp, path);
  } catch (error) {
    discard(temp);
    throw error;
  }
}

/** Writes, checks and flushes a new temporary file; leaves nothing when it fails. */
function writeTemporary(folder: string, bytes: Uint8Array, like?: Stats): string {
  const temp = temporaryName(folder);
  let file: number | undefined;
  try {
    file = openSync(temp, "wx", 0o666);
    if (like !== undefined) copyOwner(file, like);
    writeAll(file, bytes);
    if (fstatSync(file).size !== bytes.length) throw new Error(`wrote ${fstatSync(file).size} of ${bytes.length} bytes`);
    fsyncSync(file);
    const open = file;
    file = undefined;
    closeSync(open);
    return temp;
  } catch (error) {
    if (file !== undefined) closeQuietly(file);
    discard(temp);
    throw error;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    const count = writeSync(file, bytes, done, bytes.length - done);
    if (count <= 0) throw new Error(`the disk took ${done} of ${bytes.length} bytes`);
    done += count;
  }
}

/** Owner before mode: changing the owner clears special bits. Another owner is kept where the system allows it. */
function copyOwner(file: number, like: Stats): void {
  const mine = fstatSync(file);
  if (mine.uid !== like.uid || mine.gid !== like.gid) {
    try {
      fchownSync(file, like.uid, like.gid);
    } catch {
      // only root may; git does not keep the owner either
    }
  }
  fchmodSync(file, like.mode & 0o7777);
}

/** `link` fails on an existing name, unlike `rename`. Where there are no links, an empty file claims the name first. */
function publish(from: string, to: string): void {
  try {
    linkSync(from, to);
    return;
  } catch (error) {
    if (!noLinks.has(errorCode(error))) throw error;
  }
  closeSync(openSync(to, "wx"));
  try {
    renamePatiently(from, to);
  } catch (error) {
    if (statSync(to).size === 0) discard(to);
    throw error;
  }
}

/** Windows refuses to rename over a file that a scanner or an editor has open for a moment. */
function renamePatiently(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const passing = process.platform === "win32" && ["EPERM", "EBUSY", "EACCES"].includes(errorCode(error));
      if (!passing || attempt === 10) throw error;
      pause(attempt * 10);
    }
  }
}

/** Makes a rename, link or unlink survive a power cut. */
export function flushFolder(folder: string, shown: string): void {
  if (process.platform === "win32") return;
  let file: number | undefined;
  try {
    file = openSync(folder, "r");
    fsyncSync(file);
  } catch (error) {
    if (!noFolderSync.has(errorCode(error))) throw new JournalError(notFlushed(shown, reasonOf(error)), exits.internal);
  } finally {
    if (file !== undefined) closeQuietly(file);
  }
}

/** Each new folder is flushed into the one above it. */
function makeFlushed(folder: string): void {
  const first = makeFolder(folder, nothingMade);
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) flushFolder(dirname(made), made);
}

export function temporaryName(folder: string): string {
  return join(folder, `.journal-${randomBytes(8).toString("hex")}.tmp`);
}

function discard(path: string | undefined): void {
  if (path === undefined) return;
  try {
    unlinkSync(path);
  } catch {
    // already gone, or left for the sweep of `check --fix`
  }
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // the error that brought us here is the one to report
  }
}

/** Blocks the thread: the store is synchronous, because synchronous calls are five times faster on small files. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
