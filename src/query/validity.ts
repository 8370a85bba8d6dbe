// Whether a number counts: the protocol it was measured under, and what its author or the study declared invalid.

import type { Metric, Reading, Run } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";

/** The comparability era of a run; absent means the study's first, "" where the study names none. */
export function eraOf(run: Run, study?: StudySettings): string {
  return run.protocol ?? study?.protocols[0]?.name ?? "";
}

/** Why the metric of this run, under any of its names, is not to be used, "" where nobody said why; undefined when it is valid. */
export function invalidity(run: Run, names: readonly string[], study?: StudySettings): string | undefined {
  for (const key of [...names, "*"]) if (Object.hasOwn(run.invalid, key)) return run.invalid[key] ?? "";
  return invalidIn(eraOf(run, study), names, study);
}

/** Why the metric is not to be used in a whole era. */
export function invalidIn(era: string, names: readonly string[], study?: StudySettings): string | undefined {
  const protocol = study?.protocols.find((known) => known.name === era);
  return protocol?.invalid.some((metric) => metric === "*" || names.includes(metric)) ? (protocol.reason ?? "") : undefined;
}

/** What the run measured, under any of the metric's names. */
export function measured(metrics: readonly Metric[], names: readonly string[]): Reading | undefined {
  for (const name of names) {
    const after = metrics.find((metric) => metric.name === name)?.after;
    if (after !== undefined) return after;
  }
  return undefined;
}
