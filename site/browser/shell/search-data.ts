// The runs of all studies, loaded when a reader first reaches for the search field.

import type { DataHead, DataRun } from "../../../src/report/runs-data.ts";
import { type Loaded, loadShards, summaryOf } from "../data.ts";
import { type SearchEntry, searchEntry } from "./search-rank.ts";

export interface SearchData {
  /** Oldest first within a study. */
  readonly entries: readonly SearchEntry[];
  readonly complete: boolean;
  /** Addresses of files that did not load. */
  readonly missing: readonly string[];
}

let loaded: Map<string, Loaded | "failed"> | undefined;
let heard = (): void => {};

/** Starts once. `hear` is called whenever more is there. */
export function loadSearch(hear: () => void): void {
  heard = hear;
  if (loaded !== undefined && ![...loaded.values()].includes("failed")) return;
  loaded = new Map();
  for (const { name } of window.journal?.site?.studies ?? []) void loadStudy(name, loaded);
}

async function loadStudy(name: string, into: Map<string, Loaded | "failed">): Promise<void> {
  const keep = (found: Loaded | "failed"): void => {
    into.set(name, found);
    known = undefined;
    heard();
  };
  try {
    keep(await loadShards(name, keep));
  } catch {
    keep("failed");
  }
}

/** What the files say may have changed: they are asked again. */
export function forgetSearch(): void {
  loaded = undefined;
  known = undefined;
}

let known: SearchData | undefined;

export function searchData(): SearchData {
  known ??= gather();
  return known;
}

function gather(): SearchData {
  const studies = window.journal?.site?.studies ?? [];
  const all = studies.map(({ name }) => loaded?.get(name));
  return {
    entries: all.flatMap((found) => (found === undefined || found === "failed" ? [] : found.runs.map((run) => entryOf(run, found.head)))),
    complete: all.every((found) => found === "failed" || found?.complete === true),
    missing: all.flatMap((found, at) => (found === "failed" ? [`of ${studies[at]?.title ?? ""}`] : (found?.missing ?? []))),
  };
}

const entries = new WeakMap<DataRun, SearchEntry>();

function entryOf(run: DataRun, head: DataHead): SearchEntry {
  const made = entries.get(run) ?? searchEntry(summaryOf(run, head));
  entries.set(run, made);
  return made;
}
