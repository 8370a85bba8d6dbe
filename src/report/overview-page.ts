import { deltaBetweenGroups } from "../analysis/deltas.ts";
import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { indexTables } from "./index-tables.ts";
import type { Figure, PageFrame } from "./page.ts";
import type { Table } from "./table.ts";
import { deltaText, glyphOf, newestFirst, readingText } from "./words.ts";

export interface Headline {
  readonly value: string;
  readonly label: string;
}

export interface OverviewPage {
  readonly frame: PageFrame;
  readonly question?: string;
  readonly headlines: readonly Headline[];
  readonly figure?: Figure;
  readonly tables: readonly Table[];
  readonly next: readonly { readonly text: string; readonly run: string }[];
}

/** The page without its picture. */
export function overviewPage(study: StudyAnalysis, frame: PageFrame): OverviewPage {
  const { settings } = study;
  return {
    frame,
    ...(settings.question === undefined ? {} : { question: settings.question }),
    headlines: headlines(study),
    tables: indexTables(study),
    next: study.files
      .flatMap(({ run, body }) => body.tasks.filter((task) => !task.done).map((task) => ({ text: task.text, run: run.id })))
      .reverse()
      .slice(0, 20),
  };
}

function headlines(study: StudyAnalysis): readonly Headline[] {
  const metric = study.primary;
  const best = study.best[0];
  const out: Headline[] = [];
  if (metric && best?.group) {
    out.push({ value: readingText(best.reading, metric) ?? "–", label: `best ${metric.label}, ${best.group.first.run.id}` });
    const { baseline } = study;
    const delta = baseline === undefined || baseline === best.group ? undefined : deltaBetweenGroups(baseline, best.group, metric, study);
    if (baseline && delta) out.push({ value: deltaText(delta, metric) ?? "–", label: `against the baseline ${baseline.first.run.id}` });
  }
  return [...out, ...counts(newestFirst(study))];
}

/** The marks are explained under their numbers. */
function counts(groups: readonly Group[]): readonly Headline[] {
  const words = new Map<string, { readonly mark: string; n: number }>();
  for (const group of groups) {
    const { mark, word } = glyphOf(group);
    const known = words.get(word);
    if (known === undefined) words.set(word, { mark, n: 1 });
    else known.n += 1;
  }
  if (words.size === 0) return [];
  const sorted = [...words].sort(([, left], [, right]) => right.n - left.n);
  return [
    {
      value: sorted.map(([, { mark, n }]) => `${n} ${mark}`).join("  "),
      label: sorted.map(([word, { mark }]) => `${mark} ${word}`).join(", "),
    },
  ];
}
