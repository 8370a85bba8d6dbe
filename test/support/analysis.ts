// The default study of a handful of runs, analysed.

import { analyse } from "../../src/analysis/analyse.ts";
import type { AnalysedRun, StudyAnalysis } from "../../src/analysis/study.ts";
import type { RunFile } from "../../src/record/experiment.ts";
import type { Settings, StudySettings } from "../../src/record/settings.ts";
import { settings, study } from "./run.ts";

export function analyseStudy(
  files: readonly RunFile[],
  words: Partial<StudySettings> = {},
  journal: Partial<Settings> = {},
): StudyAnalysis {
  const made = study(words);
  const [found] = analyse(files, settings({ ...journal, study: made }), new Map([["", made]])).studies;
  if (found === undefined) throw new Error("there is always a default study");
  return found;
}

export function runOf(found: StudyAnalysis, id: string): AnalysedRun {
  const run = found.runs.get(id);
  if (run === undefined) throw new Error(`no run ${id}`);
  return run;
}
