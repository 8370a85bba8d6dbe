// An edit of the front matter as splices of the original text: a value replaced, a key added or removed, an item pushed.

import { JournalError } from "../base/problem.ts";
import type { Source } from "../record/new-run.ts";
import type { Json } from "../record/tree.ts";
import { insertItem, insertKey } from "./edit-insert.ts";
import { hasComment, listSplices } from "./edit-list.ts";
import { locate, type Place, type Step } from "./edit-locate.ts";
import { gone, isMapNode, isNull, isSeqNode, isUnwritten, type Matter, type MatterPair, plainOf, written } from "./edit-matter.ts";
import { columnOf, dashEnd, introEnd, isBlockCollection, isFlow, nodeEnd, nodeStart, opensLine, pairEnd } from "./edit-places.ts";
import type { Plan, Splice } from "./edit-splice.ts";
import { type NewValue, newValue } from "./edit-value.ts";
import { endOfLine, eolAt, nextLine, startOfLine } from "./lines.ts";
import { dropsComments, notAList } from "./messages-edit.ts";
import { isPlainText, printFlow, printTyped, quoteText, typeAt } from "./print-yaml.ts";
import { isScalar } from "./yaml-nodes.ts";

/** Nothing when there is nothing to change. */
export function planSet(matter: Matter, path: readonly string[], value: Json | Source, patch: string, exact: boolean): Plan | undefined {
  const place = locate(matter, path, patch, { exact });
  const step = place.steps.at(-1);
  if (place.rest.length > 0 || step === undefined) return insertKey(matter, place, value);
  return replaceValue(matter, place, step, value, patch);
}

function replaceValue(matter: Matter, place: Place, step: Step, value: Json | Source, patch: string): Plan | undefined {
  const context = isFlow(step.parent) ? "flow" : "block";
  const column = columnOf(matter.text, nodeStart(matter, step.pair?.key ?? step.value));
  const eol = eolAt(matter.text, introEnd(matter, step) ?? nodeStart(matter, step.value));
  const fresh = newValue(value, {
    context,
    type: typeAt(place.keys.map(String)),
    old: step.value,
    inList: isSeqNode(step.parent),
    indent: column,
    eol,
  });
  if (fresh === undefined) return undefined;
  const commented = holdsComments(matter, step);
  const lines = listSplices(matter, step.value, value, fresh, commented);
  if (lines === undefined && commented) throw new JournalError(dropsComments(place.keys.join("."), patch, nodeStart(matter, step.value)));
  const splices = lines ?? valueSplices(matter, step, fresh);
  return { splices, keys: place.keys, reads: fresh.reads, old: oldText(matter, step), new: fresh.after.trim() };
}

/** A list or map that is replaced as a whole takes the comments inside with it. */
function holdsComments(matter: Matter, step: Step): boolean {
  const { value } = step;
  if (!isMapNode(value) && !isSeqNode(value)) return false;
  const start = nodeStart(matter, value);
  const end = valueEnd(matter, step);
  const block = isBlockCollection(value);
  const from = block && step.pair !== undefined ? endOfLine(matter.text, introEnd(matter, step) ?? start) : start;
  return hasComment(matter, value, from, block ? endOfLine(matter.text, end) : end);
}

function valueSplices(matter: Matter, step: Step, { after }: NewValue): readonly Splice[] {
  const { text } = matter;
  const intro = introEnd(matter, step);
  const inline = after.slice(1);
  const ownLines = after !== "" && !after.startsWith(" ");
  if (isUnwritten(step.value)) {
    const at = intro ?? nodeEnd(matter, step.pair?.key, nodeStart(matter, step.value));
    if (ownLines) return [insertion(endOfLine(text, at), after)];
    return [insertion(at, intro === undefined ? `:${after}` : after)];
  }
  const start = nodeStart(matter, step.value);
  const end = valueEnd(matter, step);
  if (isBlockCollection(step.value) && step.pair !== undefined && intro !== undefined) {
    const header = endOfLine(text, intro);
    const removed = { start: header, end: endOfLine(text, end), text: ownLines ? after : "" };
    return ownLines || after === "" ? [removed] : [insertion(intro, after), removed];
  }
  if (ownLines && intro !== undefined) return [{ start: intro, end, text: "" }, insertion(endOfLine(text, end), after)];
  if (after === "") {
    const bare = intro !== undefined && start === intro + 1 && !isFlow(step.parent) && step.pair !== undefined;
    return [bare ? { start: intro, end, text: "" } : { start, end, text: "~" }];
  }
  return [{ start, end, text: `${inline}${headerComment(matter, step)}` }];
}

const insertion = (at: number, text: string): Splice => ({ start: at, end: at, text });

/** End of a value without the line end that a block scalar holds, be it the last one inside. */
function valueEnd(matter: Matter, step: Step): number {
  const end = nodeEnd(matter, step.value, nodeStart(matter, step.value));
  return end - (matter.text.endsWith("\r\n", end) ? 2 : matter.text.endsWith("\n", end) ? 1 : 0);
}

/** As it stands in the file; a collection of lines with the end of the last. */
function oldText(matter: Matter, step: Step): string {
  const end = valueEnd(matter, step);
  return matter.text.slice(
    nodeStart(matter, step.value),
    isBlockCollection(step.value) ? Math.min(nextLine(matter.text, end), matter.end) : end,
  );
}

const isBlockScalar = ({ value }: Step): boolean => isScalar(value) && (value.type === "BLOCK_LITERAL" || value.type === "BLOCK_FOLDED");

/** The comment beside `|` outlives the text below it. */
function headerComment(matter: Matter, step: Step): string {
  if (!isBlockScalar(step)) return "";
  const start = nodeStart(matter, step.value);
  const header = matter.text.slice(start, endOfLine(matter.text, start));
  const comment = header.indexOf(" #");
  return comment === -1 ? "" : ` ${header.slice(comment).trim()}`;
}

/** Nothing when the path does not exist. */
export function planRemove(matter: Matter, path: readonly string[], patch: string, exact: boolean): Plan | undefined {
  const place = locate(matter, path, patch, { exact, onlyExisting: true });
  const step = place.steps.at(-1);
  if (place.rest.length > 0 || step === undefined) return undefined;
  const splices = isFlow(step.parent) ? [removeFlow(matter, step)] : [removeLines(matter, step)];
  return { splices, keys: place.keys, reads: gone, old: oldText(matter, step) };
}

function removeLines(matter: Matter, step: Step): Splice {
  const { text } = matter;
  const { pair, parent } = step;
  if (pair === undefined) {
    const dash = dashEnd(matter, parent, Number(step.key)) ?? nodeStart(matter, step.value);
    return { start: startOfLine(text, dash - 1), end: nextLine(text, nodeEnd(matter, step.value, dash)), text: "" };
  }
  const start = nodeStart(matter, pair.key);
  if (opensLine(text, start)) return { start: startOfLine(text, start), end: nextLine(text, pairEnd(matter, pair)), text: "" };
  // `- a: 1` with further keys below: the next one moves up beside the dash.
  const pairs: readonly MatterPair[] = isMapNode(parent) ? parent.items : [];
  const next = pairs[pairs.indexOf(pair) + 1];
  return next === undefined ? { start, end: pairEnd(matter, pair), text: "{}" } : { start, end: nodeStart(matter, next.key), text: "" };
}

function removeFlow(matter: Matter, { parent, pair, key, value }: Step): Splice {
  const spans: { readonly start: number; readonly end: number }[] = [];
  if (isMapNode(parent)) for (const item of parent.items) spans.push({ start: nodeStart(matter, item.key), end: pairEnd(matter, item) });
  if (isSeqNode(parent))
    for (const item of parent.items) spans.push({ start: nodeStart(matter, item), end: nodeEnd(matter, item, nodeStart(matter, item)) });
  const index = isMapNode(parent) && pair !== undefined ? parent.items.indexOf(pair) : Number(key);
  const span = spans[index] ?? { start: nodeStart(matter, value), end: nodeStart(matter, value) };
  const before = spans[index - 1];
  const next = spans[index + 1];
  if (before !== undefined) return { start: before.end, end: span.end, text: "" };
  if (next !== undefined) return { start: span.start, end: next.start, text: "" };
  const open = nodeStart(matter, parent) + 1;
  const close = matter.start + (parent?.range?.[1] ?? 0) - 1;
  return matter.text.slice(open, close).includes("#") ? { ...span, text: "" } : { start: open, end: close, text: "" };
}

export function planPush(matter: Matter, path: readonly string[], value: Json, patch: string): Plan | undefined {
  const place = locate(matter, path, patch);
  const step = place.steps.at(-1);
  if (place.rest.length > 0 || step === undefined) return insertKey(matter, place, [value]);
  const list = step.value;
  if (isNull(list)) return replaceValue(matter, place, step, [value], patch);
  if (isSeqNode(list)) {
    const item = printFlow(value, true);
    return { splices: insertItem(matter, list, item), keys: [...place.keys, list.items.length], reads: value, new: item };
  }
  if (!isScalar(list) || isBlockScalar(step)) throw new JournalError(notAList(path.join("."), patch, nodeStart(matter, list)));
  const first = list.type === "PLAIN" ? flowItem(list.source ?? "") : written(matter, list);
  const text = `[${first}, ${printFlow(value, true)}]`;
  const start = nodeStart(matter, list);
  return {
    splices: [{ start, end: nodeEnd(matter, list, start), text }],
    keys: place.keys,
    reads: [plainOf(list), value],
    old: written(matter, list),
    new: text,
  };
}

/** What stood alone, as the first item of a list. */
function flowItem(source: string): string {
  return isPlainText(source, "flow") || printTyped(source, undefined, "flow") === source ? source : quoteText(source);
}
