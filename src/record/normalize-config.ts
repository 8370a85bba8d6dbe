// `config` by dotted path, and the `changes` people write in many ways.

import type { Change } from "./experiment.ts";
import * as say from "./messages.ts";
import { readAsText, trailingComma } from "./messages-values.ts";
import { dict, entriesOf, isEmpty, isRestOfText, json, type Problems, tellingSource, text } from "./normalize-values.ts";
import { splitArrow } from "./quantity.ts";
import type { Dict, Entry, Json, Tree } from "./tree.ts";
import { parseValue } from "./value.ts";

export interface Config {
  readonly config: Readonly<Record<string, Json>>;
  readonly configText: Readonly<Record<string, string>>;
}

/** Flat by dotted path, in order. A literal key `a.b` wins over the path `a` → `b`; an empty value was not recorded, `null` and `~` were. */
export function readConfig(tree: Tree, problems: Problems): Config {
  const config: Record<string, Json> = {};
  const configText: Record<string, string> = {};
  const literal = new Set<string>();
  const visit = (map: Dict, prefix: string): void => {
    for (const entry of entriesOf(map)) {
      const name = prefix + entry.key;
      const value = entry.value;
      if (value.kind === "dict" && value.entries.length > 0) {
        visit(value, `${name}.`);
        continue;
      }
      if (isRestOfText(entry, "config", problems)) continue;
      if (value.kind === "scalar" && value.value === null && value.source.trim() === "" && value.style === "plain") continue;
      if (literal.has(name)) continue;
      if (prefix === "") literal.add(name);
      config[name] = json(value);
      delete configText[name];
      if (value.kind === "scalar" && value.style === "plain" && value.source.endsWith(","))
        problems.push(trailingComma(name, value.source, value.start));
      checkForeign(value, name, problems);
      const source = value.kind === "scalar" ? tellingSource(value) : undefined;
      if (source !== undefined) configText[name] = source;
    }
  };
  const map = dict(tree, "config", problems, "{ batch_size: 64 }");
  if (map !== undefined) visit(map, "");
  return { config, configText };
}

const foreign: ReadonlyMap<string, string> = new Map([
  ["None", "~"],
  ...["yes", "Yes", "YES", "on", "On", "ON"].map((word) => [word, "true"] as const),
  ...["no", "No", "NO", "off", "Off", "OFF"].map((word) => [word, "false"] as const),
]);

/** Values of Python and of YAML 1.1, which are text here. */
function checkForeign(tree: Tree, name: string, problems: Problems): void {
  if (tree.kind === "list") for (const item of tree.items) checkForeign(item, name, problems);
  if (tree.kind !== "scalar" || tree.style !== "plain" || typeof tree.value !== "string" || tree.source.length > 200) return;
  const meant = foreignValue(tree.source);
  if (meant !== undefined) problems.push({ ...readAsText(name, tree.source, meant), offset: tree.start });
}

/** What YAML 1.2 calls it: `None` is `~`, `(512, 256)` is `[512, 256]`. */
export function foreignValue(source: string): string | undefined {
  const tuple = /^\(([^()[\]]*,[^()[\]]*)\)$/.exec(source)?.[1];
  return tuple === undefined ? foreign.get(source) : `[${tuple.trim().replace(/,$/, "")}]`;
}

const fromKeys: ReadonlySet<string> = new Set(["from", "old", "before"]);
const toKeys: ReadonlySet<string> = new Set(["to", "new", "after"]);
const nameKeys: ReadonlySet<string> = new Set(["name", "parameter", "param", "key"]);

export function readChanges(tree: Tree, problems: Problems): readonly Change[] {
  const changes = new Map<string, Change>();
  const add = (change: Change): void => {
    if (!changes.has(change.name)) changes.set(change.name, change);
  };
  if (tree.kind === "dict") for (const entry of entriesOf(tree)) namedChange(entry, "", add, problems);
  else if (tree.kind === "list") for (const item of tree.items) listedChange(item, add, problems);
  else if (!isEmpty(tree)) for (const line of tree.source.split(/[\n;]/)) if (line.trim() !== "") sentence(line, tree.start, add, problems);
  return [...changes.values()];
}

type Add = (change: Change) => void;

/** `batch_size: { from: 32, to: 64 }`, `batch_size: 32 -> 64`, `batch_size: 64`, or a map of such. */
function namedChange(entry: Entry, prefix: string, add: Add, problems: Problems): void {
  const name = prefix + entry.key;
  const value = entry.value;
  if (isRestOfText(entry, "changes", problems)) return;
  if (isEmpty(value) && value.kind !== "list") return;
  if (value.kind === "dict") {
    const sides = entriesOf(value);
    if (sides.some((side) => fromKeys.has(side.key) || toKeys.has(side.key))) add(sided(name, value));
    else for (const side of sides) namedChange(side, `${name}.`, add, problems);
    return;
  }
  const arrow = value.kind === "scalar" && typeof value.value === "string" ? splitArrow(value.source) : undefined;
  if (arrow !== undefined) add({ name, from: parseValue(arrow.from), to: parseValue(arrow.to) });
  else add({ name, to: json(value) });
  if (value.kind === "scalar" && value.style === "plain" && value.source.endsWith(","))
    problems.push(trailingComma(name, value.source, value.start));
}

function sided(name: string, value: Dict): Change {
  const from = entriesOf(value).find((side) => fromKeys.has(side.key))?.value;
  const to = entriesOf(value).find((side) => toKeys.has(side.key))?.value;
  return { name, ...recorded("from", from), ...recorded("to", to) };
}

/** An empty side was not recorded; so was `?`. */
function recorded<K extends "from" | "to">(side: K, tree: Tree | undefined): { readonly [P in K]?: Json } {
  if (tree === undefined || (tree.kind === "scalar" && ["", "?"].includes(tree.source.trim()))) return {};
  return { [side]: json(tree) } as { readonly [P in K]?: Json };
}

/** `- batch_size: 32 -> 64`, `- batch_size 32 to 64`, `- { name: batch_size, from: 32, to: 64 }`. */
function listedChange(item: Tree, add: Add, problems: Problems): void {
  if (item.kind === "dict") {
    const name = entriesOf(item).find((entry) => nameKeys.has(entry.key));
    const called = name === undefined || item.entries.length < 2 ? undefined : text(name.value, name.key, problems, "batch_size");
    if (called !== undefined) add(sided(called, item));
    else for (const entry of entriesOf(item)) namedChange(entry, "", add, problems);
    return;
  }
  if (item.kind === "list") problems.push(say.unreadableChange({ offset: item.start }, "a list in a list"));
  else if (!isEmpty(item)) sentence(item.source, item.start, add, problems);
}

const parameterName = /^[\p{L}_][\p{L}\p{N}_.\-/]{0,99}$/u;

/** `batch_size: 32 -> 64`, `batch_size=32 → 64`, `batch_size 32 to 64`, `batch_size from 32 to 64`. */
function sentence(line: string, offset: number, add: Add, problems: Problems): void {
  const sides = splitArrow(line) ?? splitTo(line);
  const left = sides?.from.trim() ?? "";
  const cut = left.search(/[:=\s]/);
  const name = left.slice(0, cut);
  const from = left
    .slice(cut)
    .replace(/^[:=\s]{1,5}/, "")
    .replace(/^from\s/, "");
  if (sides === undefined || cut < 1 || !parameterName.test(name) || from.trim() === "")
    problems.push(say.unreadableChange({ offset }, line));
  else add({ name, from: parseValue(from), to: parseValue(sides.to) });
}

/** ` to ` parts old and new only between single words, so that prose stays prose. */
function splitTo(line: string): { readonly from: string; readonly to: string } | undefined {
  const at = line.lastIndexOf(" to ");
  if (at < 1) return undefined;
  const from = line.slice(0, at);
  const to = line.slice(at + 4).trim();
  const words = from
    .trim()
    .split(/[\s:=]+/)
    .filter((word) => word !== "from");
  return words.length === 2 && !/\s/.test(to) && to !== "" && typeof parseValue(words[1] ?? "") !== "string" ? { from, to } : undefined;
}
