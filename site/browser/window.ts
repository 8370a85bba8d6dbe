// What the scripts and the data files of a page leave for each other under `window.journal`. Scripts of one page are bundled apart: they
// share nothing but this and events.

import type { OrderData } from "../../src/report/order-data.ts";
import type { Shard } from "../../src/report/runs-data.ts";
import type { SiteData } from "../../src/report/site-data.ts";

export interface PageData {
  /** As data/site.js tells it. */
  site?: SiteData;
  /** By name of the study: see src/report/order-data.ts. */
  orders?: Record<string, OrderData>;
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
