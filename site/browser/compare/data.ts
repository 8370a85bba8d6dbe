// The runs to compare, from the data files that hold them; each file is loaded once.

import { bucketAddress, bucketOf, type CompareRun, type CompareStudy } from "../../../src/report/compare-data.ts";
import { loadScript } from "../script.ts";

type Found = Readonly<Record<string, CompareRun>>;
function store(): Record<string, unknown> {
  window.journal ??= {};
  return window.journal as Record<string, unknown>;
}

/** In the order asked for; ids that no run has are left out. Fails where a file does not load. */
export async function loadRuns(ids: readonly string[]): Promise<readonly CompareRun[]> {
  const numbers = [...new Set(ids.map(bucketOf))];
  await Promise.all(numbers.map((bucket) => load(`compare${bucket}`, bucketAddress(bucket))));
  return ids.flatMap((id) => {
    const runs = store()[`compare${bucketOf(id)}`] as Found | undefined;
    const run = runs !== undefined && Object.hasOwn(runs, id) ? runs[id] : undefined;
    return run === undefined ? [] : [run];
  });
}

export async function loadStudies(): Promise<readonly CompareStudy[]> {
  await load("compareStudies", "data/compare/studies.js");
  return (store()["compareStudies"] as readonly CompareStudy[] | undefined) ?? [];
}

async function load(name: string, address: string): Promise<void> {
  if (store()[name] === undefined) await loadScript(address);
}
