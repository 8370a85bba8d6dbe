// What each parameter did, from pairs of run and base that differ in it alone: same code, same declared packages, comparable values.

import type { RunFile } from "../record/experiment.ts";
import { categoryOf } from "../record/guess.ts";
import type { StudySettings } from "../record/settings.ts";
import { contrastsOf } from "./contrasts.ts";
import type { Metrics } from "./metrics.ts";
import { recommend, winsOf } from "./recommend.ts";
import { mean } from "./statistics.ts";
import type { AnalysedRun, Delta, Effect, Group, Impact, MetricView, PairEffect, ParameterChange } from "./study.ts";
import { compareNumbers, type Row, recordedValue, type Table } from "./table.ts";

/** Values of a parameter that are listed; the rest are counted. */
export const mostValues = 24;

export interface ImpactContext {
  readonly study: StudySettings;
  readonly metrics: Metrics;
  readonly table: Table;
  readonly rows: ReadonlyMap<RunFile, Row>;
  readonly analysed: ReadonlyMap<RunFile, AnalysedRun>;
}

interface Tested {
  readonly text: string;
  readonly number: number | undefined;
  n: number;
}

interface Evidence {
  readonly tested: Map<unknown, Tested>;
  readonly effects: PairEffect[];
  readonly times: number[];
  confounded: number;
}

/** Parameters with two values or a change; strongest effect on the primary metric first. */
export function findImpact(groups: readonly Group[], context: ImpactContext): readonly Impact[] {
  const evidence = new Map<string, Evidence>();
  countValues(groups, context, evidence);
  const time = context.metrics.views.find((metric) => metric.duration);
  for (const group of groups) weighPair(group, time, context, evidence);
  const impacts: Impact[] = [];
  for (const [parameter, found] of evidence)
    if (found.tested.size > 1 || found.effects.length > 0 || found.confounded > 0) impacts.push(impactOf(parameter, found, context));
  const strength = ({ onPrimary }: Impact): number =>
    onPrimary === undefined ? -1 : Math.max(Math.abs(onPrimary.low), Math.abs(onPrimary.high));
  return impacts.sort(
    (left, right) => strength(right) - strength(left) || right.confounded - left.confounded || (left.parameter < right.parameter ? -1 : 1),
  );
}

function evidenceFor(parameter: string, evidence: Map<string, Evidence>): Evidence {
  const known = evidence.get(parameter);
  if (known !== undefined) return known;
  const made: Evidence = { tested: new Map(), effects: [], times: [], confounded: 0 };
  evidence.set(parameter, made);
  return made;
}

/** Each configuration that was started counts once. */
function countValues(groups: readonly Group[], { rows, table }: ImpactContext, evidence: Map<string, Evidence>): void {
  const byNumber: (Evidence | undefined)[] = [];
  for (const { first, status } of groups) {
    const row = status === "planned" ? undefined : rows.get(first);
    for (let at = 0; row !== undefined && at < row.length; at += 2) {
      const number = row[at] ?? 0;
      const found = byNumber[number] ?? evidenceFor(table.names[number] ?? "", evidence);
      byNumber[number] = found;
      const known = found.tested.get(row[at + 1]);
      if (known !== undefined) known.n += 1;
      else {
        const value = recordedValue(first, table.names[number] ?? "");
        if (value !== undefined)
          found.tested.set(row[at + 1], { text: value.text, number: typeof value.value === "number" ? value.value : undefined, n: 1 });
      }
    }
  }
}

function weighPair(group: Group, time: MetricView | undefined, context: ImpactContext, evidence: Map<string, Evidence>): void {
  const run = context.analysed.get(group.first);
  const base = run?.base === undefined ? undefined : context.analysed.get(run.base);
  if (run === undefined || group.status === "planned" || base?.group === group) return;
  const finished = group.status === "finished" && (base === undefined || base.group.status === "finished");
  for (const change of run.changes) {
    // Changes that only the file tells count where it tells both sides.
    if (change.from === undefined || change.to === undefined) continue;
    const known = evidenceFor(change.name, evidence);
    if (change.written) countWritten(change, known);
    if (!finished) continue;
    if (isAlone(run)) weigh(change, run, known, context.metrics.primary, time);
    else known.confounded += 1;
  }
}

/** One parameter and nothing else: code or a parameter that is not known to be the same is something else. */
function isAlone(run: AnalysedRun): boolean {
  const sameCode = run.base === undefined ? run.code !== "changed" : run.code === "same";
  return run.changes.length === 1 && run.unrecorded.length === 0 && sameCode && run.environment.length === 0;
}

function weigh(
  change: ParameterChange,
  run: AnalysedRun,
  known: Evidence,
  primary: MetricView | undefined,
  time: MetricView | undefined,
): void {
  const delta: Delta | undefined = primary === undefined ? undefined : run.deltas.get(primary.name);
  if (delta !== undefined) known.effects.push({ from: change.fromText, to: change.toText, delta, run: run.file.run.id });
  const seconds = time === undefined ? undefined : run.deltas.get(time.name)?.absolute;
  if (seconds !== undefined) known.times.push(seconds);
}

/** Where no configuration was recorded, the two sides of a change are the values there are. */
function countWritten({ from, to, fromText, toText }: ParameterChange, { tested }: Evidence): void {
  for (const [value, text, n] of [
    [from, fromText, 0],
    [to, toText, 1],
  ] as const) {
    const known = tested.get(text);
    if (known !== undefined) known.n += n;
    else tested.set(text, { text, number: typeof value === "number" ? value : undefined, n: 1 });
  }
}

function impactOf(
  parameter: string,
  { tested, effects, times, confounded }: Evidence,
  { study, metrics: { primary } }: ImpactContext,
): Impact {
  const values = [...tested.values()];
  const numeric = values.every(({ number }) => number !== undefined);
  values.sort((left, right) => compareNumbers(left.number ?? left.text, right.number ?? right.text));
  const onPrimary = effectOf(effects.map(({ delta }) => delta.absolute));
  const onTime = effectOf(times);
  const numbers = new Map(
    values.flatMap(({ text, number }): readonly (readonly [string, number])[] => (number === undefined ? [] : [[text, number]])),
  );
  return {
    parameter,
    category: categoryOf(parameter, Object.hasOwn(study.parameters, parameter) ? study.parameters[parameter] : undefined),
    tested: listed(values, numeric),
    untold: Math.max(values.length - mostValues, 0),
    effects,
    confounded,
    ...(onPrimary === undefined ? {} : { onPrimary }),
    ...(onTime === undefined ? {} : { onTime }),
    ...recommend(winsOf(primary === undefined ? [] : contrastsOf({ effects }, { primary, settings: study }), primary?.direction), numbers),
  };
}

/** Both ends of the numbers and the most used values in between. */
function listed(values: readonly Tested[], numeric: boolean): Impact["tested"] {
  const shown = ({ text, n }: Tested): { readonly text: string; readonly n: number } => ({ text, n });
  if (values.length <= mostValues) return values.map(shown);
  const ends = new Set(numeric ? [values[0], values.at(-1)] : []);
  const used = [...values].sort((left, right) => Number(ends.has(right)) - Number(ends.has(left)) || right.n - left.n).slice(0, mostValues);
  const kept = new Set(used);
  return values.filter((value) => kept.has(value)).map(shown);
}

function effectOf(differences: readonly number[]): Effect | undefined {
  const middle = mean(differences);
  if (middle === undefined) return undefined;
  const low = differences.reduce((least, value) => Math.min(least, value));
  const high = differences.reduce((most, value) => Math.max(most, value));
  return { low, high, mean: middle, n: differences.length };
}
