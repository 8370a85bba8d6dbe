// One report: somebody's prose around numbers of the journal.

import type { Said } from "./live-part.ts";
import type { PageFrame } from "./page.ts";

export interface ReportPage {
  readonly frame: PageFrame;
  readonly title: string;
  readonly date?: string;
  readonly author?: string;
  /** Safe HTML. */
  readonly prose: string;
  /** What keeps it from being read. */
  readonly problems: readonly Said[];
  /** Where its file can be seen. */
  readonly source: { readonly path: string; readonly url?: string };
}
