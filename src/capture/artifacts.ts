// The files that a run made and names, by size and hash; they stay where they are.

import { resolve } from "node:path";
import type { Artifact } from "../record/experiment.ts";
import { HashCache } from "./hash-cache.ts";
import { readManifest } from "./manifest.ts";

export interface ArtifactFacts {
  readonly artifacts: readonly Artifact[];
  /** Why one has no hash, a sentence each. */
  readonly missing: readonly string[];
}

const mostBytes = 50e9;

/** `folder` is where the paths start. */
export async function readArtifacts(
  folder: string,
  declared: readonly Pick<Artifact, "path" | "role">[],
  limit: number = mostBytes,
): Promise<ArtifactFacts> {
  const cache = new HashCache();
  const artifacts: Artifact[] = [];
  const missing: string[] = [];
  for (const one of declared) {
    const found = await readManifest(resolve(folder, one.path), cache, limit);
    if ("missing" in found) missing.push(`artifact \`${one.path}\`: ${found.missing}`);
    artifacts.push("missing" in found ? one : { ...one, bytes: found.bytes, sha256: found.sha256 });
  }
  return { artifacts, missing };
}
