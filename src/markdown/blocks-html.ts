// Where HTML blocks of markdown begin and end (CommonMark 4.6, the seven kinds).

const htmlBlockNames: ReadonlySet<string> = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset " +
    "h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
  ).split(" "),
);
const wholeTag = /^<(?:[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?|\/[A-Za-z][A-Za-z0-9-]*\s*)>\s*$/;

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
