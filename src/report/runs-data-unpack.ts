// Data shards → runs, as views of their rows.

import { readingsOf } from "../analysis/groups.ts";
import type { Metrics } from "../analysis/metrics.ts";
import type { MetricView, ParameterChange } from "../analysis/study.ts";
import { once } from "../base/once.ts";
import type { Metric, Reading, RunFile } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";
import type { DataHead, DataRun, Shard } from "./runs-data.ts";
import { type PackedChange, type PackedDelta, unpackChange, unpackDelta, unpackParameter, unpackReading } from "./runs-data-cell.ts";
import { eachValue, type Packed, valueAt } from "./runs-data-column.ts";
import { type Config, fileView, makeViews, type ShardView } from "./runs-data-row.ts";

export function unpackShard(shard: Shard, head: DataHead): readonly DataRun[] {
  const view = viewShard(shard, head.settings.name);
  const run = viewRun(shard, head, dataMetrics(head));
  return Array.from({ length: shard.rows }, (_, row) => run(view, row));
}

/** As the analysis views them, from the head. */
export function dataMetrics({ metrics: views, primary, settings }: DataHead): Metrics {
  const byName = new Map<string, MetricView>(views.map((view) => [view.name, view]));
  for (const metric of Object.values(settings.metrics)) {
    const view = byName.get(metric.name);
    if (view !== undefined) for (const alias of metric.from) if (!byName.has(alias)) byName.set(alias, view);
  }
  const found = primary === undefined ? undefined : byName.get(primary);
  return { views, byName, primaryGuessed: false, slips: new Set(), ...(found === undefined ? {} : { primary: found }) };
}

/** Of one shard. Nobody asks for the parameters of a few rows alone: they are read whole, column by column. */
function viewShard(shard: Shard, study: string): ShardView {
  const configs = once(() => configsOf(shard));
  const measured = measuredIn(shard);
  const metrics: (readonly Metric[] | undefined)[] = Array.from({ length: shard.rows });
  return {
    study,
    get: (name, row) => valueAt(shard.columns[name], row),
    config: (row) => configs()[row] ?? { config: {}, configText: {} },
    metrics: (row) => {
      metrics[row] ??= measured(row);
      return metrics[row] ?? [];
    },
  };
}

function viewRun({ columns, usual, from }: Shard, { settings }: DataHead, words: Metrics): (view: ShardView, row: number) => DataRun {
  const { primary } = words;
  const known: ReadonlyMap<string, Reading>[] = [];
  const files: RunFile[] = [];
  const fileAt = (view: ShardView, row: number): RunFile => {
    files[row] ??= fileView(view, row);
    return files[row];
  };
  const groupAt = (row: number): number => Number(valueAt(columns["group"], row) ?? from + row);
  const readingsAt = (view: ShardView, row: number): ReadonlyMap<string, Reading> => {
    known[row] ??= pooledAt(columns["pooled"], row, usual) ?? readingsOf(fileAt(view, row), words, settings);
    return known[row];
  };
  return makeViews<DataRun>({
    file: fileAt,
    group: (_, row) => groupAt(row),
    readings: readingsAt,
    changes: (_, row) => changesAt(columns["changes"], row),
    unrecorded: (_, row) => changesAt(columns["unrecorded"], row),
    code: (_, row) => {
      const code = valueAt(columns["code"], row);
      return code === undefined ? undefined : code === 0 ? "same" : code === 1 ? "program" : "changed";
    },
    delta: (view, row) => {
      const packed = valueAt(columns["delta"], row) as PackedDelta | undefined;
      if (packed === undefined || primary === undefined) return undefined;
      const own = groupAt(row) === from + row ? readingsAt(view, row).get(primary.name) : undefined;
      return unpackDelta(packed, own, primary.direction);
    },
  });
}

function pooledAt(packed: Packed | undefined, row: number, usual: Shard["usual"]): ReadonlyMap<string, Reading> | undefined {
  const value = valueAt(packed, row);
  if (value === undefined) return undefined;
  return new Map(Object.entries(value as Record<string, Json>).map(([name, reading]) => [name, unpackReading(reading, usual[name])]));
}

const none: readonly ParameterChange[] = [];

function changesAt(packed: Packed | undefined, row: number): readonly ParameterChange[] {
  const value = valueAt(packed, row);
  return value === undefined ? none : (value as readonly unknown[] as readonly PackedChange[]).map(unpackChange);
}

/** The parameters of all rows at once: columns are read one after the other. */
function configsOf({ columns, rows }: Shard): readonly Config[] {
  const made = Array.from({ length: rows }, () => ({ config: {} as Record<string, Json>, configText: {} as Record<string, string> }));
  for (const [column, packed] of Object.entries(columns)) {
    if (!column.startsWith("config.")) continue;
    const name = column.slice("config.".length);
    eachValue(packed, rows, (row, value) => {
      const into = made[row];
      const read = unpackParameter(value);
      if (into === undefined) return;
      put(into.config, name, read.value);
      if (read.text !== undefined) put(into.configText, name, read.text);
    });
  }
  return made;
}

/** A parameter may be called anything, `__proto__` too. */
function put<T>(into: Record<string, T>, name: string, value: T): void {
  if (name === "__proto__") Object.defineProperty(into, name, { value, enumerable: true });
  else into[name] = value;
}

/** What a row measured. */
function measuredIn({ columns, usual }: Shard): (row: number) => readonly Metric[] {
  const named = Object.entries(columns).flatMap(([column, packed]) =>
    column.startsWith("metric.") ? [[column.slice(7), packed] as const] : [],
  );
  return (row) =>
    named.flatMap(([name, packed]) => {
      const value = valueAt(packed, row);
      return value === undefined ? [] : [{ name, after: unpackReading(value, usual[name]) }];
    });
}
