// A chart before it is drawn: specifications for a wide and a narrow page, and everything that is said beside the picture.

import type { Glyph } from "./page.ts";
import type { Table } from "./table.ts";

/** Vega-Lite. Colours are tokens: `var(--keep)`. */
export type Spec = Readonly<Record<string, unknown>>;

/** The place in the order from which on it is this day, `2026-11-20`. Ascending in both. */
export interface DayStart {
  readonly at: number;
  readonly day: string;
}

/** As it is printed: of its form for a browser only that there is one. */
export type StillChart = Omit<Chart, "live"> & { readonly live?: unknown };

/** The plot and the room around it: together exactly the width of the picture, whatever the labels measure. */
export interface Frame {
  readonly width: number;
  /** Of the plot alone. */
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Chart {
  /** Unique on the site: `digits.progress`, see `chartSlug`. */
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
  /** For a reader who zooms and switches; made when asked for. Whoever gives it plans its file with `planChart`. */
  readonly live?: () => LiveChart;
}

export type Row = Readonly<Record<string, number | string | null>>;

export interface LiveDrawing {
  /** The first is shown; the others are a switch: `linear`, `log`. */
  readonly specs: Readonly<Record<string, Spec>>;
  /** Without one the specs keep their own size. */
  readonly frame?: Frame;
}

/** What the browser draws in place of the picture, at the real width. */
export interface LiveChart extends LiveDrawing {
  /** For less than 720 px. */
  readonly narrow?: LiveDrawing;
  /** The named data of the specs, all of it. */
  readonly data: Readonly<Record<string, readonly Row[]>>;
  /** How its data become a table for other programs. */
  readonly table?: DataTable;
  /** The specs have the params `from`, `to`, `ticks` and `tickText` of the x axis and `low`, `high` of the y axis. */
  readonly zoom?: Zoom;
}

/** Of the named data whose rows have a `tip`. */
export interface DataTable {
  /** Header of the column that says which of the named data a row is from. */
  readonly set: string;
  readonly columns: readonly { readonly field: string; readonly label: string; readonly isDate?: boolean }[];
}

export interface Zoom {
  /** The first is all there is. */
  readonly ranges: readonly ZoomRange[];
  /** For an axis that counts runs: the days they were made on. */
  readonly days?: readonly DayStart[];
  /** With more points in the stretch that is shown the param `dense` is true. */
  readonly mostApart?: number;
  /** For a param `dates`: the same on an axis of true dates, ms. */
  readonly dates?: { readonly from: number; readonly to: number };
}

export interface ZoomRange {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}
