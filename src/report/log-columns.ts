// Which columns the log of a study shows unless somebody asks for others, and how long its change bars are.

import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { fieldNamed } from "../query/fields.ts";
import type { RunFile } from "../record/experiment.ts";
import { durationUnit } from "../record/format.ts";
import type { StudySettings } from "../record/settings.ts";
import type { LogEntry } from "./log-data.ts";
import type { ColumnWidth, LogColumn } from "./log-row.ts";

export interface LogFacts {
  /** Metrics of the goals, the primary one and the time apart. */
  readonly others: readonly string[];
  /** The metric that tells how long a run took; `run.seconds` where only the program measured it. */
  readonly time?: string;
  /** Parameters that vary, by their impact. */
  readonly parameters: readonly string[];
  /** Half-width of the change bars, as a share of the value before. */
  readonly half: number;
}

const mostOthers = 2;

export function logFacts(study: StudyAnalysis): LogFacts {
  const time = timeOf(study);
  return {
    others: othersOf(study, time),
    ...(time === undefined ? {} : { time }),
    parameters: parametersOf(study),
    half: halfOf(study),
  };
}

function timeOf({ metrics, files }: StudyAnalysis): string | undefined {
  const metric = metrics.find(({ duration }) => duration)?.name;
  return metric ?? (files.some(({ run }) => run.run?.seconds !== undefined) ? "run.seconds" : undefined);
}

function othersOf({ best, metrics, primary }: StudyAnalysis, time: string | undefined): readonly string[] {
  const wanted = new Set(best.map(({ goal }) => goal.metric));
  return metrics
    .filter(({ name }) => wanted.has(name) && name !== primary?.name && name !== time)
    .map(({ name }: MetricView) => name)
    .slice(0, mostOthers);
}

/** Training data is a parameter for the analysis, but no column. */
function parametersOf({ impact, files }: StudyAnalysis): readonly string[] {
  return impact
    .filter(({ tested }) => tested.length > 1)
    .map(({ parameter }) => parameter)
    .filter((name) => !name.startsWith("data.") || files.some(({ run }) => Object.hasOwn(run.config, name)));
}

/** The 95th percentile of the changes: one outlier must not flatten all others. Two digits, so that a new run seldom moves it. */
function halfOf({ groups, runs, primary }: StudyAnalysis): number {
  if (primary === undefined) return 0;
  const shares = groups
    .map(({ first }) => runs.get(first.run.id)?.deltas.get(primary.name)?.relative)
    .flatMap((share) => (share === undefined || share === 0 ? [] : [Math.abs(share)]))
    .sort((left, right) => left - right);
  const at = shares[Math.min(shares.length - 1, Math.ceil(shares.length * 0.95) - 1)];
  return at === undefined ? 0 : roundUp(at);
}

function roundUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(Number((value / step).toPrecision(6))) * step).toPrecision(2));
}

/** What the columns of a study are made from, at build and in the browser. */
export interface LogSetting extends LogFacts {
  readonly metrics: readonly MetricView[];
  readonly primary?: string;
  readonly settings: StudySettings;
  readonly entries: readonly LogEntry[];
}

/** With the run itself. */
const mostColumns = 12;

/** The columns after the run. */
export function usualColumns(setting: LogSetting): readonly LogColumn[] {
  const { primary, others, time, parameters } = setting;
  const view = setting.metrics.find(({ name }) => name === primary);
  const first = [changesColumn, ...(view === undefined ? [] : [metricColumn(view, setting), deltaColumn(view, setting)])];
  const metrics = setting.metrics.filter(({ name }) => others.includes(name)).map((metric) => metricColumn(metric, setting));
  const last = [...(time === undefined ? [] : [timeColumn(time, setting)]), noteColumn];
  const room = mostColumns - 1 - first.length - metrics.length - last.length;
  return [...first, ...metrics, ...parameters.slice(0, room).map((name) => parameterColumn(name, setting)), ...last];
}

export const changesColumn: LogColumn = {
  name: "changes",
  label: "Changed",
  title: "What differs from the run it is based on",
  align: "left",
  width: "changes",
  content: { kind: "changes" },
};

export const noteColumn: LogColumn = {
  name: "note",
  label: "Note",
  title: "Why it was decided, else the first observation",
  align: "left",
  width: "note",
  content: { kind: "note" },
};

export function metricColumn(metric: MetricView, { primary, parameters, time }: LogSetting): LogColumn {
  const { name, label, direction, guessed } = metric;
  const arrow = direction === undefined ? "" : direction === "max" ? "\u00a0↑" : "\u00a0↓";
  const better = direction === undefined ? "" : `, ${direction === "max" ? "higher" : "lower"} is better${guessed ? " (guessed)" : ""}`;
  return {
    name: parameters.includes(name) ? `metric.${name}` : name,
    label: `${label}${arrow}`,
    title: `${name}${better}`,
    align: "right",
    width: name === primary ? "primary" : name === time ? "time" : widthOf(label, "metric"),
    content: { kind: "metric", metric, primary: name === primary },
  };
}

export function deltaColumn(metric: MetricView, { half }: LogSetting): LogColumn {
  return {
    name: "vs_base",
    label: "vs base",
    title: `${metric.label} against the run it is based on; bars to the right are better`,
    align: "right",
    width: "delta",
    content: { kind: "delta", metric, half },
  };
}

export function parameterColumn(name: string, { metrics, settings, entries }: LogSetting): LogColumn {
  const known = Object.hasOwn(settings.parameters, name) ? settings.parameters[name] : undefined;
  const scoped = fieldNamed(name) !== undefined || metrics.some((metric) => metric.name === name);
  const numbers = entries.every(({ group }) => isNumberOrNothing(group.first, name));
  const label = known?.label ?? name;
  return {
    name: scoped ? `config.${name}` : name,
    label,
    title: name,
    align: numbers ? "right" : "left",
    width: widthOf(label, "parameter"),
    content: { kind: "parameter", parameter: name },
  };
}

/** No head breaks within a word if a wider column can help. */
const widthOf = (label: string, usual: ColumnWidth): ColumnWidth =>
  label.split(/[\s_./-]/).some((word) => word.length > 9) ? "wide" : usual;

const isNumberOrNothing = ({ run }: RunFile, name: string): boolean =>
  !Object.hasOwn(run.config, name) || typeof run.config[name] === "number";

export function timeColumn(name: string, setting: LogSetting): LogColumn {
  const metric = setting.metrics.find((known) => known.name === name);
  if (metric !== undefined) return { ...metricColumn(metric, setting), width: "time" };
  const seconds = setting.entries.flatMap(({ group }) => group.first.run.run?.seconds ?? []);
  const unit = durationUnit(seconds);
  return {
    name: "run.seconds",
    label: "Time",
    title: "Of the whole run",
    align: "right",
    width: "time",
    content: { kind: "seconds", unit, decimals: unit === "s" || unit === "ms" ? 0 : 1 },
  };
}
