// Whether a command can be started at all, before anything is written about it.

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

export type Lookup = "found" | "missing" | "not-executable";

/** As `execvp` looks: a name with a slash is a path, any other is searched in `PATH`. */
export function lookUp(name: string, cwd: string, path: string | undefined): Lookup {
  if (name === "") return "missing";
  if (name.includes("/")) return look(resolve(cwd, name));
  if (process.platform === "win32") return "found";
  const found = (path ?? "/usr/bin:/bin").split(delimiter).map((folder) => look(join(resolve(cwd, folder), name)));
  return found.includes("found") ? "found" : found.includes("not-executable") ? "not-executable" : "missing";
}

/** Where a program of the system lies; nothing where there is none. */
export function findProgram(name: string, path: string | undefined): string | undefined {
  return (path ?? "/usr/bin:/bin")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => look(file) === "found");
}

function look(file: string): Lookup {
  try {
    if (!statSync(file).isFile()) return "not-executable";
    accessSync(file, constants.X_OK);
    return "found";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "not-executable" : "missing";
  }
}
