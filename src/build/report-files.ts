// `reports/*.md`: what each says about itself, and its prose.

import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { pageName } from "../base/address.ts";
import { hasControl } from "../base/path.ts";
import { lineStarts, type Problem, place } from "../base/problem.ts";
import { decode } from "../markdown/decode.ts";
import { findFences } from "../markdown/fences.ts";
import { parseFrontMatter } from "../markdown/frontmatter.ts";
import { find, type Tree } from "../record/tree.ts";
import { readBytes } from "../store/read.ts";

export interface ReportFile {
  /** From the journal's root. */
  readonly path: string;
  /** Of its page. */
  readonly address: string;
  readonly title: string;
  readonly date?: string;
  readonly author?: string;
  /** The whole file. */
  readonly text: string;
  /** Where the prose begins. */
  readonly bodyStart: number;
  readonly problems: readonly Problem[];
}

export const reportFolder = "reports";

/** Of a study; "" is the default one. */
export const readmePath = (study: string): string => posix.join("experiments", study, "README.md");

/** Newest first; those without a date after them, by name. A file that cannot be read is a report with a problem. */
export function readReports(root: string): readonly ReportFile[] {
  const taken = new Set<string>();
  return namesIn(root, reportFolder)
    .filter((name) => name.endsWith(".md") && name.toLowerCase() !== "readme.md")
    .map((name) => readReport(root, name, taken))
    .sort((a, b) => {
      const [left, right] = [a.date ?? "", b.date ?? ""];
      return left === right ? (a.path < b.path ? -1 : 1) : left < right ? 1 : -1;
    });
}

/** Of files, sorted; none where there is no such folder. */
export function namesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".") && !hasControl(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function readReport(root: string, name: string, taken: Set<string>): ReportFile {
  const path = `${reportFolder}/${name}`;
  let slug = pageName(name.replace(/\.md$/, ""));
  while (taken.has(slug.toLowerCase())) slug += "-";
  taken.add(slug.toLowerCase());
  const address = `${reportFolder}/${slug}.html`;
  const { bytes, problem } = readBytes(root, path);
  const decoded = bytes === undefined ? { problem } : decode(bytes);
  if (decoded.text === undefined) return { path, address, title: slug, text: "", bodyStart: 0, problems: [{ ...decoded.problem, path }] };
  return { path, address, ...parseReport(decoded.text, slug, path) };
}

/** A report needs no front matter: its first heading is its title then. */
function parseReport(text: string, slug: string, path: string): Omit<ReportFile, "path" | "address"> {
  const front = findFences(text) === undefined ? { bodyStart: 0, problems: [] } : parseFrontMatter(text);
  const tree = "tree" in front ? front.tree : undefined;
  const date = textOf(find(tree, "date"));
  const author = textOf(find(tree, "author"));
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(text.slice(front.bodyStart, front.bodyStart + 4000))?.[1];
  return {
    title: textOf(find(tree, "title")) ?? heading ?? slug.replaceAll("-", " "),
    ...(date === undefined ? {} : { date }),
    ...(author === undefined ? {} : { author }),
    text,
    bodyStart: front.bodyStart,
    problems: front.problems.map((problem) => place(problem, path, lineStarts(text))),
  };
}

/** As it was written; several authors with commas between them. */
function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind === "list") return tree.items.map(textOf).filter(Boolean).join(", ") || undefined;
  return tree?.kind === "scalar" && tree.source.trim() !== "" ? tree.source.trim() : undefined;
}
