// `journal check`: every problem with its place and its cure.

import { relative, resolve, sep } from "node:path";
import { exits, JournalError, type Problem, type Severity } from "../../base/problem.ts";
import { safeLine } from "../../base/terminal.ts";
import type { Fix } from "../../store/fixes.ts";
import { readUncommitted } from "../../store/git.ts";
import { findGit } from "../../store/git-folder.ts";
import type { Journal } from "../../store/journal.ts";
import { printAnnotations } from "../annotations.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { sinceAlone, uncommitted, uncommittedUnknown } from "../messages.ts";
import { unpushed } from "../messages-reproduce.ts";
import type { Outcome } from "../outcome.ts";
import { report } from "../output.ts";
import { countProblems, plural, printProblem } from "../print.ts";

type CheckOptions = Pick<Options, "strict" | "fix" | "format" | "since" | "summary"> & {
  readonly only: readonly string[];
  readonly json: boolean;
};

export async function check(journal: Journal, options: CheckOptions, io: Io): Promise<Outcome> {
  const { proseFiles, proseProblems } = await import("../prose-problems.ts");
  const wanted = choose(journal, options.only, proseFiles(journal), io);
  const cured = options.fix === true && journal.listing.unreadable.length === 0 ? await mend(journal, wanted, io) : [];
  const runs = new Set(journal.listing.runs.map(({ path }) => path));
  const checked = journal.listing.runs.filter(wanted).length;
  const missing = readUncommitted(journal.root)?.filter((path) => runs.has(path));
  const { liveProblems } = await import("../run-settle.ts");
  const { deadLinks } = await import("../dead-links.ts");
  const { codeProblems } = await import("../code-problems.ts");
  const { judgementProblems } = await import("../judgement-problems.ts");
  const { queryProblems } = await import("../settings-queries.ts");
  const found = [
    ...journal.problems(),
    ...(journal.listing.unreadable.length > 0
      ? []
      : [
          ...liveProblems(journal),
          ...queryProblems(journal),
          ...deadLinks(journal),
          ...(await proseProblems(journal, options.strict === true)),
          ...judgementProblems(journal, options.strict === true),
          ...codeProblems(journal),
        ]),
    ...(options.only.length === 0 ? [...commitNotes(missing), ...(await pushWarnings(journal))] : []),
  ].filter(wanted);
  const problems = found.toSorted(byPlace);
  const failing = problems.filter(({ severity }) => severity === "error" || (options.strict === true && severity === "warning"));
  const json = options.json || options.format === "json";
  await summarize(journal, problems, options, io);
  return {
    data: {
      runs: checked,
      counts: counts(problems),
      problems: problems.map(report),
      fixed: cured.map(({ path, what }) => ({ path, what })),
    },
    text:
      options.format === "github"
        ? printAnnotations(problems, journal.root)
        : cured.map(({ path, what }) => `${io.paint.out("green", "fixed")} ${safeLine(path)}: ${safeLine(what)}\n`).join("") +
          grouped(problems, io),
    talk: [summary(problems, checked, io)],
    // In JSON the document names what failed; as text it stands above already.
    problems: json ? failing : [],
    exit: failing.length > 0 ? exits.checks : exits.ok,
  };
}

/** `--since` without a file to write to would say nothing. */
async function summarize(journal: Journal, problems: readonly Problem[], options: CheckOptions, io: Io): Promise<void> {
  if (options.summary === undefined) {
    if (options.since !== undefined) throw new JournalError(sinceAlone());
    return;
  }
  if (journal.listing.unreadable.length > 0) return;
  const { addSummary, printSummary } = await import("../summary.ts");
  addSummary(resolve(io.cwd, options.summary), printSummary(journal, problems, options.since));
}

function commitNotes(missing: readonly string[] | undefined): readonly Problem[] {
  if (missing === undefined) return [uncommittedUnknown()];
  return missing.length > 0 ? [uncommitted(missing.length, missing)] : [];
}

/** Kept runs whose code only this clone has; nothing to push to is no reason to warn. */
async function pushWarnings(journal: Journal): Promise<readonly Problem[]> {
  const git = findGit(journal.root);
  const kept =
    git === undefined || journal.listing.unreadable.length > 0
      ? []
      : journal.files().filter(({ run }) => run.decision === "keep" && run.run?.snapshot !== undefined);
  if (git === undefined || kept.length === 0) return [];
  const { listRemotes, unpushedIds } = await import("../../capture/snapshot-refs.ts");
  const ids = unpushedIds(
    git.top,
    kept.map(({ run }) => run.id),
  );
  return ids.length === 0 || listRemotes(git.top).length === 0 ? [] : [unpushed(ids.length, ids)];
}

/** A file that refuses is left for the report that follows. */
async function mend(
  journal: Journal,
  wanted: (place: { readonly path?: string }) => boolean,
  io: Io,
): Promise<readonly Pick<Fix, "path" | "what">[]> {
  const { applyFix, planFixes } = await import("../../store/fixes.ts");
  const { settleRuns, sweepWorktrees } = await import("../run-settle.ts");
  const written = [...(await settleRuns(journal, wanted, io)), ...(wanted({}) ? sweepWorktrees(journal) : [])];
  const mended = planFixes(journal, io.now())
    .filter(wanted)
    .filter((fix) => {
      try {
        applyFix(journal, fix);
        return true;
      } catch (reason) {
        if (!(reason instanceof JournalError)) throw reason;
        for (const problem of reason.problems) io.warn(problem);
        return false;
      }
    });
  return [...written, ...mended];
}

/** Files, folders and ids; everything without them. */
function choose(
  journal: Journal,
  only: readonly string[],
  others: readonly string[],
  io: Io,
): (place: { readonly path?: string }) => boolean {
  if (only.length === 0) return () => true;
  const known = new Set([
    ...others,
    ...journal.listing.runs.map(({ path }) => path),
    ...journal.problems().flatMap(({ path }) => path ?? []),
  ]);
  const paths = only.map((word) => {
    const path = relative(journal.root, resolve(io.cwd, word)).split(sep).join("/");
    const isKnown = known.has(path) || [...known].some((one) => one.startsWith(`${path}/`));
    return isKnown ? path : journal.find(word).path;
  });
  return ({ path }) => path !== undefined && paths.some((one) => path === one || path.startsWith(`${one}/`));
}

function byPlace(a: Problem, b: Problem): number {
  const [left, right] = [a.path ?? "", b.path ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** A blank line between files. */
function grouped(problems: readonly Problem[], io: Io): string {
  return problems
    .map((problem, index) => `${index > 0 && problems[index - 1]?.path !== problem.path ? "\n" : ""}${printProblem(problem, io.paint.out)}`)
    .join("");
}

function summary(problems: readonly Problem[], runs: number, io: Io): string {
  const checked = `${plural(runs, "run")} checked`;
  if (problems.length === 0) return `${io.paint.err("green", "ok")}: ${checked}, no problem`;
  const files = new Set(problems.flatMap(({ path }) => path ?? [])).size;
  return `${countProblems(problems)}${files === 0 ? "" : ` in ${plural(files, "file")}`}; ${checked}`;
}

function counts(problems: readonly Problem[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity): number => problems.filter((problem) => problem.severity === severity).length;
  return { error: count("error"), warning: count("warning"), note: count("note") };
}
