// `journal run`: a command that leaves a page behind.

import { JournalError } from "../../base/problem.ts";
import { runBare } from "../../capture/bare.ts";
import { lookUp } from "../../capture/lookup.ts";
import type { Journal } from "../../store/journal.ts";
import { openJournal } from "../../store/journal.ts";
import { settingOf } from "../assignments.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { commandNotExecutable, commandNotFound } from "../messages-run.ts";
import type { Outcome } from "../outcome.ts";
import { type Experiment, runExperiment } from "../run-experiment.ts";
import { fill, isFollower, planOf, type RunOptions, type RunPlan } from "../run-plan.ts";

export type RunWords = Omit<RunOptions, "set"> & Pick<Options, "set" | "grid" | "detach">;

export async function run(open: () => Promise<Journal>, options: RunWords, io: Io): Promise<Outcome> {
  const plan = planOf({ ...options, set: (options.set ?? []).map(settingOf) }, io.cwd);
  const command = fill(plan.command, plan.values);
  const refused = refusal(command, plan, io);
  if (refused !== undefined) return refused;
  if (isFollower(io.environment)) return { data: {}, text: "", exit: await runBare(plan, command, io.environment) };
  const journal = await open();
  return report(journal, await runExperiment(journal, plan, io), io);
}

/** As a shell would say it, before anything is written. */
function refusal([name = ""]: readonly string[], plan: RunPlan, io: Io): Outcome | undefined {
  const found = lookUp(name, plan.cwd, io.environment["PATH"]);
  if (found === "found") return undefined;
  const missing = found === "missing";
  return { data: {}, text: "", problems: [missing ? commandNotFound(name) : commandNotExecutable(name)], exit: missing ? 127 : 126 };
}

async function report(journal: Journal, experiment: Experiment, io: Io): Promise<Outcome> {
  const { id, path, exit, finished, file, problems } = experiment;
  const data = {
    ...(id === undefined ? {} : { id }),
    ...(path === undefined ? {} : { path }),
    exit,
    status: finished?.status ?? "unknown",
  };
  for (const problem of problems) io.warn(problem);
  const { summarizeDebug, summarizeRun } = await import("../run-summary.ts");
  if (file === undefined) {
    const lines = id === undefined && finished !== undefined ? summarizeDebug(finished.picked, finished.status) : [];
    return { data, text: "", talk: lines, exit };
  }
  try {
    const summary = summarizeRun(openJournal(journal.root, { now: () => io.now(), environment: io.environment }), file, io);
    return { data: { ...data, ...(summary.data as object) }, text: "", talk: summary.lines, exit };
  } catch (reason) {
    if (!(reason instanceof JournalError)) throw reason;
    return { data, text: "", talk: [`${id ?? ""} ${finished?.status ?? ""}`], exit };
  }
}
