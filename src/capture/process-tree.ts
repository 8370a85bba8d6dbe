// The processes that a command started, and what they use, read from /proc; on systems without it, from `ps`.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { askProgram } from "./program.ts";

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** The process that began its session; 0 where the system does not tell. */
  readonly session: number;
  /** Tells two processes apart that had the same number. */
  readonly started: string;
  /** Nobody waited for it yet. */
  readonly ended: boolean;
  /** Seconds, with those of children that ended and were waited for. */
  readonly user: number;
  readonly system: number;
  /** Bytes in memory. */
  readonly rss: number;
}

const ticks = 100;
let page: number | undefined;

/** Bytes, from the vector that the kernel hands to each program. */
function pageSize(): number {
  const vector = readFileSync("/proc/self/auxv");
  for (let at = 0; at + 16 <= vector.length; at += 16) if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
  return 4096;
}

/** The most that a process ever had in memory, in bytes. */
export function readPeak(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Seconds of our own children that ended. */
export function readEnded(): { readonly user: number; readonly system: number } | undefined {
  const fields = readFields("self");
  return fields === undefined ? undefined : { user: Number(fields[13]) / ticks, system: Number(fields[14]) / ticks };
}

export async function listProcesses(): Promise<readonly ProcessFacts[]> {
  return process.platform === "linux"
    ? listProc()
    : parsePs(await askProgram("ps", ["-axo", "pid=,ppid=,rss=,time=,lstart="], { patience: 5000 }));
}

/** Those below these and they themselves, as far as they live; all there are where the system does not say which. Cheap: to be asked often. */
export async function listBelow(tops: readonly number[]): Promise<readonly ProcessFacts[]> {
  tellsChildren ??= existsSync(`/proc/self/task/${process.pid}/children`);
  const found = tellsChildren ? below(tops) : undefined;
  return found === undefined || found.length >= mostBelow ? listProcesses() : found.flatMap((pid) => readFacts(String(pid)) ?? []);
}

let tellsChildren: boolean | undefined;
const mostBelow = 500;

/** By the lists of children that the kernel keeps. */
export function below(tops: readonly number[]): readonly number[] {
  const found = new Set(tops);
  for (const pid of found) {
    if (found.size >= mostBelow) break;
    try {
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${task}/children`, "latin1");
        for (const child of children.split(" ")) if (child !== "") found.add(Number(child));
      }
    } catch {
      // it has ended, or this is no Linux
    }
  }
  return [...found];
}

function listProc(): readonly ProcessFacts[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (readFacts(name) ?? []) : []));
}

function readFacts(pid: string): ProcessFacts | undefined {
  const fields = readFields(pid);
  if (fields === undefined) return undefined;
  page ??= pageSize();
  const seconds = (own: number): number => (Number(fields[own]) + Number(fields[own + 2])) / ticks;
  const [, parent, , session] = fields.map(Number);
  return {
    pid: Number(pid),
    parent: parent ?? 0,
    session: session ?? 0,
    started: fields[19] ?? "",
    ended: fields[0] === "Z" || fields[0] === "X",
    user: seconds(11),
    system: seconds(12),
    rss: Number(fields[21]) * page,
  };
}

/** From the state on: the name of the program before it stands in parentheses and may hold any. */
function readFields(pid: string): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function parsePs(answer: string | undefined): readonly ProcessFacts[] {
  return (answer ?? "").split("\n").flatMap((line): readonly ProcessFacts[] => {
    const [, pid, parent, rss, time, started] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (pid === undefined || time === undefined) return [];
    const user = time
      .split(/[-:]/)
      .reduce((sum, part, at, all) => sum + Number(part) * (at === all.length - 4 ? 86400 : 60 ** (all.length - 1 - at)), 0);
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        session: 0,
        started: started ?? "",
        ended: false,
        user,
        system: 0,
        rss: Number(rss) * 1024,
      },
    ];
  });
}
