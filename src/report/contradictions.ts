// Numbers in prose that the data contradict. Only the plainest form counts, for a false alarm costs more than a missed one: one sentence
// with one run, one metric by its name or label, and one number in that metric's unit, as in "EXP046 reaches 90.9% val_accuracy". In a run's
// own text the run need not be named, and the words must be those of a result.

import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import type { Reading } from "../record/experiment.ts";
import { unitScale } from "../record/quantity.ts";
import { valueText } from "./view.ts";

/** A run as a text names it. */
export interface NamedRun {
  readonly group: Group;
  readonly study: StudyAnalysis;
}

export interface Contradiction {
  /** Of the number with its unit, in the text. */
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly run: string;
  readonly metric: string;
  /** `90.87% ± 0.1, n = 3` */
  readonly truth: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export const idShape: RegExp = /(?<![\w/.-])[A-Za-z]{2,12}\d{3,9}(?:-[0-9a-hjkmnp-tv-z]{4})?(?![\w-])/g;

/** Words after which a number may be anything but the result: a difference, a bound, a hope, one point of many. */
const otherwise =
  /\b(?:not|never|no|without|before|from|than|over|under|above|below|beyond|more|less|fewer|higher|lower|longer|shorter|faster|slower|better|worse|larger|smaller|bigger|greater|cheaper|up|down|gain\w*|improv\w*|increas\w*|decreas\w*|reduc\w*|drop\w*|fell|rose|by|differ\w*|delta|chang\w*|within|about|around|almost|nearly|roughly|approximately|circa|least|most|target\w*|goal\w*|aim\w*|expect\w*|predict\w*|hop\w*|would|should|could|might|may|if|until|earlier|previous\w*|old|base\w*|epoch\w*|step\w*|seed\w*|repeat\w*|fold\w*|peak\w*|versus|vs|to|between|noise|sd|deviation|margin|threshold|per)\b|n't/i;

/** What a run's own text says of a result rather than of one moment, one part or somebody else. */
const result =
  /\b(?:is|was|are|were|ends?|ended|final\w*|finish\w*|scor\w*|achiev\w*|got|gets|gave|gives|yield\w*|result\w*|of|at)\b|[:=]/i;
const elsewhere =
  /\b(?:reach\w*|hits?|start\w*|beg[aiu]n\w*|first|second|third|last|initial\w*|early|mid\w*|half\w*|best|worst|minut\w*|hours?|iter\w*|checkpoint\w*|class\w*|subset\w*|train\w*|test\w*|other\w*|another|paper\w*|publish\w*|literature|report\w*|sota|human|chance|random|averag\w*|typical\w*|usual\w*|each|every|any|all|both|some|same|plateau\w*|spik\w*|jump\w*|stuck|stays?|stayed|already|still|yet|only|once|when|while|where|whereas|then|now|next|try|tried|run|runs|with|after|during|for|on|ensembl\w*|leaderboard|prior|current|public|private|real|true|claim\w*)\b/i;

/** `find` knows the run of an id, also where its suffix is left out; nothing where several are called so. `self` is the run whose text it is. */
export function findContradictions(text: string, find: FindRun, self?: NamedRun): readonly Contradiction[] {
  if (!/\d/.test(text)) return [];
  return sentences(text).flatMap(({ start, end }) => check(text.slice(start, end), start, find, self) ?? []);
}

export type FindRun = (id: string) => NamedRun | undefined;

/** A full stop inside of a number ends nothing. */
function sentences(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/[.!?;:](?=\s|$)|\n\s*\n/g)) {
    spans.push({ start, end: index });
    start = index + 1;
  }
  spans.push({ start, end: text.length });
  return spans;
}

const longestSentence = 400;

function check(sentence: string, shift: number, find: FindRun, self: NamedRun | undefined): Contradiction | undefined {
  if (sentence.length > longestSentence) return undefined;
  const ids = [...sentence.matchAll(idShape)];
  const [id] = ids;
  const named = ids.length > 1 ? undefined : id === undefined ? self : find(id[0]);
  if (named === undefined) return undefined;
  const own = id === undefined ? { start: 0, end: 0 } : { start: id.index, end: id.index + id[0].length };
  const metrics = mentions(sentence, named.study.metrics, own);
  const [metric] = metrics;
  if (metric === undefined || metrics.length > 1) return undefined;
  const words = blank(sentence, [own, metric]);
  const numbers = [...words.matchAll(/\d[\d.,]*/g)];
  const [number] = numbers;
  if (number === undefined || numbers.length > 1 || otherwise.test(words)) return undefined;
  if (id === undefined && (!result.test(words) || elsewhere.test(words))) return undefined;
  const reading = named.group.readings.get(metric.view.name);
  const claim = readClaim(words, number.index, metric.view);
  if (reading?.mean === undefined || claim === undefined || agrees(claim, reading, named, metric.view)) return undefined;
  return {
    start: shift + number.index,
    end: shift + number.index + claim.length,
    written: words.slice(number.index, number.index + claim.length),
    run: id?.[0] ?? named.group.first.run.id,
    metric: metric.view.label,
    truth: valueText(reading, metric.view) ?? "",
  };
}

interface Mention extends Span {
  readonly view: MetricView;
}

/** The longest name wins where one is part of another; metrics of one and the same name are none. */
function mentions(sentence: string, metrics: readonly MetricView[], id: Span): readonly Mention[] {
  const folded = sentence.toLowerCase();
  const found: Mention[] = [];
  for (const view of metrics) {
    for (const name of new Set([view.name, view.name.replaceAll("_", " "), view.label].map((word) => word.toLowerCase()))) {
      for (let at = name === "" ? -1 : folded.indexOf(name); at !== -1; at = folded.indexOf(name, at + 1)) {
        const whole = !/[\p{L}\p{N}_.]/u.test(folded.charAt(at - 1)) && !/[\p{L}\p{N}_]/u.test(folded.charAt(at + name.length));
        if (whole && (at >= id.end || at + name.length <= id.start)) found.push({ view, start: at, end: at + name.length });
      }
    }
  }
  return found.filter(
    (one) =>
      !found.some(
        (other) => other !== one && other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start,
      ) && found.find((other) => other.start === one.start && other.end === one.end && other.view === one.view) === one,
  );
}

function blank(text: string, spans: readonly Span[]): string {
  let out = text;
  for (const { start, end } of spans) out = out.slice(0, start) + " ".repeat(end - start) + out.slice(end);
  return out;
}

export interface Claim {
  /** Canonical. */
  readonly value: number;
  /** Half a step of its last digit is rounding, a whole one is cutting off. */
  readonly step: number;
  readonly length: number;
}

/** The number as one of this metric, or nothing: it must stand in the metric's own kind of unit, without a sign and without a neighbour. */
export function readClaim(words: string, at: number, metric: MetricView): Claim | undefined {
  const [, before = ""] = /(\S?)\s?$/.exec(words.slice(0, at)) ?? [];
  if (/[-+−±~≈<>≤≥=×x*/^#$€£]/.test(before) || /[\p{L}_]$/u.test(words.slice(0, at))) return undefined;
  const [whole = "", digits = "", gap = "", unit = ""] = /^(\d+(?:\.\d+)?)(\s?)(%|[A-Za-zµ]+)?/.exec(words.slice(at)) ?? [];
  const rest = words.slice(at + digits.length);
  if (digits === "" || /^[\d.,]*\d/.test(rest)) return undefined;
  const decimals = digits.split(".")[1]?.length ?? 0;
  const scale = unit === "" ? undefined : unitScale(unit);
  const own = metric.unit === undefined ? undefined : unitScale(metric.unit);
  if (metric.duration || own !== undefined) {
    if (scale === undefined || (own !== undefined && scale.dimension !== own.dimension) || (gap !== "" && unit === "%") || unit === "pp")
      return undefined;
    const times = scale.times / scale.over;
    return { value: Number(digits) * times, step: times * 10 ** -decimals, length: whole.length };
  }
  // Without a unit only a number with decimals is surely the value, and not a count of something.
  if (decimals === 0 || /^\s?(?:%|×|x\b|pp\b|points?\b)/.test(rest) || /^[\p{L}%°]/u.test(rest) || metric.unit !== undefined)
    return undefined;
  return { value: Number(digits), step: 10 ** -decimals, length: digits.length };
}

/** Any value that its runs measured, their mean, or what they were measured against. */
export function agrees({ value, step }: Claim, reading: Reading, { group, study }: NamedRun, metric: MetricView): boolean {
  const own = group.files.flatMap(({ run }) =>
    run.metrics.filter(({ name }) => name === metric.name).flatMap(({ after, before }) => [after, before]),
  );
  const base = study.runs.get(group.first.run.id)?.base;
  const baseline = base === undefined ? undefined : study.runs.get(base.run.id)?.group.readings.get(metric.name);
  const known = [reading, ...own, baseline].flatMap((one) => (one === undefined ? [] : [one.mean, ...one.values]));
  return known.some((one) => typeof one === "number" && Math.abs(one - value) <= step * (1 + 1e-9));
}
