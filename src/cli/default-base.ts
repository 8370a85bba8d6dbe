// Which run a new one changes when nobody says: the study's best kept run, else its baseline, else none.

import { analyseGroups, type StudyGroups } from "../analysis/analyse.ts";
import { viewMetrics } from "../analysis/metrics.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal, Summary } from "../store/journal.ts";
import { idOfLine, isKeptLine, isOfStudy, meanIn } from "../store/list-line.ts";

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
  const means = [...byName].flatMap(([name, view]) => (view === primary ? [meanIn(name)] : []));
  const isOwn = isOfStudy(study);
  const ranked = keptFamilies(
    journal.summaries().filter(({ line }) => isOwn(line)),
    (line) => scoreOf(line, means, sign),
  )?.sort((one, other) => other.score - one.score);
  if (ranked === undefined) return undefined;
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

/** Of the run's own value, higher is better; the lowest where it measured nothing. */
function scoreOf(line: string, means: readonly ReturnType<typeof meanIn>[], sign: number): number {
  return means.reduce((highest, read) => {
    const mean = read(line);
    return mean === undefined ? highest : Math.max(highest, mean === null ? Number.POSITIVE_INFINITY : sign * mean);
  }, Number.NEGATIVE_INFINITY);
}

/** Runs that may be of one configuration. */
interface Family {
  readonly paths: string[];
  /** The highest. */
  score: number;
}

/** Those of which a run was kept. Nothing where a repetition names its original otherwise than by id. */
function keptFamilies(runs: readonly Summary[], score: (line: string) => number): Family[] | undefined {
  const heads = joined(runs);
  if (heads === undefined) return undefined;
  const families = new Map<number, Family>();
  runs.forEach(({ line }, at) => {
    if (isKeptLine(line)) families.set(heads(at), { paths: [], score: Number.NEGATIVE_INFINITY });
  });
  runs.forEach(({ path, line }, at) => {
    const family = families.get(heads(at));
    if (family === undefined) return;
    family.paths.push(path);
    family.score = Math.max(family.score, score(line));
  });
  return [...families.values()];
}

/** By position, a run's family: the position of one of its runs. */
function joined(runs: readonly Summary[]): ((at: number) => number) | undefined {
  const above = Int32Array.from(runs.keys());
  const top = (at: number): number => {
    let head = at;
    for (let next = above[head] ?? head; next !== head; next = above[head] ?? head) head = next;
    above[at] = head;
    return head;
  };
  const join = (one: number, other: number): void => {
    above[top(one)] = top(other);
  };
  const twins = new Map<string, number>();
  runs.forEach(({ twin }, at) => {
    const first = twin === "" ? undefined : twins.get(twin);
    if (first !== undefined) join(at, first);
    else if (twin !== "") twins.set(twin, at);
  });
  if (runs.every(({ original }) => original === "")) return top;
  const ids = new Map(runs.map(({ line }, at) => [idOfLine(line).toLowerCase(), at]));
  for (const [at, { original }] of runs.entries()) {
    if (original === "") continue;
    const owner = ids.get(original.toLowerCase());
    if (owner === undefined) return undefined;
    join(at, owner);
  }
  return top;
}
