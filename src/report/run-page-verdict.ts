// What was decided, on which numbers, and whether the two agree.

import { deltaBetween } from "../analysis/deltas.ts";
import { judge } from "../analysis/evidence.ts";
import type { AnalysedRun, MetricView } from "../analysis/study.ts";
import { isWithinNoise } from "../analysis/verdict.ts";
import type { Draft } from "../base/draft.ts";
import { formatDuration } from "../base/time.ts";
import { eraOf, invalidity } from "../query/validity.ts";
import type { PastDecision, Reading, Run, RunFile } from "../record/experiment.ts";
import { formatNumber } from "../record/format.ts";
import type { StudySettings } from "../record/settings.ts";
import { showValue } from "../record/value.ts";
import { dayText } from "./day.ts";
import type { DeltaView, Glyph, Notice, RunRef } from "./page.ts";
import { publicName } from "./private.ts";
import { publicWords } from "./private-facts.ts";
import { analysedOf, linkTo, type RunFacts } from "./run-facts.ts";
import { breakText, isRecorded, namesOf, ownReading } from "./run-page-metrics.ts";
import { listRuns, type Sentence } from "./sentence.ts";
import { deltaView, valueText } from "./view.ts";
import { glyphOf } from "./words.ts";

export interface Verdict {
  readonly glyph: Glyph;
  /** `Kept`, `Failed` */
  readonly lead: string;
  /** ` after 24 min, exit code 137` */
  readonly ended: string;
  readonly change?: { readonly delta: DeltaView; readonly metric: string; readonly base?: RunRef };
  /** What there is to say instead of a change. */
  readonly said?: Sentence;
  readonly reason?: string;
  /** `better, Welch t, p = 0.013` */
  readonly evidence?: string;
  readonly disagreement?: Notice;
  /** Earlier decisions and other runs of the same configuration, a line each. */
  readonly more: readonly Sentence[];
}

/** `delta` of the primary metric. */
export function verdictOf(facts: RunFacts, delta: DeltaView | undefined): Verdict {
  const { file, study, settings } = facts;
  const { run } = file;
  const analysed = analysedOf(facts);
  const metric = study.primary;
  const change = changeOf(delta, metric, analysed, facts);
  const said = change === undefined ? saidOf(metric, analysed, facts) : undefined;
  const evidence = delta === undefined ? undefined : evidenceText(delta);
  const disagreement = disagreementOf(run, delta, isNoise(metric, analysed));
  const verdict: Draft<Verdict> = {
    glyph: glyphOf(run),
    lead: leadOf(run),
    ended: endedText(run),
    more: [...run.earlier.map((past) => [earlierText(past, facts)]), ...ownVerdict(facts), ...relations(facts, analysed)],
  };
  if (change !== undefined) verdict.change = change;
  if (said !== undefined) verdict.said = said;
  if (run.reason !== undefined) verdict.reason = publicWords(run.reason, settings);
  if (evidence !== undefined) verdict.evidence = evidence;
  if (disagreement !== undefined) verdict.disagreement = disagreement;
  return verdict;
}

const leads: Readonly<Record<Glyph["word"], string>> = {
  kept: "Kept",
  discarded: "Discarded",
  undecided: "Undecided",
  failed: "Failed",
  lost: "Lost",
  running: "Running",
  planned: "Planned",
};

/** What an exit code means that a shell made from a signal. */
const signals: Readonly<Record<number, string>> = {
  124: "timed out",
  130: "interrupted",
  137: "killed, often for lack of memory",
  139: "crashed",
  143: "terminated",
};

function leadOf(run: Run): string {
  const word = run.decision === "discard" ? "discarded" : glyphOf(run).word;
  return run.decisionWord === undefined ? leads[word] : `${leads[word]} (“${run.decisionWord}”)`;
}

/** How a run ended that did not finish; a decision may have been made all the same. */
function endedText(run: Run): string {
  const { status } = run;
  if (status === "finished" || status === "planned") return "";
  const decided = run.decision !== undefined;
  if (status === "running") return decided ? "; the run is not finished" : "";
  const { seconds, exit } = run.run ?? {};
  const after = seconds === undefined ? "" : ` after ${formatDuration(seconds)}`;
  const meaning = exit === undefined ? undefined : signals[exit];
  const code = exit === undefined || exit === 0 ? "" : `, exit code ${exit}${meaning === undefined ? "" : ` (${meaning})`}`;
  return `${decided ? `; the run ${status}`.replace("the run lost", "the run was lost") : ""}${after}${code}`;
}

function changeOf(
  delta: DeltaView | undefined,
  metric: MetricView | undefined,
  analysed: AnalysedRun | undefined,
  facts: RunFacts,
): Verdict["change"] {
  if (delta === undefined || metric === undefined || facts.file.run.status === "running") return undefined;
  const base = analysed?.base;
  const change = { delta, metric: metric.label };
  return base === undefined ? change : { ...change, base: linkTo(base, facts) };
}

function saidOf(metric: MetricView | undefined, analysed: AnalysedRun | undefined, facts: RunFacts): Sentence | undefined {
  const { file, study } = facts;
  const { run } = file;
  if (metric === undefined || run.status === "planned") return undefined;
  const own = ownReading(file, metric, study.settings);
  const text = isRecorded(own?.after) ? valueText(own?.after, metric) : undefined;
  const whole = pooledText(metric, analysed, facts) ?? text;
  // It may be a phrase (`set against an empty node`), so no word of ours goes before it as before a noun.
  const label = metric.label;
  if (run.status === "running") return text === undefined ? undefined : [`${label} ${text} so far${stepText(own?.step)}`];
  if (text === undefined) return run.status === "finished" ? [`${label}: nothing recorded`] : undefined;
  if (run.status !== "finished") return [`${label} ${text} before it ended`];
  const invalid = invalidity(run, namesOf(metric.name, study.settings), study.settings);
  if (invalid !== undefined && own?.after?.mean !== undefined)
    return [`${label} ${text}, declared invalid${invalid === "" ? "" : `: ${publicWords(invalid, facts.settings)}`}`];
  if (own?.after?.mean === undefined) return [`${label} ${text === "diverged" ? "diverged" : `is “${text}”`}`];
  const apart = analysed?.notCompared.get(metric.name);
  const first = study.baseline?.files.includes(file) === true;
  if (analysed?.base === undefined)
    return [`${label} ${whole}${first ? ", the baseline of this study" : "; there is no base to compare with"}`];
  const { base } = analysed;
  const why = apart === undefined ? "it has no value" : breakText(apart, metric.name, base, facts);
  return [`${label} ${whole}, not compared with `, { run: linkTo(base, facts) }, `: ${why}`];
}

/** Of the whole configuration, as the table shows it. */
function pooledText(metric: MetricView, analysed: AnalysedRun | undefined, { file }: RunFacts): string | undefined {
  const apart = file.run.status !== "finished" || analysed?.notCompared.has(metric.name) === true;
  return apart ? undefined : valueText(analysed?.group.readings.get(metric.name), metric);
}

function stepText(step: number | undefined): string {
  return step === undefined ? "" : `, step ${formatNumber(step).replaceAll("-", "−")}`;
}

function evidenceText(delta: DeltaView): string {
  if (delta.word === "unjudged") return delta.evidence;
  // How many values there are stands in the line above.
  return delta.method === undefined ? delta.evidence : `${delta.evidence}, ${delta.method.replace(`, ${delta.n}`, "")}`;
}

/** What was decided on differs no more than two runs of one thing do. */
function isNoise(metric: MetricView | undefined, analysed: AnalysedRun | undefined): boolean {
  const delta = metric === undefined ? undefined : analysed?.deltas.get(metric.name);
  return (
    delta !== undefined &&
    metric !== undefined &&
    analysed?.base !== undefined &&
    isWithinNoise(analysed.group, analysed.base, metric, delta)
  );
}

function disagreementOf({ decision }: Run, delta: DeltaView | undefined, noise: boolean): Notice | undefined {
  if (delta === undefined) return undefined;
  const text =
    decision === "keep"
      ? {
          worse: "Kept although the numbers say worse.",
          same: "Kept although the numbers say the same.",
          unclear: noise ? `Kept although within noise: ${delta.evidence}.` : `Kept although the numbers are ${delta.evidence}.`,
        }
      : decision === "discard"
        ? { better: "Discarded although the numbers say better." }
        : {};
  const found = (text as Readonly<Record<string, string>>)[delta.word];
  return found === undefined ? undefined : { kind: "undecided", text: `${found} The decision is the author's and stands.` };
}

/** `19 Nov 2026: discarded, “looked like noise” (Ada)` */
function earlierText({ decision, reason, date, by }: PastDecision, { settings }: RunFacts): string {
  const what = decision === undefined ? "undecided" : decision === "keep" ? "kept" : "discarded";
  const why = reason === undefined ? "" : `, “${publicWords(reason, settings)}”`;
  const who = by === undefined ? "" : ` (${publicName(by, settings)})`;
  return `${dayText(date) ?? "Earlier"}: ${what}${why}${who}`;
}

function ownVerdict({ file, settings }: RunFacts): readonly Sentence[] {
  const { verdict } = file.run;
  return verdict === undefined || verdict === null || verdict === ""
    ? []
    : [[`In the author's words: ${publicWords(showValue(verdict), settings)}`]];
}

const mostMembers = 8;

function relations(facts: RunFacts, analysed: AnalysedRun | undefined): readonly Sentence[] {
  const { run } = facts.file;
  const lines: Sentence[] = [];
  if (run.rerunOf !== undefined) lines.push(rerunOf(run.rerunOf, facts));
  if (run.repeatOf !== undefined) lines.push(["Repeats ", ...named(run.repeatOf, facts)]);
  const others = (analysed?.group.files ?? []).filter((file) => file !== facts.file && facts.address(file) !== undefined);
  if (others.length > 0) {
    const refs = others.slice(0, mostMembers).map((file) => linkTo(file, facts));
    const rest = others.length - refs.length;
    lines.push([
      "Same configuration: ",
      ...listRuns(refs, mostMembers),
      ...(rest === 0 ? [] : [` and ${rest} more`]),
      ...groupDecision(facts, analysed),
    ]);
  }
  return lines;
}

/** Of several runs of one configuration one may hold the decision. */
function groupDecision({ file }: RunFacts, analysed: AnalysedRun | undefined): readonly string[] {
  const decision = analysed?.group.decision;
  if (decision === undefined || file.run.decision !== undefined) return [];
  return [`; the configuration was ${decision === "keep" ? "kept" : "discarded"} there`];
}

function named(reference: string, facts: RunFacts): Sentence {
  const file = facts.find(reference);
  return file === undefined ? [{ code: reference }, ", which is not in this journal"] : [{ run: linkTo(file, facts) }];
}

/** Whether the primary metric came out the same the second time. */
function rerunOf(reference: string, facts: RunFacts): Sentence {
  const original = facts.find(reference);
  const start: Sentence = ["Reruns ", ...named(reference, facts)];
  const { primary } = facts.study;
  if (original === undefined || primary === undefined) return start;
  const [era, other] = [facts.file, original].map((file) => eraOf(file.run, studyOf(file, facts)));
  if (era !== other) return [...start, `: not compared, protocol ${other || "none"} ≠ ${era || "none"}`];
  const [before, after] = [original, facts.file].map((file) => validReading(file, primary, facts));
  if (before === undefined || after === undefined) return [...start, `: nothing recorded of ${primary.label}, so nothing to compare`];
  const noise = facts.study.noise.get(primary.name);
  const question = { metric: primary, ...(noise === undefined ? {} : { noise }) };
  const delta = deltaView(
    deltaBetween(before, after, primary, () => judge({ reading: before }, { reading: after }, question)),
    primary,
  );
  if (delta === undefined) return start;
  const word =
    delta.word === "unjudged" ? delta.evidence : delta.word === "better" || delta.word === "worse" ? "not consistent" : "consistent";
  return [...start, `: ${word}, ${delta.text} ${primary.label}`];
}

const studyOf = ({ study: name }: RunFile, { study, studies }: RunFacts): StudySettings => studies.get(name) ?? study.settings;

function validReading(file: RunFile, metric: MetricView, facts: RunFacts): Reading | undefined {
  const study = studyOf(file, facts);
  const invalid = invalidity(file.run, namesOf(metric.name, study), study) !== undefined;
  return invalid ? undefined : ownReading(file, metric, study)?.after;
}
