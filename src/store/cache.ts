// What the run files said when they were last read, in `.journal/cache/`. Disposable: whatever is damaged, of another program or of other
// settings is ignored, and whatever cannot be written is done without. A cache that was carried to another folder (a fresh clone in CI) is
// believed by content alone: how its files looked says nothing there.
//
//   runs.ndjson      one line per run: how the file looked, and its line of `list --json`, ready to print
//   facts-NN.ndjson  the same runs' facts and problems, spread so that one edit rewrites a small file
//
// The first line of each file names the key, a time, the digest of the rest and the folder. Fields are separated by tabs, which JSON never holds.

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Problem } from "../base/problem.ts";
import type { Effects } from "./effects.ts";
import { reasonOf } from "./failure.ts";
import { cacheUnwritable } from "./messages.ts";
import { makePrivateFolder } from "./root.ts";
import { overwrite } from "./writer.ts";

/** How a file looked when it was read. */
export interface Look {
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
}

export interface Entry extends Look {
  readonly path: string;
  /** Of the folder; the run's own word is in the line. */
  readonly study: string;
  readonly hash: string;
  /** See `RunFile`. */
  readonly said: string;
  /** ms, for the order. */
  readonly start: number;
  /** See `twinWord`. */
  readonly twin: string;
  /** As of the facts: "" where what is said of the file holds on any day. */
  readonly day: string;
  /** `repeat_of`, as written but for blanks; "" for an original. */
  readonly original: string;
  /** "" when the file is not readable as a run. */
  readonly line: string;
}

export interface FactsLine {
  readonly hash: string;
  /** The only day on which the problems hold; "" when they hold on any day. */
  readonly day: string;
  /** JSON, parsed by whoever needs it. */
  readonly problems: string;
  /** JSON of the RunFile without path and hash; "" when the file is not readable as a run. */
  readonly facts: string;
}

const shards = 32;
/** A file saved in the same instant as it was read looks the same afterwards: such young files are hashed again. */
const racyTime = 2_000;

export class Cache {
  private readonly folder: string;
  private readonly root: string;
  private readonly key: string;
  private readonly place: string;
  private readonly effects: Effects;
  private readonly opened: Map<number, Map<string, FactsLine>> = new Map();
  private readonly dirty: Set<number> = new Set();
  private written = 0;
  private complained = false;

  /** `key` changes with the program and the settings. */
  constructor(root: string, key: string, effects: Effects) {
    const { dev, ino } = statSync(root);
    this.root = root;
    this.folder = join(root, ".journal", "cache");
    this.key = sha256(key);
    this.place = sha256(`${root} ${dev} ${ino}`).slice(0, 16);
    this.effects = effects;
  }

  entries(): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const line of this.load("runs.ndjson")) {
      const entry = parseEntry(line);
      entries.set(entry.path, entry);
    }
    return entries;
  }

  /** Whether the look alone proves that the file is still the one that was read. */
  trusts(entry: Entry, now: Look): boolean {
    return isSettled(entry, now, this.written);
  }

  /** `since` is a time before the first of the files was looked at. */
  saveEntries(entries: Iterable<Entry>, since: number): void {
    const lines = Array.from(entries, printEntry);
    this.save("runs.ndjson", lines, since);
  }

  facts(path: string, hash: string): FactsLine | undefined {
    const line = this.shard(shardOf(path)).get(path);
    return line?.hash === hash ? line : undefined;
  }

  keep(path: string, line: FactsLine): void {
    const number = shardOf(path);
    this.shard(number).set(path, line);
    this.dirty.add(number);
  }

  /** Writes the facts that were kept; those of files that are gone are dropped. */
  flush(paths: ReadonlySet<string>): void {
    for (const number of this.dirty) {
      const lines: string[] = [];
      for (const [path, { hash, day, problems, facts }] of this.shard(number)) {
        if (paths.has(path)) lines.push(`${path}\t${hash}\t${day}\t${problems}\t${facts}`);
      }
      this.save(shardName(number), lines, 0);
    }
    this.dirty.clear();
  }

  private shard(number: number): Map<string, FactsLine> {
    const known = this.opened.get(number);
    if (known !== undefined) return known;
    const shard = new Map<string, FactsLine>();
    for (const line of this.load(shardName(number))) {
      const [path = "", hash = "", day = "", problems = "[]", facts = ""] = line.split("\t");
      shard.set(path, { hash, day, problems, facts });
    }
    this.opened.set(number, shard);
    return shard;
  }

  private load(name: string): readonly string[] {
    const bytes = readOrNothing(join(this.folder, name));
    const end = bytes?.indexOf(10) ?? -1;
    if (bytes === undefined || end === -1) return [];
    const [key, since, digest, place] = bytes.toString("latin1", 0, end).split(" ");
    const rest = bytes.subarray(end + 1);
    if (key !== this.key || digest !== sha256(rest)) return [];
    if (name === "runs.ndjson") this.written = place === this.place ? Number(since) : 0;
    return rest.length === 0 ? [] : rest.toString("utf8").split("\n");
  }

  private save(name: string, lines: readonly string[], since: number): void {
    const rest = Buffer.from(lines.join("\n"));
    const content = Buffer.concat([Buffer.from(`${this.key} ${since} ${sha256(rest)} ${this.place}\n`), rest]);
    try {
      makePrivateFolder(this.root, "cache");
      overwrite(join(this.folder, name), content);
    } catch (error) {
      if (!this.complained) this.effects.warn(cacheUnwritable(".journal/cache", reasonOf(error)));
      this.complained = true;
    }
  }
}

/** Two looks are the same, and the file had come to rest before the first, which was taken after `since`. */
export function isSettled(before: Look, now: Look, since: number): boolean {
  const { size, mtime, ctime } = now;
  return before.size === size && before.mtime === mtime && before.ctime === ctime && Math.max(mtime, ctime) < since - racyTime;
}

function parseEntry(text: string): Entry {
  const [hash = "", said = "", size, mtime, ctime, start, study = "", path = "", day = "", twin = "", original = "", line = ""] =
    text.split("\t");
  const look = { size: Number(size), mtime: Number(mtime), ctime: Number(ctime) };
  return { path, study, hash, said, ...look, start: Number(start), day, twin, original, line };
}

function printEntry({ path, study, hash, said, size, mtime, ctime, start, day, twin, original, line }: Entry): string {
  return `${hash}\t${said}\t${size}\t${mtime}\t${ctime}\t${start}\t${study}\t${path}\t${day}\t${twin}\t${original}\t${line}`;
}

function shardName(number: number): string {
  return `facts-${String(number).padStart(2, "0")}.ndjson`;
}

function shardOf(path: string): number {
  let sum = 0;
  for (let at = 0; at < path.length; at++) sum = (Math.imul(sum, 31) + path.charCodeAt(at)) | 0;
  return (sum >>> 0) % shards;
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

export function parseProblems(line: FactsLine): readonly Problem[] {
  return line.problems === "[]" ? [] : (JSON.parse(line.problems) as readonly Problem[]);
}
