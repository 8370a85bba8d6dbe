// `journal keep` and `journal discard`: the author's decision, with its reason.

import { exits, JournalError, type Problem } from "../../base/problem.ts";
import type { Decision, RunFile } from "../../record/experiment.ts";
import type { Json } from "../../record/tree.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import type { Options } from "../command.ts";
import { decisionEdits, today } from "../decision.ts";
import type { Io } from "../io.ts";
import { noReason } from "../messages.ts";
import { checksFailed } from "../messages-run.ts";
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
  if (decision === "keep") {
    const failed = files.flatMap((file) => failedChecks(file) ?? []);
    if (failed.length > 0) throw new JournalError(failed, exits.gate);
  }
  for (const { run } of files) {
    if (message === undefined && (run.decision !== decision || run.reason === undefined)) io.warn(noReason(decision, run.id));
  }
  return applyAll(journal, files, ({ run }) => decisionEdits(run, decision, message, today(io)), io);
}

/** What `journal run --checks` found stands between a run and being kept. */
function failedChecks({ run, path }: RunFile): Problem | undefined {
  const checks = run.run?.other["checks"];
  if (typeof checks !== "object" || checks === null || Array.isArray(checks)) return undefined;
  const { command, exit } = checks as { readonly command?: Json; readonly exit?: Json };
  return typeof exit !== "number" || exit === 0 ? undefined : checksFailed(run.id, String(command ?? ""), exit, path);
}
