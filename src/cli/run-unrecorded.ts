// What a run came to, and the run of which nothing could be written: a disk that is full is no reason not to train.

import { JournalError, type Problem } from "../base/problem.ts";
import { runBare } from "../capture/bare.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Io } from "./io.ts";
import { notRecorded } from "./messages-run.ts";
import type { Finished } from "./run-finish.ts";
import { fill, type RunPlan } from "./run-plan.ts";

export interface Experiment {
  /** Of the file; nothing where no record was made. */
  readonly id?: string;
  readonly path?: string;
  readonly exit: number;
  readonly finished?: Finished;
  readonly file?: RunFile;
  readonly problems: readonly Problem[];
  /** By a signal to us. */
  readonly stopped?: true;
}

const diskTroubles: ReadonlySet<string> = new Set(["disk-full", "read-only", "write-failed", "not-flushed", "unreadable"]);
const systemTroubles: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EIO", "EACCES", "EPERM", "EMFILE", "ENFILE"]);

/** A wish that cannot be met is refused; a disk that is full is no reason not to train. */
export function isDiskTrouble(reason: unknown): boolean {
  if (reason instanceof JournalError) return reason.problems.some(({ code }) => diskTroubles.has(code.slice(code.indexOf("/") + 1)));
  return systemTroubles.has((reason as NodeJS.ErrnoException | undefined)?.code ?? "");
}

export async function runUnrecorded(plan: RunPlan, reason: unknown, io: Io): Promise<Experiment> {
  const problem = notRecorded(reason instanceof Error ? reason.message : String(reason));
  io.err(`${problem.message}\n`);
  return { exit: await runBare(plan, fill(plan.command, plan.values), io.environment), problems: [problem] };
}
