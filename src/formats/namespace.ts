// `Namespace(lr=0.001, batch_size=32)`, as a script with argparse prints its arguments: given and default values together.

import { secretIn } from "../record/secret.ts";
import type { Json } from "../record/tree.ts";
import type { Parameter } from "./item.ts";
import { parseLooseJson } from "./loose-json.ts";

export const namespaceMark = "Namespace(";

/** Of a whole line. Only values that are plain literals, or lists of them; the others, `None` and what looks like a secret are left out. */
export function namespaceIn(line: string): readonly Parameter[] {
  const inner = /^Namespace\((.*)\)\s*$/s.exec(line)?.[1];
  return splitOutside(inner ?? "").flatMap((part): readonly Parameter[] => {
    const [, name, text = ""] = /^\s*([A-Za-z_]\w*)=(.*)$/s.exec(part) ?? [];
    const value = name === undefined || secretIn(text, name) !== undefined ? undefined : literalOf(text.trim());
    if (name === undefined || value === undefined) return [];
    return [{ kind: "parameter", name, value, ...(typeof value === "number" ? { text: text.trim() } : {}), from: "output" }];
  });
}

const isPlain = (value: Json | undefined): boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

function literalOf(text: string): Json | undefined {
  const tuple = /^\((.*?),?\s*\)$/s.exec(text)?.[1];
  const value = parseLooseJson(tuple === undefined ? text : `[${tuple}]`);
  return isPlain(value) || (Array.isArray(value) && value.every(isPlain)) ? value : undefined;
}

/** At commas outside of quotes and brackets; nothing where those do not close. */
function splitOutside(text: string): readonly string[] {
  const parts: string[] = [];
  let quote = "";
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (quote !== "") {
      if (sign === "\\") at += 1;
      else if (sign === quote) quote = "";
    } else if (sign === "'" || sign === '"') quote = sign;
    else if ("([{<".includes(sign)) depth += 1;
    else if (")]}>".includes(sign)) depth -= 1;
    else if (sign === "," && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth < 0) return [];
  }
  return quote === "" && depth === 0 ? [...parts, text.slice(from)] : [];
}
