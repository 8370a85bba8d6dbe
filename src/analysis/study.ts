// What the analysis knows about a journal. Plain data; numbers are finite, what is unknown is absent.

import type { Problem } from "../base/problem.ts";
import type { Decision, Direction, Reading, RunFile, Status } from "../record/experiment.ts";
import type { Goal, StudySettings } from "../record/settings.ts";
import type { Json } from "../record/tree.ts";
import type { Ground } from "./table.ts";

export interface Analysis {
  /** The default study first, then by name. */
  readonly studies: readonly StudyAnalysis[];
}

export interface StudyAnalysis {
  readonly settings: StudySettings;
  /** In order: start, number, id. */
  readonly files: readonly RunFile[];
  /** The era that counts now: the last protocol, "" where the study names none. */
  readonly era: string;
  readonly primary?: MetricView;
  /** Nobody named the primary metric: it is the one that most runs measured. */
  readonly primaryGuessed: boolean;
  /** Primary first, then the goals', the declared ones, the rest by how many runs have them. */
  readonly metrics: readonly MetricView[];
  /** By metric, in the era that counts; absent where nothing was repeated. */
  readonly noise: ReadonlyMap<string, Noise>;
  /** By id; of two files with one id the first in order. */
  readonly runs: ReadonlyMap<string, AnalysedRun>;
  /** The same without what takes room or time: for what asks about all of them. */
  readonly kin: (id: string) => Kin | undefined;
  /** In the order of their first files. */
  readonly groups: readonly Group[];
  readonly baseline?: Group;
  /** `named` in the settings, the oldest run `without base`, or, where all have one, just the `oldest`. */
  readonly baselineWhy?: "named" | "without base" | "oldest";
  readonly best: readonly Best[];
  /** Among kept configurations alone. */
  readonly bestKept: readonly Best[];
  /** The goals above were not set: they follow from the primary metric and the time. */
  readonly goalsGuessed: boolean;
  readonly impact: readonly Impact[];
  /** Of any two runs what their numbers say, as for a run and its base. */
  readonly between: (run: AnalysedRun, base: AnalysedRun) => Pick<AnalysedRun, "deltas" | "notCompared">;
  /** The configurations as numbers, for what looks at all of them. */
  readonly ground: Ground;
  readonly machines: readonly Machine[];
}

export interface MetricView {
  readonly name: string;
  readonly label: string;
  readonly direction?: Direction;
  /** The direction follows from the name alone. */
  readonly guessed: boolean;
  /** To show values in. */
  readonly unit?: string;
  readonly duration: boolean;
  /** In the unit shown; never more than the author wrote, but for means of repeats. */
  readonly decimals: number;
}

/** Who belongs to a run. */
export interface Kin extends Pick<AnalysedRun, "file" | "group" | "bases" | "cut" | "children"> {
  /** Of the run it is compared with, and the study that this lies in. */
  readonly against?: { readonly group: Group; readonly study: StudySettings };
}

export interface AnalysedRun {
  readonly file: RunFile;
  /** The first base that is in this journal: the run this one is compared with. */
  readonly base?: RunFile;
  readonly bases: readonly RunFile[];
  /** References that lead nowhere or to several runs, as written. */
  readonly missing: readonly string[];
  /** Bases left out because they would close a circle. */
  readonly cut: readonly RunFile[];
  readonly children: readonly RunFile[];
  readonly group: Group;
  /** Parameters recorded on both sides that differ. */
  readonly changes: readonly ParameterChange[];
  /** Parameters recorded on one side only: never a change, never equal. */
  readonly unrecorded: readonly ParameterChange[];
  /** `program` for another program of the same code. Absent where one side did not record its code. */
  readonly code?: "same" | "changed" | "program" | undefined;
  /** Declared packages that differ. */
  readonly environment: readonly ParameterChange[];
  readonly deltas: ReadonlyMap<string, Delta>;
  /** Metrics that both sides have but that are not compared. */
  readonly notCompared: ReadonlyMap<string, Break>;
}

/** Why two values of one metric are not compared. */
export type Break = "protocol" | "data" | "hardware" | "invalid" | "scale";

export interface ParameterChange {
  readonly name: string;
  readonly from?: Json;
  readonly to?: Json;
  /** As the author wrote it, `?` where it was not recorded. */
  readonly fromText: string;
  readonly toText: string;
  /** Taken from the `changes` of the file: the configurations cannot tell. */
  readonly written?: true;
}

/** What the numbers of two sides allow to say; the author's decision stands beside it. */
export interface Evidence {
  /** `unjudged`: too few values for any judgement, one run against one. `unclear`: judged, but it could be either. */
  readonly word: "better" | "worse" | "same" | "unclear" | "unjudged";
  /** 95% interval of after minus before, canonical unit. */
  readonly low?: number;
  readonly high?: number;
  readonly p?: number;
  /** `Welch t`, `paired t over seeds 1 2 3`, … */
  readonly method?: string;
  /** Standard deviation of one value, as the test took it. */
  readonly spread?: number;
  /** Repeats that are still needed on the smaller side to tell. */
  readonly more?: number;
  /** Of a time: after over before, between the ends of its interval. */
  readonly ratio?: readonly [low: number, at: number, high: number];
}

/** What one value of a metric scatters, pooled over the configurations that were repeated. */
export interface Noise {
  readonly sd: number;
  readonly df: number;
  /** How many configurations it comes from. */
  readonly groups: number;
  /** Of a time: that of its logarithms. */
  readonly logs?: { readonly sd: number; readonly df: number };
}

export interface Delta {
  readonly before: Reading;
  readonly after: Reading;
  /** After minus before, canonical unit. */
  readonly absolute: number;
  /** Of the absolute value before; absent where that is zero. */
  readonly relative?: number;
  /** Absent without a direction and for equal values. */
  readonly better?: boolean;
  readonly evidence: Evidence;
  /** `before` is the copy in the file: the base is not in this journal. */
  readonly copied?: true;
}

/** One run of a configuration, and what it says alone. */
export interface Member {
  readonly file: RunFile;
  readonly readings: ReadonlyMap<string, Reading>;
}

/** Runs of one configuration: pooled, one row, one decision. */
export interface Group {
  /** Id of the first run. */
  readonly key: string;
  /** In order. */
  readonly files: readonly RunFile[];
  /** The original; repetitions name it. */
  readonly first: RunFile;
  readonly era: string;
  /** Pooled over the finished runs; over all where none has finished. */
  readonly readings: ReadonlyMap<string, Reading>;
  /** What each of these runs says alone. */
  readonly members: readonly Member[];
  /** The newest decision of its runs. */
  readonly decision?: Decision;
  /** `finished` as soon as one of its runs is. */
  readonly status: Status;
  /** All pooled values of every quality are the same to the last digit: repetitions that repeated nothing. */
  readonly identical: boolean;
  /** Repetitions that equal another one to the last digit, where not all do: left out of the qualities. */
  readonly copies: number;
}

export interface Best {
  readonly goal: Goal;
  readonly group?: Group;
  readonly reading?: Reading;
  /** Finished configurations with a valid value: how many the best was chosen from. */
  readonly tries: number;
  /** A time was chosen within this machine class; the tries on others do not count. */
  readonly machine?: string;
  /** Why the goal cannot be answered: its filter is wrong. */
  readonly problem?: Problem;
}

/** Of several pairs; canonical unit, after minus before. */
export interface Effect {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly n: number;
}

export interface PairEffect {
  readonly from: string;
  readonly to: string;
  readonly delta: Delta;
  /** Id of the run that made the change. */
  readonly run: string;
}

export interface Impact {
  readonly parameter: string;
  readonly category: string;
  /** Configurations per value, at most `mostValues`; numbers in order, words by first use. */
  readonly tested: readonly { readonly text: string; readonly n: number }[];
  /** Values not listed in `tested`. */
  readonly untold: number;
  /** Pairs of run and base that differ in this parameter alone. */
  readonly effects: readonly PairEffect[];
  readonly onPrimary?: Effect;
  readonly onTime?: Effect;
  /** Pairs that changed it along with something else. */
  readonly confounded: number;
  /** Values that won a single-change pair and never lost one. */
  readonly recommended?: string;
  /** The recommended end is also the end of what was tested. */
  readonly edge?: "low" | "high";
}

/** Durations compare only within one. */
export interface Machine {
  readonly name: string;
  readonly gpu?: string;
  readonly cpu?: string;
  readonly ram?: string;
  readonly software?: string;
  readonly runs: number;
  readonly medianSeconds?: number;
}
