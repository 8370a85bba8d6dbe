// The runs that a new one changes: those that were named, else the one that the study stands on.

import { safeLine } from "../base/terminal.ts";
import type { RunFile } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import { findAll } from "./targets.ts";

/** The runs a new one builds on, and how the first of them was chosen. */
export interface Bases {
  readonly files: readonly RunFile[];
  readonly why?: string;
}

export async function findBases(journal: Journal, study: StudySettings, wanted: readonly string[] | undefined): Promise<Bases> {
  if (wanted !== undefined) return { files: wanted.includes("none") ? [] : findAll(journal, wanted) };
  const { findDefaultBase } = await import("./default-base.ts");
  const found = findDefaultBase(journal, study.name);
  return found === undefined ? { files: [] } : { files: [found.file], why: found.why };
}

/** Said aloud, because nobody may have chosen it. */
export function tellBase({ files, why }: Bases, io: Io): readonly string[] {
  const [first] = files;
  if (first === undefined) return [];
  return [
    `base ${io.paint.err("bold", first.run.id)} ${safeLine(first.run.title)}${why === undefined ? "" : ` (${why}; \`--base\` chooses another)`}`,
  ];
}
