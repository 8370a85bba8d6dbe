// `journal keep` and `journal discard`: the author's decision, with its reason.

import type { Decision } from "../../record/experiment.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import type { Options } from "../command.ts";
import { decisionEdits, today } from "../decision.ts";
import type { Io } from "../io.ts";
import { noReason } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";

export async function decide(
  journal: Journal,
  options: Pick<Options, "message" | "where"> & { readonly ids: readonly string[]; readonly decision: Decision },
  io: Io,
): Promise<Outcome> {
  const { decision, ids, where } = options;
  const message = options.message?.trim() || undefined;
  const files = await findTargets(journal, { ids, where }, decision, `journal ${decision} 42 -m "why"`);
  for (const { run } of files) {
    if (message === undefined && (run.decision !== decision || run.reason === undefined)) io.warn(noReason(decision, run.id));
  }
  return applyAll(journal, files, ({ run }) => decisionEdits(run, decision, message, today(io)), io);
}
