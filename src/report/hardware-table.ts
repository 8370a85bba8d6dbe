// Hardware: the machine classes of the study. Times are compared within a class only.

import type { StudyAnalysis } from "../analysis/study.ts";
import { formatDuration } from "../base/time.ts";
import { cell, left, right, type Table } from "./table.ts";

export function hardwareTable(study: StudyAnalysis): Table {
  return {
    name: "hardware",
    title: "Hardware",
    columns: [
      left("class", "Class"),
      left("gpu", "GPU"),
      left("cpu", "CPU"),
      left("ram", "RAM"),
      left("software", "Software"),
      right("runs", "Runs"),
      right("time", "Median time"),
    ],
    rows: study.machines.map((machine) => [
      cell(machine.name),
      cell(machine.gpu),
      cell(machine.cpu),
      cell(machine.ram),
      cell(machine.software),
      cell(String(machine.runs), machine.runs),
      cell(machine.medianSeconds === undefined ? undefined : formatDuration(machine.medianSeconds), machine.medianSeconds),
    ]),
    notes: study.machines.length > 1 ? ["Times are compared within a class only."] : [],
    empty: "No run says which machine it ran on.",
  };
}
