// What each run changed, without the rest of the analysis: for filters and lists, which ask about a few runs out of many.

import type { Difference, FindDifferences } from "../query/fields.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { findChanges } from "./changes.ts";
import { trace } from "./lineage.ts";
import { makeTable } from "./table.ts";

const none: readonly Difference[] = [];

/** Nothing is computed before it is asked for. A damaged file changed nothing that could be told. */
export function differencesIn(files: readonly RunFile[], settings: Settings, studies: ReadonlyMap<string, StudySettings>): FindDifferences {
  const sound = files.filter(({ broken }) => broken !== true);
  let lineage: ReturnType<typeof trace> | undefined;
  const tables = new Map<string, ReturnType<typeof tableOf>>();
  const tableOf = (study: StudySettings) => ({ study, table: makeTable(study, settings) });
  return (file) => {
    if (file.broken === true) return { changes: none, unrecorded: none };
    lineage ??= trace(sound);
    const base = lineage.bases.get(file)?.[0];
    const home = tables.get(file.study) ?? tableOf(studies.get(file.study) ?? { ...settings.study, name: file.study });
    tables.set(file.study, home);
    const { study, table } = home;
    return findChanges(
      { file, row: table.row(file), ...(base === undefined ? {} : { base: { file: base, row: table.row(base) } }) },
      table,
      study,
      settings,
    );
  };
}
