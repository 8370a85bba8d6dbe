// The files that a run leaves behind: which were asked for, and how they stand in its file.

import { statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { Problem } from "../base/problem.ts";
import { readArtifacts, readNamed } from "../capture/artifacts.ts";
import { files, type LiveRun, type Part, partFolder } from "../capture/live.ts";
import type { Edit } from "../markdown/edit.ts";
import type { Artifact, RunFile } from "../record/experiment.ts";
import { find, type Json, plain } from "../record/tree.ts";
import { findGit } from "../store/git-folder.ts";
import type { Journal } from "../store/journal.ts";
import { artifactMissing, partlyRecorded } from "./messages-run.ts";
import { fill } from "./run-plan.ts";

export interface Made {
  readonly made: readonly Artifact[];
  readonly problems: readonly Problem[];
}

/** Of large files the hash takes its time; it ends with `stop`. Throws nothing: the result itself is still to be written. */
export async function readMade(journal: Journal, live: LiveRun, stop?: AbortSignal): Promise<Made> {
  try {
    return await look(journal, live, stop);
  } catch (reason) {
    return { made: [], problems: [partlyRecorded((reason as Error).message, live.state.path)] };
  }
}

async function look(journal: Journal, { folder, state }: LiveRun, stop: AbortSignal | undefined): Promise<Made> {
  const { parts, cwd } = state;
  const root = rootOf(journal.root, cwd);
  const patterns = new Set(
    parts.flatMap(({ seed }) => fill(state.artifacts ?? [], seed === undefined ? {} : { seed }).map((path) => resolve(cwd, path))),
  );
  const { artifacts, missing } = await readArtifacts(
    {
      root,
      home: journal.root,
      cwd,
      since: startOf(folder, parts[0]),
      patterns: [...patterns],
      usual: journal.settings.capture.artifacts.map((path) => resolve(root, path)),
      named: parts.flatMap((part) => readNamed(join(partFolder(folder, part), files.artifacts))),
    },
    stop,
  );
  // One that failed is not asked for what it never came to.
  const went = parts.every(({ ended }) => ended?.exit === 0);
  return { made: artifacts, problems: went ? missing.map((why) => artifactMissing(why, state.path)) : [] };
}

/** The clock of a file system may lag behind. */
const slack = 20;

/** To the millisecond where the file system tells when a folder was made: what is written down is to the second. */
function startOf(folder: string, part: Part | undefined): number {
  if (part === undefined) return Number.POSITIVE_INFINITY;
  const made = statSync(partFolder(folder, part), { throwIfNoEntry: false })?.birthtimeMs ?? 0;
  return Math.max(Date.parse(part.started), made - slack);
}

/** The journal's root in the tree that the command ran in: a rerun has one of its own. */
function rootOf(root: string, cwd: string): string {
  const [home, place] = [findGit(root)?.top ?? root, findGit(cwd)?.top];
  const inside = relative(home, cwd);
  const within = !inside.startsWith("..") && !isAbsolute(inside);
  return within || place === undefined ? root : join(place, relative(home, root));
}

/** Those of earlier attempts, and what somebody wrote by hand, stay; a file that was written anew is what it is now. */
export function artifactEdits(journal: Journal, file: RunFile, made: readonly Artifact[]): readonly Edit[] {
  if (made.length === 0) return [];
  const fresh = new Map(made.map((one) => [one.path, one]));
  const written = find(journal.read(file.path).parsed.tree, "artifacts");
  const known =
    file.run.artifacts.length === 0 || written === undefined ? [] : written.kind === "list" ? written.items.map(plain) : file.run.artifacts;
  const earlier = known.filter(
    (item) => !fresh.has(typeof item === "object" && item !== null && "path" in item ? String(item.path) : String(item)),
  );
  return [{ kind: "set", path: ["artifacts"], value: [...earlier, ...made] as unknown as Json }];
}
