// The front page of a journal with several studies: which of them live, and does each get better?

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { countGlyphs, countText, plural } from "./counts.ts";
import { dayText, writtenDay } from "./day.ts";
import { arrowOf } from "./headlines.ts";
import type { Bar, DeltaView, PageFrame, RunRef } from "./page.ts";
import { groupRef, newestOfAll, type RunLine, runLines, splitValue, startOf } from "./run-line.ts";
import { type Piece, proseOf, type Sentence } from "./sentence.ts";
import { type Sparkline, sparklineOf } from "./sparkline.ts";
import { openSteps, underWay } from "./steps.ts";
import { type Standing, standingOf } from "./study-best.ts";
import { barOf, deltaView, halfWidth, valueText } from "./view.ts";
import { newestFirst } from "./words.ts";

export interface StudyLine {
  readonly title: string;
  readonly address: string;
  readonly question?: Sentence;
  readonly spark?: Sparkline;
  readonly best?: { readonly value: string; readonly metric: string; readonly run: RunRef };
  readonly delta?: DeltaView;
  readonly bar?: Bar;
  /** `13 ● 23 ○ 1 ◇ 9 ×` */
  readonly counts: readonly Piece[];
  readonly day?: string;
  readonly open: { readonly text: string; readonly address: string };
}

/** A line with the study it is of, whose metric its result is. */
export interface NewestLine extends RunLine {
  readonly study: { readonly title: string; readonly address: string };
  readonly metric?: string;
}

export interface ReportLink {
  readonly title: string;
  readonly address: string;
  readonly day?: string;
}

export interface HomePage {
  readonly frame: PageFrame;
  /** `3 studies, 60 runs, the last on 20 Nov 2026` */
  readonly summary: string;
  readonly purpose?: Sentence;
  readonly studies: readonly StudyLine[];
  readonly newest: readonly NewestLine[];
  readonly underWay: readonly NewestLine[];
  readonly reports: readonly ReportLink[];
}

export interface HomeStudy {
  readonly study: StudyAnalysis;
  readonly title: string;
  /** Addresses of its front page and of its open steps. */
  readonly address: string;
  readonly next: string;
}

export interface HomeInput {
  readonly frame: PageFrame;
  readonly studies: readonly HomeStudy[];
  /** Of the whole journal, where its default study is not shown. */
  readonly purpose?: string;
  readonly reports: readonly ReportLink[];
}

const newestRows = 10;
const mostUnderWay = 10;

export function homePage({ frame, studies, purpose, reports }: HomeInput): HomePage {
  const byActivity = studies.map((one) => ({ ...one, last: lastOf(one.study) })).sort((left, right) => right.last.at - left.last.at);
  const standings = byActivity.map(({ study }) => standingOf(study));
  const deltas = standings.map((standing) => standing && deltaView(standing.delta, standing.metric));
  const half = halfWidth(deltas);
  const { runs, configurations } = countGlyphs(byActivity.flatMap(({ study }) => newestFirst(study)));
  const counted = runs === configurations ? plural(runs, "run") : `${plural(runs, "run")} in ${plural(configurations, "configuration")}`;
  const day = byActivity.find(({ last }) => last.day !== undefined)?.last.day;
  return {
    frame,
    summary: `${plural(studies.length, "study", "studies")}, ${counted}${day === undefined ? "" : `, the last on ${day}`}`,
    ...(purpose === undefined ? {} : { purpose: proseOf(purpose) }),
    studies: byActivity.map((one, at) => studyLine(one, { standing: standings[at], delta: deltas[at], half })),
    newest: newestLines(byActivity),
    underWay: byActivity.flatMap(underWayIn).slice(0, mostUnderWay),
    reports,
  };
}

/** The newest run with a date. */
function lastOf(study: StudyAnalysis): { readonly at: number; readonly day?: string } {
  for (const group of newestFirst(study)) {
    const { start } = startOf(group);
    const day = dayText(writtenDay(group.first.run));
    if (Number.isFinite(start) && day !== undefined) return { at: start, day };
  }
  return { at: Number.NEGATIVE_INFINITY };
}

interface Drawn {
  readonly standing: Standing | undefined;
  readonly delta: DeltaView | undefined;
  readonly half: number;
}

function studyLine(one: HomeStudy & { readonly last: { readonly day?: string } }, { standing, delta, half }: Drawn): StudyLine {
  const { study, title, address, next, last } = one;
  const spark = sparklineOf(study, 160, 32);
  const bar = standing?.metric.direction === undefined ? undefined : barOf(delta, half);
  const { all } = openSteps(study, 0);
  return {
    title,
    address,
    ...(study.settings.question === undefined ? {} : { question: proseOf(study.settings.question) }),
    ...(spark === undefined ? {} : { spark }),
    ...(standing === undefined ? {} : { best: bestText(standing) }),
    ...(delta === undefined ? {} : { delta }),
    ...(bar === undefined ? {} : { bar }),
    counts: countGlyphs(newestFirst(study)).pieces,
    ...(last.day === undefined ? {} : { day: last.day }),
    open: { text: countText(all), address: next },
  };
}

function bestText({ metric, group, reading }: Standing): NonNullable<StudyLine["best"]> {
  const { value } = splitValue(valueText(reading, metric) ?? "–");
  return { value, metric: `${metric.label}${arrowOf(metric.direction)}`, run: groupRef(group) };
}

const isStarted = ({ status }: Group): boolean => status !== "planned";

function newestLines(studies: readonly HomeStudy[]): readonly NewestLine[] {
  const homes = new Map(studies.map((one) => [one.study, one]));
  return newestOfAll([...homes.keys()], newestRows, isStarted).flatMap(({ group, study }) => {
    const home = homes.get(study);
    return home === undefined ? [] : inStudy(runLines([group], study, 2), home);
  });
}

function underWayIn(home: HomeStudy): readonly NewestLine[] {
  const { running, planned } = underWay(newestFirst(home.study));
  return inStudy(runLines([...running, ...planned].slice(0, mostUnderWay), home.study, 2), home);
}

function inStudy(lines: readonly RunLine[], { study, title, address }: HomeStudy): readonly NewestLine[] {
  return lines.map((line) => ({
    ...line,
    study: { title, address },
    ...(study.primary === undefined ? {} : { metric: study.primary.label }),
  }));
}
