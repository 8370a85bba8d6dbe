// `journal import`: a folder of other tools' logs becomes runs.

import { resolve } from "node:path";
import { safeLine } from "../../base/terminal.ts";
import { type Imported, type ImportResult, importLogs } from "../../exchange/import.ts";
import type { Journal } from "../../store/journal.ts";
import type { Options } from "../command.ts";
import type { Io } from "../io.ts";
import type { Outcome } from "../outcome.ts";
import { plural } from "../print.ts";
import { progressOn } from "../progress.ts";
import { findStudy } from "../study.ts";

type ImportOptions = Pick<Options, "study" | "dryRun"> & { readonly folder: string };

/** As many lines about what was left out; JSON has them all. */
const mostSkipped = 20;

export async function importRuns(
  journal: Journal,
  { folder, study, dryRun = false }: ImportOptions,
  start: string,
  io: Io,
): Promise<Outcome> {
  const progress = progressOn(io, "reading logs");
  let result: ImportResult;
  try {
    result = importLogs(journal, resolve(start, folder), {
      study: findStudy(journal, study ?? "."),
      dryRun,
      now: io.now(),
      progress: progress.step,
    });
  } finally {
    progress.end();
  }
  for (const warning of result.warnings) io.warn(warning);
  const { made, known, skipped } = result;
  return {
    data: { dryRun, made, known, skipped },
    text: made.map((one) => `${safeLine(lineOf(one))}\n`).join(""),
    talk: [
      ...skipped.slice(0, mostSkipped).map(({ path, why }) => safeLine(`left out ${path}: ${why}`)),
      ...(skipped.length > mostSkipped ? [`left out ${skipped.length - mostSkipped} more: see --json`] : []),
      [
        `${plural(made.length, "run")} ${dryRun ? "would be made" : "made"}`,
        ...(known.length > 0 ? [`${known.length} imported before`] : []),
        ...(skipped.length > 0 ? [`${skipped.length} left out`] : []),
      ].join(", "),
      ...(made.length > 0 && !dryRun ? ["next: `journal list`, or `journal build` for the curves"] : []),
    ],
  };
}

/** `experiments/EXP001-9qd2-ppo-1.md < logs/ppo_1 (tensorboard: 12 metrics, 14 curves)` */
function lineOf({ path, title, source, metrics, curves }: Imported): string {
  const counts = [plural(metrics.length, "metric"), ...(curves > 0 ? [plural(curves, "curve")] : [])].join(", ");
  return `${path ?? title} < ${source.path} (${source.tool}: ${counts})`;
}
