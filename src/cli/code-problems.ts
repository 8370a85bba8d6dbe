// Commits that runs name and that this repository does not hold, for `journal check`: all of them asked of git at once.

import type { Problem } from "../base/problem.ts";
import { placeKeys } from "../markdown/parse.ts";
import type { RunFile } from "../record/experiment.ts";
import { askGit } from "../store/git.ts";
import { findDangling } from "../store/git-objects.ts";
import type { Journal } from "../store/journal.ts";
import { danglingCommit, danglingCommits } from "./messages-parameters.ts";

/** A shallow clone holds few commits, and an imported run those of elsewhere: nothing is said of either. */
export function codeProblems(journal: Journal): readonly Problem[] {
  const named = journal.files().flatMap(commitsOf);
  if (named.length === 0 || askGit(journal.root, ["rev-parse", "--is-shallow-repository"])?.trim() !== "false") return [];
  const gone = findDangling(
    journal.root,
    named.map(({ commit }) => commit),
  );
  if (gone === undefined || gone.size === 0) return [];
  // A journal that lives apart from its code names commits of another repository.
  if (named.every(({ commit }) => gone.has(commit))) return [danglingCommits(gone.size)];
  return named
    .filter(({ commit }) => gone.has(commit))
    .map(({ file, commit, key }) => placed(journal, file, danglingCommit(commit, file.run.decision === "keep"), key));
}

interface Named {
  readonly file: RunFile;
  readonly commit: string;
  readonly key: readonly string[];
}

/** Each once. Where the code was captured, `code` names snapshots, which `verify` looks after. */
function commitsOf(file: RunFile): readonly Named[] {
  const { run, broken } = file;
  if (broken === true || run.source !== undefined) return [];
  const written = run.run?.snapshot === undefined ? run.code : undefined;
  const all = [
    { commit: run.run?.commit, key: ["run", "commit"] },
    { commit: written?.to, key: ["code", "to"] },
    { commit: written?.from, key: ["code", "from"] },
  ];
  const seen = new Set<string>();
  return all.flatMap(({ commit, key }): readonly Named[] => {
    if (commit === undefined || seen.has(commit) || !/^[0-9a-f]{7,64}$/.test(commit)) return [];
    seen.add(commit);
    return [{ file, commit, key }];
  });
}

function placed(journal: Journal, { path }: RunFile, problem: Problem, key: readonly string[]): Problem {
  const { parsed, text } = journal.read(path);
  return placeKeys({ ...problem, path, key }, parsed, text);
}
