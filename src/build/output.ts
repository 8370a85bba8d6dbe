// The folder a site is written to. A file that changed goes by temporary file and rename, so that each is the old or the new one, whole, at any
// moment; one that is gone is removed at the end. Only files this program wrote before (its list says which) are ever removed.

import { readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { readProblem, writeFailure } from "../store/failure.ts";
import { listName, stageName } from "./folder.ts";
import type { Found } from "./look.ts";
import type { Left, Manifest } from "./manifest.ts";
import type { Content } from "./plan.ts";
import { lookAt, openStage, type Put, readBytes, type Stage, shortHash } from "./put.ts";

export interface Output {
  /** Whether the file stands there as the last build left it, made from this very key. */
  holds(path: string, key: string): boolean;
  /** What the last build left there, where it still is so. */
  earlier(path: string): string | undefined;
  /** False where the same bytes stood there already. */
  write(path: string, content: Content, made: Made): boolean;
  /** The same for what another thread wrote. */
  note(path: string, put: Put, made: Made): boolean;
  readonly folder: string;
  /** A folder without a list was empty: there is nothing to compare with. */
  readonly fresh: boolean;
  /** What was begun and is not whole goes. */
  drop(): void;
  /** Everything that was held or written. */
  readonly files: ReadonlyMap<string, Left>;
  /** Removes what earlier builds wrote and this one did not, but for what `keeps` names; says how many. */
  finish(keeps: (path: string) => boolean): number;
}

export type Made = Pick<Left, "key" | "asked">;

export const kept = "every page is the old or the new one, whole, and the next build does the rest";

/** `paths` of all files that will be there. They are listed before the first is written: a build that is killed leaves nothing unknown. */
export function openOutput(folder: string, before: Manifest, paths: Iterable<string>, look: (path: string) => Found): Output {
  const files = new Map<string, Left>();
  const listed = readList(folder);
  const wanted = new Set(paths);
  const fresh = listed.size === 0;
  const stage = openStage(folder, "first");
  stage.drop();
  const answers = remembering(look);
  let known: ReadonlySet<string> = listed;
  const list = (names: ReadonlySet<string>): void => {
    if (names.size !== known.size || ![...names].every((name) => known.has(name))) saveList(names, stage);
    known = names;
  };
  list(new Set([...listed, ...wanted]));
  const note: Output["note"] = (path, { same, ...look }, { key, asked }) => {
    files.set(path, { key, ...look, asked });
    return !same;
  };
  return {
    files,
    holds(path, key) {
      const left = before.files.get(path);
      if (left === undefined || left.key !== key || !stillSo(left.asked, answers)) return false;
      const now = seenAs(join(folder, path), left, before.since);
      if (now !== undefined) files.set(path, now);
      return now !== undefined;
    },
    earlier(path) {
      const left = before.files.get(path);
      const bytes = left === undefined ? undefined : readBytes(join(folder, path));
      return bytes !== undefined && shortHash(bytes) === left?.hash ? bytes.toString("utf8") : undefined;
    },
    folder,
    fresh,
    write: (path, content, made) => note(path, put(path, content, stage, fresh), made),
    note,
    drop: stage.drop,
    finish(keeps) {
      const rest = [...listed].filter((path) => !wanted.has(path) && isInside(path));
      const gone = rest.filter((path) => !keeps(path));
      for (const path of gone) remove(folder, path);
      list(new Set([...wanted, ...rest.filter(keeps)]));
      stage.drop();
      return gone.length;
    },
  };
}

/** Whether every file stands there as it was left, and what was asked has the same answer; the looks it has now, or nothing. */
export function outputAsLeft(folder: string, before: Manifest, look: (path: string) => Found): ReadonlyMap<string, Left> | undefined {
  if (lookAt(join(folder, stageName)) !== undefined) return undefined;
  const answers = remembering(look);
  if (Object.entries(before.asked).some(([path, found]) => answers(path) !== found)) return undefined;
  const files = new Map<string, Left>();
  for (const [path, left] of before.files) {
    const now = stillSo(left.asked, answers) ? seenAs(join(folder, path), left, before.since) : undefined;
    if (now === undefined) return undefined;
    files.set(path, now);
  }
  return files;
}

/** A file that was touched in the same instant as it was looked at looks the same afterwards. */
const racyTime = 2_000;

/** As it was left, perhaps with another look; nothing when it is gone or holds other bytes. */
function seenAs(path: string, left: Left, since: number): Left | undefined {
  const look = lookAt(path);
  if (look === undefined || look.size !== left.size || !look.isFile()) return undefined;
  const { mtimeMs, ctimeMs } = look;
  if (mtimeMs === left.mtime && ctimeMs === left.ctime && Math.max(mtimeMs, ctimeMs) < since - racyTime) return left;
  const bytes = readBytes(path);
  return bytes !== undefined && shortHash(bytes) === left.hash ? { ...left, mtime: mtimeMs, ctime: ctimeMs } : undefined;
}

function stillSo(asked: string, look: (path: string) => Found): boolean {
  return asked === "" || Object.entries(JSON.parse(asked) as Record<string, Found>).every(([path, found]) => look(path) === found);
}

/** Many pages ask about the same few files. */
function remembering(look: (path: string) => Found): (path: string) => Found {
  const answers = new Map<string, Found>();
  return (path) => {
    const found = answers.get(path) ?? look(path);
    answers.set(path, found);
    return found;
  };
}

function put(path: string, content: Content, stage: Stage, fresh: boolean): Put {
  try {
    return stage.put(path, content, fresh);
  } catch (error) {
    stage.drop();
    throw writeFailure(error, path, kept);
  }
}

/** Every file of the site in this folder. A list that is there and cannot be read is not an empty one. */
export function readList(folder: string): ReadonlySet<string> {
  const path = join(folder, listName);
  try {
    return new Set(lookAt(path) === undefined ? [] : readFileSync(path, "utf8").split("\n").filter(Boolean));
  } catch (error) {
    throw new JournalError(readProblem(error, path), exits.internal);
  }
}

function saveList(names: ReadonlySet<string>, stage: Stage): void {
  put(listName, `${[...names].sort().join("\n")}\n`, stage, false);
}

/** The list lies where anybody may write: it never leads out of the folder. */
function isInside(path: string): boolean {
  return !path.split(/[/\\]/).includes("..") && !path.startsWith("/");
}

/** A folder that is empty then goes too. */
function remove(folder: string, path: string): void {
  const target = join(folder, path);
  try {
    rmSync(target, { force: true });
  } catch (error) {
    throw writeFailure(error, path, kept);
  }
  try {
    for (let above = dirname(target); above.startsWith(folder + sep); above = dirname(above)) rmdirSync(above);
  } catch {
    // a folder that holds something else stays
  }
}
