// Which configurations are worth their cost: none other is better in both metrics.

import { machineKey } from "./hardware.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";

export interface Trade {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
  /** `near`: others are better in both, but none by more than the noise. What was discarded is behind, wherever it lies. */
  readonly place: "front" | "near" | "behind";
}

export interface Front {
  /** In order of the runs. */
  readonly trades: readonly Trade[];
  /** Of the front itself, by x. */
  readonly members: readonly Trade[];
  /** Times compare within one machine class: those of the others are left out. */
  readonly machine?: string;
  readonly elsewhere: number;
  /** Finished configurations without one of the two. */
  readonly partial: number;
  readonly failed: number;
  /** Discarded ones that no member of the front beats. */
  readonly beyond: number;
}

/** A metric without a direction has none that is better: smaller counts as cheaper for x, larger as better for y. */
export function findFront(x: MetricView, y: MetricView, study: Pick<StudyAnalysis, "groups" | "noise" | "era">): Front {
  const shown = study.groups.filter(({ first, era }) => !first.run.hidden && era === study.era);
  const finished = shown.filter(({ status }) => status === "finished");
  const measured = finished.flatMap((group) => candidateOf(group, x, y) ?? []);
  const machine = x.duration || y.duration ? mostUsed(measured) : undefined;
  const here = machine === undefined ? measured : measured.filter(({ group }) => machineKey(group.first.run.hardware) === machine);
  const members = frontOf(here.filter(isOpen));
  const on = new Set(members);
  const noise = [study.noise.get(x.name)?.sd, study.noise.get(y.name)?.sd] as const;
  const trades = here.map((candidate): Trade => {
    const { group, x: cost, y: worth } = candidate;
    const near = !on.has(candidate) && isOpen(candidate) && isNear(candidate, members, noise);
    return { group, x: cost, y: worth, place: on.has(candidate) ? "front" : near ? "near" : "behind" };
  });
  return {
    trades,
    members: trades.filter(({ place }) => place === "front").sort((left, right) => left.x - right.x || left.y - right.y),
    ...(machine === undefined || machine === "" ? {} : { machine }),
    elsewhere: measured.length - here.length,
    partial: finished.length - measured.length,
    failed: shown.filter(({ status }) => status === "failed" || status === "lost").length,
    beyond: here.filter((candidate) => !isOpen(candidate) && !members.some((member) => beats(member, candidate))).length,
  };
}

interface Candidate {
  readonly group: Group;
  readonly x: number;
  readonly y: number;
  /** Signed so that more is better. */
  readonly gains: readonly [number, number];
  readonly sizes: readonly [number, number];
}

function candidateOf(group: Group, x: MetricView, y: MetricView): Candidate | undefined {
  const cost = group.readings.get(x.name);
  const worth = group.readings.get(y.name);
  if (cost?.mean === undefined || worth?.mean === undefined) return undefined;
  const gains = [
    (x.direction ?? "min") === "max" ? cost.mean : -cost.mean,
    (y.direction ?? "max") === "max" ? worth.mean : -worth.mean,
  ] as const;
  return { group, x: cost.mean, y: worth.mean, gains, sizes: [Math.max(cost.n, 1), Math.max(worth.n, 1)] };
}

const isOpen = ({ group }: Candidate): boolean => group.decision !== "discard";

/** Of several the one with most runs; nothing where there is one only. */
function mostUsed(measured: readonly Candidate[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { group } of measured) {
    const key = machineKey(group.first.run.hardware);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size < 2) return undefined;
  return [...counts].reduce((most, one) => (one[1] >= most[1] ? one : most))[0];
}

const beats = ({ gains: [cost, worth] }: Candidate, { gains }: Candidate): boolean => cost >= gains[0] && worth >= gains[1];

/** No member that beats it does so by more than the noise, in neither metric. */
function isNear(candidate: Candidate, members: readonly Candidate[], noise: readonly [number | undefined, number | undefined]): boolean {
  return members.every(
    (member) => !beats(member, candidate) || (within(candidate, member, noise, 0) && within(candidate, member, noise, 1)),
  );
}

function within(left: Candidate, right: Candidate, noise: readonly [number | undefined, number | undefined], at: 0 | 1): boolean {
  const difference = Math.abs(left.gains[at] - right.gains[at]);
  const sd = noise[at];
  return sd === undefined ? difference === 0 : difference <= 1.96 * sd * Math.sqrt(1 / left.sizes[at] + 1 / right.sizes[at]);
}

/** Of equals the oldest. */
function frontOf(candidates: readonly Candidate[]): readonly Candidate[] {
  const sorted = candidates.toSorted((left, right) => right.gains[0] - left.gains[0] || right.gains[1] - left.gains[1]);
  const members: Candidate[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const candidate of sorted) {
    if (candidate.gains[1] <= best) continue;
    best = candidate.gains[1];
    members.push(candidate);
  }
  return members;
}
