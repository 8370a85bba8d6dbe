// The configuration of a run beside that of its base: what differs line by line, what is equal folded.

import type { AnalysedRun, ParameterChange } from "../analysis/study.ts";
import { isIgnored, recordedValue } from "../analysis/table.ts";
import type { RunFile } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import { sameValue } from "../record/value.ts";

export interface ConfigDiff {
  /** What the column of the other side is called; absent without one. */
  readonly base?: string;
  readonly rows: readonly DiffRow[];
  /** `batch_size: 32`, a line each. */
  readonly same: string;
  /** `9 equal`, `9 equal, 1 ignored` */
  readonly summary: string;
}

export interface DiffRow {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** One side did not record it. */
  readonly open: boolean;
}

export interface DiffContext {
  readonly study: StudySettings;
  /** Takes out of a value what is not for everybody. */
  readonly clean: (text: string) => string;
}

export function configDiff(file: RunFile, analysed: AnalysedRun | undefined, context: DiffContext): ConfigDiff | undefined {
  const base = analysed?.base;
  const changes = analysed?.changes ?? [];
  const unrecorded = analysed?.unrecorded ?? [];
  const rows = [...changes.map((change) => rowOf(change, false, context)), ...unrecorded.map((change) => rowOf(change, true, context))];
  const shown = new Set(rows.map(({ name }) => name));
  const lines: string[] = [];
  let ignored = 0;
  for (const name of Object.keys(file.run.config)) {
    if (shown.has(name)) continue;
    const theirs = base === undefined || !isIgnored(name, context.study) ? undefined : otherText(name, file, base, context);
    if (theirs !== undefined) ignored += 1;
    const text = oneLine(context.clean(recordedValue(file, name)?.text ?? ""));
    lines.push(theirs === undefined ? `${name}: ${text}` : `${name}: ${theirs} → ${text} (ignored)`);
  }
  if (rows.length === 0 && lines.length === 0) return undefined;
  const written = changes.some((change) => change.written === true);
  const title = base === undefined ? (written ? "before, as written" : undefined) : base.run.id;
  const diff = { rows, same: lines.join("\n"), summary: summaryOf(lines.length, ignored, title !== undefined) };
  return title === undefined ? diff : { ...diff, base: title };
}

function summaryOf(all: number, ignored: number, compared: boolean): string {
  if (!compared) return `${all} ${all === 1 ? "parameter" : "parameters"}`;
  if (ignored === 0) return all === 0 ? "" : `${all} equal`;
  return all > ignored ? `${all - ignored} equal, ${ignored} ignored` : `${ignored} ignored`;
}

function rowOf({ name, fromText, toText }: ParameterChange, open: boolean, { clean }: DiffContext): DiffRow {
  return { name, from: clean(fromText), to: clean(toText), open };
}

/** A parameter that the study ignores may differ without being a change. */
function otherText(name: string, file: RunFile, base: RunFile, { clean }: DiffContext): string | undefined {
  const theirs = recordedValue(base, name);
  return theirs === undefined || sameValue(theirs.value, recordedValue(file, name)?.value) ? undefined : oneLine(clean(theirs.text));
}

const oneLine = (text: string): string => (text.includes("\n") ? text.replace(/\s*\n\s*/g, " ↵ ") : text);
