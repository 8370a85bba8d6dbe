// Parameters that went together over the runs, so that the effect of one cannot be told from that of the other.

import { numbersBySubject } from "./association.ts";
import { midRanks } from "./correlation.ts";
import type { StudySubjects, SubjectColumn } from "./subjects.ts";

export interface Together {
  readonly parameters: readonly [string, string];
  /** Spearman's rank correlation, or Cramér's V, or the correlation ratio of ranks, without the part that chance alone would give. */
  readonly strength: number;
  readonly kind: "rho" | "V" | "eta";
  readonly n: number;
}

const strong = 0.7;
const fewest = 8;
/** Pairs of parameters times runs. */
const mostWork = 2e6;
/** Runs that are looked at, spread over all: enough to tell what is strong. */
const mostRuns = 1000;

/** The strongest first. */
export function findTogether({ columns, groups }: Pick<StudySubjects, "columns" | "groups">): readonly Together[] {
  if (groups.length < fewest) return [];
  const n = Math.min(groups.length, mostRuns);
  const chosen = Array.from({ length: n }, (_, at) => Math.floor((at * groups.length) / n));
  const most = Math.floor(Math.sqrt((2 * mostWork) / n));
  const ranks = columns.slice(0, most).map((whole) => {
    const column = { ...whole, codes: Int32Array.from(chosen, (subject) => whole.codes[subject] ?? -1) };
    return { column, ranks: ranksOf(column) };
  });
  const found: Together[] = [];
  for (const [at, left] of ranks.entries())
    for (const right of ranks.slice(at + 1)) {
      const made = relate(left, right);
      if (made !== undefined && Math.abs(made.strength) > strong) found.push(made);
    }
  return found.sort((left, right) => Math.abs(right.strength) - Math.abs(left.strength));
}

interface Ranked {
  readonly column: SubjectColumn;
  /** Of numbers. */
  readonly ranks: Float64Array | undefined;
}

function ranksOf(column: SubjectColumn): Float64Array | undefined {
  return column.numbers === undefined ? undefined : midRanks(numbersBySubject(column, Number.POSITIVE_INFINITY));
}

function relate(left: Ranked, right: Ranked): Together | undefined {
  const parameters = [left.column.name, right.column.name] as const;
  if (left.ranks !== undefined && right.ranks !== undefined) return correlate(left, right, parameters);
  if (left.ranks !== undefined) return ratio(left.ranks, left.column, right.column, parameters);
  if (right.ranks !== undefined) return ratio(right.ranks, right.column, left.column, parameters);
  return cramer(left.column, right.column, parameters);
}

type Names = Together["parameters"];

function correlate({ column: a, ranks: x }: Ranked, { column: b, ranks: y }: Ranked, parameters: Names): Together | undefined {
  let [n, sx, sy, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < a.codes.length; at++) {
    if (a.codes[at] === -1 || b.codes[at] === -1) continue;
    const [p, q] = [x?.[at] ?? 0, y?.[at] ?? 0];
    n += 1;
    sx += p;
    sy += q;
    xx += p * p;
    yy += q * q;
    xy += p * q;
  }
  const scatter = Math.sqrt((xx - (sx * sx) / n) * (yy - (sy * sy) / n));
  if (n < fewest || !(scatter > 0)) return undefined;
  return { parameters, kind: "rho", n, strength: Math.max(-1, Math.min(1, (xy - (sx * sy) / n) / scatter)) };
}

/** Kelley's epsilon of the ranks over the words. */
function ratio(ranks: Float64Array, { codes }: SubjectColumn, words: SubjectColumn, parameters: Names): Together | undefined {
  const sums = new Float64Array(words.count);
  const sizes = new Float64Array(words.count);
  let [n, sum, squares] = [0, 0, 0];
  for (let at = 0; at < codes.length; at++) {
    const word = words.codes[at] ?? -1;
    if (codes[at] === -1 || word === -1) continue;
    const rank = ranks[at] ?? 0;
    sums[word] = (sums[word] ?? 0) + rank;
    sizes[word] = (sizes[word] ?? 0) + 1;
    n += 1;
    sum += rank;
    squares += rank * rank;
  }
  const all = squares - (sum * sum) / n;
  let [between, used] = [-(sum * sum) / n, 0];
  for (let word = 0; word < words.count; word++) {
    if (sizes[word] === 0) continue;
    between += (sums[word] ?? 0) ** 2 / (sizes[word] ?? 1);
    used += 1;
  }
  if (n < fewest || n <= used || used < 2 || !(all > 0)) return undefined;
  return { parameters, kind: "eta", n, strength: Math.sqrt(Math.max(0, 1 - ((1 - between / all) * (n - 1)) / (n - used))) };
}

/** Bergsma's correction of Cramér's V. */
function cramer(a: SubjectColumn, b: SubjectColumn, parameters: Names): Together | undefined {
  const few = a.count * b.count <= 4096 ? new Float64Array(a.count * b.count) : undefined;
  const many = new Map<number, number>();
  const rows = new Float64Array(a.count);
  const columns = new Float64Array(b.count);
  let n = 0;
  for (let at = 0; at < a.codes.length; at++) {
    const [row = -1, column = -1] = [a.codes[at], b.codes[at]];
    if (row === -1 || column === -1) continue;
    const key = row * b.count + column;
    if (few === undefined) many.set(key, (many.get(key) ?? 0) + 1);
    else few[key] = (few[key] ?? 0) + 1;
    rows[row] = (rows[row] ?? 0) + 1;
    columns[column] = (columns[column] ?? 0) + 1;
    n += 1;
  }
  const r = rows.filter((count) => count > 0).length;
  const k = columns.filter((count) => count > 0).length;
  if (n < fewest || r < 2 || k < 2) return undefined;
  let phi = -1;
  for (const [key, count] of few?.entries() ?? many)
    if (count > 0) phi += count ** 2 / ((rows[Math.floor(key / b.count)] ?? 1) * (columns[key % b.count] ?? 1));
  const corrected = Math.max(0, phi - ((k - 1) * (r - 1)) / (n - 1));
  const least = Math.min(k - (k - 1) ** 2 / (n - 1), r - (r - 1) ** 2 / (n - 1)) - 1;
  if (!(least > 0)) return undefined;
  return { parameters, kind: "V", n, strength: Math.min(1, Math.sqrt(corrected / least)) };
}
