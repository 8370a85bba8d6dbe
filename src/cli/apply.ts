// Edits on several runs: one at a time, so that a file that refuses does not stop the others.

import { JournalError, type Problem } from "../base/problem.ts";
import type { Edit } from "../markdown/edit.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import type { Outcome } from "./outcome.ts";
import { printWritten, type Written } from "./written.ts";

/** One file's share in the `data` of every writing command. */
export interface Receipt extends Written {
  readonly id: string;
}

/** Plans and applies; what a plan or a file refuses is a problem of the outcome, beside the receipts of the rest. */
export function applyAll(journal: Journal, files: readonly RunFile[], plan: (file: RunFile) => readonly Edit[], io: Io): Outcome {
  const receipts: Receipt[] = [];
  const problems: Problem[] = [];
  let exit: Outcome["exit"];
  for (const file of files) {
    try {
      const { path, changed, done } = journal.edit(file.path, plan(file));
      receipts.push({ id: file.run.id, path, changed, done });
    } catch (reason) {
      if (!(reason instanceof JournalError)) throw reason;
      problems.push(
        ...reason.problems.map((problem) => (problem.path === undefined && files.length > 1 ? { ...problem, path: file.path } : problem)),
      );
      exit = reason.exit;
    }
  }
  return {
    data: { written: receipts.map(receiptData) },
    text: receipts.map((receipt) => printWritten(receipt, io.paint.out)).join(""),
    problems,
    ...(exit === undefined ? {} : { exit }),
  };
}

function receiptData({ id, path, changed, done }: Receipt): unknown {
  return {
    id,
    path,
    changed,
    done: done.map((one) => ({
      key: typeof one.path === "string" ? one.path : one.path.join("."),
      ...(one.old === undefined ? {} : { old: one.old }),
      ...(one.new === undefined ? {} : { new: one.new }),
    })),
  };
}
