// What both sides added at one place: list items, table rows, paragraphs. Both are kept, ours first, the same one once.

const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const fence = /^\s{0,3}(?:`{3}|~{3})/;

/** Nothing inside a code block, nor where a side opens one that it does not close. `above` are the lines before the place. */
export function unite(ours: readonly string[], theirs: readonly string[], above: readonly string[]): readonly string[] | undefined {
  if ([ours, theirs, above].some((lines) => lines.filter((line) => fence.test(line)).length % 2 === 1)) return undefined;
  if ((isListed(ours) && isListed(theirs)) || isSameTable(ours, theirs)) return union(ours, theirs);
  return stack(ours, theirs, above.at(-1) ?? "");
}

/** List items with their continuation lines, or rows of a table that stands above. */
function isListed(lines: readonly string[]): boolean {
  const text = lines.filter((line) => line.trim() !== "");
  const first = text[0];
  return (
    first === undefined ||
    (item.test(first) && text.every((line) => item.test(line) || /^\s/.test(line))) ||
    (text.every(isRow) && !isRuler(text[1] ?? ""))
  );
}

const isRow = (line: string): boolean => line.trimStart().startsWith("|");
const isRuler = (line: string): boolean => isRow(line) && /^[\s|:-]+$/.test(line);

/** Two tables with one head. */
function isSameTable(ours: readonly string[], theirs: readonly string[]): boolean {
  const [mine, other] = [ours, theirs].map((lines) => lines.filter((line) => line.trim() !== ""));
  return (
    [mine, other].every((lines) => lines?.every(isRow) === true) &&
    isRuler(mine?.[1] ?? "") &&
    mine?.[0] === other?.[0] &&
    mine?.[1] === other?.[1]
  );
}

/** Ours, then those of theirs that we do not have. */
function union(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const known = new Set(items(ours));
  const added = items(theirs).filter((text) => !known.has(text));
  return [...ours, ...added.flatMap((text) => text.split("\n"))];
}

function items(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (item.test(line) || isRow(line) || last === undefined) out.push(line);
    else out[out.length - 1] = `${last}\n${line}`;
  }
  return out.filter((text) => text.trim() !== "").map((text) => text.replace(/\s+$/, ""));
}

/** Paragraphs, a blank line between them; lines of one paragraph that stand close stay close. */
function stack(ours: readonly string[], theirs: readonly string[], above: string): readonly string[] {
  const known = new Set(paragraphs(ours));
  const added = paragraphs(theirs).filter((text) => !known.has(text));
  if (added.length === 0) return ours;
  const isText = above.trim() !== "" && !/^#{1,6}(?:\s|$)/.test(above);
  if (isText && [...ours, ...theirs].every((line) => line.trim() !== ""))
    return [...ours, ...theirs.filter((line) => !ours.includes(line))];
  const core = ours.slice(0, ours.findLastIndex((line) => line.trim() !== "") + 1);
  const rest = ours.slice(core.length);
  const below = rest.length > 0 ? rest : theirs.slice(theirs.findLastIndex((line) => line.trim() !== "") + 1);
  return [...core, ...added.flatMap((text) => ["", ...text.split("\n")]), ...below];
}

/** What stands between blank lines; a code block is one with all of its own. */
function paragraphs(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  let open = false;
  let fresh = true;
  for (const line of lines) {
    if (line.trim() === "" && !open) {
      fresh = true;
      continue;
    }
    if (fence.test(line)) open = !open;
    if (fresh) out.push(line);
    else out[out.length - 1] = `${out.at(-1) ?? ""}\n${line}`;
    fresh = false;
  }
  return out;
}
