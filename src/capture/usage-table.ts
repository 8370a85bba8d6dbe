// Processors and memory of a run as they are committed beside it.

import type { Table } from "../formats/curve-tables.ts";
import type { UsagePoint } from "./usage.ts";

const mostUsage = 400;

/** Processors and memory over time; of each stretch the moment with the most memory. */
export function usageTable(points: readonly UsagePoint[]): Table {
  const start = points[0]?.time ?? 0;
  const size = Math.max(1, Math.ceil(points.length / mostUsage));
  const kept = points.filter((point, at) => {
    const from = at - (at % size);
    return points.slice(from, from + size).reduce((most, one) => (one.rss > most.rss ? one : most), points[from] ?? point) === point;
  });
  const gpu = points.some((point) => point.gpu !== undefined);
  const rows = kept.map(({ time, cpu, rss, gpu: load, gpuMemory }) =>
    [
      ((time - start) / 1000).toFixed(1),
      cpu.toFixed(2),
      (rss / 1e9).toFixed(3),
      ...(gpu ? [load ?? "", gpuMemory === undefined ? "" : (gpuMemory / 1e9).toFixed(3)] : []),
    ].join(","),
  );
  return { name: "usage.csv", text: `seconds,processors,memory_gb${gpu ? ",gpu,gpu_memory_gb" : ""}\n${rows.join("\n")}\n` };
}
