// What to do now, and what is unanswered: a section per study.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { saidOf } from "../record/experiment.ts";
import { type Ask, asksOf } from "./asks.ts";
import { plural } from "./counts.ts";
import type { PageFrame } from "./page.ts";
import { countPages, type PagePart, type Pager, type Part, pageAddress, pagerOf, paginate } from "./paging.ts";
import { type RunLine, runLines } from "./run-line.ts";
import { countWork, type Step, type StepSource, stepOf, workOf } from "./steps.ts";

export type NextRow =
  | { readonly kind: "running" | "planned"; readonly group: Group }
  | { readonly kind: "open" | "questions" | "done"; readonly step: StepSource };

export interface NextSection {
  /** Name of the study. */
  readonly key: string;
  readonly title: string;
  /** What its results are of. */
  readonly metric?: string;
  readonly asks: readonly Ask[];
  readonly running: readonly RunLine[];
  readonly planned: readonly RunLine[];
  readonly open: readonly Step[];
  readonly questions: readonly Step[];
  readonly done: readonly Step[];
  /** Counted on the first page only: a new line is not to change all pages after it. */
  readonly more?: { readonly text: string; readonly address: string };
  /** Nothing at all to do in the whole study. */
  readonly empty: boolean;
}

export interface NextPage {
  readonly frame: PageFrame;
  readonly several: boolean;
  readonly sections: readonly NextSection[];
  readonly pager?: Pager;
}

export interface NextStudy {
  readonly study: StudyAnalysis;
  readonly title: string;
  /** Found before; looked for where they are not given. */
  readonly asks?: () => readonly Ask[];
}

/** Rows of all studies, over as many pages as they need. */
export function nextParts(studies: readonly NextStudy[]): readonly PagePart<NextRow>[] {
  return paginate(studies.map(({ study, title }) => ({ key: study.settings.name, title, rows: rowsOf(study) })));
}

/** How many pages that will be, without making a row. */
export function countNext(studies: readonly NextStudy[]): number {
  return countPages(studies.map(({ study }) => countWork(study)));
}

function rowsOf(study: StudyAnalysis): readonly NextRow[] {
  const work = workOf(study);
  const groups = (kind: "running" | "planned"): readonly NextRow[] => work[kind].map((group) => ({ kind, group }));
  const steps = (kind: "open" | "questions" | "done"): readonly NextRow[] => work[kind].map((step) => ({ kind, step }));
  return [...groups("running"), ...groups("planned"), ...steps("open"), ...steps("questions"), ...steps("done")];
}

export function nextPage(studies: readonly NextStudy[], pages: readonly PagePart<NextRow>[], number: number, frame: PageFrame): NextPage {
  const pager = pagerOf(number, pages.length, (page) => pageAddress("next", page));
  const byName = new Map(studies.map((at) => [at.study.settings.name, at]));
  return {
    frame,
    several: studies.length > 1,
    sections: (pages[number - 1]?.parts ?? []).flatMap((part) => {
      const at = byName.get(part.key);
      return at === undefined ? [] : [sectionOf(part, at)];
    }),
    ...(pager === undefined ? {} : { pager }),
  };
}

function sectionOf(part: Part<NextRow>, { study, asks: find = () => asksOf(study) }: NextStudy): NextSection {
  const steps = (kind: NextRow["kind"]): readonly Step[] =>
    part.rows.flatMap((row) => (row.kind === kind && "step" in row ? [stepOf(row.step)] : []));
  const lines = (kind: NextRow["kind"]): readonly RunLine[] =>
    runLines(
      part.rows.flatMap((row) => (row.kind === kind && "group" in row ? [row.group] : [])),
      study,
    );
  const asks = part.from > 0 ? [] : find();
  const left = part.all - part.from - part.rows.length;
  return {
    key: part.key,
    title: part.title,
    ...(study.primary === undefined ? {} : { metric: study.primary.label }),
    asks,
    running: lines("running"),
    planned: lines("planned"),
    open: steps("open"),
    questions: steps("questions"),
    done: steps("done"),
    ...(part.next === undefined
      ? {}
      : { more: { text: part.from === 0 ? plural(left, "more line") : "More lines", address: pageAddress("next", part.next) } }),
    empty: part.all === 0 && asks.length === 0,
  };
}

/** What a page without asks shows follows from this alone; nothing for a page that has to be made to know. */
export function nextFacts(page: PagePart<NextRow>): readonly unknown[] | undefined {
  if (page.parts.some(({ from, rows }) => from === 0 || rows.some((row) => "group" in row))) return undefined;
  return page.parts.map(({ key, title, next, rows }) => [
    key,
    title,
    next,
    rows
      .map((row) =>
        "step" in row ? `${row.kind} ${saidOf(row.step.file)} ${row.step.group.decision} ${row.step.group.status} ${row.step.text}` : "",
      )
      .join("\n"),
  ]);
}
