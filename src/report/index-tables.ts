// All tables of the log template, in the order in which a study's README shows them.

import type { StudyAnalysis } from "../analysis/study.ts";
import { bestTable } from "./best-table.ts";
import { comparisonTable } from "./comparison-table.ts";
import { hardwareTable } from "./hardware-table.ts";
import { impactTable } from "./impact-table.ts";
import { logTable } from "./log-table.ts";
import { quickTable } from "./quick-table.ts";
import type { Table } from "./table.ts";

export function indexTables(study: StudyAnalysis): readonly Table[] {
  return [logTable, quickTable, impactTable, bestTable, comparisonTable, hardwareTable].map((make) => make(study));
}
