// Problems as people read them.

import type { Problem, Severity } from "../base/problem.ts";
import { type Paint, type Style, safe, safeLine } from "../base/terminal.ts";

const styles: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", note: "cyan" };

/** `experiments/x.md:12:3 warning record/unknown-key: unknown key …`, then the hint's lines. */
export function printProblem(problem: Problem, paint: Paint): string {
  const place = placeOf(problem);
  const head = `${place === "" ? "" : `${paint("bold", safeLine(place))} `}${paint(styles[problem.severity], problem.severity)} ${paint("dim", `${problem.code}:`)} ${safe(problem.message)}`;
  return `${head}\n${printHint(problem.hint, paint)}`;
}

export function placeOf({ path, line, column }: Problem): string {
  if (path === undefined) return "";
  if (line === undefined) return path;
  return column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** Every line is indented alike, so that a hint of several lines can be copied as a block. */
export function printHint(hint: string | undefined, paint: Paint): string {
  if (hint === undefined) return "";
  const [first = "", ...rest] = safe(hint).split("\n");
  return [`  ${paint("cyan", "hint:")} ${first}`, ...rest.map((line) => `        ${line}`)].map((line) => `${line}\n`).join("");
}

/** `2 errors, 1 warning`; nothing for none. */
export function countProblems(problems: readonly Problem[]): string {
  const parts = (["error", "warning", "note"] as const).map(
    (severity) => [severity, problems.filter((problem) => problem.severity === severity).length] as const,
  );
  return parts
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity))
    .join(", ");
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}
