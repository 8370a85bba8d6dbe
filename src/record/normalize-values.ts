// Single values of a run's front matter. Each reader takes a tree and a note-book of problems, gives a value or nothing, never throws.

import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Field } from "./field.ts";
import * as say from "./messages.ts";
import { parseQuantity } from "./quantity.ts";
import type { Dict, Entry, Json, Scalar, Tree } from "./tree.ts";

export type Problems = Problem[];

const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Entries whose keys may become keys of our records. The others are named by `checkKeys`. */
export function entriesOf(dict: Dict): readonly Entry[] {
  return dict.entries.some((entry) => forbidden.has(entry.key)) ? dict.entries.filter((entry) => !forbidden.has(entry.key)) : dict.entries;
}

/** One problem per key that could reach a prototype, at any depth. */
export function checkKeys(tree: Tree, problems: Problems): void {
  if (tree.kind === "scalar") return;
  if (tree.kind === "list") {
    for (const item of tree.items) checkKeys(item, problems);
    return;
  }
  for (const entry of tree.entries) {
    if (forbidden.has(entry.key)) problems.push(say.forbiddenKey({ offset: entry.keyStart }, entry.key));
    checkKeys(entry.value, problems);
  }
}

export function isEmpty(tree: Tree): boolean {
  if (tree.kind === "scalar") return tree.value === null || (tree.style === "plain" && tree.source.trim() === "");
  return tree.kind === "list" ? tree.items.length === 0 : tree.entries.length === 0;
}

/** Plain data for JSON: a number JSON cannot hold stays text, keys that could reach a prototype are left out. */
export function json(tree: Tree): Json {
  if (tree.kind === "scalar") return typeof tree.value === "number" && !Number.isFinite(tree.value) ? tree.source : tree.value;
  if (tree.kind === "list") return tree.items.map(json);
  const out: { [key: string]: Json } = {};
  for (const entry of entriesOf(tree)) out[entry.key] = json(entry.value);
  return out;
}

const kinds = { scalar: "text", list: "a list", dict: "a map" } as const;

export function got(tree: Tree): string {
  return tree.kind === "scalar" ? say.quote(tree.source) : kinds[tree.kind];
}

/** The text as written: hashes, versions and dates are never what YAML makes of them. */
export function text(tree: Tree, key: string, problems: Problems, example = "some text"): string | undefined {
  if (tree.kind === "scalar") return tree.value === null ? undefined : tree.source.trim() || undefined;
  if (isEmpty(tree)) return undefined;
  problems.push(say.wrongType({ offset: tree.start }, key, "text", kinds[tree.kind], example));
  return undefined;
}

/** A list, or one text; `split` takes one text apart at its commas. */
export function texts(
  tree: Tree,
  key: string,
  problems: Problems,
  options: { readonly split?: boolean; readonly example?: string } = {},
): readonly string[] {
  const items = tree.kind === "list" ? tree.items : [tree];
  const out: string[] = [];
  for (const item of items) {
    const read = text(item, key, problems, options.example ?? "[one, two]");
    if (read === undefined) continue;
    const dashed = dashedItems(item, read);
    if (dashed !== undefined) {
      problems.push(say.listWithoutSpace({ offset: item.start }, key, dashed));
      out.push(...dashed);
    } else if (!options.split || !read.includes(",")) out.push(read);
    else for (const part of read.split(",")) if (part.trim() !== "") out.push(part.trim());
  }
  return out.length > 1 ? [...new Set(out)] : out;
}

/** `-one` on lines of their own are one text to YAML: `-one -two`. */
function dashedItems(tree: Tree, text: string): readonly string[] | undefined {
  if (tree.kind !== "scalar" || tree.style !== "plain" || !/^-[^\s-]/.test(text)) return undefined;
  return text
    .slice(1)
    .split(/\s+-/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

export function flag(tree: Tree, key: string, problems: Problems): boolean {
  if (isEmpty(tree)) return false;
  const word = tree.kind === "scalar" ? String(tree.source).trim().toLowerCase() : "";
  if (["true", "yes", "y", "on"].includes(word)) return true;
  if (!["false", "no", "n", "off"].includes(word))
    problems.push(say.wrongType({ offset: tree.start }, key, "`true` or `false`", got(tree), "true"));
  return false;
}

/** A finite number; thousands and units as people write them. */
export function number(
  tree: Tree,
  key: string,
  problems: Problems,
  hint?: { readonly time?: boolean; readonly size?: boolean },
  example = "0",
): number | undefined {
  if (isEmpty(tree)) return undefined;
  if (tree.kind === "scalar" && typeof tree.value === "number" && Number.isFinite(tree.value)) return tree.value;
  const read = tree.kind === "scalar" ? parseQuantity(tree.source, hint)?.value : undefined;
  if (read !== undefined && Number.isFinite(read)) return read;
  problems.push(say.unreadableNumber({ offset: tree.start }, key, tree.kind === "scalar" ? tree.source : kinds[tree.kind], example));
  return undefined;
}

/** The entries of a map, or nothing and a problem. */
export function dict(tree: Tree, key: string, problems: Problems, example: string): Dict | undefined {
  if (tree.kind === "dict") return tree;
  if (!isEmpty(tree)) problems.push(say.wrongType({ offset: tree.start }, key, "a map", got(tree), example));
  return undefined;
}

/** Word → known key, for keys and their synonyms; built once per list of fields. */
export interface Known {
  readonly fields: ReadonlyMap<string, Field>;
  readonly where: string;
}

export function known(fields: readonly Field[], where = ""): Known {
  return { fields: new Map(fields.map((field) => [field.key, field])), where };
}

/** The key somebody probably meant: the same letters, a common other word for it, or a slip of the finger. */
export function meant(key: string, list: Known): string | undefined {
  const folded = fold(key);
  for (const field of list.fields.values()) if (fold(field.key) === folded) return field.key;
  for (const field of list.fields.values()) if (field.synonyms?.some((word) => fold(word) === folded)) return field.key;
  return suggest(key, list.fields.keys());
}

export function fold(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}

export function unknown(entry: Entry, list: Known): Problem {
  return say.unknownKey({ offset: entry.keyStart }, entry.key, list.where, meant(entry.key, list));
}

/** `{ label: list of 10,000 runs }`: the rest of a text after its comma, a key without a colon. Named; not a key of anything. */
export function isRestOfText(entry: Entry, where: string, problems: Problems): boolean {
  const { key, value, keyEnd } = entry;
  const rest = value.kind === "scalar" && value.source === "" && value.start === keyEnd && /[\s)]/.test(key);
  if (rest) problems.push(say.unknownKey({ offset: entry.keyStart }, key, where));
  return rest;
}

/** Text of a plain scalar where it says more than its value: `1e-3`, `0.10`. */
export function tellingSource(tree: Scalar): string | undefined {
  return tree.style === "plain" && typeof tree.value === "number" && String(tree.value) !== tree.source ? tree.source : undefined;
}
