// The `--json` contract: exactly one document on stdout, whatever happened.

import { exits, type Problem } from "../base/problem.ts";
import { safe } from "../base/terminal.ts";
import type { Outcome, RawJson } from "./outcome.ts";

/** The public face of a problem: what the document's `error`, `errors` and `warnings` hold. */
export interface Report {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly key?: string;
  readonly fix?: string;
}

export function report(problem: Problem): Report {
  const { code, severity, message, hint, path, line, column, key, fix } = problem;
  return {
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(key === undefined ? {} : { key: key.join(".") }),
    ...(fix === undefined ? {} : { fix }),
  };
}

export function exitOf(outcome: Outcome): number {
  return outcome.exit ?? (outcome.problems?.length ? exits.usage : exits.ok);
}

/** Words that name no command are the command line's own matter. */
const schemaOf = (command: string): string => `journal/${command === "" ? "cli" : command}@1`;

/** The document of a command that came to its end; `ok` is exit 0. */
export function document(command: string, outcome: Outcome, warnings: readonly Problem[]): string {
  const exit = exitOf(outcome);
  const head = { schema: schemaOf(command), ok: exit === exits.ok };
  const problems = outcome.problems ?? [];
  const errors = problems.length === 0 ? {} : failure(problems, exit);
  const tail = print({ ...errors, warnings: warnings.map(report) });
  const data = isRaw(outcome.data) ? outcome.data.raw : print(outcome.data ?? null);
  return `${JSON.stringify(head).slice(0, -1)},"data":${data},${tail.slice(1)}\n`;
}

/** The document of a command that was refused. */
export function errorDocument(command: string, problems: readonly Problem[], exit: number, warnings: readonly Problem[] = []): string {
  return `${print({ schema: schemaOf(command), ok: false, ...failure(problems, exit), warnings: warnings.map(report) })}\n`;
}

/** The first problem speaks for all, and says whether trying again may help. */
function failure(problems: readonly Problem[], exit: number): { readonly error: object; readonly errors: readonly Report[] } {
  const errors = problems.map(report);
  return { error: { ...errors[0], exit, retryable: exit === exits.conflict }, errors };
}

/** JSON leaves some marks raw that a terminal acts upon; as `\u202e` they are the same text. */
const print = (value: unknown): string => safe(JSON.stringify(value));

function isRaw(data: unknown): data is RawJson {
  return typeof data === "object" && data !== null && "raw" in data && Object.keys(data).length === 1;
}
