// Placeholders of a template that were never filled in: they count as absent, and are named so that nobody takes them for data.

import type { Tree } from "./tree.ts";
import type { Problems } from "./normalize-values.ts";
import { isPlaceholder } from "./quantity.ts";
import * as say from "./messages.ts";

/** `[X%]` without quotes is a YAML list of one text. */
const letters = /^(?:[XYZN]{1,3}(?:[.,][XYZN]{1,3})?|TBD|TODO|FIXME)\s?(?:%|h|hours?|min|s|GB|MB|points?)?$/;

export function isBracketed(tree: Tree): boolean {
  const only = tree.kind === "list" && tree.items.length === 1 ? tree.items[0] : undefined;
  return only?.kind === "scalar" && only.style === "plain" && only.source.length < 24 && letters.test(only.source);
}

/** Names each one once, wherever it stands. */
export function checkPlaceholders(tree: Tree, problems: Problems): void {
  if (tree.kind === "scalar") {
    if (typeof tree.value === "string" && tree.value.length < 200 && isPlaceholder(tree.source)) problems.push(say.placeholder({ offset: tree.start }, tree.source));
  } else if (isBracketed(tree)) problems.push(say.placeholder({ offset: tree.start }, `[${tree.kind === "list" && tree.items[0]?.kind === "scalar" ? tree.items[0].source : ""}]`));
  else if (tree.kind === "list") for (const item of tree.items) checkPlaceholders(item, problems);
  else for (const entry of tree.entries) checkPlaceholders(entry.value, problems);
}
