// The code as it is before the command can change it, as edits of the run's file.

import type { Edit } from "../markdown/edit.ts";
import type { Json } from "../record/tree.ts";
import { codeFacts } from "./facts.ts";
import { holdSnapshotSoon, nothingCounts, type Snapshot } from "./snapshot.ts";

export interface Code {
  readonly snapshot?: string;
  readonly edits: readonly Edit[];
  /** Files that the command names and git ignores. */
  readonly ignored: readonly string[];
  /** What is odd about the patterns of the files that count. */
  readonly doubts: { readonly idle: readonly string[]; readonly outside: readonly string[]; readonly empty: boolean };
}

export function codeEdits(taken: Snapshot): Code {
  const ignored = taken.left.flatMap(({ path, why }) => (why === "ignored" ? [path] : []));
  const { idle, outside } = taken.counting ?? { idle: [], outside: [] };
  const empty = taken.missing.includes(nothingCounts);
  return {
    ignored,
    doubts: { idle, outside: empty ? [] : outside, empty },
    ...(taken.snapshot === undefined ? {} : { snapshot: taken.snapshot }),
    edits: setAll("run", codeFacts(taken)),
  };
}

/** Held by a ref of the run. Never rejects: what could not be had is said in the file. */
export async function keepCode(root: string, id: string, taken: Snapshot | Promise<Snapshot>): Promise<Code> {
  return codeEdits(await holdSnapshotSoon(root, id, await taken));
}

export function setAll(key: string, facts: Readonly<Record<string, Json | undefined>>): readonly Edit[] {
  return Object.entries(facts).flatMap(([name, value]): readonly Edit[] =>
    value === undefined ? [] : [{ kind: "set", path: [key, name], value }],
  );
}
