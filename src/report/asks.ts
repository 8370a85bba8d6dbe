// What the numbers ask for: which run would settle what is open, with the command that makes it.

import type { Group, Impact, StudyAnalysis } from "../analysis/study.ts";
import { shellWord } from "../base/shell.ts";
import { plural } from "./counts.ts";
import { groupRef, splitValue } from "./run-line.ts";
import { listRuns, type Sentence } from "./sentence.ts";
import { type Standing, standingOf } from "./study-best.ts";
import { valueText } from "./view.ts";
import { newestFirst } from "./words.ts";

export interface Ask {
  readonly words: Sentence;
  readonly command?: string;
}

/** Values that count as a confirmation. */
export const enough = 3;
const seeds = 5;
const mostExtensions = 3;
const mostUnclear = 3;
/** Older runs are not asked about. */
const recent = 100;

export function asksOf(study: StudyAnalysis): readonly Ask[] {
  const standing = standingOf(study);
  return [
    ...(standing === undefined ? [] : confirm(standing, study)),
    ...(standing === undefined ? [] : extensions(standing, study)),
    ...repeats(study),
    ...decisions(study),
  ];
}

/** A best that was measured once is the luckiest of many tries. */
function confirm({ metric, group, reading, best }: Standing, study: StudyAnalysis): readonly Ask[] {
  const n = group.identical ? 1 : reading.n;
  if (n >= enough || best.tries < 2) return [];
  const { value } = splitValue(valueText(reading, metric) ?? "");
  const words: Sentence = [
    "Confirm ",
    { run: groupRef(group) },
    `: ${value} is the best of ${plural(best.tries, "run")} and rests on ${plural(n, "value")}`,
  ];
  return [{ words, command: newRun(`Confirm ${group.first.run.id} with ${seeds} seeds`, group, study) }];
}

function extensions({ group }: Standing, study: StudyAnalysis): readonly Ask[] {
  return study.impact
    .flatMap((impact): readonly Ask[] => {
      const edge = edgeOf(impact);
      if (edge === undefined) return [];
      const { parameter } = impact;
      const words: Sentence = ["Extend ", { code: parameter }, ` ${edge.low ? "below" : "above"} ${edge.value}, ${edgeText(edge)}`];
      const next = nextValue(impact, edge.low, scaleOf(parameter, study));
      if (next === undefined) return [{ words }];
      return [{ words, command: newRun(`${parameter} ${next}`, group, study, `${parameter}=${next}`) }];
    })
    .slice(0, mostExtensions);
}

/** `favoured by single changes and the lowest that was tried`: no run with it has to be the best one. */
export function edgeText({ low, value, recommended }: Edge): string {
  const end = `the ${low ? "lowest" : "highest"} that was tried`;
  return value === recommended ? `favoured by single changes and ${end}` : `${end}: single changes favour ${recommended}`;
}

function scaleOf(parameter: string, { settings }: StudyAnalysis): "log" | "linear" | undefined {
  return Object.hasOwn(settings.parameters, parameter) ? settings.parameters[parameter]?.scale : undefined;
}

export interface Edge {
  readonly low: boolean;
  /** The end itself. */
  readonly value: string;
  /** What is recommended: the end, or a range up to it. */
  readonly recommended: string;
}

/** The recommended value is the end of what was tried; zero is an end of its own. */
export function edgeOf({ edge, recommended, tested }: Impact): Edge | undefined {
  const value = edge === "low" ? tested[0]?.text : tested.at(-1)?.text;
  return edge === undefined || recommended === undefined || value === undefined || Number(value) === 0
    ? undefined
    : { low: edge === "low", value, recommended };
}

/** One step beyond the end: by the last ratio where values grow by factors, else by the last difference. */
function nextValue({ tested }: Impact, low: boolean, declared: "log" | "linear" | undefined): string | undefined {
  const values = tested.map(({ text }) => Number(text));
  const [end, before] = low ? [values[0], values[1]] : [values.at(-1), values.at(-2)];
  if (end === undefined || before === undefined || !Number.isFinite(end) || !Number.isFinite(before) || end === before) return undefined;
  const positive = values.every((value) => value > 0);
  const ratio = end / before;
  const factor = declared === "log" || (declared === undefined && positive && (ratio >= 1.5 || ratio <= 1 / 1.5));
  let next = factor && positive ? end * ratio : 2 * end - before;
  if (positive && next <= 0) next = end / 2;
  if (values.every((value) => value >= 0 && value <= 1) && next >= 1) next = (end + 1) / 2;
  if (values.every(Number.isInteger) && Number.isInteger(Math.round(next)) && Math.round(next) !== end) next = Math.round(next);
  const rounded = Number(next.toPrecision(2));
  const shown = Number.isInteger(next) && Math.abs(next) < 1e6 ? next : rounded;
  return shown === end ? undefined : String(shown);
}

function repeats(study: StudyAnalysis): readonly Ask[] {
  const metric = study.primary;
  if (metric === undefined) return [];
  const asks: Ask[] = [];
  for (const group of newestFirst(study).slice(0, recent)) {
    if (asks.length === mostUnclear) break;
    if (group.decision === "discard") continue;
    const evidence = study.runs.get(group.first.run.id)?.deltas.get(metric.name)?.evidence;
    if (evidence?.word !== "unclear" || evidence.more === undefined) continue;
    const words: Sentence = [
      "Repeat ",
      { run: groupRef(group) },
      `: unclear so far; about ${plural(evidence.more, "more value")} on each side would tell`,
    ];
    asks.push({ words, command: newRun(`Repeat ${group.first.run.id}`, group, study) });
  }
  return asks;
}

function decisions(study: StudyAnalysis): readonly Ask[] {
  const open = newestFirst(study).filter(
    (group) => group.status === "finished" && group.decision === undefined && group !== study.baseline,
  );
  const [newest] = open;
  if (newest === undefined) return [];
  const words: Sentence = [`Decide on ${plural(open.length, "finished run")}: `, ...listRuns(open.map(groupRef))];
  return [{ words, command: `journal keep ${shellWord(newest.first.run.id)} -m 'why'` }];
}

/** A run upon the group's first: the same configuration but for what is set. */
function newRun(title: string, { first }: Group, { settings }: StudyAnalysis, set?: string): string {
  return [
    "journal new",
    shellWord(title),
    ...(settings.name === "" ? [] : ["--study", shellWord(settings.name)]),
    "--base",
    shellWord(first.run.id),
    ...(set === undefined ? [] : ["--set", shellWord(set)]),
  ].join(" ");
}
