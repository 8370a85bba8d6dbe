// A lock between processes. The file holds who has it; it appears whole (by `link`), and it is taken from a holder only
// when that process is dead on this very machine: a lease by time would break on a laptop that slept.

import { closeSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { errorCode, writeFailure } from "./failure.ts";
import { locked } from "./messages.ts";
import { type Holder, isGone, isHolder, self } from "./process.ts";
import { pause, temporaryName } from "./writer.ts";

/** How long one and the same holder is waited for, in ms. */
const patience = 5_000;
/** And how long, in multiples of that, while the lock goes from hand to hand but never comes to us. */
const rounds = 12;
/** A lock whose holder was killed before it could say who it was (only on file systems without links). */
const anonymousAge = 10_000;
const deepest = 3;

/** Holds `path` until the function it gives is called, or this process ends. Waits as `withLock` does. */
export function holdLock(path: string, wait: number = patience): () => void {
  acquire(path, wait, 0);
  return () => release(path);
}

/** Runs `work` while no other process holds `path`. Waits up to `wait` ms for a holder, then refuses with exit 4. */
export function withLock<T>(path: string, work: () => T, wait: number = patience): T {
  acquire(path, wait, 0);
  try {
    return work();
  } finally {
    release(path);
  }
}

function acquire(path: string, wait: number, depth: number): void {
  const claim = prepare(path);
  try {
    const end = Date.now() + wait * rounds;
    let deadline = Date.now() + wait;
    let last = "";
    for (let nap = 2; !claim.take(); nap = Math.min(nap * 1.4, 60)) {
      const holder = read(path);
      if (holder === "gone") continue;
      if (isDead(holder, path) && depth < deepest) {
        evict(path, wait, depth);
        continue;
      }
      const name = nameOf(holder);
      if (name !== last) deadline = Math.min(Date.now() + wait, end);
      last = name;
      if (Date.now() > deadline) throw new JournalError(locked(path, name, wait / 1000), exits.conflict);
      pause(nap * (0.5 + Math.random()));
    }
  } finally {
    claim.drop();
  }
}

/**
 * Removes the lock of a dead process. Only one process at a time may do that, under a lock of its own, and it looks again
 * inside: otherwise two of them, both having seen the dead holder, could remove each other's fresh lock.
 */
function evict(path: string, wait: number, depth: number): void {
  const above = `${path}~`;
  acquire(above, wait, depth + 1);
  try {
    const holder = read(path);
    if (holder !== "gone" && isDead(holder, path)) release(path);
  } finally {
    release(above);
  }
}

interface Claim {
  /** Whether the lock is ours now. */
  take(): boolean;
  drop(): void;
}

/** Written once; `link` then puts it in place whole, or fails because somebody else holds the lock. */
function prepare(path: string): Claim {
  const mine = JSON.stringify(self());
  const temp = temporaryName(dirname(path));
  try {
    writeFileSync(temp, mine, { flag: "wx" });
  } catch (error) {
    release(temp);
    throw writeFailure(error, path, "nothing was written");
  }
  return { take: () => link(temp, path) ?? claimWithoutLinks(path, mine), drop: () => release(temp) };
}

/** Nothing where the file system has no links. */
function link(temp: string, path: string): boolean | undefined {
  try {
    linkSync(temp, path);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (["ENOSPC", "EDQUOT", "EROFS", "EIO", "ENOENT"].includes(errorCode(error))) throw writeFailure(error, path, "nothing was written");
    return undefined;
  }
}

function claimWithoutLinks(path: string, content: string): boolean {
  try {
    const file = openSync(path, "wx");
    try {
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw writeFailure(error, path, "nothing was written");
  }
}

function release(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // gone already, or left behind and then taken from us when we are dead
  }
}

function read(path: string): Holder | "unknown" | "gone" {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isHolder(content) ? content : "unknown";
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "gone" : "unknown";
  }
}

function isDead(holder: Holder | "unknown", path: string): boolean {
  if (holder !== "unknown") return isGone(holder);
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs > anonymousAge;
}

function nameOf(holder: Holder | "unknown"): string {
  return holder === "unknown" ? "process unknown" : `process ${holder.pid} on ${holder.host}`;
}
