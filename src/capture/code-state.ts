// The code as it is before the command can change it, as edits of the run's file.

import type { Edit } from "../markdown/edit.ts";
import type { Json } from "../record/tree.ts";
import { codeFacts } from "./facts.ts";
import type { Redact } from "./redact.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";

/** Never throws: what could not be had is said in the file. */
export function readCode(root: string, id: string, redact: Redact): { readonly snapshot?: string; readonly edits: readonly Edit[] } {
  return codeEdits(takeSnapshot(root, id, undefined, redact));
}

export function codeEdits(taken: Snapshot): { readonly snapshot?: string; readonly edits: readonly Edit[] } {
  return { ...(taken.snapshot === undefined ? {} : { snapshot: taken.snapshot }), edits: setAll("run", codeFacts(taken)) };
}

export function setAll(key: string, facts: Readonly<Record<string, Json | undefined>>): readonly Edit[] {
  return Object.entries(facts).flatMap(([name, value]): readonly Edit[] =>
    value === undefined ? [] : [{ kind: "set", path: [key, name], value }],
  );
}
