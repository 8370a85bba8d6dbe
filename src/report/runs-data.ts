// The runs of a study as the scripts of the site load them: about a thousand to a file, counted from the oldest, so that a new run changes
// the last file only. What the files hold is described in docs/site-data.md.

import type { AnalysedRun, Delta, MetricView, Noise } from "../analysis/study.ts";
import type { Reading, RunFile } from "../record/experiment.ts";
import type { StudySettings, View } from "../record/settings.ts";
import type { Usual } from "./runs-data-cell.ts";
import type { Packed } from "./runs-data-column.ts";

export const shardRows = 1000;

/** Of the hashes of commits, snapshots and data. */
export const hashDigits = 12;

/** Of the runs of a study that are not hidden. */
export function shardCount(runs: number): number {
  return Math.max(1, Math.ceil(runs / shardRows));
}

/** `main-1`; a name that could meet another one on some disk carries a mark of its own. */
export function shardName(study: string, number: number): string {
  if (study === "") return `main-${number}`;
  const plain = /^[a-z0-9_][a-z0-9_-]*$/.test(study) && study !== "main";
  return `${plain ? study : `${study.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 60)}~${mark(study)}`}-${number}`;
}

export function shardAddress(study: string, number: number): string {
  return `data/${shardName(study, number)}.js`;
}

/** FNV-1a. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

export interface Shard {
  readonly version: 1;
  /** Of its first run among all, from 0. */
  readonly from: number;
  readonly rows: number;
  /** Metric → how its plain values are written. */
  readonly usual: Readonly<Record<string, Usual>>;
  readonly columns: Readonly<Record<string, Packed>>;
  /** In the last shard. */
  readonly head?: DataHead;
}

/** What the scripts know about a study besides its runs. */
export interface DataHead {
  readonly settings: StudySettings;
  readonly title: string;
  /** Runs in all shards. */
  readonly runs: number;
  readonly era: string;
  readonly metrics: readonly MetricView[];
  readonly noise: Readonly<Record<string, Noise>>;
  readonly primary?: string;
  /** Metrics that the log shows besides the primary one, the time apart. */
  readonly others: readonly string[];
  readonly time?: string;
  /** Parameters that vary, by their impact. */
  readonly parameters: readonly string[];
  /** Half-width of the change bars of the log. */
  readonly half: number;
  readonly baseline?: string;
  readonly best: readonly { readonly goal: string; readonly id: string }[];
  readonly views: Readonly<Record<string, View>>;
}

/** One run as the scripts know it. */
export interface DataRun {
  /** Prose is cut to its beginning, hashes to 12 digits; artifacts, attempts, links and what nobody asked for are missing. */
  readonly file: RunFile;
  /** Place of the first run of its configuration, counted from the oldest: its own for most. */
  readonly group: number;
  /** The valid ones by the metrics' own names: of its configuration on the first run of one, else its own. */
  readonly readings: ReadonlyMap<string, Reading>;
  readonly changes: AnalysedRun["changes"];
  readonly unrecorded: AnalysedRun["unrecorded"];
  readonly code?: "same" | "changed" | "program";
  /** Of the primary metric, against the base. */
  readonly delta?: Delta;
}
