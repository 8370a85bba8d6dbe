// Which runs a command means: ids as people write them, or a filter. Nothing is written before all of them are found.

import { exits, JournalError } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";
import { blankFilter, idsAndFilter, noMatch, noRunNamed } from "./messages.ts";

export interface Meant {
  readonly ids: readonly string[];
  readonly where?: string | undefined;
}

/** The runs, each once, in the order given; refuses with every reference that leads nowhere. */
export async function findTargets(journal: Journal, { ids, where }: Meant, command: string, example: string): Promise<readonly RunFile[]> {
  if (ids.length > 0 && where !== undefined) throw new JournalError(idsAndFilter());
  if (where?.trim() === "") throw new JournalError(blankFilter(command));
  if (where !== undefined) {
    const found = await filterRuns(journal, where);
    if (found.length === 0) throw new JournalError(noMatch(where), exits.notFound);
    return found;
  }
  if (ids.length === 0) throw new JournalError(noRunNamed(command, example));
  return findAll(journal, ids);
}

export function findAll(journal: Journal, ids: readonly string[]): readonly RunFile[] {
  const found = new Map<string, RunFile>();
  const refused: JournalError[] = [];
  for (const id of ids) {
    try {
      const file = journal.find(id);
      found.set(file.path, file);
    } catch (reason) {
      if (!(reason instanceof JournalError)) throw reason;
      refused.push(reason);
    }
  }
  const [first] = refused;
  if (first !== undefined)
    throw new JournalError(
      refused.flatMap(({ problems }) => problems),
      first.exit,
    );
  return [...found.values()];
}

/** Runs that match a filter, in the journal's order. */
export async function filterRuns(journal: Journal, text: string): Promise<readonly RunFile[]> {
  const { parseFilter } = await import("../query/parser.ts");
  const { matches } = await import("../query/matcher.ts");
  const { wordsOf } = await import("./words.ts");
  const filter = parseFilter(text);
  const files = journal.files();
  const words = wordsOf(journal, files);
  return files.filter((file) => matches(filter, file, words));
}
