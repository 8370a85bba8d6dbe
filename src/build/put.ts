// One file of the site, by temporary file and rename: it is the old or the new one, whole, at any moment.

import { mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../base/hash.ts";
import { stageName } from "./folder.ts";
import type { Content } from "./plan.ts";

/** How a file stands there now. */
export interface Put {
  /** The same bytes stood there already. */
  readonly same: boolean;
  readonly hash: string;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
}

export interface Stage {
  /** Throws what the system throws. `fresh`: nothing can stand there yet. */
  put(path: string, content: Content, fresh: boolean): Put;
  drop(): void;
}

/** Where a file is written before it gets its name: on the same disk, and swept as a whole. Each thread has a `name` of its own. */
export function openStage(folder: string, name: string): Stage {
  const own = join(folder, stageName);
  const temporary = join(own, name);
  let made = false;
  return {
    put(path, content, fresh) {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const target = join(folder, path);
      const stats = fresh ? undefined : lookAt(target);
      const same = stats !== undefined && stats.size === bytes.length && readBytes(target)?.equals(bytes) === true;
      if (!same) {
        if (!made) mkdirSync(own, { recursive: true });
        made = true;
        writeFileSync(temporary, bytes);
        move(temporary, target);
      }
      const { size, mtimeMs, ctimeMs } = same ? stats : statSync(target);
      return { same, hash: shortHash(bytes), size, mtime: mtimeMs, ctime: ctimeMs };
    },
    drop() {
      rmSync(own, { recursive: true, force: true });
      made = false;
    },
  };
}

export const shortHash = (bytes: Uint8Array): string => sha256(bytes).slice(0, 32);

export function lookAt(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

export function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Folders are made when they turn out to be missing: asking first costs more than the file. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  }
}
