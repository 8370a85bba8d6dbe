// YAML text → what the record makes of it, for tests.

import { parseYaml } from "../../src/markdown/yaml.ts";
import { type Normalized, normalize } from "../../src/record/normalize.ts";
import type { Dict, Tree } from "../../src/record/tree.ts";

export function treeOf(text: string): Tree | undefined {
  return parseYaml(text, 0, text.length).tree;
}

/** Front matter with an id, so that only what the test is about is said. */
export function read(text: string): Normalized & { readonly codes: readonly string[] } {
  const tree = treeOf(`id: EXP001-aaaa\n${text}`);
  const result = normalize(tree?.kind === "dict" ? (tree as Dict) : undefined, { id: "EXP001-aaaa", title: "A title" });
  return { ...result, codes: result.problems.map((problem) => problem.code.replace("record/", "")) };
}
