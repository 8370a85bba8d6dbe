// Where a journal is and which files are its runs and studies. Only names and kinds of directory entries are read here.

import { accessSync, constants, type Dirent, lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { hasControl } from "../base/path.ts";
import { exits, JournalError, type Problem } from "../base/problem.ts";
import { errorCode, readProblem, writeFailure } from "./failure.ts";
import { look } from "./make-folder.ts";
import { brokenLink, linkedFolder, misspelledSettings, noJournal, notAFile, notAFolder, oddName, outside, tooDeep } from "./messages.ts";
import { createFile, temporary } from "./writer.ts";

export const settingsFile = "journal.yaml";
export const studyFile = "study.yaml";
export const runFolder = "experiments";
const deepest = 32;

export interface Place {
  /** From the journal's root, forward slashes. */
  readonly path: string;
  readonly name: string;
  /** Of the nearest folder above that holds study.yaml, from `experiments/`; "" for the default study. */
  readonly study: string;
}

export interface Listing {
  /** Sorted by path. */
  readonly runs: readonly Place[];
  /** Folders from `experiments/` that hold study.yaml, sorted. */
  readonly studies: readonly string[];
  /** What killed writers left behind, from the root. */
  readonly temporaries: readonly string[];
  /** Folders `<id>.files`, from the root. */
  readonly attachments: readonly string[];
  readonly problems: readonly Problem[];
  /** Those of them that hide whole folders: with one, nobody can say which runs there are. */
  readonly unreadable: readonly Problem[];
}

/** The folder of the nearest journal.yaml, in `start` (a folder, or a file in it) or above. Refuses with exit 3. */
export function findRoot(start: string): string {
  let misspelled: string | undefined;
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const stats = look(join(folder, settingsFile));
    if (stats?.isDirectory()) throw new JournalError(notAFile(settingsFile), exits.usage);
    if (stats !== undefined) return realpathSync(folder);
    if (misspelled === undefined && look(join(folder, "journal.yml"))?.isFile()) misspelled = "journal.yml";
    if (dirname(folder) === folder) break;
  }
  throw new JournalError(misspelled === undefined ? noJournal(start) : misspelledSettings(misspelled), exits.notFound);
}

/** `.journal/` hides itself from git, also where nobody wrote a .gitignore. */
export function makePrivateFolder(root: string, ...inner: readonly string[]): string {
  const folder = join(root, ".journal");
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) ignore(folder);
    const inside = join(folder, ...inner);
    if (inner.length > 0) mkdirSync(inside, { recursive: true });
    return inside;
  } catch (error) {
    throw writeFailure(error, ".journal", "nothing was written");
  }
}

function ignore(folder: string): void {
  try {
    createFile(join(folder, ".gitignore"), Buffer.from("*\n"));
  } catch {
    // another command made it at the same moment
  }
}

/** Whether paths from the root are files that a listing found, and still are. */
export function areRuns(root: string, paths: ReadonlySet<string>, runs: Listing["runs"]): boolean {
  if (paths.size > fewPaths) return false;
  const known = new Set(runs.flatMap(({ path }) => (paths.has(path) ? [path] : [])));
  return known.size === paths.size && [...paths].every((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true);
}

/** Of more, listing the folder is as quick. */
const fewPaths = 50;

/** Walks `experiments/`. Hidden folders, node_modules and `*.files` hold no runs. */
export function listFiles(root: string): Listing {
  const found: Found = { root, runs: [], studies: [], temporaries: [], attachments: [], problems: [], unreadable: [] };
  const top = join(root, runFolder);
  if (lstatSync(top, { throwIfNoEntry: false }) !== undefined && staysInside(found, runFolder)) {
    if (look(top)?.isDirectory() === true) walk(found, runFolder, "", 1);
    else found.problems.push(notAFolder(runFolder));
  }
  if (found.runs.length === 0) found.unreadable.push(...found.problems.filter(({ path }) => path === runFolder));
  found.runs.sort((a, b) => (a.path < b.path ? -1 : 1));
  found.problems.sort((a, b) => ((a.path ?? "") < (b.path ?? "") ? -1 : 1));
  for (const names of [found.studies, found.temporaries, found.attachments]) names.sort();
  return found;
}

interface Found {
  readonly root: string;
  readonly runs: Place[];
  readonly studies: string[];
  readonly temporaries: string[];
  readonly attachments: string[];
  readonly problems: Problem[];
  readonly unreadable: Problem[];
}

function walk(found: Found, folder: string, studyAbove: string, depth: number): void {
  const entries = readFolder(found, folder);
  let study = studyAbove;
  if (folder !== runFolder && entries.some((entry) => entry.name === studyFile && isRegular(found, entry, folder))) {
    study = folder.slice(runFolder.length + 1);
    found.studies.push(study);
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (hasControl(entry.name)) found.problems.push(oddName(path));
    else if (entry.isDirectory()) enter(found, path, entry.name, study, depth);
    else if (isRunName(entry.name) && isRegular(found, entry, folder)) found.runs.push({ path, name: entry.name, study });
    else if (temporary.test(entry.name)) found.temporaries.push(path);
    else if (entry.isSymbolicLink()) noteLinkedFolder(found, path, entry.name);
  }
}

function readFolder(found: Found, folder: string): readonly Dirent[] {
  const path = join(found.root, folder);
  try {
    // Where names can be read but not entered, no file behind them can.
    accessSync(path, constants.X_OK);
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const problem = readProblem(error, folder);
    found.problems.push(problem);
    // A folder that is gone by now hides nothing.
    if (folder !== runFolder && errorCode(error) !== "ENOENT") found.unreadable.push(problem);
    return [];
  }
}

function enter(found: Found, path: string, name: string, study: string, depth: number): void {
  if (name.startsWith(".") || name === "node_modules") return;
  if (name.endsWith(".files")) {
    found.attachments.push(path);
    return;
  }
  if (isRunName(name) || name === studyFile) found.problems.push(notAFile(path));
  if (depth >= deepest) found.problems.push(tooDeep(path, deepest));
  else walk(found, path, study, depth + 1);
}

function isRunName(name: string): boolean {
  return name.endsWith(".md") && !name.startsWith(".") && name.toLowerCase() !== "readme.md";
}

/** A file, or a link to a file inside the journal; a pipe would block the reader for ever. */
function isRegular(found: Found, entry: Dirent, folder: string): boolean {
  if (entry.isFile()) return true;
  const path = `${folder}/${entry.name}`;
  if (entry.isSymbolicLink()) return staysInside(found, path) && isKind(found, path, "file");
  if (!entry.isDirectory()) found.problems.push(notAFile(path));
  return false;
}

function isKind(found: Found, path: string, kind: "file" | "folder"): boolean {
  const stats = look(join(found.root, path));
  if (kind === "folder") return stats?.isDirectory() === true;
  if (stats !== undefined && !stats.isFile()) found.problems.push(notAFile(path));
  return stats?.isFile() === true;
}

function noteLinkedFolder(found: Found, path: string, name: string): void {
  if (!name.startsWith(".") && isKind(found, path, "folder")) found.problems.push(linkedFolder(path));
}

/** Follows links; what lies outside the journal is named and not read. */
function staysInside(found: Found, path: string): boolean {
  const where = locate(found.root, path);
  if ("problem" in where) found.problems.push(where.problem);
  return !("problem" in where);
}

/** The real path of something in the journal, or why it must not be read. `path` from the root. */
export function locate(root: string, path: string): { readonly real: string } | { readonly problem: Problem } {
  try {
    const real = realpathSync(join(root, path));
    return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep) ? { real } : { problem: outside(path, real) };
  } catch (error) {
    return { problem: errorCode(error) === "ENOENT" ? brokenLink(path) : readProblem(error, path) };
  }
}
