// A study whose runs follow one another: `tries(["80%", "82%"], { decide: () => "keep" })`.

import type { StudyAnalysis } from "../../src/analysis/study.ts";
import type { Decision, Direction, Status } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import { analyseStudy } from "./analysis.ts";
import { type Measured, run } from "./run.ts";

export interface TryWords {
  readonly metric?: string;
  readonly goal?: Direction;
  readonly unit?: string;
  readonly decide?: (at: number) => Decision | undefined;
  readonly status?: (at: number) => Status;
  readonly protocol?: (at: number) => string;
  /** Runs a day; 0: without dates. */
  readonly perDay?: number;
  readonly title?: (at: number) => string;
  readonly study?: Partial<StudySettings>;
}

export const tryId = (at: number): string => `EXP${String(at + 1).padStart(3, "0")}-${["k7f3", "a1b2", "9xq0", "zz4p"][at % 4]}`;

/** Values of the primary metric, `undefined` for a run without one. The first has no base, every other the one before. */
export function tries(values: readonly (Measured | undefined)[], words: TryWords = {}): StudyAnalysis {
  const {
    metric = "acc",
    goal = "max",
    unit,
    decide = () => undefined,
    status = () => "finished",
    protocol,
    perDay = 4,
    study = {},
  } = words;
  const files = values.map((value, at) => {
    const decision = decide(at);
    return run({
      id: tryId(at),
      title: words.title?.(at) ?? `Try ${at + 1}`,
      status: status(at),
      config: { step: at },
      ...(perDay === 0 ? {} : { date: new Date(Date.UTC(2025, 10, 17, 8) + (at * 86_400_000) / perDay).toISOString() }),
      ...(at === 0 ? {} : { base: tryId(at - 1) }),
      ...(decision === undefined ? {} : { decision }),
      ...(protocol === undefined ? {} : { protocol: protocol(at) }),
      ...(value === undefined ? {} : { metrics: { [metric]: value } }),
    });
  });
  const protocols = protocol === undefined ? [] : [...new Set(values.map((_, at) => protocol(at)))].map((name) => ({ name, invalid: [] }));
  const metrics = { [metric]: { name: metric, from: [], goal, ...(unit === undefined ? {} : { unit }) } };
  return analyseStudy(files, { primary: metric, metrics, protocols, ...study });
}
