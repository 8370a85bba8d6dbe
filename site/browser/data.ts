// The runs of a study, loaded from its data files.

import type { DataHead, DataRun } from "../../src/report/runs-data.ts";

export interface Loaded {
  readonly head: DataHead;
  /** Oldest first; without those whose file is still under way or missing. */
  readonly runs: readonly DataRun[];
  /** Addresses of files that did not load. */
  readonly missing: readonly string[];
  readonly complete: boolean;
}

/** Newest first: `onProgress` is called whenever more is there. Fails where not even the newest file loads. */
export function loadShards(study: string, onProgress?: (loaded: Loaded) => void): Promise<Loaded> {
  return Promise.reject(new Error(`${study}${onProgress}`));
}
