// What a run's page is made from.

import type { AnalysedRun, StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import type { RunFile } from "../record/experiment.ts";
import type { Settings, StudySettings } from "../record/settings.ts";
import type { Series } from "./curve-series.ts";
import type { RunRef } from "./page.ts";
import { publicValue, publicWords } from "./private-facts.ts";
import { runRef } from "./view.ts";

export interface RunFacts {
  readonly file: RunFile;
  readonly study: StudyAnalysis;
  readonly settings: Settings;
  /** By name, for what a base of another study was measured under. */
  readonly studies: ReadonlyMap<string, StudySettings>;
  /** Of the study's pages, with a slash at its end. */
  readonly folder: string;
  /** The page of a run; nothing for a hidden one. */
  readonly address: (file: RunFile) => string | undefined;
  /** The run that a reference names. */
  readonly find: (reference: string) => RunFile | undefined;
  /** Where the journal's files are in the repository, with a slash at its end. */
  readonly repository?: string;
  readonly attachments: readonly Attachment[];
  readonly problems: readonly Problem[];
  readonly curves?: RunCurves;
  /** Last lines of the log of a run that failed or runs. */
  readonly tail?: { readonly name: string; readonly text: string };
  /** The copy beside the page leaves something out. */
  readonly reduced: boolean;
}

export interface Attachment {
  /** As in the journal, from the run's folder. */
  readonly name: string;
  /** On the site; absent where the file is too large to be copied. */
  readonly address?: string;
  readonly bytes: number;
  /** Copied as a text, because a browser would run it. */
  readonly inert: boolean;
}

export interface RunCurves {
  readonly series: readonly OwnSeries[];
  /** Of the base. */
  readonly base: readonly Series[];
  /** Addresses of the scripts that hold all points. */
  readonly data: string;
  readonly baseData?: string;
}

export interface OwnSeries extends Series {
  /** Address of the table it stands in. */
  readonly table: string;
}

/** Nothing for the second file of an id: the analysis knows the first. */
export function analysedOf({ file, study }: Pick<RunFacts, "file" | "study">): AnalysedRun | undefined {
  const found = study.runs.get(file.run.id);
  return found?.file === file ? found : undefined;
}

/** A run as it is named on the page of another one. Of a hidden run nothing but the id is told. */
export function linkTo(file: RunFile, { address, settings }: Pick<RunFacts, "address" | "settings">): RunRef {
  const { id, title, glyph } = runRef(file);
  const page = address(file);
  if (page === undefined) return { id, title: "not on this site", glyph };
  return { id, title: publicWords(title, settings), glyph, address: page };
}

/** For values as a program recorded them. */
export const cleanerOf =
  ({ settings }: Pick<RunFacts, "settings">): ((text: string) => string) =>
  (text) =>
    publicValue(text, settings);
