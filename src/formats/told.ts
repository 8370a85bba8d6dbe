// Everything the items of one run say, put in order: curves by name, parameters, facts, faults.

import type { Fact, FactName, Item, Parameter, Point } from "./item.ts";
import { type Axis, Series } from "./series.ts";

/** What one start of a command has said. */
export interface Told {
  readonly series: ReadonlyMap<string, Series>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly faults: readonly string[];
}

/** All of a finished run. Points may come in any order and from several files; of two for one place the later one counts. */
export interface WholeTold extends Told {
  readonly facts: ReadonlyMap<FactName, Fact["value"]>;
  /** Of all points. */
  readonly count: number;
  /** The earliest moment that a point names. */
  readonly began?: number;
  valueAt(name: string, x: number): number | undefined;
}

interface Columns {
  axis: Axis;
  unit?: string;
  readonly places: number[];
  readonly values: number[];
}

const mostSeries = 2000;
const mostParameters = 2000;
const mostFaults = 20;
const strength: Readonly<Record<Axis, number>> = { index: 0, epoch: 1, step: 2 };

export class Collector {
  private readonly columns = new Map<string, Columns>();
  private readonly parameters = new Map<string, Parameter>();
  private readonly facts = new Map<FactName, Fact["value"]>();
  private readonly faults: string[] = [];
  private count = 0;
  private began: number | undefined;

  add(item: Item): void {
    if (item.kind === "point") this.point(item);
    else if (item.kind === "parameter") {
      if (!this.parameters.has(item.name) && this.parameters.size < mostParameters) this.parameters.set(item.name, item);
    } else if (item.kind === "fact") this.fact(item);
    else if (this.faults.length < mostFaults) this.faults.push(item.message);
  }

  end(): WholeTold {
    const sorted = new Map([...this.columns].map(([name, columns]) => [name, inOrder(columns)]));
    const series = new Map([...sorted].map(([name, rows]) => [name, seriesOf(name, rows)]));
    const { parameters, facts, faults, count, began } = this;
    const valueAt = (name: string, x: number): number | undefined => sorted.get(name)?.rows.findLast(([place]) => place === x)?.[1];
    return { series, parameters, facts, faults, count, valueAt, ...(began === undefined ? {} : { began }) };
  }

  /** What counts most exactly is the axis: a lone last value beside a curve adds nothing to it. */
  private point({ name, value, unit, step, epoch, time }: Point): void {
    const axis: Axis = step !== undefined ? "step" : epoch !== undefined ? "epoch" : "index";
    let columns = this.columns.get(name);
    if (columns === undefined || strength[axis] > strength[columns.axis]) {
      if (columns === undefined && this.columns.size >= mostSeries) return;
      columns = { axis, places: [], values: [] };
      this.columns.set(name, columns);
    } else if (axis !== columns.axis) return;
    if (unit !== undefined) columns.unit ??= unit;
    columns.places.push(step ?? epoch ?? columns.places.length);
    columns.values.push(value);
    this.count += 1;
    if (time !== undefined && time < (this.began ?? Number.POSITIVE_INFINITY)) this.began = time;
  }

  /** The first word counts, but tags add up. */
  private fact({ name, value }: Fact): void {
    const known = this.facts.get(name);
    if (name === "tags" && Array.isArray(known) && Array.isArray(value)) this.facts.set(name, [...new Set([...known, ...value])]);
    else if (known === undefined) this.facts.set(name, value);
  }
}

interface Rows {
  readonly axis: Axis;
  readonly unit?: string;
  readonly rows: readonly (readonly [x: number, y: number])[];
}

function inOrder({ axis, unit, places, values }: Columns): Rows {
  const rows = places.map((place, index): readonly [number, number] => [place, values[index] ?? Number.NaN]);
  const sorted = rows.every(([x], index) => index === 0 || x > (rows[index - 1]?.[0] ?? 0));
  const ordered = sorted ? rows : [...new Map(rows)].sort(([one], [other]) => one - other);
  return { axis, rows: ordered, ...(unit === undefined ? {} : { unit }) };
}

function seriesOf(name: string, { axis, unit, rows }: Rows): Series {
  const series = new Series(name, axis);
  series.unit = unit;
  for (const [x, y] of rows) series.add(x, y);
  return series;
}
