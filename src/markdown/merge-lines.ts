// Three versions of one section's text → one: changes in different lines, what both added at one place (ours first), tasks
// ticked by either. Lines that both rewrote are a conflict of those lines alone.

import { unite } from "./merge-additions.ts";
import type { Merged } from "./merge-sequence.ts";
import { pick } from "./merge-sequence.ts";

/** More cells than this in the comparison of two versions is left to the caller's own merge. */
const effort = 2_000_000;

interface Hunk {
  /** Lines of the base that are replaced. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Nothing where line ends are mixed, or the texts too long to compare. */
export function mergeLines(base: string, ours: string, theirs: string): Merged | undefined {
  const eol = [base, ours, theirs].some((text) => text.includes("\r\n")) ? "\r\n" : "\n";
  if ([base, ours, theirs].some((text) => (eol === "\n" ? text.includes("\r") : /(?:^|[^\r])\n/.test(text)))) return undefined;
  const [old, mine, other] = [split(base, eol), split(ours, eol), split(theirs, eol)];
  const [left, right] = [compare(old.lines, mine.lines), compare(old.lines, other.lines)];
  if (left === undefined || right === undefined) return undefined;
  const { lines, conflicts } = combine(old.lines, left, right);
  const end = pick(old.end, mine.end, other.end) ?? (mine.end.length > other.end.length ? mine.end : other.end);
  return { text: lines.join(eol) + end, conflicts };
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

function combine(
  old: readonly string[],
  left: readonly Hunk[],
  right: readonly Hunk[],
): { readonly lines: readonly string[]; readonly conflicts: boolean } {
  const out: string[] = [];
  let conflicts = false;
  let at = 0;
  let [mine, other] = [0, 0];
  for (let [one, two] = [left[0], right[0]]; one !== undefined || two !== undefined; [one, two] = [left[mine], right[other]]) {
    if (one === undefined || two === undefined || !touch(one, two)) {
      const first = two === undefined || (one !== undefined && before(one, two)) ? one : two;
      out.push(...old.slice(at, first?.from), ...(first?.lines ?? []));
      at = first?.to ?? at;
      if (first === one) mine += 1;
      else other += 1;
      continue;
    }
    const group = gather(left, right, mine, other);
    const [ours, theirs] = [applied(old, group.mine, group), applied(old, group.other, group)];
    const merged = reconcile(old.slice(group.from, group.to), ours, theirs, old.slice(0, group.from));
    conflicts ||= merged === undefined;
    out.push(...old.slice(at, group.from), ...(merged ?? ["<<<<<<< ours", ...ours, "=======", ...theirs, ">>>>>>> theirs"]));
    at = group.to;
    mine += group.mine.length;
    other += group.other.length;
  }
  return { lines: [...out, ...old.slice(at)], conflicts };
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

function reconcile(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  above: readonly string[],
): readonly string[] | undefined {
  const whole = pick(base.join("\n"), ours.join("\n"), theirs.join("\n"));
  if (whole !== undefined) return whole === ours.join("\n") ? ours : theirs;
  const united = base.every(isPlaceholder) ? unite(ours, theirs, above) : undefined;
  if (united !== undefined) return united;
  if (base.length !== ours.length || base.length !== theirs.length || base.length === 0) return undefined;
  const lines = base.map((line, index) => pick(line, ours[index] ?? "", theirs[index] ?? ""));
  return lines.every((line) => line !== undefined) ? lines : undefined;
}

/** `- …`, `-`, `- [ ]`: a line of the template that waits to be filled. */
function isPlaceholder(line: string): boolean {
  return /^\s*(?:[-*+](?: \[ \])?(?: …)?)?\s*$/.test(line);
}
