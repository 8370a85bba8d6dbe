// Tables of text in which a column counts: Keras' CSVLogger, Lightning's metrics.csv, Ultralytics' results.csv, DVCLive's plots, and
// what people write by hand. Quotes as in RFC 4180, line ends inside them too. Empty cells are no values.

import { type Decoder, fault, type Item, type Point } from "./item.ts";
import { readMeasured } from "./number-text.ts";
import { axisOf, momentOf } from "./record-items.ts";

const longestCell = 65_536;
const mostColumns = 5000;
const mostFaults = 20;

export interface TableOptions {
  /** What a column stands for that is only called `value`: the name of the file. */
  readonly value: string;
  /** DVCLive: the one value column has this name, whatever the header says. */
  readonly named?: boolean;
}

export function openDelimited(options: TableOptions): Decoder {
  return new TableDecoder(options);
}

/** Whether a first line of this kind heads a table with a column that counts. `loose`: a column of moments is enough. */
export function isCurveHeader(line: string, loose: boolean): boolean {
  const names = (rowsOf(line, markOf(line))[0] ?? []).map((name) => name.trim());
  if (names.length < 2 || names.slice(1).some((name) => name === "")) return false;
  const axes = names.map(axisOfColumn);
  const counts = axes.some((axis) => axis === "step" || axis === "epoch") || (loose && axes.includes("time"));
  return counts && axes.includes(undefined);
}

const counters: ReadonlySet<string> = new Set([
  "iterations",
  "batch",
  "update",
  "timesteps",
  "total_timesteps",
  "num_timesteps",
  "time/total_timesteps",
  "trainer/global_step",
]);

/** The column that a table of pandas begins with has no name. */
function axisOfColumn(name: string): ReturnType<typeof axisOf> {
  const word = name.trim().toLowerCase();
  if (word === "" || counters.has(word)) return "step";
  return word === "wall time" ? "time" : axisOf(word);
}

const markOf = (line: string): string => ["\t", ";", ","].find((mark) => line.includes(mark)) ?? ",";

/** The cells of a whole text. */
export function rowsOf(text: string, mark: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const cells = new Cells(mark);
  cells.read(text, (row) => rows.push(row));
  cells.end((row) => rows.push(row));
  return rows;
}

/** The state between two characters: text comes in any pieces. */
class Cells {
  private readonly mark: string;
  private row: string[] = [];
  private cell = "";
  private state: "start" | "plain" | "quoted" | "closed" = "start";

  constructor(mark: string) {
    this.mark = mark;
  }

  read(text: string, found: (row: string[]) => void): void {
    for (const char of text) {
      if (this.state === "quoted") {
        if (char === '"') this.state = "closed";
        else this.add(char);
      } else if (char === this.mark) this.endCell();
      else if (char === "\n") this.endRow(found);
      else if (char === '"' && this.state === "closed") {
        this.add('"');
        this.state = "quoted";
      } else if (char === '"' && this.state === "start") this.state = "quoted";
      else {
        this.add(char);
        if (this.state === "start" && char !== " ") this.state = "plain";
      }
    }
  }

  /** The last row, where no line end ended it. */
  end(found: (row: string[]) => void): void {
    if (this.cell !== "" || this.row.length > 0) this.endRow(found);
  }

  private add(char: string): void {
    if (this.cell.length < longestCell) this.cell += char;
  }

  private endCell(): void {
    if (this.row.length < mostColumns) this.row.push(this.cell);
    this.cell = "";
    this.state = "start";
  }

  private endRow(found: (row: string[]) => void): void {
    if (this.cell.endsWith("\r")) this.cell = this.cell.slice(0, -1);
    this.endCell();
    const row = this.row;
    this.row = [];
    found(row);
  }
}

const withPoint = (cell: string): string => cell.replace(/^(\s*[+-]?\d+),(\d+)/, "$1.$2");

interface Column {
  readonly name: string;
  readonly axis: ReturnType<typeof axisOf>;
}

const splitters: ReadonlySet<string> = new Set(["metric", "name", "tag", "key", "split", "phase", "mode", "subset"]);
const values: ReadonlySet<string> = new Set(["value", "values"]);

class TableDecoder implements Decoder {
  private readonly options: TableOptions;
  private readonly decoder = new TextDecoder();
  /** The text until its first line is complete. */
  private head: string | undefined = "";
  private cells = new Cells(",");
  /** Semicolons stand between cells where commas stand within numbers. */
  private commas = false;
  private columns: readonly Column[] | undefined;
  private header: readonly string[] = [];
  private number = 0;
  private faults = 0;

  constructor(options: TableOptions) {
    this.options = options;
  }

  push(bytes: Uint8Array): readonly Item[] {
    return this.read(this.decoder.decode(bytes, { stream: true }), false);
  }

  end(): readonly Item[] {
    const found = [...this.read(this.decoder.decode(), true)];
    this.cells.end((row) => found.push(...this.row(row)));
    return found;
  }

  private read(text: string, last: boolean): readonly Item[] {
    let ready = text;
    if (this.head !== undefined) {
      this.head += text;
      const line = headerLine(this.head);
      if (line === undefined && !last && this.head.length < longestCell * 4) return [];
      ready = this.head;
      this.head = undefined;
      const mark = markOf(line ?? ready);
      this.commas = mark === ";";
      this.cells = new Cells(mark);
    }
    const found: Item[] = [];
    this.cells.read(ready, (row) => found.push(...this.row(row)));
    return found;
  }

  private row(row: readonly string[]): readonly Item[] {
    this.number += 1;
    const [first = ""] = row;
    if ((row.length === 1 && first.trim() === "") || (this.columns === undefined && first.startsWith("#"))) return [];
    if (this.columns === undefined) {
      this.header = row.map((name) => name.trim());
      this.columns = columnsOf(this.header);
      return [];
    }
    // A logger that was started again in the same file writes its header once more.
    if (row.length === this.header.length && row.every((cell, index) => cell.trim() === this.header[index])) return [];
    if (row.length !== this.columns.length) return this.odd(row.length, this.columns.length);
    return this.points(this.commas ? row.map(withPoint) : row, this.columns);
  }

  private odd(cells: number, columns: number): readonly Item[] {
    this.faults += 1;
    return this.faults > mostFaults ? [] : [fault(`the row has ${cells} cells, the header ${columns}`, { line: this.number })];
  }

  private points(row: readonly string[], columns: readonly Column[]): readonly Item[] {
    const axes: { step?: number; epoch?: number; time?: number } = {};
    const prefixes: string[] = [];
    for (const [index, { name, axis }] of columns.entries()) {
      const cell = row[index] ?? "";
      const place = axis === "time" ? momentOf(cell.trim()) : axis === undefined ? undefined : readMeasured(cell)?.value;
      if (axis !== undefined && place !== undefined && Number.isFinite(place)) axes[axis] ??= place;
      if (splitters.has(name.toLowerCase()) && cell.trim() !== "" && readMeasured(cell) === undefined) prefixes.push(cell.trim());
    }
    return columns.flatMap(({ name, axis }, index): readonly Point[] => {
      const cell = (row[index] ?? "").trim();
      if (axis === "time" ? momentOf(cell) !== undefined : axis !== undefined) return [];
      const measured = readMeasured(thousands.test(cell) ? cell.replaceAll(",", "") : cell);
      return measured === undefined ? [] : [{ kind: "point", name: this.nameOf(name, prefixes), ...measured, ...axes }];
    });
  }

  private nameOf(column: string, prefixes: readonly string[]): string {
    const { value, named } = this.options;
    if (named) return value;
    const plain = values.has(column.toLowerCase());
    if (prefixes.length === 0) return plain ? value : column;
    return [...prefixes, ...(plain ? [] : [column])].join("/");
  }
}

const thousands = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

const columnsOf = (header: readonly string[]): readonly Column[] => header.map((name) => ({ name, axis: axisOfColumn(name) }));

/** The first line that is neither empty nor a comment, once it is complete. */
function headerLine(text: string): string | undefined {
  for (let at = 0; ; ) {
    const end = text.indexOf("\n", at);
    if (end === -1) return undefined;
    const line = text.slice(at, end);
    if (line.trim() !== "" && !line.startsWith("#")) return line;
    at = end + 1;
  }
}
