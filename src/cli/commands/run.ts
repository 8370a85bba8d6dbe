// `journal run`: a command that leaves a page behind.

import { exits, JournalError } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import { runBare } from "../../capture/bare.ts";
import type { Journal } from "../../store/journal.ts";
import { openJournal } from "../../store/journal.ts";
import { settingOf } from "../assignments.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { notWhileDetached } from "../messages-run.ts";
import { tellRepeated } from "../novelty.ts";
import type { Outcome } from "../outcome.ts";
import { runExperiment } from "../run-experiment.ts";
import { fill, isFollower, planOf, type RunOptions, type RunPlan } from "../run-plan.ts";
import { type Experiment, isDiskTrouble, runUnrecorded } from "../run-unrecorded.ts";
import { unstartable } from "../unstartable.ts";

export type RunWords = Omit<RunOptions, "set"> & Pick<Options, "set" | "grid" | "detach">;

export async function run(open: () => Promise<Journal>, options: RunWords, io: Io): Promise<Outcome> {
  const plan = planOf({ ...options, set: (options.set ?? []).map(settingOf) }, io.cwd, io.environment["JOURNAL_DETACHED"] === "1");
  const command = fill(plan.command, plan.values);
  const refused = unstartable(command, plan.cwd, io.environment["PATH"]);
  if (refused !== undefined) return { data: {}, text: "", problems: [refused.problem], exit: refused.exit };
  if (isFollower(io.environment)) return { data: {}, text: "", exit: await runBare(plan, command, io.environment) };
  if (options.detach === true) return detach(io);
  let journal: Journal;
  try {
    journal = await open();
    journal.settings;
  } catch (reason) {
    if (!isDiskTrouble(reason)) throw reason;
    return report(undefined, await runUnrecorded(plan, reason, io), io);
  }
  if (options.grid !== undefined) return runGrid(journal, plan, options.grid, io);
  return report(journal, await runExperiment(journal, plan, io), io);
}

/** Points that have a result are passed over; one that fails does not stop the others, a signal does. */
async function runGrid(journal: Journal, plan: RunPlan, axes: readonly string[], io: Io): Promise<Outcome> {
  const { planGrid } = await import("../run-grid.ts");
  const points = await planGrid(journal, plan, axes);
  const done: unknown[] = [];
  let exit = 0;
  for (const [at, point] of points.entries()) {
    io.err(`${io.paint.err("dim", `[${at + 1}/${points.length}]`)} ${safeLine(point.plan.title ?? "")}\n`);
    if (point.done !== undefined) {
      io.err(`  ${point.done.run.id} is ${point.done.run.status} already\n`);
      done.push({ id: point.done.run.id, path: point.done.path, status: point.done.run.status, skipped: true });
      continue;
    }
    const opened = openJournal(journal.root, { now: () => io.now(), environment: io.environment, warn: (problem) => io.warn(problem) });
    const experiment = await runExperiment(opened, point.plan, io);
    const outcome = await report(opened, experiment, io);
    for (const line of outcome.talk ?? []) io.err(`${line}\n`);
    done.push(outcome.data);
    exit ||= experiment.exit;
    if (experiment.stopped === true) break;
  }
  return { data: { runs: done }, text: "", exit };
}

/** The same words without the one that sent it away. */
async function detach(io: Io): Promise<Outcome> {
  const { sendToBackground } = await import("../../capture/background.ts");
  const words = process.argv.slice(1);
  const end = words.indexOf("--");
  const own = words.filter((word, at) => word !== "--detach" || (end !== -1 && at > end));
  const sent = await sendToBackground([process.execPath, ...process.execArgv, ...own], process.cwd(), {
    ...io.environment,
    JOURNAL_DETACHED: "1",
  });
  if (sent.id === undefined) return { data: {}, text: "", problems: [notWhileDetached()], exit: exits.internal };
  return { data: sent, text: `${safeLine(sent.path ?? "")}\n`, talk: [`${sent.id} runs in the background; follow it: journal serve`] };
}

async function report(journal: Journal | undefined, experiment: Experiment, io: Io): Promise<Outcome> {
  const { id, path, exit, finished, file, problems } = experiment;
  const data = {
    ...(id === undefined ? {} : { id }),
    ...(path === undefined ? {} : { path }),
    exit,
    status: finished?.status ?? "unknown",
  };
  for (const problem of problems) io.warn(problem);
  const { summarizeDebug, summarizeRun } = await import("../run-summary.ts");
  if (file === undefined || journal === undefined) {
    const lines = id === undefined && finished !== undefined ? summarizeDebug(finished.picked, finished.status) : [];
    return { data, text: "", talk: lines, exit };
  }
  try {
    const opened = openJournal(journal.root, { now: () => io.now(), environment: io.environment });
    const summary = summarizeRun(opened, file, io);
    tellRepeated(opened, file, io);
    return { data: { ...data, ...(summary.data as object) }, text: "", talk: summary.lines, exit };
  } catch (reason) {
    if (!(reason instanceof JournalError) && !isDiskTrouble(reason)) throw reason;
    return { data, text: "", talk: [`${id ?? ""} ${finished?.status ?? ""}`], exit };
  }
}
