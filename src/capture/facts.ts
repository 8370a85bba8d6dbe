// How captured facts stand in a run's file: keys of `run:`, and the attachment with everything installed.

import type { Json } from "../record/tree.ts";
import type { EnvironmentFacts } from "./environment.ts";
import type { Snapshot } from "./snapshot.ts";

/** Name of the attachment. */
export const freezeFile = "packages.txt";
const most = 20;

type Facts = Readonly<Record<string, Json>>;

/** `left_out` is path → why; one that is not in the snapshot is missing in each rerun. */
export function codeFacts({ commit, branch, remote, snapshot, code, left, missing }: Snapshot): Facts {
  const more = left.length - most;
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(remote === undefined ? {} : { remote }),
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(code === undefined ? {} : { code }),
    ...(left.length === 0 ? {} : { left_out: Object.fromEntries(left.slice(0, most).map(({ path, why }) => [path, why])) }),
    ...(more > 0 ? { left_out_more: more } : {}),
    ...(missing.length === 0 ? {} : { not_recorded: missing }),
  };
}

export function environmentFacts({ locks, variables }: Pick<EnvironmentFacts, "locks" | "variables">): Facts {
  return {
    ...(Object.keys(variables).length === 0 ? {} : { variables: { ...variables } }),
    ...(locks.length === 0 ? {} : { locks: Object.fromEntries(locks.map(({ path, sha256 }) => [path, sha256])) }),
  };
}
