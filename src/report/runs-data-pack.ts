// Runs of a study → data shards.

import type { AnalysedRun, Group, StudyAnalysis } from "../analysis/study.ts";
import type { BodyFacts, DataItem, Run, RunFile } from "../record/experiment.ts";
import { decimalsOf } from "../record/format.ts";
import type { Json } from "../record/tree.ts";
import type { Show } from "./log-row.ts";
import { type DataHead, hashDigits, type Shard, shardCount, shardRows } from "./runs-data.ts";
import { packChange, packDelta, packParameter, packReading, type Usual } from "./runs-data-cell.ts";
import { type Packed, packColumn } from "./runs-data-column.ts";
import { usualPath } from "./runs-data-row.ts";

/** What the scripts load: every run that its author did not hide, oldest first. */
export function dataFiles(study: StudyAnalysis): readonly RunFile[] {
  return study.files.filter(({ run }) => !run.hidden);
}

export interface PackOptions {
  readonly head: () => DataHead;
  /** What a published site leaves out is left out here. */
  readonly show: Show;
}

/** The `number`th shard, from 1. */
export function packShard(study: StudyAnalysis, number: number, { head, show }: PackOptions): Shard {
  const files = dataFiles(study);
  const from = (number - 1) * shardRows;
  const part = files.slice(from, from + shardRows);
  const columns = makeColumns(part.length);
  const usual = usualWriting(part);
  const home = homesOf(study, files);
  for (const [row, file] of part.entries()) {
    const group = home.groups.get(file);
    const run = study.runs.get(file.run.id);
    addFacts(file, row, columns, show);
    addBody(file, row, columns);
    addAnalysis(
      { file, group, run: run?.file === file ? run : undefined, place: from + row },
      { places: home.places, usual, study, show },
      row,
      columns,
    );
  }
  addValues(part, usual, columns, show);
  return {
    version: 1,
    from,
    rows: part.length,
    usual: Object.fromEntries(usual),
    columns: columns.packed(),
    ...(number === shardCount(files.length) ? { head: head() } : {}),
  };
}

/** As a classic script. JSON that no page and no old browser can take for anything else. */
export function shardText(name: string, shard: Shard, show: Show): string {
  const json = show
    .prose(JSON.stringify(shard))
    .replace(/[<\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `((window.journal??={}).shards??={})[${JSON.stringify(name)}]=${json};\n`;
}

/** Column by column, filled row by row. */
interface Columns {
  readonly set: (name: string, row: number, value: Json | undefined) => void;
  readonly packed: () => Readonly<Record<string, Packed>>;
}

function makeColumns(rows: number): Columns {
  const byName = new Map<string, (Json | undefined)[]>();
  return {
    set: (name, row, value) => {
      if (value === undefined || value === null || value === "") return;
      let column = byName.get(name);
      if (column === undefined) {
        column = new Array<Json | undefined>(rows).fill(undefined);
        byName.set(name, column);
      }
      column[row] = value;
    },
    packed: () => {
      const out: Record<string, Packed> = Object.create(null);
      for (const [name, values] of byName) {
        const packed = packColumn(values);
        if (packed !== undefined) out[name] = packed;
      }
      return out;
    },
  };
}

const some = <T extends Json>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
const filled = (facts: object): Json | undefined => (Object.keys(facts).length === 0 ? undefined : (facts as Json));

/** Texts are searched by their beginnings. */
const longest = { title: 300, text: 400, note: 160 };
const mostNotes = 2;
const cut = (text: string | undefined, most: number): string | undefined =>
  text === undefined || text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
const cutAll = (texts: readonly string[]): readonly string[] | undefined =>
  some(texts.slice(0, mostNotes).map((text) => cut(text, longest.note) ?? ""));

function addFacts({ run, study, path, broken }: RunFile, row: number, columns: Columns, show: Show): void {
  const { base, run: execution } = run;
  const facts: Readonly<Record<string, Json | undefined>> = {
    id: run.id,
    title: cut(run.title, longest.title),
    path: path === usualPath(run, study) ? undefined : path,
    date: run.date,
    experimenter: run.experimenter,
    status: run.status,
    decision: run.decision,
    word: run.decisionWord,
    reason: cut(run.reason, longest.text),
    hypothesis: cut(run.hypothesis, longest.text),
    assumptions: cutAll(run.assumptions),
    earlier: cutAll(run.earlier.flatMap(({ reason }) => reason ?? [])),
    protocol: run.protocol,
    tags: some(run.tags),
    aliases: some(run.aliases),
    base: base.length === 1 ? base[0] : some(base),
    repeatOf: run.repeatOf,
    rerunOf: run.rerunOf,
    invalid: filled(run.invalid),
    seeds: some(run.repeats.map(({ seed }) => seed ?? null)),
    software: filled(run.software),
    hardware: hardwareOf(run, show),
    data: some(run.data.map((item) => dataOf(item, show))),
    started: execution?.started === run.date && run.date !== undefined ? true : execution?.started,
    command: execution?.command === undefined ? undefined : some(execution.command.map(show.value)),
    cwd: execution?.cwd === undefined || execution.cwd === "." ? undefined : show.value(execution.cwd),
    branch: execution?.branch,
    commit: execution?.commit?.slice(0, hashDigits),
    snapshot: execution?.snapshot?.slice(0, hashDigits),
    seconds: execution?.seconds,
    exit: execution?.exit,
    broken,
  };
  for (const name of Object.keys(facts)) columns.set(name, row, facts[name]);
}

/** Known machines by their names, everything else about them only as far as classes are told by it. */
function hardwareOf({ hardware }: Run, show: Show): Json | undefined {
  if (hardware === undefined) return undefined;
  const { other, ...named } = hardware;
  const facts: Record<string, Json> = {};
  for (const [key, text] of Object.entries(named)) facts[key] = show.value(String(text));
  facts["other"] = Object.fromEntries(Object.entries(other).filter(([, value]) => typeof value === "number"));
  return facts;
}

function dataOf({ path, sha256, ...rest }: DataItem, show: Show): Json {
  return {
    ...rest,
    ...(path === undefined ? {} : { path: show.value(path) }),
    ...(sha256 === undefined ? {} : { sha256: sha256.slice(0, hashDigits) }),
  };
}

function addBody({ body }: { readonly body: BodyFacts }, row: number, columns: Columns): void {
  for (const name of ["worked", "failed", "unexpected", "questions"] as const) columns.set(name, row, cutAll(body[name]));
  columns.set("next", row, cutAll(body.tasks.filter(({ done }) => !done).map(({ text }) => text)));
}

interface Homes {
  readonly groups: ReadonlyMap<RunFile, Group>;
  readonly places: ReadonlyMap<RunFile, number>;
}

/** The same for all shards of a study. */
const homes = new WeakMap<StudyAnalysis, Homes>();

function homesOf(study: StudyAnalysis, files: readonly RunFile[]): Homes {
  const known = homes.get(study);
  if (known !== undefined) return known;
  const groups = new Map<RunFile, Group>();
  for (const group of study.groups) for (const file of group.files) groups.set(file, group);
  const made = { groups, places: new Map(files.map((file, place) => [file, place])) };
  homes.set(study, made);
  return made;
}

interface Row {
  readonly file: RunFile;
  readonly group: Group | undefined;
  readonly run: AnalysedRun | undefined;
  readonly place: number;
}

interface Around {
  readonly places: Homes["places"];
  readonly usual: UsualWriting;
  readonly study: StudyAnalysis;
  readonly show: Show;
}

function addAnalysis({ file, group, run, place }: Row, { places, usual, study, show }: Around, row: number, columns: Columns): void {
  const first = group === undefined ? undefined : places.get(group.first);
  if (first !== undefined && first !== place) columns.set("group", row, first);
  // Of a run alone only where values of its own do not count.
  const measured = file.run.metrics.filter(({ after }) => after !== undefined).length;
  if (group !== undefined && group.first === file && (group.files.length > 1 || group.readings.size < measured))
    columns.set(
      "pooled",
      row,
      Object.fromEntries([...group.readings].map(([name, reading]) => [name, packReading(reading, usual.get(name))])),
    );
  if (run === undefined) return;
  columns.set("changes", row, some(run.changes.map((change) => packChange(change, show.value))));
  columns.set("unrecorded", row, some(run.unrecorded.map((change) => packChange(change, show.value))));
  columns.set("code", row, codeOf(run));
  const { primary } = study;
  const delta = primary === undefined ? undefined : run.deltas.get(primary.name);
  if (primary !== undefined && delta !== undefined)
    columns.set("delta", row, packDelta(delta, first === place ? run.group.readings.get(primary.name) : undefined));
}

/** 0 for the same, 1 for another program of the same code, else files, lines added and removed as far as the run tells. */
function codeOf({ code, file }: AnalysedRun): Json | undefined {
  if (code === "program") return 1;
  if (code !== "changed") return code === undefined ? undefined : 0;
  const { files, added, removed } = file.run.code ?? {};
  return [files ?? null, added ?? null, removed ?? null];
}

/** Parameters and metrics, one column each, in the order in which they were first written. */
function addValues(files: readonly RunFile[], usual: UsualWriting, columns: Columns, show: Show): void {
  for (const [row, { run }] of files.entries()) {
    for (const name of Object.keys(run.config)) {
      const text = Object.hasOwn(run.configText, name) ? run.configText[name] : undefined;
      columns.set(
        `config.${name}`,
        row,
        packParameter(shownValue(run.config[name] ?? null, show), text === undefined ? undefined : show.value(text)),
      );
    }
    for (const { name, after } of run.metrics)
      if (after !== undefined) columns.set(`metric.${name}`, row, packReading(after, usual.get(name)));
  }
}

function shownValue(value: Json, show: Show): Json {
  if (typeof value === "string") return show.value(value);
  return Array.isArray(value) ? value.map((item) => shownValue(item as Json, show)) : value;
}

type UsualWriting = ReadonlyMap<string, Usual>;

/** Unit and decimals of most single values of each metric. */
function usualWriting(files: readonly RunFile[]): UsualWriting {
  const counts = new Map<string, Map<string, Counted>>();
  for (const { run } of files) {
    for (const { name, after } of run.metrics) {
      if (after === undefined) continue;
      const decimals = after.values.length === 1 ? decimalsOf(after.text) : 0;
      const known = counts.get(name) ?? new Map<string, Counted>();
      counts.set(name, known);
      const key = `${decimals} ${after.unit ?? ""}`;
      const counted = known.get(key);
      if (counted === undefined) known.set(key, { decimals, unit: after.unit, n: 1 });
      else counted.n += 1;
    }
  }
  return new Map([...counts].map(([name, known]) => [name, mostUsed([...known.values()])]));
}

interface Counted {
  readonly decimals: number;
  readonly unit: string | undefined;
  n: number;
}

function mostUsed(counted: readonly Counted[]): Usual {
  const { decimals, unit } = counted.reduce((best, one) => (one.n > best.n ? one : best));
  return { decimals, ...(unit === undefined ? {} : { unit }) };
}
