// The rows as they are filtered and sorted, as a file: every run of them with everything that was loaded about it.

import { asWritten } from "../../../src/report/log-row.ts";
import { runsCsv } from "../../../src/report/runs-data-table.ts";
import type { LogTable } from "./table.ts";

export function csvOf({ entries, head }: LogTable, rows: Int32Array): string {
  const files = Array.from(rows).flatMap((row) => entries[row]?.group.files ?? []);
  const { settings } = head;
  // What must not be published is not in the data any more.
  return runsCsv({
    files,
    studies: new Map([[settings.name, settings]]),
    settings: { site: { private: true }, study: settings },
    show: asWritten,
  });
}

export function saveText(name: string, text: string): void {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
