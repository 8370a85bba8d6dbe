// How near the parameters of runs are to the ones asked for: Gower 1971, numbers on the range that was observed, on a log scale where that
// spans two orders of magnitude; everything else is the same or it is not.

import type { RunFile } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { parseValue } from "../record/value.ts";
import { valueKey } from "./table.ts";

export interface Wanted {
  readonly name: string;
  readonly value: Json;
}

export interface Nearness {
  /** 0 the same, 1 nothing alike; a parameter that a run did not record is nothing alike. */
  readonly distance: (file: RunFile) => number;
  /** Of one parameter. */
  readonly apart: (file: RunFile, name: string) => number;
}

interface Scale {
  readonly wanted: Wanted;
  readonly key: string;
  readonly number?: number;
  readonly width: number;
  readonly log: boolean;
}

export function nearnessTo(wanted: readonly Wanted[], files: readonly RunFile[], study: Pick<StudySettings, "parameters">): Nearness {
  const scales = new Map(wanted.map((one) => [one.name, scaleOf(one, files, study)]));
  const apart = ({ run }: RunFile, name: string): number => {
    const scale = scales.get(name);
    return scale === undefined || !Object.hasOwn(run.config, name) ? 1 : apartOn(scale, run.config[name] ?? null);
  };
  return {
    apart,
    distance: (file) => wanted.reduce((sum, { name }) => sum + apart(file, name), 0) / Math.max(1, wanted.length),
  };
}

function scaleOf(wanted: Wanted, files: readonly RunFile[], { parameters }: Pick<StudySettings, "parameters">): Scale {
  const number = numberOf(wanted.value);
  const key = valueKey(wanted.value);
  if (number === undefined) return { wanted, key, width: 0, log: false };
  let [low, high] = [number, number];
  for (const { run } of files) {
    const value = Object.hasOwn(run.config, wanted.name) ? numberOf(run.config[wanted.name] ?? null) : undefined;
    if (value === undefined) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const declared = Object.hasOwn(parameters, wanted.name) ? parameters[wanted.name]?.scale : undefined;
  const log = low > 0 && (declared === "log" || (declared === undefined && high / low >= 100));
  return { wanted, key, number, log, width: log ? Math.log(high) - Math.log(low) : high / 2 - low / 2 };
}

function numberOf(value: Json): number | undefined {
  const plain = typeof value === "string" ? parseValue(value) : value;
  return typeof plain === "number" && Number.isFinite(plain) ? plain : undefined;
}

function apartOn({ key, number, width, log }: Scale, value: Json): number {
  const own = numberOf(value);
  if (number === undefined || own === undefined || !(width > 0))
    return own === number && number !== undefined ? 0 : Number(valueKey(value) !== key);
  const gap = log ? Math.abs(Math.log(own) - Math.log(number)) : Math.abs(own / 2 - number / 2);
  return own === number ? 0 : Math.min(1, gap / width);
}

/** Jaccard: the share of all paths of either that both changed. */
export function sharedPaths(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const path of one) if (other.has(path)) both += 1;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : both / all;
}
