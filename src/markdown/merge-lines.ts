// Three versions of one section's text → one, where that is beyond doubt: changes in different lines, list items or table
// rows added by both, tasks ticked by either.

import { pick } from "./merge-sequence.ts";

/** More cells than this in the comparison of two versions is left to the caller's own merge. */
const effort = 2_000_000;

interface Hunk {
  /** Lines of the base that are replaced. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

export function mergeLines(base: string, ours: string, theirs: string): string | undefined {
  const eol = [base, ours, theirs].some((text) => text.includes("\r\n")) ? "\r\n" : "\n";
  if ([base, ours, theirs].some((text) => (eol === "\n" ? text.includes("\r") : /(?:^|[^\r])\n/.test(text)))) return undefined;
  const [old, mine, other] = [split(base, eol), split(ours, eol), split(theirs, eol)];
  const [left, right] = [compare(old.lines, mine.lines), compare(old.lines, other.lines)];
  if (left === undefined || right === undefined) return undefined;
  const lines = combine(old.lines, left, right);
  const end = pick(old.end, mine.end, other.end) ?? (mine.end.length > other.end.length ? mine.end : other.end);
  return lines === undefined ? undefined : lines.join(eol) + end;
}

/** Lines, and the breaks and blank lines at the end apart: both sides may have added text before them. */
function split(text: string, eol: string): { readonly lines: readonly string[]; readonly end: string } {
  const core = text.replace(/\s+$/, "");
  return { lines: core === "" ? [] : core.split(eol), end: text.slice(core.length) };
}

/** The hunks that turn `old` into `next`, by the longest common subsequence of what differs in the middle. */
function compare(old: readonly string[], next: readonly string[]): readonly Hunk[] | undefined {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < next.length - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  const [rows, columns] = [old.length - head - tail, next.length - head - tail];
  if (rows * columns > effort) return undefined;
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const same = old[head + row] === next[head + column];
      longest[row * width + column] = same
        ? (longest[(row + 1) * width + column + 1] ?? 0) + 1
        : Math.max(longest[(row + 1) * width + column] ?? 0, longest[row * width + column + 1] ?? 0);
    }
  }
  const hunks: Hunk[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const [fromRow, fromColumn] = [row, column];
    while ((row < rows || column < columns) && !(row < rows && column < columns && old[head + row] === next[head + column])) {
      if (column >= columns || (row < rows && (longest[(row + 1) * width + column] ?? 0) >= (longest[row * width + column + 1] ?? 0)))
        row += 1;
      else column += 1;
    }
    if (row > fromRow || column > fromColumn)
      hunks.push({ from: head + fromRow, to: head + row, lines: next.slice(head + fromColumn, head + column) });
    while (row < rows && column < columns && old[head + row] === next[head + column]) [row, column] = [row + 1, column + 1];
  }
  return hunks;
}

function combine(old: readonly string[], left: readonly Hunk[], right: readonly Hunk[]): readonly string[] | undefined {
  const out: string[] = [];
  let at = 0;
  let [mine, other] = [0, 0];
  while (mine < left.length || other < right.length) {
    const one = left[mine];
    const two = right[other];
    if (one === undefined || two === undefined || !touch(one, two)) {
      const first = two === undefined || (one !== undefined && before(one, two)) ? one : two;
      if (first === undefined) return undefined;
      out.push(...old.slice(at, first.from), ...first.lines);
      at = first.to;
      if (first === one) mine += 1;
      else other += 1;
      continue;
    }
    const group = gather(left, right, mine, other);
    const merged = reconcile(old.slice(group.from, group.to), applied(old, group.mine, group), applied(old, group.other, group));
    if (merged === undefined) return undefined;
    out.push(...old.slice(at, group.from), ...merged);
    at = group.to;
    mine += group.mine.length;
    other += group.other.length;
  }
  return [...out, ...old.slice(at)];
}

function before(one: Hunk, two: Hunk): boolean {
  return one.from < two.from || (one.from === two.from && one.to <= two.to);
}

/** Changes that meet only at a boundary do not touch; two insertions at one place do. */
function touch(one: Pick<Hunk, "from" | "to">, two: Pick<Hunk, "from" | "to">): boolean {
  return (one.from < two.to && two.from < one.to) || (one.from === two.from && one.to === two.to);
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly mine: readonly Hunk[];
  readonly other: readonly Hunk[];
}

/** All hunks that touch each other, from the given pair on. */
function gather(left: readonly Hunk[], right: readonly Hunk[], mine: number, other: number): Group {
  let [from, to] = [Number.POSITIVE_INFINITY, -1];
  let [i, j] = [mine, other];
  const take = (hunk: Hunk): void => {
    from = Math.min(from, hunk.from);
    to = Math.max(to, hunk.to);
  };
  for (let hunk = left[i]; hunk !== undefined && (i === mine || touch(hunk, { from, to })); hunk = left[i]) {
    take(hunk);
    i += 1;
    for (let match = right[j]; match !== undefined && touch(match, { from, to }); match = right[j]) {
      take(match);
      j += 1;
    }
  }
  return { from, to, mine: left.slice(mine, i), other: right.slice(other, j) };
}

/** The group's part of one side. */
function applied(old: readonly string[], hunks: readonly Hunk[], { from, to }: Group): readonly string[] {
  const out: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    out.push(...old.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...out, ...old.slice(at, to)];
}

function reconcile(base: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly string[] | undefined {
  const whole = pick(base.join("\n"), ours.join("\n"), theirs.join("\n"));
  if (whole !== undefined) return whole === ours.join("\n") ? ours : theirs;
  if (base.every(isPlaceholder) && isListed(ours) && isListed(theirs)) return union(ours, theirs);
  if (base.length !== ours.length || base.length !== theirs.length) return undefined;
  const lines = base.map((line, index) => pick(line, ours[index] ?? "", theirs[index] ?? ""));
  return lines.every((line) => line !== undefined) ? lines : undefined;
}

/** `- …`, `-`, `- [ ]`: a line of the template that waits to be filled. */
function isPlaceholder(line: string): boolean {
  return /^\s*(?:[-*+](?: \[ \])?(?: …)?)?\s*$/.test(line);
}

const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;

/** List items with their continuation lines, or table rows. */
function isListed(lines: readonly string[]): boolean {
  const text = lines.filter((line) => line.trim() !== "");
  const first = text[0];
  return (
    first === undefined ||
    (item.test(first) && text.every((line) => item.test(line) || /^\s/.test(line))) ||
    text.every((line) => line.trimStart().startsWith("|"))
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
    if (item.test(line) || line.trimStart().startsWith("|") || last === undefined) out.push(line);
    else out[out.length - 1] = `${last}\n${line}`;
  }
  return out.filter((text) => text.trim() !== "").map((text) => text.replace(/\s+$/, ""));
}
