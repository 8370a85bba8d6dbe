// Placeholders of a template that were never filled in: named, so that nobody takes them for data.

import * as say from "./messages.ts";
import type { Problems } from "./normalize-values.ts";
import { isPlaceholder } from "./quantity.ts";
import type { Dict, Scalar, Tree } from "./tree.ts";

/** Where `<pad>`, `N` and `{seed}` are values like others; only words that are never one count there. */
const free: ReadonlySet<string> = new Set([
  "config",
  "changes",
  "software",
  "run",
  "attempts",
  "source",
  "verdict",
  "aliases",
  "protocol",
  "study",
]);
const never = /^(?:TBD|TODO|FIXME|\[[XYZN]{1,3}\s?%?\])$/;
/** `[X%]` without quotes is a YAML list of one text. */
const letters = /^(?:[XYZN]{1,3}(?:[.,][XYZN]{1,3})?|TBD|TODO|FIXME)\s?(?:%|h|hours?|min|s|GB|MB|points?)?$/;

/** Names each one once, wherever it stands; `unmeasured` are metrics whose missing value has a problem of its own. */
export function checkPlaceholders(
  tree: Dict,
  known: ReadonlyMap<string, unknown>,
  unmeasured: ReadonlySet<string>,
  problems: Problems,
): void {
  for (const { key, value } of tree.entries) {
    if (key === "metrics" && value.kind === "dict" && unmeasured.size > 0) {
      for (const metric of value.entries)
        if (!unmeasured.has(metric.key)) look(metric.value, false, problems);
        else if (metric.value.kind === "dict")
          for (const side of metric.value.entries) if (!afterKeys.has(side.key)) look(side.value, false, problems);
    } else look(value, free.has(key) || !known.has(key), problems);
  }
}

const afterKeys: ReadonlySet<string> = new Set(["after", "to", "new", "value"]);

function look(tree: Tree, strict: boolean, problems: Problems): void {
  if (tree.kind === "dict") for (const entry of tree.entries) look(entry.value, strict, problems);
  else if (tree.kind === "scalar") {
    if (typeof tree.value === "string" && tree.value.length < 200 && (strict ? never.test(tree.source) : isPlaceholder(tree.source)))
      problems.push(say.placeholder({ offset: tree.start }, tree.source));
  } else {
    const only = bracketed(tree.items);
    if (only !== undefined) problems.push(say.placeholder({ offset: tree.start }, `[${only.source}]`));
    else for (const item of tree.items) look(item, strict, problems);
  }
}

function bracketed(items: readonly Tree[]): Scalar | undefined {
  const only = items.length === 1 ? items[0] : undefined;
  return only?.kind === "scalar" && only.style === "plain" && only.source.length < 24 && letters.test(only.source) ? only : undefined;
}
