// What grows with the journal and therefore stands on no page: data/site.js tells it to the header of every page.

import type { RunFile } from "../record/experiment.ts";
import type { Glyph } from "./page.ts";
import { runRef } from "./view.ts";

export interface SiteData {
  readonly title: string;
  /** Without those that their authors hid. */
  readonly runs: number;
  /** Errors and warnings. */
  readonly problems: number;
  readonly built: BuiltFrom;
  /** Addresses of the style sheet and the scripts, by name. */
  readonly assets: Readonly<Record<string, string>>;
  readonly studies: readonly SiteStudy[];
  /** Newest first. */
  readonly latest: readonly SiteRun[];
}

/** Nothing outside a repository. */
export interface BuiltFrom {
  readonly commit?: string;
  /** Something beside the journal differs from the commit. */
  readonly dirty?: true;
  /** How many files of the journal the commit does not hold as they are shown. */
  readonly uncommitted?: number;
}

export interface SiteStudy {
  /** "" is the default study. */
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  readonly runs: number;
  /** How many files hold its runs. */
  readonly shards: number;
}

export interface SiteRun {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly glyph: Glyph["word"];
}

const mostLatest = 10;

/** `files` in order. */
export function latestRuns(files: readonly RunFile[]): readonly SiteRun[] {
  return files
    .filter(({ run }) => !run.hidden)
    .slice(-mostLatest)
    .reverse()
    .flatMap((file) => {
      const { id, title, glyph, address } = runRef(file);
      return address === undefined ? [] : [{ id, title, address, glyph: glyph.word }];
    });
}
