// What the code of a commit alone comes to: the same for each run on a clean tree, so it is made once and remembered, for the latest commit.
// It lies in git's own folder, which nobody is sent.

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import type { GitFolders } from "../store/git-folder.ts";
import { overwrite } from "../store/writer.ts";
import { ownRule } from "./own-paths.ts";

export interface Made {
  readonly snapshot: string;
  readonly tree: string;
}

const keyOf = (commit: string, inside: string): string => sha256(JSON.stringify([commit, inside, ownRule]));
const folderOf = ({ common }: GitFolders): string => join(common, "journal");
const file = "code.json";

/** Only while git has it as an object of its own: what is reachable from that is there too. `inside` is the journal's folder from the top. */
export function recallMade(git: GitFolders, commit: string, inside: string): Made | undefined {
  try {
    const { key, snapshot, tree } = JSON.parse(readFileSync(join(folderOf(git), file), "utf8")) as Partial<Made> & { key?: string };
    if (key !== keyOf(commit, inside) || typeof snapshot !== "string" || typeof tree !== "string") return undefined;
    return existsSync(join(git.common, "objects", snapshot.slice(0, 2), snapshot.slice(2))) ? { snapshot, tree } : undefined;
  } catch {
    return undefined;
  }
}

export function rememberMade(git: GitFolders, commit: string, inside: string, { snapshot, tree }: Made): void {
  try {
    mkdirSync(folderOf(git), { recursive: true });
    overwrite(join(folderOf(git), file), `${JSON.stringify({ key: keyOf(commit, inside), snapshot, tree })}\n`);
  } catch {
    // it is made again
  }
}
