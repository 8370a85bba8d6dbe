// `journal invalidate`: a result that is not to be trusted stays readable and is no longer counted.

import { exits, JournalError } from "../../base/problem.ts";
import type { Edit } from "../../markdown/edit.ts";
import type { RunFile } from "../../record/experiment.ts";
import { find } from "../../record/tree.ts";
import type { Journal } from "../../store/journal.ts";
import { applyAll } from "../apply.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import { needsReason, noMetric } from "../messages.ts";
import { metricNameIn } from "../metric-name.ts";
import type { Outcome } from "../outcome.ts";
import { findTargets } from "../targets.ts";

export async function invalidate(
  journal: Journal,
  options: Pick<Options, "message" | "where"> & { readonly words: readonly string[] },
  io: Io,
): Promise<Outcome> {
  const { message, where, words } = options;
  // With a filter every word is a metric; without one the first names the run.
  const ids = where === undefined ? words.slice(0, 1) : [];
  const metrics = where === undefined ? words.slice(1) : words;
  const files = await findTargets(journal, { ids, where }, "invalidate", 'journal invalidate 42 val_accuracy -m "why"');
  if (message === undefined || message.trim() === "") throw new JournalError(needsReason(ids[0] ?? "42"));
  return applyAll(journal, files, (file) => plan(journal, file, metrics, message), io);
}

function plan(journal: Journal, file: RunFile, wanted: readonly string[], why: string): readonly Edit[] {
  const metrics = wanted.map((name) => metricNameIn(journal, file, name));
  const known = file.run.metrics.map(({ name }) => name);
  const unknown = metrics.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new JournalError(
      unknown.map((name) => ({ ...noMetric(name, file.run.id, known), path: file.path })),
      exits.notFound,
    );
  const written = find(journal.read(file.path).parsed.tree, "invalid");
  const isMap = written?.kind === "dict";
  if (metrics.length === 0) return [{ kind: "set", path: isMap ? ["invalid", "*"] : ["invalid"], value: why }];
  const whole = file.run.invalid["*"];
  // One text for the whole run makes room for the metrics beside it.
  if (!isMap && whole !== undefined)
    return [{ kind: "set", path: ["invalid"], value: { "*": whole, ...Object.fromEntries(metrics.map((name) => [name, why])) } }];
  return metrics.map((name) => ({ kind: "set", path: ["invalid", name], value: why }));
}
