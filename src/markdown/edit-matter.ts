// The front matter as an edit sees it: `yaml`'s nodes with their places, and the proof that an edit changed one path only.

import type { Document, Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Json } from "../record/tree.ts";
import { readPlainNodes } from "./edit-lane.ts";
import { yaml } from "./yaml-library.ts";
import { isAlias, isMap, isScalar, isSeq } from "./yaml-nodes.ts";

export type MatterNode = Node | null | undefined;
export type MatterPair = Pair<Node, Node | null>;

export interface Matter {
  /** The whole file. */
  readonly text: string;
  /** Where the YAML stands in it. `yaml` counts from `start`. */
  readonly start: number;
  readonly end: number;
  /** Absent where the lane read it: no anchors then, nor aliases, tags, errors. */
  readonly document?: Document.Parsed;
  readonly root: MatterNode;
  /** Offset of the first thing `yaml` cannot read. */
  readonly broken?: number;
}

/** Keys of a place in the front matter; a number is an item of a list. */
export type Keys = readonly (string | number)[];

/** By the fast lane; nothing where it is unsure. */
export function readPlainMatter(text: string, start: number, end: number): Matter | undefined {
  const root = readPlainNodes(text, start, end);
  return root === undefined ? undefined : { text, start, end, root };
}

export function readMatter(text: string, start: number, end: number): Matter {
  const document = yaml().parseDocument(text.slice(start, end), {
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    merge: false,
  });
  const error = document.errors[0];
  return { text, start, end, document, root: document.contents, ...(error === undefined ? {} : { broken: start + error.pos[0] }) };
}

export const isMapNode = (node: MatterNode): node is YAMLMap<Node, Node | null> => isMap(node);
export const isSeqNode = (node: MatterNode): node is YAMLSeq<Node | null> => isSeq(node);

/** A key as it is written, without its quotes; nothing for a key that is not a plain word. */
export function keyOf(pair: MatterPair): string | undefined {
  return isScalar(pair.key)
    ? pair.key.type === "PLAIN"
      ? (pair.key.source ?? String(pair.key.value))
      : String(pair.key.value)
    : undefined;
}

/** `~`, `null` or nothing at all. */
export function isNull(node: MatterNode): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

/** Nothing written. */
export function isUnwritten(node: MatterNode): boolean {
  return (
    node === null ||
    node === undefined ||
    (isScalar(node) && node.value === null && (node.source ?? "") === "" && node.range?.[0] === node.range?.[1])
  );
}

export function plainOf(node: MatterNode): Json {
  if (isScalar(node)) return node.value as Json;
  if (isSeqNode(node)) return node.items.map((item) => plainOf(item));
  if (isMapNode(node)) {
    const out: { [key: string]: Json } = Object.create(null);
    for (const pair of node.items) out[keyOf(pair) ?? ""] = plainOf(pair.value);
    return out;
  }
  return isAlias(node) ? { alias: node.source } : null;
}

export function equal(a: Json, b: Json): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && equal((a as Record<string, Json>)[key] as Json, (b as Record<string, Json>)[key] as Json),
  );
}

/** Stands for "this path is gone". */
export const gone: unique symbol = Symbol("gone");

/** Whether `after` is `before` with nothing changed but `keys`, which now hold `value`. */
export function changedOnly(before: Matter, after: Matter, keys: Keys, value: Json | typeof gone): boolean {
  return after.broken === undefined && compare({ before, after }, before.root, after.root, keys, value);
}

export interface Both {
  readonly before: Matter;
  readonly after: Matter;
}

function compare(both: Both, before: MatterNode, after: MatterNode, keys: Keys, value: Json | typeof gone): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return value !== gone && equal(plainOf(after), value);
  if (isUnwritten(after) && value === gone && rest.length === 0) return isMapNode(before) && before.items.length === 1;
  if (typeof key === "number") return compareItems(both, before, after, key, rest, value);
  if (!isMapNode(after)) return false;
  const old = isMapNode(before) ? before.items : [];
  if (!isMapNode(before) && !isNull(before)) return false;
  const others = (items: readonly MatterPair[]) => items.filter((pair) => keyOf(pair) !== key);
  if (!samePairs(both, others(old), others(after.items))) return false;
  const now = after.items.filter((pair) => keyOf(pair) === key);
  if (value === gone && rest.length === 0) return now.length === 0 && old.length === after.items.length + 1;
  return now.length === 1 && compare(both, old.find((pair) => keyOf(pair) === key)?.value, now[0]?.value, rest, value);
}

function compareItems(both: Both, before: MatterNode, after: MatterNode, index: number, rest: Keys, value: Json | typeof gone): boolean {
  if (!isSeqNode(after)) return false;
  const old = isSeqNode(before) ? before.items : [];
  const removed = value === gone && rest.length === 0;
  if (after.items.length !== (removed ? old.length - 1 : Math.max(old.length, index + 1))) return false;
  return after.items.every((item, at) => {
    if (removed) return same(both, old[at < index ? at : at + 1], item);
    return at === index ? compare(both, old[at], item, rest, value) : same(both, old[at], item);
  });
}

function samePairs(both: Both, before: readonly MatterPair[], after: readonly MatterPair[]): boolean {
  return (
    before.length === after.length &&
    before.every((pair, index) => same(both, pair.key, after[index]?.key) && same(both, pair.value, after[index]?.value))
  );
}

/** Equal in value and in writing. */
export function same(both: Both, before: MatterNode, after: MatterNode): boolean {
  if (isMapNode(before)) return isMapNode(after) && before.anchor === after.anchor && samePairs(both, before.items, after.items);
  if (isSeqNode(before))
    return (
      isSeqNode(after) &&
      before.anchor === after.anchor &&
      before.items.length === after.items.length &&
      before.items.every((item, index) => same(both, item, after.items[index]))
    );
  if (isMapNode(after) || isSeqNode(after)) return false;
  return (
    written(both.before, before) === written(both.after, after) && equal(plainOf(before), plainOf(after)) && before?.tag === after?.tag
  );
}

/** The node as it stands in the file. */
export function written(matter: Matter, node: MatterNode): string {
  const range = node?.range;
  return range === undefined || range === null ? "" : matter.text.slice(matter.start + range[0], matter.start + range[1]);
}
