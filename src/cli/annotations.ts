// Problems as GitHub's workflow commands: it shows them at their lines, in the pull request.

import { relative, sep } from "node:path";
import type { Problem, Severity } from "../base/problem.ts";
import { safe } from "../base/terminal.ts";
import { findGit } from "../store/git-folder.ts";

export function printAnnotations(problems: readonly Problem[], root: string): string {
  const inside = prefix(root);
  return problems.map((problem) => annotation(problem, inside)).join("");
}

/** GitHub counts paths from the repository, which may lie above the journal. */
function prefix(root: string): string {
  const git = findGit(root);
  const inside = git === undefined ? "" : relative(git.top, root).split(sep).join("/");
  return inside === "" ? "" : `${inside}/`;
}

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

function annotation({ severity, path, line, column, code, message, hint }: Problem, inside: string): string {
  const places = [
    path === undefined ? "" : `file=${property(inside + path)}`,
    line === undefined ? "" : `line=${line}`,
    column === undefined ? "" : `col=${column}`,
    `title=${property(code)}`,
  ];
  return `::${commands[severity]} ${places.filter((part) => part !== "").join(",")}::${data(hint === undefined ? message : `${message}\nhint: ${hint}`)}\n`;
}

const data = (text: string): string => safe(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
