// Which runs a live block or a view is about: configurations, as everywhere, each with what it measured over all its repeats.

import { findBest, goalsOf } from "../analysis/best.ts";
import { viewMetrics } from "../analysis/metrics.ts";
import type { AnalysedRun, Analysis, Best, Group, StudyAnalysis } from "../analysis/study.ts";
import { JournalError, type Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { compile, type Predicate } from "../query/matcher.ts";
import { parseFilter } from "../query/parser.ts";
import { parseSort, sortFiles } from "../query/sort.ts";
import type { Vocabulary } from "../query/vocabulary.ts";
import type { Metric, RunFile } from "../record/experiment.ts";
import { resolve } from "../record/reference.ts";
import type { Settings } from "../record/settings.ts";
import { ambiguousRun, hiddenRun, unknownRun, unknownStudy } from "./messages.ts";

/** A journal, of now or of a commit. */
export interface World {
  readonly settings: Settings;
  readonly analysis: Analysis;
  /** All names that filters and columns can use. */
  readonly words: Vocabulary;
}

export interface Row {
  /** The first file of the group, with the values pooled over all of them. */
  readonly file: RunFile;
  readonly group: Group;
  readonly study: StudyAnalysis;
  readonly run?: AnalysedRun;
}

export interface Choice {
  readonly where?: string;
  /** References as written. */
  readonly runs?: readonly string[];
  readonly sort?: string;
}

export interface Chosen {
  readonly rows: readonly Row[];
  /** Files of all rows: more than rows where repeats have files of their own. */
  readonly files: number;
  readonly problems: readonly Problem[];
}

/** The default study goes by `.` and `main` too. */
export function findStudy({ analysis }: World, name: string): StudyAnalysis | Problem {
  const wanted = name === "." || name === "main" ? "" : name.replace(/\/$/, "");
  const exact = analysis.studies.find(({ settings }) => settings.name === name);
  const names = analysis.studies.map(({ settings }) => settings.name || ".");
  return exact ?? analysis.studies.find(({ settings }) => settings.name === wanted) ?? unknownStudy(name, names, suggest(name, names));
}

/** Newest first, or in the order asked for. What is wrong is left out and said. */
export function choose(world: World, studies: readonly StudyAnalysis[], choice: Choice): Chosen {
  const all = studies.flatMap((study) => study.groups.map((group) => rowOf(group, study)));
  const listed = choice.runs === undefined ? undefined : list(choice.runs, world);
  const filter = attempt(() => (choice.where === undefined ? () => true : filterOf(choice.where, world, studies)));
  if (filter.value === undefined) return { rows: [], files: 0, problems: filter.problems };
  const matches = filter.value;
  const shown = all.filter(({ group }) => group.files.some((file) => !file.run.hidden && matches(file, group.readings)));
  const rows =
    listed === undefined
      ? inOrder(shown).reverse()
      : listed.files.flatMap((file) => shown.find(({ group }) => group.files.includes(file)) ?? []);
  const sorted = attempt(() => sort([...new Set(rows)], choice.sort, world));
  const out = sorted.value ?? rows;
  return {
    rows: out,
    files: out.reduce((sum, { group }) => sum + group.files.length, 0),
    problems: [...(listed?.problems ?? []), ...sorted.problems],
  };
}

/** Several studies go by date. */
function inOrder(rows: readonly Row[]): Row[] {
  const start = ({ file }: Row): string => file.run.run?.started ?? file.run.date ?? "";
  const studies = new Set(rows.map(({ study }) => study));
  return studies.size < 2 ? [...rows] : [...rows].sort((a, b) => (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : 0));
}

function rowOf(group: Group, study: StudyAnalysis): Row {
  const { run, ...rest } = group.first;
  const pooled = [...group.readings].map(([name, after]): Metric => ({ name, after }));
  const others = run.metrics.filter(({ name }) => !group.readings.has(name));
  const analysed = study.runs.get(run.id);
  return {
    file: { ...rest, run: { ...run, metrics: [...pooled, ...others] } },
    group,
    study,
    ...(analysed === undefined ? {} : { run: analysed }),
  };
}

function list(
  references: readonly string[],
  { analysis, words }: World,
): { readonly files: readonly RunFile[]; readonly problems: readonly Problem[] } {
  const files: RunFile[] = [];
  const problems: Problem[] = [];
  for (const reference of references) {
    const found = resolve(reference, words.ids);
    if ("candidates" in found) {
      const { candidates } = found;
      problems.push(
        candidates.length > 1 ? ambiguousRun(reference, candidates) : unknownRun(reference, suggest(reference, words.ids.exact.values())),
      );
      continue;
    }
    const file = analysis.studies.flatMap((study) => study.runs.get(found.id)?.file ?? [])[0];
    if (file === undefined) problems.push(unknownRun(reference, undefined));
    else if (file.run.hidden) problems.push(hiddenRun(file.run.id));
    else files.push(file);
  }
  return { files, problems };
}

/** The best for each goal among these configurations of a study. */
export function bestAmong(groups: readonly Group[], { settings, era, files }: StudyAnalysis, { words }: World): readonly Best[] {
  const metrics = viewMetrics(files, settings);
  return findBest(groups, goalsOf(settings, metrics), { study: settings, era, metrics, vocabulary: () => words });
}

const isShown = ({ files }: Group): boolean => files.some(({ run }) => !run.hidden);

/** A run that is hidden from pages is nobody's measure there. */
export function shownBest(study: StudyAnalysis, world: World): readonly Best[] {
  return study.groups.every(isShown) ? study.best : bestAmong(study.groups.filter(isShown), study, world);
}

/** `best` is the best value among the goals of the studies asked. */
function filterOf(where: string, world: World, studies: readonly StudyAnalysis[]): Predicate {
  const best = (metric: string): number | undefined => {
    for (const study of studies) {
      const found = shownBest(study, world).find(({ goal, reading }) => goal.metric === metric && reading?.mean !== undefined);
      if (found !== undefined) return found.reading?.mean;
    }
    return undefined;
  };
  return compile(parseFilter(where), world.words, { best });
}

function sort(rows: readonly Row[], text: string | undefined, { words }: World): readonly Row[] {
  if (text === undefined || text.trim() === "") return rows;
  const byFile = new Map(rows.map((row) => [row.file, row]));
  const { differences } = words;
  const known =
    differences === undefined ? words : { ...words, differences: (file: RunFile) => differences(byFile.get(file)?.group.first ?? file) };
  return sortFiles([...byFile.keys()], parseSort(text), known).flatMap((file) => byFile.get(file) ?? []);
}

function attempt<T>(work: () => T): { readonly value?: T; readonly problems: readonly Problem[] } {
  try {
    return { value: work(), problems: [] };
  } catch (error) {
    if (error instanceof JournalError) return { problems: error.problems };
    throw error;
  }
}
