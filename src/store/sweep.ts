// What a killed command may leave: temporary files. A young one may belong to a command that is still at work.

import { readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { findGit } from "./git-folder.ts";
import { listFiles } from "./root.ts";
import { temporary } from "./writer.ts";

const youngest = 60_000;

export function isLeftover(path: string, now: Date): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Math.abs(now.getTime() - stats.mtimeMs) > youngest;
}

/** Absolute paths: among the runs, in their attachments, in `.journal/` and in our folder inside git's. */
export function findLeftovers(root: string, now: Date): readonly string[] {
  const { temporaries, attachments } = listFiles(root);
  const git = findGit(root);
  const folders = [
    root,
    ...attachments.map((path) => join(root, path)),
    ...["", "cache", "locks"].map((inner) => join(root, ".journal", inner)),
    ...(git === undefined ? [] : [join(git.common, "journal")]),
  ];
  const inside = folders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => temporary.test(name))
      .map((name) => join(folder, name)),
  );
  return [...temporaries.map((path) => join(root, path)), ...inside].filter((path) => isLeftover(path, now)).sort();
}

export function removeLeftover(path: string): void {
  unlinkSync(path);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
