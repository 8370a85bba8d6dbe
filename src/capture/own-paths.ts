// The journal's own files: what a run writes about itself is no code.

import { relative, sep } from "node:path";

/** From the journal's root. Other files in these folders (`experiments/train.py`) are code like any. */
const own =
  /^(?:journal\.yaml|\.journal\/.*|_site\/.*|experiments\/(?:.*\/)?(?:[^/]+\.md|study\.yaml|[^/]+\.files\/.*)|reports\/[^/]+\.md|charts\/[^/]+\.vl\.yaml|templates\/experiment\.md)$/s;

/** Changes when other files are the journal's own. */
export const ownRule: string = own.source;

/** Tells the journal's own paths among those from the top of the repository; bytes of a path may come as latin1. */
export function ownPaths(top: string, root: string): (path: string) => boolean {
  const above = relative(top, root).split(sep).join("/");
  if (above === "") return (path) => own.test(path);
  const prefixes = [`${above}/`, Buffer.from(`${above}/`, "utf8").toString("latin1")];
  return (path) => prefixes.some((prefix) => path.startsWith(prefix) && own.test(path.slice(prefix.length)));
}

const globs = [
  "journal.yaml",
  ".journal/**",
  "_site/**",
  "experiments/*.md",
  "experiments/**/*.md",
  "experiments/**/study.yaml",
  "experiments/*.files/**",
  "experiments/**/*.files/**",
  "reports/*.md",
  "charts/*.vl.yaml",
  "templates/experiment.md",
];

/** The code for git: the files that `counted` names, or all, without the journal's own. */
export function codePaths(top: string, root: string, counted: readonly string[]): readonly string[] {
  const above = relative(top, root)
    .split(sep)
    .map((part) => part.replace(/[[\]*?\\]/g, "\\$&"))
    .join("/");
  const only = counted.filter((pattern) => !pattern.startsWith("!")).flatMap((pattern) => withInside(pattern, "top,glob"));
  const out = counted.filter((pattern) => pattern.startsWith("!")).flatMap((pattern) => withInside(pattern.slice(1), "top,exclude,glob"));
  return [
    ...(only.length === 0 ? [":(top)"] : only),
    ...out,
    ...globs.map((glob) => `:(top,exclude,glob)${above === "" ? "" : `${above}/`}${glob}`),
  ];
}

/** A folder stands for all that is in it. */
function withInside(pattern: string, magic: string): readonly string[] {
  const path = pattern
    .trim()
    .replace(/^\.?\//, "")
    .replace(/\/+$/, "");
  return [`:(${magic})${path}`, `:(${magic})${path}/**`];
}
