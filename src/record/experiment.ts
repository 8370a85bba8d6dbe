// The nouns of the journal. Everything is readonly and JSON-serialisable; an absent fact is an absent key, never NaN, 0 or "N/A".

import type { Json } from "./tree.ts";

export type Status = "planned" | "running" | "finished" | "failed" | "lost";
export type Decision = "keep" | "discard";
export type Direction = "min" | "max";

/** One value as somebody wrote it: `87.2%`, `2 h`, `16 GB`, `1.0e-3`. */
export interface Quantity {
  /** In the canonical unit: a fraction for percent, seconds for times, bytes for sizes, else as written. */
  readonly value: number;
  /** The unit as written ("%", "h", "min", "GB", "points"); absent when none was. */
  readonly unit?: string;
  /** As written, for showing. */
  readonly text: string;
}

/** The measured values of one side (before or after) of one metric. */
export interface Reading {
  /** One slot per repeat, canonical unit; null where the slot is absent or diverged. Empty when only a summary was written. */
  readonly values: readonly (number | null)[];
  /** Mean of the finite values, or the written mean; absent when there is none. */
  readonly mean?: number;
  /** Sample standard deviation: computed for n >= 2, or the written one. */
  readonly sd?: number;
  /** Finite values, or the written n. */
  readonly n: number;
  /** Slots that were NaN or infinite: the run diverged there. */
  readonly diverged: number;
  /** `872/1000`. */
  readonly count?: { readonly successes: number; readonly trials: number };
  /** Unit as written on the (first) value. */
  readonly unit?: string;
  /** As written; lists are joined by ", ". */
  readonly text: string;
}

export interface Metric {
  readonly name: string;
  /** A copy for readers; never computed with while the base resolves. */
  readonly before?: Reading;
  readonly after?: Reading;
  /** Which point of the curve `after` is, when recorded. */
  readonly step?: number;
  readonly pick?: string;
}

/** `batch_size: { from: 32, to: 64 }`. `undefined` sides were not recorded. */
export interface Change {
  readonly name: string;
  readonly from?: Json;
  readonly to?: Json;
}

export interface CodeChange {
  readonly from?: string;
  readonly to?: string;
  readonly files?: number;
  readonly added?: number;
  readonly removed?: number;
}

export interface Repeat {
  readonly seed?: string;
  readonly seconds?: number;
  readonly exit?: number;
}

export interface DataItem {
  readonly name: string;
  readonly path?: string;
  readonly sha256?: string;
  readonly role?: string;
}

export interface Artifact {
  readonly role?: string;
  readonly path: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface PastDecision {
  readonly decision?: Decision;
  readonly reason?: string;
  readonly date?: string;
  readonly by?: string;
}

export interface Attempt {
  readonly started?: string;
  readonly seconds?: number;
  readonly exit?: number;
  readonly snapshot?: string;
}

export interface Hardware {
  readonly gpu?: string;
  readonly ram?: string;
  readonly cpu?: string;
  readonly class?: string;
  /** Everything else that was written. */
  readonly other: Readonly<Record<string, Json>>;
}

export interface Execution {
  readonly command?: readonly string[];
  readonly cwd?: string;
  readonly commit?: string;
  readonly snapshot?: string;
  /** Of the files that count as code, where the settings name them. */
  readonly code?: string;
  readonly branch?: string;
  readonly started?: string;
  readonly seconds?: number;
  readonly exit?: number;
  readonly other: Readonly<Record<string, Json>>;
}

/** The facts of one run file: its front matter, normalised. */
export interface Run {
  readonly id: string;
  readonly title: string;
  /** As written: a plain date, or date and time with zone. */
  readonly date?: string;
  readonly experimenter?: string;
  readonly status: Status;
  readonly tags: readonly string[];
  readonly hypothesis?: string;
  readonly assumptions: readonly string[];
  readonly aliases: readonly string[];
  /** References as written (full or short ids); the first is compared, the others are lineage. */
  readonly base: readonly string[];
  readonly protocol?: string;
  /** Explicit `study:`; otherwise the folder decides. */
  readonly study?: string;
  /** Flattened by dotted path, in order; a list is one value. A literal key `a.b` keeps its name and wins over a path. */
  readonly config: Readonly<Record<string, Json>>;
  /** Texts of config values as written, where the text says more than the value (`1e-3`, `0.10`). */
  readonly configText: Readonly<Record<string, string>>;
  readonly changes: readonly Change[];
  readonly code?: CodeChange;
  readonly metrics: readonly Metric[];
  readonly repeats: readonly Repeat[];
  readonly data: readonly DataItem[];
  readonly hardware?: Hardware;
  readonly software: Readonly<Record<string, string>>;
  readonly run?: Execution;
  readonly artifacts: readonly Artifact[];
  readonly decision?: Decision;
  /** The author's own word (`revert`, `not adopted`), kept when it is not keep or discard. */
  readonly decisionWord?: string;
  readonly reason?: string;
  readonly earlier: readonly PastDecision[];
  readonly hidden: boolean;
  /** How often the result was to be looked at while repeats are still added. */
  readonly maxLooks?: number;
  /** metric → why; `*` for the whole run. */
  readonly invalid: Readonly<Record<string, string>>;
  /** protocol → metrics measured again under it. */
  readonly remeasured: Readonly<Record<string, readonly Metric[]>>;
  readonly attempts: readonly Attempt[];
  readonly repeatOf?: string;
  readonly rerunOf?: string;
  readonly source?: Json;
  readonly verdict?: Json;
  /** Unknown keys, kept and shown. */
  readonly other: Readonly<Record<string, Json>>;
}

/** What the tables and `todo` need from the prose; found by a line scan, not by remark. */
export interface BodyFacts {
  readonly worked: readonly string[];
  readonly failed: readonly string[];
  readonly unexpected: readonly string[];
  readonly questions: readonly string[];
  readonly tasks: readonly Task[];
  /** It holds tables or charts that other runs fill, so that its page changes with them. */
  readonly live?: true;
  /** Relative link targets in the body, for the dead-link check. */
  readonly links: readonly { readonly target: string; readonly offset: number }[];
}

export interface Task {
  readonly text: string;
  readonly done: boolean;
  /** 0-based among the file's tasks. */
  readonly index: number;
  /** 1-based line in the file. */
  readonly line: number;
}

/** What keys of pages other than the run's own are made of. */
export const saidOf = ({ said, hash }: Pick<RunFile, "said" | "hash">): string => said ?? hash;

/** One run as the journal holds it. */
export interface RunFile {
  /** From the journal's root, forward slashes: `experiments/EXP042-k7f3-double-the-batch.md`. */
  readonly path: string;
  /** "" for the default study, else the folder name that holds `study.yaml`, from `experiments/`. */
  readonly study: string;
  /** sha256 of the file's bytes. */
  readonly hash: string;
  /** Of all that a file says to others: what its own page alone shows, the wording of its prose, is not in it. Known of what was read with all runs. */
  readonly said?: string;
  /** Of the same but for its metrics and what is taken from its prose. */
  readonly front?: string;
  readonly run: Run;
  readonly body: BodyFacts;
  /** The text is damaged (conflict markers, YAML that ends half-way): the store hands it out without its values. */
  readonly broken?: boolean;
}
