// Every run of the journal as one flat row, for pandas, DuckDB and spreadsheets: data/runs.csv and data/runs.json.

import { machineName } from "../analysis/hardware.ts";
import { measured } from "../query/validity.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import { type CsvCell, csvLine } from "./csv.ts";
import type { Show } from "./log-row.ts";
import { runAddress } from "./view.ts";

export interface TableSource {
  readonly files: readonly RunFile[];
  readonly studies: ReadonlyMap<string, StudySettings>;
  readonly settings: Pick<Settings, "site" | "study">;
  readonly show: Show;
}

/** A column: its name and what it holds of a run. */
type Column = readonly [name: string, read: (file: RunFile) => CsvCell];

export interface RunsTable {
  readonly files: readonly RunFile[];
  /** Facts, then parameters, then metrics, each in the order in which runs first have them; the address last. */
  readonly columns: readonly Column[];
  /** What a row depends on besides its run. */
  readonly ground: readonly unknown[];
}

/** The row of the run at a place, where it is known. */
export type KnownRow = (place: number) => string | undefined;

export function openTable(source: TableSource): RunsTable {
  const files = source.files.filter(({ run }) => !run.hidden);
  const configs = configNames(files);
  const metrics = metricNames(files, source);
  const written = [...metrics].map(([name, names]) => [name, ...names]);
  return { files, columns: columnsOf(source, configs, metrics), ground: [source.settings.site, [...configs], written] };
}

export function runsCsv({ files, columns }: RunsTable, known: KnownRow = nothing): string {
  let text = csvLine(columns.map(([name]) => name));
  for (const [place, file] of files.entries()) {
    const row = known(place);
    text += row === undefined ? csvLine(columns.map(([, read]) => read(file))) : `${row}\r\n`;
  }
  return text;
}

/** The rows of such a text; more of them than runs where a cell holds line ends. */
export const csvRows = (text: string): readonly string[] => text.split("\r\n").slice(1, -1);

/** A list of objects; what a run does not have is a key it does not have. */
export function runsJson({ files, columns }: RunsTable, known: KnownRow = nothing): string {
  const lines = files.map((file, place) => known(place) ?? jsonRow(file, columns));
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

export const jsonRows = (text: string): readonly string[] => text.slice(2, -3).split(",\n");

const nothing: KnownRow = () => undefined;

function jsonRow(file: RunFile, columns: readonly Column[]): string {
  const row: Record<string, CsvCell> = {};
  for (const [name, read] of columns) {
    const value = read(file);
    if (value !== undefined && value !== "") row[name] = value;
  }
  return JSON.stringify(row);
}

function columnsOf(source: TableSource, configs: ReadonlySet<string>, metrics: Written): readonly Column[] {
  const { show, settings } = source;
  const prose = (text: string | undefined): CsvCell => (text === undefined ? undefined : show.prose(text));
  return [
    ["id", ({ run }) => run.id],
    ["title", ({ run }) => prose(run.title)],
    ["date", ({ run }) => prose(run.date)],
    ["status", ({ run }) => run.status],
    ["decision", ({ run }) => prose(run.decisionWord ?? run.decision)],
    ["reason", ({ run }) => prose(run.reason)],
    ["base", ({ run }) => run.base.join(" ")],
    ["study", ({ study }) => study],
    ["tags", ({ run }) => run.tags.join(" ")],
    ["experimenter", ({ run }) => prose(run.experimenter)],
    ["protocol", ({ run }) => run.protocol],
    ["machine", ({ run }) => prose(machineName(run.hardware))],
    ["seconds", ({ run }) => run.run?.seconds],
    ...configColumns(configs, source.show),
    ...metricColumns(metrics),
    ["invalid", ({ run }) => Object.keys(run.invalid).join(" ")],
    ["url", ({ run }) => addressOf(run.id, settings)],
  ];
}

function configNames(files: readonly RunFile[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { run } of files) for (const name of Object.keys(run.config)) names.add(name);
  return names;
}

function configColumns(names: ReadonlySet<string>, show: Show): readonly Column[] {
  return [...names].map((name) => [
    `config.${name}`,
    ({ run }) => (Object.hasOwn(run.config, name) ? cellOf(run.config[name] ?? null, show) : undefined),
  ]);
}

/** Metric → the names it was written under. */
type Written = ReadonlyMap<string, ReadonlySet<string>>;

function metricNames(files: readonly RunFile[], source: TableSource): Written {
  const own = ownNames(source);
  const names = new Map<string, Set<string>>();
  for (const { run, study } of files) {
    for (const { name, after } of run.metrics) {
      if (after === undefined) continue;
      const canonical = own(study).get(name) ?? name;
      const known = names.get(canonical) ?? new Set([canonical]);
      names.set(canonical, known.add(name));
    }
  }
  return names;
}

/** Under their own names, also where they were imported from others: mean, deviation, n. */
function metricColumns(names: Written): readonly Column[] {
  return [...names].flatMap(([name, written]): readonly Column[] => {
    const all = [...written];
    const read = ({ run }: RunFile): Reading | undefined => measured(run.metrics, all);
    return [
      [`metrics.${name}`, (file) => read(file)?.mean],
      [`metrics.${name}.sd`, (file) => read(file)?.sd],
      [`metrics.${name}.n`, (file) => read(file)?.n],
    ];
  });
}

/** Name it is imported from → its own, by study. */
function ownNames({ studies, settings }: TableSource): (study: string) => ReadonlyMap<string, string> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return (study) => {
    const found = known.get(study);
    if (found !== undefined) return found;
    const { metrics } = studies.get(study) ?? settings.study;
    const made = new Map(Object.values(metrics).flatMap(({ name, from }) => from.map((alias) => [alias, name] as const)));
    known.set(study, made);
    return made;
  };
}

function cellOf(value: Json, show: Show): CsvCell {
  if (value === null) return undefined;
  if (typeof value === "string") return show.value(value);
  return typeof value === "object" ? show.value(JSON.stringify(value)) : value;
}

function addressOf(id: string, { site }: Pick<Settings, "site">): string {
  return site.url === undefined ? runAddress(id) : `${site.url.replace(/\/$/, "")}/${runAddress(id)}`;
}
