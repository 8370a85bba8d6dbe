// Worth a look: what a careful reader of the log would point at. One line each; nothing where there is nothing.

import type { Delta, Group, Impact, StudyAnalysis } from "../analysis/study.ts";
import { parameterAddress } from "../base/address.ts";
import type { Problem } from "../base/problem.ts";
import { edgeOf, edgeText, enough } from "./asks.ts";
import { countText, plural } from "./counts.ts";
import type { RunRef } from "./page.ts";
import { groupRef } from "./run-line.ts";
import { listRuns, type Sentence } from "./sentence.ts";
import { standstillOf } from "./standstill-text.ts";
import type { Standing } from "./study-best.ts";
import type { Versus } from "./versus.ts";
import { runRef } from "./view.ts";
import { newestFirst } from "./words.ts";

/** Runs without anything better, or without a confirmation, that are worth a word. */
const long = 10;
/** Weighing evidence takes time; older decisions are not weighed again. */
const mostKept = 200;
const mostOpposite = 2;
const mostEdges = 3;
/** Pairs of one change that are looked at, the newest. */
const mostPairs = 5;

export interface WorthInput {
  readonly study: StudyAnalysis;
  readonly standing: Standing | undefined;
  readonly versus: Versus | undefined;
  /** Of this study. */
  readonly problems: readonly Problem[];
  /** Where they are listed. */
  readonly problemsAddress: string;
  /** Of the study's pages. */
  readonly folder: string;
  /** `triedRemarks`, where they are known. */
  readonly tried?: readonly Sentence[];
}

export function worthOf({ study, standing, versus, problems, problemsAddress, folder, tried }: WorthInput): readonly Sentence[] {
  return [
    ...keptAnyway(study),
    ...brokenGuards(versus),
    ...(tried ?? triedRemarks(study, folder)),
    ...unconfirmed(study),
    ...standstillOf(study),
    ...plateau(standing),
    ...damaged(problems, problemsAddress),
  ];
}

/** What the comparisons of all runs show; they take long to make. */
export function triedRemarks(study: StudyAnalysis, folder: string): readonly Sentence[] {
  return [...oppositeOutcomes(study, folder), ...edges(study, folder)];
}

const reasons = { worse: "worse than the base", same: "no different from the base", unclear: "within the noise" } as const;

/** The author's decision stands; that the numbers do not carry it is said. */
function keptAnyway(study: StudyAnalysis): readonly Sentence[] {
  const metric = study.primary;
  if (metric === undefined) return [];
  const kept = newestFirst(study).filter((group) => group.decision === "keep");
  const found: Record<keyof typeof reasons, RunRef[]> = { worse: [], same: [], unclear: [] };
  for (const group of kept.slice(0, mostKept)) {
    const word = study.runs.get(group.first.run.id)?.deltas.get(metric.name)?.evidence.word;
    if (word === "worse" || word === "same" || word === "unclear") found[word].push(groupRef(group));
  }
  return Object.entries(reasons).flatMap(([word, reason]): readonly Sentence[] => {
    const runs = found[word as keyof typeof reasons];
    const among = kept.length > mostKept ? [`, of the newest ${mostKept} kept`] : [];
    return runs.length === 0 ? [] : [[`Kept although ${reason}: `, ...listRuns(runs), ...among]];
  });
}

function brokenGuards(versus: Versus | undefined): readonly Sentence[] {
  if (versus === undefined) return [];
  return versus.rows
    .filter(({ guard }) => guard?.broken)
    .map(({ name, guard, delta }) => ["The best, ", { run: versus.best }, `, breaks the ${guard?.text} of ${name}: ${delta?.text ?? ""}`]);
}

interface Opposite {
  readonly parameter: string;
  readonly from: string;
  readonly to: string;
  readonly helped: string;
  readonly hurt: string;
  readonly judged: boolean;
}

/** One change that won in one place and lost in another: something else decides. Judged ones first. */
function oppositeOutcomes(study: StudyAnalysis, folder: string): readonly Sentence[] {
  const sure: Opposite[] = [];
  const open: Opposite[] = [];
  for (const impact of study.impact) {
    if (sure.length >= mostOpposite) break;
    for (const found of oppositesOf(impact)) (found.judged ? sure : open).push(found);
  }
  return [...sure, ...open].slice(0, mostOpposite).map(({ parameter, from, to, helped, hurt, judged }): Sentence => {
    const ref = (id: string): Sentence => {
      const file = study.runs.get(id)?.file;
      return file === undefined ? [id] : [{ run: runRef(file) }];
    };
    const change = { text: `${parameter} ${from} → ${to}`, address: parameterAddress(folder, parameter) };
    return [change, " helped in ", ...ref(helped), " and hurt in ", ...ref(hurt), ...(judged ? [] : [", not judged"])];
  });
}

function oppositesOf({ parameter, effects }: Impact): readonly Opposite[] {
  const byChange = new Map<string, { readonly from: string; readonly to: string; readonly up: Pair[]; readonly down: Pair[] }>();
  for (const { from, to, delta, run } of effects.toReversed()) {
    if (delta.better === undefined) continue;
    const key = JSON.stringify([from, to]);
    const known = byChange.get(key) ?? { from, to, up: [], down: [] };
    byChange.set(key, known);
    const side = delta.better ? known.up : known.down;
    if (side.length < mostPairs) side.push({ delta, run });
  }
  return [...byChange.values()].flatMap(({ from, to, up, down }): readonly Opposite[] => {
    if (up.length === 0 || down.length === 0) return [];
    const helped = surest(up, "better");
    const hurt = surest(down, "worse");
    if (helped === undefined || hurt === undefined) return [];
    return [{ parameter, from, to, helped: helped.run, hurt: hurt.run, judged: helped.judged && hurt.judged }];
  });
}

interface Pair {
  readonly delta: Delta;
  readonly run: string;
}

/** The newest that the evidence bears out, else the newest that nobody judged; what could be noise is no outcome. */
function surest(pairs: readonly Pair[], word: "better" | "worse"): { readonly run: string; readonly judged: boolean } | undefined {
  const sure = pairs.find(({ delta }) => delta.evidence.word === word);
  const open = sure ?? pairs.find(({ delta }) => delta.evidence.word === "unjudged");
  return open && { run: open.run, judged: sure !== undefined };
}

function edges(study: StudyAnalysis, folder: string): readonly Sentence[] {
  return study.impact
    .flatMap((impact): readonly Sentence[] => {
      const edge = edgeOf(impact);
      return edge === undefined
        ? []
        : [[{ text: `${impact.parameter} ${edge.value}`, address: parameterAddress(folder, impact.parameter) }, ` is ${edgeText(edge)}`]];
    })
    .slice(0, mostEdges);
}

/** Confirmed is a kept configuration with three values or more of the primary metric that are not all one. */
function unconfirmed(study: StudyAnalysis): readonly Sentence[] {
  const metric = study.primary;
  if (metric === undefined) return [];
  const tries = newestFirst(study).filter(({ status }) => status === "finished" || status === "failed");
  const at = tries.findIndex((group) => isConfirmed(group, metric.name));
  const since = at === -1 ? tries.length : at;
  if (since < long) return [];
  const last = tries[at];
  const meaning = ` (kept with ${enough} values or more)`;
  if (last === undefined) return [[`${countText(since)} tries and none confirmed${meaning}`]];
  return [[`${countText(since)} tries since the last confirmed run${meaning}, `, { run: groupRef(last) }]];
}

function isConfirmed(group: Group, metric: string): boolean {
  const reading = group.readings.get(metric);
  return group.decision === "keep" && !group.identical && reading?.mean !== undefined && reading.n >= enough;
}

function plateau(standing: Standing | undefined): readonly Sentence[] {
  if (standing === undefined || standing.since < long) return [];
  return [[`${countText(standing.since)} runs since `, { run: groupRef(standing.group) }, " and none better"]];
}

function damaged(problems: readonly Problem[], address: string): readonly Sentence[] {
  if (problems.length === 0) return [];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const text = `${plural(problems.length, "data problem")}${errors > 0 ? `, ${plural(errors, "error")}` : ""}`;
  return [[{ text, address }]];
}
