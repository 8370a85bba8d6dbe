// What every page shares, as plain data. `site/pages` turns page models into HTML and computes nothing. An address is the way from
// the root of the site; the page that shows it adds the way back.

import type { Evidence } from "../analysis/study.ts";
import type { Table } from "./table.ts";

export interface Glyph {
  readonly mark: "●" | "○" | "◇" | "×" | "◐" | "◌";
  readonly word: "kept" | "discarded" | "undecided" | "failed" | "lost" | "running" | "planned";
}

export type Tab = "overview" | "log" | "compare" | "parameters" | "best" | "lineage" | "next" | "reports";

/** The frame of a page: head and header. */
export interface PageFrame {
  readonly title: string;
  /** Of the page itself. */
  readonly path: string;
  /** The journal's name, which leads home. */
  readonly journal: string;
  /** The study that the page belongs to, whose pages the tabs lead to. */
  readonly study?: { readonly title: string; readonly folder: string; readonly name: string };
  /** The journal has more studies than one. */
  readonly several: boolean;
  readonly tab?: Tab;
  /** Addresses of the style sheet and the scripts, by name. */
  readonly assets: Readonly<Record<string, string>>;
  /** Names of the scripts that this page needs besides `shell`. */
  readonly scripts: readonly string[];
  /** Shown by `serve`: the page listens for changes. */
  readonly live: boolean;
  /** Where the page stands when it is published, for the feed and the canonical address. */
  readonly url?: string;
}

export interface RunRef {
  readonly id: string;
  readonly title: string;
  readonly glyph: Glyph;
  /** Absent for a run that its author hid: it has no page. */
  readonly address?: string;
}

/** What changed, in few words: `batch_size 32 → 64`. */
export interface Chip {
  readonly text: string;
  /** All of it, where `text` was shortened. */
  readonly title?: string;
}

/** A change bar: better is always to the right. */
export interface Bar {
  readonly word: Evidence["word"];
  /** −1 to 1 of the half-width; what lies beyond is cut and ends in a point. */
  readonly at: number;
  /** Interval, in the same measure. */
  readonly low?: number;
  readonly high?: number;
}

export interface DeltaView {
  /** `+1.7 pp` */
  readonly text: string;
  /** `+2.0% rel` */
  readonly relative?: string;
  /** `[0.9, 2.5]` */
  readonly interval?: string;
  /** `n = 3 v 3` */
  readonly n: string;
  readonly word: Evidence["word"];
  /** `unclear (needs 4 more)`, `not judged (1 v 1)` */
  readonly evidence: string;
  /** `Welch t, p = 0.013, n = 3 v 3` */
  readonly method?: string;
  /** Positive is better, in the canonical unit; the plain difference where no direction is known. */
  readonly gain: number;
  /** Interval of the gain. */
  readonly gainLow?: number;
  readonly gainHigh?: number;
  /** Gain relative to the value before, for the bar. */
  readonly share?: number;
}

/** A chart as drawn at build, with the sentence that says what it shows and its data. */
export interface Figure {
  /** Unique on the site; ids inside start with it. */
  readonly slug: string;
  readonly wide: string;
  readonly narrow?: string;
  readonly name: string;
  readonly caption: readonly string[];
  readonly legend: readonly Glyph[];
  readonly data: Table;
  /** Address of the script that holds the compiled chart, for those who want to interact. */
  readonly live?: string;
  /** Why there is no picture. */
  readonly failure?: string;
}

export interface Notice {
  readonly kind: "info" | "undecided" | "bad";
  readonly text: string;
  readonly link?: { readonly text: string; readonly address: string };
  /** A command to copy. */
  readonly command?: string;
}
