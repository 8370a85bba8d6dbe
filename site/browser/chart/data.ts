// A chart as its data file holds it: compiled at build, its named data beside it.

import type { Spec as VegaSpec } from "vega";
import type { LiveChart, Row } from "../../../src/report/chart.ts";
import { runMark } from "../../../src/report/chart-parts.ts";
import { type CsvCell, csvLine } from "../../../src/report/csv.ts";
import { onData } from "../content.ts";

export interface CompiledDrawing extends Pick<LiveChart, "frame"> {
  readonly specs: Readonly<Record<string, VegaSpec>>;
}

export interface LiveData extends Omit<LiveChart, "specs" | "narrow">, CompiledDrawing {
  readonly narrow?: CompiledDrawing;
}

/** Data that were loaded belong to files that have changed since; what is drawn from them is to be drawn again. */
let age = 0;
export const dataAge = (): number => age;
onData(() => {
  age += 1;
  delete window.journal?.charts;
  delete window.journal?.curves;
});

/** All of it, not only what is drawn; nothing for a chart that does not say how. */
export function liveCsv({ table, data }: LiveData): string | undefined {
  if (table === undefined) return undefined;
  const header = [table.set, "run", ...table.columns.map(({ label }) => label), "about"];
  const rows = Object.entries(data).flatMap(([set, list]) => list.flatMap((row) => rowCells(set, row, table)));
  return [header, ...rows].map(csvLine).join("");
}

function rowCells(set: string, row: Row, { columns }: NonNullable<LiveData["table"]>): readonly (readonly CsvCell[])[] {
  const { tip } = row;
  if (typeof tip !== "string") return [];
  const [run = "", about = ""] = tip.includes(runMark) ? tip.split(runMark) : ["", tip];
  const cells = columns.map(({ field, isDate }): CsvCell => {
    const value = row[field] ?? undefined;
    return isDate === true && typeof value === "number" ? new Date(value).toISOString() : value;
  });
  return [[set, run, ...cells, about]];
}

/** Of the table that stands beside every chart. */
export function tableCsv(table: HTMLTableElement): string {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => (cell.textContent ?? "").trim()));
  return rows.map(csvLine).join("");
}

/** A page's way to a file, as an address of the site. */
export const fromRoot = (address: string): string => address.replace(/^(?:\.\.\/)+/, "");
