// A chart before it is drawn: specifications for a wide and a narrow page, and everything that is said beside the picture.

import type { Glyph } from "./page.ts";
import type { Table } from "./table.ts";

/** Vega-Lite. Colours are tokens: `var(--keep)`. */
export type Spec = Readonly<Record<string, unknown>>;

export interface Chart {
  /** Unique on the site: `digits-progress`. */
  readonly slug: string;
  /** The sentence that stands for the picture. */
  readonly name: string;
  /** For 1216 px. */
  readonly wide: Spec;
  /** For 368 px. */
  readonly narrow?: Spec;
  /** What was left out, and what else a reader has to know. */
  readonly caption: readonly string[];
  readonly legend: readonly Glyph[];
  /** At most 50 rows of what is drawn. */
  readonly data: Table;
}
