// A column of a data shard: values that repeat are written once. Absent stays absent.

import type { Json } from "../record/tree.ts";

export type Packed =
  /** The same in every row. */
  | { readonly all: Json }
  /** One value a row, null where there is none. */
  | { readonly each: readonly Json[] }
  /** For each row the place of its value among the words, -1 where there is none. */
  | { readonly words: readonly Json[]; readonly rows: readonly number[] };

/** Nothing for a column without any value. A value is never null. */
export function packColumn(values: readonly (Json | undefined)[]): Packed | undefined {
  const places = new Map<Json, number>();
  const words: Json[] = [];
  const rows: number[] = [];
  for (const value of values) {
    if (value === undefined) {
      rows.push(-1);
      continue;
    }
    const key = typeof value === "object" ? `\u0000${JSON.stringify(value)}` : value;
    let place = places.get(key);
    if (place === undefined) {
      place = words.push(value) - 1;
      places.set(key, place);
      if (place > 0 && words.length * 2 > values.length) return { each: values.map((one) => one ?? null) };
    }
    rows.push(place);
  }
  const [first] = words;
  if (first === undefined) return undefined;
  if (words.length === 1 && !rows.includes(-1)) return { all: first };
  return words.length * 2 <= values.length ? { words, rows } : { each: values.map((value) => value ?? null) };
}

/** Calls back for each row that has a value. */
export function eachValue(packed: Packed | undefined, rows: number, visit: (row: number, value: Json) => void): void {
  if (packed === undefined) return;
  for (let row = 0; row < rows; row += 1) {
    const value = valueAt(packed, row);
    if (value !== undefined) visit(row, value);
  }
}

export function valueAt(packed: Packed | undefined, row: number): Json | undefined {
  if (packed === undefined) return undefined;
  if ("all" in packed) return packed.all;
  if ("each" in packed) return packed.each[row] ?? undefined;
  return packed.words[packed.rows[row] ?? -1];
}
