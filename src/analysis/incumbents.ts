// Who was the best at any time, and what was tried since somebody last made sure. Within the eras; in the order of the runs.

import { eraOf, invalidity, measured } from "../query/validity.ts";
import type { RunFile } from "../record/experiment.ts";
import { machineKey } from "./hardware.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";

export interface Incumbent {
  readonly group: Group;
  readonly era: string;
  /** When it was measured. */
  readonly since: RunFile;
  /** As known today: pooled over all its repeats. */
  readonly value: number;
  /** Configurations first measured while it was the best. */
  readonly tries: number;
  /** Runs that measured it again while it was the best. */
  readonly confirmations: readonly RunFile[];
}

type Study = Pick<StudyAnalysis, "groups" | "files" | "settings">;

/** The cumulative best over kept runs; over all that were not discarded where nothing was kept. */
export function incumbentsOf(study: Study, metric: MetricView): readonly Incumbent[] {
  const { direction } = metric;
  if (direction === undefined) return [];
  const homes = homesOf(study.groups);
  const kept = study.groups.some(({ decision }) => decision === "keep");
  const line: { -readonly [key in keyof Incumbent]: Incumbent[key] }[] = [];
  const seen = new Set<Group>();
  for (const file of study.files) {
    const group = homes.get(file);
    const value = group?.readings.get(metric.name)?.mean;
    if (group === undefined || value === undefined || !counts(file, group, metric, study)) continue;
    const last = line.findLast(({ era, group: other }) => era === group.era && (!metric.duration || isSameMachine(other, group)));
    if (seen.has(group)) {
      if (last?.group === group) last.confirmations = [...last.confirmations, file];
      continue;
    }
    seen.add(group);
    if (last !== undefined) last.tries += 1;
    const eligible = kept ? group.decision === "keep" : group.decision !== "discard";
    if (!eligible || (last !== undefined && (direction === "max" ? value <= last.value : value >= last.value))) continue;
    line.push({ group, era: group.era, since: file, value, tries: 0, confirmations: [] });
  }
  return line;
}

function homesOf(groups: readonly Group[]): ReadonlyMap<RunFile, Group> {
  const homes = new Map<RunFile, Group>();
  for (const group of groups) for (const file of group.files) homes.set(file, group);
  return homes;
}

/** It measured the metric, validly, in the era of its configuration. */
function counts(file: RunFile, group: Group, { name }: MetricView, { settings }: Study): boolean {
  const { run } = file;
  const names = [name, ...(Object.hasOwn(settings.metrics, name) ? (settings.metrics[name]?.from ?? []) : [])];
  if (run.status !== "finished" || eraOf(run, settings) !== group.era || invalidity(run, names, settings) !== undefined) return false;
  return measured(run.metrics, names)?.mean !== undefined;
}

const isSameMachine = (one: Group, other: Group): boolean => machineKey(one.first.run.hardware) === machineKey(other.first.run.hardware);

export interface SinceConfirmation {
  /** Configurations first measured since then; all of the era where nothing was ever confirmed. */
  readonly tries: number;
  /** The run that last measured the best of its time again. */
  readonly last?: RunFile;
}

/** The more is tried without making sure, the luckier the best of it is. */
export function sinceConfirmation(study: Study & Pick<StudyAnalysis, "era">, metric: MetricView): SinceConfirmation {
  const line = incumbentsOf(study, metric).filter(({ era }) => era === study.era);
  const at = line.findLastIndex(({ confirmations }) => confirmations.length > 0);
  const last = line[at]?.confirmations.at(-1);
  const position = last === undefined ? -1 : study.files.indexOf(last);
  const order = new Map(study.files.map((file, place) => [file, place]));
  const fresh = study.groups.filter((group) => {
    if (group.era !== study.era || !group.readings.has(metric.name)) return false;
    const first = group.files.find((file) => counts(file, group, metric, study));
    return first !== undefined && (order.get(first) ?? -1) > position;
  });
  return { tries: fresh.length, ...(last === undefined ? {} : { last }) };
}
