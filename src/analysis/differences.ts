// What each run changed, without the rest of the analysis: for filters and lists, which ask about a few runs out of many.

import type { Difference, FindDifferences } from "../query/fields.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { findChanges } from "./changes.ts";
import { type Lineage, trace } from "./lineage.ts";
import { makeTable, type Row, type Table } from "./table.ts";

const none: readonly Difference[] = [];

/** Nothing is computed before it is asked for. A damaged file changed nothing that could be told. */
export function differencesIn(files: readonly RunFile[], settings: Settings, studies: ReadonlyMap<string, StudySettings>): FindDifferences {
  const sound = files.filter(({ broken }) => broken !== true);
  let lineage: Lineage | undefined;
  const homes = new Map<string, Home>();
  return (file) => {
    if (file.broken === true) return { changes: none, unrecorded: none };
    lineage ??= trace(sound);
    const base = lineage.bases.get(file)?.[0];
    const home = homes.get(file.study) ?? makeHome(studies.get(file.study) ?? { ...settings.study, name: file.study }, settings);
    homes.set(file.study, home);
    const { study, table, row } = home;
    const sides = { file, row: row(file), ...(base === undefined ? {} : { base: { file: base, row: row(base) } }) };
    return findChanges(sides, table, study, settings);
  };
}

interface Home {
  readonly study: StudySettings;
  readonly table: Table;
  readonly row: (file: RunFile) => Row;
}

/** Each run is made a row once, however many runs were made from it. */
function makeHome(study: StudySettings, settings: Settings): Home {
  const table = makeTable(study, settings);
  const rows = new Map<RunFile, Row>();
  const row = (file: RunFile): Row => {
    const made = rows.get(file) ?? table.row(file);
    rows.set(file, made);
    return made;
  };
  return { study, table, row };
}
