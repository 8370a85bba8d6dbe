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
  const means = metrics.flatMap(({ name, after }) => (after?.mean === undefined ? [] : [[name, rounded(after.mean)] as const]));
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
  return printed(line);
}

/** Without what computing a mean left behind the twelfth digit. Nearly all are shorter, and rounding takes longer than looking. */
const rounded = (value: number): number => (String(value).length <= 12 ? value : Number(value.toPrecision(12)));

const printed = (value: unknown): string =>
  JSON.stringify(value).replace(unsafe, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);

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

// What follows finds a fact by the quotes before and after its key, without parsing the line: inside a text every quote is escaped.

export function isKeptLine(line: string): boolean {
  return line.includes('","decision":"keep","study":"');
}

export function isOfStudy(study: string): (line: string) => boolean {
  const words = `,"study":${printed(study)},"path":"`;
  return (line) => line.includes(words);
}

/** Its mean; null where that is no number JSON knows, nothing where it was not measured. */
export function meanIn(metric: string): (line: string) => number | null | undefined {
  const key = `${printed(metric)}:`;
  return (line) => {
    const start = line.indexOf(',"metrics":{');
    if (start === -1) return undefined;
    for (let at = line.indexOf(key, start + 1); at !== -1; at = line.indexOf(key, at + 1)) {
      const before = line[at - 1];
      if (before !== "{" && before !== ",") continue;
      const value = /[^,}]*/y;
      value.lastIndex = at + key.length;
      return JSON.parse(value.exec(line)?.[0] ?? "null") as number | null;
    }
    return undefined;
  };
}

/** When the run started, in ms, for the order (start, number, id); a run without a date comes last. */
export function startOf(run: Run): number {
  const date = parseDate(run.run?.started ?? run.date ?? "");
  if (date === undefined) return Number.MAX_SAFE_INTEGER;
  return date.instant ?? Date.parse(`${date.day}T00:00:00Z`);
}
