// Runs the ```console blocks of a page, so that no page shows what does not work.
//
//   $ journal new "Double the batch" --set batch_size=64    a command; `> ` continues it on the next line
//   experiments/EXP001-….md                                 what it prints; `…` stands for anything on a line,
//   …                                                       alone on a line for any lines (or none)
//   $ journal show 99  # exit 3                             a command that ends with another code than 0
//
// The blocks of one page are one session: one shell in one new git repository, `journal` being the built one. A block inside a comment
// prepares what the page supposes: `$HISTORY` is a folder with what other tools left (history.ts).

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { writeHistory } from "./history.ts";

export interface Step {
  readonly line: number;
  readonly command: string;
  readonly exit: number;
  readonly expected: readonly string[];
}

export function parseSession(page: string): readonly Step[] {
  const steps: { line: number; command: string; exit: number; expected: string[] }[] = [];
  let inside = false;
  for (const [index, text] of page.split("\n").entries()) {
    const last = steps.at(-1);
    if (text.trimEnd() === "```console") inside = true;
    else if (text.startsWith("```")) inside = false;
    else if (inside && text.startsWith("$ ")) {
      const [, command = "", exit = "0"] = /^\$ (.*?)(?:\s+# exit (\d+))?$/.exec(text) ?? [];
      steps.push({ line: index + 1, command, exit: Number(exit), expected: [] });
    } else if (inside && last && text.startsWith("> ") && last.expected.length === 0) last.command += `\n${text.slice(2)}`;
    else if (inside && last) last.expected.push(text);
  }
  return steps;
}

export interface Outcome {
  readonly exit: number;
  readonly output: string;
}

/** Runs the steps one after the other in one shell. */
export function runSession(steps: readonly Step[], program: string): readonly Outcome[] {
  const place = mkdtempSync(join(tmpdir(), "journal-session-"));
  try {
    const bin = join(place, "bin");
    const repository = join(place, "cats-and-dogs");
    mkdirSync(bin);
    mkdirSync(repository);
    chmodSync(program, 0o755);
    symlinkSync(resolve(program), join(bin, "journal"));
    execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: repository });
    const script = steps.map(({ command }) => `{ ${command}\n} 2>&1 </dev/null; printf '\\036%s\\036' "$?"`).join("\n");
    const history = join(place, "history");
    if (script.includes("$HISTORY")) writeHistory(history);
    const env = { ...process.env, HISTORY: history, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` };
    const parts = execFileSync("bash", ["-c", script], { cwd: repository, encoding: "utf8", env }).split("\x1e");
    return steps.map((_, index) => ({ output: parts[index * 2] ?? "", exit: Number(parts[index * 2 + 1] ?? Number.NaN) }));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Whether the output is what the page shows; blank lines at the end, blanks at the end of a line and the width of columns do not count. */
export function shows(expected: readonly string[], output: string): boolean {
  const lines = narrow(expected.join("\n")).trimEnd().split("\n");
  const pattern = lines
    .map((line) => (line.trim() === "…" ? "(?:.*\n)*?" : `${line.trimEnd().split("…").map(literal).join(".*")}\n`))
    .join("");
  const printed = narrow(output.replace(/[ \t]+$/gm, "")).trimEnd();
  return new RegExp(`^${pattern}$`).test(`${printed}\n`);
}

/** A column is as wide as its longest cell, and how long it took nobody knows before. */
const narrow = (text: string): string => text.replace(/(?<=\S) {2,}/g, "  ");

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
