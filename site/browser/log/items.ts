// The lines of the table as it stands: configurations, what was opened under them, and the heads of groups.

import type { RowGroup } from "./grouping.ts";

export type Item =
  | { readonly kind: "row"; readonly row: number }
  /** One run or one value of a configuration that was opened. */
  | { readonly kind: "part"; readonly row: number; readonly part: number }
  | { readonly kind: "group"; readonly group: RowGroup; readonly closed: boolean };

export interface Opened {
  readonly rows: Int32Array;
  readonly groups?: readonly RowGroup[];
  /** Keys of groups that were closed. */
  readonly closed: ReadonlySet<string>;
  /** Rows that were opened. */
  readonly open: ReadonlySet<number>;
  /** How many lines stand under a row that was opened. */
  readonly partsIn: (row: number) => number;
}

export function itemsOf({ rows, groups, closed, open, partsIn }: Opened): readonly Item[] {
  const items: Item[] = [];
  const add = (row: number): void => {
    items.push({ kind: "row", row });
    if (!open.has(row)) return;
    const parts = partsIn(row);
    for (let part = 0; part < parts; part += 1) items.push({ kind: "part", row, part });
  };
  if (groups === undefined) for (const row of rows) add(row);
  for (const group of groups ?? []) {
    const shut = closed.has(group.key);
    items.push({ kind: "group", group, closed: shut });
    if (!shut) for (const row of group.rows) add(row);
  }
  return items;
}

/** Rows between two lines, both inside. */
export function rowsBetween(items: readonly Item[], one: number, other: number): readonly number[] {
  const [from, to] = one <= other ? [one, other] : [other, one];
  return items.slice(from, to + 1).flatMap((item) => (item.kind === "row" ? [item.row] : []));
}
