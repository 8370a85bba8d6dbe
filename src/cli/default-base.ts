// Which run a new one changes when nobody says: the study's best kept run, else its baseline, else none.

import { analyseGroups, type StudyGroups } from "../analysis/analyse.ts";
import { viewMetrics } from "../analysis/metrics.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal, Summary } from "../store/journal.ts";

export interface DefaultBase {
  readonly file: RunFile;
  /** `best kept run by val_accuracy` */
  readonly why: string;
}

export function findDefaultBase(journal: Journal, study: string): DefaultBase | undefined {
  const early = fromHighest(journal, study);
  if (early !== undefined) return early;
  const analysis = analyseStudy(
    journal.files().filter((file) => file.study === study),
    journal,
    study,
  );
  const best = analysis === undefined ? undefined : bestKept(analysis);
  if (best !== undefined) return { file: best.file, why: best.why };
  return analysis?.baseline === undefined ? undefined : { file: analysis.baseline.first, why: "the study's baseline" };
}

function analyseStudy(files: readonly RunFile[], { settings, studies }: Journal, study: string): StudyGroups | undefined {
  return files.length === 0 ? undefined : analyseGroups(files, settings, studies, study);
}

interface Kept extends DefaultBase {
  /** Higher is better. */
  readonly score: number;
}

/** Of equals the oldest. */
function bestKept({ groups, primary, settings }: StudyGroups): Kept | undefined {
  if (primary?.direction === undefined) return undefined;
  const { name, direction } = primary;
  const era = settings.protocols.at(-1)?.name;
  let best: Kept | undefined;
  for (const { first, decision, readings } of groups) {
    const mean = readings.get(name)?.mean;
    const counts = decision === "keep" && first.run.status === "finished" && (first.run.protocol ?? settings.protocols[0]?.name) === era;
    if (!counts || mean === undefined) continue;
    const score = direction === "min" ? -mean : mean;
    if (best === undefined || score > best.score) best = { file: first, why: `best kept run by ${name}`, score };
  }
  return best;
}

const most = 1024;

/**
 * The best kept run without reading all: no mean of repetitions exceeds the highest of them, so that once the best among the highest
 * families of which a run was kept exceeds every other such family, nothing else can win. Nothing where that proves too little.
 */
function fromHighest(journal: Journal, study: string): DefaultBase | undefined {
  const settings = journal.studies.get(study);
  if (settings === undefined || (settings.primary === undefined && settings.goals.length === 0)) return undefined;
  const { byName, primary } = viewMetrics([], settings);
  if (primary?.direction === undefined) return undefined;
  const sign = primary.direction === "min" ? -1 : 1;
  const names = [...byName].flatMap(([name, view]) => (view === primary ? [name] : []));
  const families = familiesOf(journal.summaries().flatMap((summary) => readScore(summary, study, names, sign)));
  const ranked = families?.filter(({ kept }) => kept).sort((one, other) => other.score - one.score) ?? [];
  for (let count = 1; count <= ranked.length * 4; count *= 4) {
    const paths = new Set(ranked.slice(0, count).flatMap((family) => family.paths));
    if (paths.size > most) return undefined;
    const analysis = analyseStudy(journal.files(paths), journal, study);
    const best = analysis === undefined ? undefined : bestKept(analysis);
    const bound = ranked[count]?.score ?? Number.NEGATIVE_INFINITY;
    // The line holds twelve digits of a mean.
    if (best !== undefined && best.score > bound + Math.abs(bound) * 1e-11) return { file: best.file, why: best.why };
  }
  return undefined;
}

interface Scored extends Summary {
  readonly id: string;
  readonly kept: boolean;
  /** Of its own; the lowest where it measured nothing. */
  readonly score: number;
}

function readScore(summary: Summary, study: string, names: readonly string[], sign: number): readonly Scored[] {
  const line = JSON.parse(summary.line) as { id: string; study: string; decision?: string; metrics?: Record<string, number | null> };
  if (line.study !== study) return [];
  const scores = names.flatMap((name) => {
    const mean = line.metrics !== undefined && Object.hasOwn(line.metrics, name) ? line.metrics[name] : undefined;
    return mean === undefined ? [] : [mean === null ? Number.POSITIVE_INFINITY : sign * mean];
  });
  const kept = line.decision === "keep";
  return [{ ...summary, id: line.id.toLowerCase(), kept, score: Math.max(Number.NEGATIVE_INFINITY, ...scores) }];
}

/** Runs that may be of one configuration. */
interface Family {
  readonly paths: string[];
  /** Whether one of them was. */
  kept: boolean;
  /** The highest. */
  score: number;
}

/** Nothing where a repetition names its original otherwise than by id. */
function familiesOf(runs: readonly Scored[]): readonly Family[] | undefined {
  const ids = new Set(runs.map(({ id }) => id));
  if (runs.some(({ original }) => original !== "" && !ids.has(original.toLowerCase()))) return undefined;
  const above = new Map<string, string>();
  const top = (word: string): string => {
    let at = word;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    if (at !== word) above.set(word, at);
    return at;
  };
  for (const { id, twin, original } of runs) {
    for (const word of [twin, original === "" ? "" : `=${original.toLowerCase()}`]) {
      if (word === "") continue;
      const [one, other] = [top(`=${id}`), top(word)];
      if (one !== other) above.set(one, other);
    }
  }
  const families = new Map<string, Family>();
  for (const { id, path, kept, score } of runs) {
    const word = top(`=${id}`);
    const family = families.get(word) ?? { paths: [], kept: false, score: Number.NEGATIVE_INFINITY };
    families.set(word, family);
    family.paths.push(path);
    family.kept ||= kept;
    family.score = Math.max(family.score, score);
  }
  return [...families.values()];
}
