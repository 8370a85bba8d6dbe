// What a branch adds, as markdown for the page of a CI job.

import { appendFileSync } from "node:fs";
import { analyse } from "../analysis/analyse.ts";
import type { Problem } from "../base/problem.ts";
import { type BranchRun, changedRunsTable, newRunsTable } from "../report/branch-tables.ts";
import { toMarkdown } from "../report/markdown.ts";
import { cell, left, type Table } from "../report/table.ts";
import { readBranchChanges } from "../store/git-branch.ts";
import type { Journal } from "../store/journal.ts";
import { countProblems, placeOf, plural } from "./print.ts";

/** Adds to the end of the file, as `$GITHUB_STEP_SUMMARY` wants it. */
export function addSummary(path: string, text: string): void {
  appendFileSync(path, text);
}

/** Without `since` the problems alone. Text from files stays text. */
export function printSummary(journal: Journal, problems: readonly Problem[], since: string | undefined): string {
  const branch = since === undefined ? undefined : branchRuns(journal, since);
  const shown = problems.filter(({ severity }) => severity !== "note");
  const heads = [
    ...(branch === undefined ? [plural(journal.files().length, "run")] : branchHeads(branch)),
    shown.length === 0 ? "no problem" : countProblems(shown),
  ];
  return [
    `## Journal: ${heads.join(", ")}`,
    ...(branch === undefined ? [] : [newRunsTable(branch.runs), changedRunsTable(branch.runs), goneTable(branch.gone)].flatMap(section)),
    ...section(problemsTable(shown)),
  ]
    .map((part) => `${part}\n\n`)
    .join("");
}

interface Branch {
  readonly runs: readonly BranchRun[];
  readonly gone: readonly string[];
}

function branchRuns(journal: Journal, since: string): Branch {
  const { paths, before } = readBranchChanges(journal.root, since);
  const { studies } = analyse(journal.files(), journal.settings, journal.studies);
  const runs = studies.flatMap((study) =>
    study.files
      .filter(({ path }) => paths.has(path))
      .map((file): BranchRun => {
        const old = before.get(file.run.id);
        return { file, study, ...(old === undefined ? {} : { before: old }) };
      }),
  );
  const here = new Set(journal.files().map(({ run }) => run.id));
  return { runs, gone: [...before.keys()].filter((id) => !here.has(id)).sort() };
}

function branchHeads({ runs, gone }: Branch): readonly string[] {
  const made = runs.filter(({ before }) => before === undefined).length;
  const decided = runs.filter(({ file: { run }, before }) => run.decision !== undefined && run.decision !== before?.decision).length;
  const counts: readonly (readonly [number, string])[] = [
    [made, plural(made, "new run")],
    [runs.length - made, `${runs.length - made} changed`],
    [gone.length, `${gone.length} removed`],
    [decided, plural(decided, "decision")],
  ];
  const heads = counts.filter(([count]) => count > 0).map(([, text]) => text);
  return heads.length === 0 ? ["no run touched"] : heads;
}

const section = (table: Table): readonly string[] => (table.rows.length === 0 ? [] : [`### ${table.title}`, toMarkdown(table)]);

function goneTable(ids: readonly string[]): Table {
  return { name: "gone", title: "Removed runs", columns: [left("run", "Run")], rows: ids.map((id) => [cell(id)]), notes: [], empty: "" };
}

const mostProblems = 30;

function problemsTable(problems: readonly Problem[]): Table {
  return {
    name: "problems",
    title: "Problems",
    columns: [left("place", "Where"), left("what", "What"), left("cure", "Cure")],
    rows: problems
      .slice(0, mostProblems)
      .map((problem) => [cell(placeOf(problem)), cell(`${problem.severity}: ${problem.message}`), cell(problem.hint)]),
    notes: problems.length > mostProblems ? [`The first ${mostProblems} of ${problems.length}; \`journal check\` lists all.`] : [],
    empty: "",
  };
}
