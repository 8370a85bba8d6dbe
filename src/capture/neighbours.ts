// Other runs of the journal in the same folder at the same time.

import { readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { conditionOf, type LiveRun, type LiveState, listLive, readArchived } from "./live.ts";

/** Whether another run was alive in this folder, above it or below it, at any time since `since` (milliseconds since 1970). */
export function hadNeighbour(root: string, { id, cwd }: Pick<LiveState, "id" | "cwd">, since: number): boolean {
  const near = ({ state }: LiveRun): boolean => state.id !== id && (isIn(state.cwd, cwd) || isIn(cwd, state.cwd));
  return (
    listLive(root).some((live) => near(live) && (conditionOf(live) !== "ended" || lastSeen(live) >= since)) ||
    endedSince(root, since).some(near)
  );
}

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** Its keeper writes its state when it ends. */
function lastSeen({ folder }: Pick<LiveRun, "folder">): number {
  return statSync(join(folder, "state.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function endedSince(root: string, since: number): readonly LiveRun[] {
  const runs = join(root, ".journal", "runs");
  let names: readonly string[];
  try {
    names = readdirSync(runs);
  } catch {
    return [];
  }
  return names.flatMap((name) => (lastSeen({ folder: join(runs, name) }) >= since ? (readArchived(root, name) ?? []) : []));
}
