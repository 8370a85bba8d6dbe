// What `check --fix` can mend without a decision: written copies that went stale, and what killed commands left behind.

import { JournalError, type Problem } from "../base/problem.ts";
import type { Edit } from "../markdown/edit.ts";
import type { Metric, Run } from "../record/experiment.ts";
import { splitArrow } from "../record/quantity.ts";
import { find } from "../record/tree.ts";
import type { Journal } from "../store/journal.ts";
import { findLeftovers, removeLeftover } from "../store/sweep.ts";
import type { Io } from "./io.ts";
import { metricEdits } from "./metric-edit.ts";
import { metricText } from "./metric-text.ts";

export interface Cured {
  readonly path: string;
  readonly what: string;
}

/** Cures of problems in a run file, by their `fix`: edits, or nothing where a person has to look. */
const cures: ReadonlyMap<string, (problem: Problem, journal: Journal) => readonly Edit[]> = new Map([
  ["stale-before", refreshBefore],
  ["stale-change", refreshChange],
]);

/** Applies every cure; a file that refuses is left for the report that follows. */
export function cure(journal: Journal, problems: readonly Problem[], io: Io): readonly Cured[] {
  const cured: Cured[] = [];
  for (const problem of problems) {
    const { path, fix } = problem;
    const make = fix === undefined ? undefined : cures.get(fix);
    if (path === undefined || make === undefined) continue;
    try {
      const edits = make(problem, journal);
      const { changed, done } = edits.length === 0 ? { changed: false, done: [] } : journal.edit(path, edits);
      const [first] = done;
      if (changed && first !== undefined) cured.push({ path, what: `${typeof first.path === "string" ? first.path : first.path.join(".")}: ${first.old ?? ""} → ${first.new ?? ""}` });
    } catch (reason) {
      if (!(reason instanceof JournalError)) throw reason;
    }
  }
  return [...cured, ...(problems.some(({ fix }) => fix === "temp-files") ? sweep(journal, io) : [])];
}

function sweep(journal: Journal, io: Io): readonly Cured[] {
  const left = findLeftovers(journal.root, io.now());
  for (const path of left) removeLeftover(path);
  return left.map((path) => ({ path: path.startsWith(journal.root) ? path.slice(journal.root.length + 1) : path, what: "removed" }));
}

function baseOf(run: Run, journal: Journal): Run | undefined {
  const [reference] = run.base;
  return reference === undefined ? undefined : journal.find(reference).run;
}

function refreshBefore({ path = "", key = [] }: Problem, journal: Journal): readonly Edit[] {
  const { file, text, parsed } = journal.read(path);
  const name = key[1];
  const metric: Metric | undefined = baseOf(file.run, journal)?.metrics.find((one) => one.name === name);
  const value = metric === undefined ? undefined : metricText(metric, journal.settings.metrics);
  return name === undefined || value === undefined ? [] : metricEdits(name, value, "before", parsed.tree, text);
}

function refreshChange({ path = "", key = [] }: Problem, journal: Journal): readonly Edit[] {
  const { file, parsed } = journal.read(path);
  const name = key[1];
  const base = baseOf(file.run, journal);
  if (name === undefined || base === undefined || !Object.hasOwn(base.config, name)) return [];
  const value = Object.hasOwn(base.configText, name) ? (base.configText[name] ?? "") : JSON.stringify(base.config[name]);
  const written = find(find(parsed.tree, "changes"), name);
  if (written?.kind === "dict") return [{ kind: "set", path: ["changes", name, "from"], value: { source: value } }];
  const sides = written?.kind === "scalar" ? splitArrow(written.source) : undefined;
  return sides === undefined ? [] : [{ kind: "set", path: ["changes", name], value: { source: `${value} -> ${sides.to}` } }];
}
