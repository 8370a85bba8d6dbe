// Every file of the site and how to make it, as data: `build` makes what is not there yet, `serve` the one that is asked for.

import { sha256 } from "../base/hash.ts";
import type { Model } from "./model.ts";

export interface PlannedFile {
  /**
   * Changes whenever the content could. A build that finds the key it left behind keeps the file as it stands; without a key the file is
   * always made anew.
   */
  readonly key?: () => string;
  /** Nothing where what it is made from is not there at the moment: the file stays as it was. */
  readonly make: (earlier?: Earlier) => Content | undefined | Promise<Content | undefined>;
  /** Begins what another process has to do for it, so that it is done when its turn comes. */
  readonly ahead?: () => void;
  /** Of a file that another thread can make: it has the bytes that `make` has, or is handed back; nothing where only `make` can. */
  readonly model?: () => Model | undefined | Promise<Model | undefined>;
  /** May be made before its turn where nobody reads the site yet: what it leads to comes later. */
  readonly early?: true;
  /** Of a file with a row per run: what each row is made from. Such a file is made from its earlier state where there is one. */
  readonly rows?: () => readonly string[];
}

/** What the last build left at an address. */
export interface Earlier {
  readonly text: string;
  readonly rows: readonly string[];
}

export type Content = string | Uint8Array;

/** Address from the root of the site → file. */
export type Plan = ReadonlyMap<string, PlannedFile>;

export type Entry = readonly [address: string, file: PlannedFile];

/** The key of a file that shows a model and nothing else. */
export function keyOf(...parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts));
}

/** Work for another process that may begin before its turn; what was begun is waited for, once. */
export function begun<T>(start: () => Promise<T>): { readonly ahead: () => void; readonly make: () => Promise<T> } {
  let early: Promise<T> | undefined;
  return {
    ahead() {
      early = start();
      // Whoever waits for it is told.
      early.catch(() => {});
    },
    make() {
      const made = early ?? start();
      early = undefined;
      return made;
    },
  };
}
