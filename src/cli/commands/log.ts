// `journal log`: measured values, one per repeat, beside what was written before.

import { JournalError } from "../../base/problem.ts";
import type { Edit } from "../../markdown/edit.ts";
import type { RunFile } from "../../record/experiment.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import { splitWords } from "../assignments.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { nothingToDo } from "../messages.ts";
import { checkReading, isMeasured, metricEdits } from "../metric-edit.ts";
import { metricNameIn, misspeltMetric, unsignedPercent } from "../metric-name.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";

/** A plan that has a result is a plan no more; left as it was, it would never be compared or be a base. */
const finished: Edit = { kind: "set", path: ["status"], value: "finished" };

const example = "journal log 42 val_accuracy=87.2%";

export async function log(
  journal: Journal,
  options: Pick<Options, "before" | "where"> & { readonly words: readonly string[] },
  io: Io,
): Promise<Outcome> {
  const { assignments, ids } = splitWords(options.words);
  if (assignments.length === 0) throw new JournalError(nothingToDo("log", "what was measured", example));
  const problems = assignments.flatMap(({ key, value }) => checkReading(key, value) ?? []);
  if (problems.length > 0) throw new JournalError(problems);
  const files = await findTargets(journal, { ids, where: options.where }, "log", example);
  const side = options.before === true ? "before" : "after";
  const plan = (file: RunFile): readonly Edit[] => {
    const { text, parsed } = journal.read(file.path);
    const measured = assignments.map(({ key, value }) => ({ name: metricNameIn(journal, file, key), value }));
    for (const { name, value } of measured)
      for (const problem of [misspeltMetric(journal, file, name), unsignedPercent(journal, file, name, value)])
        if (problem !== undefined) io.warn(problem);
    const values = measured.flatMap(({ name, value }) => metricEdits(name, value, side, parsed.tree, text));
    return side === "after" && file.run.status === "planned" && assignments.some(({ value }) => isMeasured(value))
      ? [...values, finished]
      : values;
  };
  return applyAll(journal, files, plan, io);
}
