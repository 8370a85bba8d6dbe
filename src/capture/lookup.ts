// Whether a command can be started at all, before anything is written about it.

import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

export type Lookup = "found" | "missing" | "not-executable";

/** As `execvp` looks: a name with a slash is a path, any other is searched in `PATH`. */
export function lookUp(name: string, cwd: string, path: string | undefined): Lookup {
  if (name === "") return "missing";
  if (name.includes("/")) return look(resolve(cwd, name));
  if (process.platform === "win32") return "found";
  const found = placesOf(name, cwd, path).map(look);
  return found.includes("found") ? "found" : found.includes("not-executable") ? "not-executable" : "missing";
}

function placesOf(name: string, cwd: string, path = "/usr/bin:/bin"): readonly string[] {
  return name.includes("/") ? [resolve(cwd, name)] : path.split(delimiter).map((folder) => join(resolve(cwd, folder), name));
}

/** What the first line of a script names, where it is not there: then the system says that the script itself is not. */
export function missingInterpreter(name: string, cwd: string, path: string | undefined): string | undefined {
  if (process.platform === "win32") return undefined;
  const file = placesOf(name, cwd, path).find((place) => look(place) === "found");
  // A carriage return belongs to the name.
  const interpreter = /^#![ \t]*([^ \t\n]+)/.exec(file === undefined ? "" : readStart(file))?.[1];
  return interpreter === undefined || look(resolve(cwd, interpreter)) === "found" ? undefined : interpreter;
}

/** As much as the system itself reads for the first line. */
function readStart(path: string): string {
  const bytes = Buffer.alloc(256);
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return bytes.toString("latin1", 0, readSync(file, bytes));
  } catch {
    return "";
  } finally {
    if (file !== undefined) closeSync(file);
  }
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
