// Offsets around `yaml`'s nodes that its ranges do not give: where a pair's colon is, where its last content ends, which
// line end and indentation its neighbours use. All are offsets into the whole file.

import type { Step } from "./edit-locate.ts";
import { isMapNode, isSeqNode, isUnwritten, type Matter, type MatterNode, type MatterPair } from "./edit-matter.ts";
import { startOfLine } from "./lines.ts";
import { isAlias, isScalar } from "./yaml-nodes.ts";

export const isFlow = (node: MatterNode): boolean => (isMapNode(node) || isSeqNode(node)) && node.flow === true;

export const isBlockCollection = (node: MatterNode): boolean => (isMapNode(node) || isSeqNode(node)) && node.flow !== true;

export function nodeStart(matter: Matter, node: MatterNode): number {
  return matter.start + (node?.range?.[0] ?? 0);
}

/** After `:`; nothing for a flow key without one. */
export function colonEnd(matter: Matter, pair: MatterPair): number | undefined {
  const colon = pair.srcToken?.sep?.find((token) => token.type === "map-value-ind");
  return colon === undefined ? undefined : matter.start + colon.offset + 1;
}

/** After the `-` of an item of a block list. */
export function dashEnd(matter: Matter, list: MatterNode, index: number): number | undefined {
  if (!isSeqNode(list) || list.srcToken?.type !== "block-seq") return undefined;
  const dashes = list.srcToken.items.flatMap((item) => item.start.filter((token) => token.type === "seq-item-ind"));
  const dash = dashes[index];
  return dash === undefined ? undefined : matter.start + dash.offset + 1;
}

/** After `key:` or `-`: where a value may begin. */
export function introEnd(matter: Matter, step: Step): number | undefined {
  return step.pair === undefined ? dashEnd(matter, step.parent, Number(step.key)) : colonEnd(matter, step.pair);
}

/** After the last character that belongs to the pair, comments and blank lines not counted. */
export function pairEnd(matter: Matter, pair: MatterPair): number {
  const tokens =
    pair.srcToken?.sep?.filter((token) => token.type === "map-value-ind" || token.type === "anchor" || token.type === "tag") ?? [];
  const written = tokens.map((token) => matter.start + token.offset + token.source.length);
  return nodeEnd(matter, pair.value, Math.max(matter.start + (pair.key.range?.[1] ?? 0), ...written));
}

export function nodeEnd(matter: Matter, node: MatterNode, empty: number): number {
  if (isUnwritten(node)) return empty;
  if (isFlow(node) || isScalar(node) || isAlias(node)) return matter.start + (node?.range?.[1] ?? 0);
  if (isMapNode(node)) {
    const last = node.items.at(-1);
    return last === undefined ? empty : pairEnd(matter, last);
  }
  if (isSeqNode(node)) return nodeEnd(matter, node.items.at(-1), dashEnd(matter, node, node.items.length - 1) ?? empty);
  return empty;
}

/** Blanks as wide as what stands before `offset` on its line. */
export function columnOf(text: string, offset: number): string {
  const start = startOfLine(text, offset);
  return " ".repeat(offset - (text.charCodeAt(start) === 0xfeff ? start + 1 : start));
}

/** Whether nothing but blanks stands before `offset` on its line. */
export const opensLine = (text: string, offset: number): boolean => text.slice(startOfLine(text, offset), offset).trim() === "";

/** How far this file indents one level. */
export function indentStep(matter: Matter): string {
  const pairs = isMapNode(matter.root) ? matter.root.items : [];
  for (const { key, value } of pairs) {
    const first = isBlockCollection(value) && isMapNode(value) ? value.items[0] : undefined;
    if (first === undefined) continue;
    const width = columnOf(matter.text, nodeStart(matter, first.key)).length - columnOf(matter.text, nodeStart(matter, key)).length;
    if (width > 0 && width <= 8) return " ".repeat(width);
  }
  return "  ";
}
