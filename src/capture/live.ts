// What is known about a run that goes on, in `.journal/live/<id>/`: the truth about it until its result stands in its file.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rm, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Edit } from "../markdown/edit.ts";
import type { Artifact } from "../record/experiment.ts";
import { type Holder, isAlive, isGone, isHolder, isOurs, self } from "../store/process.ts";
import { makePrivateFolder } from "../store/root.ts";
import { overwrite } from "../store/writer.ts";
import type { Claim } from "./claims.ts";

/** How a start of the command ended. */
export interface Ended {
  /** As a shell says it: 128 + n for a signal; absent when nobody saw it end. */
  readonly exit?: number;
  /** Wall time. */
  readonly seconds: number;
  readonly user?: number;
  readonly system?: number;
  readonly timedOut?: true;
  /** Bytes of all its processes together. */
  readonly peakMemory?: number;
  readonly peakGpuMemory?: number;
}

/** One start of the command: a repetition, or a further attempt. */
export interface Part {
  /** Names its folder inside the live one, which the command knows as `JOURNAL_DIR`. */
  readonly name: string;
  /** ISO date and time with offset. */
  readonly started: string;
  readonly seed?: string;
  /** Bytes of `points.jsonl` that belong to the parts before. */
  readonly points: number;
  readonly ended?: Ended;
  readonly snapshot?: string;
  /** Log files of other tools that belong to it, as far as they are found. */
  readonly claims?: readonly Claim[];
}

export interface LiveState {
  readonly version: 1;
  readonly id: string;
  /** Of the run's file when it was started, from the root. */
  readonly path: string;
  readonly study: string;
  /** The process that looks after it. */
  readonly keeper: Holder;
  /** Without secrets. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** How the output is taken: see docs/run.md. */
  readonly mode: string;
  /** How often the command is to be run. */
  readonly repeats: number;
  readonly parts: readonly Part[];
  /** Patterns for metrics on stdout. */
  readonly patterns: readonly string[];
  /** The run was started before: this is a further attempt. */
  readonly again?: boolean;
  /** What was found out about code, environment and machine, for its file. */
  readonly edits?: readonly Edit[];
  /** Paths and patterns of files that it should leave behind, from where it ran. */
  readonly artifacts?: readonly string[];
  /** Those that it left behind. */
  readonly made?: readonly Artifact[];
}

export type Condition =
  /** Its keeper, or its command, goes on. */
  | "running"
  /** Both ended: what there is can be written down. */
  | "ended"
  /** Another machine's. */
  | "elsewhere";

export interface LiveRun {
  readonly folder: string;
  readonly state: LiveState;
}

const stateFile = "state.json";
const liveFolder = (root: string): string => join(root, ".journal", "live");

export function makeLive(root: string, id: string): string {
  return makePrivateFolder(root, "live", id);
}

/** Before a run's file says that it goes on: whoever is killed then leaves behind what `check --fix` needs. `page` is the file's text. */
export function announce(root: string, state: LiveState, page: string): void {
  const folder = state.again ? unarchive(root, state.id) : makeLive(root, state.id);
  overwrite(join(folder, files.page), page);
  writeState(folder, state);
}

/** Where the points and the log of a finished run stay. */
export function archiveOf(root: string, id: string): string {
  return join(root, ".journal", "runs", id);
}

/** Only the points and what the output said last stay, without secrets. */
export function archive(root: string, { folder, state }: LiveRun, output: string): void {
  const target = archiveOf(root, state.id);
  makePrivateFolder(root, "runs");
  rmSync(target, { recursive: true, force: true });
  renameSync(folder, target);
  // While the summary is made: it takes a while to give back gigabytes of output.
  for (const part of state.parts) rm(join(target, part.name), { recursive: true, force: true }, () => {});
  if (output !== "") overwrite(join(target, "output.log"), output);
}

/** An earlier attempt's points, back to where a run goes on. */
export function unarchive(root: string, id: string): string {
  const folder = join(liveFolder(root), id);
  if (existsSync(archiveOf(root, id)) && !existsSync(folder)) {
    makePrivateFolder(root, "live");
    renameSync(archiveOf(root, id), folder);
  }
  return makeLive(root, id);
}

/** Of a start that came to nothing: an earlier attempt's points go back to where they were. */
export function withdraw(root: string, state: LiveState): void {
  const folder = join(liveFolder(root), state.id);
  if (state.again) archive(root, { folder, state }, "");
  else rmSync(folder, { recursive: true, force: true });
}

export function writeState(folder: string, state: LiveState): void {
  overwrite(join(folder, stateFile), `${JSON.stringify(state, undefined, 1)}\n`);
}

/** The time of the state is when its keeper was last seen. */
export function beat(folder: string, now: Date): void {
  try {
    utimesSync(join(folder, stateFile), now, now);
  } catch {
    // swept away meanwhile: the result is what counts
  }
}

export const readLive = (root: string, id: string): LiveRun | undefined => readState(join(liveFolder(root), id), id);
export const readArchived = (root: string, id: string): LiveRun | undefined => readState(archiveOf(root, id), id);

function readState(folder: string, id: string): LiveRun | undefined {
  try {
    const state = JSON.parse(readFileSync(join(folder, stateFile), "utf8")) as LiveState;
    const whole = state.version === 1 && state.id === id && isHolder(state.keeper) && Array.isArray(state.parts);
    return whole ? { folder, state } : undefined;
  } catch {
    return undefined;
  }
}

/** By id. A folder without a readable state is none of ours to judge. */
export function listLive(root: string): readonly LiveRun[] {
  let names: readonly string[];
  try {
    names = readdirSync(liveFolder(root)).sort();
  } catch {
    return [];
  }
  return names.flatMap((name) => readLive(root, name) ?? []);
}

export function partFolder(folder: string, part: Pick<Part, "name">): string {
  return join(folder, part.name);
}

export function makePart(folder: string, part: Pick<Part, "name">): string {
  const inside = partFolder(folder, part);
  mkdirSync(inside, { recursive: true });
  return inside;
}

/** Of this start and those before. */
export function countParts(folder: string): number {
  return readdirSync(folder).filter((name) => /^\d+$/.test(name)).length;
}

export function conditionOf({ folder, state }: LiveRun): Condition {
  if (!isOurs(state.keeper)) return "elsewhere";
  return !isGone(state.keeper) || (state.keeper.boot === self().boot && isCommandAlive(folder, state)) ? "running" : "ended";
}

/** The command goes on when its keeper was killed. A pid is used again: the process must know the folder. */
function isCommandAlive(folder: string, state: LiveState): boolean {
  const part = state.parts.at(-1);
  if (part === undefined || part.ended !== undefined) return false;
  const inside = partFolder(folder, part);
  if (existsSync(join(inside, files.exit))) return false;
  const pid = Number(readText(join(inside, files.pid)));
  if (!Number.isSafeInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  const words = readText(`/proc/${pid}/cmdline`);
  return words === "" || words.includes(inside);
}

/** Files of a part. */
export const files = {
  out: "out.log",
  err: "err.log",
  pid: "pid",
  exit: "exit",
  metrics: "metrics.jsonl",
  config: "config.json",
  artifacts: "artifacts",
  /** The run's file as it was when the run began. */
  page: "page.md",
} as const;

export const pointsFile = "points.jsonl";

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

/** What the command left behind when nobody was there to see it end. */
export function readEnded(folder: string, part: Part): Ended {
  const inside = partFolder(folder, part);
  const [code = "", , times = ""] = readText(join(inside, files.exit)).split("\n");
  const stats = statSync(join(inside, files.exit), { throwIfNoEntry: false });
  const last = stats?.mtimeMs ?? lastSign(inside) ?? Date.parse(part.started);
  const seconds = Math.max(0, (last - Date.parse(part.started)) / 1000);
  return { ...(/^\d{1,3}$/.test(code) ? { exit: Number(code) } : {}), seconds, ...readTimes(times) };
}

function lastSign(inside: string): number | undefined {
  const times = [files.out, files.err, files.metrics].flatMap(
    (name) => statSync(join(inside, name), { throwIfNoEntry: false })?.mtimeMs ?? [],
  );
  return times.length === 0 ? undefined : Math.max(...times);
}

/** `1m2.50s 0m0.40s`, as `times` of a shell says it. */
export function readTimes(line: string): { readonly user?: number; readonly system?: number } {
  const [user, system] = [...line.matchAll(/(\d+)m([\d.,]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest?.replace(",", ".")),
  );
  return user === undefined || system === undefined ? {} : { user, system };
}
