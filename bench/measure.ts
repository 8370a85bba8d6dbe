// Whole processes, in turn, so that a change of the machine's speed meets all of them alike.

import { spawnSync } from "node:child_process";

export interface Subject {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Run before each measured run, not measured. */
  readonly before?: () => void;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds of wall time, one per round, in order. */
  readonly times: readonly number[];
  /** Milliseconds of processor time, user and system, of the process and its children; empty without python3. */
  readonly cpu: readonly number[];
  readonly median: number;
  readonly spread: readonly [number, number];
  /** Peak resident memory in MB; 0 without python3. */
  readonly peak: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

/** Rounds of all subjects in turn, the first `warmups` of them not counted. Fails when a command fails. */
export function measure(subjects: readonly Subject[], rounds = 7, warmups = 1): readonly Timing[] {
  const taken = subjects.map((): Taken[] => []);
  for (let round = -warmups; round < rounds; round++) {
    subjects.forEach((subject, index) => {
      subject.before?.();
      const one = runOnce(subject);
      if (round >= 0) taken[index]?.push(one);
    });
  }
  return subjects.map(({ name }, index) => {
    const own = taken[index] ?? [];
    const times = own.map(({ wall }) => wall);
    const cpu = own.flatMap((one) => one.cpu ?? []);
    return {
      name,
      times,
      cpu,
      median: median(times),
      spread: [Math.min(...times), Math.max(...times)],
      peak: Math.max(...own.map(({ peak }) => peak)),
    };
  });
}

interface Taken {
  readonly wall: number;
  readonly cpu?: number;
  readonly peak: number;
}

/** The kernel's account of a child, which Python can ask for and Node cannot. */
const account = `
import json, resource, subprocess, sys, time
mine = lambda: (lambda used: used.ru_utime + used.ru_stime)(resource.getrusage(resource.RUSAGE_CHILDREN))
before = mine()
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wall = time.perf_counter() - start
cpu = mine() - before
rss = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"status": done.returncode, "stderr": done.stderr.decode()[:2000], "wall": wall * 1000, "cpu": cpu * 1000, "rss": rss}))
`;

function runOnce({ name, command: [program, ...args], cwd }: Subject): Taken {
  const outer = spawnSync("python3", ["-c", account, program, ...args], { cwd, encoding: "utf8" });
  const said =
    outer.status === 0
      ? (JSON.parse(outer.stdout) as { status: number; stderr: string; wall: number; cpu: number; rss: number })
      : undefined;
  if (said !== undefined) {
    refuse(name, said.status, said.stderr);
    return { wall: said.wall, cpu: said.cpu, peak: Math.round(said.rss / 1024) };
  }
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  refuse(name, status, error?.message ?? String(stderr));
  return { wall, peak: 0 };
}

/** 5 is `check` finding problems: a result, not a failure. */
function refuse(name: string, status: number | null, said: string): void {
  if (status !== 0 && status !== 5) throw new Error(`${name} ended with ${status}: ${said}`);
}
