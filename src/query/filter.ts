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

/** What the terms of the filter are about. */
export function namesIn({ root }: Filter): readonly string[] {
  const within = (node: Node): readonly string[] =>
    node.kind === "term" ? [node.name.text] : node.kind === "not" ? within(node.part) : node.parts.flatMap(within);
  return root === undefined ? [] : within(root);
}

export const asksFor = (filter: Filter | undefined, name: string): boolean => filter !== undefined && namesIn(filter).includes(name);
