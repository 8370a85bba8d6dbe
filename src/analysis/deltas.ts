// What changed in the numbers: a run against the current values of its base, only where the two may be compared.

import { eraOf, invalidIn, invalidity } from "../query/validity.ts";
import type { DataItem, Reading, RunFile } from "../record/experiment.ts";
import { unitScale } from "../record/quantity.ts";
import { seedOf } from "../record/seed.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { countsOnce } from "./copies.ts";
import { judge, type Question, type Sample } from "./evidence.ts";
import { readingsOf } from "./groups.ts";
import { machineKey } from "./hardware.ts";
import type { Metrics } from "./metrics.ts";
import { finite } from "./statistics.ts";
import type { Break, Delta, Evidence, Group, MetricView, Noise, StudyAnalysis } from "./study.ts";
import { contentOf, isEvaluation } from "./table.ts";

/** Nothing where a side has no value. The evidence is weighed when somebody asks: most of 80,000 deltas are never looked at. */
export function deltaBetween(
  before: Reading,
  after: Reading,
  metric: Question["metric"],
  weigh: () => Evidence = () => judge({ reading: before }, { reading: after }, { metric }),
): Delta | undefined {
  if (before.mean === undefined || after.mean === undefined) return undefined;
  const absolute = finite(after.mean - before.mean);
  if (absolute === undefined) return undefined;
  const relative = before.mean === 0 ? undefined : finite(absolute / Math.abs(before.mean));
  let evidence: Evidence | undefined;
  // Filled in place: 80,000 of them are made for a large journal.
  const delta: { -readonly [key in keyof Delta]: Delta[key] } = {
    before,
    after,
    absolute,
    get evidence() {
      evidence ??= weigh();
      return evidence;
    },
  };
  if (relative !== undefined) delta.relative = relative;
  if (metric.direction !== undefined && absolute !== 0) delta.better = absolute > 0 === (metric.direction === "max");
  return delta;
}

/** Of two configurations of one study; nothing where eras differ, or machine classes for a time. */
export function deltaBetweenGroups(
  before: Group,
  after: Group,
  metric: MetricView,
  study: Pick<StudyAnalysis, "noise" | "settings">,
): Delta | undefined {
  const from = before.readings.get(metric.name);
  const to = after.readings.get(metric.name);
  const elsewhere = metric.duration && machineKey(before.first.run.hardware) !== machineKey(after.first.run.hardware);
  if (from === undefined || to === undefined || elsewhere || before.era !== after.era) return undefined;
  return deltaBetween(from, to, metric, () =>
    judge(
      sampleOf(from, metric, before),
      sampleOf(to, metric, after),
      questionOf(metric, from, { noise: study.noise, study: study.settings }),
    ),
  );
}

/** `apart`: of the one run alone, not of its whole configuration. */
function sampleOf(reading: Reading, metric: MetricView, group: Group, apart?: RunFile): Sample {
  const files = apart === undefined ? group.files : [apart];
  return {
    reading,
    identical: countsOnce(group, metric, reading),
    ...(group.copies > 0 ? {} : { bySeed: () => valuesBySeed(files, metric.name) }),
  };
}

/** The pooled values of a configuration. */
export function sampleOfGroup(group: Group, metric: MetricView): Sample {
  return sampleOf(group.readings.get(metric.name) ?? { values: [], n: 0, diverged: 0, text: "" }, metric, group);
}

/** After minus before for every seed that both name. */
export function pairsOf(before: Group, after: Group, { name }: MetricView): readonly number[] {
  const old = valuesBySeed(before.files, name);
  return [...valuesBySeed(after.files, name)].flatMap(([seed, value]) => (old.has(seed) ? [value - (old.get(seed) ?? 0)] : []));
}

/** A seed that two values share says nothing about pairs and is left out. */
function valuesBySeed(files: readonly RunFile[], metric: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  const twice = new Set<string>();
  for (const { run } of files) {
    const readings = run.metrics.find(({ name }) => name === metric)?.after?.values ?? [];
    for (const [at, value] of readings.entries()) {
      const own = seedOf(run, at, readings.length);
      if (own === undefined || value === null) continue;
      if (values.has(own)) twice.add(own);
      values.set(own, value);
    }
  }
  for (const seed of twice) values.delete(seed);
  return values;
}

interface Ground {
  readonly noise: ReadonlyMap<string, Noise>;
  readonly study: StudySettings;
}

function questionOf(metric: MetricView, before: Reading, { noise, study }: Ground): Question {
  const known = noise.get(metric.name);
  const minEffect = minEffectOf(metric, before, study);
  return { metric, ...(known === undefined ? {} : { noise: known }), ...(minEffect === undefined ? {} : { minEffect }) };
}

/** `0.3pp`, `1%` of the value before, or a number in the metric's unit → canonical. */
export function minEffectOf({ name, unit }: MetricView, before: Reading, study: Pick<StudySettings, "metrics">): number | undefined {
  const text = Object.hasOwn(study.metrics, name) ? study.metrics[name]?.minEffect : undefined;
  const parts = text === undefined ? null : /^\s*\+?(\d[\d.]*(?:e[+-]?\d+)?)\s*(pp|%)?/i.exec(text);
  const number = Number(parts?.[1]);
  if (parts === null || !Number.isFinite(number)) return undefined;
  if (parts[2] === "pp") return number / 100;
  if (parts[2] === "%") return (number / 100) * Math.abs(before.mean ?? 0);
  const scale = unit === undefined ? undefined : unitScale(unit);
  return scale === undefined ? number : (number * scale.times) / scale.over;
}

export interface Side {
  readonly file: RunFile;
  readonly group: Group;
}

export interface DeltaContext {
  readonly study: StudySettings;
  readonly settings: Settings;
  readonly metrics: Metrics;
  /** Settings of the base's study, for what is invalid there. */
  readonly baseStudy: StudySettings;
  readonly noise: ReadonlyMap<string, Noise>;
}

export interface Compared {
  readonly deltas: ReadonlyMap<string, Delta>;
  readonly notCompared: ReadonlyMap<string, Break>;
}

const nothing: Compared = { deltas: new Map(), notCompared: new Map() };

/** Without a base in this journal, against the copies in the file, and says so. */
export function compareWithBase(side: Side, base: Side | undefined, context: DeltaContext): Compared {
  const { status } = side.file.run;
  if (status === "failed" || status === "lost") return nothing;
  return base === undefined ? copiedDeltas(side, context) : currentDeltas(side, base, context);
}

function copiedDeltas({ file, group }: Side, { metrics, study }: DeltaContext): Compared {
  const deltas = new Map<string, Delta>();
  for (const { name, before } of file.run.metrics) {
    const metric = metrics.byName.get(name);
    const after = metric === undefined ? undefined : current({ file, group }, { metrics, study }).get(metric.name);
    const delta = metric && before && after ? deltaBetween(before, after, metric) : undefined;
    if (metric !== undefined && delta !== undefined) deltas.set(metric.name, { ...delta, copied: true });
  }
  return deltas.size === 0 ? nothing : { deltas, notCompared: new Map() };
}

function currentDeltas(side: Side, base: Side, context: DeltaContext): Compared {
  const { metrics, study, settings, baseStudy } = context;
  // A run that repeats its base is compared as itself: pooled, both sides would be one.
  const apart = side.group === base.group;
  const after = apart ? readingsOf(side.file, metrics, study) : current(side, { metrics, study });
  const era = eraOf(side.file.run, study);
  const sameEra = side.file.study === base.file.study ? era === eraOf(base.file.run, baseStudy) : true;
  const baseReadings = apart ? readingsOf(base.file, metrics, baseStudy) : current(base, { metrics, study: baseStudy });
  const before = sameEra ? baseReadings : remeasured([base.file], era, metrics, study);
  const facts: Facts = {
    side,
    base,
    study,
    baseStudy,
    sameEra,
    sameData: comparableData(side.file, base.file, settings),
    sameMachine: machineKey(side.file.run.hardware) === machineKey(base.file.run.hardware),
  };
  const alone = (file: RunFile): RunFile | undefined => (apart ? file : undefined);
  const weigh = (metric: MetricView, theirs: Reading, ours: Reading) => () =>
    judge(
      sampleOf(theirs, metric, base.group, alone(base.file)),
      sampleOf(ours, metric, side.group, alone(side.file)),
      questionOf(metric, theirs, context),
    );
  const deltas = new Map<string, Delta>();
  const notCompared = new Map<string, Break>();
  for (const metric of metrics.views) {
    const ours = after.get(metric.name);
    const theirs = before.get(metric.name);
    const both = ours !== undefined && theirs !== undefined;
    const reason = both ? differentGround(metric, facts) : missingSide(metric, facts, metrics);
    if (reason !== undefined) notCompared.set(metric.name, reason);
    const delta = both && reason === undefined ? deltaBetween(theirs, ours, metric, weigh(metric, theirs, ours)) : undefined;
    if (delta !== undefined) deltas.set(metric.name, delta);
  }
  return { deltas, notCompared };
}

interface Facts {
  readonly side: Side;
  readonly base: Side;
  readonly study: StudySettings;
  readonly baseStudy: StudySettings;
  readonly sameEra: boolean;
  readonly sameData: boolean;
  readonly sameMachine: boolean;
}

/** Both sides have a value of the same era: times need the same machines, qualities the same evaluation data. */
function differentGround(metric: MetricView, { sameData, sameMachine }: Facts): Break | undefined {
  if (metric.duration) return sameMachine ? undefined : "hardware";
  return sameData ? undefined : "data";
}

/** A side has no value that counts: a reason only where both runs recorded one. */
function missingSide(metric: MetricView, { side, base, study, baseStudy, sameEra }: Facts, { slips }: Metrics): Break | undefined {
  if (!has(side.file, metric) || !has(base.file, metric)) return undefined;
  const invalid = invalidity(side.file.run, [metric.name], study) ?? invalidity(base.file.run, [metric.name], baseStudy);
  if (invalid !== undefined) return "invalid";
  const slipped = [side, base].some(({ file }) =>
    file.run.metrics.some(({ name, after }) => name === metric.name && after && slips.has(after)),
  );
  if (slipped) return "scale";
  return sameEra ? undefined : "protocol";
}

const has = (file: RunFile, metric: MetricView): boolean =>
  file.run.metrics.some(({ name, after }) => name === metric.name && after !== undefined);

/** The pooled readings of the configuration where the run is part of the pool, else its own. */
function current({ file, group }: Side, { metrics, study }: Pick<DeltaContext, "metrics" | "study">): ReadonlyMap<string, Reading> {
  const pooled = file.run.status === "finished" || group.status !== "finished";
  return pooled && eraOf(file.run, study) === group.era ? group.readings : readingsOf(file, metrics, study);
}

/** What runs measured again under another protocol. */
export function remeasured(
  files: readonly RunFile[],
  era: string,
  { byName }: Metrics,
  study: StudySettings,
): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>();
  for (const { run } of files) {
    for (const { name, after } of Object.hasOwn(run.remeasured, era) ? (run.remeasured[era] ?? []) : []) {
      const own = byName.get(name)?.name;
      if (
        own !== undefined &&
        after !== undefined &&
        !readings.has(own) &&
        invalidIn(era, own === name ? [own] : [own, name], study) === undefined
      )
        readings.set(own, after);
    }
  }
  return readings;
}

/** Evaluation data that both sides identify must be the same. */
function comparableData(left: RunFile, right: RunFile, settings: Settings): boolean {
  const theirs = new Map(evaluation(right, settings).map((item) => [item.name, item]));
  return evaluation(left, settings).every((item) => {
    const other = theirs.get(item.name);
    if (other === undefined) return true;
    if (item.sha256 !== undefined && other.sha256 !== undefined) return item.sha256 === other.sha256;
    if (item.sha256 !== undefined || other.sha256 !== undefined) return true;
    return contentOf(item) === contentOf(other);
  });
}

const evaluation = (file: RunFile, settings: Settings): readonly DataItem[] => file.run.data.filter((item) => isEvaluation(item, settings));
