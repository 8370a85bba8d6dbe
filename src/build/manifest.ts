// What the last build left in its folder, remembered in `.journal/cache/`: of each file the key it was made from, the hash of its bytes and how
// it looked. Disposable like the rest of the cache: without it a build makes everything anew and compares.

import { readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { sha256 } from "../base/hash.ts";
import { makePrivateFolder } from "../store/root.ts";
import { overwrite } from "../store/writer.ts";
import type { Findings } from "./findings.ts";
import type { Found } from "./look.ts";

export interface Left {
  /** "" for a file that is always made. */
  readonly key: string;
  /** Of its bytes. */
  readonly hash: string;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  /** JSON of what making it asked about the journal's folders, path → answer; "" for nothing. */
  readonly asked: string;
}

/** How many problems the journal had. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

export interface Manifest {
  /** Of the program, its assets and the options: all keys below mean something under this one only. */
  readonly key: string;
  /** Of everything the site shows; "" where that cannot be told by looking. */
  readonly inputs: string;
  /** See `Inputs`. */
  readonly said: string;
  readonly built: string;
  /** Of each run, in order, text and page: see `reword`. */
  readonly texts: readonly string[];
  /** When it was written, in ms: a file whose times are much older had come to rest by then. */
  readonly since: number;
  readonly problems: Counts;
  /** What the keys asked about the journal's folders, path → answer. */
  readonly asked: Readonly<Record<string, Found>>;
  /** Of files with a row per run, what each row was made from. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly found: Findings;
  readonly files: ReadonlyMap<string, Left>;
}

export const nothingLeft: Manifest = {
  key: "",
  inputs: "",
  said: "",
  built: "",
  texts: [],
  since: 0,
  problems: { errors: 0, warnings: 0, notes: 0 },
  asked: {},
  rows: {},
  found: {},
  files: new Map(),
};

/** One manifest per folder that was built into, by its way from the journal: it holds in another clone, where the site came along. */
function pathOf(root: string, folder: string): string {
  const way = relative(root, realpathSync(folder)).split(sep).join("/");
  return join(cacheOf(root), `site-${sha256(way).slice(0, 12)}.ndjson`);
}

const cacheOf = (root: string): string => join(root, ".journal", "cache");

/** Nothing left where it is absent, damaged, or of another program. */
export function readManifest(root: string, folder: string, key: string): Manifest {
  try {
    const text = readFileSync(pathOf(root, folder), "utf8");
    const end = text.indexOf("\n");
    const rest = text.slice(end + 1);
    if (text.slice(0, end) !== sha256(rest)) return nothingLeft;
    const [head = "", ...lines] = rest.split("\n");
    const found = JSON.parse(head) as Omit<Manifest, "files">;
    return found.key === key ? { ...found, files: new Map(lines.map(parseLine)) } : nothingLeft;
  } catch {
    return nothingLeft;
  }
}

/** Throws what the system throws. */
export function writeManifest(root: string, folder: string, { files, ...head }: Manifest): void {
  const lines: string[] = [];
  for (const [path, { key, hash, size, mtime, ctime, asked }] of files) {
    // A name that would break the line is made anew each time.
    if (!/[\t\n\r]/.test(path)) lines.push(`${path}\t${key}\t${hash}\t${size}\t${mtime}\t${ctime}\t${asked}`);
  }
  const rest = [JSON.stringify(head), ...lines].join("\n");
  makePrivateFolder(root, "cache");
  overwrite(pathOf(root, folder), `${sha256(rest)}\n${rest}`);
  sweep(cacheOf(root));
}

const oldest = 30 * 24 * 3_600_000;

/** Those of folders that nobody builds into any more. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (/^site-[0-9a-f]{12}\.ndjson$/.test(name) && statSync(path).mtimeMs < Date.now() - oldest) rmSync(path, { force: true });
  }
}

function parseLine(line: string): readonly [string, Left] {
  const [path = "", key = "", hash = "", size, mtime, ctime, asked = ""] = line.split("\t");
  return [path, { key, hash, size: Number(size), mtime: Number(mtime), ctime: Number(ctime), asked }];
}
