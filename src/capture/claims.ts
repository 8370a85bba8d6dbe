// Which log files of other tools are a run's own: those that a process of its tree has open for writing, those of the run folder such a
// file lies in where the tool makes one per run, and those in folders that its arguments name. Nothing else, so that runs side by side
// never read each other's.

import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, type Stats, statSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { type Format, recognise } from "../formats/recognise.ts";
import { filesBelow, type Reach } from "./walk.ts";

export interface Claim {
  /** Absolute. */
  readonly path: string;
  /** Bytes that were there before the run. */
  readonly skip: number;
}

export interface Claimant {
  readonly cwd: string;
  readonly command: readonly string[];
  /** Milliseconds since 1970. */
  readonly started: number;
  /** Folders whose files are never a run's: the journal's own. */
  readonly own: readonly string[];
}

/** Tools that make a folder for each run: what else lies there is this run's too. */
const foldered: ReadonlySet<string> = new Set(["wandb", "mlflow", "dvclive", "lightning", "hydra", "ultralytics"]);
const mostFiles = 500;
/** The clock of a file system may lag behind. */
const slack = 20;

/** Logs that nobody saw a process write. */
export interface Behind {
  readonly claims: readonly Claim[];
  /** Why some are not read. */
  readonly doubt?: "older" | "shared";
  /** Those, from the folder of the command. */
  readonly paths: readonly string[];
}

export class Claims {
  private readonly who: Claimant;
  private readonly named: readonly string[];
  private readonly before = new Map<string, number>();
  private readonly claimed = new Set<string>();
  private readonly refused = new Set<string>();
  private readonly folders = new Set<string>();

  /** Looks at what lies in the named folders before the command starts. */
  constructor(who: Claimant) {
    this.who = who;
    this.named = namedFolders(who);
    for (const folder of this.named) for (const path of walk(folder)) this.before.set(path, sizeOf(path));
  }

  /** What processes have open right now, of those that are new to us. Cheap: to be asked often. */
  lookOpen(pids: readonly number[]): readonly Claim[] {
    return pids.flatMap((pid) => openFiles(pid)).flatMap(({ path, appends }) => this.claimOpen(path, appends));
  }

  /** Files in the folders that belong to it. Walks: to be asked now and then, and at the end. */
  lookAround(): readonly Claim[] {
    const folders = [...new Set([...this.named, ...this.folders])];
    return folders.flatMap((folder) => walk(folder).flatMap((path) => this.claimFound(path)));
  }

  /**
   * Logs that were open for a moment only, in the folder of the command and below: those made since it started, unless another run went on
   * there, or something else has them open. What was there before and changed is in doubt, too.
   */
  lookBehind(hadNeighbour: (since: number) => boolean): Behind {
    const { cwd, started } = this.who;
    const changed = walk(cwd).filter(
      (path) =>
        mayBeLog.test(path) &&
        !this.claimed.has(path) &&
        !this.isOwn(path) &&
        (lookAt(path)?.mtimeMs ?? 0) >= started - slack &&
        isLogger(path, cwd),
    );
    if (changed.length === 0) return { claims: [], paths: [] };
    const held = new Set(listPids().flatMap((pid) => openFiles(pid).map(({ path }) => path)));
    const free = changed.filter((path) => !held.has(path));
    const shown = (paths: readonly string[]): readonly string[] => paths.map((path) => relative(cwd, path));
    if (free.length > 0 && hadNeighbour(started - slack)) return { claims: [], doubt: "shared", paths: shown(free) };
    const fresh = free.filter((path) => (lookAt(path)?.birthtimeMs ?? 0) >= started - slack);
    const old = free.filter((path) => !fresh.includes(path));
    return {
      claims: fresh.flatMap((path) => this.claim(path, 0)),
      ...(old.length === 0 ? {} : { doubt: "older" }),
      paths: shown(old),
    };
  }

  private claimOpen(path: string, appends: boolean): readonly Claim[] {
    if (this.claimed.has(path) || this.refused.has(path) || this.isOwn(path)) return [];
    const stats = lookAt(path);
    const format = stats === undefined ? undefined : formatOf(path, this.who.cwd);
    if (stats === undefined || format === undefined) {
      // Its header may still be on the way.
      if (stats !== undefined && stats.size > headBytes) this.refused.add(path);
      return [];
    }
    if (foldered.has(format.name) && format.run !== "") this.folders.add(resolve(this.who.cwd, format.run));
    const old = stats.birthtimeMs > 0 && stats.birthtimeMs < this.who.started - slack;
    return this.claim(path, this.before.get(path) ?? (old && appends ? stats.size : 0));
  }

  private claimFound(path: string): readonly Claim[] {
    if (this.claimed.has(path) || this.isOwn(path)) return [];
    const stats = lookAt(path);
    if (stats === undefined || stats.mtimeMs < this.who.started - slack || formatOf(path, this.who.cwd) === undefined) return [];
    const known = this.before.get(path) ?? 0;
    // One that is no longer than it was has been written anew.
    return this.claim(path, stats.size > known ? known : 0);
  }

  private claim(path: string, skip: number): readonly Claim[] {
    if (this.claimed.size >= mostFiles) return [];
    this.claimed.add(path);
    return [{ path, skip }];
  }

  private isOwn(path: string): boolean {
    return this.who.own.some((folder) => path === folder || path.startsWith(folder + sep));
  }
}

/** Folders that words name, also behind `=`. A folder that holds the one it runs in would name everything. */
function namedFolders({ cwd, command }: Claimant): readonly string[] {
  const words = command.slice(1).flatMap((word) => [word, word.slice(word.indexOf("=") + 1)]);
  const found = new Set<string>();
  for (const word of words) {
    if (word === "" || word.length > 1000 || /^-|[\n*?]|:\/\//.test(word)) continue;
    const path = resolve(cwd, word);
    const folder = lookAt(path) === undefined && /\.\w{1,10}$/.test(word) ? dirname(path) : path;
    const outside = relative(folder, cwd);
    const above = outside === "" || (!outside.startsWith("..") && !isAbsolute(outside));
    if (!above && (word.includes("/") || /^[\w.-]+$/.test(word))) found.add(folder);
  }
  return [...found].slice(0, 20);
}

interface Opened {
  readonly path: string;
  readonly appends: boolean;
}

/** Of a process: regular files that it may write to. */
function openFiles(pid: number): readonly Opened[] {
  const folder = `/proc/${pid}/fd`;
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name): readonly Opened[] => {
    try {
      const path = readlinkSync(`${folder}/${name}`);
      if (!path.startsWith("/") || /^\/(?:proc|dev|sys)\//.test(path)) return [];
      const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${name}`, "latin1"))?.[1] ?? "0", 8);
      return (flags & 3) === 0 ? [] : [{ path, appends: (flags & 0o2000) !== 0 }];
    } catch {
      return [];
    }
  });
}

/** By the name alone: most files of a repository are not looked at. */
const mayBeLog = /\.(?:csv|tsv|jsonl|ndjson|json|ya?ml|wandb)$|\.tfevents\.|[/\\](?:metrics|params|tags)[/\\]/i;

/** The tools whose files nothing else writes, and the names that say what a file is. */
const tools: ReadonlySet<string> = new Set([...foldered, "tensorboard", "hf-trainer"]);
const logNames = /^(?:metrics?|logs?|history|training|trainer_log|progress|monitor)[^/]*\.(?:csv|tsv|jsonl|ndjson)$/i;

function isLogger(path: string, cwd: string): boolean {
  const format = formatOf(path, cwd);
  return format !== undefined && (tools.has(format.name) || logNames.test(basename(path)));
}

function listPids(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

const headBytes = 4096;

export function formatOf(path: string, cwd: string): Format | undefined {
  const inside = relative(cwd, path);
  return recognise(inside.startsWith("..") ? path : inside, () => readHead(path));
}

function readHead(path: string): Uint8Array {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(headBytes);
      return bytes.subarray(0, readSync(file, bytes, 0, headBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return new Uint8Array();
  }
}

const reach: Reach = { most: 5000, depth: 6, passedOver: new Set([".git", "node_modules", ".venv", "venv", "__pycache__"]) };
const walk = (folder: string): readonly string[] => filesBelow(folder, reach);

function lookAt(path: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true ? stats : undefined;
  } catch {
    return undefined;
  }
}

const sizeOf = (path: string): number => lookAt(path)?.size ?? 0;
