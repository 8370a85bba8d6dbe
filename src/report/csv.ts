// RFC 4180. Numbers in full; a text that a spreadsheet would run as a formula gets an apostrophe.

export type CsvCell = string | number | boolean | undefined;

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return "";
  return typeof cell === "string" ? quoted(defused(cell)) : String(cell);
}

const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
