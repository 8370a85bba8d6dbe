// The neutral table: what every generated table is before it becomes markdown, HTML, CSV or terminal text.

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly align: "left" | "right";
}

export interface Cell {
  readonly text: string;
  /** Id of the run the cell leads to; the printer makes the address. */
  readonly run?: string;
  /** The full value, for sorting and for machines. */
  readonly value?: number | string;
}

export interface Table {
  /** Stable, the marker's name in a README: `log`, `quick`, `impact`, `best`, `comparison`, `hardware`. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences under the table: what was guessed, left out or folded. */
  readonly notes: readonly string[];
  /** What stands there when there are no rows. */
  readonly empty: string;
}

export const left = (key: string, label: string): Column => ({ key, label, align: "left" });
export const right = (key: string, label: string): Column => ({ key, label, align: "right" });

/** An absent value is an en dash, never 0, NaN or an empty cell. */
export const absent: Cell = { text: "–" };

export function cell(text: string | undefined, value?: number | string): Cell {
  if (text === undefined || text === "") return absent;
  return value === undefined ? { text } : { text, value };
}
