// What the filters, orders and columns in journal.yaml and study.yaml get wrong. The settings room cannot read them: names are the runs'.

import { JournalError, type Problem } from "../base/problem.ts";
import { columnProblems, parseColumns } from "../query/columns.ts";
import { compile } from "../query/matcher.ts";
import { parseFilter } from "../query/parser.ts";
import { parseSort, sortFiles } from "../query/sort.ts";
import { type Vocabulary, vocabulary } from "../query/vocabulary.ts";
import { settingsKey, settingsPath } from "../record/journal-rules.ts";
import type { View } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import { placeInSettings } from "../store/settings.ts";

/** Nothing in a journal without runs, whose names are all still to come. */
export function queryProblems(journal: Journal): readonly Problem[] {
  const { settings, studies, root } = journal;
  const views = Object.entries(settings.views);
  const goals = [...studies.values()].flatMap(({ name, goals }) => goals.map((goal) => ({ study: name, ...goal })));
  if (views.length === 0 && goals.every(({ where }) => where === undefined)) return [];
  const files = journal.files();
  if (files.length === 0) return [];
  const words = vocabulary(files, settings, studies);
  const problems = [
    ...views.flatMap(([name, view]) => viewProblems(view, ["views", name], words)),
    ...goals.flatMap(({ study, name, where }) =>
      refused(() => compileText(where ?? "", words)).map((problem) =>
        at(settingsPath(study), settingsKey(study, "goals", name, "where"), problem),
      ),
    ),
  ];
  return problems.map((problem) => placeInSettings(root, problem.path ?? "", problem));
}

function viewProblems({ where, sort, columns }: View, key: readonly string[], words: Vocabulary): readonly Problem[] {
  const parts: readonly (readonly [part: string, problems: readonly Problem[]])[] = [
    ["where", refused(() => compileText(where ?? "", words))],
    ["sort", refused(() => sortFiles([], parseSort(sort ?? ""), words))],
    ["columns", columnProblems(parseColumns(columns), words)],
  ];
  return parts.flatMap(([part, problems]) => problems.map((problem) => at(settingsPath(""), [...key, part], problem)));
}

/** The place in the filter's own text stays in the hint. */
function at(path: string, key: readonly string[], { offset: _, ...problem }: Problem): Problem {
  return { ...problem, path, key };
}

/** `best` stands for any number. */
const compileText = (text: string, words: Vocabulary): unknown => compile(parseFilter(text), words, { best: () => 0 });

function refused(work: () => unknown): readonly Problem[] {
  try {
    work();
    return [];
  } catch (reason) {
    if (reason instanceof JournalError) return reason.problems;
    throw reason;
  }
}
