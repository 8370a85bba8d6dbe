// Everything that is wrong with the files, where, and what to do about it.

import type { Problem, Severity } from "../base/problem.ts";
import { plural } from "./counts.ts";
import type { PageFrame } from "./page.ts";
import { paginate } from "./paging.ts";
import { proseOf, type Sentence } from "./sentence.ts";

export interface ProblemRow {
  readonly severity: Severity;
  /** From the journal's root. */
  readonly file?: string;
  /** `12:3`, line and column. */
  readonly place?: string;
  /** Page of the run, study or report that the file is. */
  readonly address?: string;
  readonly code: string;
  readonly message: Sentence;
  readonly cure?: Sentence;
}

export interface ProblemsSection {
  /** Name of the study; absent for what belongs to the journal as a whole. */
  readonly key?: string;
  readonly title: string;
  readonly rows: readonly ProblemRow[];
  /** How many more there are than are shown. */
  readonly more: number;
}

export interface ProblemsPage {
  readonly frame: PageFrame;
  readonly several: boolean;
  readonly summary: string;
  readonly sections: readonly ProblemsSection[];
}

export interface ProblemsOf {
  /** Absent for the journal as a whole. */
  readonly study?: string;
  readonly title: string;
  readonly problems: readonly Problem[];
}

/** Sorts behind every name of a study and is none. */
const whole = "\u0000";
const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** One page, so that nothing has to be looked for before somebody asks; what it has no room for `journal check` tells. */
const most = 500;

export interface ProblemsInput {
  readonly frame: PageFrame;
  readonly several: boolean;
  readonly sections: readonly ProblemsOf[];
  /** The page that shows a file, where there is one. */
  readonly addressOf: (path: string) => string | undefined;
}

export function problemsPage({ frame, several, sections, addressOf }: ProblemsInput): ProblemsPage {
  const [page] = paginate(
    sections.map(({ study, title, problems }) => ({
      key: study ?? whole,
      title,
      rows: [...problems].sort((left, right) => weight[left.severity] - weight[right.severity]),
    })),
    most,
  );
  return {
    frame,
    several,
    summary: summaryOf(sections.flatMap(({ problems }) => problems)),
    sections: (page?.parts ?? []).map(({ key, title, rows, all }) => ({
      ...(key === whole ? {} : { key }),
      title,
      rows: rows.map((problem) => rowOf(problem, addressOf)),
      more: all - rows.length,
    })),
  };
}

function summaryOf(problems: readonly Problem[]): string {
  const words: readonly (readonly [Severity, string])[] = [
    ["error", "error"],
    ["warning", "warning"],
    ["note", "note"],
  ];
  return words
    .map(([severity, word]) => ({ n: problems.filter((problem) => problem.severity === severity).length, word }))
    .filter(({ n }) => n > 0)
    .map(({ n, word }) => plural(n, word))
    .join(", ");
}

function rowOf({ severity, path, line, column, code, message, hint }: Problem, addressOf: ProblemsInput["addressOf"]): ProblemRow {
  const address = path === undefined ? undefined : addressOf(path);
  return {
    severity,
    ...(path === undefined ? {} : { file: path }),
    ...(line === undefined ? {} : { place: column === undefined ? String(line) : `${line}:${column}` }),
    ...(address === undefined ? {} : { address }),
    code,
    message: proseOf(message),
    ...(hint === undefined ? {} : { cure: cureOf(hint) }),
  };
}

/** A cure ends in something to paste, where there is such a thing; what is named on the way is not. */
function cureOf(hint: string): Sentence {
  const pieces = proseOf(hint);
  const last = pieces.at(-1);
  return typeof last === "object" && "code" in last ? [...pieces.slice(0, -1), { command: last.code }] : pieces;
}
