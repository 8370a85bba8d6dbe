// `journal compare A B --code`: what changed in the code between two runs, and in what was installed around it.

import { exits, JournalError } from "../../base/problem.ts";
import { safe, safeLine } from "../../base/terminal.ts";
import { type ChangedFile, listCodeChanges, readCodeDifference } from "../../capture/code-change.ts";
import { findCode } from "../../capture/find-code.ts";
import { compareRecorded, type FactDifference, type FactKind, readRecorded } from "../../capture/recorded.ts";
import type { RunFile } from "../../record/experiment.ts";
import type { Journal } from "../../store/journal.ts";
import type { Io } from "../io.ts";
import { noCode, unknownCommit, wantsTwo } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { studyOfRun } from "../study.ts";

export function compareCode(journal: Journal, files: readonly RunFile[], io: Io): Outcome {
  const [from, to] = files;
  if (from === undefined || to === undefined || files.length > 2) throw new JournalError(wantsTwo(), exits.usage);
  const [old, now] = [from, to].map((file) => findCode(journal.root, file.run.run) ?? codeOf(file)) as [string, string];
  const { code } = studyOfRun(journal, to);
  const changed = listCodeChanges(journal.root, old, now, code);
  const patch = readCodeDifference(journal.root, old, now, code);
  if (changed === undefined || patch === undefined) throw new JournalError(unknownCommit(old, now), exits.notFound);
  const environment = compareRecorded(readRecorded(journal.root, from), readRecorded(journal.root, to));
  return {
    data: { from: { id: from.run.id, code: old }, to: { id: to.run.id, code: now }, files: changed, patch, environment },
    text: printPatch(patch, io) + printEnvironment(environment, io),
    talk: [changed.length === 0 ? "the code is the same" : counted(changed)],
  };
}

function codeOf({ run }: RunFile): string {
  const code = run.run?.snapshot ?? run.run?.commit;
  if (code === undefined) throw new JournalError(noCode(run.id), exits.notFound);
  return code;
}

function counted(files: readonly ChangedFile[]): string {
  const sum = (key: "added" | "removed"): number => files.reduce((total, file) => total + (file[key] ?? 0), 0);
  return `${plural(files.length, "file")} changed, +${sum("added")} −${sum("removed")}`;
}

const printPatch = (patch: string, io: Io): string =>
  safe(patch).replace(/^([+-].*)$/gm, (line) => io.paint.out(line.startsWith("+") ? "green" : "red", line));

const headings: Readonly<Record<FactKind, string>> = {
  software: "software",
  package: "packages",
  hardware: "machine",
  variable: "variables",
  lock: "lock files",
};

/** `  torch  2.1.0 → 2.2.0` under a heading for each kind. */
export function printEnvironment(differences: readonly FactDifference[], io: Io): string {
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const own = differences.filter((one) => one.kind === kind);
      const width = Math.max(...own.map(({ name }) => name.length));
      const lines = own.map(({ name, from, to }) => `  ${safeLine(name).padEnd(width)}  ${shown(kind, from)} → ${shown(kind, to)}\n`);
      return `${io.paint.out("bold", headings[kind])}\n${lines.join("")}`;
    })
    .join("");
}

function shown(kind: FactKind, value: string | undefined): string {
  if (value === undefined) return "none";
  return safeLine(kind === "lock" ? value.slice(0, 12) : value);
}
