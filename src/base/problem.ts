// The one shape of everything the program has to say about a user's file: a lint finding, a refusal and a crash look alike.

export type Severity = "error" | "warning" | "note";

export interface Problem {
  /** Permanent, `room/what-is-wrong`; has a heading of the same name in docs/problems.md. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence without a full stop: what is wrong and, after a colon or comma, why. */
  readonly message: string;
  /** What to do; ends in something that can be pasted where that is possible. */
  readonly hint?: string;
  /** Path from the journal's root, forward slashes. */
  readonly path?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in UTF-16 units. */
  readonly column?: number;
  /** UTF-16 offset into the decoded text; a reader turns it into line and column with `place`. */
  readonly offset?: number;
  /** Path of keys in the front matter (`["metrics", "val_loss", "before"]`), for rules that see no text; the reader turns it into line and column. */
  readonly key?: readonly string[];
  /** Name of the cure that `check --fix` applies, where there is one. */
  readonly fix?: string;
}

/** The exit codes of the contract. */
export const exits = {
  ok: 0,
  internal: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  checks: 5,
  gate: 6,
  inconclusive: 7,
  duplicate: 9,
  timeout: 124,
} as const;
export type ExitCode = (typeof exits)[keyof typeof exits];

/** A refusal: carries the problems to print and the exit code. Never used for bugs, so it never prints a stack. */
export class JournalError extends Error {
  readonly problems: readonly Problem[];
  readonly exit: ExitCode;
  constructor(problems: Problem | readonly Problem[], exit: ExitCode = exits.usage) {
    const list: readonly Problem[] = Array.isArray(problems) ? problems : [problems as Problem];
    super(list[0]?.message ?? "refused");
    this.name = "JournalError";
    this.problems = list;
    this.exit = exit;
  }
}

/** Offsets at which lines start, for `place`. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Turns `offset` into line and column; `shift` moves offsets that were counted from a slice. */
export function place(problem: Problem, path: string, starts: readonly number[], shift = 0): Problem {
  const { offset, ...rest } = problem;
  if (offset === undefined) return { ...rest, path: problem.path ?? path };
  const at = offset + shift;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { ...rest, path, line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}
