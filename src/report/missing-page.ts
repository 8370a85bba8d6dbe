// What a reader sees who followed a link to nowhere: the search, and the newest runs.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { PageFrame } from "./page.ts";
import { newestOfAll, type RunLine, runLines } from "./run-line.ts";

export interface MissingPage {
  readonly frame: PageFrame;
  readonly newest: readonly RunLine[];
}

const most = 10;

export function missingPage(studies: readonly StudyAnalysis[], frame: PageFrame): MissingPage {
  return {
    frame,
    newest: newestOfAll(studies, most, ({ status }) => status !== "planned").flatMap(({ group, study }) => runLines([group], study, 2)),
  };
}
