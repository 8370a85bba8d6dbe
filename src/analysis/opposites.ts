// The same change that helped in one place and hurt in another.

import type { Contrast } from "./contrasts.ts";
import type { StudyAnalysis } from "./study.ts";

export interface Opposite {
  readonly from: string;
  readonly to: string;
  /** Ids of runs to which the change, made in this direction, gave a better or a worse result. */
  readonly better: readonly string[];
  readonly worse: readonly string[];
  /** One of either side was judged so: it is not noise alone. */
  readonly judged: boolean;
  /** Runs of the same change, one kept and one discarded. */
  readonly decisions: boolean;
}

export function findOpposites(contrasts: readonly Contrast[], { runs }: Pick<StudyAnalysis, "runs">): readonly Opposite[] {
  return contrasts.flatMap(({ from, to, pairs }): readonly Opposite[] => {
    if (pairs.length < 2) return [];
    const told = pairs.map(({ from: own, delta, run }) => {
      const along = own === from;
      const { word } = delta.evidence;
      return {
        run,
        better: delta.better === undefined ? undefined : delta.better === along,
        judged: word === "better" || word === "worse",
        decision: along ? runs.get(run)?.group.decision : undefined,
      };
    });
    const better = told.filter((one) => one.better === true);
    const worse = told.filter((one) => one.better === false);
    const decisions = (["keep", "discard"] as const).every((word) => told.some(({ decision }) => decision === word));
    if ((better.length === 0 || worse.length === 0) && !decisions) return [];
    const judged = better.some((one) => one.judged) && worse.some((one) => one.judged);
    return [{ from, to, better: better.map(({ run }) => run), worse: worse.map(({ run }) => run), judged, decisions }];
  });
}
