// `-date,val_accuracy` → an order of runs. What was not recorded or does not count comes last both ways.

import { JournalError } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import { type Column, cellOf, parseNames } from "./columns.ts";
import { compareCodes, compareNumbers, compareText } from "./compare.ts";
import { lookUp, nameProblem, type Vocabulary } from "./vocabulary.ts";

export interface SortKey {
  readonly column: Column;
  readonly descending: boolean;
}

export interface Sort {
  readonly text: string;
  readonly keys: readonly SortKey[];
}

/** Throws a JournalError when a name is missing between two commas. */
export function parseSort(text: string): Sort {
  const keys = parseNames(text).map(({ name, start, end }): SortKey => {
    const sign = /^[-+]/.exec(name)?.[0];
    return {
      column: { name: sign === undefined ? name : name.slice(1), start: sign === undefined ? start : start + 1, end },
      descending: sign === "-",
    };
  });
  return { text, keys };
}

/** A new array; runs that compare equal keep their order. Throws a JournalError on a name that nobody knows. */
export function sortFiles(files: readonly RunFile[], sort: Sort, known: Vocabulary): readonly RunFile[] {
  const columns = sort.keys.map(({ column }) => {
    const subject = lookUp(column.name, known);
    if (subject === undefined || subject === "ambiguous")
      throw new JournalError(
        nameProblem(subject, column.name, { text: sort.text, start: column.start ?? 0, end: column.end ?? sort.text.length }, known),
      );
    return subject;
  });
  const rows = files.map((file) => ({ file, cells: columns.map((subject) => cellOf(file, subject, known)) }));
  rows.sort((left, right) => {
    for (const [at, key] of sort.keys.entries()) {
      const ours = left.cells[at] ?? { text: "" };
      const theirs = right.cells[at] ?? { text: "" };
      const sign = compareCells(ours, theirs, key.descending);
      if (sign !== 0) return sign;
    }
    return 0;
  });
  return rows.map((row) => row.file);
}

interface Sortable {
  readonly text: string;
  readonly number?: number;
  readonly absent?: boolean;
}

/** What is not there or does not count comes last both ways. */
export function compareCells(left: Sortable, right: Sortable, descending: boolean): number {
  const leftAbsent = left.text === "" || left.absent === true;
  const rightAbsent = right.text === "" || right.absent === true;
  if (leftAbsent || rightAbsent) return Number(leftAbsent) - Number(rightAbsent);
  const sign = compareValues(left, right);
  return descending ? -sign : sign;
}

/** Numbers before texts. */
function compareValues(left: Sortable, right: Sortable): number {
  if (left.number !== undefined && right.number !== undefined) return compareNumbers(left.number, right.number);
  if (left.number !== undefined || right.number !== undefined) return left.number === undefined ? 1 : -1;
  return compareText(left.text, right.text) || compareCodes(left.text, right.text);
}
