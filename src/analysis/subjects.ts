// The runs of a study as subjects of rank statistics: finished configurations of the current era, their parameters as columns of numbers,
// and the code, data and packages under which they ran.

import { codeWord } from "../record/code.ts";
import { programOf } from "../record/command.ts";
import type { RunFile } from "../record/experiment.ts";
import { parseValue } from "../record/value.ts";
import type { Column } from "./association.ts";
import { writtenCode } from "./changes.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";
import { contentOf, isEvaluation, type Row, recordedValue } from "./table.ts";

export interface SubjectColumn extends Column {
  /** As the author wrote them, by code. */
  readonly texts: readonly string[];
  /** Some of its values are numbers and some are not. */
  readonly mixed: boolean;
}

export interface StudySubjects {
  readonly groups: readonly Group[];
  readonly rows: readonly Row[];
  readonly names: readonly string[];
  /** Of the parameters with two values at least, in the order of the table. */
  readonly columns: readonly SubjectColumn[];
  readonly results: Float64Array;
  /** Number of the code, data and packages, by subject. */
  readonly segments: Int32Array;
  readonly segmentCount: number;
}

export type SubjectStudy = Pick<StudyAnalysis, "groups" | "runs" | "era" | "ground">;

export function subjectsOf(study: SubjectStudy, metric: MetricView): StudySubjects {
  const { groups, ground } = study;
  const counted = groups.filter(
    ({ status, era, readings }) => status === "finished" && era === study.era && readings.get(metric.name)?.mean !== undefined,
  );
  const rows = counted.map(({ first }) => ground.rows.get(first) ?? ground.table.row(first));
  const { numbers, count } = segmentsOf(counted, study);
  return {
    groups: counted,
    rows,
    names: ground.table.names,
    columns: columnsOf(counted, rows, ground.table.names),
    results: Float64Array.from(counted, ({ readings }) => readings.get(metric.name)?.mean ?? 0),
    segments: numbers,
    segmentCount: count,
  };
}

interface Growing {
  readonly codes: Int32Array;
  readonly byValue: Map<number, number>;
  readonly texts: string[];
  readonly numbers: (number | undefined)[];
  /** Most runs have the value of the run before. */
  last: number;
  lastCode: number;
}

function columnsOf(groups: readonly Group[], rows: readonly Row[], names: readonly string[]): readonly SubjectColumn[] {
  const growing: (Growing | undefined)[] = [];
  for (const [subject, row] of rows.entries()) {
    for (let at = 0; at < row.length; at += 2) {
      const name = row[at] ?? 0;
      const value = row[at + 1] ?? 0;
      const column = growing[name] ?? {
        codes: new Int32Array(rows.length).fill(-1),
        byValue: new Map(),
        texts: [],
        numbers: [],
        last: -1,
        lastCode: -1,
      };
      growing[name] = column;
      if (column.last !== value) {
        column.lastCode = column.byValue.get(value) ?? addValue(column, value, groups[subject], names[name] ?? "");
        column.last = value;
      }
      column.codes[subject] = column.lastCode;
    }
  }
  return growing.flatMap((column, at): readonly SubjectColumn[] => {
    if (column === undefined || column.texts.length < 2) return [];
    const { codes, texts, numbers } = column;
    const known = numbers.filter((number) => number !== undefined);
    const whole = known.length === numbers.length;
    const mixed = known.length > 0 && !whole;
    return [{ name: names[at] ?? "", codes, count: texts.length, texts, mixed, ...(whole ? { numbers: known } : {}) }];
  });
}

function addValue({ byValue, texts, numbers }: Growing, value: number, group: Group | undefined, name: string): number {
  const known = group === undefined ? undefined : recordedValue(group.first, name);
  const code = texts.push(known?.text ?? "") - 1;
  byValue.set(value, code);
  const plain = typeof known?.value === "string" ? parseValue(known.value) : known?.value;
  numbers.push(typeof plain === "number" && Number.isFinite(plain) ? plain : undefined);
  return code;
}

/** A run that recorded no code has that of its base, unless its file says that the code changed. */
function segmentsOf(groups: readonly Group[], study: SubjectStudy): { readonly numbers: Int32Array; readonly count: number } {
  const known = new Map<RunFile, string>();
  const ids = new Map<string, number>();
  const { settings } = study.ground;
  const numbers = Int32Array.from(groups, ({ first }) => {
    const { run } = first;
    const data = run.data.filter((item) => isEvaluation(item, settings)).map((item) => `${item.name}=${contentOf(item) ?? ""}`);
    const packages = settings.capture.packages.map((name) => (Object.hasOwn(run.software, name) ? run.software[name] : ""));
    const key = JSON.stringify([codeOf(first, known, study), programOf(run.run), data.sort(), packages]);
    const number = ids.get(key) ?? ids.size;
    ids.set(key, number);
    return number;
  });
  return { numbers, count: ids.size };
}

function codeOf(file: RunFile, known: Map<RunFile, string>, { runs }: SubjectStudy): string {
  const recorded = codeWord(file.run.run);
  if (recorded !== undefined) return recorded;
  const way: RunFile[] = [];
  let code: string | undefined;
  // A base that recorded its code ends the way: a silent run is not known to have it.
  for (let at: RunFile | undefined = file; at !== undefined && codeWord(at.run.run) === undefined; at = runs.get(at.run.id)?.bases[0]) {
    code = known.get(at) ?? (writtenCode(at) === undefined ? undefined : `as of ${at.run.id}`);
    way.push(at);
    if (code !== undefined) break;
  }
  for (const passed of way) known.set(passed, code ?? "");
  return code ?? "";
}
