// Does it get better? A word-sized line: the baseline dotted, the best so far as steps, a dot where it stands now.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { valueText } from "./view.ts";

export interface Sparkline {
  readonly width: number;
  readonly height: number;
  /** Best so far, as path data; absent below three values. */
  readonly line?: string;
  /** Nothing is kept yet: the line is over all values. */
  readonly open: boolean;
  /** y of the baseline. */
  readonly baseline?: number;
  /** The end of the line, or the values there are. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** The sentence that stands for the picture. */
  readonly label: string;
}

const inset = 3;

/** Nothing without a metric that has a direction, and a value of it in the protocol that counts. */
export function sparklineOf(study: StudyAnalysis, width = 120, height = 24): Sparkline | undefined {
  const { primary, baseline, era } = study;
  const direction = primary?.direction;
  if (primary === undefined || direction === undefined) return undefined;
  const measured = study.groups.flatMap((group) => {
    const value = group.readings.get(primary.name)?.mean;
    return value === undefined || group.era !== era || group.status !== "finished" || group.first.run.hidden ? [] : [{ group, value }];
  });
  const base = baseline?.era === era ? baseline.readings.get(primary.name)?.mean : undefined;
  const kept = measured.some(({ group }) => group.decision === "keep");
  const bests = bestSoFar(measured, { kept, better: direction === "max" ? Math.max : Math.min });
  const last = bests.findLast((value) => value !== undefined);
  if (last === undefined) return undefined;
  const few = measured.length < 3;
  const x = (at: number): number => tenth(inset + (measured.length < 2 ? 1 : at / (measured.length - 1)) * (width - 2 * inset));
  const y = scale([...(few ? measured.map(({ value }) => value) : bests), base], height);
  return {
    width,
    height,
    open: !kept,
    ...(base === undefined ? {} : { baseline: y(base) }),
    ...(few ? {} : { line: stepPath(bests, x, y) }),
    dots: few ? measured.map(({ value }, at) => ({ x: x(at), y: y(value) })) : [{ x: x(measured.length - 1), y: y(last) }],
    label: labelOf(study, measured.length, last),
  };
}

interface Measured {
  readonly group: Group;
  readonly value: number;
}

/** Over kept runs; where nothing is kept, over all that were not discarded. */
function bestSoFar(
  measured: readonly Measured[],
  { kept, better }: { readonly kept: boolean; readonly better: (...values: number[]) => number },
): readonly (number | undefined)[] {
  let best: number | undefined;
  return measured.map(({ group, value }) => {
    const counts = kept ? group.decision === "keep" : group.decision !== "discard";
    if (counts) best = best === undefined ? value : better(best, value);
    return best;
  });
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

function scale(values: readonly (number | undefined)[], height: number): (value: number) => number {
  const known = values.filter((value) => value !== undefined);
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const span = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY) - low;
  return (value) => (span > 0 ? tenth(inset + (1 - (value - low) / span) * (height - 2 * inset)) : height / 2);
}

/** One corner where the best changes, at most one per pixel. */
function stepPath(bests: readonly (number | undefined)[], x: (at: number) => number, y: (value: number) => number): string {
  const corners: { x: number; y: number }[] = [];
  for (const [at, best] of bests.entries()) {
    if (best === undefined) continue;
    const corner = { x: Math.round(x(at)), y: y(best) };
    const before = corners.at(-1);
    if (before?.y === corner.y) continue;
    if (before?.x === corner.x) before.y = corner.y;
    else corners.push(corner);
  }
  const [first, ...rest] = corners;
  if (first === undefined) return "";
  return `M${first.x} ${first.y}${rest.map((corner) => `H${corner.x}V${corner.y}`).join("")}H${x(bests.length - 1)}`;
}

function labelOf(study: StudyAnalysis, n: number, last: number): string {
  const { primary, baseline } = study;
  if (primary === undefined) return "";
  const shown = (mean: number): string => valueText({ values: [mean], mean, n: 1, diverged: 0, text: "" }, primary) ?? "";
  const base = baseline?.readings.get(primary.name)?.mean;
  return `${primary.label}: best ${shown(last)} of ${n}${base === undefined ? "" : `, baseline ${shown(base)}`}`;
}
