// What a run is to be run again with: its recorded words with the values that were given, seeds, and how often.

import { isAbsolute, join } from "node:path";
import { JournalError } from "../base/problem.ts";
import { redactAssignment } from "../capture/secret-words.ts";
import type { Run, RunFile } from "../record/experiment.ts";
import type { Json } from "../record/tree.ts";
import type { Assignment } from "./assignments.ts";
import type { Options } from "./command.ts";
import { badSeeds, badTolerance, maskedCommand, noCommandRecorded, noSeedInCommand, setNotInCommand } from "./messages-reproduce.ts";
import { maskedIn, namesIn, parseSeeds, rewrite, withSeedPlace } from "./rerun-words.ts";
import { planOf, type RunPlan, titleOf } from "./run-plan.ts";

export interface RerunPlan {
  readonly words: readonly string[];
  /** In order, one for each repetition; absent where the command was run without. */
  readonly seeds?: readonly string[];
  readonly repeats: number;
  /** Names of the parameters that are set anew. */
  readonly set: readonly string[];
  readonly assigned: readonly Assignment[];
  /** More seeds of the same run, not the same run once more. */
  readonly isRepeat: boolean;
  /** Relative. */
  readonly tolerance: number;
}

type RerunWishes = Pick<Options, "repeat" | "seeds" | "tolerance">;

const usualTolerance = 1e-6;

export function planRerun(run: Run, wishes: RerunWishes, set: readonly Assignment[]): RerunPlan {
  const recorded = run.run?.command;
  if (recorded === undefined) throw new JournalError(noCommandRecorded(run.id));
  const { words, missing } = rewrite(recorded, set);
  if (missing.length > 0) throw new JournalError(setNotInCommand(run.id, missing, namesIn(recorded)));
  const masked = maskedIn(words);
  if (masked.length > 0) throw new JournalError(maskedCommand(run.id, masked));
  const tolerance = wishes.tolerance === undefined ? usualTolerance : Number(wishes.tolerance);
  if (!(tolerance >= 0 && tolerance < 1)) throw new JournalError(badTolerance(wishes.tolerance ?? ""));
  const common = { set: set.map(({ key }) => key), assigned: set, tolerance };
  if (wishes.seeds !== undefined) return { ...common, ...seeded(run, words, wishes.seeds), isRepeat: set.length === 0 };
  const repeats = planOf(
    { command: words, set: [], json: false, ...(wishes.repeat === undefined ? {} : { repeat: wishes.repeat }) },
    "",
  ).repeats;
  const seeds = seedsOf(run, words, repeats);
  return { ...common, words, repeats, ...(seeds === undefined ? {} : { seeds }), isRepeat: false };
}

function seeded(run: Run, words: readonly string[], text: string): Pick<RerunPlan, "words" | "seeds" | "repeats"> {
  const seeds = parseSeeds(text);
  if (seeds === undefined) throw new JournalError(badSeeds(text));
  const placed = withSeedPlace(words);
  // A script that was given seeds before without a word of it reads `JOURNAL_SEED`.
  if (placed === undefined && run.repeats.every(({ seed }) => seed === undefined)) throw new JournalError(noSeedInCommand(run.id));
  return { words: placed ?? words, seeds, repeats: seeds.length };
}

/** The recorded ones first, so that equal seeds can be held against each other. */
function seedsOf(run: Run, words: readonly string[], repeats: number): readonly string[] | undefined {
  const recorded = run.repeats.flatMap(({ seed }) => seed ?? []);
  if (recorded.length === 0 && !words.some((word) => word.includes("{seed}"))) return undefined;
  const seeds = recorded.slice(0, repeats);
  for (let next = 1; seeds.length < repeats; next += 1) if (!seeds.includes(String(next))) seeds.push(String(next));
  return seeds;
}

export interface Stage {
  /** Absolute. */
  readonly cwd: string;
  /** Where the journal's root is in that tree. */
  readonly root: string;
  readonly code: NonNullable<RunPlan["code"]>;
  readonly json: boolean;
  readonly timeout?: string;
}

/** The new run: of the same base, or, with other values, made from the one it repeats. */
export function experimentPlan({ run, study }: RunFile, plan: RerunPlan, stage: Stage): RunPlan {
  const changed = plan.set.length > 0;
  const base = changed ? [run.id] : run.base.length > 0 ? run.base : ["none"];
  const title = plan.isRepeat ? `${run.title}, seeds ${plan.seeds?.join(", ")}` : changed ? titleWith(run, plan) : `Rerun of ${run.title}`;
  const left = run.run?.other["left_out"];
  const facts: Record<string, Json> = { cwd: run.run?.cwd ?? ".", ...(left === undefined ? {} : { left_out: left }) };
  return {
    ...planOf(
      {
        command: plan.words,
        set: [],
        json: stage.json,
        title: title.slice(0, longestTitle),
        base,
        study: study === "" ? "." : study,
        ...(run.protocol === undefined ? {} : { protocol: run.protocol }),
        ...(stage.timeout === undefined ? {} : { timeout: stage.timeout }),
      },
      stage.cwd,
    ),
    artifacts: run.artifacts.flatMap(({ path }) => (isAbsolute(path) ? [] : [join(stage.root, path)])),
    repeats: plan.repeats,
    ...(plan.seeds === undefined ? {} : { seeds: plan.seeds }),
    more: { [plan.isRepeat ? "repeat_of" : "rerun_of"]: run.id },
    run: facts,
    code: stage.code,
  };
}

/** A title that is the command is the new command; one that somebody gave is followed by what is set anew. */
function titleWith(run: Run, { words, assigned }: RerunPlan): string {
  return run.run?.command !== undefined && run.title === titleOf(run.run.command)
    ? titleOf(words)
    : `${run.title}, ${assigned
        .map((one) => redactAssignment(one, (text) => text))
        .map(({ key, value }) => `${key} = ${value}`)
        .join(", ")}`;
}

const longestTitle = 150;
