// What the pages that weigh all runs of a study are made from: facts, the metrics they weigh, and how configurations were pooled. Neither prose
// nor any other metric changes them.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { sha256 } from "../base/hash.ts";
import { namesIn } from "../query/filter.ts";
import { parseFilter } from "../query/parser.ts";
import { type Reading, type RunFile, saidOf } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import { costOf } from "../report/front-rows.ts";
import type { SiteContext } from "./context.ts";
import { keyOf } from "./plan.ts";
import { textsOfRuns } from "./run-texts.ts";

const known = new WeakMap<StudyAnalysis, string>();

/** Of all runs of a study as they are weighed; of all there is to its runs where a base may lie outside. */
export function weighedKey(site: SiteContext, study: StudyAnalysis): string {
  const { settings } = site.journal;
  const key = known.get(study) ?? (isClosed(study) ? keyOf(evidenceInputs(site, study), settings, study.settings) : studyKey(site, study));
  known.set(study, key);
  return key;
}

/** All that the pages of a study depend on: its files and settings; the whole journal where a base may lie outside. */
export function studyKey({ journal, studies }: SiteContext, study: StudyAnalysis): string {
  const closed = isClosed(study);
  const files = closed ? study.files : studies.flatMap((other) => other.study.files);
  const others = closed ? [] : studies.map((other) => other.study.settings);
  return keyOf(sha256(files.map((file) => `${file.path}\n${saidOf(file)}`).join("\n")), journal.settings, study.settings, others);
}

/** Of the best for each goal and how surely they are: the metrics of the goals and the guard rails too. */
export function bestKey(site: SiteContext, study: StudyAnalysis): string {
  const names = goalNames(study);
  if (names === undefined) return studyKey(site, study);
  const weighed = weighedNames(study);
  const more = names.filter((name) => !weighed.includes(name));
  return keyOf(weighedKey(site, study), names, more.length === 0 ? "" : readingsKey(site, study, more));
}

/** Nothing where a condition asks for more than metrics. */
function goalNames(study: StudyAnalysis): readonly string[] | undefined {
  const { best, metrics, primary, settings } = study;
  const cost = primary === undefined ? undefined : costOf(primary, study);
  const own = new Map(metrics.flatMap(({ name }) => [name, ...namesOf(settings, name)].map((word) => [word, name] as const)));
  const names = metrics
    .filter(({ name }) => Object.hasOwn(settings.metrics, name) && settings.metrics[name]?.guard !== undefined)
    .map(({ name }) => name);
  if (cost !== undefined) names.push(cost.name);
  for (const { goal, problem } of best) {
    names.push(goal.metric);
    if (goal.where === undefined || problem !== undefined) continue;
    for (const word of namesIn(parseFilter(goal.where))) {
      const name = own.get(word);
      if (name === undefined) return undefined;
      names.push(name);
    }
  }
  return [...new Set(names)];
}

/** No base lies in another study; an id that the study has may be another run's there. */
function isClosed({ files, kin, settings }: StudyAnalysis): boolean {
  const here = ({ study }: RunFile): boolean => study === settings.name;
  return files.every((file) => {
    if (file.run.base.length === 0) return true;
    const known = kin(file.run.id);
    return known?.file === file && known.bases.every(here) && known.cut.every(here);
  });
}

function weighedNames({ primary, metrics }: StudyAnalysis): readonly string[] {
  return [primary, metrics.find(({ duration }) => duration)].flatMap((metric) => metric?.name ?? []);
}

/** The primary metric and the time alone. */
function evidenceInputs(site: SiteContext, study: StudyAnalysis): readonly unknown[] {
  const { primary, primaryGuessed, era, metrics, baseline, baselineWhy, best } = study;
  return [
    readingsKey(site, study, weighedNames(study)),
    primary?.name,
    primaryGuessed,
    era,
    metrics,
    [baseline?.key, baselineWhy],
    best.map(({ group, reading, ...rest }) => [rest, group?.key, readingInputs(reading)]),
  ];
}

function readingsKey(site: SiteContext, study: StudyAnalysis, names: readonly string[]): string {
  const written = new Set(names.flatMap((name) => [name, ...namesOf(study.settings, name)]));
  const texts = textsOfRuns(site, study.files, {
    name: `weighed ${JSON.stringify([study.settings.name, names])}`,
    ground: JSON.stringify([...written]),
    tell: (file) => sha256(fileInputs(file, written)).slice(0, 16),
  });
  const files = study.files.map(({ path }, at) => `${texts[at]} ${path}`).join("\n");
  const groups = study.groups.map((group) => groupInputs(group, names)).join("");
  return keyOf(
    files,
    groups,
    names.map((name) => study.noise.get(name)),
  );
}

/** Other ones that it goes by. */
function namesOf(settings: StudySettings, name: string): readonly string[] {
  return Object.hasOwn(settings.metrics, name) ? (settings.metrics[name]?.from ?? []) : [];
}

/** Whether a run measured anything at all is told too. */
function fileInputs({ hash, front = hash, run }: RunFile, written: ReadonlySet<string>): string {
  let text = `${front} ${run.metrics.length > 0}`;
  for (const { name, before, after, step, pick } of run.metrics)
    if (written.has(name)) text += ` ${name} ${readingInputs(before)} ${readingInputs(after)} ${step} ${pick}`;
  return text;
}

/** The readings of one run alone follow from its file. */
function groupInputs({ key, files, identical, copies, readings }: Group, weighed: readonly string[]): string {
  if (files.length === 1 && !identical && copies === 0) return "";
  let text = `\n${key} ${files.length} ${identical} ${copies}`;
  for (const name of weighed) text += ` ${readingInputs(readings.get(name))}`;
  return text;
}

function readingInputs(reading: Reading | undefined): string {
  if (reading === undefined) return "";
  const { values, mean, sd, n, diverged, count, unit, text } = reading;
  return `${values.join()} ${mean} ${sd} ${n} ${diverged} ${count?.successes} ${count?.trials} ${unit} ${text}`;
}
