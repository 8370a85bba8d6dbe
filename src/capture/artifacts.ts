// The files that a run made and names, by size and hash; they stay where they are.

import { readFileSync, type Stats, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { matchesGlob } from "../base/glob.ts";
import type { Artifact } from "../record/experiment.ts";
import { HashCache } from "./hash-cache.ts";
import { readManifest } from "./manifest.ts";
import { filesBelow, type Reach } from "./walk.ts";

type Named = Pick<Artifact, "path" | "role">;

export interface Wanted {
  /** Paths are written from here. */
  readonly root: string;
  /** The journal's root, which remembers hashes. */
  readonly home: string;
  /** Paths of the command start here. */
  readonly cwd: string;
  /** Milliseconds since 1970: what a pattern finds must have been written since. */
  readonly since: number;
  /** Absolute paths, with `*`, `**` and `?`. Each has to find something. */
  readonly patterns: readonly string[];
  /** The same for those that need not. */
  readonly usual: readonly string[];
  /** By the command itself. */
  readonly named: readonly Named[];
}

export interface ArtifactFacts {
  readonly artifacts: readonly Artifact[];
  /** What is not there, or has no hash, and why: a sentence each. */
  readonly missing: readonly string[];
}

const mostBytes = 50e9;
const mostArtifacts = 200;

/** Hashing ends with `stop`; what was not read then has its size alone. */
export async function readArtifacts(wanted: Wanted, stop?: AbortSignal, limit: number = mostBytes): Promise<ArtifactFacts> {
  const cache = new HashCache(wanted.home);
  const artifacts: Artifact[] = [];
  const missing: string[] = [];
  const found = [...named(wanted, missing), ...matched(wanted, missing)];
  const files = new Map(found.toReversed().map((one) => [one.path, one]));
  if (files.size > mostArtifacts) missing.push(`${files.size} files are meant, more than ${mostArtifacts}; the rest is left out`);
  for (const { path, role } of [...files.values()].toReversed().slice(0, mostArtifacts)) {
    const content = await readManifest(path, cache, limit, stop);
    const written = pathFrom(wanted.root, path);
    const bytes = lookAt(path)?.size;
    if ("missing" in content) missing.push(`\`${written}\` has no hash: ${content.missing}`);
    const size = "missing" in content ? (bytes === undefined ? {} : { bytes }) : { bytes: content.bytes, sha256: content.sha256 };
    artifacts.push({ ...(role === undefined ? {} : { role }), path: written, ...size });
  }
  cache.save();
  return { artifacts, missing };
}

function named({ root, cwd, named: declared }: Wanted, missing: string[]): readonly Named[] {
  return declared.flatMap((one) => {
    const path = resolve(cwd, one.path);
    if (lookAt(path) !== undefined) return [{ ...one, path }];
    missing.push(`\`${pathFrom(root, path)}\` is not there`);
    return [];
  });
}

function matched({ root, since, patterns, usual }: Wanted, missing: string[]): readonly Named[] {
  const fresh = (found: readonly string[]): readonly Named[] =>
    found
      .filter((path) => isFresh(path, since))
      .sort()
      .map((path) => ({ path }));
  const asked = patterns.flatMap((pattern) => {
    const found = find(pattern);
    const own = fresh(found);
    if (own.length === 0)
      missing.push(
        `\`${pathFrom(root, pattern)}\` ${found.length > 0 ? "was there before and was not written by this run" : "is not there"}`,
      );
    return own;
  });
  return [...asked, ...usual.flatMap((pattern) => fresh(find(pattern)))];
}

/** Of a folder, what lies in it. */
function isFresh(path: string, since: number): boolean {
  const files = lookAt(path)?.isDirectory() === true ? walk(path) : [path];
  return files.some((file) => {
    const { mtimeMs, ctimeMs } = lookAt(file) ?? { mtimeMs: 0, ctimeMs: 0 };
    return Math.max(mtimeMs, ctimeMs) >= since;
  });
}

function find(pattern: string): readonly string[] {
  if (lookAt(pattern) !== undefined) return [pattern];
  const parts = pattern.split(sep);
  const first = parts.findIndex((part) => /[*?]/.test(part));
  if (first === -1) return [];
  const folder = parts.slice(0, first).join(sep) || sep;
  const slashed = (path: string): string => relative(folder, path).split(sep).join("/");
  return walk(folder).filter((path) => matchesGlob(slashed(path), [parts.slice(first).join("/")]));
}

const reach: Reach = { most: 50_000, passedOver: new Set([".git", "node_modules"]), links: true };
const walk = (folder: string): readonly string[] => filesBelow(folder, reach);

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** As a run's file holds it; what lies elsewhere keeps its whole path. */
function pathFrom(root: string, path: string): string {
  const inside = relative(root, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}

/** What a command wrote down: a path a line, `role<TAB>path`, or `{"role": …, "path": …}`. */
export function readNamed(path: string): readonly Named[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split(/\r?\n/).flatMap((line): readonly Named[] => {
    const record = line.startsWith("{") ? parseRecord(line) : undefined;
    if (record !== undefined) return [record];
    const [first = "", ...rest] = line.split("\t");
    const [role, file] = rest.length === 0 ? ["", first.trim()] : [first.trim(), rest.join("\t").trim()];
    return file === "" ? [] : [{ ...(role === "" ? {} : { role }), path: file }];
  });
}

/** A file may be called `{seed}.pt`. */
function parseRecord(line: string): Named | undefined {
  try {
    const { role, path } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof path !== "string" || path === "") return undefined;
    return { ...(typeof role === "string" && role !== "" ? { role } : {}), path };
  } catch {
    return undefined;
  }
}
