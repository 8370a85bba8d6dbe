// Machine classes: `hardware.class`, else the GPU and how many, else the CPU and its cores. Durations compare only within one.

import { measured } from "../query/validity.ts";
import type { Hardware, RunFile } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";
import { median } from "./statistics.ts";
import type { Machine, MetricView } from "./study.ts";

/** As its author would say it; nothing when the run does not tell. */
export function machineName(hardware: Hardware | undefined): string | undefined {
  if (hardware === undefined) return undefined;
  if (filled(hardware.class)) return hardware.class?.trim();
  if (filled(hardware.gpu)) return times(hardware.gpu?.trim() ?? "", hardware.other, ["gpu_count", "gpus", "gpu_number", "count"]);
  if (!filled(hardware.cpu)) return undefined;
  const cores = count(hardware.other, ["cores", "cpu_cores", "cpu_count"]);
  return cores === undefined ? hardware.cpu?.trim() : `${hardware.cpu?.trim()}, ${cores} cores`;
}

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== "";

function count(other: Readonly<Record<string, Json>>, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = Object.hasOwn(other, key) ? Number(other[key]) : Number.NaN;
    if (Number.isInteger(value) && value > 0) return value;
  }
  return undefined;
}

function times(name: string, other: Readonly<Record<string, Json>>, keys: readonly string[]): string {
  const number = count(other, keys);
  return number === undefined || number === 1 ? name : `${number} × ${name}`;
}

/** Asked for many times per run. */
const keys = new WeakMap<Hardware, string>();

/** Equal for one class however it was spelled: `2x A100` and `2 × a100`. "" for runs that do not tell. */
export function machineKey(hardware: Hardware | undefined): string {
  if (hardware === undefined) return "";
  const known = keys.get(hardware);
  if (known !== undefined) return known;
  const name = machineName(hardware) ?? "";
  const key = folded.get(name) ?? fold(name);
  folded.set(name, key);
  keys.set(hardware, key);
  return key;
}

/** A journal has thousands of runs and a few machines. */
const folded = new Map<string, string>();

const fold = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(\d{1,6})\s?[x*]\s?/, "$1 × ")
    .replace(/\s+/g, " ");

/** Most used first. The time is that of the whole run, else of the metric. */
export function listMachines(files: readonly RunFile[], time: MetricView | undefined): readonly Machine[] {
  const byKey = new Map<string, RunFile[]>();
  for (const file of files) {
    const key = machineKey(file.run.hardware);
    if (key === "") continue;
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [file]);
    else list.push(file);
  }
  return [...byKey.values()].map((members) => machine(members, time)).sort((left, right) => right.runs - left.runs);
}

function machine(files: readonly RunFile[], time: MetricView | undefined): Machine {
  const newest = [...files].reverse();
  const fact = (key: "gpu" | "cpu" | "ram"): string | undefined =>
    newest.find((file) => filled(file.run.hardware?.[key]))?.run.hardware?.[key];
  const software = newest.find((file) => Object.keys(file.run.software).length > 0)?.run.software ?? {};
  const seconds = files.flatMap(({ run }) => {
    if (run.status !== "finished") return [];
    const own = run.run?.seconds ?? (time === undefined ? undefined : measured(run.metrics, [time.name])?.mean);
    return own === undefined || !Number.isFinite(own) ? [] : [own];
  });
  const middle = median(seconds);
  const texts = { gpu: fact("gpu"), cpu: fact("cpu"), ram: fact("ram"), software: softwareText(software) };
  return {
    name: machineName(newest[0]?.run.hardware) ?? "",
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined && text !== "")),
    runs: files.length,
    ...(middle === undefined ? {} : { medianSeconds: middle }),
  };
}

const mostSoftware = 5;

function softwareText(software: Readonly<Record<string, string>>): string {
  return Object.entries(software)
    .slice(0, mostSoftware)
    .map(([name, version]) => `${name} ${version}`.trim())
    .join(", ");
}
