// The metrics of one run beside those of its base: what was measured, whether the two may be compared, and what that says.

import { machineName } from "../analysis/hardware.ts";
import type { AnalysedRun, Break, Delta, MetricView } from "../analysis/study.ts";
import type { Draft } from "../base/draft.ts";
import { eraOf, invalidity } from "../query/validity.ts";
import type { Metric, Reading, RunFile } from "../record/experiment.ts";
import type { StudySettings } from "../record/settings.ts";
import { arrowOf } from "./headlines.ts";
import type { Bar, DeltaView } from "./page.ts";
import { publicWords } from "./private-facts.ts";
import { analysedOf, cleanerOf, type RunFacts } from "./run-facts.ts";
import { type TickStrip, tickStrip } from "./tick-strip.ts";
import { barOf, deltaView, halfWidth, valueText } from "./view.ts";

export interface Measures {
  /** Id of the other side. */
  readonly base?: string;
  readonly rows: readonly Measure[];
  /** Of the metric that the study is about. */
  readonly primary?: DeltaView;
  /** There is another side, for some metric at least. */
  readonly compared: boolean;
  readonly notes: readonly string[];
}

export interface Measure {
  /** `val_loss ↓` */
  readonly label: string;
  readonly before?: string;
  readonly after?: Shown;
  /** Why there is no change: `another machine: t4 ≠ a100`, `declared invalid: leaked pages`. */
  readonly why?: string;
  /** `+1.7 pp` */
  readonly change?: string;
  /** Judged: the change has a colour. */
  readonly word?: "better" | "worse";
  readonly bar?: Bar;
  readonly strip?: TickStrip;
  /** `better [0.9, 2.5], +2.0% rel, 3 v 3`, `not judged (1 v 1)` */
  readonly evidence?: string;
}

export interface Shown {
  readonly text: string;
  /** `invalid`, `diverged`: the value does not count. */
  readonly word?: "invalid" | "diverged";
  /** What its author wrote, where that says more. */
  readonly title?: string;
}

/** One metric of this run, before it is text. */
interface Known {
  readonly metric: MetricView;
  readonly own: Metric | undefined;
  readonly delta: Delta | undefined;
  readonly view: DeltaView | undefined;
}

export function measuresOf(facts: RunFacts): Measures | undefined {
  const analysed = analysedOf(facts);
  const known = knownMetrics(facts, analysed);
  if (known.length === 0) return undefined;
  const half = halfWidth(known.map(({ view }) => view));
  const rows = known.map((one) => measure(one, half, analysed, facts));
  const base = analysed?.base?.run.id;
  const primary = known.find(({ metric }) => metric === facts.study.primary)?.view;
  const measures: Draft<Measures> = {
    rows,
    compared: rows.some(({ before, why }) => before !== undefined || why !== undefined),
    notes: notesOf(known, analysed),
  };
  if (base !== undefined) measures.base = base;
  if (primary !== undefined) measures.primary = primary;
  return measures;
}

/** Those of the file, and those that only its repetitions measured. */
function knownMetrics(facts: RunFacts, analysed: AnalysedRun | undefined): readonly Known[] {
  const { file, study } = facts;
  const running = file.run.status === "running";
  const all: Known[] = [];
  for (const metric of study.metrics) {
    const own = ownReading(file, metric, study.settings);
    const delta = running ? undefined : analysed?.deltas.get(metric.name);
    if (isRecorded(own?.after) || delta !== undefined) all.push({ metric, own, delta, view: deltaView(delta, metric) });
  }
  return all;
}

function measure(known: Known, half: number, analysed: AnalysedRun | undefined, facts: RunFacts): Measure {
  const { metric, delta, view } = known;
  const after = shownAfter(known, analysed, facts);
  const before = valueText(delta?.before ?? baseReading(metric, analysed, facts), metric);
  const why = view === undefined ? whyNot(known, analysed, facts) : undefined;
  const strip = delta === undefined || metric.direction === undefined ? undefined : tickStrip(delta, metric);
  const bar = strip === undefined && metric.direction !== undefined ? barOf(view, half) : undefined;
  const made: Draft<Measure> = { label: `${metric.label}${arrowOf(metric.direction)}` };
  if (before !== undefined) made.before = withoutCount(before);
  if (after !== undefined) made.after = after;
  if (why !== undefined) made.why = why;
  if (bar !== undefined) made.bar = bar;
  if (strip !== undefined) made.strip = strip;
  if (view !== undefined) {
    made.change = view.text;
    made.evidence = evidenceOf(view);
    if (view.word === "better" || view.word === "worse") made.word = view.word;
  }
  return made;
}

/** The count stands in the last column of the same row. */
const withoutCount = (text: string): string => (text.includes(", n = ") ? text.replace(/, n = [\d,]+/, "") : text);

function evidenceOf({ word, evidence, n, interval, relative }: DeltaView): string {
  const judged = interval === undefined ? evidence : `${evidence} ${interval}`;
  const share = relative === undefined ? judged : `${judged}, ${relative}`;
  return word === "unjudged" ? share : `${share}, ${n.replace("n = ", "").replaceAll(" ", "\u00a0")}`;
}

/** Both sides would be the same pooled values. */
function repeatsBase(analysed: AnalysedRun | undefined): boolean {
  return analysed?.base !== undefined && analysed.group.files.includes(analysed.base);
}

/** A configuration that was repeated shows what all its runs measured; one that repeats its own base is told from it. */
function shownAfter({ metric, own, delta }: Known, analysed: AnalysedRun | undefined, facts: RunFacts): Shown | undefined {
  const { file, study } = facts;
  const invalid = reasonInvalid(file, metric, study.settings) !== undefined;
  const alone = invalid || repeatsBase(analysed) || file.run.status !== "finished" || analysed?.notCompared.has(metric.name) === true;
  const pooled = alone ? undefined : analysed?.group.readings.get(metric.name);
  const reading = delta?.after ?? pooled ?? own?.after;
  const text = valueText(reading, metric);
  if (reading === undefined || text === undefined) return undefined;
  const single = own?.after === undefined || own.after === reading ? undefined : valueText(own.after, metric);
  const title = single === undefined ? (reading.text.length > text.length ? reading.text : undefined) : `this run alone: ${single}`;
  const shown: Draft<Shown> = { text: delta === undefined ? text : withoutCount(text) };
  if (invalid) shown.word = "invalid";
  else if (reading.mean === undefined && reading.diverged > 0) shown.word = "diverged";
  if (title !== undefined) shown.title = title;
  return shown;
}

/** What the base has, where it is not compared. */
function baseReading(metric: MetricView, analysed: AnalysedRun | undefined, { study, studies }: RunFacts): Reading | undefined {
  const base = analysed?.base;
  if (base === undefined || !analysed?.notCompared.has(metric.name)) return undefined;
  return ownReading(base, metric, studies.get(base.study) ?? study.settings)?.after;
}

function whyNot({ metric }: Known, analysed: AnalysedRun | undefined, facts: RunFacts): string | undefined {
  const { file, study, settings } = facts;
  const invalid = reasonInvalid(file, metric, study.settings);
  if (invalid !== undefined) return invalid === "" ? "declared invalid" : `invalid: ${publicWords(invalid, settings)}`;
  const apart = analysed?.notCompared.get(metric.name);
  if (apart === undefined || analysed?.base === undefined) return undefined;
  return `not compared: ${breakText(apart, metric.name, analysed.base, facts)}`;
}

/** Why two values of one metric are not compared, in words. */
export function breakText(apart: Break, metric: string, base: RunFile, facts: RunFacts): string {
  const { file, study, studies } = facts;
  const theirs = studies.get(base.study) ?? study.settings;
  const [from, to] = [eraOf(base.run, theirs), eraOf(file.run, study.settings)];
  const clean = cleanerOf(facts);
  const machines = [base, file].map(({ run }) => clean(machineName(run.hardware) ?? "unknown"));
  const names = namesOf(metric, theirs);
  if (apart === "protocol") return `protocol ${from || "none"} ≠ ${to || "none"}`;
  if (apart === "data") return "other evaluation data";
  if (apart === "scale") return "a sign or a unit is missing";
  if (apart === "hardware") return `another machine, ${machines.join(" ≠ ")}`;
  return invalidity(base.run, names, theirs) === undefined ? "declared invalid" : `invalid in ${base.run.id}`;
}

function notesOf(known: readonly Known[], analysed: AnalysedRun | undefined): readonly string[] {
  const guessed = known.filter(({ metric }) => metric.guessed).map(({ metric }) => metric.label);
  const copied = known.some(({ delta }) => delta?.copied === true);
  const members = analysed?.group.files.filter(({ run }) => run.status === "finished").length ?? 1;
  const identical = analysed?.group.identical === true && known.some(({ delta }) => (delta?.after.n ?? 0) > 1);
  const notes: string[] = [];
  if (copied)
    notes.push(`${analysed?.missing[0] ?? "The base"} is not in this journal: compared with the values that were copied from it.`);
  if (members > 1)
    notes.push(
      repeatsBase(analysed)
        ? `The base is of this configuration too: each value is of one run, not of all ${members} finished ones.`
        : `Values pool the ${members} finished runs of this configuration.`,
    );
  if (identical) notes.push("All repeats gave the same numbers: they count as one.");
  if (guessed.length > 0) notes.push(`Direction guessed from the name: ${guessed.join(", ")}.`);
  return notes;
}

/** As journal.yaml calls it, then what it is imported from. */
export function namesOf(name: string, study: StudySettings): readonly string[] {
  const declared = Object.hasOwn(study.metrics, name) ? study.metrics[name] : undefined;
  return declared === undefined ? [name] : [name, ...declared.from];
}

export function ownReading({ run }: RunFile, { name }: MetricView, study: StudySettings): Metric | undefined {
  if (run.metrics.length === 0) return undefined;
  for (const own of namesOf(name, study)) {
    const found = run.metrics.find((metric) => metric.name === own);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A slot that was left open is no value; a word is one. */
export const isRecorded = (reading: Reading | undefined): boolean =>
  reading !== undefined && (reading.mean !== undefined || reading.diverged > 0 || (reading.values.length === 0 && reading.text !== ""));

const reasonInvalid = ({ run }: RunFile, { name }: MetricView, study: StudySettings): string | undefined =>
  invalidity(run, namesOf(name, study), study);
