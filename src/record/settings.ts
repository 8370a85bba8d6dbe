// `journal.yaml` and `study.yaml` as values. `normalizeSettings` and `normalizeStudy` live in normalize-settings.ts.

import type { Direction } from "./experiment.ts";
import type { Json } from "./tree.ts";

export interface MetricSettings {
  readonly name: string;
  readonly from: readonly string[];
  readonly goal?: Direction;
  readonly unit?: string;
  /** "best" | "last" | "first" | "min" | "max" | `at best <metric>` */
  readonly pick?: string;
  /** `0.3pp`, `1%` (relative) or a number in the metric's unit, as written. */
  readonly minEffect?: string;
  /** `+10%`: how much worse a guard rail may get. */
  readonly guard?: string;
  readonly label?: string;
}

export interface ParameterSettings {
  readonly name: string;
  readonly category?: string;
  readonly scale?: "log" | "linear";
  readonly label?: string;
}

export interface Goal {
  readonly name: string;
  readonly direction: Direction;
  readonly metric: string;
  /** Filter text; `best` inside it means the best value of that metric. */
  readonly where?: string;
}

export interface Protocol {
  readonly name: string;
  readonly invalid: readonly string[];
  readonly reason?: string;
  readonly what?: string;
}

export interface StudySettings {
  /** "" for the default study. */
  readonly name: string;
  readonly title?: string;
  readonly question?: string;
  readonly primary?: string;
  /** Reference as written. */
  readonly baseline?: string;
  readonly goals: readonly Goal[];
  /** In order; the last is current. Empty: one unnamed era. */
  readonly protocols: readonly Protocol[];
  readonly target?: Readonly<Record<string, string>>;
  /** Merged over the journal's own. */
  readonly metrics: Readonly<Record<string, MetricSettings>>;
  readonly parameters: Readonly<Record<string, ParameterSettings>>;
  readonly ignore: readonly string[];
  /** Patterns from the top of the repository; empty: every file. */
  readonly code: readonly string[];
}

export interface View {
  readonly where?: string;
  readonly sort?: string;
  readonly columns: readonly string[];
}

export interface Settings {
  readonly title: string;
  readonly metrics: Readonly<Record<string, MetricSettings>>;
  readonly parameters: Readonly<Record<string, ParameterSettings>>;
  readonly ignore: readonly string[];
  readonly code: readonly string[];
  readonly data: Readonly<Record<string, { readonly path?: string; readonly role?: string }>>;
  readonly protected: readonly string[];
  readonly capture: {
    readonly env: readonly string[];
    readonly packages: readonly string[];
    readonly patterns: readonly string[];
    readonly artifacts: readonly string[];
  };
  readonly site: { readonly url?: string; readonly repository?: string; readonly private: boolean };
  readonly views: Readonly<Record<string, View>>;
  readonly study: StudySettings;
  /** Kept, shown by `check` with a did-you-mean. */
  readonly other: Readonly<Record<string, Json>>;
}
