// The machine: processor, memory, graphics. Asked while or after the command runs, never before it starts.

import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import type { Json } from "../record/tree.ts";
import { askProgram } from "./program.ts";

export interface MachineFacts {
  readonly cpu?: string;
  readonly cores: number;
  /** `16 GB`: what this process may use. */
  readonly ram: string;
  readonly gpu?: string;
  readonly gpu_count?: number;
  /** `15.4 GB` of one. */
  readonly gpu_memory?: string;
  readonly driver?: string;
  readonly os: string;
}

/** As it goes into the front matter. */
export type HardwareFacts = MachineFacts & Readonly<Record<string, Json | undefined>>;

export async function readHardware(environment: Readonly<Record<string, string | undefined>> = process.env): Promise<HardwareFacts> {
  const cpu = cpus()[0]?.model.replace(/\s+/g, " ").trim();
  return {
    ...(cpu === undefined || cpu === "" || cpu === "unknown" ? {} : { cpu }),
    cores: availableParallelism(),
    ram: gigabytes(Math.min(totalmem(), memoryLimit())),
    ...(await readGpus(environment)),
    os: `${type()} ${release()}`,
  };
}

const gigabytes = (bytes: number): string => `${Number((bytes / 1024 ** 3).toFixed(bytes < 10 * 1024 ** 3 ? 1 : 0))} GB`;

/** Of the control group, as containers have it. */
function memoryLimit(): number {
  for (const path of ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]) {
    try {
      const limit = Number(readFileSync(path, "utf8"));
      if (limit > 0) return limit;
    } catch {
      // Not on this system.
    }
  }
  return Number.POSITIVE_INFINITY;
}

const asked = ["--query-gpu=index,uuid,name,memory.total,driver_version", "--format=csv,noheader,nounits"];

async function readGpus(environment: Readonly<Record<string, string | undefined>>): Promise<Partial<MachineFacts>> {
  const answer = await askProgram("nvidia-smi", asked, { environment, patience: 10_000 });
  const all = (answer ?? "").split("\n").flatMap((line) => {
    const [index, uuid, name, memory, driver] = line.split(",").map((part) => part.trim());
    return name === undefined || name === "" ? [] : [{ index, uuid, name, memory: Number(memory), driver }];
  });
  const visible = environment["CUDA_VISIBLE_DEVICES"]?.split(",").map((one) => one.trim());
  const cards =
    visible === undefined
      ? all
      : all.filter(({ index, uuid }) => visible.some((one) => one === index || (one.length > 7 && uuid?.startsWith(one))));
  const [first] = cards;
  if (first === undefined) return {};
  const names = [...new Set(cards.map(({ name }) => name))];
  return {
    gpu: names.join(", "),
    ...(cards.length > 1 ? { gpu_count: cards.length } : {}),
    ...(first.memory > 0 ? { gpu_memory: gigabytes(first.memory * 1024 ** 2) } : {}),
    ...(first.driver === undefined ? {} : { driver: first.driver }),
  };
}
