// Would this run be an earlier one once more? Asked before a run is made, and by `run` again when it has ended.

import { isExactRepeat, type Planned } from "../analysis/tried.ts";
import { exits, JournalError } from "../base/problem.ts";
import { parseRun } from "../markdown/parse.ts";
import { printRun } from "../markdown/print.ts";
import { codeWord } from "../record/code.ts";
import type { RunFile } from "../record/experiment.ts";
import type { NewRun } from "../record/new-run.ts";
import type { StudySettings } from "../record/settings.ts";
import type { Journal } from "../store/journal.ts";
import type { Io } from "./io.ts";
import { triedBefore } from "./messages-parameters.ts";

export interface Draft {
  readonly run: Omit<NewRun, "id">;
  readonly study: StudySettings;
  /** The first: what the draft does not say of code and data is as there. */
  readonly base?: RunFile | undefined;
}

/** Warns of an exact repeat, or with `strict` refuses with exit 9. Reads only the runs that may be of the same configuration. */
export function tellRepeats(journal: Journal, { run: draft, study, base }: Draft, strict: boolean, io: Io): void {
  const { run } = parseRun(printRun({ ...draft, id: "NEW000" }), "NEW000.md");
  tell(findRepeats(journal, { run, study, ...(base === undefined ? {} : { base }) }), strict, io);
}

/** The same of a run that has ended, when all is known of it. Who says that it is a repeat need not be told. */
export function tellRepeated(journal: Journal, { run, study: name }: RunFile, io: Io): void {
  const study = journal.studies.get(name);
  if (study === undefined || run.repeatOf !== undefined || run.rerunOf !== undefined) return;
  tell(
    findRepeats(journal, { run, study }).filter((earlier) => earlier.run.id !== run.id),
    false,
    io,
  );
}

function tell([earlier]: readonly RunFile[], strict: boolean, io: Io): void {
  if (earlier === undefined) return;
  const { id, status, decision, reason } = earlier.run;
  const problem = triedBefore(id, decision === undefined ? status : `${status}, ${decision}`, reason, strict);
  if (strict) throw new JournalError(problem, exits.duplicate);
  io.warn(problem);
}

/** Runs of the same configuration, code, data, protocol and seed, newest first. */
function findRepeats(journal: Journal, planned: Planned): readonly RunFile[] {
  const { run, base } = planned;
  const code = codeWord(run.run) === undefined ? base?.run.run : run.run;
  const paths = journal.twins({ ...run, ...(code === undefined ? {} : { run: code }) });
  if (paths.size === 0) return [];
  return journal
    .files(paths)
    .filter((file) => isExactRepeat(planned, file, journal.settings))
    .reverse();
}
