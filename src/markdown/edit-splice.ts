// A change of text as replaced ranges of the original.

import type { Json } from "../record/tree.ts";
import type { gone, Keys } from "./edit-matter.ts";

export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A change of the front matter with what it is meant to do, so that it can be proved. */
export interface Plan {
  readonly splices: readonly Splice[];
  /** The one path that changes, and what it then holds. */
  readonly keys: Keys;
  readonly reads: Json | typeof gone;
  readonly old?: string;
  readonly new?: string;
}

/** Everything outside the ranges is copied; ranges at the same place apply in the order given. */
export function splice(text: string, splices: readonly Splice[]): string {
  let out = "";
  let at = 0;
  for (const { start, end, text: fresh } of splices.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end < start || end > text.length) throw new RangeError(`overlapping edits at ${start}`);
    out += text.slice(at, start) + fresh;
    at = end;
  }
  return out + text.slice(at);
}
