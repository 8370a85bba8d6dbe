// A study that stands still, in sentences.

import { findStandstill } from "../analysis/standstill.ts";
import type { StudyAnalysis } from "../analysis/study.ts";
import { formatDelta } from "../record/format.ts";
import { countText } from "./counts.ts";
import { groupRef } from "./run-line.ts";
import type { Sentence } from "./sentence.ts";

export function standstillOf(study: StudyAnalysis): readonly Sentence[] {
  const { plateau, discards } = findStandstill(study);
  const metric = study.primary;
  const lines: Sentence[] = [];
  if (plateau !== undefined && metric !== undefined) {
    const size = formatDelta(0, plateau.minEffect, metric.unit, { decimals: metric.decimals, screen: true }).absolute.replace(/^\+/, "");
    const nothing = plateau.minEffect > 0 ? `none gained ${size}` : "none gained anything";
    lines.push([
      `A plateau: of the last ${countText(plateau.runs)} runs ${nothing} in ${metric.label}, not even at the end of its interval`,
    ]);
  }
  if (discards !== undefined)
    lines.push(
      discards.since === undefined
        ? [`${countText(discards.count)} discards in a row`]
        : [`${countText(discards.count)} discards in a row since `, { run: groupRef(discards.since) }, " was kept"],
    );
  return lines;
}
