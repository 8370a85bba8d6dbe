// A list over several lines set to another: the lines of the items that stay are not touched, nor are comments on lines of
// their own. Only the comment beside an item that goes, goes with it.

import type { Source } from "../record/new-run.ts";
import type { Json } from "../record/tree.ts";
import { readPlainValue } from "./edit-lane.ts";
import { equal, isMapNode, isSeqNode, type Matter, type MatterNode, plainOf } from "./edit-matter.ts";
import { columnOf, dashEnd, isFlow, nodeEnd, nodeStart, opensLine } from "./edit-places.ts";
import type { Splice } from "./edit-splice.ts";
import { isSource, type NewValue } from "./edit-value.ts";
import { eolAt, nextLine, startOfLine } from "./lines.ts";
import { printFlow } from "./print-yaml.ts";

/** Longer lists are replaced as a whole: comparing them takes the product of their lengths. */
const longest = 500;

/** Nothing where the list has to be replaced as a whole, or where nothing in it is worth keeping. */
export function listSplices(
  matter: Matter,
  list: MatterNode,
  value: Json | Source,
  fresh: NewValue,
  commented: boolean,
): readonly Splice[] | undefined {
  if (!isSeqNode(list) || isFlow(list) || !Array.isArray(fresh.reads)) return undefined;
  const reads: readonly Json[] = fresh.reads;
  const old = list.items.map((item) => plainOf(item));
  if (old.length === 0 || reads.length === 0 || Math.max(old.length, reads.length) > longest) return undefined;
  const dashes = old.map((_, index) => (dashEnd(matter, list, index) ?? 0) - 1);
  if (dashes.some((dash) => dash < 0 || !opensLine(matter.text, dash))) return undefined;
  const common = commonItems(old, reads);
  if (common.length === 0 && !commented) return undefined;
  const texts = itemTexts(value, fresh, reads);
  const first = dashes[0] ?? 0;
  const indent = columnOf(matter.text, first);
  const eol = eolAt(matter.text, first);
  const starts = dashes.map((dash) => startOfLine(matter.text, dash));
  const ends = list.items.map((item, index) =>
    Math.min(nextLine(matter.text, nodeEnd(matter, item, (dashes[index] ?? 0) + 1)), matter.end),
  );
  const kept = [...common, [old.length, reads.length] as const];
  const splices: Splice[] = [];
  let [was, is] = [0, 0];
  for (const [nextWas, nextIs] of kept) {
    const lines = texts.slice(is, nextIs).map((text) => `${indent}- ${text}${eol}`);
    for (let index = was; index < nextWas; index += 1)
      splices.push({ start: starts[index] ?? 0, end: ends[index] ?? 0, text: index === was ? lines.join("") : "" });
    const at = was === 0 ? (starts[0] ?? 0) : (ends[was - 1] ?? 0);
    if (nextWas === was && lines.length > 0) splices.push({ start: at, end: at, text: lines.join("") });
    [was, is] = [nextWas + 1, nextIs + 1];
  }
  return splices;
}

/** Words typed in brackets stay as typed. */
function itemTexts(value: Json | Source, fresh: NewValue, reads: readonly Json[]): readonly string[] {
  const text = fresh.after.trim();
  const node = isSource(value) ? readPlainValue(text) : undefined;
  if (!isSeqNode(node) || node.items.length !== reads.length) return reads.map((item) => printFlow(item, true));
  return node.items.map((item) => `key: ${text}`.slice(nodeStart(plain, item), nodeEnd(plain, item, 0)));
}

/** `readPlainValue` counts from the value. */
const plain = { text: "", start: 5, end: 0, root: undefined };

/** Pairs of places of what both lists hold, in order, as many as possible. */
function commonItems(old: readonly Json[], fresh: readonly Json[]): readonly (readonly [number, number])[] {
  const best = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  const at = (one: number, other: number): number => best[one]?.[other] ?? 0;
  for (let one = old.length - 1; one >= 0; one -= 1)
    for (let other = fresh.length - 1; other >= 0; other -= 1) {
      const row = best[one] as Uint16Array;
      const same = equal(old[one] as Json, fresh[other] as Json);
      row[other] = same ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
    }
  const pairs: [number, number][] = [];
  for (let [one, other] = [0, 0]; one < old.length && other < fresh.length; ) {
    if (equal(old[one] as Json, fresh[other] as Json)) pairs.push([one++, other++]);
    else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return pairs;
}

/** Whether a comment stands between the values from `start` to `end`. */
export function hasComment(matter: Matter, node: MatterNode, start: number, end: number): boolean {
  let at = start;
  let found = false;
  const visit = (inner: MatterNode): void => {
    if (isMapNode(inner))
      for (const pair of inner.items) {
        visit(pair.key);
        visit(pair.value);
      }
    else if (isSeqNode(inner)) for (const item of inner.items) visit(item);
    else if (inner?.range) {
      found ||= matter.text.slice(at, matter.start + inner.range[0]).includes("#");
      at = Math.max(at, matter.start + inner.range[1]);
    }
  };
  visit(node);
  return found || matter.text.slice(at, end).includes("#");
}
