// The data that the settings declare, each as the hash of what it holds.

import { resolve } from "node:path";
import type { DataItem } from "../record/experiment.ts";
import type { Settings } from "../record/settings.ts";
import { HashCache } from "./hash-cache.ts";
import { readManifest } from "./manifest.ts";

export interface DataFacts {
  /** Without `sha256` where the data could not be read. */
  readonly data: readonly DataItem[];
  /** Why, a sentence each. */
  readonly missing: readonly string[];
}

/** Reading more than this takes longer than most trainings should wait. */
const mostBytes = 50e9;

export async function readData(root: string, settings: Pick<Settings, "data">, limit: number = mostBytes): Promise<DataFacts> {
  const cache = new HashCache(root);
  const data: DataItem[] = [];
  const missing: string[] = [];
  for (const [name, { path, role }] of Object.entries(settings.data)) {
    const declared = { name, ...(path === undefined ? {} : { path }), ...(role === undefined ? {} : { role }) };
    const found = path === undefined ? { missing: "no path" } : await readManifest(resolve(root, path), cache, limit);
    if ("missing" in found) missing.push(`data \`${name}\`: ${found.missing}`);
    data.push("missing" in found ? declared : { ...declared, sha256: found.sha256 });
  }
  cache.save();
  return { data, missing };
}
