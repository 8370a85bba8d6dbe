// The ticked runs as a file.

import { loadShards } from "../data.ts";
import { saveCsv } from "../save-csv.ts";

/** In the order in which they were ticked. False where their data did not load. */
export async function downloadCsv(ids: readonly string[]): Promise<boolean> {
  try {
    const loaded = await Promise.all((window.journal?.site?.studies ?? []).map(({ name }) => loadShards(name)));
    const byId = new Map(loaded.flatMap(({ runs }) => runs.map(({ file }) => [file.run.id, file] as const)));
    const files = ids.flatMap((id) => byId.get(id) ?? []);
    if (files.length === 0) return false;
    return await saveCsv("runs.csv", files, new Map(loaded.map(({ head }) => [head.settings.name, head.settings])));
  } catch {
    return false;
  }
}
