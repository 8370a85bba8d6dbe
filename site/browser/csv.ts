// Runs as a CSV file; loaded when somebody first asks for one.

import { asWritten } from "../../src/report/log-row.ts";
import { openTable, runsCsv } from "../../src/report/runs-data-table.ts";

window.journal ??= {};
window.journal.csv = (files, studies) => {
  const [study] = studies.values();
  if (study === undefined) return "";
  // What must not be published is not in the data any more.
  return runsCsv(openTable({ files, studies, settings: { site: { private: true }, study }, show: asWritten }));
};
