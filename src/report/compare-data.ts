// What a comparison needs of a run and of its study, as plain data: the page made at build and the script in the browser start from the same.

import { machineKey, machineName } from "../analysis/hardware.ts";
import type { Group, MetricView, Noise, StudyAnalysis } from "../analysis/study.ts";
import { contentOf, isEvaluation } from "../analysis/table.ts";
import { programOf } from "../record/command.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import { seedOf } from "../record/seed.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import type { RunRef } from "./page.ts";
import { publicText } from "./private.ts";
import { publicValue } from "./private-facts.ts";
import { runRef } from "./view.ts";

export type Fact = readonly [name: string, text: string];

/** The pooled values of a configuration. */
export interface CompareMetric {
  readonly mean?: number;
  readonly sd?: number;
  readonly n: number;
  readonly values: readonly (number | null)[];
  /** Beside the values, where the repeats name them. */
  readonly seeds?: readonly (string | null)[];
  readonly diverged?: number;
}

export interface CompareRun {
  readonly run: RunRef;
  readonly date?: string;
  readonly study: string;
  readonly era: string;
  readonly machine?: string;
  readonly machineKey: string;
  /** Evaluation data by name. */
  readonly data: readonly Fact[];
  readonly config: readonly Fact[];
  readonly metrics: Readonly<Record<string, CompareMetric>>;
  /** Where several runs have this configuration: how many, and what this one measured alone. */
  readonly repeated?: { readonly key: string; readonly runs: number; readonly own: Readonly<Record<string, CompareMetric>> };
  /** Measured but declared invalid. */
  readonly invalid: readonly string[];
  readonly identical: boolean;
  readonly environment: readonly Fact[];
  readonly code: readonly Fact[];
  readonly notes: readonly (readonly [heading: string, texts: readonly string[]])[];
  /** Address of the script that holds them. */
  readonly curves?: string;
}

/** What all comparisons within a study share. */
export interface CompareStudy {
  readonly name: string;
  readonly title: string;
  readonly metrics: readonly MetricView[];
  readonly noise: Readonly<Record<string, Noise>>;
  /** By metric, as written. */
  readonly minEffect: Readonly<Record<string, string>>;
  /** Parameters that are never a change. */
  readonly ignore: readonly string[];
  readonly baseline?: string;
}

export function compareStudy(study: StudyAnalysis, title: string): CompareStudy {
  const { settings } = study;
  const minEffect = Object.values(settings.metrics).flatMap(({ name, minEffect }) => (minEffect === undefined ? [] : [[name, minEffect]]));
  return {
    name: settings.name,
    title,
    metrics: study.metrics,
    noise: Object.fromEntries(study.noise),
    minEffect: Object.fromEntries(minEffect),
    ignore: settings.ignore,
    ...(study.baseline === undefined ? {} : { baseline: study.baseline.first.run.id }),
  };
}

const mostValues = 50;

export function compareRun(file: RunFile, group: Group, settings: Settings, curves?: string): CompareRun {
  const { run, study } = file;
  const machine = machineName(run.hardware);
  const hide = (text: string): string => publicValue(text, settings);
  return {
    run: runRef(file),
    ...(run.date === undefined ? {} : { date: run.date.slice(0, 10) }),
    study,
    era: group.era,
    ...(machine === undefined ? {} : { machine }),
    machineKey: machineKey(run.hardware),
    data: run.data
      .filter((item) => isEvaluation(item, settings))
      .map((item): Fact => [item.name, hide((contentOf(item) ?? "").slice(0, 16))]),
    config: Object.entries(run.config).map(([name, value]): Fact => [name, hide(run.configText[name] ?? showValue(value))]),
    metrics: metricsOf(group.readings, group.files),
    ...repeated(file, group),
    invalid: run.metrics.flatMap(({ name, after }) => (after !== undefined && !group.readings.has(name) ? [name] : [])),
    identical: group.identical,
    environment: environment(file).map(([name, text]): Fact => [name, hide(text)]),
    code: code(file).map(([name, text]): Fact => [name, hide(text)]),
    notes: notes(file).map(([heading, texts]) => [heading, texts.map((text) => publicText(text, settings))] as const),
    ...(curves === undefined ? {} : { curves }),
  };
}

function repeated(file: RunFile, { key, files, members }: Group): Pick<CompareRun, "repeated"> {
  if (files.length < 2) return {};
  const alone = members.find((member) => member.file.path === file.path)?.readings ?? new Map<string, Reading>();
  return { repeated: { key, runs: files.length, own: metricsOf(alone, [file]) } };
}

function metricsOf(readings: ReadonlyMap<string, Reading>, files: readonly RunFile[]): Readonly<Record<string, CompareMetric>> {
  return Object.fromEntries([...readings].map(([name, reading]) => [name, metricOf(name, reading, files)]));
}

function metricOf(name: string, reading: Reading, files: readonly RunFile[]): CompareMetric {
  const seeds = files.some(namesSeeds) ? seedsOf(name, files) : [];
  return {
    ...(reading.mean === undefined ? {} : { mean: reading.mean }),
    ...(reading.sd === undefined ? {} : { sd: reading.sd }),
    n: reading.n,
    values: reading.values.slice(0, mostValues),
    ...(seeds.length === reading.values.length && seeds.some((seed) => seed !== null) ? { seeds: seeds.slice(0, mostValues) } : {}),
    ...(reading.diverged === 0 ? {} : { diverged: reading.diverged }),
  };
}

const namesSeeds = ({ run }: RunFile): boolean => run.repeats.length > 0 || Object.hasOwn(run.config, "seed");

function seedsOf(metric: string, files: readonly RunFile[]): readonly (string | null)[] {
  return files.flatMap(({ run }) => {
    const values = run.metrics.find(({ name }) => name === metric)?.after?.values ?? [];
    return values.map((_, at) => seedOf(run, at, values.length) ?? null);
  });
}

function environment({ run }: RunFile): readonly Fact[] {
  const { gpu, cpu, ram } = run.hardware ?? {};
  const hardware = Object.entries({ gpu, cpu, ram }).flatMap(([name, text]): Fact[] => (text === undefined ? [] : [[name, text]]));
  return [...hardware, ...Object.entries(run.software)];
}

function code({ run }: RunFile): readonly Fact[] {
  const { commit, snapshot, code, branch } = run.run ?? {};
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["program", programOf(run.run)],
    ["commit", commit?.slice(0, 12)],
    ["snapshot", snapshot?.slice(0, 12)],
    ["code that counts", code?.slice(0, 12)],
    ["branch", branch],
  ];
  return facts.flatMap(([name, text]): Fact[] => (text === undefined ? [] : [[name, text]]));
}

function notes({ run, body }: RunFile): CompareRun["notes"] {
  const next = body.tasks.filter(({ done }) => !done).map(({ text }) => text);
  const all: CompareRun["notes"] = [
    ["Reason", run.reason === undefined ? [] : [run.reason]],
    ["What worked", body.worked],
    ["What didn't work", body.failed],
    ["Unexpected", body.unexpected],
    ["Next steps", next],
  ];
  return all.map(([heading, texts]) => [heading, texts.slice(0, 8).map((text) => (text.length > 400 ? `${text.slice(0, 399)}…` : text))]);
}

/** Settings as far as judging a difference asks for them. */
export function judgedBy(study: CompareStudy): Pick<StudySettings, "metrics"> {
  return { metrics: Object.fromEntries(Object.entries(study.minEffect).map(([name, minEffect]) => [name, { name, from: [], minEffect }])) };
}

export const buckets = 64;

/** Which of the data files holds a run; does not change when others come or go. */
export function bucketOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at++) sum = (Math.imul(sum, 31) + id.charCodeAt(at)) | 0;
  return (sum >>> 0) % buckets;
}

export function bucketAddress(bucket: number): string {
  return `data/compare/${String(bucket).padStart(2, "0")}.js`;
}
