// `journal set`: fields and parameters, the smallest possible edit.

import { exits, JournalError, type Problem } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import type { Edit } from "../../markdown/edit.ts";
import type { RunFile } from "../../record/experiment.ts";
import { fields } from "../../record/template.ts";
import { type Dict, find, type Tree } from "../../record/tree.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import { type Assignment, type Place, placeOfKey, splitWords } from "../assignments.ts";
import type { Options } from "../command.ts";
import { decisionEdits, today } from "../decision.ts";
import type { Io } from "../io.ts";
import { fixedField, nothingToDo, notThere, takenAsParameter } from "../messages.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";
import { fieldValue } from "../values.ts";

const example = "journal set 42 batch_size=64 status=finished";

export async function set(
  journal: Journal,
  options: Pick<Options, "unset" | "where"> & { readonly words: readonly string[] },
  io: Io,
): Promise<Outcome> {
  const { assignments, ids } = splitWords(options.words);
  const removals = options.unset ?? [];
  if (assignments.length + removals.length === 0) throw new JournalError(nothingToDo("set", "what to set", example));
  const files = await findTargets(journal, { ids, where: options.where }, "set", example);
  const fullId = (reference: string): string => journal.find(reference).run.id;
  const plan = (file: RunFile): readonly Edit[] => {
    const { tree } = journal.read(file.path).parsed;
    const kinds = [...assignments.map(({ key }) => key), ...removals].filter((key) => placeOfKey(key, tree).parameter);
    for (const key of kinds) warnOfTypo(key, file, io);
    return [
      ...assignments.flatMap((assignment) => assign(assignment, placeOfKey(assignment.key, tree), file, fullId, io)),
      ...removals.map((key) => remove(key, tree)),
    ];
  };
  return applyAll(journal, files, plan, io);
}

function assign(
  { key, value }: Assignment,
  { path, field }: Place,
  file: RunFile,
  fullId: (reference: string) => string,
  io: Io,
): readonly Edit[] {
  if (field === undefined) return [{ kind: "set", path, value: { source: value } }];
  const read = fieldValue(field, value, fullId);
  // A decision that is replaced keeps its reason under `earlier`, whichever command replaces it.
  if (key === "decision" && (value === "keep" || value === "discard")) return decisionEdits(file.run, value, undefined, today(io));
  return [{ kind: "set", path, value: read }];
}

function remove(key: string, tree: Dict | undefined): Edit {
  const { path } = placeOfKey(key, tree);
  if (path.length === 1 && path[0] === "id") throw new JournalError(fixedField("id", "every run needs one", example));
  if (within(tree, path) === undefined) throw new JournalError(notThere(path.join(".")), exits.notFound);
  return { kind: "remove", path };
}

function within(tree: Tree | undefined, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((inner, key) => find(inner, key), tree);
}

/** A misspelt field would silently become a parameter. */
function warnOfTypo(key: string, file: RunFile, io: Io): void {
  if (Object.hasOwn(file.run.config, key)) return;
  const guess = suggest(key, [...fields.map((field) => field.key), ...Object.keys(file.run.config)]);
  const problem: Problem | undefined = guess === undefined ? undefined : takenAsParameter(key, guess, file.run.id);
  if (problem !== undefined) io.warn({ ...problem, path: file.path });
}
