// Where each run of a study stands among the others: before and after which, and how good. A run's own page does not hold it, or one new
// run would rewrite them all.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { shardAddress } from "./runs-data.ts";
import { glyphOf } from "./words.ts";

export interface OrderData {
  /** Oldest first, without those that their authors hid. */
  readonly ids: readonly string[];
  /** A letter each: the first of its glyph's word. */
  readonly glyphs: string;
  /** The primary metric. */
  readonly metric?: {
    readonly label: string;
    readonly decimals: number;
    readonly unit?: string;
    readonly direction: "max" | "min";
  };
  /** Of the primary metric: one value per configuration that counts, at its first run. */
  readonly values: readonly (number | null)[];
  /** Later run of a configuration → its first. */
  readonly first: Readonly<Record<number, number>>;
  readonly best?: number;
}

export function orderAddress(study: string): string {
  return shardAddress(study, 1).replace(/1\.js$/, "order.js");
}

export function orderData(study: StudyAnalysis): OrderData {
  const files = study.files.filter(({ run }) => !run.hidden);
  const places = new Map(files.map((file, place) => [file, place]));
  const values: (number | null)[] = files.map(() => null);
  const first: Record<number, number> = {};
  for (const group of study.groups) {
    const [start, ...rest] = group.files.flatMap((file) => places.get(file) ?? []);
    if (start === undefined) continue;
    values[start] = standing(group, study);
    for (const place of rest) first[place] = start;
  }
  const best = bestPlace(study, places);
  const { primary } = study;
  return {
    ids: files.map(({ run }) => run.id),
    glyphs: files.map(({ run }) => glyphOf(run).word.charAt(0)).join(""),
    ...(primary?.direction === undefined
      ? {}
      : {
          metric: {
            label: primary.label,
            decimals: primary.decimals,
            direction: primary.direction,
            ...(primary.unit === undefined ? {} : { unit: primary.unit }),
          },
        }),
    values,
    first,
    ...(best === undefined ? {} : { best }),
  };
}

/** Finished and of the era that counts. */
function standing({ status, era, readings }: Group, study: StudyAnalysis): number | null {
  const mean =
    study.primary === undefined || status !== "finished" || era !== study.era ? undefined : readings.get(study.primary.name)?.mean;
  return mean === undefined || !Number.isFinite(mean) ? null : Number(mean.toPrecision(6));
}

function bestPlace({ best, primary }: StudyAnalysis, places: ReadonlyMap<Group["first"], number>): number | undefined {
  const group = best.find(({ goal }) => goal.metric === primary?.name && goal.where === undefined)?.group;
  return group?.files.map((file) => places.get(file)).find((place) => place !== undefined);
}
