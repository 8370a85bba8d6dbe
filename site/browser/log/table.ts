// The rows of the log as the filter, the sort and the columns ask for them. Rows are numbers: the places of configurations among all,
// oldest first. What was found out about a column or a part of a filter is kept.

import { once } from "../../../src/base/once.ts";
import { JournalError, type Problem } from "../../../src/base/problem.ts";
import type { Column } from "../../../src/query/columns.ts";
import { fold } from "../../../src/query/compare.ts";
import { asksFor, type Filter, type Node } from "../../../src/query/filter.ts";
import { compile, type Predicate } from "../../../src/query/matcher.ts";
import { parseFilter } from "../../../src/query/parser.ts";
import { parseSort } from "../../../src/query/sort.ts";
import { type Vocabulary, vocabulary } from "../../../src/query/vocabulary.ts";
import type { RunFile } from "../../../src/record/experiment.ts";
import type { Settings } from "../../../src/record/settings.ts";
import type { LogSetting } from "../../../src/report/log-columns.ts";
import { groupRuns, type LogEntry } from "../../../src/report/log-data.ts";
import type { DataHead, DataRun } from "../../../src/report/runs-data.ts";
import { fullHashes } from "./hashes.ts";
import { partsOf } from "./terms.ts";

export interface LogTable {
  readonly head: DataHead;
  /** Oldest first, planned ones among them. */
  readonly entries: readonly LogEntry[];
  readonly setting: LogSetting;
  readonly known: Vocabulary;
  /** 1 for each entry that is shown unless the filter asks for its status. */
  readonly usual: Uint8Array;
  /** Runs in the usual entries, without those that are only planned. */
  readonly runs: number;
  readonly planned: number;
  /** Of which nothing is known. */
  readonly unread: number;
  readonly byId: ReadonlyMap<string, number>;
  /** What was found out about parts of filters, by their texts. */
  readonly masks: Map<string, PartMask>;
  /** The runs of an entry as the filter sees them. */
  readonly facesOf: (row: number) => readonly RunFile[];
  /** Runs of each entry, and how many of them failed or are lost. */
  readonly sizes: Uint16Array;
  readonly failures: Uint16Array;
}

interface PartMask {
  readonly node: Node;
  readonly mask: Uint8Array;
}

/** What only a filter or a menu asks for is made when one does. */
export function openTable(runs: readonly DataRun[], head: DataHead): LogTable {
  const entries = groupRuns(runs, head);
  const counts = countRuns(entries);
  const shown = entries.filter((_, row) => counts.usual[row] === 1);
  const byFile = once(() => new Map<RunFile, DataRun>(runs.map((run) => [run.file, run])));
  const faces = new Map<number, readonly RunFile[]>();
  const none: Pick<DataRun, "changes" | "unrecorded"> = { changes: [], unrecorded: [] };
  const known = once(() =>
    vocabulary(
      runs.map(({ file }) => file),
      settingsOf(head),
      new Map([[head.settings.name, head.settings]]),
      (file) => byFile().get(file) ?? none,
    ),
  );
  const byId = once(() => new Map(entries.flatMap(({ group }, row) => group.files.map(({ run }) => [run.id, row] as const))));
  return {
    head,
    entries,
    setting: { ...head, entries: shown },
    ...counts,
    masks: new Map(),
    get known() {
      return known();
    },
    get byId() {
      return byId();
    },
    facesOf: (row) => {
      const made = faces.get(row) ?? facesOf(entries[row], byFile());
      faces.set(row, made);
      return made;
    },
  };
}

function countRuns(entries: readonly LogEntry[]): Pick<LogTable, "usual" | "runs" | "planned" | "unread" | "sizes" | "failures"> {
  const usual = new Uint8Array(entries.length);
  const sizes = new Uint16Array(entries.length);
  const failures = new Uint16Array(entries.length);
  let runs = 0;
  let planned = 0;
  let unread = 0;
  for (const [row, { group }] of entries.entries()) {
    let started = 0;
    for (const { run, broken } of group.files) {
      const { status } = run;
      if (status === "planned" && broken === true) unread += 1;
      else if (status === "planned") planned += 1;
      else started += 1;
      if (status === "failed" || status === "lost") failures[row] = (failures[row] ?? 0) + 1;
    }
    const isPlanned = group.status === "planned";
    usual[row] = isPlanned ? 0 : 1;
    sizes[row] = isPlanned ? group.files.length : started;
    if (!isPlanned) runs += started;
  }
  return { usual, runs, planned, unread, sizes, failures };
}

/** All with the one decision that the configuration has. */
function facesOf(entry: LogEntry | undefined, byFile: Map<RunFile, DataRun>): readonly RunFile[] {
  if (entry === undefined) return [];
  const { files, decision } = entry.group;
  if (files.length === 1 || decision === undefined) return files;
  return files.map((file) => {
    if (file.run.decision === decision) return file;
    const run = Object.create(file.run, { decision: { value: decision }, decisionWord: { value: undefined } });
    const face: RunFile = Object.create(file, { run: { value: run } });
    const own = byFile.get(file);
    if (own !== undefined) byFile.set(face, own);
    return face;
  });
}

/** As far as names are looked up in them. */
function settingsOf({ settings, title, views }: DataHead): Settings {
  const { metrics, parameters, ignore } = settings;
  return {
    title,
    metrics,
    parameters,
    ignore,
    code: [],
    data: {},
    protected: [],
    capture: { env: [], packages: [], patterns: [], artifacts: [] },
    site: { private: false },
    views,
    study: settings,
    other: {},
  };
}

/** Throws a JournalError that shows the place. */
export function readWhere(table: LogTable, where: string): Filter {
  const filter = fullHashes(parseFilter(where));
  maskOf(table, filter);
  return filter;
}

/** 1 for each entry that matches. */
export function maskOf(table: LogTable, filter: Filter): Uint8Array {
  const mask = asksFor(filter, "status") ? new Uint8Array(table.entries.length).fill(1) : table.usual.slice();
  for (const { node, text } of partsOf(filter)) {
    const part = partMask(table, text, node, filter.text);
    for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) & (part[row] ?? 0);
  }
  return mask;
}

const mostMasks = 50;

function partMask(table: LogTable, text: string, root: Node, whole: string): Uint8Array {
  const known = table.masks.get(text);
  if (known !== undefined) return known.mask;
  const predicate = compile({ text: whole, root }, table.known);
  const among = widerMask(table, root);
  const mask = new Uint8Array(table.entries.length);
  for (let row = 0; row < mask.length; row += 1) mask[row] = among?.[row] !== 0 && matches(table, row, predicate) ? 1 : 0;
  if (table.masks.size >= mostMasks) table.masks.clear();
  table.masks.set(text, { node: root, mask });
  return mask;
}

/** What holds `smooth` is among what holds `smo`: while a word is typed, only what was left is looked at. */
function widerMask({ masks }: LogTable, node: Node): Uint8Array | undefined {
  if (node.kind !== "term" || node.operator !== "~") return undefined;
  const { name, value } = node;
  for (const { node: other, mask } of masks.values())
    if (
      other.kind === "term" &&
      other.operator === "~" &&
      other.name.text === name.text &&
      fold(value.text).includes(fold(other.value.text))
    )
      return mask;
  return undefined;
}

/** A configuration matches when one of its runs does; what it measured is what all of them did. */
function matches({ facesOf, entries }: LogTable, row: number, predicate: Predicate): boolean {
  const [first, ...rest] = facesOf(row);
  if (first === undefined) return false;
  if (rest.length === 0) return predicate(first);
  const readings = entries[row]?.group.readings;
  return predicate(first, readings) || rest.some((file) => predicate(file, readings));
}

/** Those of the mask, in the order. */
export function rowsIn(order: Int32Array, mask: Uint8Array): Int32Array {
  return order.filter((row) => mask[row] === 1);
}

export interface Keys {
  readonly keys: readonly { readonly column: Column; readonly descending: boolean }[];
  readonly problem?: Problem;
}

/** Never fails: what cannot be read sorts nothing and says why. */
export function readSort(sort: string): Keys {
  try {
    return parseSort(sort);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { keys: [], ...(error.problems[0] === undefined ? {} : { problem: error.problems[0] }) };
  }
}

/** How many of the runs in these rows failed or are lost. */
export function failedIn({ sizes, failures }: LogTable, rows: Int32Array): { readonly runs: number; readonly failed: number } {
  let runs = 0;
  let failed = 0;
  for (const row of rows) {
    runs += sizes[row] ?? 0;
    failed += failures[row] ?? 0;
  }
  return { runs, failed };
}
