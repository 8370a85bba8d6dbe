// What a command hands back. It never prints: one place (output.ts) decides between text for people and the one JSON document.

import type { Problem } from "../base/problem.ts";

/** JSON text that is ready to be printed as it is. */
export interface RawJson {
  readonly raw: string;
}

export interface Outcome {
  /** The `data` of the JSON document. */
  readonly data: unknown;
  /** By a command that goes on for long: its document or text is on stdout already. */
  readonly printed?: true;
  /** What stdout gets when no JSON was asked for; safe for a terminal, ends in a line end when not empty. */
  readonly text: string;
  /** Lines for stderr: what was chosen, what to type next. */
  readonly talk?: readonly string[];
  /** What went wrong while the rest was done. */
  readonly problems?: readonly Problem[];
  /** Defaults to 0, or to 2 with problems. Another program's own code is handed on as it is. */
  readonly exit?: number;
}
