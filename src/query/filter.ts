// A filter as a value: what the parser makes and the matcher reads. Names are resolved later, against the runs there are.

import type { Operator } from "./lexer.ts";

/** A word of the filter and where it stands in its text. */
export interface Spot {
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Term {
  readonly kind: "term";
  readonly name: Spot;
  readonly operator: Operator;
  readonly value: Spot;
}

export interface Not {
  readonly kind: "not";
  readonly part: Node;
}

export interface Joined {
  readonly kind: "and" | "or";
  readonly parts: readonly Node[];
}

export type Node = Term | Not | Joined;

export interface Filter {
  /** As typed. */
  readonly text: string;
  /** Absent in an empty filter, which matches every run. */
  readonly root?: Node;
}

/** Whether a term of the filter is about that name. */
export function asksFor(filter: Filter | undefined, name: string): boolean {
  const within = (node: Node): boolean =>
    node.kind === "term" ? node.name.text === name : node.kind === "not" ? within(node.part) : node.parts.some(within);
  return filter?.root !== undefined && within(filter.root);
}
