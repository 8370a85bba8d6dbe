// Which metrics a study has, which one it is about, and how their values are shown.

import type { Direction, Reading, RunFile } from "../record/experiment.ts";
import { decimalsOf, durationUnit, sizeUnit } from "../record/format.ts";
import { directionOf, isDuration, isSize } from "../record/guess.ts";
import { unitScale } from "../record/quantity.ts";
import type { StudySettings } from "../record/settings.ts";
import { isFractionName, slips } from "../record/slips.ts";
import { median } from "./statistics.ts";
import type { MetricView } from "./study.ts";

export interface Metrics {
  readonly views: readonly MetricView[];
  readonly primary?: MetricView;
  readonly primaryGuessed: boolean;
  /** By every name the metric goes under, also the ones it is imported from. */
  readonly byName: ReadonlyMap<string, MetricView>;
  /** Values that cannot be meant: `87.2` of a metric in %. They count as little as invalid ones. */
  readonly slips: ReadonlySet<Reading>;
}

/** What the runs say about one metric. */
interface Seen {
  readonly name: string;
  readonly sample: Reading[];
  count: number;
}

/** Units and decimals are judged by this many readings of a metric. */
const mostSamples = 200;

export function viewMetrics(files: readonly RunFile[], study: StudySettings): Metrics {
  const names = canonicalNames(study);
  const seen = new Map<string, Seen>();
  const entry = (name: string): Seen => {
    const known = seen.get(name);
    if (known !== undefined) return known;
    const made: Seen = { name, sample: [], count: 0 };
    seen.set(name, made);
    return made;
  };
  const wanted = [study.primary, ...study.goals.map((goal) => goal.metric)]
    .filter((name) => name !== undefined)
    .map((name) => names.get(name) ?? name);
  for (const name of wanted) entry(name);
  for (const { run } of files) {
    for (const { name, after } of run.metrics) {
      if (after === undefined || (after.mean === undefined && after.diverged === 0)) continue;
      const known = entry(names.get(name) ?? name);
      known.count += 1;
      if (after.mean !== undefined && known.sample.length < mostSamples) known.sample.push(after);
    }
  }
  const views = [...seen.values()].map((known) => view(known, study));
  const primary = views.find((known) => known.name === wanted[0]) ?? guessPrimary(views, seen, study);
  const byName = new Map(views.map((known) => [known.name, known]));
  for (const [alias, name] of names) {
    const known = byName.get(name);
    if (known !== undefined && !byName.has(alias)) byName.set(alias, known);
  }
  return {
    views: inRank(views, seen, primary, wanted, study),
    ...(primary === undefined ? {} : { primary }),
    primaryGuessed: wanted.length === 0,
    byName,
    slips: sureSlips(files, study),
  };
}

/** Looked for only where a number without a unit is no share of anything and others of its metric are in one. */
function sureSlips(files: readonly RunFile[], study: StudySettings): ReadonlySet<Reading> {
  const inPercent = (name: string): boolean => Object.hasOwn(study.metrics, name) && study.metrics[name]?.unit === "%";
  const bare = new Set<string>();
  const large = new Set<string>();
  const inUnit = new Set<string>();
  for (const { run } of files)
    for (const { name, after } of run.metrics) {
      if (after?.mean === undefined) continue;
      if (after.unit !== undefined) inUnit.add(name);
      else if (Math.abs(after.mean) > 1.5) large.add(name);
      else bare.add(name);
    }
  const suspects = new Set([
    ...[...large].filter((name) => inUnit.has(name) || inPercent(name) || isFractionName(name)),
    ...[...bare].filter((name) => inUnit.has(name)),
  ]);
  if (suspects.size === 0) return new Set();
  const found = slips(files, (_, name) => inPercent(name), suspects);
  return new Set(found.filter(({ sure }) => sure).map(({ reading }) => reading));
}

/** Name it is imported from → its own name. */
function canonicalNames(study: StudySettings): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const metric of Object.values(study.metrics)) for (const alias of metric.from) names.set(alias, metric.name);
  return names;
}

function view({ name, sample }: Seen, study: StudySettings): MetricView {
  const settings = Object.hasOwn(study.metrics, name) ? study.metrics[name] : undefined;
  const guess = directionOf(name, settings);
  const goal: Direction | undefined = settings?.goal ?? study.goals.find((known) => known.metric === name)?.direction;
  const direction = goal ?? guess.direction;
  const unit = settings?.unit ?? commonUnit(name, sample);
  const dimension = unit === undefined ? undefined : unitScale(unit)?.dimension;
  return {
    name,
    label: settings?.label ?? name,
    guessed: goal === undefined && direction !== undefined,
    duration: isDuration(name) || dimension === "time",
    decimals: decimals(sample, unit),
    ...(direction === undefined ? {} : { direction }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** As written where all agree; times and sizes in mixed units, or in none, share the one their median asks for. */
function commonUnit(name: string, sample: readonly Reading[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { unit } of sample) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const [first] = counts.keys();
  const values = sample.map((reading) => reading.mean ?? 0);
  if (counts.size !== 1 || first === undefined) {
    if (isDuration(name) && sample.length > 0) return durationUnit(values);
    if (isSize(name) && sample.length > 0) return sizeUnit(values);
  }
  if (counts.size < 2) return first;
  counts.delete(undefined);
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

const significant = 6;
const most = 12;

/** As many as were written or a mean needs, but digits that repeats do not share tell nothing: of the noise two are shown. */
function decimals(sample: readonly Reading[], unit: string | undefined): number {
  const scale = unit === undefined ? undefined : unitScale(unit);
  const digitsBefore = (value: number): number => {
    const shown = scale === undefined ? value : (value * scale.over) / scale.times;
    return shown > 0 && Number.isFinite(shown) ? Math.floor(Math.log10(shown)) + 1 : 1;
  };
  const whole = digitsBefore(Math.abs(median(sample.map((reading) => reading.mean ?? 0)) ?? 0));
  const written = sample.reduce((most, reading) => Math.max(most, decimalsIn(reading, unit)), 0);
  const repeated = sample.some((reading) => reading.n > 1 && reading.values.length > 0) ? 3 - whole : 0;
  const noise = median(sample.flatMap(({ sd }) => (sd === undefined || sd === 0 ? [] : [sd])));
  const telling = noise === undefined ? most : Math.max(2 - digitsBefore(noise), 3 - whole);
  return Math.max(Math.min(Math.max(written, repeated), telling, significant - whole, most), 0);
}

/** Written in another unit than shown, the decimals say little: 0.872 shown in percent has one, other units get two. */
function decimalsIn(reading: Reading, unit: string | undefined): number {
  if (reading.unit === unit) return decimalsOf(reading.text);
  return unit === "%" && reading.unit === undefined ? Math.max(decimalsOf(reading.text) - 2, 0) : 2;
}

/** The quality that most runs measured; declared before found, validation before training. */
function guessPrimary(views: readonly MetricView[], seen: ReadonlyMap<string, Seen>, study: StudySettings): MetricView | undefined {
  const rank = ({ name, direction, duration }: MetricView): readonly number[] => [
    duration || isSize(name) ? 1 : 0,
    direction === undefined ? 1 : 0,
    -(seen.get(name)?.count ?? 0),
    Object.hasOwn(study.metrics, name) ? 0 : 1,
    /(?:^|[^a-z])(?:val|valid|validation|test|eval|dev)(?:$|[^a-z])/i.test(name) ? 0 : /train/i.test(name) ? 2 : 1,
    direction === "max" ? 0 : 1,
  ];
  const candidates = views.filter(({ name, duration }) => (seen.get(name)?.count ?? 0) > 0 && !duration && !isSize(name));
  return candidates.map((known) => ({ known, key: rank(known) })).sort((left, right) => compareRanks(left.key, right.key))[0]?.known;
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (const [at, value] of left.entries()) {
    const sign = value - (right[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return 0;
}

function inRank(
  views: readonly MetricView[],
  seen: ReadonlyMap<string, Seen>,
  primary: MetricView | undefined,
  wanted: readonly string[],
  study: StudySettings,
): readonly MetricView[] {
  const rank = (known: MetricView): readonly number[] => {
    const goal = wanted.indexOf(known.name);
    const declared = Object.keys(study.metrics).indexOf(known.name);
    return [
      known === primary ? 0 : 1,
      goal === -1 ? wanted.length : goal,
      declared === -1 ? Number.MAX_SAFE_INTEGER : declared,
      -(seen.get(known.name)?.count ?? 0),
    ];
  };
  return views
    .map((known) => ({ known, key: rank(known) }))
    .sort((left, right) => compareRanks(left.key, right.key))
    .map(({ known }) => known);
}
