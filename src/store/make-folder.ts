// Folders that may be missing, also where the system makes none: Node's own recursion never ends below `/proc`.

import { existsSync, mkdirSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { errorCode, writeFailure } from "./failure.ts";
import { notAFolder } from "./messages.ts";

/** The folder and those above it; gives the topmost that is new. Throws a problem somebody can act on. */
export function makeFolder(folder: string, kept: string = "nothing was written"): string | undefined {
  try {
    return make(folder);
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw new JournalError(notAFolder(folder), exits.usage);
    throw writeFailure(error, folder, kept);
  }
}

/** Throws what the system throws. */
function make(folder: string): string | undefined {
  try {
    mkdirSync(folder);
    return folder;
  } catch (error) {
    if (look(folder)?.isDirectory()) return undefined;
    if (errorCode(error) !== "ENOENT" || existsSync(dirname(folder))) throw error;
  }
  const first = make(dirname(folder));
  return make(folder) === undefined ? first : (first ?? folder);
}

/** Nothing where there is nothing to look at, or a file where a folder should be. */
export function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
