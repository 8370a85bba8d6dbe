// Machine classes: which machines the runs of each study ran on, and how long they took there.

import type { Machine, StudyAnalysis } from "../analysis/study.ts";
import { durationUnit, formatQuantity } from "../record/format.ts";
import { unitScale } from "../record/quantity.ts";
import { countText, plural } from "./counts.ts";
import type { PageFrame } from "./page.ts";
import { type PagePart, type Pager, pageAddress, pagerOf, paginate } from "./paging.ts";

export interface MachineRow {
  readonly name: string;
  readonly gpu?: string;
  readonly cpu?: string;
  readonly ram?: string;
  readonly software?: string;
  readonly runs: string;
  readonly time?: string;
}

export interface HardwareSection {
  readonly key: string;
  readonly title: string;
  readonly machines: readonly MachineRow[];
  readonly notes: readonly string[];
}

export interface HardwarePage {
  readonly frame: PageFrame;
  readonly several: boolean;
  readonly sections: readonly HardwareSection[];
  readonly pager?: Pager;
}

export interface HardwareStudy {
  readonly study: StudyAnalysis;
  readonly title: string;
}

export function hardwareParts(studies: readonly HardwareStudy[]): readonly PagePart<MachineRow>[] {
  return paginate(studies.map(({ study, title }) => ({ key: study.settings.name, title, rows: rowsOf(study.machines) })));
}

export function hardwarePage(
  studies: readonly HardwareStudy[],
  pages: readonly PagePart<MachineRow>[],
  number: number,
  frame: PageFrame,
): HardwarePage {
  const byName = new Map(studies.map(({ study }) => [study.settings.name, study]));
  const pager = pagerOf(number, pages.length, (page) => pageAddress("hardware", page));
  return {
    frame,
    several: studies.length > 1,
    sections: (pages[number - 1]?.parts ?? []).map(({ key, title, rows }) => ({
      key,
      title,
      machines: rows,
      notes: notesOf(byName.get(key)),
    })),
    ...(pager === undefined ? {} : { pager }),
  };
}

/** One unit for the column, so that its digits compare. */
function rowsOf(machines: readonly Machine[]): readonly MachineRow[] {
  const unit = durationUnit(machines.flatMap(({ medianSeconds }) => medianSeconds ?? []));
  return machines.map(({ name, gpu, cpu, ram, software, runs, medianSeconds }) => ({
    name,
    ...(gpu === undefined ? {} : { gpu }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(ram === undefined ? {} : { ram }),
    ...(software === undefined ? {} : { software }),
    runs: countText(runs),
    ...(medianSeconds === undefined ? {} : { time: timeText(medianSeconds, unit) }),
  }));
}

/** Three digits, but no half seconds of hours. */
function timeText(seconds: number, unit: string): string {
  const { times, over } = unitScale(unit) ?? { times: 1, over: 1 };
  const shown = (seconds * over) / times;
  const decimals = shown >= 100 ? 0 : shown >= 10 ? 1 : 2;
  return formatQuantity(seconds, unit, { decimals, screen: true });
}

function notesOf(study: StudyAnalysis | undefined): readonly string[] {
  if (study === undefined) return [];
  const all = study.files.filter(({ run }) => !run.hidden).length;
  const known = study.machines.reduce((sum, { runs }) => sum + runs, 0);
  const silent = Math.max(all - known, 0);
  return [
    ...(study.machines.length > 1 ? ["Times are compared within a class only."] : []),
    ...(silent > 0 && known > 0 ? [`${plural(silent, "run does", "runs do")} not say which machine they ran on.`] : []),
  ];
}
