import type { StudyAnalysis } from "../analysis/study.ts";
import type { View } from "../record/settings.ts";
import { type LogFacts, logFacts } from "./log-columns.ts";
import type { DataHead } from "./runs-data.ts";

export interface HeadWords {
  readonly title: string;
  readonly views: Readonly<Record<string, View>>;
}

export function dataHead(study: StudyAnalysis, { title, views }: HeadWords, facts: LogFacts = logFacts(study)): DataHead {
  return {
    settings: study.settings,
    title,
    runs: study.files.filter(({ run }) => !run.hidden).length,
    era: study.era,
    metrics: study.metrics,
    noise: Object.fromEntries(study.noise),
    ...(study.primary === undefined ? {} : { primary: study.primary.name }),
    ...facts,
    ...(study.baseline === undefined ? {} : { baseline: study.baseline.key }),
    best: study.best.flatMap(({ goal, group }) => (group === undefined ? [] : [{ goal: goal.name, id: group.key }])),
    views,
  };
}
