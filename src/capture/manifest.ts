// What a file or a folder holds, as one hash. A folder's is the hash of its list: a line per file with hash, size and path.

import { createHash, type Hash } from "node:crypto";
import { createReadStream, lstatSync, readdirSync, readlinkSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { sha256 } from "../base/hash.ts";
import type { HashCache } from "./hash-cache.ts";

export interface Manifest {
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

export type Outcome = Manifest | { readonly missing: string };

/** Links inside a folder are their target's text, so that no circle is walked. `limit`: bytes that may be read anew. */
export async function readManifest(path: string, cache: HashCache, limit: number, stop?: AbortSignal): Promise<Outcome> {
  const real = statSync(path, { throwIfNoEntry: false });
  if (real === undefined) return { missing: "not there" };
  const files = real.isDirectory() ? list(path) : [{ path: "", real: path, stats: real }];
  const fresh = files.reduce((total, file) => total + (cache.find(file.real, file.stats) === undefined ? file.stats.size : 0), 0);
  if (fresh > limit) return { missing: `${fresh} bytes to read, more than ${limit}` };
  const lines: string[] = [];
  let bytes = 0;
  for (const file of files) {
    const hash = await hashOf(file, cache, stop);
    if (hash === undefined)
      return {
        missing:
          stop?.aborted === true ? "it was not waited for" : file.path === "" ? "it cannot be read" : `\`${file.path}\` cannot be read`,
      };
    if (!real.isDirectory()) return { sha256: hash, bytes: file.stats.size, files: 1 };
    lines.push(`${hash} ${file.stats.size} ${file.path}\n`);
    bytes += file.stats.size;
  }
  return { sha256: sha256(lines.join("")), bytes, files: files.length };
}

interface Listed {
  readonly path: string;
  readonly real: string;
  readonly stats: Stats;
}

/** In the order of their names; what is neither file nor link has no content. */
function list(top: string): readonly Listed[] {
  const found: Listed[] = [];
  const walk = (folder: string, above: string): void => {
    for (const { name } of readdirSync(folder, { withFileTypes: true })) {
      const real = join(folder, name);
      const stats = lstatSync(real, { throwIfNoEntry: false });
      if (stats?.isDirectory()) walk(real, `${above}${name}/`);
      else if (stats?.isFile() || stats?.isSymbolicLink()) found.push({ path: `${above}${name}`, real, stats });
    }
  };
  walk(top, "");
  return found.sort((left, right) => (left.path < right.path ? -1 : 1));
}

async function hashOf({ real, stats }: Listed, cache: HashCache, stop?: AbortSignal): Promise<string | undefined> {
  if (stats.isSymbolicLink()) return sha256(readlinkSync(real));
  const known = cache.find(real, stats);
  if (known !== undefined) return known;
  try {
    const hash: Hash = createHash("sha256");
    await pipeline(createReadStream(real, { highWaterMark: 1 << 20 }), hash, { ...(stop === undefined ? {} : { signal: stop }) });
    const found = hash.digest("hex");
    cache.put(real, stats, found);
    return found;
  } catch {
    return undefined;
  }
}
