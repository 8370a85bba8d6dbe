// What the scripts and the data files of a page leave for each other under `window.journal`. Scripts of one page are bundled apart: they
// share nothing but this and events.

import type { Shard } from "../../src/report/runs-data.ts";

/** As data/site.js tells it: what grows with the journal and therefore stands on no page. */
export interface SiteData {
  readonly title: string;
  readonly runs: number;
  readonly problems: number;
  readonly built: { readonly commit?: string; readonly dirty?: boolean };
  readonly assets: Readonly<Record<string, string>>;
  readonly studies: readonly SiteStudy[];
}

export interface SiteStudy {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  readonly runs: number;
  readonly shards: number;
}

export interface PageData {
  site?: SiteData;
  /** By name: `main-1`. */
  shards?: Record<string, Shard>;
  /** Ids of the runs that the reader ticked, in that order. */
  ticked?: readonly string[];
}

declare global {
  interface Window {
    journal?: PageData;
  }
}
