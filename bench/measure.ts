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
  readonly median: number;
  readonly spread: readonly [number, number];
  /** Peak resident memory in MB; 0 where python3 is missing. */
  readonly peak: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

/** One warm-up round, then `rounds` rounds of all subjects in turn. Fails when a command fails. */
export function measure(subjects: readonly Subject[], rounds = 7): readonly Timing[] {
  const times = subjects.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    subjects.forEach((subject, index) => {
      subject.before?.();
      const elapsed = runOnce(subject);
      if (round >= 0) times[index]?.push(elapsed);
    });
  }
  return subjects.map((subject, index) => {
    const own = times[index] ?? [];
    subject.before?.();
    return { name: subject.name, times: own, median: median(own), spread: [Math.min(...own), Math.max(...own)], peak: peakOf(subject) };
  });
}

function runOnce(subject: Subject): number {
  const [program, ...args] = subject.command;
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { cwd: subject.cwd, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  // 5 is `check` finding problems: a result, not a failure.
  if (error || (status !== 0 && status !== 5)) throw new Error(`${subject.name} ended with ${status}: ${error?.message ?? stderr}`);
  return elapsed;
}

/** Peak memory as the kernel accounts it, asked of Python, which Node cannot be for a child; 0 without it. */
function peakOf(subject: Subject): number {
  const python =
    "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
  const { status, stdout } = spawnSync("python3", ["-c", python, ...subject.command], { cwd: subject.cwd, encoding: "utf8" });
  return status === 0 ? Math.round(Number(stdout) / 1024) : 0;
}
