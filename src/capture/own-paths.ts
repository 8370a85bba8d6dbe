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

/** The same for git, as what is to be left out. */
export function exceptOwnPaths(top: string, root: string): readonly string[] {
  const above = relative(top, root)
    .split(sep)
    .map((part) => part.replace(/[[\]*?\\]/g, "\\$&"))
    .join("/");
  return [":(top)", ...globs.map((glob) => `:(top,exclude,glob)${above === "" ? "" : `${above}/`}${glob}`)];
}
