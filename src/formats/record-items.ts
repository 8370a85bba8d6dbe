// One record of a logger as points (`{"step": 4, "loss": 0.5, "val": {"acc": 0.9}}`), and a configuration as parameters.

import type { Json } from "../record/tree.ts";
import type { Parameter, Point } from "./item.ts";
import { readNumber } from "./number-text.ts";

export type Axes = Pick<Point, "step" | "epoch" | "time">;
export type Dict = { readonly [key: string]: Json };

const deepest = 20;
const steps: ReadonlySet<string> = new Set(["step", "_step", "global_step", "steps", "iteration", "iter", "trainer/global_step"]);
const epochs: ReadonlySet<string> = new Set(["epoch", "epochs"]);
const times: ReadonlySet<string> = new Set(["time", "timestamp", "_timestamp", "wall_time", "ts", "datetime"]);
/** Seconds since the start that every record of a logger repeats. */
const clocks: ReadonlySet<string> = new Set(["_runtime"]);
/** Earlier than 2001 it is a duration and not a moment. */
const moments = 1e9;

export const isDict = (value: Json | undefined): value is Dict => typeof value === "object" && value !== null && !Array.isArray(value);

/** Which of the axes a name is, if any. */
export function axisOf(name: string): "step" | "epoch" | "time" | undefined {
  const word = name.trim().toLowerCase();
  return steps.has(word) ? "step" : epochs.has(word) ? "epoch" : times.has(word) ? "time" : undefined;
}

/** A moment in milliseconds since 1970, from seconds, milliseconds or ISO text; nothing for a duration. */
export function momentOf(value: Json | undefined): number | undefined {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value)) {
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
    const moment = Date.parse(zoned.replace(" ", "T"));
    return Number.isFinite(moment) ? moment : undefined;
  }
  const number = typeof value === "string" ? readNumber(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number) || number < moments) return undefined;
  return number > moments * 100 ? number : number * 1000;
}

/** What the record says about where it stands; a `time` that is no moment is a value like any other. */
export function axesOf(record: Dict): Axes {
  const axes: { step?: number; epoch?: number; time?: number } = {};
  for (const [key, value] of Object.entries(record)) {
    const axis = axisOf(key);
    if (axis === undefined) continue;
    const number = axis === "time" ? momentOf(value) : numberOf(value);
    if (number !== undefined && Number.isFinite(number)) axes[axis] ??= number;
  }
  return axes;
}

/** Every number of the record, nested names joined by `/`; a map `metrics` adds no name of its own. */
export function pointsOf(record: Dict, axes: Axes = axesOf(record)): readonly Point[] {
  const found: Point[] = [];
  const visit = (dict: Dict, prefix: string, depth: number): void => {
    for (const [key, value] of Object.entries(dict)) {
      const name = prefix + key;
      if (isDict(value)) {
        if (depth < deepest && typeof value["_type"] !== "string")
          visit(value, depth === 0 && key === "metrics" ? "" : `${name}/`, depth + 1);
        continue;
      }
      const number = numberOf(value);
      if (number === undefined || (depth === 0 && isAxis(key, value, axes))) continue;
      found.push({ kind: "point", name, value: number, ...axes });
    }
  };
  visit(record, "", 0);
  return found;
}

function isAxis(key: string, value: Json, axes: Axes): boolean {
  const axis = axisOf(key);
  if (axis === "time") return momentOf(value) !== undefined;
  return clocks.has(key) || (axis !== undefined && axes[axis] !== undefined);
}

/** A number, or the words that stand for what JSON cannot hold. */
function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?(?:nan|inf(?:inity)?)$/i.test(value) ? readNumber(value) : undefined;
}

/** Every leaf of a configuration by its dotted name; a list is one value, an empty map is none. */
export function parametersIn(config: Dict, from: Parameter["from"], prefix = "", depth = 0): readonly Parameter[] {
  return Object.entries(config).flatMap(([key, value]): readonly Parameter[] => {
    const name = prefix + key;
    if (isDict(value) && depth < deepest) return parametersIn(value, from, `${name}.`, depth + 1);
    return [{ kind: "parameter", name, value, from }];
  });
}
