// Hears that something in a journal's folders was saved. What changed is for the listener to find out: names of events are often those of
// an editor's temporary files. A watch per folder, since the recursive one of Linux makes a watch per file.

import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";

export interface Watch {
  /** Also listen to these folders, from the root: attachments of runs that somebody looks at. */
  follow(folders: readonly string[]): void;
  /** Not every folder could be watched: only looking tells. */
  readonly deaf: () => boolean;
  close(): void;
}

/** Milliseconds without an event before the listener is called, so that half-written files are whole, and how long a burst may last. */
const quiet = 25;
const burst = 250;
const deepest = 32;
const trees = ["experiments", "reports", "charts"];
const ofRoot = new Set([...trees, "journal.yaml", "README.md"]);
/** Editors' own files: `.x.swp`, `x~`, `4913`, `x.tmp`. */
const passing = /^\.|~$|^4913$|\.(?:sw[a-z]|tmp)$/;

/** `hear` is told which files were saved, from the root; nothing when that is not certain. */
export function watchJournal(root: string, hear: (paths: ReadonlySet<string> | undefined) => void): Watch {
  const watched = new Map<string, Watched>();
  const followed = new Set<string>();
  let deaf = false;
  let moved = false;
  let saved = new Set<string>();
  const soon = calm(() => {
    const paths = moved ? undefined : saved;
    saved = new Set();
    if (moved) sync();
    hear(paths);
  });
  const listen = (folder: string): void => {
    const path = join(root, folder);
    try {
      const watcher = watch(path, (event, name) => {
        if (name !== null && (folder === "" ? !ofRoot.has(name) : passing.test(name))) return;
        const inner = folder === "" ? `${name}` : `${folder}/${name}`;
        moved ||= name === null || (event === "rename" && (watched.has(inner) || inodeOf(join(root, inner)) !== undefined));
        saved.add(inner);
        soon.call();
      });
      watcher.on("error", () => drop(folder));
      watched.set(folder, { watcher, inode: inodeOf(path) });
    } catch (error) {
      deaf ||= (error as { code?: string }).code !== "ENOENT";
    }
  };
  const drop = (folder: string): void => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };
  // A folder that was made anew under its old name is another folder, which only a new watch hears.
  const sync = (): void => {
    moved = false;
    const folders = new Set(["", ...trees.flatMap((tree) => foldersIn(root, tree, 1)), ...followed]);
    for (const [folder, { inode }] of watched) if (!folders.has(folder) || inodeOf(join(root, folder)) !== inode) drop(folder);
    for (const folder of folders) if (!watched.has(folder)) listen(folder);
  };
  sync();
  return {
    follow: (folders) => {
      if (folders.length === followed.size && folders.every((folder) => followed.has(folder))) return;
      followed.clear();
      for (const folder of folders) followed.add(folder);
      sync();
    },
    deaf: () => deaf,
    close: () => {
      soon.stop();
      for (const folder of watched.keys()) drop(folder);
    },
  };
}

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: bigint | undefined;
}

/** Nothing where there is no folder. */
function inodeOf(path: string): bigint | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isDirectory() === true ? stats.ino : undefined;
  } catch {
    return undefined;
  }
}

/** With the folder itself; without hidden ones and attachments, of which there may be thousands. */
function foldersIn(root: string, folder: string, depth: number): readonly string[] {
  try {
    const inner = readdirSync(join(root, folder), { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && !entry.name.startsWith(".") && !entry.name.endsWith(".files") && entry.name !== "node_modules",
      )
      .flatMap(({ name }) => (depth < deepest ? foldersIn(root, `${folder}/${name}`, depth + 1) : []));
    return [folder, ...inner];
  } catch {
    return [];
  }
}

/** Calls once when it has been quiet, or when a burst lasts. */
function calm(work: () => void): { readonly call: () => void; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let first = 0;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const call = (): void => {
    const now = Date.now();
    if (timer === undefined) first = now;
    stop();
    const wait = Math.max(0, Math.min(quiet, first + burst - now));
    timer = setTimeout(() => {
      timer = undefined;
      work();
    }, wait);
  };
  return { call, stop };
}
