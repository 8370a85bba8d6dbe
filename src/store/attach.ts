// Attachments: small files copied beside their run, into `<id>.files/`.

import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, rmSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { hasControl } from "../base/path.ts";
import { exits, JournalError } from "../base/problem.ts";
import { errorCode, reasonOf, writeFailure } from "./failure.ts";
import { badName, noSource, notAFolder, outside, tooLarge } from "./messages.ts";
import { locate } from "./root.ts";
import { createFile, flushFolder } from "./writer.ts";

/** What a git history can bear for ever. */
export const attachmentLimit = 1_000_000;
const longestName = 150;

/** Names that Windows gives to devices; a journal cloned there must still check out. */
const devices = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

const nameRules: readonly (readonly [why: string, breaks: (name: string) => boolean])[] = [
  ["it is empty", (name) => name === ""],
  ["it holds control characters", hasControl],
  ["it holds `/`, `\\` or another character that no file name may have everywhere", (name) => /[/\\:*?"<>|]/.test(name)],
  ["it begins with a dot", (name) => name.startsWith(".")],
  ["it begins with a dash", (name) => name.startsWith("-")],
  ["it ends in a dot or a blank", (name) => /[. ]$/.test(name)],
  ["it is the name of a device on Windows", (name) => devices.test(name)],
  [`it is longer than ${longestName} bytes`, (name) => Buffer.byteLength(name) > longestName],
  ["it holds half a character", (name) => /\p{Surrogate}/u.test(name)],
];

/** Copies `source` into `folder` (from the root). The same bytes under the same name are no change; other ones are refused. */
export function attachFile(
  root: string,
  folder: string,
  source: string,
  name: string = basename(source),
  limit: number = attachmentLimit,
): string {
  const broken = nameRules.find(([, breaks]) => breaks(name));
  if (broken !== undefined) throw new JournalError(badName(name, broken[0]), exits.usage);
  checkFolder(root, folder);
  const bytes = readSource(source, limit);
  const path = `${folder}/${name}`;
  try {
    createFile(join(root, path), bytes, path);
  } catch (error) {
    if (!(error instanceof JournalError) || error.problems[0]?.code !== "store/exists") throw error;
    // Trying again would not help: another name does.
    if (!holds(join(root, path), bytes)) throw new JournalError(error.problems, exits.usage);
  }
  return path;
}

/** Removes a run's file first, so that a kill in between leaves attachments without a run and never half a run. */
export function removeRun(root: string, path: string, folder: string | undefined): readonly string[] {
  const inside = folder === undefined ? [] : listInside(root, folder);
  try {
    unlinkSync(join(root, path));
    if (folder !== undefined) rmSync(join(root, folder), { recursive: true, force: true });
  } catch (error) {
    throw writeFailure(error, path, "it is still there");
  }
  flushFolder(dirname(join(root, path)), path);
  return [path, ...inside];
}

/** A link is removed, never what it leads to. */
function listInside(root: string, folder: string): readonly string[] {
  const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [folder];
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.sort().map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}

function checkFolder(root: string, folder: string): void {
  const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return;
  if (!stats.isSymbolicLink()) throw new JournalError(notAFolder(folder), exits.usage);
  const where = locate(root, folder);
  if ("problem" in where)
    throw new JournalError(where.problem.code === "store/outside" ? outside(folder, "another place") : where.problem, exits.usage);
}

function readSource(source: string, limit: number): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(source, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new JournalError(noSource(source, "it is a folder or a device"), exits.usage);
    if (stats.size > limit) throw new JournalError(tooLarge(source, stats.size, limit), exits.usage);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError(noSource(source, reasonOf(error)), errorCode(error) === "ENOENT" ? exits.notFound : exits.usage);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function holds(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
