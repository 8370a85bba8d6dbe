// A row that a phone shows as two lines is no table row to every browser any more; said aloud, it stays one.

interface Role {
  readonly role: "table" | "rowgroup" | "row" | "columnheader" | "rowheader" | "cell";
  readonly scope?: "col" | "row";
}

export const table: Role = { role: "table" };
export const rows: Role = { role: "rowgroup" };
export const row: Role = { role: "row" };
export const head: Role = { role: "columnheader", scope: "col" };
export const name: Role = { role: "rowheader", scope: "row" };
export const cell: Role = { role: "cell" };
