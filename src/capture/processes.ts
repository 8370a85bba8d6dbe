// The processes of a command: found by their parents and their session, so that one whose parent has ended is found too.

import { readdirSync, readFileSync } from "node:fs";
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

/** Below `leader` and it: by the lists of children that the kernel keeps, so that it may be asked often. */
export function treeOf(leader: number): readonly number[] {
  const found = [leader];
  for (let at = 0; at < found.length && found.length < mostProcesses; at += 1) {
    try {
      for (const task of readdirSync(`/proc/${found[at]}/task`)) {
        const children = readFileSync(`/proc/${found[at]}/task/${task}/children`, "latin1");
        for (const child of children.split(" ")) if (child !== "") found.push(Number(child));
      }
    } catch {
      // it has ended, or this is no Linux
    }
  }
  return found;
}

const mostProcesses = 500;

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
