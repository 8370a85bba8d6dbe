// `journal set`: fields and parameters, the smallest possible edit.

import { exits, JournalError, type Problem } from "../../base/problem.ts";
import { suggest } from "../../base/suggest.ts";
import type { Edit } from "../../markdown/edit.ts";
import type { RunFile } from "../../record/experiment.ts";
import { splitArrow } from "../../record/quantity.ts";
import { fields } from "../../record/template.ts";
import { type Dict, find, type Tree } from "../../record/tree.ts";
import { parseValue, sameValue } from "../../record/value.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import { type Assignment, pathInside, placeOfKey, splitWords } from "../assignments.ts";
import type { Options } from "../command.ts";
import { decisionEdits, today } from "../decision.ts";
import type { Io } from "../io.ts";
import { fixedField, nothingToDo, notThere, takenAsParameter } from "../messages.ts";
import { unsignedPercent } from "../metric-name.ts";
import type { Outcome } from "../outcome.ts";
import { takenAsText } from "../taken-as-text.ts";
import { findTargets } from "../targets.ts";
import { fieldValue, splitList, wordList } from "../values.ts";

const example = "journal set 42 batch_size=64 status=finished";

export async function set(
  journal: Journal,
  options: Pick<Options, "unset" | "tag" | "untag" | "where"> & { readonly words: readonly string[] },
  io: Io,
): Promise<Outcome> {
  const { assignments, ids } = splitWords(options.words);
  const removals = options.unset ?? [];
  const retags = options.tag !== undefined || options.untag !== undefined;
  if (assignments.length + removals.length === 0 && !retags) throw new JournalError(nothingToDo("set", "what to set", example));
  const files = await findTargets(journal, { ids, where: options.where }, "set", example);
  const fullId = (reference: string): string => journal.find(reference).run.id;
  const plan = (file: RunFile): readonly Edit[] => {
    const { tree } = journal.read(file.path).parsed;
    for (const { key, value } of assignments) {
      const place = placeOfKey(key, tree);
      if (place.parameter) warnOfTypo(key, file, io);
      const [field, metric] = place.path;
      const unsigned = field === "metrics" && metric !== undefined ? unsignedPercent(journal, file, metric, value) : undefined;
      if (unsigned !== undefined) io.warn(unsigned);
      const text = field === "config" ? takenAsText(key, value) : undefined;
      if (text !== undefined) io.warn({ ...text, path: file.path });
    }
    return [
      ...assignments.flatMap((assignment) => assign(assignment, tree, file, fullId, io)),
      ...removals.map((key) => remove(key, tree)),
      ...(retags ? retag(file, options) : []),
    ];
  };
  return applyAll(journal, files, plan, io);
}

function assign(
  { key, value }: Assignment,
  tree: Dict | undefined,
  file: RunFile,
  fullId: (reference: string) => string,
  io: Io,
): readonly Edit[] {
  const { path, field } = placeOfKey(key, tree);
  if (field === undefined) return [{ kind: "set", path, value: { source: value } }, ...copyInChanges(path, value, tree, file)];
  const otherId = (reference: string): string => {
    const id = fullId(reference);
    if (id !== file.run.id) return id;
    throw new JournalError(fixedField(key, `${id} would refer to itself`, "name another run: `journal list` shows them"));
  };
  const read = fieldValue(field, value, otherId, find(tree, field.key));
  // A decision that is replaced keeps its reason under `earlier`, whichever command replaces it.
  if (key === "decision" && (value === "keep" || value === "discard")) return decisionEdits(file.run, value, undefined, today(io));
  return [{ kind: "set", path, value: read }];
}

/** `changes` says what a parameter was changed to: a copy of its value goes with it, one that differed already is left to `check`. */
function copyInChanges([section, ...rest]: readonly string[], value: string, tree: Dict | undefined, { run }: RunFile): readonly Edit[] {
  const name = rest.join(".");
  const to = run.changes.find((change) => change.name === name)?.to;
  const old = run.config[name];
  if (section !== "config" || value.trim() === "" || to === undefined || old === undefined) return [];
  if (!sameValue(to, old) || sameValue(to, parseValue(value))) return [];
  const written = find(find(tree, "changes"), name);
  if (find(written, "to") !== undefined) return [{ kind: "set", path: ["changes", name, "to"], value: { source: value } }];
  if (written?.kind !== "scalar") return [];
  const arrow = splitArrow(written.source);
  return [{ kind: "set", path: ["changes", name], value: { source: arrow === undefined ? value : `${arrow.from} → ${value}` } }];
}

/** Tags beside those that are there, each once. */
function retag({ run }: RunFile, { tag = [], untag = [] }: Pick<Options, "tag" | "untag">): readonly Edit[] {
  const tags = [...new Set([...run.tags, ...tag.flatMap(splitList)])].filter((one) => !untag.flatMap(splitList).includes(one));
  if (tags.join("\n") === run.tags.join("\n")) return [];
  return [tags.length === 0 ? { kind: "remove", path: ["tags"] } : { kind: "set", path: ["tags"], value: wordList(tags) }];
}

function remove(key: string, tree: Dict | undefined): Edit {
  const place = placeOfKey(key, tree);
  // A key of nobody's stands at the top: an old field, a slip of the pen.
  const path = place.parameter && within(tree, place.path) === undefined ? pathInside(tree, key) : place.path;
  if (path.length === 1 && path[0] === "id") throw new JournalError(fixedField("id", "every run needs one", example));
  if (within(tree, path) === undefined) throw new JournalError(notThere(place.path.join(".")), exits.notFound);
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
