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

/** Facts, then parameters, then metrics, each in the order in which runs first have them; the address last. */
export function runsCsv(source: TableSource): string {
  const columns = columnsOf(source);
  let text = csvLine(columns.map(([name]) => name));
  for (const file of shown(source)) text += csvLine(columns.map(([, read]) => read(file)));
  return text;
}

/** A list of objects; what a run does not have is a key it does not have. */
export function runsJson(source: TableSource): string {
  const columns = columnsOf(source);
  const lines = shown(source).map((file) => {
    const row: Record<string, CsvCell> = {};
    for (const [name, read] of columns) {
      const value = read(file);
      if (value !== undefined && value !== "") row[name] = value;
    }
    return JSON.stringify(row);
  });
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

const shown = ({ files }: TableSource): readonly RunFile[] => files.filter(({ run }) => !run.hidden);

function columnsOf(source: TableSource): readonly Column[] {
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
    ...configColumns(source),
    ...metricColumns(source),
    ["invalid", ({ run }) => Object.keys(run.invalid).join(" ")],
    ["url", ({ run }) => addressOf(run.id, settings)],
  ];
}

function configColumns(source: TableSource): readonly Column[] {
  const names = new Set<string>();
  for (const { run } of shown(source)) for (const name of Object.keys(run.config)) names.add(name);
  return [...names].map((name) => [
    `config.${name}`,
    ({ run }) => (Object.hasOwn(run.config, name) ? cellOf(run.config[name] ?? null, source.show) : undefined),
  ]);
}

/** Under their own names, also where they were imported from others: mean, deviation, n. */
function metricColumns(source: TableSource): readonly Column[] {
  const own = ownNames(source);
  const names = new Map<string, Set<string>>();
  for (const { run, study } of shown(source)) {
    for (const { name, after } of run.metrics) {
      if (after === undefined) continue;
      const canonical = own(study).get(name) ?? name;
      const known = names.get(canonical) ?? new Set([canonical]);
      names.set(canonical, known.add(name));
    }
  }
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
