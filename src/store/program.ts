// Which program is running: a cache written by another one is not believed.

import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../base/hash.ts";

/** Raise it when the lines of the cache change their meaning. */
const cacheFormat = 5;
/** In the source tree these rooms decide what a file says; the bundle is one flat folder of files. */
const readers = ["base", "record", "markdown", "store"];

const known = new Map<string, string>();

/**
 * Changes with every build and, in the source tree, with every saved file of the given rooms (folders of `src/`). A bundle's files bear a part
 * of their content's hash in their names, so that the key is the same wherever, and whenever, one version is installed.
 */
export function programKey(rooms: readonly string[] = readers): string {
  const name = rooms.join(" ");
  const key = known.get(name) ?? sha256(JSON.stringify([cacheFormat, process.version, ...looks(rooms)]));
  known.set(name, key);
  return key;
}

function looks(rooms: readonly string[]): readonly string[] {
  const file = fileURLToPath(import.meta.url);
  const folder = dirname(file);
  const source = file.endsWith(".ts");
  const folders = source ? rooms.map((room) => join(folder, "..", room)) : [folder];
  return folders.flatMap((path) =>
    readdirSync(path)
      .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
      .sort()
      .map((name) => look(path, name, source)),
  );
}

function look(folder: string, name: string, source: boolean): string {
  if (!source) return name;
  const { size, mtimeMs } = statSync(join(folder, name));
  return `${join(folder, name)} ${size} ${mtimeMs}`;
}
