// The document that `yaml` composed → a `Tree` with the places of the file. Whatever YAML reads otherwise than its author
// meant is named here; `traps` are the lines that are worth repairing before reading again.

import type { Document, Pair, YAMLMap, YAMLSeq, Scalar as YamlScalar } from "yaml";
import type { Problem } from "../base/problem.ts";
import type { Dict, Entry, List, Scalar, Tree } from "../record/tree.ts";
import {
  circularAlias,
  commentCutsText,
  commentHidesValue,
  complexKey,
  duplicateKey,
  mergeKey,
  reservedKey,
  smartQuotes,
  tooDeep,
  tooManyAliases,
  tooManyKeys,
  unknownTag,
  unusedAnchor,
} from "./messages.ts";
import { cutByComment, hiddenByComment, inSmartQuotes, quote, withoutSmartQuotes } from "./yaml-lines.ts";
import { isAlias, isMap, isScalar, isSeq } from "./yaml-nodes.ts";
import { coreValue } from "./yaml-scalar.ts";

export const keyLimit = 2000;
export const depthLimit = 32;
const aliasLimit = 10_000;

export interface Trap {
  readonly kind: "braces" | "alias" | "word";
  /** Offset in the parsed source. */
  readonly at: number;
}

export interface Converted {
  readonly tree: Tree | undefined;
  readonly problems: readonly Problem[];
  readonly traps: readonly Trap[];
  /** The document names or repeats values by `&` and `*`: an edit in one place shows in another. */
  readonly anchors: boolean;
}

/** Where a converted document came from. */
export interface Origin {
  /** What was parsed. */
  readonly source: string;
  /** Offset in `source` → offset in the file. */
  readonly place: (offset: number) => number;
  /** Offset in the file → 1-based line. */
  readonly line: (offset: number) => number;
}

interface State {
  readonly origin: Origin;
  readonly problems: Problem[];
  readonly traps: Trap[];
  readonly anchors: Map<string, { readonly tree: Tree | undefined; readonly size: number }>;
  readonly used: Set<string>;
  /** Scalars with an anchor: suspicious when nothing refers to it. */
  readonly named: { readonly name: string; readonly at: number; readonly key: string; readonly value: string }[];
  keys: number;
  nodes: number;
  repeated: number;
  deep: boolean;
}

type Part = { readonly type: string; readonly offset: number; readonly source: string };

export function toTree(document: Document, origin: Origin): Converted {
  const state: State = {
    origin,
    problems: [],
    traps: [],
    anchors: new Map(),
    used: new Set(),
    named: [],
    keys: 0,
    nodes: 0,
    repeated: 0,
    deep: false,
  };
  for (const warning of document.warnings) {
    if (warning.code === "TAG_RESOLVE_FAILED")
      state.problems.push(unknownTag(origin.place(warning.pos[0]), origin.source.slice(...warning.pos)));
  }
  const empty =
    document.contents === null ||
    (isScalar(document.contents) && document.contents.source === "" && document.contents.srcToken === undefined);
  const tree = empty ? undefined : convert(document.contents, state, 0, 0, "");
  for (const { name, at, key, value } of state.named) {
    if (!state.used.has(name)) state.problems.push(unusedAnchor(at, name, `${key}: ${quote(`&${name} ${value}`.trim())}`));
  }
  return { tree, problems: state.problems, traps: state.traps, anchors: state.anchors.size > 0 || state.used.size > 0 };
}

/** `at` is where an absent value stands: just after its colon or dash. */
function convert(node: unknown, state: State, depth: number, at: number, key: string): Tree {
  state.nodes += 1;
  if (isAlias(node)) return convertAlias(node.source, node.range?.[0] ?? at, node.range?.[1] ?? at, state);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return text(null, "", "plain", state.origin.place(at), state.origin.place(at));
  if (depth > depthLimit) return tooDeepText(node.range?.[0] ?? at, node.range?.[1] ?? at, state);
  const anchor = node.anchor;
  if (anchor !== undefined) state.anchors.set(anchor, { tree: undefined, size: 0 });
  const before = state.nodes;
  const tree = isScalar(node)
    ? convertScalar(node, state, at, key)
    : isMap(node)
      ? convertMap(node, state, depth)
      : convertSeq(node, state, depth, key);
  if (anchor !== undefined) {
    state.anchors.set(anchor, { tree, size: state.nodes - before + 1 });
    if (tree.kind === "scalar" && tree.style === "plain") state.named.push({ name: anchor, at: tree.start, key, value: tree.source });
  }
  return tree;
}

function text(value: Scalar["value"], source: string, style: Scalar["style"], start: number, end: number): Scalar {
  return { kind: "scalar", value, source, style, start, end };
}

function rawText(start: number, end: number, state: State): Scalar {
  const raw = state.origin.source.slice(start, end).trimEnd();
  return text(raw, raw, "plain", state.origin.place(start), state.origin.place(start + raw.length));
}

function tooDeepText(start: number, end: number, state: State): Scalar {
  if (!state.deep) state.problems.push(tooDeep(state.origin.place(start), depthLimit));
  state.deep = true;
  return rawText(start, end, state);
}

/** The alias stands where it is written; what is inside keeps the anchor's places, so a child outside its parent is behind an alias. */
function convertAlias(name: string, start: number, end: number, state: State): Tree {
  const { place } = state.origin;
  const target = state.anchors.get(name);
  state.used.add(name);
  if (target === undefined) {
    state.traps.push({ kind: "alias", at: start });
    return rawText(start, end, state);
  }
  if (target.tree === undefined) {
    state.problems.push(circularAlias(place(start), name));
    return rawText(start, end, state);
  }
  const full = state.repeated > aliasLimit;
  state.repeated += target.size;
  state.nodes += target.size;
  if (state.repeated > aliasLimit) {
    if (!full) state.problems.push(tooManyAliases(place(start), aliasLimit));
    return rawText(start, end, state);
  }
  return { ...target.tree, start: place(start), end: place(end) };
}

const styles: Readonly<Record<string, Scalar["style"]>> = {
  PLAIN: "plain",
  QUOTE_DOUBLE: "quoted",
  QUOTE_SINGLE: "quoted",
  BLOCK_FOLDED: "block",
  BLOCK_LITERAL: "block",
};

function convertScalar(node: YamlScalar, state: State, at: number, key: string): Scalar {
  const { place } = state.origin;
  const style = styles[node.type ?? "PLAIN"] ?? "plain";
  const written = node.source ?? "";
  const [start, end] = written === "" && style === "plain" ? [at, at] : [node.range?.[0] ?? at, node.range?.[1] ?? at];
  if (style === "plain" && written === "") lookAtEmpty(at, state);
  else if (style === "plain") lookAtPlain(written, start, end, at, key, state);
  if (node.tag !== undefined)
    return text(tagged(node.value), style === "plain" ? written : String(node.value ?? ""), style, place(start), place(end));
  const decoded = style === "plain" ? coreValue(written) : String(node.value ?? "");
  return text(decoded, style === "plain" ? written : String(node.value ?? ""), style, place(start), place(end));
}

function tagged(value: unknown): Scalar["value"] {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null ? value : String(value);
}

function lookAtPlain(written: string, start: number, end: number, at: number, key: string, state: State): void {
  const { source, place } = state.origin;
  const cut = cutByComment(source, end, key, coreValue(written));
  if (cut !== undefined)
    state.problems.push(commentCutsText(place(end), written, `${headAt(source, start, key)}${quote(`${written}${cut}`)}`));
  if (inSmartQuotes(written))
    state.problems.push(smartQuotes(place(start), `${headAt(source, start, key)}${quote(withoutSmartQuotes(written))}`));
  // `config:` and below it `lr = 0.1` or `lr:0.1`: YAML reads one word where a map was meant.
  if (/^[\w.-]{1,60}(?:[ \t]*=[ \t]*|:)[^\s=/]/.test(written) && source.slice(at, start).includes("\n"))
    state.traps.push({ kind: "word", at: start });
}

/** `base: #42` */
function lookAtEmpty(at: number, state: State): void {
  const { source, place } = state.origin;
  const hidden = hiddenByComment(source, at);
  if (hidden !== undefined) state.problems.push(commentHidesValue(place(at), `${headAt(source, at, "")} ${quote(hidden)}`));
}

/** What stands before a value on its line; in a one-line list or map, its key alone. */
function headAt(source: string, start: number, key: string): string {
  const head = source.slice(source.lastIndexOf("\n", start - 1) + 1, start);
  return /[[{,]/.test(head) ? `${key}: ` : head.trimStart();
}

function convertMap(node: YAMLMap, state: State, depth: number): Dict {
  const { place } = state.origin;
  const entries: Entry[] = [];
  const seen = new Map<string, number>();
  const flow = node.flow === true;
  for (const pair of node.items) {
    const entry = convertPair(pair, state, depth, flow);
    state.keys += 1;
    if (state.keys === keyLimit + 1) state.problems.push(tooManyKeys(entry.keyStart, keyLimit));
    if (state.keys > keyLimit) break;
    const first = seen.get(entry.key);
    if (first !== undefined)
      state.problems.push(duplicateKey(entry.keyStart, entry.key, state.origin.line(first), state.origin.line(entry.keyStart)));
    else if (entry.key === "__proto__") state.problems.push(reservedKey(entry.keyStart, entry.key));
    else {
      seen.set(entry.key, entry.keyStart);
      entries.push(entry);
    }
  }
  const [start, end] = node.range ?? [0, 0];
  if (flow) return { kind: "dict", entries, start: place(start), end: place(end) };
  const last = entries.at(-1);
  return { kind: "dict", entries, start: entries[0]?.keyStart ?? place(start), end: last?.value.end ?? place(end) };
}

function convertPair(pair: Pair, state: State, depth: number, flow: boolean): Entry {
  const { source, place } = state.origin;
  const { start: lead, sep } = (pair as { srcToken?: { start?: readonly Part[]; sep?: readonly Part[] } }).srcToken ?? {};
  const node = pair.key;
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  const colon = sep?.find((part) => part.type === "map-value-ind");
  const keyStart = range?.[0] ?? colon?.offset ?? 0;
  const plainKey = isScalar(node) && lead?.some((part) => part.type === "explicit-key-ind") !== true && (node.source ?? "") !== "";
  const keyEnd = range?.[1] ?? keyStart;
  const key = isScalar(node)
    ? (node.type ?? "PLAIN") === "PLAIN"
      ? (node.source ?? "")
      : String(node.value)
    : source.slice(keyStart, keyEnd).trim();
  if (!plainKey) state.problems.push(complexKey(place(keyStart)));
  if (isAlias(node)) state.used.add(node.source);
  if (key === "<<") state.problems.push(mergeKey(place(keyStart)));
  if (flow && colon === undefined) state.traps.push({ kind: "braces", at: keyStart });
  const after = afterProperties(sep) ?? keyEnd;
  return { key, keyStart: place(keyStart), keyEnd: place(keyEnd), value: convert(pair.value, state, depth + 1, after, key) };
}

/** Just after the colon, or after an anchor or a tag that follows it. */
function afterProperties(parts: readonly Part[] | undefined): number | undefined {
  const last = parts?.findLast(
    (part) => part.type === "map-value-ind" || part.type === "seq-item-ind" || part.type === "anchor" || part.type === "tag",
  );
  return last === undefined ? undefined : last.offset + last.source.length;
}

function convertSeq(node: YAMLSeq, state: State, depth: number, key: string): List {
  const { place } = state.origin;
  const tokens = (node.srcToken as { items?: readonly { start?: readonly Part[] }[] } | undefined)?.items ?? [];
  const [start, end] = node.range ?? [0, 0];
  const items = node.items.map((item, index) => convert(item, state, depth + 1, afterProperties(tokens[index]?.start) ?? end, key));
  const last = items.at(-1);
  return { kind: "list", items, start: place(start), end: node.flow === true ? place(end) : (last?.end ?? place(end)) };
}
