// All runs over all parameters that varied: an axis per parameter, the primary metric last, a line per configuration.

import type { Group, Impact, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { recordedValue } from "../analysis/table.ts";
import { formatQuantity } from "../record/format.ts";
import { parseValue } from "../record/value.ts";
import { extent, inUnit } from "./chart-parts.ts";
import { filterName } from "./filter-text.ts";
import { groupRef } from "./group-ref.ts";
import type { Chip, RunRef } from "./page.ts";
import { coreOf } from "./result-range.ts";
import { placeIn, ticksOf, tickText, valueAxis } from "./value-axis.ts";
import { valueText } from "./view.ts";

export interface ParallelAxis {
  readonly name: string;
  readonly label: string;
  /** How a filter names it. */
  readonly field: string;
  readonly kind: "number" | "words" | "metric";
  readonly log: boolean;
  /** Ends of a number axis, in the unit shown; of words 0 and the last index. */
  readonly low: number;
  readonly high: number;
  /** Texts of an axis of words, bottom up. */
  readonly words: readonly string[];
  /** 0 is the bottom, 1 the top. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** The best end is the top: lower values stand higher. */
  readonly turned: boolean;
  /** Few values, each used again and again: lines that meet in one fan out. */
  readonly discrete: boolean;
  /** Of a metric, where its ends are not bare numbers. */
  readonly unit?: string;
}

export interface ParallelLine {
  readonly group: Group;
  /** Per axis; absent where not recorded or, on a logarithmic axis, not positive. */
  readonly places: readonly (number | undefined)[];
}

export interface Parallel {
  readonly axes: readonly ParallelAxis[];
  /** What is drawn, in the order of the runs. */
  readonly lines: readonly ParallelLine[];
  /** Finished configurations with a value; the lines are some of them. */
  readonly measured: readonly Group[];
  readonly failed: number;
  /** Finished, but without a value that counts now. */
  readonly unmeasured: number;
  /** Parameters that varied and have no axis. */
  readonly left: number;
}

/** The configurations with the best values, as a table. */
export interface ParallelRows {
  readonly columns: readonly { readonly name: string; readonly text: Chip; readonly number: boolean }[];
  readonly rows: readonly { readonly run: RunRef; readonly cells: readonly (Chip | undefined)[]; readonly value: string }[];
  readonly of: number;
  readonly metric: string;
  readonly axes: readonly ParallelAxis[];
}

const fewest = 8;
const mostAxes = 10;
const mostLines = 150;
const mostKept = 100;
const mostBest = 20;
/** Room for the fan below and above. */
const bottom = 0.05;
/** How far from its value a line may stand. */
export const fan: number = bottom;

/** Nothing below eight runs: a table says it better. */
export function parallelOf(study: StudyAnalysis): Parallel | undefined {
  const { primary, groups, era } = study;
  if (primary === undefined) return undefined;
  const shown = groups.filter(({ first }) => !first.run.hidden);
  const finished = shown.filter(({ status }) => status === "finished");
  const measured = finished.filter((group) => group.era === era && group.readings.get(primary.name)?.mean !== undefined);
  if (measured.length < fewest) return undefined;
  const drawn = drawnOf(measured);
  const made = study.impact.flatMap((impact) => columnOf(impact, drawn, study) ?? []);
  const columns = [...made.slice(0, mostAxes - 1), metricColumn(primary, measured, drawn)];
  if (columns.length < 2) return undefined;
  return {
    axes: columns.map(({ axis }) => axis),
    lines: drawn.map((group, at): ParallelLine => ({ group, places: columns.map(({ places }) => places[at]) })),
    measured,
    failed: shown.filter(({ status }) => status === "failed" || status === "lost").length,
    unmeasured: finished.length - measured.length,
    left: study.impact.length - columns.length + 1,
  };
}

/** Why there is no picture. */
export function noParallel({ groups, primary, era }: StudyAnalysis): string {
  const count = groups.filter(
    (group) =>
      group.status === "finished" && group.era === era && primary !== undefined && group.readings.get(primary.name)?.mean !== undefined,
  ).length;
  const runs = `${count} ${count === 1 ? "configuration has" : "configurations have"}`;
  return count < fewest
    ? `All runs at once are drawn from ${fewest} configurations on; ${count === 0 ? "none has" : runs} a value that counts.`
    : "No parameter varies between the configurations that have a value.";
}

/** All up to 150, else the newest kept and the newest others. */
function drawnOf(measured: readonly Group[]): readonly Group[] {
  if (measured.length <= mostLines) return measured;
  const kept = measured.filter(({ decision }) => decision === "keep").slice(-mostKept);
  const others = measured.filter(({ decision }) => decision !== "keep").slice(kept.length - mostLines);
  const chosen = new Set([...kept, ...others]);
  return measured.filter((group) => chosen.has(group));
}

interface Column {
  readonly axis: ParallelAxis;
  /** One per line. */
  readonly places: readonly (number | undefined)[];
}

/** Nothing for a parameter that is the same in all lines, or whose words are too many for an axis. The axis has all values that were tried. */
function columnOf({ parameter: name, tested, untold }: Impact, groups: readonly Group[], study: StudyAnalysis): Column | undefined {
  const settings = Object.hasOwn(study.settings.parameters, name) ? study.settings.parameters[name] : undefined;
  const axis = valueAxis(
    tested.map(({ text }) => ({ text, value: parseValue(text) })),
    settings?.scale,
  );
  if (axis === undefined || (axis.kind === "words" && untold > 0)) return undefined;
  const { place, ...rest } = axis;
  const values = groups.map(({ first }) => recordedValue(first, name));
  const places = values.map((value) => (value === undefined ? undefined : place(value)));
  if (new Set(places.filter((at) => at !== undefined)).size < 2) return undefined;
  return {
    axis: {
      ...rest,
      name,
      label: settings?.label ?? name,
      field: filterName(name, "config"),
      turned: false,
      ticks: rest.ticks.map(({ at, text }) => ({ at: within(at), text })),
    },
    places: rest.discrete ? fanned(places, groups, study.primary) : places.map((at) => (at === undefined ? undefined : within(at))),
  };
}

/** A share of an axis as a place between its ends, which leave room for the fan. */
export const within = (at: number): number => bottom + at * (1 - 2 * bottom);

/** The way back: the share of an axis at a place, 0 to 1. */
export const shareAt = (place: number): number => Math.min(Math.max((place - bottom) / (1 - 2 * bottom), 0), 1);

/** Lines that meet in one value stand beside each other by their rank, so that their number shows. */
function fanned(
  places: readonly (number | undefined)[],
  groups: readonly Group[],
  primary: MetricView | undefined,
): readonly (number | undefined)[] {
  const byPlace = new Map<number, number[]>();
  for (const [at, place] of places.entries()) {
    if (place === undefined) continue;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, [at]);
    else known.push(at);
  }
  const value = (at: number): number => (primary === undefined ? 0 : (groups[at]?.readings.get(primary.name)?.mean ?? 0));
  const sign = primary?.direction === "min" ? -1 : 1;
  const out: (number | undefined)[] = places.map(() => undefined);
  for (const [place, members] of byPlace) {
    const width = Math.min(2 * fan, 0.8 / byPlace.size, (members.length - 1) * 0.02);
    const ranked = members.toSorted((left, right) => (value(left) - value(right)) * sign || left - right);
    for (const [rank, at] of ranked.entries())
      out[at] = within(place) + (members.length === 1 ? 0 : (rank / (members.length - 1) - 0.5) * width);
  }
  return out;
}

/** The best end on top; what lies further out than three times the span of the middle half stands at the end. */
function metricColumn(metric: MetricView, measured: readonly Group[], drawn: readonly Group[]): Column {
  const resultOf = ({ readings }: Group): number => inUnit(readings.get(metric.name)?.mean ?? 0, metric.unit);
  const values = measured.map(resultOf);
  const { values: core, log } = coreOf(values, metric.duration ? 20 : 100);
  const { low, high } = extent(core);
  const turned = metric.direction === "min";
  const place = placeIn({ low, high, log });
  const turn = (at: number): number => (turned ? 1 - at : at);
  const places = drawn.map((group) => within(turn(place(resultOf(group)) ?? 0)));
  const texts = [...new Set(values)].length === 1 ? [low] : ticksOf(low, high, log);
  return {
    axis: {
      name: metric.name,
      label: `${metric.label}${metric.direction === undefined ? "" : metric.direction === "max" ? " ↑" : " ↓"}`,
      field: filterName(metric.name, "metric"),
      kind: "metric",
      log,
      low,
      high,
      words: [],
      discrete: false,
      ...(metric.unit === undefined ? {} : { unit: metric.unit }),
      ticks: texts.map((value) => ({ at: within(turn(place(value) ?? 0)), text: numberText(value, metric) })),
      turned,
    },
    places,
  };
}

const numberText = (value: number, { unit }: MetricView): string => (unit === "%" ? `${tickText(value)}%` : tickText(value));

/** Best first; without a direction the newest first. */
export function bestRows({ axes, measured }: Pick<Parallel, "axes" | "measured">, primary: MetricView): ParallelRows {
  const sign = primary.direction === "min" ? 1 : -1;
  const newest = measured.toReversed();
  const valued = newest.map((group) => ({ group, value: (group.readings.get(primary.name)?.mean ?? 0) * sign }));
  const ordered =
    primary.direction === undefined ? newest : valued.sort((left, right) => left.value - right.value).map(({ group }) => group);
  const parameters = axes.filter(({ kind }) => kind !== "metric");
  return {
    columns: parameters.map(({ name, label, kind }) => ({ name, text: chipOf(label), number: kind === "number" })),
    rows: ordered.slice(0, mostBest).map((group) => ({
      run: groupRef(group),
      cells: parameters.map(({ name }) => {
        const value = recordedValue(group.first, name);
        return value === undefined ? undefined : chipOf(value.text);
      }),
      value: valueText(group.readings.get(primary.name), primary) ?? "",
    })),
    of: measured.length,
    metric: axes.at(-1)?.label ?? primary.label,
    axes,
  };
}

const longest = 24;
const chipOf = (text: string): Chip => (text.length > longest ? { text: `${text.slice(0, longest - 1)}…`, title: text } : { text });

/** For tips: `87.2%`. */
export const lineValue = (group: Group, metric: MetricView): string =>
  formatQuantity(group.readings.get(metric.name)?.mean ?? 0, metric.unit, { decimals: metric.decimals, screen: true });
