// Hashes of large files, kept under `.journal/` while size, times and inode stay as they were. Losing it costs time only.

import { readFileSync, type Stats } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder } from "../store/root.ts";
import { overwrite } from "../store/writer.ts";

const name = "hashes.tsv";
const most = 200_000;
/** A file written this shortly before it was looked at may change again within one tick of its clock. */
const settled = 2000;

interface Known {
  readonly look: string;
  readonly hash: string;
}

export class HashCache {
  private readonly root: string | undefined;
  private readonly known: Map<string, Known>;
  private changed = false;

  /** Without a root nothing is kept. */
  constructor(root?: string) {
    this.root = root;
    this.known = root === undefined ? new Map() : read(join(root, ".journal", "cache", name));
  }

  find(path: string, stats: Stats): string | undefined {
    const known = this.known.get(path);
    return known?.look === lookOf(stats) ? known.hash : undefined;
  }

  put(path: string, stats: Stats, hash: string, now: number = Date.now()): void {
    if (Math.max(stats.mtimeMs, stats.ctimeMs) > now - settled) return;
    this.known.delete(path);
    this.known.set(path, { look: lookOf(stats), hash });
    this.changed = true;
  }

  /** A cache that cannot be written is none. */
  save(): void {
    if (!this.changed || this.root === undefined) return;
    const lines = [...this.known].slice(-most).map(([path, { look, hash }]) => `${hash}\t${look}\t${JSON.stringify(path)}\n`);
    try {
      overwrite(join(makePrivateFolder(this.root, "cache"), name), lines.join(""));
    } catch {
      return;
    }
    this.changed = false;
  }
}

const lookOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): string => `${size}:${mtimeMs}:${ctimeMs}:${ino}`;

function read(path: string): Map<string, Known> {
  const known = new Map<string, Known>();
  try {
    for (const line of readFileSync(path, "utf8").split("\n")) {
      const [, hash, look, name] = /^([0-9a-f]{64})\t([\d.:]+)\t(".+")$/.exec(line) ?? [];
      if (hash !== undefined && look !== undefined && name !== undefined) known.set(JSON.parse(name) as string, { look, hash });
    }
  } catch {
    return new Map();
  }
  return known;
}
