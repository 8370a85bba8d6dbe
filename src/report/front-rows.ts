// What quality costs: two metrics, every configuration, and those that no other one beats in both.

import { type Front, findFront, type Trade } from "../analysis/front.ts";
import { machineName } from "../analysis/hardware.ts";
import type { MetricView, StudyAnalysis } from "../analysis/study.ts";
import { groupRef } from "./group-ref.ts";
import type { Chip, RunRef } from "./page.ts";
import { chips, valueText } from "./view.ts";

export interface FrontRows {
  readonly x: string;
  readonly y: string;
  readonly rows: readonly {
    readonly run: RunRef;
    readonly changes: readonly Chip[];
    readonly x: string;
    readonly y: string;
    /** Better in neither than another by more than the noise. */
    readonly near: boolean;
  }[];
  readonly more: number;
}

export interface TradeOff {
  readonly x: MetricView;
  readonly y: MetricView;
  readonly front: Front;
  /** As its runs wrote it, where times of one machine class are shown. */
  readonly machine?: string;
}

/** The quality is the primary metric; the cost is the other goal's metric, else a time, else what has a direction. */
export function tradeOffOf(study: StudyAnalysis): TradeOff | undefined {
  const { primary: y } = study;
  const x = y === undefined ? undefined : costOf(y, study);
  if (x === undefined || y === undefined) return undefined;
  const front = findFront(x, y, study);
  if (front.trades.length === 0) return undefined;
  const machine = front.machine === undefined ? undefined : machineName(front.trades[0]?.group.first.run.hardware);
  return { x, y, front, ...(machine === undefined ? {} : { machine }) };
}

/** What the quality is weighed against. */
export function costOf(primary: MetricView, { metrics, best, era, groups }: StudyAnalysis): MetricView | undefined {
  const recorded = ({ name }: MetricView): boolean =>
    groups.some(
      ({ status, era: own, readings }) =>
        status === "finished" && own === era && readings.get(name)?.mean !== undefined && readings.has(primary.name),
    );
  const goals = best.map(({ goal }) => goal.metric);
  const others = metrics.filter((metric) => metric !== primary && recorded(metric));
  return (
    others.find(({ name }) => goals.includes(name)) ??
    others.find(({ duration }) => duration) ??
    others.find(({ direction }) => direction === "min") ??
    others.find(({ direction }) => direction !== undefined)
  );
}

/** Why there is no picture. */
export function noTradeOff({ primary, metrics }: StudyAnalysis): string {
  if (primary === undefined) return "The trade-off needs two metrics; none is recorded.";
  return metrics.length < 2
    ? `The trade-off needs two metrics; only ${primary.label} is recorded.`
    : `The trade-off needs a second metric with a direction, measured by the same runs as ${primary.label}.`;
}

const mostRows = 50;

/** The front by cost, then what lies within noise of it. */
export function frontRows({ x, y, front }: TradeOff, study: StudyAnalysis): FrontRows {
  const near = front.trades.filter(({ place }) => place === "near").sort((left, right) => left.x - right.x);
  const all = [...front.members, ...near];
  return {
    x: x.label + arrow(x),
    y: y.label + arrow(y),
    rows: all.slice(0, mostRows).map(({ group, place }: Trade) => ({
      run: groupRef(group),
      changes: chips(study.runs.get(group.first.run.id), 2),
      x: valueText(group.readings.get(x.name), x) ?? "",
      y: valueText(group.readings.get(y.name), y) ?? "",
      near: place === "near",
    })),
    more: Math.max(all.length - mostRows, 0),
  };
}

const arrow = ({ direction }: MetricView): string => (direction === undefined ? "" : direction === "max" ? " ↑" : " ↓");
