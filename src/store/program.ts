// Which program is running: a cache written by another one is not believed.

import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256 } from "../base/hash.ts";

/** Raise it when the lines of the cache change their meaning. */
const cacheFormat = 1;
/** In the source tree these rooms decide what a file says; the bundle is one flat folder of files. */
const rooms = ["base", "record", "markdown", "store"];

let known: string | undefined;

/** Changes with every build and, in the source tree, with every saved file. */
export function programKey(): string {
  known ??= sha256(JSON.stringify([cacheFormat, process.version, ...looks()]));
  return known;
}

function looks(): readonly string[] {
  const file = fileURLToPath(import.meta.url);
  const folder = dirname(file);
  const folders = file.endsWith(".ts") ? rooms.map((room) => join(folder, "..", room)) : [folder];
  return folders.flatMap((path) =>
    readdirSync(path)
      .filter((name) => /\.[cm]?[jt]s$/.test(name))
      .sort()
      .map((name) => look(join(path, name))),
  );
}

function look(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}
