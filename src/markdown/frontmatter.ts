// The front matter of one text. gray-matter splits, our own reader reads: this is the only file that may import it.
// gray-matter evaluates `---js` blocks unless told otherwise; here it sees a text only after `findFences` found bare `---`
// lines, always gets options (without them it caches and leaks), and every engine but ours throws.

import matter from "gray-matter";
import type { Problem } from "../base/problem.ts";
import type { Dict, Tree } from "../record/tree.ts";
import type { Fences } from "./fences.ts";
import { fenceProblem, findFences, guessEnd } from "./fences.ts";
import { notAMap, unclearFence } from "./messages.ts";
import type { YamlOptions } from "./yaml.ts";
import { parseYaml, yamlLimit } from "./yaml.ts";

export interface FrontMatter {
  readonly fences?: Fences;
  /** Empty for empty front matter; absent where there is none to read. */
  readonly tree?: Dict;
  /** First character of the prose. */
  readonly bodyStart: number;
  readonly problems: readonly Problem[];
  /** See `ParsedYaml`. */
  readonly anchors: boolean;
}

export function parseFrontMatter(text: string, options: YamlOptions = {}): FrontMatter {
  const fences = findFences(text);
  if (fences === undefined) return withoutFences(text, options);
  const { tree, problems, anchors } = parseYaml(text, fences.yamlStart, fences.yamlEnd, options);
  const found = asMap(tree, fences.yamlStart, problems);
  const split = found.problems.length === 0 ? splitProblem(text, fences) : undefined;
  return {
    fences,
    ...found,
    bodyStart: fences.bodyStart,
    problems: split === undefined ? found.problems : [...found.problems, split],
    anchors,
  };
}

/** An unclosed block is still read as far as it seems to go, so that the run keeps its id and title in lists. */
function withoutFences(text: string, options: YamlOptions): FrontMatter {
  const problem = fenceProblem(text);
  if (problem.code !== "markdown/unclosed-front-matter") return { bodyStart: 0, problems: [problem], anchors: false };
  const start = text.indexOf("\n") + 1 || text.length;
  const bodyStart = Math.max(start, guessEnd(text));
  const { tree } = parseYaml(text, start, bodyStart, options);
  return { ...(tree?.kind === "dict" ? { tree } : {}), bodyStart, problems: [problem], anchors: false };
}

function asMap(
  tree: Tree | undefined,
  start: number,
  problems: readonly Problem[],
): { readonly tree?: Dict; readonly problems: readonly Problem[] } {
  if (tree?.kind === "dict") return { tree, problems };
  if (problems.some((problem) => problem.severity === "error")) return { problems };
  if (tree === undefined) return { tree: { kind: "dict", entries: [], start, end: start }, problems };
  return { problems: [...problems, notAMap(tree.start, tree.kind === "list" ? "list" : "text")] };
}

const refuse = (): never => {
  throw new Error("only YAML front matter is read");
};

/** gray-matter ends the block at any line that begins with `---`: where it disagrees with us, other programs will too. */
function splitProblem(text: string, fences: Fences): Problem | undefined {
  // Nothing in between begins so: there is nothing to disagree about.
  if (text.indexOf("\n---", fences.open) + 1 === fences.close) return undefined;
  const block = text.slice(fences.open, fences.bodyStart);
  // Its test for an empty block takes quadratic time on long runs of blanks.
  if (block.length > yamlLimit + 100 || /\s{400}/.test(block)) return undefined;
  const engine = (): object => ({});
  const split = matter(block, { language: "yaml", engines: { yaml: engine, javascript: refuse, json: refuse } });
  const end = fences.open + "---".length + split.matter.length + 1;
  return end === fences.close ? undefined : unclearFence(end, text.slice(end, text.indexOf("\n", end)));
}
