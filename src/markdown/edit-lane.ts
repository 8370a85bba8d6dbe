// What the fast lane read, as the nodes that an edit works on: the parts of the library's nodes that the edit rooms use, with
// the same places. A test holds every edit equal to the one made with the library's own nodes.

import type { Node } from "yaml";
import type { Dict, List, Scalar, Tree } from "../record/tree.ts";
import { readPlainYaml } from "./yaml-lane.ts";
import { marks, nodeMark } from "./yaml-nodes.ts";

/** Nothing where the lane is unsure. Places count from `start`, as the library's do. */
export function readPlainNodes(text: string, start: number, end: number): Node | undefined {
  const tree = readPlainYaml(text, start, end);
  return tree === undefined || hasOddNumber(tree) ? undefined : (nodeOf(tree, { text, start }) as unknown as Node);
}

/** One value on its own, as it would read after `key: `; nothing where the lane is unsure. */
export function readPlainValue(text: string): Node | undefined {
  const root = readPlainYaml(`key: ${text}\n`, 0, text.length + 6);
  const value = root?.entries[0]?.value;
  if (root === undefined || value === undefined || root.entries.length !== 1 || hasOddNumber(root)) return undefined;
  return nodeOf(value, { text: `key: ${text}`, start: 5 }) as unknown as Node;
}

/** Numbers that a double cannot hold are text to us, but numbers to the library, which proves edits that have to do with them. */
function hasOddNumber(tree: Tree): boolean {
  if (tree.kind === "dict") return tree.entries.some(({ value }) => hasOddNumber(value));
  if (tree.kind === "list") return tree.items.some(hasOddNumber);
  return tree.style === "plain" && typeof tree.value === "string" && /^[-+.\d]/.test(tree.value) && !Number.isNaN(Number(tree.value));
}

interface Origin {
  readonly text: string;
  readonly start: number;
}

function nodeOf(tree: Tree, origin: Origin): object {
  if (tree.kind === "dict") return mapOf(tree, origin);
  return tree.kind === "list" ? seqOf(tree, origin) : scalarOf(tree, origin);
}

function rangeOf({ start, end }: { readonly start: number; readonly end: number }, origin: Origin): readonly [number, number, number] {
  return [start - origin.start, end - origin.start, end - origin.start];
}

function mapOf(dict: Dict, origin: Origin): object {
  return {
    [nodeMark]: marks.map,
    range: rangeOf(dict, origin),
    flow: origin.text.charCodeAt(dict.start) === 123,
    items: dict.entries.map(({ key, keyStart, keyEnd, value }) => ({
      key: { [nodeMark]: marks.scalar, type: "PLAIN", value: key, source: key, range: rangeOf({ start: keyStart, end: keyEnd }, origin) },
      value: nodeOf(value, origin),
      // In the lane the colon follows the key at once.
      srcToken: { start: [], sep: [{ type: "map-value-ind", offset: keyEnd - origin.start, source: ":" }] },
    })),
  };
}

function seqOf(list: List, origin: Origin): object {
  const flow = origin.text.charCodeAt(list.start) === 91;
  return {
    [nodeMark]: marks.seq,
    range: rangeOf(list, origin),
    flow,
    items: list.items.map((item) => nodeOf(item, origin)),
    ...(flow
      ? {}
      : {
          srcToken: {
            type: "block-seq",
            items: list.items.map((item) => ({ start: [{ type: "seq-item-ind", offset: dashBefore(item, origin), source: "-" }] })),
          },
        }),
  };
}

/** Only blanks stand between a dash and its item. */
const dashBefore = (item: Tree, { text, start }: Origin): number => text.lastIndexOf("-", item.start - 1) - start;

function scalarOf(scalar: Scalar, origin: Origin): object {
  const first = origin.text.charCodeAt(scalar.start);
  return {
    [nodeMark]: marks.scalar,
    type: scalar.style === "plain" ? "PLAIN" : (types.get(first) ?? "PLAIN"),
    value: scalar.value,
    source: scalar.source,
    range: rangeOf(scalar, origin),
  };
}

const types: ReadonlyMap<number, string> = new Map([
  [34, "QUOTE_DOUBLE"],
  [39, "QUOTE_SINGLE"],
  [124, "BLOCK_LITERAL"],
  [62, "BLOCK_FOLDED"],
]);
