// The text of one run file → its facts. Never throws: whatever is wrong is a problem with its place, and the rest is read.

import type { Problem } from "../base/problem.ts";
import { lineStarts, place } from "../base/problem.ts";
import type { BodyFacts, Run } from "../record/experiment.ts";
import { normalize } from "../record/normalize.ts";
import type { Dict, Entry, Tree } from "../record/tree.ts";
import type { Section } from "./body.ts";
import { scanBody } from "./body.ts";
import { findConflicts } from "./conflicts.ts";
import type { Fences } from "./fences.ts";
import { parseFrontMatter } from "./frontmatter.ts";
import { repeatedHeading } from "./messages.ts";
import type { YamlOptions } from "./yaml.ts";

export interface ParsedRun {
  readonly run: Run;
  readonly body: BodyFacts;
  readonly sections: readonly Section[];
  readonly fences?: Fences;
  readonly tree?: Dict;
  /** With path, line and column, in the order of the file. */
  readonly problems: readonly Problem[];
  /** The text itself is damaged (not only a value in it): list it, never edit it. */
  readonly broken: boolean;
  /** Anchors or aliases are in use, see `ParsedYaml`. */
  readonly anchors: boolean;
}

export function parseRun(text: string, path: string, options: YamlOptions = {}): ParsedRun {
  const conflicts = findConflicts(text);
  const readable = conflicts?.text ?? text;
  const { fences, tree, bodyStart, problems: found, anchors } = parseFrontMatter(readable, options);
  const { sections, facts, duplicates } = scanBody(readable, bodyStart);
  const { run, problems: meant } = normalize(tree, fallbackOf(readable, bodyStart, path));
  const damage = conflicts === undefined ? found : [...conflicts.problems, ...found];
  const parsed = {
    run,
    body: facts,
    sections,
    ...(fences === undefined ? {} : { fences }),
    ...(tree === undefined ? {} : { tree }),
    broken: damage.some((problem) => problem.severity === "error"),
    anchors,
  };
  return {
    ...parsed,
    problems: placeAll(
      [...damage, ...meant, ...duplicates.map(({ start, heading }) => repeatedHeading(start, heading))],
      parsed,
      text,
      path,
    ),
  };
}

/** What the file says about itself without front matter: `EXP042-k7f3-double-the-batch.md`, else its first heading. */
export function fallbackOf(text: string, bodyStart: number, path: string): { readonly id: string; readonly title: string } {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/i, "");
  const [, id = name, slug = ""] = /^([A-Za-z]{1,12}[0-9]{1,9}(?:-[0-9a-hjkmnp-tv-z]{4}(?=-|$))?)(?:-(.*))?$/.exec(name) ?? [];
  return {
    id,
    /** Looked for where it is asked for: nearly every run has its own. */
    get title() {
      const heading = /^# +([^\r\n]+)/m.exec(text.slice(bodyStart, bodyStart + 4000))?.[1]?.trim();
      return heading ?? (slug.replaceAll("-", " ") || id);
    },
  };
}

/** Resolves `key` (or `offset`) to line and column; a key that is not written falls back to the nearest one above it. */
export function placeKeys(problem: Problem, parsed: Pick<ParsedRun, "tree" | "fences">, text: string): Problem {
  if (problem.line !== undefined || (problem.key === undefined && problem.offset === undefined)) return problem;
  return placeIn(problem, parsed, lineStarts(text), problem.path);
}

function placeIn(
  problem: Problem,
  parsed: Pick<ParsedRun, "tree" | "fences">,
  starts: readonly number[],
  path: string | undefined,
): Problem {
  if (problem.line !== undefined) return path === undefined ? problem : { path, ...problem };
  const offset = problem.offset ?? offsetOf(parsed.tree, problem.key ?? []) ?? parsed.fences?.open ?? 0;
  const placed = place({ ...problem, offset }, path ?? "", starts);
  if (path !== undefined) return placed;
  const { path: _, ...rest } = placed;
  return rest;
}

function offsetOf(tree: Dict | undefined, path: readonly string[]): number | undefined {
  let at: Tree | undefined = tree;
  let offset: number | undefined;
  for (const [index, step] of path.entries()) {
    if (at?.kind === "list") {
      at = at.items[Number(step)];
      if (at === undefined) break;
      offset = at.start;
      continue;
    }
    if (at?.kind !== "dict") break;
    // A literal dotted key wins over a path, as everywhere.
    const rest = path.slice(index).join(".");
    const entry: Entry | undefined = at.entries.find(({ key }) => key === rest) ?? at.entries.find(({ key }) => key === step);
    if (entry === undefined) break;
    offset = entry.keyStart;
    if (entry.key === rest) break;
    at = entry.value;
  }
  return offset;
}

function placeAll(
  problems: readonly Problem[],
  parsed: Pick<ParsedRun, "tree" | "fences">,
  text: string,
  path: string,
): readonly Problem[] {
  if (problems.length === 0) return problems;
  const starts = lineStarts(text);
  const placed = problems.map((problem) => placeIn(problem, parsed, starts, path));
  return placed.sort((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0));
}
