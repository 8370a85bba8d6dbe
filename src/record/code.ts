// Which code a run ran with, in one word.

import type { Execution } from "./experiment.ts";

/** Equal words, equal code to the last byte: of the files that count where the settings name them, else of all. */
export const exactCode = (run: Execution | undefined): string | undefined => run?.code ?? run?.snapshot;

/** The same, else the commit, on top of which there may have been more. */
export const codeWord = (run: Execution | undefined): string | undefined => exactCode(run) ?? run?.commit;

/** Nothing where one side did not record it. */
export function sameRecordedCode(one: Execution | undefined, other: Execution | undefined): boolean | undefined {
  if (one?.snapshot !== undefined && one.snapshot === other?.snapshot) return true;
  for (const key of ["code", "snapshot", "commit"] as const) {
    const [from, to] = [one?.[key], other?.[key]];
    if (from !== undefined && to !== undefined) return from === to;
  }
  return undefined;
}
