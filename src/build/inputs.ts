// Everything the site shows, as one hash that is known by looking: with the same hash a build has nothing to do.

import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { readBuiltFrom } from "../store/git-built.ts";
import type { Journal } from "../store/journal.ts";
import { listName } from "./folder.ts";

/** Folders whose files may be on a page; the run files among them are known by their content already. */
const folders = ["experiments", "reports", "charts"];
const files = ["README.md", "journal.yaml"];
const deepest = 32;
/** A file that was saved in the same instant as it was looked at looks the same afterwards. */
const racyTime = 2_000;

/** Each "" where looking does not tell: a file was saved just before. */
export interface Inputs {
  /** Of all. */
  readonly inputs: string;
  /** But for how the prose of a run is worded, and for how many files are not committed. */
  readonly said: string;
  /** JSON of what git knows. */
  readonly built: string;
}

export async function inputsOf(journal: Journal, now: number): Promise<Inputs> {
  const asked = readBuiltFrom(journal.root);
  const looks = looksBehind(journal, now);
  const from = await asked;
  const built = JSON.stringify(from);
  if (looks === undefined) return { inputs: "", said: "", built };
  const of = (...parts: readonly unknown[]): string => sha256(JSON.stringify([looks, ...parts]));
  return { inputs: of(journal.state(), built), said: of(journal.state("said"), from.commit), built };
}

/** The same without what the site was built from, which git knows. "" where looking does not tell. */
export function filesBehind(journal: Journal, now: number): string {
  const looks = looksBehind(journal, now);
  return looks === undefined ? "" : sha256(JSON.stringify([journal.state(), looks]));
}

function looksBehind(journal: Journal, now: number): readonly string[] | undefined {
  const found: Found = { latest: 0, looks: [], runs: new Set(journal.listing.runs.map(({ path }) => path)) };
  for (const name of files) note(found, journal.root, name);
  for (const name of folders) walk(found, journal.root, name, 1);
  return found.latest > now - racyTime ? undefined : found.looks;
}

/** Whether a file behind the site was saved, or came back, since then: what was read of it in between may be neither the old nor the new one. */
export function movedSince(journal: Journal, time: number): boolean {
  const found: Found = { latest: 0, looks: [], runs: new Set() };
  for (const name of files) note(found, journal.root, name);
  for (const name of folders) walk(found, journal.root, name, 1);
  return found.latest >= time;
}

/** Whether a change of what is at a path, from the root, shows in the above. */
export function isBehind(path: string): boolean {
  return (folders.some((folder) => path.startsWith(`${folder}/`)) || files.includes(path)) && !/(?:^|\/)\./.test(path);
}

interface Found {
  latest: number;
  readonly looks: string[];
  readonly runs: ReadonlySet<string>;
}

function walk(found: Found, root: string, folder: string, depth: number): void {
  const entries = entriesIn(join(root, folder));
  if (depth > deepest || entries.some(({ name }) => name === listName)) return;
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !entry.name.startsWith(".")) walk(found, root, path, depth + 1);
    else if (!found.runs.has(path)) note(found, root, path);
  }
}

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function note(found: Found, root: string, path: string): void {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return;
  const { size, mtimeMs, ctimeMs } = stats;
  found.looks.push(`${path} ${size} ${mtimeMs} ${ctimeMs}`);
  found.latest = Math.max(found.latest, mtimeMs, ctimeMs);
}
