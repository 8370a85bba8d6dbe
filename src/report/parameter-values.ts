// What the runs of a study made of one parameter: who used which value, and how each value came out.

import { mean, sd } from "../analysis/statistics.ts";
import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue, type Value } from "../analysis/table.ts";
import { inUnit, type Range, valueRange } from "./chart-parts.ts";
import { coreOf } from "./result-range.ts";
import { keys } from "./value-axis.ts";

/** A configuration that was started and recorded the parameter. */
export interface ParameterUse {
  readonly group: Group;
  readonly value: Value;
  /** Canonical; absent where it failed, or measured nothing that counts now. */
  readonly result?: number;
}

/** The primary metric of what counts now, and the axis it is shown on: the same on the pages of all parameters. */
export interface Results {
  /** Canonical. */
  readonly values: ReadonlyMap<Group, number>;
  /** In the unit shown. */
  readonly range: Range;
}

export function resultsOf({ groups, primary, era, noise }: Pick<StudyAnalysis, "groups" | "primary" | "era" | "noise">): Results {
  const values = new Map<Group, number>();
  for (const group of groups) {
    const counts = group.status === "finished" && group.era === era && !group.first.run.hidden && primary !== undefined;
    const mean = counts ? group.readings.get(primary.name)?.mean : undefined;
    if (mean !== undefined) values.set(group, mean);
  }
  const shown = [...values.values()].map((value) => inUnit(value, primary?.unit));
  const { values: core, log } = coreOf(shown, primary?.duration ? 20 : 100);
  const sd = primary === undefined ? undefined : noise.get(primary.name)?.sd;
  return {
    values,
    range: valueRange(core, {
      log,
      most: primary?.unit === "%" ? 100 : undefined,
      sd: sd === undefined ? undefined : inUnit(sd, primary?.unit),
    }),
  };
}

export function usesOf({ groups }: Pick<StudyAnalysis, "groups">, name: string, { values }: Results): readonly ParameterUse[] {
  return groups.flatMap((group): readonly ParameterUse[] => {
    if (group.status === "planned" || group.first.run.hidden) return [];
    const value = recordedValue(group.first, name);
    if (value === undefined) return [];
    const result = values.get(group);
    return [result === undefined ? { group, value } : { group, value, result }];
  });
}

export interface ValueRow {
  /** `64`, or of many numbers `1e-4 to 3e-4`. */
  readonly text: string;
  readonly n: number;
  readonly failed: number;
  readonly measured: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly best?: Group;
}

const mostRows = 24;
const bins = 10;

/** A row per value, numbers in order, words by first use; of more than 24 numbers tenths, of more words the most used. */
export function valueRows(
  uses: readonly ParameterUse[],
  metric: MetricView | undefined,
): { readonly rows: readonly ValueRow[]; readonly untold: number } {
  const byValue = new Map<string, ParameterUse[]>();
  const keyOf = keys();
  for (const use of uses) {
    const key = keyOf(use.value);
    const known = byValue.get(key);
    if (known === undefined) byValue.set(key, [use]);
    else known.push(use);
  }
  const all = [...byValue.values()];
  const numeric = all.every(([first]) => typeof first?.value.value === "number");
  if (numeric) all.sort((left, right) => numberOf(left[0]) - numberOf(right[0]));
  if (all.length <= mostRows) return { rows: all.map((own) => rowOf(own, own[0]?.value.text ?? "", metric)), untold: 0 };
  if (numeric) return { rows: tenths(all.flat(), metric), untold: 0 };
  const used = new Set([...all].sort((left, right) => right.length - left.length).slice(0, mostRows));
  return {
    rows: all.filter((own) => used.has(own)).map((own) => rowOf(own, own[0]?.value.text ?? "", metric)),
    untold: all.length - mostRows,
  };
}

const numberOf = (use: ParameterUse | undefined): number => (typeof use?.value.value === "number" ? use.value.value : 0);

/** In order of the value; equal values stay together. */
function tenths(uses: readonly ParameterUse[], metric: MetricView | undefined): readonly ValueRow[] {
  const parts: ParameterUse[][] = [];
  for (const [at, use] of uses.entries()) {
    const part = parts.at(-1);
    const full = part === undefined || (at >= (parts.length * uses.length) / bins && numberOf(part.at(-1)) !== numberOf(use));
    if (full) parts.push([use]);
    else part.push(use);
  }
  return parts.map((part) => {
    const [low = "", high = ""] = [part[0]?.value.text, part.at(-1)?.value.text];
    return rowOf(part, low === high ? low : `${low} to ${high}`, metric);
  });
}

function rowOf(uses: readonly ParameterUse[], text: string, metric: MetricView | undefined): ValueRow {
  const results = uses.flatMap(({ result }) => result ?? []);
  const average = mean(results);
  const spread = sd(results);
  const best = metric?.direction === undefined ? undefined : bestOf(uses, metric.direction === "max" ? 1 : -1);
  return {
    text,
    n: uses.length,
    failed: uses.filter(({ group: { status } }) => status === "failed" || status === "lost").length,
    measured: results.length,
    ...(average === undefined ? {} : { mean: average }),
    ...(spread === undefined ? {} : { sd: spread }),
    ...(best === undefined ? {} : { best }),
  };
}

function bestOf(uses: readonly ParameterUse[], sign: number): Group | undefined {
  let best: ParameterUse | undefined;
  for (const use of uses)
    if (use.result !== undefined && (best?.result === undefined || use.result * sign > best.result * sign)) best = use;
  return best?.group;
}
