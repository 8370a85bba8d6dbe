// `name=value` words of the command line, and where a name leads in a run's front matter.

import { JournalError } from "../base/problem.ts";
import type { Field } from "../record/field.ts";
import { fieldsByKey } from "../record/template.ts";
import { type Dict, find, type Tree } from "../record/tree.ts";
import { notAssignment, reservedName } from "./messages.ts";

export interface Assignment {
  readonly key: string;
  /** As typed after the first `=`. */
  readonly value: string;
}

/** `batch_size=64`; the value may hold anything, `=` too. */
export function parseAssignment(word: string): Assignment | undefined {
  const at = word.indexOf("=");
  const key = word.slice(0, at).trim();
  return at < 1 || key === "" ? undefined : { key, value: word.slice(at + 1) };
}

/** Programs take them for something else, so no file may hold them as keys. */
const reservedNames: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", ""]);

/** Of `--set`; refuses what is none. */
export function settingOf(text: string): Assignment {
  const read = parseAssignment(text);
  if (read === undefined) throw new JournalError(notAssignment(text, "--set batch_size=64"));
  const reserved = read.key.split(".").find((part) => reservedNames.has(part));
  if (reserved !== undefined) throw new JournalError(reservedName(reserved));
  return read;
}

/** Words with `=` are assignments wherever they stand, the others name runs. */
export function splitWords(words: readonly string[]): { readonly assignments: readonly Assignment[]; readonly ids: readonly string[] } {
  const read = words.map((word) => ({ word, assignment: parseAssignment(word) }));
  return {
    assignments: read.flatMap(({ assignment }) => (assignment === undefined ? [] : [assignment])),
    ids: read.flatMap(({ word, assignment }) => (assignment === undefined ? [word] : [])),
  };
}

export interface Place {
  readonly path: readonly string[];
  /** Of the template, when the whole path is one of its fields. */
  readonly field?: Field;
  /** The name is neither a field nor a path into one, so it became a parameter. */
  readonly parameter: boolean;
}

/** A field of the template, a path into one, else a parameter under `config`. */
export function placeOfKey(key: string, front: Dict | undefined): Place {
  const field = fieldsByKey.get(key);
  if (field !== undefined) return { path: [key], field, parameter: false };
  const dot = key.indexOf(".");
  const first = dot === -1 ? "" : key.slice(0, dot);
  if (fieldsByKey.has(first)) return { path: [first, ...pathInside(find(front, first), key.slice(dot + 1))], parameter: false };
  return { path: ["config", ...pathInside(find(front, "config"), key)], parameter: true };
}

/** A dotted name inside a map: a key written with its dots wins over a path, as in reading. */
export function pathInside(tree: Tree | undefined, name: string): readonly string[] {
  if (!name.includes(".") || tree?.kind !== "dict") return name.split(".");
  if (find(tree, name) !== undefined) return [name];
  for (let dot = name.lastIndexOf("."); dot !== -1; dot = name.lastIndexOf(".", dot - 1)) {
    const inner = find(tree, name.slice(0, dot));
    if (inner?.kind === "dict") return [name.slice(0, dot), ...pathInside(inner, name.slice(dot + 1))];
    if (dot === 0) break;
  }
  const first = name.slice(0, name.indexOf("."));
  const flat = find(tree, first) === undefined && tree.entries.some((entry) => entry.key.startsWith(`${first}.`));
  return flat ? [name] : name.split(".");
}
