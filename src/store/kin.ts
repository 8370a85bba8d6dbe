// Which runs may be one configuration, judged by a word of the cache: whoever needs the repetitions of a few runs need not read all.

import { sha256 } from "../base/hash.ts";
import { exactCode } from "../record/code.ts";
import type { Run } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";
import { parseValue } from "../record/value.ts";

/** Two runs of one configuration have the same word; others may. "" for a run that recorded nothing to compare. */
export function twinWord(run: Run, ignored: readonly string[]): string {
  const { config, data } = run;
  const { commit } = run.run ?? {};
  const code = exactCode(run.run);
  if (Object.keys(config).length + data.length === 0 && code === undefined) return "";
  const cells = Object.keys(config)
    .filter((name) => !name.startsWith("data.") && !ignored.some((word) => name === word || name.startsWith(`${word}.`)))
    .map((name) => `${name}\n${roughly(config[name] ?? null)}`);
  return sha256([code ?? `commit ${commit}`, ...cells.sort()].join("\n\n")).slice(0, 16);
}

/** Never different for values that a person reads as equal. */
function roughly(value: Json): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || typeof value === "object") return "";
  const parsed = parseValue(value);
  return typeof parsed === "object" && parsed !== null ? "" : String(parsed ?? value).toLowerCase();
}
