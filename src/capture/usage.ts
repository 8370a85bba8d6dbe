// What the processes of a run use while it goes on.

import { availableParallelism } from "node:os";
import { listBelow, type ProcessFacts, readEnded, readPeak } from "./process-tree.ts";
import { askProgram } from "./program.ts";

export interface UsagePoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Processors busy since the point before: 1.7. */
  readonly cpu: number;
  /** Bytes in memory, of all processes together. */
  readonly rss: number;
  /** A fraction. */
  readonly gpu?: number;
  readonly gpuMemory?: number;
}

export interface Usage {
  readonly peakRss?: number;
  /** Seconds. */
  readonly user?: number;
  readonly system?: number;
  readonly peakGpuMemory?: number;
}

export interface UsageWatch {
  stop(): Usage;
  readonly points: readonly UsagePoint[];
}

const mostPoints = 4000;
/** Short commands are looked at often: no look is later than a twentieth of the time so far, so no end loses more. */
const firstPause = 20;
const share = 1 / 20;

/** Looks at `pid` and what it started, also what outlived its parent. Never throws, and never keeps the program alive. */
export function watchUsage(
  pid: number,
  everyMs: number,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): UsageWatch {
  const watch = new Watch(pid, everyMs, environment);
  watch.begin();
  return watch;
}

class Watch implements UsageWatch {
  points: UsagePoint[] = [];
  private readonly pid: number;
  private readonly every: number;
  private readonly environment: Readonly<Record<string, string | undefined>>;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly began = Date.now();
  private readonly before = readEnded();
  /** Processes of the tree with their last times; of the dead those that no ancestor counts. */
  private readonly members = new Map<string, ProcessFacts>();
  private peakRss = 0;
  private peakGpuMemory = 0;
  private last: { readonly time: number; readonly spent: number } | undefined;
  private thinning = 1;
  private turn = 0;
  private gpu: { readonly gpu: number; readonly gpuMemory: number } | undefined;
  private hasGpu = true;

  constructor(pid: number, every: number, environment: Readonly<Record<string, string | undefined>>) {
    this.pid = pid;
    this.every = every;
    this.environment = environment;
  }

  begin(): void {
    const pause = Math.min(this.every, Math.max(firstPause, (Date.now() - this.began) * share));
    void this.look()
      .catch(() => undefined)
      .finally(() => {
        if (this.stopped) return;
        this.timer = setTimeout(() => this.begin(), pause);
        this.timer.unref();
      });
    if (pause >= this.every) void this.lookAtGpu();
  }

  stop(): Usage {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.members.size === 0) return {};
    const seen = this.spent();
    const ended = readEnded();
    const blind = ((Date.now() - (this.last?.time ?? this.began)) / 1000) * availableParallelism();
    // The kernel's sum is exact, but counts every child of ours.
    const exact = (key: "user" | "system"): number =>
      ended === undefined || this.before === undefined
        ? seen[key]
        : Math.min(Math.max(ended[key] - this.before[key], seen[key]), seen[key] + blind);
    return {
      peakRss: this.peakRss,
      user: exact("user"),
      system: exact("system"),
      ...(this.peakGpuMemory > 0 ? { peakGpuMemory: this.peakGpuMemory } : {}),
    };
  }

  private async look(): Promise<void> {
    const all = await listBelow([this.pid, ...[...this.members.values()].map(({ pid }) => pid)]);
    const living = treeOf(all, this.pid, this.members);
    this.bury(new Map(living.map((one) => [one.pid, one])));
    for (const one of living) this.members.set(keyOf(one), one);
    const rss = living.reduce((sum, one) => sum + one.rss, 0);
    this.peakRss = living.reduce((peak, { pid }) => Math.max(peak, readPeak(pid)), Math.max(this.peakRss, rss));
    // One that has just ended, or is about to begin, has nothing.
    if (rss > 0) this.add(Date.now(), rss);
  }

  /** The times of one that ended are in those of an ancestor that lives on. */
  private bury(living: ReadonlyMap<number, ProcessFacts>): void {
    const before = new Map([...this.members.values()].map((one) => [one.pid, one]));
    const lives = (one: ProcessFacts | undefined): boolean => one !== undefined && living.get(one.pid)?.started === one.started;
    for (const [key, one] of this.members) {
      if (lives(one)) continue;
      let parent = before.get(one.parent);
      for (let step = 0; parent !== undefined && !lives(parent) && step < 100; step++) parent = before.get(parent.parent);
      if (lives(parent)) this.members.delete(key);
    }
  }

  private add(time: number, rss: number): void {
    const { user, system } = this.spent();
    const spent = user + system;
    const since = this.last === undefined ? 0 : (time - this.last.time) / 1000;
    const cpu = this.last === undefined || since <= 0 ? 0 : Math.max(0, (spent - this.last.spent) / since);
    this.last = { time, spent };
    this.turn += 1;
    if (this.turn % this.thinning !== 0) return;
    this.points.push({ time, cpu, rss, ...this.gpu });
    if (this.points.length < mostPoints) return;
    this.points = this.points.filter((_, at) => at % 2 === 0);
    this.thinning *= 2;
  }

  private spent(): { readonly user: number; readonly system: number } {
    let user = 0;
    let system = 0;
    for (const one of this.members.values()) {
      user += one.user;
      system += one.system;
    }
    return { user, system };
  }

  private async lookAtGpu(): Promise<void> {
    if (!this.hasGpu) return;
    const words = ["--query-gpu=utilization.gpu,memory.used", "--format=csv,noheader,nounits"];
    const answer = await askProgram("nvidia-smi", words, { environment: this.environment, patience: 10_000 });
    this.hasGpu = answer !== undefined;
    const cards = (answer ?? "").split("\n").flatMap((line) => {
      const [busy, memory] = line.split(",").map(Number);
      return busy === undefined || memory === undefined || Number.isNaN(memory) ? [] : [{ busy, memory }];
    });
    if (cards.length === 0) return;
    const gpuMemory = cards.reduce((sum, { memory }) => sum + memory, 0) * 1024 ** 2;
    this.gpu = { gpu: cards.reduce((sum, { busy }) => sum + busy, 0) / cards.length / 100, gpuMemory };
    this.peakGpuMemory = Math.max(this.peakGpuMemory, gpuMemory);
  }
}

const keyOf = ({ pid, started }: ProcessFacts): string => `${pid} ${started}`;

/** The process, everything below it, and everything below those that once belonged to it. */
function treeOf(all: readonly ProcessFacts[], top: number, members: ReadonlyMap<string, ProcessFacts>): readonly ProcessFacts[] {
  const children = new Map<number, ProcessFacts[]>();
  for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const found = new Map<number, ProcessFacts>();
  const add = (one: ProcessFacts): void => {
    if (found.has(one.pid)) return;
    found.set(one.pid, one);
    for (const child of children.get(one.pid) ?? []) add(child);
  };
  for (const one of all) if (one.pid === top || members.has(keyOf(one))) add(one);
  return [...found.values()];
}
