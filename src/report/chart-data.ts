// The named data that charts of one's own can draw: `runs`, a row per configuration, and `metrics`, a row per measured value.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import type { Json } from "../record/tree.ts";
import { glyphOf, newestFirst } from "./words.ts";

export type DataRow = { readonly [name: string]: Json };

export const dataNames = ["runs", "metrics"] as const;
export type DataName = (typeof dataNames)[number];

export const isDataName = (name: string): name is DataName => (dataNames as readonly string[]).includes(name);

/** Oldest first. Values in canonical units: fractions for percentages, seconds for times. */
export function chartData(name: DataName, studies: readonly StudyAnalysis[]): readonly DataRow[] {
  const rows = name === "runs" ? runRow : metricRows;
  return studies.flatMap((study) =>
    newestFirst(study)
      .toReversed()
      .flatMap((group, index) => rows(group, study, index + 1)),
  );
}

function runRow(group: Group, study: StudyAnalysis, order: number): readonly DataRow[] {
  const { run } = group.first;
  const row = Object.create(null) as { [name: string]: Json };
  const metric = Object.create(null) as { [name: string]: Json };
  for (const { name } of study.metrics) put(metric, name, group.readings.get(name)?.mean ?? null);
  const config = Object.create(null) as { [name: string]: Json };
  for (const [name, value] of Object.entries(run.config)) put(config, name, simple(value));
  // The first of a name stays: a field, else a parameter, else a metric.
  Object.assign(row, factsOf(group, study, order), { config, metric });
  for (const [name, value] of Object.entries(run.config)) put(row, name, simple(value));
  for (const { name } of study.metrics) put(row, name, group.readings.get(name)?.mean ?? null);
  return [row];
}

function metricRows(group: Group, study: StudyAnalysis, order: number): readonly DataRow[] {
  const facts = factsOf(group, study, order);
  return study.metrics.flatMap((metric) => {
    const reading = group.readings.get(metric.name);
    if (reading?.mean === undefined) return [];
    const { mean, sd = null, n } = reading;
    const shared = { ...facts, metric: metric.name, label: metric.label, unit: metric.unit ?? null, mean, sd, n };
    const values = reading.values.length === 0 ? [mean] : reading.values;
    return values.map((value, index) => ({ ...shared, value, repeat: index + 1 }));
  });
}

function factsOf(group: Group, { settings }: StudyAnalysis, order: number): DataRow {
  const { run } = group.first;
  return {
    id: run.id,
    title: run.title,
    date: localTime(run.date),
    study: settings.name === "" ? "main" : settings.name,
    decision: glyphOf(group).word,
    status: group.status,
    protocol: group.era === "" ? null : group.era,
    experimenter: run.experimenter ?? null,
    tags: run.tags.join(", "),
    base: run.base[0] ?? null,
    n: group.files.length,
    order,
  };
}

/** As the clock on the author's wall said, whatever the zone of the machine that draws. */
function localTime(date: string | undefined): string | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?/.exec(date ?? "") ?? [];
  return day === undefined ? null : `${day}T${time ?? "00:00"}`;
}

/** Lists as text, so that they can be a category. */
const simple = (value: Json): Json => (value !== null && typeof value === "object" ? JSON.stringify(value) : value);

/** `optimizer.lr` of a chart means a field inside a field. */
function put(row: { [name: string]: Json }, name: string, value: Json): void {
  const parts = name.split(".");
  let at = row;
  for (const part of parts.slice(0, -1)) {
    const inner = at[part];
    if (inner !== undefined && (inner === null || typeof inner !== "object" || Array.isArray(inner))) return;
    const next = (inner ?? Object.create(null)) as { [name: string]: Json };
    at[part] = next;
    at = next;
  }
  const last = parts.at(-1) ?? "";
  if (at[last] === undefined) at[last] = value;
}
