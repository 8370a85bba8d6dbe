// What `journal new` (and later `run` and `import`) knows before a file exists. `markdown/print.ts` turns it into text.

import type { Status } from "./experiment.ts";
import type { Json } from "./tree.ts";

/** YAML text exactly as a person typed it (`1e-3`, `87.2%`), to be written as it is when that is safe. */
export interface Source {
  readonly source: string;
}

export interface NewRun {
  /** Taken by the store under its lock. */
  readonly id: string;
  readonly title: string;
  /** ISO date and time with offset. */
  readonly date: string;
  readonly experimenter?: string;
  readonly status: Status;
  readonly tags?: readonly string[];
  readonly hypothesis?: string;
  /** Full ids. */
  readonly base?: readonly string[];
  readonly protocol?: string;
  /** The whole resulting configuration, by key as written in the base (nested maps stay nested). */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  readonly changes?: readonly { readonly name: string; readonly from?: Json | Source; readonly to?: Json | Source }[];
  /** In order. */
  readonly metrics?: readonly NewMetric[];
  readonly hardware?: Readonly<Record<string, string>>;
  readonly software?: Readonly<Record<string, string>>;
  /** Further front matter, in order. */
  readonly more?: Readonly<Record<string, ConfigValue>>;
  /** Prose per section key of the template (`motivation`, `next`, …): list items. */
  readonly prose?: Readonly<Record<string, readonly string[]>>;
}

export interface NewMetric {
  readonly name: string;
  /** The base's text for readers (`85.5%`). */
  readonly before?: string;
  readonly after?: string;
  /** Which point of the curve `after` is, and how it was picked. */
  readonly step?: number;
  readonly pick?: string;
}

export type ConfigValue = Json | Source | { readonly [key: string]: ConfigValue };
