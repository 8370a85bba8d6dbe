// The edits that make a decision. A decision that is replaced is not lost: with its reason it moves to `earlier`.

import { isoDate } from "../base/time.ts";
import type { Edit } from "../markdown/edit.ts";
import type { Decision, Run } from "../record/experiment.ts";
import type { Io } from "./io.ts";

export const today = (io: Io): string => isoDate(io.now());

export function decisionEdits(run: Run, decision: Decision, reason: string | undefined, day: string): readonly Edit[] {
  const same = run.decision === decision;
  const replaced = run.reason !== undefined && (same ? reason !== undefined && reason !== run.reason : true);
  return [
    ...(replaced ? [{ kind: "push", path: ["earlier"], value: past(run, day) } as const] : []),
    ...(same ? [] : [{ kind: "set", path: ["decision"], value: decision } as const]),
    ...(reason === undefined ? [] : [{ kind: "set", path: ["reason"], value: reason } as const]),
    // An old reason would speak for the new decision.
    ...(reason === undefined && replaced ? [{ kind: "remove", path: ["reason"] } as const] : []),
  ];
}

/** An author's own word is no decision of ours, so it goes in front of its reason. */
function past({ decision, decisionWord, reason = "" }: Run, day: string): { readonly [key: string]: string } {
  if (decision !== undefined) return { decision, reason, date: day };
  return { reason: decisionWord === undefined ? reason : `${decisionWord}: ${reason}`, date: day };
}
