// Single rules of CommonMark and GFM that the line scan applies: HTML blocks (4.6, the seven kinds), table rules, task boxes.

const htmlBlockNames: ReadonlySet<string> = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset " +
    "h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
  ).split(" "),
);
const wholeTag =
  /^<(?:[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?|\/[A-Za-z][A-Za-z0-9-]*\s*)>\s*$/;
const tableRule = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** What ends the HTML block that a line opens: a text, "" for a blank line; undefined when it opens none. */
export function htmlEnd(line: string, inParagraph: boolean): string | undefined {
  if (line.startsWith("<!--")) return "-->";
  if (line.startsWith("<?")) return "?>";
  if (line.startsWith("<![CDATA[")) return "]]>";
  if (/^<![A-Za-z]/.test(line)) return ">";
  const raw = /^<(script|pre|style|textarea)(?:[\s>]|$)/i.exec(line)?.[1];
  if (raw !== undefined) return `</${raw.toLowerCase()}>`;
  const name = /^<\/?([A-Za-z][A-Za-z0-9]*)(?:\s|\/?>|$)/.exec(line)?.[1];
  if (name !== undefined && htmlBlockNames.has(name.toLowerCase())) return "";
  return !inParagraph && line.length < 2000 && wholeTag.test(line) ? "" : undefined;
}

/** `|---|:-:|` below the first line of a table. */
export function isTableRule(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code !== 124 && code !== 45 && code !== 58) return false;
  const line = text.slice(start, end);
  return line.includes("|") && tableRule.test(line);
}

/** Offset of the character between the brackets where an item starts with `[ ] text`. */
export function taskBox(text: string, start: number, end: number): number | undefined {
  if (text.charCodeAt(start) !== 91 || text.charCodeAt(start + 2) !== 93) return undefined;
  const mark = text.charAt(start + 1);
  if (mark !== " " && mark !== "\t" && mark !== "x" && mark !== "X") return undefined;
  const rest = text.slice(start + 3, end);
  return /^[ \t\r\n]/.test(rest) && rest.trim() !== "" ? start + 1 : undefined;
}

/** Text of an ATX heading: without the closing `##`. */
export function headingText(raw: string): string {
  const text = raw.trim();
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 35) end -= 1;
  if (end === text.length) return text;
  if (end === 0) return "";
  const before = text.charCodeAt(end - 1);
  return before === 32 || before === 9 ? text.slice(0, end).trimEnd() : text;
}
