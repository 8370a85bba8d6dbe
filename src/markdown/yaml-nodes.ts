// The kinds of the library's nodes, told apart without loading it: their marks are registered symbols, so that copies of the
// library know each other's nodes, and so that the lane can make nodes of its own (`edit-lane.ts`).

import type { Alias, Scalar, YAMLMap, YAMLSeq } from "yaml";

export const nodeMark: unique symbol = Symbol.for("yaml.node.type");
export const marks: Readonly<Record<"map" | "seq" | "scalar" | "alias", symbol>> = {
  map: Symbol.for("yaml.map"),
  seq: Symbol.for("yaml.seq"),
  scalar: Symbol.for("yaml.scalar"),
  alias: Symbol.for("yaml.alias"),
};

export const isMap = (node: unknown): node is YAMLMap => markOf(node) === marks.map;
export const isSeq = (node: unknown): node is YAMLSeq => markOf(node) === marks.seq;
export const isScalar = (node: unknown): node is Scalar => markOf(node) === marks.scalar;
export const isAlias = (node: unknown): node is Alias => markOf(node) === marks.alias;

function markOf(node: unknown): unknown {
  return typeof node === "object" && node !== null ? (node as { readonly [nodeMark]?: unknown })[nodeMark] : undefined;
}
