// How the files look that are on pages and are neither runs nor settings.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { Journal } from "../store/journal.ts";
import { runFolder } from "../store/root.ts";

/** `followed` are folders from the root. */
export function looksOf(root: string, journal: Journal | undefined, followed: readonly string[]): string {
  const studies = journal?.listing.studies ?? [];
  const readmes = ["README.md", `${runFolder}/README.md`, ...studies.map((study) => `${runFolder}/${study}/README.md`)];
  const files = [...readmes, ...["reports", "charts", ...followed].flatMap((folder) => filesIn(root, folder))];
  return sha256(files.map((path) => lookAt(root, path)).join("\n"));
}

function filesIn(root: string, folder: string): readonly string[] {
  try {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    return names.map((name) => `${folder}/${name}`).sort();
  } catch {
    return [];
  }
}

function lookAt(root: string, path: string): string {
  try {
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(root, path));
    return `${path} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  } catch {
    return path;
  }
}
