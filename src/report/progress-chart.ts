// Are we getting better? Every try in order with its decision, the best so far as a step line, the baseline as a dotted rule.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { Chart } from "./chart.ts";
import { legendOf } from "./chart-parts.ts";
import { findProgress, type Progress, type ProgressPoint } from "./progress-chart-data.ts";
import { type Drawing, drawProgress } from "./progress-chart-draw.ts";
import { mostApart } from "./progress-chart-layers.ts";
import { liveProgress } from "./progress-chart-live.ts";
import { progressCaption, progressName, progressTable } from "./progress-chart-words.ts";

/** Nothing is drawn below three points: a sentence says it better. */
export function progressChart(study: StudyAnalysis, slug: string): Chart | undefined {
  const progress = findProgress(study);
  if (progress === undefined || progress.points.length < 3) return undefined;
  const wide = thin(progress, 400, 120);
  const narrow = thin(progress, 120, 40);
  return {
    slug,
    name: progressName(progress, study),
    wide: drawProgress(progress, study, { ...wide, narrow: false }),
    narrow: drawProgress(progress, study, { ...narrow, narrow: true }),
    caption: progressCaption(progress, wide.points.length),
    legend: legendOf([...progress.points.map(({ mark }) => mark), ...(progress.failures.length > 0 ? (["failed"] as const) : [])]),
    data: progressTable(progress, study),
    live: () => liveProgress(progress, study, wide),
  };
}

/** Above `all` points the newest ones stay points and, over the whole stretch, the kept ones that matter; the others become columns. */
function thin({ points, best, range }: Progress, all: number, newest: number): Pick<Drawing, "points" | "chosen" | "columns"> {
  const isInside = ({ y }: ProgressPoint): boolean => y >= range.low && y <= range.high;
  const crowded = points.filter((point) => !isInside(point)).length > mostApart;
  const seen = crowded ? points.filter(isInside) : points;
  if (points.length <= all) return { points: seen, chosen: new Set(points), columns: [] };
  const older = points.slice(0, -newest);
  const steps = new Set(best.map(({ x }) => x));
  const kept = older.filter(({ mark }) => mark === "kept");
  const marked = [...spread(kept, newest), ...kept.filter(({ x }) => steps.has(x))].slice(-newest);
  const chosen = new Set([...marked, ...points.slice(-newest)]);
  return { points: seen.filter((point) => chosen.has(point)), chosen, columns: older };
}

/** `most` of them, evenly. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]).filter((one) => one !== undefined);
}
