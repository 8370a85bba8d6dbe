// The files below a folder, as far as anybody wants to look; links are not followed.

import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Reach {
  /** So many files, and then no more. */
  readonly most: number;
  /** Folders below this many others are not entered. */
  readonly depth?: number;
  /** Names of folders that are not entered. */
  readonly passedOver: ReadonlySet<string>;
  /** Links are files too. */
  readonly links?: boolean;
}

/** None where the folder cannot be read. */
export function filesBelow(folder: string, reach: Reach, depth = 0, found: string[] = []): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return found;
  }
  for (const entry of entries) {
    if (found.length >= reach.most) break;
    const path = join(folder, entry.name);
    if (entry.isFile() || (reach.links === true && entry.isSymbolicLink())) found.push(path);
    else if (entry.isDirectory() && depth < (reach.depth ?? Number.POSITIVE_INFINITY) && !reach.passedOver.has(entry.name))
      filesBelow(path, reach, depth + 1, found);
  }
  return found;
}
