// Where the best runs lie: the recommendation of a parameter that no pair of runs tells about.

import type { StudySubjects } from "./subjects.ts";

/** Of a numeric parameter. */
export interface BestRange {
  /** As written, of the smallest and the largest value among the best runs. */
  readonly low: string;
  readonly high: string;
  /** Best runs, of all that recorded it. */
  readonly top: number;
  readonly n: number;
  /** The best run's value is the lowest or the highest of all: what lies beyond was not tried. */
  readonly edge?: "low" | "high";
}

const fewestRuns = 20;
const fewestTop = 5;

export function bestRange(
  { columns, results }: Pick<StudySubjects, "columns" | "results">,
  direction: "max" | "min" | undefined,
): ReadonlyMap<string, BestRange> {
  const ranges = new Map<string, BestRange>();
  if (direction === undefined || results.length < fewestRuns) return ranges;
  const sign = direction === "max" ? -1 : 1;
  const order = [...results.keys()].sort((left, right) => sign * ((results[left] ?? 0) - (results[right] ?? 0)) || left - right);
  for (const { name, codes, numbers, texts } of columns) {
    if (numbers === undefined || numbers.length < 3) continue;
    const recorded = order.flatMap((subject) => (codes[subject] === -1 ? [] : [codes[subject] ?? 0]));
    if (recorded.length < fewestRuns) continue;
    const top = recorded.slice(0, Math.max(fewestTop, Math.ceil(recorded.length / 10)));
    const byNumber = [...new Set(top)].sort((left, right) => (numbers[left] ?? 0) - (numbers[right] ?? 0));
    const [low = 0] = byNumber;
    const high = byNumber.at(-1) ?? low;
    const best = numbers[recorded[0] ?? 0];
    const edge =
      best === numbers.reduce((most, value) => Math.max(most, value))
        ? "high"
        : best === numbers.reduce((least, value) => Math.min(least, value))
          ? "low"
          : undefined;
    const all = new Set(recorded).size;
    // Best runs all over what was tried recommend nothing.
    if (byNumber.length === all && edge === undefined) continue;
    const range = { low: texts[low] ?? "", high: texts[high] ?? "", top: top.length, n: recorded.length };
    ranges.set(name, edge === undefined ? range : { ...range, edge });
  }
  return ranges;
}
