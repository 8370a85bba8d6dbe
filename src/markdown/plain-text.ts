// The prose of a body, paragraph by paragraph, as one reads it: no code, headings, quotes or tables; marks and link addresses gone. And its
// tables, cell by cell. A line scan: who only looks for words in it need not parse 10,000 bodies.

export interface Paragraph {
  /** 1-based, of its first line in the body. */
  readonly line: number;
  /** Lines stay lines. */
  readonly text: string;
}

export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface PlainTable {
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface PlainBody {
  readonly paragraphs: readonly Paragraph[];
  readonly tables: readonly PlainTable[];
}

const fence = /^\s*(`{3,}|~{3,})/;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/;
const apart = /^\s*(?:#{1,6}\s|>|<!--|-{3,}\s*$|={3,}\s*$|\*{3,}\s*$|!\[)/;
const ruler = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function plainBody(body: string): PlainBody {
  const paragraphs: { line: number; text: string }[] = [];
  const tables: { head: readonly string[]; rows: TableRow[] }[] = [];
  let open: { line: number; text: string } | undefined;
  let table: { head: readonly string[]; rows: TableRow[] } | undefined;
  let closing: string | undefined;
  const lines = body.split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const mark = fence.exec(line)?.[1];
    if (closing !== undefined || mark !== undefined) {
      [open, table] = [undefined, undefined];
      closing = closing === undefined ? mark : mark?.startsWith(closing) ? undefined : closing;
      continue;
    }
    if (line.includes("|")) {
      open = undefined;
      if (table !== undefined) table.rows.push({ line: at + 1, cells: cellsOf(line) });
      else if (ruler.test(lines[at + 1] ?? "") && (lines[at + 1] ?? "").includes("-")) {
        table = { head: cellsOf(line), rows: [] };
        tables.push(table);
      }
      continue;
    }
    table = undefined;
    if (line.trim() === "" || apart.test(line) || (/^(?: {4}|\t)/.test(line) && open === undefined)) open = undefined;
    else if (open === undefined || item.test(line)) {
      open = { line: at + 1, text: plain(line.replace(item, "")) };
      paragraphs.push(open);
    } else open.text += `\n${plain(line)}`;
  }
  for (const made of tables) made.rows.splice(0, 1);
  return { paragraphs, tables };
}

function cellsOf(line: string): readonly string[] {
  return plain(line.trim().replace(/^\||\|$/g, ""))
    .split("|")
    .map((cell) => cell.trim());
}

const plain = (text: string): string =>
  text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/(?<![\w\\])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`/g, "");
