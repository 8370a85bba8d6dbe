// Three-way merge of two edited versions of one run: front matter by key, body by section. It is offered where a merge of
// lines would conflict for no reason; on any doubt it returns nothing and the caller merges lines.

import type { Dict, Tree } from "../record/tree.ts";
import { find } from "../record/tree.ts";
import { scanBody } from "./body.ts";
import { findConflicts } from "./conflicts.ts";
import type { Fences } from "./fences.ts";
import { parseFrontMatter } from "./frontmatter.ts";
import type { Region } from "./merge-keys.ts";
import { mergeKeys } from "./merge-keys.ts";
import { mergeLines } from "./merge-lines.ts";
import type { Merged, Piece } from "./merge-sequence.ts";
import { mergeSequence, pick } from "./merge-sequence.ts";

/** Merges plain text line by line, with conflict markers where it must. */
export type TextMerge = (base: string, ours: string, theirs: string) => Merged;

interface Side {
  readonly text: string;
  readonly fences: Fences;
  readonly tree: Dict;
}

export function mergeRuns(base: string, ours: string, theirs: string, textMerge: TextMerge): Merged | undefined {
  const one = pick(base, ours, theirs);
  if (one !== undefined) return { text: one, conflicts: false };
  const [old, mine, other] = alike(base, ours, theirs).map(readSide);
  if (old === undefined || mine === undefined || other === undefined) return undefined;
  if (old.fences.eol !== mine.fences.eol || old.fences.eol !== other.fences.eol) return undefined;
  const open = pick(opening(old), opening(mine), opening(other));
  const close = pick(closing(old), closing(mine), closing(other));
  const keys = pick(yaml(old), yaml(mine), yaml(other));
  const merged = keys === undefined ? mergeKeys(region(old), region(mine), region(other)) : { text: keys, conflicts: false };
  if (open === undefined || close === undefined || merged === undefined) return undefined;
  const front = open + merged.text + close;
  if (!merged.conflicts && !isSound(front, mine, other)) return undefined;
  const body = mergeBody(bodyOf(old), bodyOf(mine), bodyOf(other), textMerge);
  return { text: front + body.text, conflicts: merged.conflicts || body.conflicts };
}

/** In the line ends of the side that changed them; as they are where a text mixes two. */
function alike(base: string, ours: string, theirs: string): readonly [string, string, string] {
  const [old, mine, other] = [base, ours, theirs].map(lineEnd);
  if (old === undefined || mine === undefined || other === undefined || (old === mine && old === other)) return [base, ours, theirs];
  const eol = pick(old, mine, other) ?? mine;
  const write = (text: string): string => text.replaceAll("\r\n", "\n").replaceAll("\n", eol);
  return [write(base), write(ours), write(theirs)];
}

function lineEnd(text: string): "\n" | "\r\n" | undefined {
  if (!text.includes("\r")) return "\n";
  return /(?:^|[^\r])\n|\r(?!\n)/.test(text) ? undefined : "\r\n";
}

/** A version whose front matter is read without doubt: no damage, no aliases, keys one below the other. */
function readSide(text: string): Side | undefined {
  if (findConflicts(text) !== undefined) return undefined;
  const { fences, tree, problems, anchors } = parseFrontMatter(text);
  const odd = problems.some(
    ({ code, severity }) =>
      severity === "error" ||
      code === "markdown/complex-key" ||
      code === "markdown/merge-key" ||
      code === "markdown/lone-dash" ||
      code === "markdown/unclear-fence",
  );
  if (fences === undefined || tree === undefined || odd || anchors || text[tree.start] === "{") return undefined;
  if (tree.entries.length === 0 && text.slice(fences.yamlStart, fences.yamlEnd).trim() !== "") return undefined;
  return { text, fences, tree };
}

const opening = ({ text, fences }: Side): string => text.slice(0, fences.yamlStart);
const yaml = ({ text, fences }: Side): string => text.slice(fences.yamlStart, fences.yamlEnd);
const closing = ({ text, fences }: Side): string => text.slice(fences.yamlEnd, fences.bodyStart);
const bodyOf = ({ text, fences }: Side): string => text.slice(fences.bodyStart);
const region = ({ text, fences, tree }: Side): Region => ({ text, tree, start: fences.yamlStart, end: fences.yamlEnd });

/** The merged front matter can be read, and its slots still stand one for each repeat. */
function isSound(front: string, ours: Side, theirs: Side): boolean {
  const { tree, problems } = parseFrontMatter(front);
  if (tree === undefined || problems.some((problem) => problem.severity === "error")) return false;
  const uneven = misfits(tree);
  const known = new Set([...misfits(ours.tree), ...misfits(theirs.tree)]);
  return uneven.every((path) => known.has(path));
}

/** Metric lists that do not have one slot per repeat. */
function misfits(tree: Dict): readonly string[] {
  const repeats = find(tree, "repeats");
  if (repeats?.kind !== "list") return [];
  const metrics = find(tree, "metrics");
  const count = (value: Tree | undefined): boolean => value?.kind === "list" && value.items.length !== repeats.items.length;
  return metrics?.kind === "dict"
    ? metrics.entries.flatMap(({ key, value }) => [
        ...(count(value) ? [key] : []),
        ...(count(find(value, "after")) ? [`${key}.after`] : []),
      ])
    : [];
}

function mergeBody(base: string, ours: string, theirs: string, textMerge: TextMerge): Merged {
  const one = pick(base, ours, theirs);
  if (one !== undefined) return { text: one, conflicts: false };
  const sections = mergeSequence(sectionsOf(base), sectionsOf(ours), sectionsOf(theirs), (was, mine, other) =>
    mergeSection(was, mine, other, textMerge),
  );
  if (sections === undefined) return mergeText(base, ours, theirs, textMerge);
  const eol = ours.includes("\r\n") ? "\r\n" : "\n";
  const last = sections.findLastIndex((section) => section.text !== "");
  const text = sections
    .map((section, index) => (index < last && section.text !== "" && !section.text.endsWith("\n") ? section.text + eol : section.text))
    .join("");
  return { text, conflicts: sections.some((section) => section.conflicts) };
}

function mergeText(base: string, ours: string, theirs: string, textMerge: TextMerge): Merged {
  return mergeLines(base, ours, theirs) ?? textMerge(base, ours, theirs);
}

/** A section that both sides added begins with the same heading: that much is common. */
function mergeSection(base: Piece | undefined, ours: Piece, theirs: Piece, textMerge: TextMerge): Merged {
  if (base !== undefined) return mergeText(base.text, ours.text, theirs.text, textMerge);
  const heading = /^[^\n]*\n\s*/.exec(ours.text)?.[0] ?? "";
  const common = theirs.text.startsWith(heading.trimEnd()) ? heading.trimEnd() : "";
  return mergeText(common, ours.text, theirs.text, textMerge);
}

/** The prose before the first heading, then one piece for each heading, named by the headings above it. */
function sectionsOf(body: string): readonly Piece[] {
  const { sections } = scanBody(body, 0);
  const pieces = [{ name: "", text: body.slice(0, sections[0]?.start ?? body.length) }];
  const above: { readonly level: number; readonly heading: string }[] = [];
  const times = new Map<string, number>();
  for (const { level, heading, start, end } of sections) {
    while ((above.at(-1)?.level ?? 0) >= level) above.pop();
    above.push({ level, heading: heading.trim().toLowerCase() });
    const path = above.map((part) => `${part.level} ${part.heading}`).join("\n");
    const time = (times.get(path) ?? 0) + 1;
    times.set(path, time);
    pieces.push({ name: `${path}\n${time}`, text: body.slice(start, end) });
  }
  return pieces;
}
