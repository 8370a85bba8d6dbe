// The answer to "is it real?": whether the two may be compared at all, which way the numbers point, how sure that is after everything that was
// looked at and tried, and what it takes to know. docs/statistics.md has the rules. The author's decision stands beside it.

import { measured } from "../query/validity.ts";
import type { RunFile } from "../record/experiment.ts";
import { minEffectOf } from "./deltas.ts";
import { type Guard, guardsOf } from "./guards.ts";
import { machineKey } from "./hardware.ts";
import { lookLevel } from "./multiplicity.ts";
import { repeatsNeeded } from "./power.ts";
import type { AnalysedRun, Break, Delta, Evidence, Group, MetricView, StudyAnalysis } from "./study.ts";
import { familyOf, type LookFactor, type Try } from "./tries.ts";

export type VerdictWord = "improved" | "regressed" | "equivalent" | "inconclusive" | "unjudged" | "incomparable";

/**
 * Why there is no answer. Not comparable: a `Break`, or `protected` code that was changed. Unjudged: what is missing. Inconclusive: the
 * `interval` holds both, or it would not if it were not for the other `tries` or `looks`.
 */
export type Reason =
  | Break
  | "protected"
  | "no base"
  | "repeat"
  | "no metric"
  | "no direction"
  | "no value"
  | "not finished"
  | "failed"
  | "single"
  | "identical"
  | "numbers"
  | "interval"
  | "tries"
  | "looks";

/** A: five repeats a side and p < 0.01; B: repeats on both sides; C: borrowed noise, or counts alone; D: no estimate of noise. */
export type Grade = "A" | "B" | "C" | "D";

/** Where the author's decision and the numbers part. */
export type Disagreement =
  | "kept although worse"
  | "kept although within noise"
  | "kept although the same"
  | "kept although unclear"
  | "discarded although better";

export interface Verdict {
  readonly file: RunFile;
  readonly group: Group;
  /** What it is held against. */
  readonly base?: AnalysedRun;
  readonly metric?: MetricView;
  readonly word: VerdictWord;
  readonly why?: Reason;
  /** Improved, but perhaps by less than is worth having. */
  readonly small?: true;
  readonly grade?: Grade;
  readonly delta?: Delta;
  /** Corrected for looks and for the family; absent where it was judged alone. */
  readonly corrected?: Pick<Try, "p" | "holm" | "q">;
  /** Judged tries on the same base, this one among them. */
  readonly tries: number;
  readonly looks: Looks;
  readonly guards: readonly GuardVerdict[];
  /** A quality that stands although something else is not alike. */
  readonly marks: readonly Mark[];
  readonly disagreement?: Disagreement;
  /** Further repeats a side that would show a difference of this size, all tries and looks counted. */
  readonly more?: number;
}

export type Mark =
  | "other machine"
  | "other budget"
  | "packages differ"
  | "code not recorded"
  | "several changes"
  | "protected files not compared";

export interface Looks {
  readonly count: number;
  /** As `max_looks` declared them before the first. */
  readonly planned?: number;
}

export interface GuardVerdict extends Guard {
  /** `unproven`: it holds by the values, but the interval reaches beyond. */
  readonly word: "holds" | "unproven" | "broken" | "unknown";
}

/** What the files alone do not tell. */
export interface Outside {
  /** How often the configuration was looked at while values were still added. */
  readonly looks?: (group: Group) => Looks;
  /** Files under protection that differ between the code of two runs; nothing where the code of one of them is not at hand. */
  readonly protectedChanges?: (run: RunFile, base: RunFile) => readonly string[] | undefined;
}

export interface VerdictQuestion {
  readonly metric?: MetricView;
  /** Another run than its own base; such a question stands alone, without a family. */
  readonly against?: AnalysedRun;
  readonly outside?: Outside;
  /** Families that were looked through already, by their base: for whoever asks about many runs by one metric. */
  readonly families?: Map<Group, readonly Try[]>;
}

const alpha = 0.05;

/** Nothing for a file that the study does not know. */
export function verdictOf(id: string, study: StudyAnalysis, question: VerdictQuestion = {}): Verdict | undefined {
  const analysed = study.runs.get(id);
  if (analysed === undefined) return undefined;
  const { file, group } = analysed;
  const metric = question.metric ?? study.primary;
  // A repeat says the same as the configuration it repeats.
  const own = question.against === undefined ? (study.runs.get(group.first.run.id) ?? analysed) : analysed;
  const base = question.against ?? (own.base === undefined ? undefined : study.runs.get(own.base.run.id));
  const looks = looksOf(group, question.outside);
  const frame = {
    file,
    group,
    tries: 0,
    looks,
    guards: [],
    marks: [],
    ...(base === undefined ? {} : { base }),
    ...(metric === undefined ? {} : { metric }),
  };
  const compared = question.against === undefined ? own : { ...own, ...study.between(analysed, question.against) };
  const reason = gate(compared, base, metric, question.outside);
  if (reason !== undefined) return { ...frame, ...reason };
  const delta = metric === undefined ? undefined : compared.deltas.get(metric.name);
  if (metric === undefined || base === undefined || delta === undefined) return { ...frame, word: "unjudged", why: "no value" };
  const factor: LookFactor = (one) => alpha / levelOf(looksOf(one, question.outside));
  const known = question.families?.get(base.group);
  const family = question.against === undefined ? (known ?? familyOf(base.group, metric, study, factor)) : [];
  if (known === undefined && question.against === undefined) question.families?.set(base.group, family);
  const marks = marksOf(compared, base, question.outside);
  return judged({ ...frame, base, metric, marks }, { delta, family, study, factor: factor(group) });
}

interface Ground {
  readonly delta: Delta;
  readonly family: readonly Try[];
  readonly study: StudyAnalysis;
  readonly factor: number;
}

type Frame = Pick<Verdict, "file" | "group" | "looks" | "marks"> & { readonly base: AnalysedRun; readonly metric: MetricView };

function judged(frame: Frame, { delta, family, study, factor }: Ground): Verdict {
  const { evidence } = delta;
  const guards = guardsOf(frame.group, study)
    .filter(({ metric }) => metric !== frame.metric)
    .map(guardVerdict);
  const own = family.find(({ group }) => group === frame.group);
  const p = evidence.p === undefined ? undefined : Math.min(1, evidence.p * factor);
  const corrected = own ?? (p === undefined ? undefined : { p, holm: p, q: p });
  const answer = answerOf(evidence, corrected, delta);
  const disagreement = disagreementOf(frame, answer.word, delta);
  const more = answer.word === "inconclusive" ? moreOf(delta, corrected) : undefined;
  const grade = gradeOf(answer.word, delta, corrected?.holm);
  return {
    ...frame,
    ...answer,
    delta,
    tries: family.length,
    guards,
    ...(grade === undefined ? {} : { grade }),
    ...(more === undefined ? {} : { more }),
    ...(corrected === undefined ? {} : { corrected: { p: corrected.p, holm: corrected.holm, q: corrected.q } }),
    ...(answer.word === "improved" && isSmall(delta, frame.metric, study) ? { small: true as const } : {}),
    ...(disagreement === undefined ? {} : { disagreement }),
  };
}

type Answer = Pick<Verdict, "word" | "why">;

/** What forbids a comparison, or leaves nothing to compare. */
function gate(run: AnalysedRun, base: AnalysedRun | undefined, metric: MetricView | undefined, outside: Outside = {}): Answer | undefined {
  const { status } = run.group;
  if (status === "failed" || status === "lost") return { word: "unjudged", why: "failed" };
  if (status !== "finished") return { word: "unjudged", why: "not finished" };
  if (base === undefined) return { word: "unjudged", why: "no base" };
  if (base.group === run.group) return { word: "unjudged", why: "repeat" };
  if (metric === undefined) return { word: "unjudged", why: "no metric" };
  const apart = run.notCompared.get(metric.name);
  if (apart !== undefined) return { word: apart === "scale" ? "unjudged" : "incomparable", why: apart };
  if ((outside.protectedChanges?.(run.file, base.file) ?? []).length > 0) return { word: "incomparable", why: "protected" };
  if (metric.direction === undefined) return { word: "unjudged", why: "no direction" };
  return run.deltas.has(metric.name) ? undefined : { word: "unjudged", why: "no value" };
}

function answerOf({ word }: Evidence, corrected: Pick<Try, "p" | "holm"> | undefined, delta: Delta): Answer {
  if (word === "unjudged") return { word: "unjudged", why: unjudgedReason(delta) };
  if (word === "same") return { word: "equivalent" };
  if (word === "unclear") return { word: "inconclusive", why: "interval" };
  if ((corrected?.p ?? 0) > alpha) return { word: "inconclusive", why: "looks" };
  if ((corrected?.holm ?? 0) > alpha) return { word: "inconclusive", why: "tries" };
  return { word: word === "better" ? "improved" : "regressed" };
}

function unjudgedReason({ before, after }: Delta): Reason {
  if (before.n <= 1 && after.n <= 1) return "single";
  return [before, after].every(({ n, sd }) => n <= 1 || sd === 0 || sd === undefined) ? "identical" : "numbers";
}

function moreOf({ absolute, before, after, evidence: { spread, p } }: Delta, corrected: Pick<Try, "holm"> | undefined): number | undefined {
  if (spread === undefined || p === undefined) return undefined;
  const [old, now] = [before.n, after.n].map((n) => Math.max(n, 1));
  const factor = Math.max(1, (corrected?.holm ?? p) / p);
  return repeatsNeeded(Math.abs(absolute) / spread, Math.min(old ?? 1, now ?? 1), 1 - alpha / factor);
}

const many = 5;

function gradeOf(word: VerdictWord, { before, after, evidence }: Delta, p: number | undefined): Grade | undefined {
  if (word === "unjudged") return "D";
  if (word === "inconclusive" || word === "incomparable") return undefined;
  const { method = "" } = evidence;
  if (!/^(?:paired|Welch)/.test(method)) return "C";
  return Math.min(before.n, after.n) >= many && (p ?? 1) < 0.01 ? "A" : "B";
}

function isSmall({ evidence, before }: Delta, metric: MetricView, study: StudyAnalysis): boolean {
  const least = minEffectOf(metric, before, study.settings);
  const sure = metric.direction === "min" ? -(evidence.high ?? 0) : (evidence.low ?? 0);
  return least !== undefined && sure <= least;
}

/** A guard rail holds when even the worse end of the interval stays within it. */
function guardVerdict(guard: Guard): GuardVerdict {
  const { delta, allowed, worse, holds, metric } = guard;
  if (delta === undefined || allowed === undefined || worse === undefined) return { ...guard, word: "unknown" };
  if (holds !== true) return { ...guard, word: "broken" };
  const { low, high } = delta.evidence;
  const worst = low === undefined || high === undefined ? undefined : metric.direction === "min" ? high : -low;
  return { ...guard, word: worst !== undefined && worst <= allowed ? "holds" : "unproven" };
}

function looksOf(group: Group, outside: Outside | undefined): Looks {
  return outside?.looks?.(group) ?? { count: 1 };
}

/** More looks than were planned are as if none had been. */
function levelOf({ count, planned }: Looks): number {
  return planned === undefined || count > planned ? lookLevel(count, false) : lookLevel(planned, true);
}

function marksOf({ file, environment, changes, code }: AnalysedRun, base: AnalysedRun, outside: Outside = {}): readonly Mark[] {
  const budgets = [file, base.file].map(budgetOf);
  const [own, other] = budgets;
  const protection = outside.protectedChanges;
  const budget = own !== undefined && other !== undefined && Math.abs(own - other) > 0.05 * Math.max(own, other);
  return [
    ...(machineKey(file.run.hardware) !== machineKey(base.file.run.hardware) ? (["other machine"] as const) : []),
    ...(budget ? (["other budget"] as const) : []),
    ...(environment.length > 0 ? (["packages differ"] as const) : []),
    ...(code === undefined ? (["code not recorded"] as const) : []),
    ...(changes.length + (code === "changed" || code === "program" ? 1 : 0) > 1 ? (["several changes"] as const) : []),
    ...(protection !== undefined && protection(file, base.file) === undefined ? (["protected files not compared"] as const) : []),
  ];
}

/** The last step, where a run tells it. */
function budgetOf({ run }: RunFile): number | undefined {
  const { steps } = run.run?.other ?? {};
  if (typeof steps === "number" && steps > 0) return steps;
  const last = run.metrics.flatMap(({ step, pick }) => (pick === "last" && step !== undefined && step > 0 ? [step] : []));
  return last.length === 0 ? undefined : Math.max(...last);
}

/**
 * No larger than two measurements of one and the same thing usually differ: the values that the author decided on, of the kept run alone and of its
 * base alone, as they were before others repeated them.
 */
export function isWithinNoise(group: Group, base: RunFile, metric: MetricView, { evidence: { spread } }: Delta): boolean {
  const kept = group.files.find(({ run }) => run.decision === "keep") ?? group.first;
  const [after, before] = [kept, base].map(({ run }) => measured(run.metrics, [metric.name]));
  if (spread === undefined || after?.mean === undefined || before?.mean === undefined) return false;
  return Math.abs(after.mean - before.mean) <= spread * Math.sqrt(1 / Math.max(after.n, 1) + 1 / Math.max(before.n, 1));
}

function disagreementOf({ group, base, metric }: Frame, word: VerdictWord, delta: Delta): Disagreement | undefined {
  const { decision } = group;
  if (decision === "discard") return word === "improved" ? "discarded although better" : undefined;
  if (decision !== "keep") return undefined;
  if (word === "regressed") return "kept although worse";
  if (word === "equivalent") return "kept although the same";
  if (word !== "inconclusive") return undefined;
  return isWithinNoise(group, base.file, metric, delta) ? "kept although within noise" : "kept although unclear";
}
