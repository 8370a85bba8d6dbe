// A named view of journal.yaml as a table that needs no scripts.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { View } from "../record/settings.ts";
import { apartFrom, type Said, saidOf } from "./live-part.ts";
import { choose, type World } from "./live-rows.ts";
import type { PageFrame } from "./page.ts";
import { runTable } from "./run-table.ts";
import type { Table } from "./table.ts";

export interface ViewPage {
  readonly frame: PageFrame;
  readonly name: string;
  /** Filter and order, as in journal.yaml. */
  readonly where?: string;
  readonly sort?: string;
  readonly problems: readonly Said[];
  /** Absent where the filter makes no sense. */
  readonly table?: Table;
  /** "31 of 46 runs" */
  readonly count?: string;
  /** The same rows, to go on from. */
  readonly log: string;
}

export const mostViewRows = 200;

/** `log` is the address of the study's log page. */
export function viewPage(
  name: string,
  view: View,
  { study, world, log }: { readonly study: StudyAnalysis; readonly world: World; readonly log: string },
): Omit<ViewPage, "frame"> {
  const { where, sort, columns } = view;
  const chosen = choose(world, [study], { ...(where === undefined ? {} : { where }), ...(sort === undefined ? {} : { sort }) });
  const { table, problems } = runTable(chosen.rows, world, { name: "view", title: name, columns, limit: mostViewRows, screen: true });
  const wrong = chosen.problems.length > 0 && chosen.rows.length === 0;
  const all = study.groups.filter(({ first }) => !first.run.hidden).length;
  const shown = Math.min(chosen.rows.length, mostViewRows);
  const rest = shown < chosen.rows.length ? `, the first ${shown} shown` : "";
  return {
    name,
    ...(where === undefined || where === "" ? {} : { where }),
    ...(sort === undefined || sort === "" ? {} : { sort }),
    problems: [...chosen.problems, ...problems].map(saidOf),
    ...(wrong ? {} : { table: apartFrom(table), count: `${chosen.rows.length} of ${all} ${all === 1 ? "run" : "runs"}${rest}` }),
    log: `${log}${hashOf(view)}`,
  };
}

function hashOf({ where, sort, columns }: View): string {
  const parts = [
    ["where", where],
    ["sort", sort],
    ["columns", columns.join(",")],
  ] as const;
  const hash = parts.flatMap(([key, value]) => (value === undefined || value === "" ? [] : [`${key}=${encodeURIComponent(value)}`]));
  return hash.length === 0 ? "" : `#${hash.join("&")}`;
}
