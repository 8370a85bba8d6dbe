// Table and state → what is on the screen. The last good filter stays while somebody types the next one.

import { JournalError, type Problem } from "../../../src/base/problem.ts";
import type { Filter } from "../../../src/query/filter.ts";
import { type LogSame, sameInAll } from "../../../src/report/log-page.ts";
import { asWritten, type LogColumn } from "../../../src/report/log-row.ts";
import type { LogState } from "../../../src/report/log-state.ts";
import { type Columns, columnNamed, orderOf, readColumns, valuesOf } from "./columns.ts";
import { groupRows, type RowGroup } from "./grouping.ts";
import { failedIn, type Keys, type LogTable, maskOf, readSort, readWhere, rowsIn } from "./table.ts";
import { partsOf, withoutPart } from "./terms.ts";

export interface LogView {
  /** What the rows match: the filter of the state, or the last good one. */
  readonly filter: Filter;
  /** Why the filter of the state is none. */
  readonly problem?: Problem;
  /** What else of the state means nothing here. */
  readonly notices: readonly string[];
  readonly columns: readonly LogColumn[];
  readonly keys: Keys;
  /** In order. */
  readonly rows: Int32Array;
  readonly groupBy?: LogColumn;
  readonly groups?: readonly RowGroup[];
  /** Runs in the rows, and how many of them failed. */
  readonly runs: number;
  readonly failed: number;
  readonly same?: LogSame;
}

const empty: Filter = { text: "" };

export interface ViewOptions {
  /** The last filter that was one. */
  readonly last: string;
  /** How many metrics and parameters there is room for. */
  readonly slots: number;
}

export function viewOf(table: LogTable, state: LogState, { last, slots }: ViewOptions): LogView {
  const read = readFilter(table, state.where, last);
  const { columns, unknown } = columnsOf(table, state.columns, slots);
  const keys = readSort(state.sort);
  const { order, unknown: unsortable } = orderOf(table, keys);
  const chosen = chosenRows(table, state.runs);
  const groupBy = state.group === "" ? undefined : columnNamed(table, state.group);
  const left = leftOf(table, JSON.stringify([read.filter.text, state.sort, state.runs, groupBy?.name]), () => {
    const rows = rowsIn(order, within(maskOf(table, read.filter), chosen.mask));
    const entries = Array.from(rows, (row) => table.entries[row]).filter((entry) => entry !== undefined);
    const same = sameInAll(entries, asWritten);
    return {
      rows,
      ...failedIn(table, rows),
      ...(same === undefined ? {} : { same }),
      ...(groupBy === undefined ? {} : { groupBy, groups: groupRows(rows, valuesOf(table, groupBy)) }),
    };
  });
  return {
    ...read,
    notices: [
      ...unknown.map((name) => `This view asks for \`${name}\`, which no run has.`),
      ...unsortable.map((name) => `No run has \`${name}\` to sort by.`),
      ...(keys.problem === undefined ? [] : [`The sort cannot be read: ${keys.problem.message}.`]),
      ...(state.group !== "" && groupBy === undefined ? [`No run has \`${state.group}\` to group by.`] : []),
      ...chosen.missing.map((id) => `${id} is not in this log.`),
    ],
    columns,
    keys,
    ...left,
  };
}

type Left = Pick<LogView, "rows" | "groupBy" | "groups" | "runs" | "failed" | "same">;

const lefts = new WeakMap<LogTable, { readonly key: string; readonly left: Left }>();

/** What is left does not change while somebody types what is no filter yet: the same is the same object. */
function leftOf(table: LogTable, key: string, make: () => Left): Left {
  const known = lefts.get(table);
  if (known?.key === key) return known.left;
  const left = make();
  lefts.set(table, { key, left });
  return left;
}

const columnSets = new WeakMap<LogTable, { readonly key: string; readonly columns: Columns }>();

function columnsOf(table: LogTable, text: string, slots: number): Columns {
  const key = `${slots} ${text}`;
  const known = columnSets.get(table);
  if (known?.key === key) return known.columns;
  const columns = readColumns(table, text, slots);
  columnSets.set(table, { key, columns });
  return columns;
}

function readFilter(table: LogTable, where: string, last: string): Pick<LogView, "filter" | "problem"> {
  try {
    return { filter: readWhere(table, where) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const [problem] = error.problems;
    const filter = last === where ? empty : (readFilter(table, last, "").filter ?? empty);
    return problem === undefined ? { filter } : { filter, problem };
  }
}

interface Chosen {
  readonly mask?: Uint8Array;
  readonly missing: readonly string[];
}

function chosenRows(table: LogTable, runs: string): Chosen {
  const ids = runs.split(",").flatMap((id) => (id.trim() === "" ? [] : [id.trim()]));
  if (ids.length === 0) return { missing: [] };
  const mask = new Uint8Array(table.entries.length);
  const missing: string[] = [];
  for (const id of ids) {
    const row = table.byId.get(id);
    if (row === undefined) missing.push(id);
    else mask[row] = 1;
  }
  return { mask, missing };
}

function within(mask: Uint8Array, other: Uint8Array | undefined): Uint8Array {
  return other === undefined ? mask : mask.map((value, at) => value & (other[at] ?? 0));
}

export interface Without {
  /** The part that was left out, as typed. */
  readonly part: string;
  readonly where: string;
  readonly runs: number;
}

/** What each part of a filter that matches nothing costs: the ones without which something matches. */
export function partsInTheWay(table: LogTable, filter: Filter, runs: string): readonly Without[] {
  const { mask } = chosenRows(table, runs);
  return partsOf(filter).flatMap(({ text }, at) => {
    const where = withoutPart(filter, at);
    const left = within(maskOf(table, readFilter(table, where, "").filter), mask);
    const found = failedIn(table, rowsIn(Int32Array.from(table.entries.keys()), left)).runs;
    return found === 0 ? [] : [{ part: text, where, runs: found }];
  });
}
