// What is wrong with files that were just saved, found without looking at the others.

import { exits, JournalError, type Problem } from "../base/problem.ts";
import type { Journal } from "../store/journal.ts";
import { readSettings, readStudies } from "../store/settings.ts";

const isError = ({ severity }: Problem): boolean => severity === "error";
/** After a branch was switched nobody waits for the mistakes of thousands of runs. */
const mostRead = 50;

/** Of the settings always, under ""; of a run from the moment it is saved until it is mended, for old damage has its page. */
export function errorsOf(
  journal: Journal,
  before: ReadonlyMap<string, readonly Problem[]>,
  runs: readonly string[],
): ReadonlyMap<string, readonly Problem[]> {
  const { settings, problems } = readSettings(journal.root);
  const studies = readStudies(journal.root, journal.listing.studies, settings);
  const errors = new Map([...before, ["", [...problems, ...studies.problems].filter(isError)]]);
  for (const path of runs.slice(0, mostRead)) errors.set(path, problemsIn(journal, path).filter(isError));
  for (const [path, found] of errors) if (found.length === 0) errors.delete(path);
  return errors;
}

/** Problems found before, with those of these runs as they are now; of a run's place among the others it says what was known. */
export function withProblemsOf(journal: Journal, before: readonly Problem[], runs: readonly string[]): readonly Problem[] {
  const changed = new Set(runs);
  return [...before.filter(({ path }) => path === undefined || !changed.has(path)), ...runs.flatMap((path) => problemsIn(journal, path))];
}

/** None for a file that is gone. */
function problemsIn(journal: Journal, path: string): readonly Problem[] {
  if (!journal.listing.runs.some((place) => place.path === path)) return [];
  try {
    return journal.read(path).parsed.problems;
  } catch (error) {
    if (error instanceof JournalError) return error.exit === exits.notFound ? [] : error.problems;
    throw error;
  }
}
