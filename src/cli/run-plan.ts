// What `journal run` was asked for, as data: words become numbers here, and what does not fit is refused before anything is written.

import { resolve } from "node:path";
import { JournalError } from "../base/problem.ts";
import { namedFiles } from "../capture/named-files.ts";
import type { Snapshot } from "../capture/snapshot.ts";
import { parseQuantity } from "../record/quantity.ts";
import type { Json } from "../record/tree.ts";
import { findGit } from "../store/git-folder.ts";
import type { Journal } from "../store/journal.ts";
import type { Assignment } from "./assignments.ts";
import type { Options } from "./command.ts";
import { notACount, notATimeout, nothingToRun } from "./messages-run.ts";
import { studyOf, studyOfRun } from "./study.ts";

export interface RunPlan {
  /** Words as they were given; `{seed}` and the names of a grid still stand in them. */
  readonly command: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** A run that is there already. */
  readonly id?: string;
  readonly study?: string;
  readonly base?: readonly string[];
  readonly set: readonly Assignment[];
  readonly title?: string;
  readonly hypothesis?: string;
  readonly motivation?: readonly string[];
  readonly tags?: readonly string[];
  readonly protocol?: string;
  /** How often, and with which seeds. */
  readonly repeats: number;
  readonly seeds?: readonly string[];
  readonly timeoutMs?: number;
  /** Files that it should leave behind: paths and patterns, from `cwd`. */
  readonly artifacts: readonly string[];
  /** Leaves no record. */
  readonly debug: boolean;
  /** Refuses what was tried before. */
  readonly strictNovelty: boolean;
  /** A command line that must succeed before the run may be kept. */
  readonly checks?: string;
  /** stdout is for a document: what the command prints goes to stderr. */
  readonly json: boolean;
  /** Nobody looks at the output. */
  readonly silent: boolean;
  /** Values for names in braces. */
  readonly values: Readonly<Record<string, string>>;
  /** Further facts of the file: `rerun_of`, … */
  readonly more?: Readonly<Record<string, Json>>;
  /** The code, where it is not that of the working tree. */
  readonly code?: Snapshot;
  /** Further facts under `run`. */
  readonly run?: Readonly<Record<string, Json>>;
}

export type RunOptions = Pick<
  Options,
  | "id"
  | "study"
  | "base"
  | "title"
  | "hypothesis"
  | "motivation"
  | "tag"
  | "protocol"
  | "repeat"
  | "timeout"
  | "debug"
  | "checks"
  | "artifact"
  | "strictNovelty"
> & { readonly command: readonly string[]; readonly set: readonly Assignment[]; readonly json: boolean };

/** `silent`: nobody looks at the output. */
export function planOf(options: RunOptions, cwd: string, silent = false): RunPlan {
  const { command, id, study, base, title, hypothesis, motivation, tag, protocol, repeat, timeout, checks } = options;
  if (command.length === 0) throw new JournalError(nothingToRun());
  return {
    command,
    cwd,
    ...(id === undefined ? {} : { id }),
    ...(study === undefined ? {} : { study }),
    ...(base === undefined ? {} : { base }),
    set: options.set,
    ...(title === undefined ? {} : { title }),
    ...(hypothesis === undefined ? {} : { hypothesis }),
    ...(motivation === undefined ? {} : { motivation }),
    ...(tag === undefined ? {} : { tags: tag }),
    ...(protocol === undefined ? {} : { protocol }),
    repeats: repeat === undefined ? 1 : countOf("--repeat", repeat),
    ...(timeout === undefined ? {} : { timeoutMs: durationOf(timeout) }),
    artifacts: options.artifact ?? [],
    debug: options.debug === true,
    strictNovelty: options.strictNovelty === true,
    ...(checks === undefined ? {} : { checks }),
    json: options.json,
    silent,
    values: {},
  };
}

const most = 1000;

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text.trim()) || count < 1 || count > most) throw new JournalError(notACount(option, text));
  return count;
}

const longestTimeout = 2 ** 31 - 1;

/** `90` are seconds. */
function durationOf(text: string): number {
  const value = parseQuantity(text, { time: true })?.value;
  const milliseconds = Math.round((value ?? 0) * 1000);
  if (milliseconds <= 0 || milliseconds > longestTimeout) throw new JournalError(notATimeout(text));
  return milliseconds;
}

/** The words of one start; a brace around any other name is the command's own. */
export function fill(command: readonly string[], values: Readonly<Record<string, string>>): readonly string[] {
  return command.map((word) =>
    word.replace(/\{([A-Za-z_][\w.-]*)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole)),
  );
}

/** What the command reads, as far as its words tell; data that is declared is known by its hash. */
export function filesIn({ root, settings }: Journal, plan: RunPlan, command: readonly string[]): readonly string[] {
  const top = findGit(root)?.top;
  const data = Object.values(settings.data).flatMap(({ path }) => (path === undefined ? [] : [resolve(root, path)]));
  const made = fill(plan.artifacts, plan.values).map((path) => resolve(plan.cwd, path));
  return top === undefined ? [] : namedFiles(command, plan.cwd, top, [...data, ...made]);
}

/** Patterns of the files that count as code. */
export function countedIn(journal: Journal, plan: RunPlan): readonly string[] {
  return (plan.id === undefined ? studyOf(journal, plan) : studyOfRun(journal, journal.find(plan.id))).code;
}

/** `train.py --lr 3e-4`: what runs it says little. */
export function titleOf(command: readonly string[]): string {
  const [first = "", ...rest] = command;
  const script = rest.findIndex((word) => !word.startsWith("-"));
  const interpreter = /^(?:python[\d.]*|node|bash|sh|Rscript|julia|ruby|perl|uv|poetry|env|torchrun|accelerate|npx|deno|bun)$/.test(
    base(first),
  );
  const words = interpreter && script !== -1 ? [base(rest[script] ?? ""), ...rest.slice(script + 1)] : [base(first), ...rest];
  const text = words.join(" ").replace(/\s+/g, " ").trim();
  return text.length > longestTitle ? `${text.slice(0, longestTitle)}…` : text;
}

const longestTitle = 72;
const base = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const rankNames = ["RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "LOCAL_RANK", "MPI_LOCALRANKID"];

/** One of many processes of a distributed training that are not the first: they share its run and never write. */
export function isFollower(environment: Readonly<Record<string, string | undefined>>): boolean {
  return rankNames.some((name) => Number(environment[name] ?? 0) > 0);
}
