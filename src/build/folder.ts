// Where a site may be written: only into a folder that is new, empty, or holds a site of an earlier build.

import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { JournalError } from "../base/problem.ts";
import { foreignFolder, reservedFolder } from "./messages.ts";

/** The list of what a build wrote, in the folder it wrote to. */
export const listName = ".journal-site";
/** Where a build that is under way keeps the file it is writing. */
export const stageName = ".journal-new";

/** `folder` and `root` absolute. Refuses with exit 2. */
export function checkFolder(folder: string, root: string): void {
  const real = realPath(folder);
  const home = realPath(root);
  const within = (outer: string): boolean => real === outer || real.startsWith(outer + sep);
  if (real === home || home.startsWith(real.endsWith(sep) ? real : real + sep)) {
    throw new JournalError(reservedFolder(folder, "the journal's own folder or one above it"));
  }
  for (const name of ["experiments", "reports", "charts", "templates", ".git", ".journal"]) {
    if (within(join(home, name))) throw new JournalError(reservedFolder(folder, `inside \`${name}/\``));
  }
  if (existsSync(real) && !statSync(real).isDirectory()) throw new JournalError(foreignFolder(folder));
  const names = existsSync(real) ? readdirSync(real).filter((name) => name !== stageName) : [];
  if (names.length > 0 && !names.includes(listName)) throw new JournalError(foreignFolder(folder));
}

/** Of the part that exists; links are followed, for what counts is where the bytes would land. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}
