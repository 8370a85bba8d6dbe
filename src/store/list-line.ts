// The line that `list --json` prints for a run.

import { parseDate } from "../base/time.ts";
import type { Run, RunFile } from "../record/experiment.ts";

/**
 * Output-ready JSON. Absent facts are absent keys; a metric is its mean after, in the canonical unit; `invalid` names those that do not
 * count. The changes are not in it: they follow from two files, and the copy that one of them holds may be stale.
 */
export function listLine(file: RunFile): string {
  const { id, title, date, status, decision, hidden, metrics, invalid } = file.run;
  const doubted = Object.keys(invalid);
  const means = metrics.flatMap(({ name, after }) =>
    after?.mean === undefined ? [] : [[name, Number(after.mean.toPrecision(12))] as const],
  );
  const line = {
    id,
    ...(hidden ? { hidden } : {}),
    ...(file.broken === true ? { broken: true } : {}),
    title,
    ...(date === undefined ? {} : { date }),
    status,
    ...(decision === undefined ? {} : { decision }),
    study: file.study,
    path: file.path,
    ...(means.length === 0 ? {} : { metrics: Object.fromEntries(means) }),
    ...(doubted.length === 0 ? {} : { invalid: doubted }),
  };
  return JSON.stringify(line).replace(unsafe, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What JSON leaves raw but a terminal would act upon. */
const unsafe = /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The id in a list line, without parsing the rest. */
export function idOfLine(line: string): string {
  const quoted = /^\{"id":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return quoted === undefined ? "" : (JSON.parse(quoted) as string);
}

/** Whether the run is hidden, without parsing the line. */
export function isHiddenLine(line: string): boolean {
  return line.includes('"hidden":true') && /^\{"id":"(?:[^"\\]|\\.)*","hidden":true/.test(line);
}

/** Whether the file is damaged, without parsing the line. */
export function isBrokenLine(line: string): boolean {
  return /^\{"id":"(?:[^"\\]|\\.)*",(?:"hidden":true,)?"broken":true/.test(line);
}

/** When the run started, in ms, for the order (start, number, id); a run without a date comes last. */
export function startOf(run: Run): number {
  const date = parseDate(run.run?.started ?? run.date ?? "");
  if (date === undefined) return Number.MAX_SAFE_INTEGER;
  return date.instant ?? Date.parse(`${date.day}T00:00:00Z`);
}
