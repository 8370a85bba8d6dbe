// Who a process is, so that another one can tell later, and on another machine, whether it is still there.

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { errorCode } from "./failure.ts";

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Changes with every boot; "" where the system does not tell. */
  readonly boot: string;
  /** Containers of one machine see each other's files but not each other's processes. */
  readonly space: string;
  /** Start of the process in clock ticks since boot: tells a reused pid from the holder. */
  readonly started: string;
}

let known: Holder | undefined;

/** This process. */
export function self(): Holder {
  known ??= { pid: process.pid, host: hostname(), boot: bootId(), space: space(), started: startOf(process.pid) };
  return known;
}

export function isHolder(content: unknown): content is Holder {
  if (typeof content !== "object" || content === null) return false;
  const { pid, host, boot, space, started } = content as Record<string, unknown>;
  return Number.isSafeInteger(pid) && Number(pid) > 0 && [host, boot, space, started].every((text) => typeof text === "string");
}

/** Whether this machine knows that the process has ended; of another machine's nobody here knows. */
export function isGone(holder: Holder): boolean {
  const me = self();
  if (holder.host !== me.host) return false;
  if (holder.boot !== me.boot) return true;
  if (holder.space !== me.space) return false;
  if (!isAlive(holder.pid)) return true;
  const started = startOf(holder.pid);
  return started !== "" && holder.started !== "" && started !== holder.started;
}

/** Whether this machine can tell anything about the process. */
export function isOurs({ host, boot, space }: Holder): boolean {
  const me = self();
  return host === me.host && (boot !== me.boot || space === me.space);
}

/** One that has ended and only waits to be asked how is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return fieldsOf(pid)[0] !== "Z";
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}

function bootId(): string {
  return readOr("", () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
}

function space(): string {
  return readOr("", () => readlinkSync("/proc/self/ns/pid"));
}

/** Field 22 of /proc/<pid>/stat. */
function startOf(pid: number): string {
  return fieldsOf(pid)[19] ?? "";
}

/** From the state on, field 3: the command name before it may hold blanks and brackets. */
function fieldsOf(pid: number): readonly string[] {
  const stat = readOr("", () => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readOr(fallback: string, read: () => string): string {
  try {
    return read();
  } catch {
    return fallback;
  }
}
