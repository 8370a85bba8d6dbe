// Which run a new one changes when nobody says: the study's best kept run, else its baseline, else none.

import { analyse } from "../analysis/analyse.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Journal } from "../store/journal.ts";

export interface DefaultBase {
  readonly file: RunFile;
  /** `best kept run by val_accuracy` */
  readonly why: string;
}

export function findDefaultBase(journal: Journal, study: string): DefaultBase | undefined {
  const files = journal.files().filter((file) => file.study === study);
  if (files.length === 0) return undefined;
  const analysis = analyse(files, journal.settings, journal.studies).studies.find(({ settings }) => settings.name === study);
  if (analysis === undefined) return undefined;
  const { groups, primary, baseline, settings } = analysis;
  const era = settings.protocols.at(-1)?.name;
  const kept = groups.filter(
    ({ first, decision }) =>
      decision === "keep" && first.run.status === "finished" && (first.run.protocol ?? settings.protocols[0]?.name) === era,
  );
  if (primary?.direction !== undefined) {
    const { name, direction } = primary;
    const measured = kept.flatMap(({ first, readings }) => {
      const mean = readings.get(name)?.mean;
      return mean === undefined ? [] : [{ first, mean: direction === "min" ? -mean : mean }];
    });
    const best = measured.reduce<(typeof measured)[number] | undefined>(
      (top, one) => (top === undefined || one.mean > top.mean ? one : top),
      undefined,
    );
    if (best !== undefined) return { file: best.first, why: `best kept run by ${name}` };
  }
  return baseline === undefined ? undefined : { file: baseline.first, why: "the study's baseline" };
}
