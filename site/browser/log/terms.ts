// The parts of a filter that are joined by `and`, as places in its text: chips take them away, histograms put them in.

import type { Filter, Node } from "../../../src/query/filter.ts";
import { parseFilter } from "../../../src/query/parser.ts";

export interface Part {
  readonly node: Node;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One part where the whole is joined by `or`. */
export function partsOf({ text, root }: Filter): readonly Part[] {
  if (root === undefined) return [];
  const nodes = root.kind === "and" ? root.parts : [root];
  const cores = nodes.map((node) => ({ node, ...span(node) }));
  const starts = cores.map(({ start }, at) => {
    const before = cores[at - 1]?.end ?? 0;
    const gap = text.slice(before, start);
    // What closes belongs to the part before, an `and` to neither, `not` and what opens to this one.
    const joint = /^[\s)]*(?:(?:and\b|&&)\s*)?/i.exec(gap)?.[0] ?? "";
    return at === 0 ? text.length - text.trimStart().length : before + joint.length;
  });
  return cores.map(({ node, end }, at) => {
    const start = starts[at] ?? 0;
    const after = at === cores.length - 1 ? text.trimEnd().length : end + closing(text.slice(end, starts[at + 1]));
    return { node, start, end: after, text: text.slice(start, after) };
  });
}

/** How much of a gap only closes parentheses. */
const closing = (gap: string): number => (/^\s*\)[\s)]*/.exec(gap)?.[0] ?? "").trimEnd().length;

function span(node: Node): { readonly start: number; readonly end: number } {
  if (node.kind === "term") return { start: node.name.start, end: node.value.end };
  if (node.kind === "not") return span(node.part);
  const inside = node.parts.map(span);
  return { start: Math.min(...inside.map(({ start }) => start)), end: Math.max(...inside.map(({ end }) => end)) };
}

const joined = (texts: readonly string[]): string => texts.join(" and ");

/** The filter without one of its parts. */
export function withoutPart(filter: Filter, at: number): string {
  return joined(partsOf(filter).flatMap(({ text }, index) => (index === at ? [] : [text])));
}

/** With one more part, which takes the place of the plain comparison of the same name that was there. Nothing takes it away. */
export function withTerm(filter: Filter, name: string, term: string | undefined): string {
  const parts = partsOf(filter);
  const whole = filter.root?.kind === "or" ? [`(${filter.text.trim()})`] : parts.map(({ text }) => text);
  const kept = filter.root?.kind === "or" ? whole : whole.filter((_, at) => !isAbout(parts[at]?.node, name));
  return joined([...kept, ...(term === undefined ? [] : [term])]);
}

const isAbout = (node: Node | undefined, name: string): boolean =>
  node?.kind === "term" && (node.name.text === name || `"${node.name.text}"` === name);

const plainName = /^[^\s()<>=~:≤≥≠!"'“,]+$/;
const plainValue = /^[^\s()<>=~≤≥≠!"'“:[][^\s()<>=~≤≥≠]*$/;
const keyword = /^(?:and|or|not|has|none|best)$/i;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** A name as the filter reads it. */
export function nameText(name: string): string {
  if (plainName.test(name) && !keyword.test(name)) return name;
  const scope = /^(?:config|metric)\.(?=.)/.exec(name)?.[0] ?? "";
  return scope + quoted(name.slice(scope.length));
}

/** A value as the filter reads it. */
export function valueText(value: string): string {
  return plainValue.test(value) && !keyword.test(value) && !value.includes("..") ? value : quoted(value);
}

/** Nothing where the text is no filter. */
export function readFilter(text: string): Filter | undefined {
  try {
    return parseFilter(text);
  } catch {
    return undefined;
  }
}
