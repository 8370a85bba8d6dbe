// Configurations as rows of small numbers: equal values get equal numbers once, so that comparing, grouping and counting 10,000 runs
// touches no text again. Training data is a parameter too.

import type { DataItem, RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { parseValue, showValue } from "../record/value.ts";

/** Pairs of numbers, name and value, ascending by name: `[0, 3, 1, 0, 4, 17]`. */
export type Row = Int32Array;

export interface Table {
  /** By number. */
  readonly names: readonly string[];
  readonly row: (file: RunFile) => Row;
}

/** A study's configurations by file, and the journal's settings under which they were read. */
export interface Ground {
  readonly table: Table;
  readonly rows: ReadonlyMap<RunFile, Row>;
  readonly settings: Settings;
}

/** The role an item was given in the run, else in journal.yaml. */
export function roleOf(item: DataItem, settings: Settings): string | undefined {
  return item.role ?? (Object.hasOwn(settings.data, item.name) ? settings.data[item.name]?.role : undefined);
}

export const isEvaluation = (item: DataItem, settings: Settings): boolean =>
  ["eval", "evaluation", "val", "validation", "test"].includes(roleOf(item, settings)?.toLowerCase() ?? "");

/** What identifies the content of a data item. */
export const contentOf = (item: DataItem): string | undefined => item.sha256 ?? item.path;

const dataName = (item: DataItem): string => `data.${item.name}`;

/** Numbers by size, lists of numbers by length and then as numbers; what is neither comes after, as it came. */
export function compareNumbers(left: Json | undefined, right: Json | undefined): number {
  const [ours, theirs] = [numbersIn(left), numbersIn(right)];
  if (ours === undefined || theirs === undefined) return Number(ours === undefined) - Number(theirs === undefined);
  if (ours.length !== theirs.length) return ours.length - theirs.length;
  const at = ours.findIndex((value, index) => value !== theirs[index]);
  return at === -1 ? 0 : (ours[at] ?? 0) - (theirs[at] ?? 0);
}

function numbersIn(value: Json | undefined): readonly number[] | undefined {
  const read = typeof value === "string" ? parseValue(value) : value;
  const list = Array.isArray(read) ? read : [read];
  return list.length > 0 && list.every((one) => typeof one === "number" && !Number.isNaN(one)) ? (list as number[]) : undefined;
}

export interface Value {
  readonly value: Json;
  readonly text: string;
}

/** The value of a parameter of a run and the text its author wrote; nothing when not recorded. */
export function recordedValue(file: RunFile, name: string): Value | undefined {
  const { run } = file;
  if (Object.hasOwn(run.config, name)) {
    const value = run.config[name] ?? null;
    return { value, text: Object.hasOwn(run.configText, name) ? (run.configText[name] ?? "") : showValue(value) };
  }
  const item = run.data.find((data) => dataName(data) === name);
  const content = item === undefined ? undefined : contentOf(item);
  if (item === undefined || content === undefined) return undefined;
  return { value: content, text: item.sha256 === undefined ? content : item.sha256.slice(0, 8) };
}

/** Whether a parameter is left out: named in `ignore` itself or below a name there. */
export function isIgnored(name: string, study: StudySettings): boolean {
  return study.ignore.some((word) => name === word || (name.length > word.length && name.startsWith(word) && name[word.length] === "."));
}

/** One table per study: `ignore` belongs to the study. */
export function makeTable(study: StudySettings, settings: Settings): Table {
  const names: string[] = [];
  const nameNumbers = new Map<string, number>();
  const texts = new Map<string, number>();
  const scalars = new Map<Json, number>();
  const nameNumber = (name: string): number => {
    const known = nameNumbers.get(name);
    if (known !== undefined) return known;
    const number = isIgnored(name, study) ? -1 : names.push(name) - 1;
    nameNumbers.set(name, number);
    return number;
  };
  const valueNumber = (value: Json): number => {
    const known = scalars.get(value);
    if (known !== undefined) return known;
    const key = valueKey(value);
    const number = texts.get(key) ?? texts.size;
    texts.set(key, number);
    if (value === null || typeof value !== "object") scalars.set(value, number);
    return number;
  };
  const row = ({ run }: RunFile): Row => {
    const cells: number[] = [];
    const add = (name: string, value: Json): void => {
      const number = nameNumber(name);
      if (number !== -1) cells.push(number, valueNumber(value));
    };
    for (const name of Object.keys(run.config)) add(name, run.config[name] ?? null);
    for (const item of run.data) {
      const content = contentOf(item);
      if (content !== undefined && !isEvaluation(item, settings) && !Object.hasOwn(run.config, dataName(item)))
        add(dataName(item), content);
    }
    return Int32Array.from(inOrder(cells));
  };
  return { names, row };
}

/** Most runs name their parameters in the same order, so that there is nothing to sort. */
function inOrder(cells: readonly number[]): readonly number[] {
  let sorted = true;
  for (let at = 2; at < cells.length && sorted; at += 2) sorted = (cells[at] ?? 0) > (cells[at - 2] ?? 0);
  if (sorted) return cells;
  const pairs: (readonly [number, number])[] = [];
  for (let at = 0; at < cells.length; at += 2) pairs.push([cells[at] ?? 0, cells[at + 1] ?? 0]);
  return pairs.sort(([left], [right]) => left - right).flat();
}

/** Equal for values that a person reads as equal: `64` and `"64"`, `1e-3` and `0.001`. */
export function valueKey(value: Json): string {
  if (value === null) return "~";
  if (typeof value !== "object") {
    const parsed = parseValue(String(value));
    return parsed !== null && typeof parsed === "object" ? `t${value}` : `v${String(parsed ?? value).toLowerCase()}`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => JSON.stringify(valueKey(item as Json))).join(",")}]`;
  const entries = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${JSON.stringify(valueKey(item))}`);
  return `{${entries.sort().join(",")}}`;
}

/** Calls back for each name: values on both sides, or -1 where a side has none. */
export function eachPair(left: Row, right: Row, visit: (name: number, from: number, to: number) => void): void {
  let at = 0;
  let other = 0;
  while (at < left.length || other < right.length) {
    const ours = left[at] ?? Number.POSITIVE_INFINITY;
    const theirs = right[other] ?? Number.POSITIVE_INFINITY;
    visit(Math.min(ours, theirs), ours <= theirs ? (left[at + 1] ?? -1) : -1, theirs <= ours ? (right[other + 1] ?? -1) : -1);
    if (ours <= theirs) at += 2;
    if (theirs <= ours) other += 2;
  }
}
