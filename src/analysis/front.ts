// Which configurations are worth their cost: none other is better in both metrics.

import type { Direction } from "../record/experiment.ts";
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
  const measured = finished.flatMap((group): readonly Measured[] => {
    const at = group.readings.get(x.name)?.mean;
    const worth = group.readings.get(y.name)?.mean;
    return at === undefined || worth === undefined ? [] : [{ group, x: at, y: worth, place: "behind" }];
  });
  const timed = x.duration || y.duration;
  const machine = timed ? mostUsed(measured) : undefined;
  const here = measured.filter(({ group }) => machine === undefined || machineKey(group.first.run.hardware) === machine);
  const judge = judgeOf(x, y, study);
  const open = here.filter(({ group }) => group.decision !== "discard");
  const members = frontOf(open, judge);
  const on = new Set(members.map(({ group }) => group));
  const candidates = new Set(open);
  const placed = here.map(
    (trade): Trade => ({
      ...trade,
      place: on.has(trade.group) ? "front" : candidates.has(trade) && judge.near(trade, members) ? "near" : "behind",
    }),
  );
  return {
    trades: placed,
    members: placed.filter(({ place }) => place === "front").sort((left, right) => left.x - right.x || left.y - right.y),
    ...(machine === undefined || machine === "" ? {} : { machine }),
    elsewhere: measured.length - here.length,
    partial: finished.length - measured.length,
    beyond: here.filter((trade) => !candidates.has(trade) && !judge.beaten(trade, members)).length,
    failed: shown.filter(({ status }) => status === "failed" || status === "lost").length,
  };
}

type Measured = Trade;

/** Of several the one with most runs; nothing where there is one only. */
function mostUsed(measured: readonly Measured[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { group } of measured) {
    const key = machineKey(group.first.run.hardware);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (counts.size < 2) return undefined;
  return [...counts].reduce((most, one) => (one[1] >= most[1] ? one : most))[0];
}

interface Judge {
  /** Signed so that more is better. */
  readonly gains: (trade: Measured) => readonly [number, number];
  readonly near: (trade: Measured, members: readonly Measured[]) => boolean;
  readonly beaten: (trade: Measured, members: readonly Measured[]) => boolean;
}

function judgeOf(x: MetricView, y: MetricView, { noise }: Pick<StudyAnalysis, "noise">): Judge {
  const signOf = (direction: Direction | undefined, otherwise: Direction): number => ((direction ?? otherwise) === "max" ? 1 : -1);
  const signs = [signOf(x.direction, "min"), signOf(y.direction, "max")] as const;
  const gains = (trade: Measured): readonly [number, number] => [trade.x * signs[0], trade.y * signs[1]];
  const within = (metric: MetricView, left: Measured, right: Measured, difference: number): boolean => {
    const sd = noise.get(metric.name)?.sd;
    if (sd === undefined) return difference === 0;
    const sizes = [left, right].map(({ group }) => Math.max(group.readings.get(metric.name)?.n ?? 1, 1));
    return Math.abs(difference) <= 1.96 * sd * Math.sqrt(1 / (sizes[0] ?? 1) + 1 / (sizes[1] ?? 1));
  };
  const near = (trade: Measured, members: readonly Measured[]): boolean => {
    const own = gains(trade);
    return members.every((member) => {
      const theirs = gains(member);
      const beaten = theirs[0] >= own[0] && theirs[1] >= own[1];
      return !beaten || (within(x, trade, member, theirs[0] - own[0]) && within(y, trade, member, theirs[1] - own[1]));
    });
  };
  const beaten = (trade: Measured, members: readonly Measured[]): boolean =>
    members.some((member) => gains(member).every((gain, at) => gain >= (gains(trade)[at] ?? 0)));
  return { gains, near, beaten };
}

/** Of equals the oldest. */
function frontOf(trades: readonly Measured[], { gains }: Judge): readonly Measured[] {
  const sorted = trades
    .map((trade, order) => ({ trade, order, gain: gains(trade) }))
    .sort((left, right) => right.gain[0] - left.gain[0] || right.gain[1] - left.gain[1] || left.order - right.order);
  const members: Measured[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const { trade, gain } of sorted) {
    if (gain[1] <= best) continue;
    best = gain[1];
    members.push(trade);
  }
  return members;
}
