// The processes of a command: found by their parents and their session, so that one whose parent has ended is found too.

import { readdirSync, statSync } from "node:fs";
import { listProcesses, type ProcessFacts } from "./process-tree.ts";

/**
 * Below `leader`, or in its session; without it. `known` is filled with them and when they began: one that made a session of its own
 * and lost its parent meanwhile is found by that.
 */
export async function membersOf(leader: number, known: Map<number, string> = new Map()): Promise<readonly number[]> {
  const all = (await listProcesses()).filter(({ ended }) => !ended);
  const children = new Map<number, ProcessFacts[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = new Set(all.filter((one) => one.session === leader || known.get(one.pid) === one.started));
  const open = [leader, ...[...found].map(({ pid }) => pid)];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      if (!found.has(child)) open.push(child.pid);
      found.add(child);
    }
  }
  const members = [...found].filter(({ pid }) => pid !== leader);
  for (const { pid, started } of members) known.set(pid, started);
  return members.map(({ pid }) => pid);
}

/** Whether a process other than ourselves and these has one of the pipes open; only Linux tells. A pipe is `device:inode`. */
export function isHeld(pipes: ReadonlySet<string>, without: ReadonlySet<number>): boolean {
  return listNumbers("/proc").some(
    (pid) =>
      pid !== process.pid &&
      !without.has(pid) &&
      listNumbers(`/proc/${pid}/fd`).some((descriptor) => pipes.has(pipeAt(`/proc/${pid}/fd/${descriptor}`) ?? "")),
  );
}

function listNumbers(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function pipeAt(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** The oldest process it started itself. */
export async function firstChildOf(leader: number): Promise<number | undefined> {
  const children = (await listProcesses()).filter(({ parent }) => parent === leader).map(({ pid }) => pid);
  return children.length === 0 ? undefined : Math.min(...children);
}

/** One that is gone already needs no signal. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // it ended meanwhile
    }
  }
}
