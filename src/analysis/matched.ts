// Runs that are equal in all but one parameter, whoever was made from whom: each set of them is a block, and what differs within a block is
// the parameter's doing.

import { type Association, associate, mostWork, type NoAssociation } from "./association.ts";
import { agreeing, type ContrastChange, certainty, overPairs } from "./contrasts.ts";
import { deltaBetweenGroups, minEffectOf } from "./deltas.ts";
import { machineKey } from "./hardware.ts";
import { mean } from "./statistics.ts";
import type { Group, MetricView, StudyAnalysis } from "./study.ts";
import type { StudySubjects, SubjectColumn } from "./subjects.ts";

export interface MatchedContrast {
  readonly from: string;
  readonly to: string;
  /** Over blocks; `n` of them. */
  readonly change: ContrastChange;
  readonly time?: ContrastChange;
}

export interface Matched {
  readonly blocks: number;
  /** Configurations in them. */
  readonly n: number;
  /** Surest first. */
  readonly contrasts: readonly MatchedContrast[];
  /** Of all values at once, permuted within the blocks. */
  readonly test: Association | NoAssociation;
}

export type MatchGround = Pick<StudyAnalysis, "noise" | "settings">;

export interface MatchQuestion {
  readonly metric: MetricView;
  readonly time?: MetricView;
  readonly ground: MatchGround;
}

/** Only those in which the parameter has two values. */
export function findMatched(subjects: StudySubjects, question: MatchQuestion): ReadonlyMap<string, Matched> {
  const found = new Map<string, Matched>();
  const hashes = hashesOf(subjects);
  for (const column of subjects.columns) {
    const blocks = blocksOf(column, subjects, hashes);
    if (blocks.length > 0) found.set(column.name, match(column, blocks, subjects, question));
  }
  return found;
}

/** Two independent sums of the cells of each row: without one cell they are those of the row without it. 64 bits, so that nothing need be compared. */
interface Hashes {
  readonly one: Int32Array;
  readonly other: Int32Array;
}

const mix = (name: number, value: number, salt: number): number => {
  let mixed = Math.imul(name + salt, 0x9e3779b1) ^ Math.imul(value + 0x51ed27, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return Math.imul(mixed ^ (mixed >>> 13), 0x27d4eb2f) ^ (mixed >>> 16);
};
const salts = [0x1b873593, 0x2545f491] as const;

function hashesOf({ rows, segments }: StudySubjects): Hashes {
  const one = new Int32Array(rows.length);
  const other = new Int32Array(rows.length);
  for (const [subject, row] of rows.entries()) {
    let [left, right] = [mix(-1, segments[subject] ?? 0, salts[0]), mix(-1, segments[subject] ?? 0, salts[1])];
    for (let at = 0; at < row.length; at += 2) {
      left = (left + mix(row[at] ?? 0, row[at + 1] ?? 0, salts[0])) | 0;
      right = (right + mix(row[at] ?? 0, row[at + 1] ?? 0, salts[1])) | 0;
    }
    one[subject] = left;
    other[subject] = right;
  }
  return { one, other };
}

/** Subjects by what else they have; looked up in a table of our own, for 10,000 runs have 30 parameters each. */
function blocksOf({ name, codes }: SubjectColumn, { rows, names }: StudySubjects, hashes: Hashes): readonly (readonly number[])[] {
  const number = names.indexOf(name);
  const size = 2 ** Math.ceil(Math.log2(rows.length * 2 + 1));
  const slots = new Int32Array(size).fill(-1);
  const one = Int32Array.from(hashes.one);
  const other = Int32Array.from(hashes.other);
  const blocks = new Map<number, number[]>();
  for (let subject = 0; subject < rows.length; subject++) {
    if (codes[subject] === -1) continue;
    const value = valueIn(rows[subject], number);
    one[subject] = (one[subject] ?? 0) - mix(number, value, salts[0]);
    other[subject] = (other[subject] ?? 0) - mix(number, value, salts[1]);
    let slot = (one[subject] ?? 0) & (size - 1);
    for (let first = slots[slot] ?? -1; first !== -1; first = slots[slot] ?? -1) {
      if (one[first] === one[subject] && other[first] === other[subject]) break;
      slot = (slot + 1) & (size - 1);
    }
    const first = slots[slot] ?? -1;
    const block = blocks.get(first);
    if (first === -1) slots[slot] = subject;
    else if (block === undefined) blocks.set(first, [first, subject]);
    else block.push(subject);
  }
  return [...blocks.values()].filter((block) => block.some((subject) => codes[subject] !== codes[block[0] ?? 0]));
}

function valueIn(row: Int32Array | undefined, number: number): number {
  if (row !== undefined) for (let at = 0; at < row.length; at += 2) if (row[at] === number) return row[at + 1] ?? 0;
  return 0;
}

/** Values of a parameter that are held against each other, those in most blocks. */
const mostValues = 12;

function match(column: SubjectColumn, blocks: readonly (readonly number[])[], subjects: StudySubjects, question: MatchQuestion): Matched {
  const members = blocks.flat();
  const test = associate(
    [{ ...column, codes: Int32Array.from(members, (subject) => column.codes[subject] ?? 0) }],
    {
      results: Float64Array.from(members, (subject) => subjects.results[subject] ?? 0),
      strata: Int32Array.from(blocks.flatMap((block, number) => block.map(() => number))),
      seed: `${column.name} ${members.length} ${question.metric.name}`,
    },
    mostWork / subjects.columns.length,
  ).get(column.name) ?? { cannot: "apart", n: members.length };
  const duels = duelsOf(column, blocks);
  const contrasts = [...duels.values()].flatMap((duel): readonly MatchedContrast[] => {
    const pairs = duel.pairs.map(([from, to]): Pair => [subjects.groups[from] as Group, subjects.groups[to] as Group]);
    const change = changeOver(pairs, question.metric, question.ground);
    const time =
      question.time === undefined || question.time === question.metric ? undefined : changeOver(pairs, question.time, question.ground);
    if (change === undefined) return [];
    return [{ from: column.texts[duel.from] ?? "", to: column.texts[duel.to] ?? "", change, ...(time === undefined ? {} : { time }) }];
  });
  const ranked = contrasts.map((contrast) => ({ contrast, rank: certainty(contrast.change) }));
  ranked.sort(({ rank: left }, { rank: right }) => right[0] - left[0] || right[1] - left[1]);
  return { blocks: blocks.length, n: members.length, contrasts: ranked.map(({ contrast }) => contrast), test };
}

type Pair = readonly [before: Group, after: Group];

interface Duel {
  readonly from: number;
  readonly to: number;
  readonly pairs: (readonly [from: number, to: number])[];
}

/** Smaller numbers first, words by first use. */
function duelsOf({ codes, count, numbers }: SubjectColumn, blocks: readonly (readonly number[])[]): ReadonlyMap<number, Duel> {
  const uses = new Float64Array(count);
  for (const block of blocks) for (const subject of block) uses[codes[subject] ?? 0] = (uses[codes[subject] ?? 0] ?? 0) + 1;
  const most = [...uses.keys()].sort((left, right) => (uses[right] ?? 0) - (uses[left] ?? 0) || left - right).slice(0, mostValues);
  const place = new Map(
    most
      .sort((left, right) => (numbers === undefined ? left - right : (numbers[left] ?? 0) - (numbers[right] ?? 0)))
      .map((code, at) => [code, at]),
  );
  const duels = new Map<number, Duel>();
  for (const block of blocks) {
    const byCode = new Map<number, number>();
    for (const subject of block) if (!byCode.has(codes[subject] ?? 0)) byCode.set(codes[subject] ?? 0, subject);
    const own = [...byCode].filter(([code]) => place.has(code)).sort(([left], [right]) => (place.get(left) ?? 0) - (place.get(right) ?? 0));
    for (const [at, [from, before]] of own.entries())
      for (const [to, after] of own.slice(at + 1)) {
        const duel = duels.get(from * count + to) ?? { from, to, pairs: [] };
        duels.set(from * count + to, duel);
        duel.pairs.push([before, after]);
      }
  }
  return duels;
}

function changeOver(pairs: readonly Pair[], metric: MetricView, ground: MatchGround): ContrastChange | undefined {
  const known: Pair[] = [];
  const olds: number[] = [];
  const differences: number[] = [];
  for (const pair of pairs) {
    const [before, after] = pair;
    const from = before.readings.get(metric.name)?.mean;
    const to = after.readings.get(metric.name)?.mean;
    if (from === undefined || to === undefined) continue;
    if (metric.duration && machineKey(before.first.run.hardware) !== machineKey(after.first.run.hardware)) continue;
    known.push(pair);
    olds.push(from);
    differences.push(to - from);
  }
  const reading = known[0]?.[0].readings.get(metric.name);
  const average = mean(differences);
  const before = mean(olds);
  if (reading === undefined || average === undefined || before === undefined) return undefined;
  const minEffect = minEffectOf(metric, reading, ground.settings);
  const question = { metric, ...(minEffect === undefined ? {} : { minEffect }) };
  const judged = (): ReturnType<typeof agreeing> =>
    agreeing(
      known.flatMap(([from, to]) => deltaBetweenGroups(from, to, metric, ground) ?? []),
      question,
    );
  return { mean: average, before, n: known.length, evidence: overPairs(differences, average, question) ?? judged() };
}
