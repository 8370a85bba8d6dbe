// `journal rerun ID`: the recorded command in a clean worktree of the recorded code, as a new run, and what came of it against the first.

import { join, relative } from "node:path";
import { analyse } from "../../analysis/analyse.ts";
import { judgeRerun, type RerunVerdict, type RerunWord, withoutReruns } from "../../analysis/rerun.ts";
import type { Analysis } from "../../analysis/study.ts";
import { type ExitCode, exits, JournalError } from "../../base/problem.ts";
import { renderTable, type Style, safeLine } from "../../base/terminal.ts";
import { type CleanWorktree, makeWorktree } from "../../capture/clean-worktree.ts";
import { leftWorktrees, removeLeft } from "../../capture/left-worktrees.ts";
import { holdSnapshot, takeSnapshot } from "../../capture/snapshot.ts";
import { type Verified, verifyRun } from "../../capture/verify.ts";
import type { RunFile } from "../../record/experiment.ts";
import { find } from "../../record/tree.ts";
import { type Journal, openJournal } from "../../store/journal.ts";
import { pathInside, settingOf } from "../assignments.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { environmentDiffers, gitFailed } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { codeHere, repositoryOf } from "../repository.ts";
import { experimentPlan, planRerun, type RerunPlan } from "../rerun-plan.ts";
import { runExperiment } from "../run-experiment.ts";
import { summarizeRun } from "../run-summary.ts";
import type { Experiment } from "../run-unrecorded.ts";
import { studyOfRun } from "../study.ts";
import { unstartable } from "../unstartable.ts";

type RerunOptions = Pick<Options, "env" | "keep" | "link" | "repeat" | "seeds" | "set" | "timeout" | "tolerance"> & {
  readonly id: string;
  readonly json: boolean;
};

export async function rerun(journal: Journal, options: RerunOptions, io: Io): Promise<Outcome> {
  const original = journal.find(options.id);
  const { top } = repositoryOf(journal.root);
  const plan = planRerun(original.run, options, (options.set ?? []).map(settingOf));
  const code = codeHere(journal.root, original);
  const verified = options.env === "skip" ? undefined : await look(journal, original, options, io);
  const before = analyse(withoutReruns(journal.files(), original), journal.settings, journal.studies);
  for (const left of leftWorktrees(journal.root)) removeLeft(top, left);
  const worktree = makeWorktree(top, code, original.run.run?.commit, options.keep === true);
  if ("failed" in worktree) throw new JournalError(gitFailed("there is no worktree of the code", worktree.failed), exits.internal);
  try {
    const experiment = await execute(journal, original, plan, worktree, options, io);
    const after = settle(journal, original, plan, experiment, io);
    const verdict = after === undefined ? undefined : judged(journal, original, after, plan, verified, before);
    const lines = plan.set.length === 0 || after === undefined ? [] : summarizeRun(reopened(journal, io), after, io).lines;
    return report(
      { original, plan, experiment, lines, ...(after === undefined ? {} : { after }), ...(verdict === undefined ? {} : { verdict }) },
      options,
      io,
      worktree,
    );
  } finally {
    if (options.keep !== true) worktree.remove();
  }
}

/** Said before anything runs; with `--env strict` a reason not to. */
async function look(journal: Journal, original: RunFile, options: RerunOptions, io: Io): Promise<Verified> {
  const verified = await verifyRun(original, { root: journal.root, settings: journal.settings, environment: io.environment });
  const wrong = verified.checks.filter(
    ({ what, state }) => state !== "ok" && (what === "environment" || what === "data" || what === "files"),
  );
  if (options.env === "strict" && wrong.length > 0) {
    throw new JournalError(
      environmentDiffers(
        original.run.id,
        wrong.map(({ text }) => text),
      ),
      exits.gate,
    );
  }
  for (const { text } of wrong) io.err(`${io.paint.err("yellow", "not as it was")} ${safeLine(text)}\n`);
  return verified;
}

async function execute(
  journal: Journal,
  original: RunFile,
  plan: RerunPlan,
  worktree: CleanWorktree,
  options: RerunOptions,
  io: Io,
): Promise<Experiment> {
  const { top } = repositoryOf(journal.root);
  const inside = relative(top, journal.root);
  const taken = takeSnapshot(join(worktree.top, inside), undefined, { counted: studyOfRun(journal, original).code });
  for (const path of linked(original, plan, options, inside)) worktree.link(path);
  for (const module of worktree.missing) io.err(`a submodule is not there: ${safeLine(module)}\n`);
  const cwd = join(worktree.top, original.run.run?.cwd ?? ".");
  const refused = unstartable(plan.words, cwd, io.environment["PATH"]);
  if (refused !== undefined) throw new JournalError(refused.problem, refused.exit);
  const experiment = await runExperiment(
    journal,
    experimentPlan(original, plan, {
      cwd,
      root: join(worktree.top, inside),
      code: taken,
      json: options.json,
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    }),
    io,
  );
  if (experiment.id !== undefined) holdSnapshot(top, experiment.id, taken);
  for (const problem of experiment.problems) io.warn(problem);
  return experiment;
}

/** Ignored things a command needs: its data, the environment that its first word lies in, what was asked for. From the repository's root. */
function linked({ run }: RunFile, { words }: RerunPlan, options: RerunOptions, inside: string): readonly string[] {
  const [first = ""] = words;
  const own =
    first.includes("/") && !first.startsWith("/") && !first.startsWith("..")
      ? [join(run.run?.cwd ?? ".", first).split(/[/\\]/)[0] ?? ""]
      : [];
  const data = run.data.flatMap(({ path }) => (path === undefined || path.startsWith("/") ? [] : [path]));
  return [...own, ...[...data, ...(options.link ?? [])].map((path) => join(inside, path))];
}

/** What the command did not say again is as it was: then both are one configuration. */
function settle(journal: Journal, original: RunFile, plan: RerunPlan, { id }: Experiment, io: Io): RunFile | undefined {
  if (id === undefined) return undefined;
  const fresh = reopened(journal, io);
  const { file, parsed } = fresh.read(id);
  const config = find(parsed.tree, "config");
  const missing = Object.entries(original.run.config).filter(([key]) => !Object.hasOwn(file.run.config, key) && !plan.set.includes(key));
  fresh.edit(
    id,
    missing.map(([key, value]) => ({ kind: "set", path: ["config", ...pathInside(config, key)], value })),
  );
  return fresh.find(id);
}

const reopened = (journal: Journal, io: Io): Journal => openJournal(journal.root, { now: () => io.now(), environment: io.environment });

function judged(
  journal: Journal,
  original: RunFile,
  after: RunFile,
  plan: RerunPlan,
  verified: Verified | undefined,
  before: Analysis,
): RerunVerdict | undefined {
  const study = before.studies.find(({ settings }) => settings.name === original.study);
  const group = study?.runs.get(original.run.id)?.group;
  if (study === undefined || group === undefined) return undefined;
  const [software, machine] = [false, true].map((hardware) =>
    (verified?.differences ?? [])
      .filter(({ name, kind }) => name !== "os" && (kind === "hardware") === hardware)
      .map(({ name, from, to }) => `${name} ${from ?? "none"} → ${to ?? "none"}`),
  ) as [string[], string[]];
  return judgeRerun({
    original,
    rerun: after.run,
    study,
    group,
    settings: journal.settings,
    tolerance: plan.tolerance,
    changed: software,
    machine,
    data: original.run.data.filter(({ name }) => verified?.data.includes(name)),
    set: plan.set,
  });
}

interface Done {
  readonly original: RunFile;
  readonly plan: RerunPlan;
  readonly experiment: Experiment;
  /** Where other values were wished for, what came of them: there is nothing to judge. */
  readonly lines: readonly string[];
  readonly after?: RunFile;
  readonly verdict?: RerunVerdict;
}

const styles: Readonly<Record<RerunWord, Style>> = {
  identical: "green",
  "within tolerance": "green",
  "statistically consistent": "green",
  differs: "red",
  "not comparable": "yellow",
};

function report(done: Done, options: RerunOptions, io: Io, worktree: CleanWorktree): Outcome {
  const { original, plan, experiment, after, verdict } = done;
  const metrics = (verdict?.metrics ?? []).map(({ before, after: now, ...rest }) => ({ ...rest, before: before.text, after: now.text }));
  const kept = options.keep === true ? { worktree: worktree.top } : {};
  return {
    data: {
      ...(after === undefined ? {} : { id: after.run.id, path: after.path }),
      [plan.isRepeat ? "repeat_of" : "rerun_of"]: original.run.id,
      exit: experiment.exit,
      ...(verdict === undefined ? {} : { verdict: { word: verdict.word, reasons: verdict.reasons, metrics } }),
      ...kept,
    },
    text: verdict === undefined || after === undefined || plan.set.length > 0 ? "" : printVerdict(verdict, original, after, io),
    talk: [
      ...done.lines,
      ...(options.keep === true ? [`the code stays in ${safeLine(worktree.top)}; \`git worktree remove\` takes it away`] : []),
    ],
    exit: exitOf(done),
  };
}

/** Other values were wished for, so that nothing has to come out as before. */
function exitOf({ experiment, plan, verdict }: Done): ExitCode {
  if (experiment.exit !== 0) return experiment.exit as ExitCode;
  if (plan.set.length > 0 || verdict === undefined) return exits.ok;
  return verdict.word === "differs" ? exits.gate : verdict.word === "not comparable" ? exits.inconclusive : exits.ok;
}

function printVerdict({ word, reasons, metrics }: RerunVerdict, original: RunFile, after: RunFile, io: Io): string {
  const table =
    metrics.length === 0
      ? ""
      : renderTable(
          [{ label: "" }, { label: original.run.id }, { label: after.run.id }, { label: "" }],
          metrics.map(({ name, before, after: now, word: one }) => [name, before.text, now.text, one].map(safeLine)),
          io.columns,
          io.paint.out,
        ).text;
  return `${table}${io.paint.out(styles[word], word)}${reasons.map((reason) => `\n  ${safeLine(reason)}`).join("")}\n`;
}
