// New keys and items: where they go (beside their siblings, top-level fields in the template's order) and in which style.

import type { Source } from "../record/new-run.ts";
import { fields, fieldsByKey } from "../record/template.ts";
import type { Json } from "../record/tree.ts";
import type { Place } from "./edit-locate.ts";
import { isMapNode, isNull, isSeqNode, isUnwritten, keyOf, type Matter, type MatterNode, type MatterPair } from "./edit-matter.ts";
import { colonEnd, columnOf, dashEnd, indentStep, isFlow, nodeEnd, nodeStart, opensLine, pairEnd } from "./edit-places.ts";
import type { Plan, Splice } from "./edit-splice.ts";
import { isSource, newValue } from "./edit-value.ts";
import { endOfLine, eolAt, nextLine, startOfLine } from "./lines.ts";
import { type Context, printKey, typeAt } from "./print-yaml.ts";

interface Chain {
  readonly text: string;
  readonly reads: Json;
  readonly shown: string;
}

export function insertKey(matter: Matter, place: Place, value: Json | Source): Plan | undefined {
  if (isSource(value) && value.source.trim() === "" && place.rest.length === 0) return undefined;
  const step = place.steps.at(-1);
  const holder = step === undefined ? matter.root : step.value;
  const flow = isFlow(holder) || (step !== undefined && (isFlow(step.parent) || (step.pair === undefined && isNull(holder))));
  const chained = (indent: string, eol: string): Chain => chain(place, value, flow ? "flow" : "block", indent, indentStep(matter), eol);
  const plan = (splices: readonly Splice[], made: Chain): Plan => ({ splices, keys: place.keys, reads: made.reads, new: made.shown });
  if (flow) {
    const made = chained("", "\n");
    if (isMapNode(holder)) return plan(insertFlow(matter, holder, made.text), made);
    const start = nodeStart(matter, holder);
    const at = isUnwritten(holder)
      ? step?.pair === undefined
        ? dashEnd(matter, step?.parent, Number(step?.key))
        : colonEnd(matter, step.pair)
      : undefined;
    const text = `{ ${made.text} }`;
    return plan([at === undefined ? { start, end: nodeEnd(matter, holder, start), text } : { start: at, end: at, text: ` ${text}` }], made);
  }
  if (isMapNode(holder) && holder.items.length > 0) {
    const { at, indent, eol } = lineFor(matter, holder, step === undefined ? place.rest[0] : undefined);
    const made = chained(indent, eol);
    return plan([{ start: at, end: at, text: `${indent}${made.text}${eol}` }], made);
  }
  if (step?.pair === undefined) {
    const eol = eolAt(matter.text, matter.start);
    const made = chained("", eol);
    return plan([{ start: matter.end, end: matter.end, text: `${made.text}${eol}` }], made);
  }
  return underEmptyKey(matter, step.pair, chained, plan);
}

/** `config:` without a value gains its first key on the line below; a written `~` goes. */
function underEmptyKey(
  matter: Matter,
  pair: MatterPair,
  chained: (indent: string, eol: string) => Chain,
  plan: (splices: readonly Splice[], made: Chain) => Plan,
): Plan {
  const { text } = matter;
  const colon = colonEnd(matter, pair) ?? nodeEnd(matter, pair.key, 0);
  const indent = columnOf(text, nodeStart(matter, pair.key)) + indentStep(matter);
  const eol = eolAt(text, colon);
  const made = chained(indent, eol);
  const line = { start: endOfLine(text, colon), end: endOfLine(text, colon), text: `${eol}${indent}${made.text}` };
  if (isUnwritten(pair.value)) return plan([line], made);
  const end = nodeEnd(matter, pair.value, colon);
  return plan(
    [
      { start: colon, end, text: "" },
      { ...line, start: endOfLine(text, end), end: endOfLine(text, end) },
    ],
    made,
  );
}

/** `a: { b: 1 }` or its block form, from what is left of the path. */
function chain(place: Place, value: Json | Source, context: Context, indent: string, step: string, eol: string): Chain {
  const deepest = indent + step.repeat(place.rest.length - 1);
  const fresh = newValue(value, { context, type: typeAt(place.keys.map(String)), old: undefined, inList: false, indent: deepest, eol }) ?? {
    after: "",
    reads: null,
  };
  const after = context === "flow" && fresh.after === "" ? " ~" : fresh.after;
  const [first = "", ...others] = place.rest;
  if (context === "flow") {
    const inner = others.reduceRight((text, key) => `{ ${printKey(key)}: ${text} }`, after.slice(1));
    return { text: `${printKey(first)}: ${inner}`, reads: fresh.reads, shown: after.trim() };
  }
  const below = others.map((key, index) => `${eol}${indent}${step.repeat(index + 1)}${printKey(key)}:`).join("");
  return { text: `${printKey(first)}:${below}${after}`, reads: fresh.reads, shown: after.trim() };
}

interface Line {
  readonly at: number;
  readonly indent: string;
  readonly eol: string;
}

/** Line for a new key of a block map: after its last key; at the top after the last known field that the template puts before it. */
function lineFor(matter: Matter, map: { readonly items: readonly MatterPair[] }, field: string | undefined): Line {
  const { text } = matter;
  const pairs = map.items;
  const first = pairs[0] as MatterPair;
  const indent = columnOf(text, keyStart(matter, first));
  const after = field === undefined || !fieldsByKey.has(field) ? pairs.at(-1) : predecessor(pairs, field);
  if (after === undefined) {
    const at = startOfLine(text, keyStart(matter, first));
    return { at, indent, eol: eolAt(text, at) };
  }
  const end = pairEnd(matter, after);
  const at = Math.min(nextLine(text, end), matter.end);
  return { at, indent, eol: eolAt(text, Math.max(at - 1, 0)) };
}

function keyStart(matter: Matter, pair: MatterPair): number {
  const sign = pair.srcToken?.start.find((token) => token.type === "explicit-key-ind");
  return sign === undefined ? nodeStart(matter, pair.key) : matter.start + sign.offset;
}

const order: ReadonlyMap<string, number> = new Map(fields.map((field, index) => [field.key, index]));

function predecessor(pairs: readonly MatterPair[], field: string): MatterPair | undefined {
  const own = order.get(field) ?? 0;
  const known = pairs.filter((pair) => order.has(keyOf(pair) ?? ""));
  if (known.length === 0) return pairs.at(-1);
  return known.filter((pair) => (order.get(keyOf(pair) ?? "") ?? 0) < own).at(-1);
}

/** A further item of a list, in the list's own style. */
export function insertItem(matter: Matter, list: MatterNode, item: string): readonly Splice[] {
  if (!isSeqNode(list)) return [];
  if (isFlow(list)) return insertFlow(matter, list, item);
  const last = list.items.length - 1;
  const dash = dashEnd(matter, list, last) ?? nodeStart(matter, list);
  const at = nextLine(matter.text, nodeEnd(matter, list.items[last], dash));
  const eol = eolAt(matter.text, at - 1);
  return [{ start: at, end: at, text: `${columnOf(matter.text, dash - 1)}- ${item}${eol}` }];
}

/** A further entry inside `{…}` or `[…]`, on a line of its own where the others are. */
function insertFlow(matter: Matter, holder: MatterNode, entry: string): readonly Splice[] {
  const { text } = matter;
  const open = nodeStart(matter, holder);
  const close = matter.start + (holder?.range?.[1] ?? 0) - 1;
  const spans = flowSpans(matter, holder);
  const last = spans.at(-1);
  if (last === undefined) {
    const inside = text.slice(open + 1, close);
    if (!inside.includes("\n")) return [{ start: open + 1, end: close, text: isMapNode(holder) ? ` ${entry} ` : entry }];
    const line = startOfLine(text, close);
    const indent = `${text.slice(line, close).trim() === "" ? text.slice(line, close) : ""}  `;
    return [{ start: line, end: line, text: `${indent}${entry}${eolAt(text, open)}` }];
  }
  const comma = commaAfter(text, last.end, close);
  if (opensLine(text, last.start) && opensLine(text, close)) {
    const at = endOfLine(text, comma ?? last.end);
    const line = { start: at, end: at, text: `${eolAt(text, at)}${columnOf(text, last.start)}${entry}${comma === undefined ? "" : ","}` };
    return comma === undefined ? [{ start: last.end, end: last.end, text: "," }, line] : [line];
  }
  return comma === undefined
    ? [{ start: last.end, end: last.end, text: `, ${entry}` }]
    : [{ start: comma + 1, end: comma + 1, text: ` ${entry},` }];
}

function flowSpans(matter: Matter, holder: MatterNode): readonly { readonly start: number; readonly end: number }[] {
  if (isMapNode(holder)) return holder.items.map((pair) => ({ start: nodeStart(matter, pair.key), end: pairEnd(matter, pair) }));
  if (!isSeqNode(holder)) return [];
  return holder.items.map((item) => ({ start: nodeStart(matter, item), end: nodeEnd(matter, item, nodeStart(matter, item)) }));
}

/** A comma between the last entry and the closing bracket, comments skipped. */
function commaAfter(text: string, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += 1) {
    const character = text.charAt(at);
    if (character === ",") return at;
    if (character === "#") at = endOfLine(text, at);
  }
  return undefined;
}
