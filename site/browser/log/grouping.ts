// Rows under the values of one column: what they have in common, and what makes their mean a mix.

import type { MetricView } from "../../../src/analysis/study.ts";
import { compareText } from "../../../src/query/compare.ts";
import { readingOf } from "../../../src/record/reading.ts";
import { parameterText } from "../../../src/report/log-row.ts";
import type { Glyph } from "../../../src/report/page.ts";
import { valueText } from "../../../src/report/view.ts";
import { glyphOf } from "../../../src/report/words.ts";
import type { Values } from "./columns.ts";
import type { LogTable } from "./table.ts";

export interface RowGroup {
  /** The value; "" for rows without one. */
  readonly key: string;
  readonly rows: readonly number[];
}

/** Numbers in order, then words, then what has no value. */
export function groupRows(rows: Int32Array, { texts, numbers }: Values): readonly RowGroup[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = texts[row] ?? "";
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  const number = (members: readonly number[]): number => numbers[members[0] ?? -1] ?? Number.NaN;
  const sorted = [...groups].sort(([left, ours], [right, theirs]) => {
    if (left === "" || right === "") return Number(left === "") - Number(right === "");
    const [one, other] = [number(ours), number(theirs)];
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || compareText(left, right);
    return one - other || compareText(left, right);
  });
  return sorted.map(([key, members]) => ({ key, rows: members }));
}

export interface GroupFacts {
  readonly counts: readonly { readonly glyph: Glyph; readonly count: number }[];
  /** `87.2% ± 0.3, n = 12`: over configurations, each counted once. */
  readonly mean?: string;
  readonly best?: { readonly text: string; readonly row: number };
  /** Parameters that differ among the rows behind the mean. */
  readonly mixed: readonly string[];
}

const mostParameters = 40;

/** `by`: the parameter that the rows are grouped by. */
export function groupFacts(table: LogTable, { rows }: RowGroup, by: string): GroupFacts {
  const metric = table.head.metrics.find(({ name }) => name === table.head.primary);
  const counts = new Map<string, { readonly glyph: Glyph; count: number }>();
  for (const row of rows) {
    const group = table.entries[row]?.group;
    if (group === undefined) continue;
    const glyph = glyphOf(group);
    const known = counts.get(glyph.word) ?? { glyph, count: 0 };
    counts.set(glyph.word, { ...known, count: known.count + 1 });
  }
  return { counts: [...counts.values()], ...(metric === undefined ? { mixed: [] } : measuredFacts(table, rows, metric, by)) };
}

function measuredFacts(
  table: LogTable,
  rows: readonly number[],
  metric: MetricView,
  by: string,
): Pick<GroupFacts, "mean" | "best" | "mixed"> {
  const measured = rows.flatMap((row) => {
    const mean = table.entries[row]?.group.readings.get(metric.name)?.mean;
    return mean === undefined ? [] : [{ row, mean }];
  });
  const mean = valueText(
    measured.length === 0
      ? undefined
      : readingOf(
          measured.map((one) => one.mean),
          metric.unit,
        ),
    metric,
  );
  const sign = metric.direction === "min" ? -1 : 1;
  const best = measured.reduce<(typeof measured)[number] | undefined>(
    (most, one) => (most === undefined || (one.mean - most.mean) * sign > 0 ? one : most),
    undefined,
  );
  const reading = best === undefined ? undefined : table.entries[best.row]?.group.readings.get(metric.name);
  const text = metric.direction === undefined ? undefined : valueText(reading, metric);
  return {
    ...(mean === undefined ? {} : { mean }),
    ...(best === undefined || text === undefined ? {} : { best: { text, row: best.row } }),
    mixed: mixedIn(
      table,
      measured.map(({ row }) => row),
      by,
    ),
  };
}

function mixedIn({ entries, setting }: LogTable, rows: readonly number[], by: string): readonly string[] {
  const [first, ...rest] = rows.map((row) => entries[row]?.group.first);
  if (first === undefined || rest.length === 0) return [];
  return setting.parameters
    .slice(0, mostParameters)
    .filter((name) => name !== by && rest.some((file) => file !== undefined && parameterText(file, name) !== parameterText(first, name)));
}
