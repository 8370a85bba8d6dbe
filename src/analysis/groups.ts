// One configuration, one group: equal program, parameters (without the ones to ignore), code, evaluation data and protocol, or `repeat_of`.

import { eraOf, invalidity } from "../query/validity.ts";
import { exactCode } from "../record/code.ts";
import { programOf } from "../record/command.ts";
import type { Decision, Reading, RunFile, Status } from "../record/experiment.ts";
import { isSize } from "../record/guess.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import { withoutCopies } from "./copies.ts";
import { machineKey } from "./hardware.ts";
import { fileOf, Islands, type Lineage } from "./lineage.ts";
import type { Metrics } from "./metrics.ts";
import { pool } from "./pool.ts";
import type { Group, Member } from "./study.ts";
import { contentOf, isEvaluation, type Row } from "./table.ts";

export interface GroupContext {
  readonly study: StudySettings;
  readonly settings: Settings;
  readonly lineage: Lineage;
  readonly rows: ReadonlyMap<RunFile, Row>;
  readonly metrics: Metrics;
}

/** Files in order → groups in order. */
export function groupFiles(files: readonly RunFile[], context: GroupContext): readonly Group[] {
  const islands = new Islands();
  const owners = new Map<string, RunFile[]>();
  const here = new Set(files);
  for (const file of files) {
    const owner = ownerOf(file, owners, context);
    if (owner !== undefined) islands.join(file, owner);
    const original = file.run.repeatOf === undefined ? undefined : fileOf(file.run.repeatOf, context.lineage.index, context.lineage.byId);
    if (original !== undefined && here.has(original)) islands.join(file, original);
  }
  const members = new Map<unknown, RunFile[]>();
  for (const file of files) {
    const root = islands.find(file);
    const list = members.get(root);
    if (list === undefined) members.set(root, [file]);
    else list.push(file);
  }
  return [...members.values()].map((list) => makeGroup(list, context));
}

/** The first run of the same configuration, when there was one; this one is remembered otherwise. */
function ownerOf(file: RunFile, owners: Map<string, RunFile[]>, context: GroupContext): RunFile | undefined {
  const key = identity(file, context);
  const row = context.rows.get(file);
  if (key === undefined || row === undefined) return undefined;
  const candidates = owners.get(key);
  if (candidates === undefined) owners.set(key, [file]);
  const owner = candidates?.find((candidate) => isSameRow(row, context.rows.get(candidate)));
  if (owner === undefined) candidates?.push(file);
  return owner;
}

/** Equal for runs of one configuration. A run that recorded neither parameters nor code has none: what was not recorded is never equal. */
function identity(file: RunFile, { study, settings, rows }: GroupContext): string | undefined {
  const { run } = file;
  const row = rows.get(file);
  const code = exactCode(run.run);
  if ((row === undefined || row.length === 0) && code === undefined) return undefined;
  const data = run.data.filter((item) => isEvaluation(item, settings)).map((item) => `${item.name}=${contentOf(item) ?? ""}`);
  return JSON.stringify([hashOf(row ?? noRow), code ?? commitOf(file), data.sort(), eraOf(run, study), programOf(run.run)]);
}

const noRow: Row = new Int32Array(0);

/** Narrows the search only; rows of one hash are compared. */
function hashOf(row: Row): number {
  let hash = row.length;
  for (const cell of row) hash = (Math.imul(hash, 0x01000193) ^ cell) | 0;
  return hash;
}

function isSameRow(row: Row, other: Row | undefined): boolean {
  return row.length === other?.length && row.every((cell, at) => cell === other[at]);
}

const commitOf = ({ run }: RunFile): string => (run.run?.commit === undefined ? "" : `commit ${run.run.commit}`);

function makeGroup(files: readonly RunFile[], context: GroupContext): Group {
  const first = files.find((file) => file.run.repeatOf === undefined) ?? files[0];
  if (first === undefined) throw new Error("a group has at least one run");
  const finished = files.filter((file) => file.run.status === "finished");
  const counted = readMembers(finished.length > 0 ? finished : files, context);
  const all = poolMembers(counted);
  const identical = isIdentical(all, context.metrics);
  const { members, copies } = identical || !isRepeated(all) ? { members: counted, copies: 0 } : withoutCopies(counted, isQuality(context));
  const decision = files.reduce<Decision | undefined>((latest, file) => file.run.decision ?? latest, undefined);
  return {
    key: first.run.id,
    files,
    first,
    era: eraOf(first.run, context.study),
    readings: copies === 0 ? all : poolMembers(members),
    members: counted,
    status: statusOf(files),
    identical,
    copies,
    ...(decision === undefined ? {} : { decision }),
  };
}

const byProgress: readonly Status[] = ["finished", "running", "planned", "failed", "lost"];

function statusOf(files: readonly RunFile[]): Status {
  return byProgress.find((status) => files.some((file) => file.run.status === status)) ?? "planned";
}

const isQuality =
  ({ metrics }: GroupContext) =>
  (name: string): boolean =>
    metrics.byName.get(name)?.duration === false && !isSize(name);

const isRepeated = (readings: ReadonlyMap<string, Reading>): boolean => [...readings.values()].some(({ n }) => n > 1);

/** Valid values of one era; durations of one machine class only, that of the first run. */
function readMembers(files: readonly RunFile[], { study, metrics }: GroupContext): readonly Member[] {
  const [first] = files;
  if (first === undefined || files.length === 1) return files.map((file) => ({ file, readings: readingsOf(file, metrics, study) }));
  const era = eraOf(first.run, study);
  const machine = machineKey(first.run.hardware);
  return files
    .filter((file) => eraOf(file.run, study) === era)
    .map((file) => {
      const readings = readingsOf(file, metrics, study);
      if (machineKey(file.run.hardware) === machine) return { file, readings };
      return { file, readings: new Map([...readings].filter(([name]) => metrics.byName.get(name)?.duration !== true)) };
    });
}

function poolMembers(members: readonly Member[]): ReadonlyMap<string, Reading> {
  const [only] = members;
  if (only !== undefined && members.length === 1) return only.readings;
  const parts = new Map<string, Reading[]>();
  for (const { readings } of members) {
    for (const [name, reading] of readings) {
      const list = parts.get(name);
      if (list === undefined) parts.set(name, [reading]);
      else list.push(reading);
    }
  }
  const pooled = new Map<string, Reading>();
  for (const [name, list] of parts) {
    const reading = pool(list);
    if (reading !== undefined) pooled.set(name, reading);
  }
  return pooled;
}

/** The valid readings of one run, by the metrics' own names. */
export function readingsOf({ run }: RunFile, { byName, slips }: Metrics, study: StudySettings): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>();
  for (const { name, after } of run.metrics) {
    const own = byName.get(name)?.name;
    if (own === undefined || after === undefined || slips.has(after) || (own !== name && readings.has(own))) continue;
    if (invalidity(run, own === name ? [own] : [own, name], study) === undefined) readings.set(own, after);
  }
  return readings;
}

/** Repetitions whose every quality is the same number were one run, run again: their n proves nothing. */
function isIdentical(readings: ReadonlyMap<string, Reading>, { byName }: Metrics): boolean {
  let repeated = 0;
  for (const [name, { values }] of readings) {
    if (byName.get(name)?.duration !== false || values.length < 2) continue;
    if (values.some((value) => value === null || value !== values[0])) return false;
    repeated += 1;
  }
  return repeated > 0;
}
