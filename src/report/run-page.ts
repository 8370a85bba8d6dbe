// A run's page: what was done, what happened, what was decided, how to do it again. It tells of its own file, the runs it was made from
// and those made from it, and of facts of the study that seldom change, so that one edit leaves most pages as they are.

import type { AnalysedRun, StudyAnalysis } from "../analysis/study.ts";
import { tagAddress } from "../base/address.ts";
import type { Draft } from "../base/draft.ts";
import type { Problem } from "../base/problem.ts";
import { remembered } from "../base/remembered.ts";
import type { RunFile } from "../record/experiment.ts";
import { type ConfigDiff, configDiff } from "./config-diff.ts";
import { type Curve, type CurveContext, type CurveLine, curveLine, drawCurve } from "./curve.ts";
import { together } from "./curve-repeats.ts";
import type { Series } from "./curve-series.ts";
import { filterName, filterTerm, logAddress } from "./filter-text.ts";
import { momentText } from "./moment.ts";
import type { Chip, PageFrame } from "./page.ts";
import { publicName } from "./private.ts";
import { publicWords } from "./private-facts.ts";
import { analysedOf, cleanerOf, type RunFacts } from "./run-facts.ts";
import { type Measures, measuresOf, namesOf, ownReading } from "./run-page-metrics.ts";
import { reducedSide, type Side, sideOf } from "./run-page-side.ts";
import { type Verdict, verdictOf } from "./run-page-verdict.ts";
import { proseOf, type Sentence } from "./sentence.ts";
import { chips } from "./view.ts";

export interface RunPage {
  readonly frame: PageFrame;
  readonly id: string;
  readonly title: string;
  readonly date?: string;
  readonly who?: string;
  readonly tags: readonly Link[];
  /** What is wrong with the whole file. */
  readonly notices: readonly Sentence[];
  /** Absent where the file cannot be read: what it seems to say does not count. */
  readonly verdict?: Verdict;
  readonly hypothesis?: string;
  readonly assumptions: readonly string[];
  readonly chips: readonly Chip[];
  /** Said when several things changed at once. */
  readonly confounded?: string;
  readonly measures?: Measures;
  readonly tail?: { readonly name: string; readonly text: string };
  readonly curves?: Curves;
  readonly pictures: readonly Picture[];
  /** Safe HTML. */
  readonly body: string;
  /** The text as it stands, when the file could not be read. */
  readonly raw?: readonly RawPart[];
  readonly diff?: ConfigDiff;
  readonly tried: readonly Link[];
  readonly side: Side;
  readonly problems: readonly ProblemLine[];
  readonly moreProblems: number;
}

export interface Link {
  readonly text: string;
  readonly address: string;
}

export interface Picture {
  readonly name: string;
  readonly address: string;
}

export interface RawPart {
  readonly text: string;
  readonly marked: boolean;
}

export interface ProblemLine {
  /** `line 12` */
  readonly place: string;
  readonly text: Sentence;
  readonly hint?: Sentence;
}

export interface Curves {
  readonly drawn: readonly (Curve & { readonly table: string })[];
  readonly lines: readonly (CurveLine & { readonly table: string })[];
  /** Addresses of the scripts with all points, for the live chart. */
  readonly data: string;
  readonly base?: { readonly id: string; readonly data: string };
}

export interface RunPageParts {
  readonly frame: PageFrame;
  readonly body: string;
  /** The whole text of a file that could not be read. */
  readonly raw?: string;
  /** Address of the file's copy beside the page. */
  readonly copy: string;
}

export function runPage(facts: RunFacts, { frame, body, raw, copy }: RunPageParts): RunPage {
  const { file, study, settings, folder, problems } = facts;
  const { run } = file;
  const analysed = analysedOf(facts);
  const clean = cleanerOf(facts);
  const written = run.date ?? run.run?.started;
  const measures = measuresOf(facts);
  const curves = curvesOf(facts, analysed);
  const diff = configDiff(file, analysed, { study: study.settings, clean });
  const confounded = confoundedText(analysed);
  const broken = raw !== undefined;
  const page: Draft<RunPage> = {
    frame,
    id: run.id,
    title: frame.title,
    tags: run.tags.map(tagLink),
    notices: noticesOf(facts, analysed, broken),
    assumptions: run.assumptions.map((text) => publicWords(text, settings)),
    chips: broken ? [] : cleanChips(analysed, clean),
    pictures: picturesOf(facts, body),
    body,
    tried: triedElsewhere(analysed, folder, clean),
    side: sideOf(facts, copy),
    problems: broken ? [] : problems.slice(0, mostProblems).map((problem) => problemLine(problem, facts)),
    moreProblems: Math.max(problems.length - mostProblems, 0),
  };
  if (written !== undefined) page.date = momentText(written);
  if (run.experimenter !== undefined) page.who = publicName(run.experimenter, settings);
  if (!broken) page.verdict = verdictOf(facts, measures?.primary);
  if (run.hypothesis !== undefined) page.hypothesis = publicWords(run.hypothesis, settings);
  if (confounded !== undefined) page.confounded = confounded;
  if (measures !== undefined) page.measures = measures;
  if (facts.tail !== undefined) page.tail = facts.tail;
  if (curves !== undefined) page.curves = curves;
  if (broken) page.raw = rawParts(raw, problems);
  if (diff !== undefined) page.diff = diff;
  return page;
}

/** Thousands of runs share a few tags. */
const tagLink = remembered((tag: string): Link => ({ text: tag, address: tagAddress(tag) }));

function cleanChips(analysed: AnalysedRun | undefined, clean: (text: string) => string): readonly Chip[] {
  return chips(analysed, 6).map(({ text, title }) =>
    title === undefined ? { text: clean(text) } : { text: clean(text), title: clean(title) },
  );
}

/** The page of a run whose file is read later. */
export function withSource(page: RunPage, { body, reduced }: Pick<RunPageParts, "body"> & Pick<RunFacts, "reduced">): RunPage {
  return { ...page, body, ...(reduced ? { side: reducedSide(page.side) } : {}) };
}

const mostProblems = 10;

/** A page shows the first few; the page of problems has all. */
function problemLine({ line, message, hint }: Problem, { settings }: RunFacts): ProblemLine {
  return {
    place: line === undefined ? "" : `line ${line}`,
    text: proseOf(publicWords(message, settings)),
    ...(hint === undefined ? {} : { hint: proseOf(publicWords(hint, settings)) }),
  };
}

function noticesOf(facts: RunFacts, analysed: AnalysedRun | undefined, broken: boolean): readonly Sentence[] {
  const { file, problems, settings } = facts;
  if (broken) {
    const errors = problems.filter(({ severity }) => severity === "error");
    return (errors.length > 0 ? errors : problems).slice(0, mostProblems).map(({ line, column, message, hint }) => {
      const place = line === undefined ? file.path : `${file.path}:${line}${column === undefined ? "" : `:${column}`}`;
      return proseOf(publicWords(`${place}: ${message}.${hint === undefined ? "" : ` ${capital(hint)}.`}`, settings));
    });
  }
  if (analysed !== undefined) return [];
  const text = `Another file claims the id \`${file.run.id}\`: this one is \`${file.path}\`. Nothing here is compared until one of them has an id of its own.`;
  return [proseOf(text)];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function confoundedText(analysed: AnalysedRun | undefined): string | undefined {
  const changes = (analysed?.changes.length ?? 0) + (analysed?.code === "changed" || analysed?.code === "program" ? 1 : 0);
  return changes > 1 ? `${changes} changes at once: the numbers cannot tell them apart.` : undefined;
}

/** The whole file in parts, the lines with errors marked. */
function rawParts(text: string, problems: readonly Problem[]): readonly RawPart[] {
  const wrong = new Set(problems.filter(({ severity }) => severity === "error").map(({ line }) => line));
  const parts: { text: string; marked: boolean }[] = [];
  for (const [index, line] of text.split(/(?<=\n)/).entries()) {
    const marked = wrong.has(index + 1);
    const last = parts.at(-1);
    if (last?.marked === marked) last.text += line;
    else parts.push({ text: line, marked });
  }
  return parts;
}

const mostDrawn = 4;
const mostLines = 40;

function curvesOf(facts: RunFacts, analysed: AnalysedRun | undefined): Curves | undefined {
  const { curves, study } = facts;
  if (curves === undefined || curves.series.length === 0) return undefined;
  const base = analysed?.base;
  const byName = new Map(study.metrics.flatMap((metric) => namesOf(metric.name, study.settings).map((name) => [name, metric] as const)));
  const theirs = new Map(together(curves.base).map((series) => [series.name, series.points]));
  const valueIn = (file: RunFile, name: string): number | undefined => {
    const metric = byName.get(name);
    return metric === undefined ? undefined : ownReading(file, metric, study.settings)?.after?.mean;
  };
  const context: CurveContext = {
    metric: (name) => byName.get(name),
    value: (name) => valueIn(facts.file, name),
    ...(base === undefined ? {} : { base: { id: base.run.id, points: (name) => theirs.get(name), value: (name) => valueIn(base, name) } }),
  };
  const ordered = inRank(together(curves.series), study, context);
  return {
    drawn: ordered.slice(0, mostDrawn).map((series) => ({ ...drawCurve(series, context, series.repeats), table: series.table })),
    lines: ordered.slice(mostDrawn, mostDrawn + mostLines).map((series) => ({ ...curveLine(series, context), table: series.table })),
    data: curves.data,
    ...(base === undefined || curves.baseData === undefined ? {} : { base: { id: base.run.id, data: curves.baseData } }),
  };
}

/** Those of metrics first, in their order; the rest as they stand in the files. */
function inRank<S extends Series>(all: readonly S[], { metrics }: StudyAnalysis, { metric }: CurveContext): readonly S[] {
  const rank = ({ name }: S): number => {
    const found = metric(name);
    return found === undefined ? metrics.length : metrics.indexOf(found);
  };
  return [...all].sort((left, right) => rank(left) - rank(right));
}

const picture = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
const mostPictures = 12;

/** Attached pictures that the prose does not show itself. */
function picturesOf({ attachments }: RunFacts, body: string): readonly Picture[] {
  return attachments
    .flatMap(({ name, address, inert }) => (address === undefined || inert || !picture.test(name) ? [] : [{ name, address }]))
    .filter(({ address }) => !body.includes(encodeURIComponent(address.slice(address.lastIndexOf("/") + 1))))
    .slice(0, mostPictures);
}

const mostTried = 12;

const triedLink = remembered(
  (folder: string, name: string, value: string): Link => ({
    text: `${name} ${value}`,
    address: logAddress(folder, filterTerm(filterName(name, "config"), "=", value)),
  }),
);

/** Other runs with the new value, in the log. */
function triedElsewhere(analysed: AnalysedRun | undefined, folder: string, clean: (text: string) => string): readonly Link[] {
  const links: Link[] = [];
  for (const { name, toText } of analysed?.changes ?? []) {
    if (clean(toText) !== toText) continue;
    links.push(triedLink(folder, name, toText));
    if (links.length === mostTried) break;
  }
  return links;
}
