// The journals that live blocks ask: as it is now, and as it was at a commit.

import { analyse } from "../analysis/analyse.ts";
import { differencesIn } from "../analysis/differences.ts";
import type { Analysis } from "../analysis/study.ts";
import { vocabulary } from "../query/vocabulary.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { World } from "../report/live-rows.ts";
import { readJournalAt } from "../store/at-commit.ts";
import { readCommit } from "../store/git.ts";

export interface Worlds {
  readonly now: () => World;
  /** Throws a JournalError for a commit that git does not know. */
  readonly at: (ref: string) => PastWorld;
}

export interface PastWorld extends World {
  /** Seven hex digits. */
  readonly commit: string;
}

interface Source {
  readonly root: string;
  readonly settings: Settings;
  readonly studies: ReadonlyMap<string, StudySettings>;
  files(): readonly RunFile[];
}

/** `analysis` is of these files. */
export function openWorlds(journal: Source, analysis: () => Analysis): Worlds {
  let now: World | undefined;
  return {
    now: () => (now ??= worldOf(journal.files(), journal.settings, journal.studies, analysis())),
    at: (ref) => readPast(journal, ref),
  };
}

function worldOf(files: readonly RunFile[], settings: Settings, studies: ReadonlyMap<string, StudySettings>, analysis: Analysis): World {
  return { settings, analysis, words: vocabulary(files, settings, studies, differencesIn(files, settings, studies)) };
}

/** A commit never changes: `serve` asks again and again. Few are held, for each is a whole journal. */
const past = new Map<string, PastWorld>();
const mostPast = 3;

function readPast(journal: Source, ref: string): PastWorld {
  const { root } = journal;
  const commit = readCommit(root, ref);
  const key = `${root} ${commit ?? ""}`;
  const known = commit === undefined ? undefined : past.get(key);
  if (known !== undefined) return known;
  const found = readJournalAt(root, ref, new Map(journal.files().map((file) => [file.hash, file])));
  const analysis = analyse(found.files, found.settings, found.studies);
  const world = { ...worldOf(found.files, found.settings, found.studies, analysis), commit: found.commit.slice(0, 7) };
  const [oldest] = past.keys();
  if (past.size >= mostPast && oldest !== undefined) past.delete(oldest);
  past.set(key, world);
  return world;
}
