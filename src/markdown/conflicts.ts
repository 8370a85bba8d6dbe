// An unresolved merge in a file: found first, because everything after it would only report its consequences.

import type { Problem } from "../base/problem.ts";
import { conflictMarkers } from "./messages.ts";

export interface Conflicts {
  readonly problems: readonly Problem[];
  /** The text with our side alone; markers and their side are blanked out, so every offset still holds. */
  readonly text: string;
}

export function findConflicts(text: string): Conflicts | undefined {
  if (!text.includes("<<<<<<<")) return undefined;
  const problems: Problem[] = [];
  const out: string[] = [];
  let state: "outside" | "ours" | "theirs" = "outside";
  let begin = { line: 0, offset: 0, index: 0 };
  let offset = 0;
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const mark = /^(?:<{7}|\|{7}|={7}|>{7})(?=\s|$)/.exec(line)?.[0][0];
    out.push(line);
    if (mark === "<" && state === "outside") {
      begin = { line: index + 1, offset, index };
      state = "ours";
    } else if ((mark === "=" || mark === "|") && state === "ours") state = "theirs";
    else if (mark === ">" && state === "theirs") {
      problems.push(conflictMarkers(begin.offset, begin.line, index + 1));
      blank(out, begin.index, index);
      state = "outside";
    }
    offset += line.length + 1;
  }
  return problems.length === 0 ? undefined : { problems, text: out.join("\n") };
}

function blank(lines: string[], from: number, to: number): void {
  let ours = true;
  for (let index = from; index <= to; index += 1) {
    const line = lines[index] ?? "";
    if (/^(?:\|{7}|={7})(?=\s|$)/.test(line)) ours = false;
    if (index === from || !ours) lines[index] = " ".repeat(line.length - (line.endsWith("\r") ? 1 : 0)) + (line.endsWith("\r") ? "\r" : "");
  }
}
