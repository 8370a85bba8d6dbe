// The words of a command as parameters.

import { type Part, takeApart } from "../record/command.ts";
import { secretIn } from "../record/secret.ts";
import type { Json } from "../record/tree.ts";
import { parseValue } from "../record/value.ts";
import type { Item, Parameter } from "./item.ts";

/** What the words set; the last of several spellings of a name counts. Values that look like secrets are left out. */
export function parametersOf(argv: readonly string[]): readonly Item[] {
  const found = new Map<string, Parameter>();
  for (const part of takeApart(argv).parts) read(part, found);
  return [...found.values()];
}

function read(part: Part, found: Map<string, Parameter>): void {
  if (part.kind === "word") return;
  if (part.kind === "pair") return add(found, part.name, part.value);
  const { name, written, values } = part;
  if (values.length > 0) add(found, name, ...values);
  else if (/^no[-_]./.test(written)) set(found, name.slice(3), false, "false");
  else set(found, name, true, "true");
}

function add(found: Map<string, Parameter>, name: string, ...texts: readonly string[]): void {
  if (texts.some((text) => secretIn(text, name) !== undefined)) return;
  const [only] = texts;
  set(found, name, texts.length === 1 && only !== undefined ? parseValue(only) : texts.map(parseValue), texts.join(" "));
}

function set(found: Map<string, Parameter>, name: string, value: Json, text: string): void {
  found.delete(name);
  found.set(name, { kind: "parameter", name, value, text, from: "flag" });
}
