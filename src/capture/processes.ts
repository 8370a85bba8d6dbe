// The processes of a command: found by their parents and their session, so that one whose parent has ended is found too.

import { listProcesses, type ProcessFacts } from "./process-tree.ts";

/** Below `leader`, or in its session; without it. */
export async function membersOf(leader: number): Promise<readonly number[]> {
  const all = await listProcesses();
  const children = new Map<number, ProcessFacts[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = new Set(all.filter(({ session }) => session === leader).map(({ pid }) => pid));
  const open = [leader];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.add(child.pid);
      open.push(child.pid);
    }
  }
  found.delete(leader);
  return [...found];
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
