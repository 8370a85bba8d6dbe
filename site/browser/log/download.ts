// The rows as they are filtered and sorted, as a file: every run of them with everything that was loaded about it.

import { saveCsv } from "../save-csv.ts";
import type { LogTable } from "./table.ts";

export function saveRows({ entries, head: { settings } }: LogTable, rows: Int32Array): void {
  const files = Array.from(rows).flatMap((row) => entries[row]?.group.files ?? []);
  void saveCsv(`${settings.name || "log"}.csv`, files, new Map([[settings.name, settings]]));
}
