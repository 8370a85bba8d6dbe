// What git must know to merge run files by key and section: one attribute, committed, and two lines of this clone's settings.

import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { exits, JournalError } from "../base/problem.ts";
import { askGit } from "../store/git.ts";
import { findGit } from "../store/git-folder.ts";
import { noGit } from "../store/messages.ts";
import { readPackage } from "../store/package.ts";

export const attributeLine = "experiments/**/*.md merge=journal";

const words = "merge-driver %O %A %B --path %P";
const byLine = "git merge-file -L ours -L base -L theirs %A %O %B";

interface Driver {
  readonly command: string;
  /** What it runs, for people. */
  readonly runs: string;
}

/**
 * The program that git is to start: the `journal` of the PATH where that is this very program, else this program by its place
 * on this machine, which only this clone's settings hold. Where neither is there any more, git's own merge does the work.
 */
export function driverFor(node: string, script: string | undefined, path: string): Driver {
  const installed = `command -v journal >/dev/null 2>&1; then journal ${words}; else ${byLine}; fi`;
  if (script === undefined || isOnPath(script, path)) return { command: `if ${installed}`, runs: "`journal` of your PATH" };
  const [program, file] = [shell(node), shell(script)];
  return {
    command: `if test -x ${program} && test -f ${file}; then ${program} ${file} ${words}; elif ${installed}`,
    runs: `${script}, as \`journal\` is not on your PATH`,
  };
}

/** One word of the shell, and of git, which reads `%`. */
function shell(path: string): string {
  return `'${(sep === "\\" ? path.replaceAll("\\", "/") : path).replaceAll("'", "'\\''").replaceAll("%", "%%")}'`;
}

/** What `npx` puts before the PATH is gone when git merges. */
function isOnPath(script: string, path: string): boolean {
  const wanted = realpathSync(script);
  for (const folder of path.split(delimiter)) {
    if (folder === "" || folder.endsWith(join("node_modules", ".bin"))) continue;
    const found = ["journal", "journal.cmd"].map((name) => join(folder, name)).find(isProgram);
    if (found !== undefined) return realpathSync(found) === wanted || found.endsWith(".cmd");
  }
  return false;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The built program, when that is what runs. */
function ownScript(): string | undefined {
  const { folder } = readPackage();
  const script = join(folder, "dist", "cli", "main.js");
  return fileURLToPath(import.meta.url).startsWith(join(folder, "dist") + sep) && existsSync(script) ? script : undefined;
}

/** Writes this clone's settings; says which were new, and what git will run. */
export function installMergeDriver(start: string, path: string): readonly string[] {
  if (findGit(start) === undefined) throw new JournalError(noGit("the merge driver"), exits.notFound);
  const { command, runs } = driverFor(process.execPath, ownScript(), path);
  const settings = [
    ["merge.journal.name", "merge journal runs by key and section", ""],
    ["merge.journal.driver", command, `: ${runs}`],
  ] as const;
  return settings.map(([name, value, note]) => {
    if (askGit(start, ["config", "--local", "--get", name])?.trimEnd() === value) return `git config ${name} (unchanged)${note}`;
    if (askGit(start, ["config", "--local", name, value]) === undefined) throw new JournalError(noGit("the merge driver"), exits.notFound);
    return `git config ${name}${note}`;
  });
}
