// The runs that a new one changes: those that were named, else the one that the study stands on.

import { safeLine } from "../base/terminal.ts";
import type { RunFile } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import type { Base } from "./plan-run.ts";
import { findAll } from "./targets.ts";

/** The runs a new one builds on, and how the first of them was chosen. */
export interface Bases {
  readonly files: readonly RunFile[];
  readonly why?: string;
  /** Why there is none, when one was looked for among the runs of the study. */
  readonly whyNone?: string;
}

export async function findBases(journal: Journal, study: StudySettings, wanted: readonly string[] | undefined): Promise<Bases> {
  if (wanted !== undefined) return { files: wanted.includes("none") ? [] : findAll(journal, wanted) };
  const { findDefaultBase } = await import("./default-base.ts");
  const found = findDefaultBase(journal, study.name);
  return found === undefined ? noBase(journal, study) : { files: [found.file], why: found.why };
}

/** The first run of a study stands on nothing, which nobody has to be told. */
function noBase(journal: Journal, study: StudySettings): Bases {
  const runs = journal.files().filter((file) => file.study === study.name);
  if (runs.length === 0) return { files: [] };
  const era = study.protocols.at(-1)?.name;
  const finished = runs.filter(({ run }) => run.status === "finished");
  const named = finished.findLast(({ run }) => run.decision === "keep") ?? finished.at(-1) ?? runs.at(-1);
  const why = finished.length === 0 || era === undefined ? "no run is finished" : `no run is finished under protocol \`${era}\``;
  return { files: [], whyNone: `${why}; \`--base ${named?.run.id ?? "ID"}\` names one` };
}

/** With its text, for values that are copied as they are written. */
export function readBase(journal: Journal, file: RunFile): Base {
  const { text, parsed } = journal.read(file.path);
  return { id: file.run.id, front: parsed.tree, text, metrics: file.run.metrics };
}

/** Said aloud, because nobody may have chosen it. */
export function tellBase({ files, why, whyNone }: Bases, io: Io): readonly string[] {
  const [first] = files;
  if (first === undefined) return whyNone === undefined ? [] : [`no base: ${safeLine(whyNone)}`];
  return [
    `base ${io.paint.err("bold", first.run.id)} ${safeLine(first.run.title)}${why === undefined ? "" : ` (${why}; \`--base\` chooses another)`}`,
  ];
}
