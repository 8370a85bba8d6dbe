// What changed in the setup: parameters, code and declared packages of a run against its base. What one side did not record is no change.

import { sameRecordedCode } from "../record/code.ts";
import { sameProgram } from "../record/command.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import type { AnalysedRun, ParameterChange } from "./study.ts";
import { eachPair, isIgnored, type Row, recordedValue, type Table } from "./table.ts";

export type Changes = Pick<AnalysedRun, "changes" | "unrecorded" | "environment" | "code">;

interface Sides {
  readonly file: RunFile;
  readonly row: Row;
  readonly base?: { readonly file: RunFile; readonly row: Row };
}

/** From the configurations; from what the file says where the base is missing or a side recorded no parameter at all. */
export function findChanges({ file, row, base }: Sides, table: Table, study: StudySettings, settings: Settings): Changes {
  const code = base === undefined ? writtenCode(file) : compareSource(file, base.file);
  if (base === undefined)
    return { changes: writtenChanges(file, study), unrecorded: [], environment: [], ...(code === undefined ? {} : { code }) };
  const rest = { environment: packageChanges(file, base.file, settings), ...(code === undefined ? {} : { code }) };
  if (row.length === 0 || base.row.length === 0) return { changes: writtenChanges(file, study), unrecorded: [], ...rest };
  const changes: ParameterChange[] = [];
  const unrecorded: ParameterChange[] = [];
  eachPair(base.row, row, (number, from, to) => {
    if (from === to) return;
    const name = table.names[number] ?? "";
    const change = changeOf(name, base.file, file);
    if (from === -1 || to === -1) unrecorded.push(change);
    else changes.push(change);
  });
  return { changes, unrecorded, ...rest };
}

function changeOf(name: string, base: RunFile, file: RunFile): ParameterChange {
  const from = recordedValue(base, name);
  const to = recordedValue(file, name);
  return {
    name,
    fromText: from?.text ?? "?",
    toText: to?.text ?? "?",
    ...(from === undefined ? {} : { from: from.value }),
    ...(to === undefined ? {} : { to: to.value }),
  };
}

function writtenChanges({ run }: RunFile, study: StudySettings): readonly ParameterChange[] {
  return run.changes
    .filter(({ name }) => !isIgnored(name, study))
    .map(
      ({ name, from, to }): ParameterChange => ({
        name,
        fromText: showValue(from),
        toText: showValue(to),
        written: true,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }),
    );
}

/** Another program of the same code is another thing, too. */
function compareSource(file: RunFile, base: RunFile): AnalysedRun["code"] {
  const code = compareCode(file, base);
  return code === "changed" || sameProgram(file.run.run, base.run.run) ? code : "program";
}

/** By what was recorded; two runs that recorded neither have the word of the file, and without one nothing says otherwise. */
function compareCode(file: RunFile, base: RunFile): "same" | "changed" | undefined {
  const [ours, theirs] = [file.run.run, base.run.run];
  const same = sameRecordedCode(ours, theirs);
  if (same !== undefined) return same ? "same" : "changed";
  const silent = [ours, theirs].every((side) => side?.snapshot === undefined && side?.commit === undefined);
  return writtenCode(file) ?? (silent ? "same" : undefined);
}

export function writtenCode({ run: { code } }: Pick<RunFile, "run">): "changed" | undefined {
  const differs = code?.from !== undefined && code.to !== undefined && code.from !== code.to;
  return differs || (code?.files ?? 0) > 0 ? "changed" : undefined;
}

/** Only packages that the settings declare, and only where both sides recorded a version. */
function packageChanges({ run }: RunFile, { run: base }: RunFile, settings: Settings): readonly ParameterChange[] {
  return settings.capture.packages.flatMap((name): readonly ParameterChange[] => {
    const from = Object.hasOwn(base.software, name) ? base.software[name] : undefined;
    const to = Object.hasOwn(run.software, name) ? run.software[name] : undefined;
    return from === undefined || to === undefined || from === to ? [] : [{ name, from, to, fromText: from, toText: to }];
  });
}
