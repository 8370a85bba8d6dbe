// One metric over the values of one or two parameters: what a sweep comes to.

import { machineKey } from "../analysis/hardware.ts";
import { pool } from "../analysis/pool.ts";
import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { isIgnored, recordedValue } from "../analysis/table.ts";
import type { Reading } from "../record/experiment.ts";
import { sameValue } from "../record/value.ts";

export interface PivotCell {
  /** Pooled over all configurations with these values. */
  readonly reading: Reading;
  readonly runs: readonly string[];
}

export interface Pivot {
  readonly rows: readonly string[];
  /** One without a name where there is a single parameter. */
  readonly columns: readonly string[];
  /** By row, then by column. */
  readonly cells: readonly (readonly (PivotCell | undefined)[])[];
  /** Place of the best mean. */
  readonly best?: { readonly row: number; readonly column: number };
  /** Parameters that vary beside these, so that a cell may hold more than one thing. */
  readonly others: readonly string[];
  /** Configurations left out: other machines, for a time. */
  readonly elsewhere: number;
}

/** Finished configurations of the current protocol that recorded the parameters. */
export function pivotOf(groups: readonly Group[], names: readonly string[], metric: MetricView, study: StudyAnalysis): Pivot {
  const measured = groups.filter(
    (group) =>
      group.status === "finished" &&
      group.era === study.era &&
      group.readings.get(metric.name)?.mean !== undefined &&
      names.every((name) => recordedValue(group.first, name) !== undefined),
  );
  const machine = metric.duration ? mostUsed(measured) : undefined;
  const here = measured.filter(({ first }) => machine === undefined || machineKey(first.run.hardware) === machine);
  const [down = "", across] = names;
  const rows = valuesOf(down, here);
  const columns = across === undefined ? [""] : valuesOf(across, here);
  const text = (name: string, group: Group): string => recordedValue(group.first, name)?.text ?? "";
  const cells = rows.map((row) =>
    columns.map((column) =>
      cellOf(
        here.filter((group) => text(down, group) === row && (across === undefined || text(across, group) === column)),
        metric,
      ),
    ),
  );
  const best = bestOf(cells, metric);
  return {
    rows,
    columns,
    cells,
    others: varying(here, names, study),
    elsewhere: measured.length - here.length,
    ...(best === undefined ? {} : { best }),
  };
}

function mostUsed(groups: readonly Group[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { first } of groups) counts.set(machineKey(first.run.hardware), (counts.get(machineKey(first.run.hardware)) ?? 0) + 1);
  return [...counts].reduce<readonly [string, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  )?.[0];
}

/** Numbers in order, words by first use. */
function valuesOf(name: string, groups: readonly Group[]): readonly string[] {
  const values = new Map<string, unknown>();
  for (const { first } of groups) {
    const recorded = recordedValue(first, name);
    if (recorded !== undefined && !values.has(recorded.text)) values.set(recorded.text, recorded.value);
  }
  const list = [...values];
  if (list.every(([, value]) => typeof value === "number")) list.sort((a, b) => Number(a[1]) - Number(b[1]));
  return list.map(([text]) => text);
}

function cellOf(groups: readonly Group[], { name }: MetricView): PivotCell | undefined {
  const reading = pool(groups.flatMap(({ readings }) => readings.get(name) ?? []));
  return reading?.mean === undefined ? undefined : { reading, runs: groups.flatMap(({ files }) => files.map(({ run }) => run.id)) };
}

function bestOf(cells: Pivot["cells"], { direction }: MetricView): Pivot["best"] {
  if (direction === undefined) return undefined;
  let best: { row: number; column: number; value: number } | undefined;
  for (const [row, line] of cells.entries())
    for (const [column, cell] of line.entries()) {
      const value = cell?.reading.mean;
      if (value === undefined || (best !== undefined && (direction === "max" ? value <= best.value : value >= best.value))) continue;
      best = { row, column, value };
    }
  return best === undefined ? undefined : { row: best.row, column: best.column };
}

function varying(groups: readonly Group[], names: readonly string[], study: StudyAnalysis): readonly string[] {
  const [first, ...rest] = groups;
  if (first === undefined) return [];
  return Object.keys(first.first.run.config).filter((name) => {
    const own = recordedValue(first.first, name);
    if (names.includes(name) || own === undefined || isIgnored(name, study.settings)) return false;
    return rest.some(({ first: other }) => {
      const value = recordedValue(other, name);
      return value !== undefined && !sameValue(value.value, own.value);
    });
  });
}
