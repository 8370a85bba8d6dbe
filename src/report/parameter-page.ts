// What one parameter did: every value, every pair that changed nothing else, everything that was noted about it.

import type { Answer } from "../analysis/answers.ts";
import { contrastsOf } from "../analysis/contrasts.ts";
import type { AnalysedRun, Impact, MetricView, PairEffect, StudyAnalysis } from "../analysis/study.ts";
import { formatReading } from "../record/format.ts";
import { effectBar, pairs, reachOf } from "./effect-view.ts";
import { filterName, filterTerm, logAddress } from "./filter-text.ts";
import { groupRef } from "./group-ref.ts";
import { parameterFacts } from "./impact-parameter.ts";
import type { Bar, DeltaView, Figure, Notice, PageFrame, RunRef } from "./page.ts";
import type { NoteIndex, ParameterNote } from "./parameter-notes.ts";
import { type ParameterUse, type ValueRow, valueRows } from "./parameter-values.ts";
import { notEnough } from "./parameters-page.ts";
import { deltaView, runRef, valueText } from "./view.ts";

export interface ParameterValueRow {
  readonly text: string;
  /** Filter link into the log. */
  readonly log?: string;
  readonly n: number;
  /** `2 of 9, 22%` */
  readonly failed?: string;
  /** `87.2% ± 0.3, n = 3` over configurations. */
  readonly mean?: string;
  readonly best?: { readonly run: RunRef; readonly value: string };
}

export interface ParameterPair {
  readonly base?: RunRef;
  readonly run: RunRef;
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
  readonly delta: DeltaView;
  readonly bar?: Bar;
}

export interface ParameterPage {
  readonly frame: PageFrame;
  readonly name: string;
  readonly label: string;
  readonly category: string;
  /** Where all parameters are. */
  readonly all: string;
  readonly metric: string;
  /** What to use, in a sentence. */
  readonly summary: string;
  readonly edge?: string;
  readonly notices: readonly Notice[];
  /** Besides pairs: matched runs, association, importance, what to be careful about. */
  readonly facts: readonly string[];
  readonly figure?: Figure;
  /** Instead of the picture. */
  readonly figureMissing?: string;
  readonly values: readonly ParameterValueRow[];
  readonly untold: number;
  readonly pairs: readonly ParameterPair[];
  readonly pairsMore: number;
  /** Pairs that changed something else too. */
  readonly confounded?: { readonly text: string; readonly log: string };
  readonly notes: readonly NoteLine[];
  readonly notesMore?: { readonly text: string; readonly log: string };
}

/** What several runs noted in the same words stands once, with the newest of them. */
export interface NoteLine {
  readonly text: string;
  readonly kind: ParameterNote["kind"];
  readonly run: RunRef;
  readonly also: number;
}

const mostPairs = 200;
const mostNotes = 20;
const longest = 60;
const longestNote = 500;

export interface ParameterFacts {
  readonly impact: Impact;
  /** Absent where nothing moved. */
  readonly answer?: Answer;
  readonly uses: readonly ParameterUse[];
  readonly notes: NoteIndex;
}

/** Without its picture. */
export function parameterPage({ impact, answer, uses, notes }: ParameterFacts, study: StudyAnalysis, frame: PageFrame): ParameterPage {
  const { parameter, category } = impact;
  const folder = frame.study?.folder ?? "";
  const settings = Object.hasOwn(study.settings.parameters, parameter) ? study.settings.parameters[parameter] : undefined;
  const { rows, untold } = valueRows(uses, study.primary);
  const lines = noteLines(notes.get(parameter) ?? []);
  const found = pairsOf(impact, study);
  const confounded = confoundedOf(impact, folder);
  return {
    frame,
    name: parameter,
    label: short(settings?.label ?? parameter, 200),
    category,
    all: `${folder}parameters.html`,
    metric: study.primary?.label ?? "the result",
    ...summary(impact, rows),
    notices: [],
    facts: answer === undefined ? [] : parameterFacts(study, answer),
    values:
      rows.length > 0
        ? rows.map((row) => valueRow(row, parameter, study, folder))
        : impact.tested.map(({ text, n }) => ({ text: short(text), n })),
    untold: rows.length > 0 ? untold : impact.untold,
    pairs: found.slice(0, mostPairs),
    pairsMore: Math.max(found.length - mostPairs, 0),
    ...(confounded === undefined ? {} : { confounded }),
    notes: lines.slice(0, mostNotes),
    ...(lines.length > mostNotes
      ? { notesMore: { text: `${lines.length - mostNotes} more`, log: logAddress(folder, filterTerm("text", "~", parameter)) } }
      : {}),
  };
}

function noteLines(notes: readonly ParameterNote[]): readonly NoteLine[] {
  const lines = new Map<string, { -readonly [key in keyof NoteLine]: NoteLine[key] }>();
  for (const { text, kind, file } of notes) {
    const key = `${kind} ${text}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { text: short(text, longestNote), kind, run: runRef(file), also: 0 });
    else known.also += 1;
  }
  return [...lines.values()];
}

const short = (text: string, most = longest): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function summary(impact: Impact, rows: readonly ValueRow[]): Pick<ParameterPage, "summary" | "edge"> {
  const { recommended, edge, effects, tested, untold } = impact;
  const values = `${tested.length + untold} ${tested.length + untold === 1 ? "value" : "values"} tried in ${rows.reduce((sum, { n }) => sum + n, 0) || tested.reduce((sum, { n }) => sum + n, 0)} configurations`;
  if (effects.length === 0) return { summary: `${values}. ${notEnough(impact)}` };
  if (recommended === undefined)
    return { summary: `${values}, ${pairs(effects.length)} that differ in nothing else: no value won without losing too.` };
  return {
    summary: `${values}, ${pairs(effects.length)} that differ in nothing else: ${short(recommended)} won and never lost.`,
    ...(edge === undefined ? {} : { edge: `The best is the ${edge === "low" ? "lowest" : "highest"} value tried: extend the range.` }),
  };
}

function valueRow(row: ValueRow, parameter: string, study: StudyAnalysis, folder: string): ParameterValueRow {
  const { primary } = study;
  const { text, n, failed, measured, mean, sd, best } = row;
  const value = best === undefined || primary === undefined ? undefined : valueText(best.readings.get(primary.name), primary);
  return {
    text: short(text),
    n,
    ...(text.includes(" to ") || text.length > longest
      ? {}
      : { log: logAddress(folder, filterTerm(filterName(parameter, "config"), "=", text)) }),
    ...(failed === 0 ? {} : { failed: `${failed} of ${n}, ${Math.round((failed / n) * 100)}%` }),
    ...(mean === undefined || primary === undefined ? {} : { mean: meanText(mean, sd, measured, primary) }),
    ...(best === undefined || value === undefined ? {} : { best: { run: groupRef(best), value } }),
  };
}

/** Over configurations, which differ in other things too. */
function meanText(mean: number, sd: number | undefined, n: number, { unit, decimals }: MetricView): string {
  return formatReading(
    { values: [], mean, n, diverged: 0, text: "", ...(sd === undefined ? {} : { sd }), ...(unit === undefined ? {} : { unit }) },
    { decimals, screen: true },
  );
}

/** Contrast by contrast, the surest first; within one the largest gain first. */
function pairsOf(impact: Impact, study: StudyAnalysis): readonly ParameterPair[] {
  const { primary, runs } = study;
  if (primary === undefined) return [];
  const views = contrastsOf(impact, study).flatMap(({ pairs: own }) =>
    own.flatMap((pair) => pairOf(pair, runs.get(pair.run), primary) ?? []).sort((left, right) => right.delta.gain - left.delta.gain),
  );
  const reach = reachOf(views.map(({ delta }) => delta));
  return views.map((view) => {
    const bar = effectBar(view.delta, reach);
    return bar === undefined ? view : { ...view, bar };
  });
}

function pairOf({ from, to, delta }: PairEffect, run: AnalysedRun | undefined, primary: MetricView): ParameterPair | undefined {
  const view = deltaView(delta, primary);
  if (run === undefined || view === undefined || run.file.run.hidden) return undefined;
  return {
    ...(run.base === undefined ? {} : { base: runRef(run.base) }),
    run: groupRef(run.group),
    from: short(from, 40),
    to: short(to, 40),
    before: valueText(delta.before, primary) ?? "",
    after: valueText(delta.after, primary) ?? "",
    delta: view,
  };
}

function confoundedOf({ parameter, confounded, effects }: Impact, folder: string): ParameterPage["confounded"] {
  if (confounded === 0) return undefined;
  const also = effects.length > 0 ? "more " : "";
  return {
    text:
      confounded === 1
        ? `1 ${also}run changed it along with something else.`
        : `${confounded} ${also}runs changed it along with something else.`,
    log: logAddress(folder, filterTerm("changed", "=", parameter)),
  };
}
