// Which seed a value was measured with.

import type { Run } from "./experiment.ts";
import type { Json } from "./tree.ts";

/** Of the value at `at` among `count` of one metric. The seed of the configuration is that of a run's only value. */
export function seedOf({ repeats, config }: Pick<Run, "repeats" | "config">, at: number, count: number): string | undefined {
  return repeats[at]?.seed ?? (count === 1 ? seedText(config["seed"]) : undefined);
}

/** A seed is a word or a number; a list or a map names something else. */
export function seedText(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
