// The best configuration for each goal, and how many it was chosen from. Never stored: computed from finished, valid, undiscarded runs of the current era.

import { JournalError } from "../base/problem.ts";
import { compile, type Predicate } from "../query/matcher.ts";
import { parseFilter } from "../query/parser.ts";
import type { Vocabulary } from "../query/vocabulary.ts";
import type { Direction, Reading } from "../record/experiment.ts";
import type { Goal, StudySettings } from "../record/settings.ts";
import { remeasured } from "./deltas.ts";
import { machineKey, machineName } from "./hardware.ts";
import type { Metrics } from "./metrics.ts";
import type { Best, Group } from "./study.ts";

export interface BestContext {
  readonly study: StudySettings;
  readonly era: string;
  readonly metrics: Metrics;
  /** Made only when a goal has a filter. */
  readonly vocabulary: () => Vocabulary;
  /** Kept configurations only. */
  readonly kept?: boolean;
}

/** A finished group and its values in the current era. */
interface Candidate {
  readonly group: Group;
  readonly readings: ReadonlyMap<string, Reading>;
}

/** The study's goals, else the primary metric's direction and the time's. */
export function goalsOf(study: StudySettings, metrics: Metrics): readonly Goal[] {
  if (study.goals.length > 0) return study.goals;
  const { primary } = metrics;
  const time = metrics.views.find(({ duration, direction }) => duration && direction !== undefined);
  const goals: Goal[] = [];
  if (primary?.direction !== undefined) goals.push({ name: primary.label, direction: primary.direction, metric: primary.name });
  if (time?.direction !== undefined && time !== primary) goals.push({ name: time.label, direction: time.direction, metric: time.name });
  return goals;
}

export function findBest(groups: readonly Group[], goals: readonly Goal[], context: BestContext): readonly Best[] {
  const { era, metrics, study } = context;
  const finished = groups.flatMap((group): readonly Candidate[] => {
    if (group.status !== "finished") return [];
    const readings = group.era === era ? group.readings : remeasured(group.files, era, metrics, study);
    return readings.size === 0 ? [] : [{ group, readings }];
  });
  const open = finished.filter(({ group }) => (context.kept ? group.decision === "keep" : group.decision !== "discard"));
  return goals.map((goal) => bestFor(goal, finished, open, context));
}

function bestFor(goal: Goal, finished: readonly Candidate[], open: readonly Candidate[], context: BestContext): Best {
  const view = context.metrics.byName.get(goal.metric);
  const metric = view?.name ?? goal.metric;
  const all = finished.filter(({ readings }) => readings.get(metric)?.mean !== undefined);
  const machine = view?.duration === true ? mostUsedMachine(all) : undefined;
  const here = (candidate: Candidate): boolean => machine === undefined || machineOf(candidate) === machine.key;
  const chosen = { goal, tries: all.filter(here).length, ...(machine?.name === undefined ? {} : { machine: machine.name }) };
  let where: Predicate | undefined;
  try {
    where = whereOf(goal, open, context);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const [problem] = error.problems;
    return { ...chosen, ...(problem === undefined ? {} : { problem }) };
  }
  const allowed = open.filter((candidate) => here(candidate) && (where?.(candidate.group.first, candidate.readings) ?? true));
  const top = topOf(allowed, metric, goal.direction);
  const reading = top?.readings.get(metric);
  return { ...chosen, ...(top === undefined || reading === undefined ? {} : { group: top.group, reading }) };
}

/** Throws a JournalError for a filter that makes no sense. */
function whereOf(goal: Goal, open: readonly Candidate[], { metrics, vocabulary }: BestContext): Predicate | undefined {
  if (goal.where === undefined) return undefined;
  return compile(parseFilter(goal.where), vocabulary(), { best: (name) => bestValue(open, name, directionIn(name, goal, metrics)) });
}

const machineOf = ({ group }: Candidate): string => machineKey(group.first.run.hardware);

/** Times compare within one machine class: of several the one with the most runs, of equals the newest. */
function mostUsedMachine(candidates: readonly Candidate[]): { readonly key: string; readonly name?: string } | undefined {
  const counts = new Map<string, number>();
  for (const candidate of candidates) counts.set(machineOf(candidate), (counts.get(machineOf(candidate)) ?? 0) + 1);
  if (counts.size < 2) return undefined;
  const [key] = [...counts].reduce((most, one) => (one[1] >= most[1] ? one : most));
  const name = machineName(candidates.find((candidate) => machineOf(candidate) === key)?.group.first.run.hardware);
  return { key, ...(name === undefined ? {} : { name }) };
}

function directionIn(name: string, goal: Goal, { byName }: Metrics): Direction | undefined {
  return name === goal.metric ? goal.direction : byName.get(name)?.direction;
}

function bestValue(candidates: readonly Candidate[], name: string, direction: Direction | undefined): number | undefined {
  return direction === undefined ? undefined : topOf(candidates, name, direction)?.readings.get(name)?.mean;
}

/** Of equals the oldest. */
function topOf(candidates: readonly Candidate[], metric: string, direction: Direction): Candidate | undefined {
  let top: Candidate | undefined;
  let value = 0;
  for (const candidate of candidates) {
    const mean = candidate.readings.get(metric)?.mean;
    if (mean === undefined || !Number.isFinite(mean)) continue;
    if (top !== undefined && (direction === "max" ? mean <= value : mean >= value)) continue;
    top = candidate;
    value = mean;
  }
  return top;
}
