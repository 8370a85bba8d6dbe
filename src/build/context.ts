// What the plans of all pages share: the journal, what the analysis knows, and how to draw and frame.

import type { Analysis, StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import type { StillChart } from "../report/chart.ts";
import type { Figure, PageFrame, Tab } from "../report/page.ts";
import type { Journal } from "../store/journal.ts";
import type { Assets } from "./assets.ts";
import type { Found } from "./look.ts";

export interface StudySite {
  readonly study: StudyAnalysis;
  /** With a slash at its end; "" where the journal has one study only. */
  readonly folder: string;
  readonly title: string;
}

export interface FrameOptions {
  readonly path: string;
  readonly title: string;
  readonly study?: StudySite;
  readonly tab?: Tab;
  /** Names of scripts besides the shell: `log`, `compare`, `chart`. */
  readonly scripts?: readonly string[];
}

export interface SiteContext {
  readonly journal: Journal;
  readonly analysis: Analysis;
  /** Those with runs, at least one; the default study first, then by name. */
  readonly studies: readonly StudySite[];
  readonly assets: Assets;
  /** `serve` asks: pages listen for changes. */
  readonly live: boolean;
  /** False: every text goes through the full renderer, for comparison. */
  readonly lanes: boolean;
  /** What is at a path of the journal. A build remembers the answer, and with it the file that asked. */
  readonly look: (path: string) => Found;
  /** Everything that is wrong, found once. */
  readonly problems: () => readonly Problem[];
  /** Plain data that takes long to find: what an earlier build or version found under this name from the same key, else what `make` finds, which is told what was found from another key. */
  readonly known: <T>(name: string, key: string, make: (earlier: T | undefined) => T) => T;
  readonly frame: (options: FrameOptions) => PageFrame;
  /** Draws both widths, or finds them drawn. Never fails: a chart that cannot be drawn says why. */
  readonly figure: (chart: StillChart) => Promise<Figure>;
}
