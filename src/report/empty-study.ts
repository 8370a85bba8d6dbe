// What the pages of a study say when there is nothing to show on them yet.

import type { StudyAnalysis } from "../analysis/study.ts";
import { shellWord } from "../base/shell.ts";
import { countRuns } from "./counts.ts";
import type { Notice } from "./page.ts";

/** Without a run, without a metric, with failures only; nothing where the page has something to work with. */
export function emptyStudy({ groups, primary }: Pick<StudyAnalysis, "groups" | "primary">): Notice | undefined {
  const shown = groups.filter(({ first }) => !first.run.hidden);
  const last = shown.at(-1);
  if (last === undefined) return { kind: "info", text: "Nothing here yet. Write the first run:", command: 'journal new "Baseline"' };
  if (shown.every(({ status }) => status === "failed" || status === "lost")) {
    const why = last.files.at(-1)?.run.reason;
    const runs = countRuns(shown);
    const all = runs === 1 ? "The only run failed" : `All ${runs} runs failed`;
    return { kind: "bad", text: why === undefined ? `${all}.` : `${all}; ${runs === 1 ? "it said" : "the last"}: ${why}` };
  }
  const measured = shown.some(({ files }) => files.some(({ run }) => run.metrics.length > 0));
  if (primary === undefined || !measured)
    return { kind: "info", text: "No run has a metric yet.", command: `journal log ${shellWord(last.first.run.id)} val_accuracy=85.5%` };
  return undefined;
}

/** Which metric the page is about, where nobody said so, and that nobody said which way is better. */
export function guessNotices({ primary, primaryGuessed }: Pick<StudyAnalysis, "primary" | "primaryGuessed">): readonly Notice[] {
  if (primary === undefined) return [];
  const { label, name, direction } = primary;
  return [
    ...(primaryGuessed
      ? [
          {
            kind: "info",
            text: `Showing ${label}. The metric that counts is named in journal.yaml:`,
            command: `study: { primary: ${name} }`,
          } as const,
        ]
      : []),
    ...(direction === undefined
      ? [
          {
            kind: "undecided",
            text: `Nobody said whether a higher or a lower ${label} is better, so no change is called either. In journal.yaml:`,
            command: `metrics: { ${name}: { goal: max } }`,
          } as const,
        ]
      : []),
  ];
}
