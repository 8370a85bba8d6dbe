// Three versions of the front matter → one, key by key: values by their source ranges, everything else as written.

import type { Dict, Entry, Tree } from "../record/tree.ts";
import type { Located } from "./merge-lists.ts";
import { growthOf, mergeLists } from "./merge-lists.ts";
import type { Merged, Piece } from "./merge-sequence.ts";
import { mergeSequence, pick } from "./merge-sequence.ts";

/** One entry of a block map: its lines, with the comments above it. */
interface Block extends Piece {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly entry: Entry;
}

export interface Region extends Located<Dict> {
  readonly start: number;
  readonly end: number;
}

export function mergeKeys(base: Region, ours: Region, theirs: Region): Merged | undefined {
  return mergeRegion(base, ours, theirs, []);
}

function mergeRegion(base: Region | undefined, ours: Region, theirs: Region, path: readonly string[]): Merged | undefined {
  const pieces = mergeSequence(base === undefined ? [] : blocks(base), blocks(ours), blocks(theirs), (was, mine, other) =>
    mergeBlock(was, mine, other, [...path, mine.name]),
  );
  return pieces === undefined
    ? undefined
    : { text: pieces.map((piece) => piece.text).join(""), conflicts: pieces.some((piece) => piece.conflicts) };
}

/** Comments and blank lines belong to the key below them; those after the last key to that. */
function blocks({ text, tree, start, end }: Region): readonly Block[] {
  let from = start;
  return tree.entries.map((entry, index) => {
    const next = index === tree.entries.length - 1 ? end : Math.min(end, lineEnd(text, entry.value.end, entry.keyEnd));
    const block = { name: entry.key, text: text.slice(from, next), source: text, start: from, end: next, entry };
    from = next;
    return block;
  });
}

/** After the line on which a value ends; a block scalar ends with its last line. */
function lineEnd(text: string, end: number, keyEnd: number): number {
  if (text[end - 1] === "\n" && end > keyEnd) return end;
  const next = text.indexOf("\n", end);
  return next === -1 ? text.length : next + 1;
}

function mergeBlock(base: Block | undefined, ours: Block, theirs: Block, path: readonly string[]): Merged {
  const lead = pick(base && leadOf(base), leadOf(ours), leadOf(theirs));
  if (lead === undefined) return conflict("", ours.text, theirs.text);
  const merged = mergeNested(base, ours, theirs, path) ?? mergeInline(base, ours, theirs, path);
  return merged === undefined
    ? conflict(lead, ours.text.slice(leadOf(ours).length), theirs.text.slice(leadOf(theirs).length))
    : { text: lead + merged.text, conflicts: merged.conflicts };
}

function conflict(lead: string, ours: string, theirs: string): Merged {
  const eol = ours.includes("\r\n") ? "\r\n" : "\n";
  return { text: `${lead}<<<<<<< ours${eol}${ours}=======${eol}${theirs}>>>>>>> theirs${eol}`, conflicts: true };
}

/** Comments and blank lines above the key's own line. */
function leadOf({ source, start, entry }: Block): string {
  return source.slice(start, source.lastIndexOf("\n", entry.keyStart - 1) + 1);
}

/** Maps below their key, merged key by key. */
function mergeNested(base: Block | undefined, ours: Block, theirs: Block, path: readonly string[]): Merged | undefined {
  const [old, mine, other] = [nested(base), nested(ours), nested(theirs)];
  if (mine === undefined || other === undefined) return undefined;
  const fresh = base === undefined || (base.entry.value.kind === "scalar" && base.entry.value.source === "");
  if (old === undefined && !fresh) return undefined;
  const head = pick(old && base && headOf(base, old), headOf(ours, mine), headOf(theirs, other));
  const rest = mergeRegion(old, mine, other, path);
  return head === undefined || rest === undefined ? undefined : { text: head + rest.text, conflicts: rest.conflicts };
}

function headOf(block: Block, region: Region): string {
  return block.source.slice(block.start + leadOf(block).length, region.start);
}

function nested(block: Block | undefined): Region | undefined {
  if (block === undefined || block.entry.value.kind !== "dict") return undefined;
  const { source, entry, end } = block;
  const start = source.indexOf("\n", entry.keyEnd) + 1;
  return entry.value.start < start || start === 0 ? undefined : { text: source, tree: entry.value as Dict, start, end };
}

/** The value by its range; what stands before and after it on its lines by itself. */
function mergeInline(base: Block | undefined, ours: Block, theirs: Block, path: readonly string[]): Merged | undefined {
  const before = ({ source, start, entry }: Block): string =>
    source.slice(start, entry.value.start).slice(leadOf({ source, start, entry } as Block).length);
  const after = ({ source, end, entry }: Block): string => source.slice(entry.value.end, end);
  // A scalar that became a list on both sides changes what stands around it.
  const changed = base !== undefined && base.entry.value.kind !== ours.entry.value.kind;
  const head = pick(base && !changed ? before(base) : undefined, before(ours), before(theirs));
  const tail = pick(base && !changed ? after(base) : undefined, after(ours), after(theirs));
  const value = mergeValue(base && located(base), located(ours), located(theirs), path);
  return head === undefined || tail === undefined || value === undefined ? undefined : { text: head + value + tail, conflicts: false };
}

function located({ source, entry }: { readonly source: string; readonly entry: Entry }): Located {
  return { text: source, tree: entry.value };
}

function written({ text, tree }: Located): string {
  return text.slice(tree.start, tree.end);
}

function mergeValue(base: Located | undefined, ours: Located, theirs: Located, path: readonly string[]): string | undefined {
  const one = pick(base && written(base), written(ours), written(theirs));
  if (one !== undefined) return one;
  const growth = growthOf(path);
  if (isList(ours) && isList(theirs) && growth !== undefined) return mergeLists(base, ours, theirs, growth);
  if (isFlowDict(ours) && isFlowDict(theirs) && (base === undefined || isFlowDict(base))) return mergeFlow(base, ours, theirs, path);
  return undefined;
}

function isList(located: Located): located is Located<Extract<Tree, { kind: "list" }>> {
  return located.tree.kind === "list";
}

function isFlowDict(located: Located): located is Located<Dict> {
  return located.tree.kind === "dict" && located.text[located.tree.start] === "{";
}

/** `{ before: 1, after: 2 }`: their changed values into our text, their new keys at its end. */
function mergeFlow(
  base: Located<Dict> | undefined,
  ours: Located<Dict>,
  theirs: Located<Dict>,
  path: readonly string[],
): string | undefined {
  if (written(theirs).includes("\n") || written(ours).includes("\n")) return undefined;
  const other = new Map(theirs.tree.entries.map((entry) => [entry.key, entry]));
  const old = new Map(base?.tree.entries.map((entry) => [entry.key, entry]) ?? []);
  const mine = new Set(ours.tree.entries.map((entry) => entry.key));
  const value = (side: Located, entry: Entry | undefined): Located | undefined =>
    entry === undefined ? undefined : { text: side.text, tree: entry.value };
  let out = "";
  let at = ours.tree.start;
  for (const entry of ours.tree.entries) {
    const their = value(theirs, other.get(entry.key));
    const was = base && value(base, old.get(entry.key));
    // Removed there, or renamed: not to be guessed.
    if (their === undefined && was !== undefined) return undefined;
    const merged =
      their === undefined
        ? written({ text: ours.text, tree: entry.value })
        : mergeValue(was, { text: ours.text, tree: entry.value }, their, [...path, entry.key]);
    if (merged === undefined) return undefined;
    out += ours.text.slice(at, entry.value.start) + merged;
    at = entry.value.end;
  }
  const added = theirs.tree.entries.filter((entry) => !mine.has(entry.key));
  if (added.some((entry) => old.has(entry.key)) || (added.length > 0 && mine.size === 0)) return undefined;
  return (
    out + added.map((entry) => `, ${theirs.text.slice(entry.keyStart, entry.value.end)}`).join("") + ours.text.slice(at, ours.tree.end)
  );
}
