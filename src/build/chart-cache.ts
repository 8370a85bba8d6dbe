// Drawings of earlier builds, in `.journal/cache/charts/`: one file each, named by what it was drawn from. Disposable: whatever is damaged
// or of another program is not found, and whatever cannot be written is done without.

import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { programKey } from "../store/program.ts";
import { makePrivateFolder } from "../store/root.ts";
import { overwrite } from "../store/writer.ts";

/** Named drawings of one chart: `wide`, `narrow`. */
export type Drawings = Readonly<Record<string, string>>;

export interface ChartCache {
  /** What `parts` were drawn to; made, kept and returned where no earlier build did. */
  readonly find: (parts: unknown, draw: () => Promise<Drawings>) => Promise<Drawings>;
}

/** Together; the ones that were not used for longest go first. */
const mostBytes = 64 * 2 ** 20;
/** A drawing that is used gets a new date, but not at every build. */
const day = 86_400_000;

const folderIn = (root: string): string => join(root, ".journal", "cache", "charts");

/** Whether any is kept: of a chart, if it did not change since. */
export function hasDrawings(root: string): boolean {
  try {
    return readdirSync(folderIn(root)).length > 0;
  } catch {
    return false;
  }
}

export function openChartCache(root: string): ChartCache {
  const folder = folderIn(root);
  const program = programKey(["base", "report", "build"]);
  // `serve` asks for the same drawings again and again; a build asks once.
  const recent = new Map<string, Drawings>();
  let isPruned = false;
  return {
    find: async (parts, draw) => {
      const key = sha256(JSON.stringify([program, parts])).slice(0, 40);
      const known = recent.get(key) ?? read(join(folder, key));
      const drawings = known ?? (await draw());
      if (recent.size > 50) recent.clear();
      recent.set(key, drawings);
      if (known !== undefined) return known;
      if (!isPruned) prune(folder, mostBytes);
      isPruned = true;
      keep(root, key, drawings);
      return drawings;
    },
  };
}

function read(path: string): Drawings | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const end = text.indexOf("\n");
    const rest = text.slice(end + 1);
    if (text.slice(0, end) !== sha256(rest)) return undefined;
    const now = Date.now();
    if (statSync(path).mtimeMs < now - day) utimesSync(path, now / 1000, now / 1000);
    return JSON.parse(rest) as Drawings;
  } catch {
    return undefined;
  }
}

function keep(root: string, key: string, drawings: Drawings): void {
  const text = JSON.stringify(drawings);
  try {
    overwrite(join(makePrivateFolder(root, "cache", "charts"), key), `${sha256(text)}\n${text}`);
  } catch {
    // the next build draws it again
  }
}

/** The newest files of a folder stay, as many as weigh `most` bytes together. */
export function prune(folder: string, most: number): void {
  try {
    const files = readdirSync(folder).map((name) => ({ path: join(folder, name), stats: statSync(join(folder, name)) }));
    files.sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
    let bytes = 0;
    for (const { path, stats } of files) {
      bytes += stats.size;
      if (bytes > most) rmSync(path, { force: true });
    }
  } catch {
    // no folder yet, or another build is pruning it
  }
}
