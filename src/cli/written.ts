// The receipt of a write: the file it touched and what became of each value.

import { type Paint, safeLine } from "../base/terminal.ts";
import { parseYaml } from "../markdown/yaml.ts";
import { find, type Tree } from "../record/tree.ts";

export interface Written {
  /** From the journal's root. */
  readonly path: string;
  readonly changed: boolean;
  readonly done: readonly { readonly path: readonly string[] | string; readonly old?: string; readonly new?: string }[];
}

/** The file that was touched and each value old → new; an unchanged file says so. */
export function printWritten({ path, changed, done }: Written, paint: Paint): string {
  const lines = done.map(({ path: place, old, new: now }) => {
    if (typeof place === "string") return `  ${safeLine(place)}: ${printChange(old, now, paint)}`;
    const [first = "", ...rest] = place;
    // Which of the earlier decisions it is says nothing.
    const name = first === "earlier" ? first : [first, ...rest].join(".");
    return `  ${safeLine(name)}: ${printChange(readable(first, old), readable(first, now), paint)}`;
  });
  const head = changed ? safeLine(path) : `${safeLine(path)} ${paint("dim", "(unchanged)")}`;
  return [head, ...(changed ? lines : [])].map((line) => `${line}\n`).join("");
}

function printChange(old: string | undefined, now: string | undefined, paint: Paint): string {
  if (old === undefined || old === "" || old === "~") return paint("green", short(now ?? ""));
  if (now === undefined) return `${paint("red", short(old))} removed`;
  return `${paint("red", short(old))} → ${now === "" ? paint("dim", "(empty)") : paint("green", short(now))}`;
}

/** A value as written, on one line: what stands over several lines in flow form, an earlier decision as its words. */
function readable(field: string, source: string | undefined): string | undefined {
  if (source === undefined || (field !== "earlier" && !source.includes("\n"))) return source;
  const tree = readValue(source);
  if (tree === undefined) return source;
  return field === "earlier" ? past(tree) : inFlow(tree);
}

/** Its first line stands without its indentation, which the following lines tell. */
function readValue(source: string): Tree | undefined {
  const margins = source
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const margin = margins.length === 0 ? 0 : Math.min(...margins);
  for (const indent of source.startsWith("- ") ? [margin, margin - 2] : [margin]) {
    const text = /^[|>{[]/.test(source) ? `value: ${source}\n` : `value:\n${" ".repeat(Math.max(indent, 0))}${source}\n`;
    const { tree, problems } = parseYaml(text, 0, text.length);
    if (problems.length === 0) return find(tree, "value");
  }
  return undefined;
}

function inFlow(tree: Tree): string {
  if (tree.kind === "list") return `[${tree.items.map(inFlow).join(", ")}]`;
  if (tree.kind === "dict") return `{ ${tree.entries.map(({ key, value }) => `${key}: ${inFlow(value)}`).join(", ")} }`;
  return tree.source;
}

/** `discard, looked like noise`. */
function past(tree: Tree): string {
  if (tree.kind === "list") return tree.items.map(past).join("; ");
  const words = ["decision", "reason"].map((key) => find(tree, key)).filter((word) => word !== undefined);
  return words.length === 0 ? inFlow(tree) : words.map(inFlow).join(", ");
}

/** Prose may be long; the receipt shows where it begins. */
function short(text: string): string {
  const one = safeLine(text);
  return one.length > 200 ? `${one.slice(0, 199)}…` : one;
}
