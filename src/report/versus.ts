// Baseline and best, metric by metric: the columns are one run each, the record beside them is whoever holds it.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import { machineKey } from "../analysis/hardware.ts";
import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import { parseQuantity } from "../record/quantity.ts";
import { arrowOf } from "./headlines.ts";
import type { Bar, DeltaView, RunRef } from "./page.ts";
import { groupRef, splitValue, type Value } from "./run-line.ts";
import type { Standing } from "./study-best.ts";
import { barOf, deltaView, halfWidth, valueText } from "./view.ts";

export interface VersusRow {
  readonly name: string;
  /** `↑` or `↓`, guessed where the journal does not declare it. */
  readonly arrow: string;
  readonly guessed: boolean;
  readonly before?: Value;
  readonly after?: Value;
  readonly delta?: DeltaView;
  readonly bar?: Bar;
  /** Why the two are not compared: `v1 ≠ v2`, `other machine`. */
  readonly apart?: string;
  readonly guard?: { readonly text: string; readonly broken: boolean };
  /** The best ever seen, where it is another run's. */
  readonly record?: { readonly value: string; readonly run: RunRef };
}

export interface Versus {
  readonly baseline: RunRef;
  readonly best: RunRef;
  readonly rows: readonly VersusRow[];
  /** Metrics that are not shown. */
  readonly left: number;
}

const most = 12;

/** Nothing where the baseline is the best, or one of the two is missing. */
export function versusOf(study: StudyAnalysis, standing: Standing | undefined): Versus | undefined {
  const { baseline } = study;
  const group = standing?.group;
  if (baseline === undefined || group === undefined || baseline === group) return undefined;
  const all = shownMetrics(study, (name) => baseline.readings.has(name) || group.readings.has(name));
  const metrics = all.slice(0, most);
  const deltas = metrics.map((metric) => deltaView(deltaBetweenGroups(baseline, group, metric, study), metric));
  const half = halfWidth(deltas);
  return {
    baseline: groupRef(baseline),
    best: groupRef(group),
    rows: metrics.map((metric, at) => rowOf(metric, { baseline, group, study, delta: deltas[at], half })),
    left: all.length - metrics.length,
  };
}

/** Primary first, then the goals', the guard rails, the declared ones, the rest. */
function shownMetrics({ metrics, primary, best, settings }: StudyAnalysis, has: (name: string) => boolean): readonly MetricView[] {
  const goals = new Set(best.map(({ goal }) => goal.metric));
  const rank = ({ name }: MetricView): number => {
    if (name === primary?.name) return 0;
    if (goals.has(name)) return 1;
    if (!Object.hasOwn(settings.metrics, name)) return 4;
    return settings.metrics[name]?.guard === undefined ? 3 : 2;
  };
  return metrics.filter(({ name }) => has(name)).sort((left, right) => rank(left) - rank(right));
}

interface Pair {
  readonly baseline: Group;
  readonly group: Group;
  readonly study: StudyAnalysis;
  readonly delta: DeltaView | undefined;
  readonly half: number;
}

function rowOf(metric: MetricView, { baseline, group, study, delta, half }: Pair): VersusRow {
  const before = valueText(baseline.readings.get(metric.name), metric);
  const after = valueText(group.readings.get(metric.name), metric);
  const bar = metric.direction === undefined ? undefined : barOf(delta, half);
  const apart = delta === undefined && before !== undefined && after !== undefined ? apartText(metric, baseline, group) : undefined;
  const guard = guardOf(metric, study, delta);
  const record = recordOf(metric, group, study);
  return {
    name: metric.label,
    arrow: arrowOf(metric.direction),
    guessed: metric.guessed,
    ...(before === undefined ? {} : { before: splitValue(before) }),
    ...(after === undefined ? {} : { after: splitValue(after) }),
    ...(delta === undefined ? {} : { delta }),
    ...(bar === undefined ? {} : { bar }),
    ...(apart === undefined ? {} : { apart }),
    ...(guard === undefined ? {} : { guard }),
    ...(record === undefined ? {} : { record }),
  };
}

function apartText({ duration }: MetricView, baseline: Group, group: Group): string | undefined {
  if (baseline.era !== group.era) return `${baseline.era || "none"} ≠ ${group.era || "none"}`;
  return duration && machineKey(baseline.first.run.hardware) !== machineKey(group.first.run.hardware) ? "other machine" : undefined;
}

/** `+10%` relative, `0.3pp` or a plain number in the metric's own measure. */
export function guardOf({ name }: MetricView, { settings }: StudyAnalysis, delta: DeltaView | undefined): VersusRow["guard"] {
  const text = Object.hasOwn(settings.metrics, name) ? settings.metrics[name]?.guard : undefined;
  const limit = text === undefined ? undefined : parseQuantity(text.replace(/^\s*[+−-]\s*/, ""));
  if (text === undefined || limit === undefined) return undefined;
  const relative = text.includes("%");
  const loss = -((relative ? delta?.share : delta?.gain) ?? 0);
  return { text: `guard ${text.trim()}`, broken: loss > Math.abs(limit.value) };
}

function recordOf(metric: MetricView, group: Group, { groups }: StudyAnalysis): VersusRow["record"] {
  if (metric.direction === undefined) return undefined;
  const machine = machineKey(group.first.run.hardware);
  let top: { readonly holder: Group; readonly reading: Reading; readonly mean: number } | undefined;
  for (const holder of groups) {
    const reading = holder.readings.get(metric.name);
    const mean = reading?.mean;
    if (reading === undefined || mean === undefined || holder.status !== "finished" || holder.era !== group.era) continue;
    if (top !== undefined && (metric.direction === "max" ? mean <= top.mean : mean >= top.mean)) continue;
    if (holder.first.run.hidden || (metric.duration && machineKey(holder.first.run.hardware) !== machine)) continue;
    top = { holder, reading, mean };
  }
  const text = top === undefined ? undefined : valueText(top.reading, metric);
  const own = group.readings.get(metric.name)?.mean;
  return top === undefined || text === undefined || top.holder === group || top.mean === own
    ? undefined
    : { value: splitValue(text).value, run: groupRef(top.holder) };
}
