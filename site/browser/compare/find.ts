// Runs by what a reader types, over all studies.

import { loadShards } from "../data.ts";
import { type Found, rank } from "./rank.ts";

let all: Promise<readonly Found[]> | undefined;

/** Newest first, loaded when first asked for. */
function runs(): Promise<readonly Found[]> {
  all ??= Promise.all((window.journal?.site?.studies ?? []).map(({ name }) => loadShards(name)))
    .then((loaded) => loaded.flatMap(({ runs: list }) => list.map(({ file }) => ({ id: file.run.id, title: file.run.title })).reverse()))
    .catch(() => {
      all = undefined;
      return [];
    });
  return all;
}

/** What fits an id stands before what fits a title. */
export async function findRuns(words: string): Promise<readonly Found[]> {
  return rank(await runs(), words);
}
