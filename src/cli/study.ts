// Which study a command means.

import { relative, sep } from "node:path";
import { exits, JournalError } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import { noStudy } from "../store/messages.ts";

/** The study of a name; `.` is the default one. */
export function findStudy(journal: Journal, name: string): StudySettings {
  const wanted = name === "." ? "" : name.replace(/\/$/, "");
  const study = journal.studies.get(wanted);
  if (study !== undefined) return study;
  if (wanted === "") return journal.settings.study;
  const known = [...journal.studies.keys()].filter((one) => one !== "");
  throw new JournalError(noStudy(wanted, known, suggest(wanted, known)), exits.notFound);
}

/** The study whose folder somebody stands in; "" elsewhere. */
export function studyOfFolder(journal: Journal, folder: string): string {
  const [first, ...rest] = relative(journal.root, folder).split(sep);
  if (first !== "experiments") return "";
  for (let depth = rest.length; depth > 0; depth--) {
    const name = rest.slice(0, depth).join("/");
    if (journal.studies.has(name)) return name;
  }
  return "";
}

export const studyOfRun = (journal: Journal, { study }: { readonly study: string }): StudySettings =>
  journal.studies.get(study) ?? journal.settings.study;

/** The one that was asked for, else that of the folder. */
export const studyOf = (journal: Journal, asked: { readonly study?: string; readonly cwd: string }): StudySettings =>
  findStudy(journal, asked.study ?? studyOfFolder(journal, asked.cwd));
