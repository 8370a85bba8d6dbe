// Puts a site into its folder: a page that did not change is not written, one that did goes by temporary file and rename,
// one that is gone is removed. Only files this program wrote before (its list says which) are ever removed.

import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listName } from "./folder.ts";
import type { Content } from "./plan.ts";

export interface Written {
  readonly written: number;
  readonly same: number;
  readonly removed: number;
}

/** `keeps` names pages that stay although this build did not make them. */
export function writeSite(folder: string, files: ReadonlyMap<string, Content>, keeps: (path: string) => boolean = () => false): Written {
  mkdirSync(folder, { recursive: true });
  const before = readBytes(join(folder, listName))?.toString("utf8").split("\n").filter(Boolean) ?? [];
  let written = 0;
  for (const [path, text] of files) {
    if (readBytes(join(folder, path))?.equals(Buffer.from(text as string)) === true) continue;
    put(join(folder, path), text);
    written++;
  }
  put(join(folder, listName), `${[...new Set([...before, ...files.keys()])].sort().join("\n")}\n`);
  const rest = before.filter((path) => !files.has(path) && !path.split("/").includes(".."));
  const gone = rest.filter((path) => !keeps(path));
  for (const path of gone) rmSync(join(folder, path), { force: true });
  put(join(folder, listName), `${[...files.keys(), ...rest.filter(keeps)].sort().join("\n")}\n`);
  return { written, same: files.size - written, removed: gone.length };
}

function put(path: string, text: Content): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
