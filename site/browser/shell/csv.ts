// The ticked runs as a file, with everything that was published about them.

import { asWritten } from "../../../src/report/log-row.ts";
import { runsCsv } from "../../../src/report/runs-data-table.ts";
import { loadShards } from "../data.ts";

/** In the order in which they were ticked. False where their data did not load. */
export async function downloadCsv(ids: readonly string[]): Promise<boolean> {
  try {
    const loaded = await Promise.all((window.journal?.site?.studies ?? []).map(({ name }) => loadShards(name)));
    const byId = new Map(loaded.flatMap(({ runs }) => runs.map(({ file }) => [file.run.id, file] as const)));
    const files = ids.flatMap((id) => byId.get(id) ?? []);
    const [first] = loaded;
    if (first === undefined || files.length === 0) return false;
    const studies = new Map(loaded.map(({ head }) => [head.settings.name, head.settings]));
    // What must not be published is not in the data any more.
    const text = runsCsv({ files, studies, settings: { site: { private: true }, study: first.head.settings }, show: asWritten });
    save("runs.csv", text);
    return true;
  } catch {
    return false;
  }
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
