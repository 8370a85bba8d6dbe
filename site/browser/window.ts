// What the scripts and the data files of a page leave for each other under `window.journal`. Scripts of one page are bundled apart: they
// share nothing but this and events.

import type { RunFile } from "../../src/record/experiment.ts";
import type { StudySettings } from "../../src/record/settings.ts";
import type { Series } from "../../src/report/curve-series.ts";
import type { OrderData } from "../../src/report/order-data.ts";
import type { Shard } from "../../src/report/runs-data.ts";
import type { SiteData } from "../../src/report/site-data.ts";
import type { LiveData } from "./chart/data.ts";

export interface PageData {
  /** As data/site.js tells it. */
  site?: SiteData;
  /** By name of the study: see src/report/order-data.ts. */
  orders?: Record<string, OrderData>;
  /** By name: `main-1`. */
  shards?: Record<string, Shard>;
  /** By slug: charts compiled for the browser. */
  charts?: Record<string, LiveData>;
  /** By id of the run. */
  curves?: Record<string, { readonly series: readonly Series[] }>;
  /** Bundles that mount what they add again when the content is replaced: see content.ts. */
  mounted?: readonly string[];
  /** What the shell brings for the other scripts: see shell/share.ts. */
  parts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Writes runs of these studies as CSV, once its script was loaded: see csv.ts. */
  csv?: (files: readonly RunFile[], studies: ReadonlyMap<string, StudySettings>) => string;
  /** Ids of the runs that the reader ticked, in that order. */
  ticked?: readonly string[];
}

declare global {
  interface Window {
    journal?: PageData;
  }
}
