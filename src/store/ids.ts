// Ids: a number for people, counted under a lock so that the branches and worktrees of one clone never reuse one, and a
// random suffix that keeps two clones apart which both took the same number.

import { mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { sha256 } from "../base/hash.ts";
import { isPlainName } from "../base/path.ts";
import { exits, JournalError } from "../base/problem.ts";
import type { Effects } from "./effects.ts";
import { writeFailure } from "./failure.ts";
import { findGit } from "./git-folder.ts";
import { withLock } from "./lock.ts";
import { idTooLarge } from "./messages.ts";
import { makePrivateFolder } from "./root.ts";
import { overwrite } from "./writer.ts";

const prefix = "EXP";
const width = 3;
/** Crockford's base 32: no i, l, o, u. */
const letters = "0123456789abcdefghjkmnpqrstvwxyz";
const suffixLength = 4;
const largest = 999_999_999;

/** The next free id of the journal at `root`; `highest` is the highest number seen in its files. Each call takes a number for good. */
export function takeId(root: string, highest: number, effects: Effects): string {
  const { folder, name } = counterOf(root);
  const number = withLock(join(folder, "lock"), () => {
    const counter = join(folder, name);
    const next = Math.max(readCounter(counter), highest) + 1;
    if (next > largest) throw new JournalError(idTooLarge(next - 1), exits.usage);
    try {
      overwrite(counter, `${next}\n`);
    } catch (error) {
      throw writeFailure(error, counter, "no file was made");
    }
    return next;
  });
  return `${prefix}${String(number).padStart(width, "0")}-${suffix(effects)}`;
}

function suffix(effects: Effects): string {
  return Array.from(effects.random(suffixLength), (byte) => letters[byte & 31]).join("");
}

/** The id a file name begins with: `EXP042-k7f3-double-the-batch.md` → `EXP042-k7f3`; a name may also hold a number alone (`EXP042-baseline.md`). */
export function idOfName(name: string): { readonly id: string; readonly number: number } | undefined {
  // By hand, because every command that names a run asks it of every file: 2 ms of 10,000 instead of 18.
  let at = 0;
  while (isLetter(name.charCodeAt(at))) at += 1;
  const digits = at;
  let number = 0;
  for (let code = name.charCodeAt(at); code >= 48 && code <= 57; code = name.charCodeAt(at)) {
    number = number * 10 + code - 48;
    at += 1;
  }
  if (digits === 0 || at === digits || at - digits > 9 || !endsId(name, at)) return undefined;
  const end = at + 1 + suffixLength;
  const suffixed = name[at] === "-" && endsId(name, end) && isSuffix(name, at + 1, end);
  return { id: name.slice(0, suffixed ? end : at), number };
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const endsId = (name: string, at: number): boolean => name[at] === "-" || name[at] === ".";

function isSuffix(name: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!letters.includes(name[at] ?? "?")) return false;
  return true;
}

/** An id becomes part of file names: one that could lead elsewhere (`../x`) never does. */
export function isUsable(id: string): boolean {
  return isPlainName(id);
}

/** Where a run's attachments live: beside it, named by the id alone, so that the title may change. */
export function attachmentFolder(path: string, id: string): string | undefined {
  return isUsable(id) ? `${path.slice(0, path.lastIndexOf("/") + 1)}${id}.files` : undefined;
}

/** The number of an id: `EXP042-k7f3` → 42. */
export function numberOf(id: string): number | undefined {
  const digits = /^[A-Za-z]+(\d{1,9})(?![0-9])/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** One counter per journal of the repository, in the folder that all worktrees share; `.journal/` without git. */
function counterOf(root: string): { readonly folder: string; readonly name: string } {
  const git = findGit(root);
  if (git !== undefined) {
    const folder = join(git.common, "journal");
    const inside = relative(git.top, root);
    if (made(folder)) return { folder, name: inside === "" ? "counter" : `counter-${sha256(inside).slice(0, 12)}` };
  }
  return { folder: makePrivateFolder(root), name: "counter" };
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** A counter that was lost or damaged counts as 0: the files of the tree still say how far the numbers went. */
function readCounter(path: string): number {
  try {
    const text = readFileSync(path, "utf8").trim();
    return /^\d{1,9}$/.test(text) ? Number(text) : 0;
  } catch {
    return 0;
  }
}
