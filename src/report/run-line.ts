// One configuration as it stands in a list: which run, what it changed, what came out, against what.

import type { Group, StudyAnalysis } from "../analysis/study.ts";
import { compareCodes } from "../query/compare.ts";
import { instantOf, numberOf } from "../query/fields.ts";
import { dayText, writtenDay } from "./day.ts";
import type { Bar, Chip, DeltaView, RunRef } from "./page.ts";
import { barOf, chips, deltaView, halfWidth, runRef, valueText } from "./view.ts";
import { glyphOf, newestFirst, resultText } from "./words.ts";

/** A value, and what stands behind it: `87.2%` and `± 0.3, n = 3`. */
export interface Value {
  readonly value: string;
  readonly spread?: string;
}

export interface Result extends Value {
  /** `failed`, `invalid`, `diverged`: a word instead of a number. */
  readonly word: boolean;
}

export interface RunLine {
  readonly run: RunRef;
  readonly chips: readonly Chip[];
  readonly result?: Result;
  readonly delta?: DeltaView;
  readonly bar?: Bar;
  readonly day?: string;
}

/** Lines of one study, whose bars share one scale. */
export function runLines(groups: readonly Group[], study: StudyAnalysis, mostChips = 3): readonly RunLine[] {
  const deltas = groups.map((group) => changeOf(group, study));
  const half = halfWidth(deltas);
  return groups.map((group, at): RunLine => {
    const { first } = group;
    const result = resultOf(group, study);
    const delta = deltas[at];
    const bar = study.primary?.direction === undefined ? undefined : barOf(delta, half);
    const day = dayText(writtenDay(first.run));
    return {
      run: groupRef(group),
      chips: chips(study.runs.get(first.run.id), mostChips),
      ...(result === undefined ? {} : { result }),
      ...(delta === undefined ? {} : { delta }),
      ...(bar === undefined ? {} : { bar }),
      ...(day === undefined ? {} : { day }),
    };
  });
}

/** The first run, with the decision of the whole configuration: a later repeat may have brought it. */
export function groupRef(group: Group): RunRef {
  return { ...runRef(group.first), glyph: glyphOf(group) };
}

/** Of the primary metric, on the base; what has not finished is held against nothing. */
function changeOf({ first, status }: Group, study: StudyAnalysis): DeltaView | undefined {
  const metric = study.primary;
  return metric && status === "finished" ? deltaView(study.runs.get(first.run.id)?.deltas.get(metric.name), metric) : undefined;
}

function resultOf(group: Group, study: StudyAnalysis): Result | undefined {
  const metric = study.primary;
  if (metric === undefined) return undefined;
  const { status, readings } = group;
  if (status === "failed" || status === "lost") return { value: status, word: true };
  const reading = readings.get(metric.name);
  const text = valueText(reading, metric);
  if (text !== undefined && status === "running") return { value: splitValue(text).value, spread: "so far", word: false };
  if (text !== undefined) return { ...splitValue(text), word: reading?.mean === undefined };
  const word = resultText(group, metric, study.settings);
  return word === undefined ? undefined : { value: word, word: true };
}

/** `87.2% ± 0.3, n = 3` in two. */
export function splitValue(text: string): Value {
  const [, value, spread] = /^(.*?)(?: (?=±)|, (?=n = |\d+ diverged))(.*)$/.exec(text) ?? [];
  return value === undefined || spread === undefined ? { value: text } : { value, spread };
}

/** The newest configurations of all studies, newest first, of those that `accepts` takes. */
export function newestOfAll(
  studies: readonly StudyAnalysis[],
  most: number,
  accepts: (group: Group) => boolean = () => true,
): readonly { readonly group: Group; readonly study: StudyAnalysis }[] {
  return studies
    .flatMap((study) => firstOf(newestFirst(study), most, accepts).map((group) => ({ group, study })))
    .sort((left, right) => compareStarts(right.group, left.group))
    .slice(0, most);
}

function firstOf(groups: readonly Group[], most: number, accepts: (group: Group) => boolean): readonly Group[] {
  const found: Group[] = [];
  for (const group of groups) {
    if (found.length === most) break;
    if (accepts(group)) found.push(group);
  }
  return found;
}

/** As everywhere: start, number, id; what has no date is last, which is newest. */
function compareStarts(left: Group, right: Group): number {
  const [one, other] = [startOf(left), startOf(right)];
  if (one.start !== other.start) return one.start - other.start;
  if (one.number !== other.number) return one.number - other.number;
  return compareCodes(left.first.run.id, right.first.run.id);
}

/** Milliseconds since 1970; infinity for what has no date. */
export function startOf({ first }: Pick<Group, "first">): { readonly start: number; readonly number: number } {
  const written = writtenDay(first.run);
  return {
    start: (written === undefined ? undefined : instantOf(written)) ?? Number.POSITIVE_INFINITY,
    number: numberOf(first.run.id) ?? Number.POSITIVE_INFINITY,
  };
}
